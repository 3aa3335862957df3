"""Keep clips and published files: written to a temporary name, synced, renamed; read back whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from roadcast import codec
from roadcast.errors import StorageError
from roadcast.model import AudioFormat, Chapter, Clip, ClipKey, Edition, Recording, ShowId

STALE = 3600.0
"""Seconds after which a temporary file is the leftover of a killed run."""

_TEMPORARY = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    """A recording on disk; its head stands beside it, named by its digest."""

    format: AudioFormat
    head: str
    clips: tuple[Clip, ...]
    chapters: tuple[Chapter, ...]


class Store:
    """The audio_out folder of a workspace: clips by key, recordings by edition."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clips = root / "clips"
        self.episodes = root / "episodes"

    def path_of(self, clip: Clip) -> Path:
        """Tell where the bytes of a clip are."""
        return self._path(clip.key, "mp3")

    def clip(self, key: ClipKey) -> Clip | None:
        """Find a clip, whole: None if it is missing, truncated or damaged."""
        try:
            clip = codec.load(Clip, self._path(key, "json").read_bytes())
            data = self._path(key, "mp3").read_bytes()
        except (OSError, ValueError):
            return None
        whole = clip.key == key and len(data) == clip.size and hashlib.sha256(data).hexdigest() == clip.digest
        return clip if whole else None

    def keep(self, clip: Clip, data: bytes) -> None:
        """Keep a clip: first its bytes, then what was measured on it, so that a clip that is found is whole.

        Raises:
            StorageError: if the disk refuses; nothing half written is left under a final name.
        """
        write(self._path(clip.key, "mp3"), data)
        write(self._path(clip.key, "json"), codec.dump(clip).encode())

    def read(self, clip: Clip) -> bytes:
        """Give the bytes of a clip.

        Raises:
            StorageError: if they are gone or damaged.
        """
        path = self.path_of(clip)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StorageError(f"{path}: cannot be read: {error.strerror}; run 'roadcast build' again") from error
        if len(data) != clip.size or hashlib.sha256(data).hexdigest() != clip.digest:
            raise StorageError(f"{path}: damaged; run 'roadcast build' again")
        return data

    def keep_recording(self, edition: Edition, recording: Recording) -> None:
        """Keep the list of an edition's clips and the bytes of its own, from which it can be served or written.

        Raises:
            StorageError: if the disk refuses.
        """
        digest = hashlib.sha256(recording.head).hexdigest()
        manifest = _Manifest(format=recording.format, head=digest, clips=recording.clips, chapters=recording.chapters)
        path = self._manifest(edition)
        write(path.with_name(f"{digest}.head"), recording.head)
        write(path, codec.dump(manifest).encode())

    def recording(self, edition: Edition) -> Recording:
        """Give the recording of an edition.

        Raises:
            StorageError: if there is none, or it cannot be read.
        """
        path = self._manifest(edition)
        try:
            manifest = codec.load(_Manifest, path.read_bytes())
            head = path.with_name(f"{manifest.head}.head").read_bytes()
        except OSError as error:
            raise StorageError(f"{edition}: no recording ({path}: {error.strerror}); run 'roadcast build'") from error
        except ValueError as error:
            raise StorageError(f"{path}: not a recording; run 'roadcast build' again") from error
        if hashlib.sha256(head).hexdigest() != manifest.head:
            raise StorageError(f"{path}: its head is damaged; run 'roadcast build' again")
        return Recording(format=manifest.format, head=head, clips=manifest.clips, chapters=manifest.chapters)

    def files(self, edition: Edition) -> tuple[Path, ...]:
        """List the files that an edition's recording is kept in: its list, its head, its clips and their measures.

        While there is no recording, that is its list alone.
        """
        path = self._manifest(edition)
        try:
            manifest = codec.load(_Manifest, path.read_bytes())
        except (OSError, ValueError):
            return (path,)
        clips = [self._path(clip.key, ending) for clip in manifest.clips for ending in ("json", "mp3")]
        return (path, path.with_name(f"{manifest.head}.head"), *dict.fromkeys(clips))

    def editions(self) -> tuple[Edition, ...]:
        """List the editions whose recordings are kept, by show and date."""
        found: list[Edition] = []
        for path in sorted(self.episodes.glob("*/*.json")):
            with contextlib.suppress(ValueError):  # somebody's own file
                found.append(Edition(show=ShowId(path.parent.name), date=date.fromisoformat(path.stem)))
        return tuple(found)

    def sweep(self) -> int:
        """Remove clips and heads that no recording needs, and leftovers of killed runs; give how many files went.

        A file younger than an hour stays: another build may be about to need it.

        Raises:
            StorageError: if a recording cannot be read, for what it is made of would not be known; nothing goes then.
        """
        needed: set[Path] = set()
        for edition in self.editions():
            self.recording(edition)
            needed.update(self.files(edition))
        made = [*self.clips.rglob("*"), *self.episodes.glob("*/*.head")]
        return _remove(path for path in made if path not in needed) + sweep_temporary(self.root)

    def _path(self, key: ClipKey, ending: str) -> Path:
        return self.clips / key[:2] / f"{key}.{ending}"

    def _manifest(self, edition: Edition) -> Path:
        return self.episodes / edition.show / f"{edition.date.isoformat()}.json"


def write(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that its name shows all of it or what was there before, even after a power cut.

    The same bytes are not written twice: a file that is as it should be is left alone.

    Raises:
        StorageError: if the disk refuses; the temporary file is removed, the old content stays.
    """
    if not (isinstance(data, bytes) and _holds(path, data)):
        _replace(path, [data] if isinstance(data, bytes) else data, mode=0o644)


def write_private(path: Path, data: bytes) -> None:
    """Write a file as `write` does, for its owner's eyes only, whatever mode it had before.

    Raises:
        StorageError: as for `write`.
    """
    _replace(path, [data], mode=0o600)


def sweep_temporary(folder: Path) -> int:
    """Remove temporary files that killed runs left anywhere below a folder; give how many went."""
    return _remove(folder.rglob(f".*{_TEMPORARY}"))


def _remove(paths: Iterable[Path]) -> int:
    """Remove the files that are older than `STALE`.

    Raises:
        StorageError: if one may not be removed.
    """
    gone, old = 0, time.time() - STALE
    for path in list(paths):
        try:
            if path.is_file() and path.stat().st_mtime < old:
                path.unlink()
                gone += 1
        except FileNotFoundError:
            continue
        except OSError as error:
            raise StorageError(f"{path}: cannot be removed: {error.strerror}") from error
    return gone


def _replace(path: Path, chunks: Iterable[bytes], *, mode: int) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}{_TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_synced(temporary, chunks, mode)
        os.replace(temporary, path)  # noqa: PTH105  one system call, one name to fail in tests
        _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(_refusal(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _write_synced(path: Path, chunks: Iterable[bytes], mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        for chunk in chunks:
            view = memoryview(chunk)
            while view:
                view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(path: Path, error: OSError) -> str:
    advice = {
        errno.ENOSPC: "the disk is full; make room and run the command again",
        errno.EDQUOT: "the disk quota is used up; make room and run the command again",
        errno.EROFS: "the disk is read-only",
        errno.EACCES: "no permission to write there; look at the folder's owner and mode",
        errno.EIO: "the disk reports an error; check it before you go on",
    }
    return f"{path}: cannot be written: {advice.get(error.errno or 0, error.strerror or str(error))}"


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that ends with the process; a second one waits for it, so that two builds share their work.

    Raises:
        StorageError: if the lock file cannot be made.
    """
    import fcntl  # not on Windows, where only one build may run at a time

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageError(_refusal(path, error)) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
