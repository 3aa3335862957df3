"""Know how long recordings last, and walk over none of them twice."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from roadcast import mixing
from roadcast.errors import StorageError
from roadcast.store import write
from roadcast.workspace import STATE


def digest_of(path: Path) -> str:
    """Identify a recording by what is in its file.

    Raises:
        OSError: if it cannot be read.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seconds_of(root: Path, name: str, digest: str) -> float:
    """Tell how long a recording of the workspace lasts, as its file says; kept under its digest.

    Raises:
        ProductionError: if it cannot be played, or is too long.
    """
    kept = root / STATE / "lengths" / digest
    try:
        return float(kept.read_text(encoding="ascii"))
    except (OSError, ValueError):
        seconds = mixing.seconds_of(root / name)
    with contextlib.suppress(StorageError):  # where nothing can be kept, it is found out again
        write(kept, f"{seconds}\n".encode())
    return seconds
