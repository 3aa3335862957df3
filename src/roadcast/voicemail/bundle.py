"""Put everything that is uploaded into one folder: whole or not at all, and the same bytes for the same input."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from roadcast.errors import StorageError, VoicemailError

SUMS = "SHA256SUMS"
_STALE = 3600.0  # s: no export takes that long


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A folder before it is written.

    Attributes:
        files: contents by name inside the folder, with forward slashes.
        links: names of files that are the same as another one of `files`.
    """

    files: Mapping[str, bytes]
    links: Mapping[str, str]

    def sealed(self) -> Bundle:
        """Add SHA256SUMS over everything, in the form that `sha256sum --check` reads."""
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}
        digests |= {name: digests[same] for name, same in self.links.items()}
        sums = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))
        return Bundle(files={**self.files, SUMS: sums.encode()}, links=self.links)


def place(out: Path, briefing: str) -> Path:
    """Name the folder of a briefing.

    Raises:
        VoicemailError: if the identifier could leave the folder, or a link leads elsewhere.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", briefing) or ".." in briefing:
        raise VoicemailError(f"{briefing!r} cannot name a folder; use letters, digits, '.', '-' and '_'")
    folder = out / briefing
    for path in (out, folder):
        if path.is_symlink():
            raise VoicemailError(f"{path}: is a symbolic link; name the real folder with --out")
        if path.exists() and not path.is_dir():
            raise VoicemailError(f"{path}: is not a folder; move it away or name another with --out")
    return folder


def save(bundle: Bundle, folder: Path) -> None:
    """Write a bundle beside its place and rename it; one that was there is replaced as a whole.

    Raises:
        StorageError: if the disk refuses; then nothing new is left behind, and what was there stays.
    """
    temporary: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        _write(bundle, temporary / "new")
        _swap(temporary / "new", folder, aside=temporary / "old")
    except OSError as error:
        raise StorageError(
            f"{folder}: cannot be written: {error.strerror}; no half bundle was left; free space or name another --out"
        ) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what an export left behind that was killed; a younger one may still be at work."""
    for path in folder.parent.glob(f".{folder.name}.*"):
        if path.is_dir() and not path.is_symlink() and time.time() - path.stat().st_mtime > _STALE:
            shutil.rmtree(path, ignore_errors=True)


def _write(bundle: Bundle, root: Path) -> None:
    root.mkdir()
    for folder in sorted({str(PurePosixPath(name).parent) for name in (*bundle.files, *bundle.links)}):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for name, content in bundle.files.items():
        _create(root / name, content, executable=name.endswith(".sh"))
    for name, same in bundle.links.items():
        _same(root / same, root / name)
    _sync([root / SUMS, *(root / name for name in bundle.files if name.startswith("audio/")), root])


def _create(path: Path, content: bytes, *, executable: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o755 if executable else 0o644), "wb") as file:
        file.write(content)


def _same(source: Path, target: Path) -> None:
    """Give a file a second name, so that a message in 500 mailboxes takes the room of one."""
    try:
        target.hardlink_to(source)
    except OSError:  # a file system without hard links, or more links than it allows
        shutil.copyfile(source, target)


def _sync(paths: Iterable[Path]) -> None:
    for path in paths:
        if path.exists():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _swap(new: Path, folder: Path, *, aside: Path) -> None:
    """Put the new folder in place of the old one; if that fails, the old one comes back."""
    had = folder.exists()
    if had:
        folder.rename(aside)
    try:
        new.rename(folder)
    except OSError:
        if had:
            aside.rename(folder)
        raise
