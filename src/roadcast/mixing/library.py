"""Know a team's own sounds by their files, and the packaged ones by their names, without hearing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from roadcast.errors import ProductionError

SUFFIXES = frozenset({".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".mp4", ".aac", ".aif", ".aiff", ".webm"})
MUSIC_VERSION = 3  # of the packaged music; counted up when it sounds different

_LENGTHS = {"opening": 2.5, "closing": 2.5}  # seconds of packaged stings
_STING = 1.5  # seconds of all others


def sting_seconds(name: str) -> float:
    """Tell how long the packaged sting of this name plays."""
    return _LENGTHS.get(name, _STING)


def files(folder: Path | None) -> dict[str, Path]:
    """Find the team's own sounds, by name.

    Raises:
        ProductionError: if two have the same name.
    """
    if folder is None or not folder.is_dir():
        return {}
    found: dict[str, Path] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES:
            if path.stem in found:
                raise ProductionError(f"{path}: {found[path.stem].name} has the same name; keep one of the two")
            found[path.stem] = path
    return found


def identify_sounds(folder: Path | None, names: Iterable[str]) -> dict[str, str]:
    """Give for each name a digest that changes with its sound: part of a clip's key. Decodes nothing.

    Raises:
        ProductionError: if a file cannot be read, or two have the same name.
    """
    found = files(folder)
    packaged = f"packaged {MUSIC_VERSION}"
    return {name: _digest(found[name]) if name in found else packaged for name in sorted({n for n in names if n})}


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ProductionError(f"{path}: cannot be read: {error.strerror}") from error
