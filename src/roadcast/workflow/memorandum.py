"""Keep what the next build would say, and on what grounds, so that it is said again without loading what builds.

A memorandum is kept after a build of which every edition was found to stand, and it holds as long as everything that
such a build depends on is what it was then: the order, the program and the environment (its name is a digest of them),
the workspace's files and the catalogue (its grounds, sealed by a digest), and the moment (from `made` until `until`).
Whatever is not known for sure makes it not hold; then the build is made in full, and what that says is the truth.

Recalling takes no lock. A build that runs at the same moment changes something only if something had changed before,
and then the seal is broken; if it changes what was looked at already, the answer is that of a moment before it began.

Nothing heavy is imported here: this module is read by every build before all others.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import roadcast
from roadcast.errors import StorageError
from roadcast.workspace import FILE, STATE

KEPT = 8
"""Memoranda of a workspace: one for each way of asking that was last used."""

NOISE = frozenset(
    (
        *("_", "SHLVL", "PWD", "OLDPWD"),
        *("INVOCATION_ID", "JOURNAL_STREAM", "SYSTEMD_EXEC_PID"),
        *("SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "XDG_SESSION_ID"),
    )
)
"""Environment variables that only say who asks."""

_OWN = frozenset(("audio_out", "briefings", "feeds", "scripts", "sounds", FILE, STATE))

_PACKAGE = str(Path(roadcast.__file__).parent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a build depends on: paths relative to the workspace, or absolute; what is not there is a ground, too.

    Attributes:
        contents: files that must hold the same bytes.
        folders: a folder and endings: all files in it, however deep, whose names end so must hold the same bytes.
        sizes: files that must be as long.
        places: files and folders outside the workspace that must be of the same size and time.
        trees: folders in which every file must be of the same size and time, however deep.
    """

    contents: Sequence[str] = ()
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sizes: Sequence[str] = ()
    places: Sequence[str] = ()
    trees: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    """What the next build would print, the code it would end with, and when and on what grounds.

    Attributes:
        opened: digest of what is read as the workspace is opened; early: of what people write; seal: of all grounds;
            as they were.
        made: from when it holds; until: the first moment at which it does not. Both aware.
    """

    text: str
    code: int
    opened: str
    grounds: Grounds
    early: str
    seal: str
    made: datetime
    until: datetime


def name_of(root: Path, asked: Iterable[object], *, noise: Collection[str] = NOISE) -> str:
    """Name the memorandum of an order: a digest of what was asked for, by which program, in which environment.

    No value of the environment can be read from it.

    Args:
        root: the workspace.
        asked: the options, and what decides how their answer is printed.
        noise: variables that make no difference.
    """
    told: tuple[object, ...] = (
        *(str(root), tuple(asked), _here()),
        *(roadcast.__version__, sys.version, sys.prefix, sys.executable, tuple(sys.flags)),
        *(tuple(sys.path), tuple(_program(str(root)))),
        *(getattr(os, "uname", tuple)(), getattr(os, "getuid", int)()),  # Windows has neither
        sorted((name, value) for name, value in os.environ.items() if name not in noise),
    )
    return _digest(repr(told))


def recall(root: Path, name: str, *, now: datetime) -> Memorandum | None:
    """Give the memorandum of this name, if it holds now; None in any doubt."""
    try:
        seal, _, text = _file(root, name).read_text(encoding="utf-8").partition("\n")
        if seal != _digest(text):
            return None
        found = _load(text)
        holds = found.made <= now < found.until and _unbroken(root, found)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if holds else None


def _unbroken(root: Path, found: Memorandum) -> bool:
    """Look at all that must be as it was, first at what changes most often."""
    return (
        first_look(root) == found.opened
        and early_look(root, found.grounds) == found.early
        and seal_of(root, found.grounds) == found.seal
    )


def keep(root: Path, name: str, memorandum: Memorandum) -> None:
    """Keep a memorandum, in place of an older one of this name; few are kept. A disk that refuses is no failure."""
    from roadcast.store import write_private  # who keeps one has loaded everything

    text = json.dumps(asdict(memorandum), default=datetime.isoformat)
    with contextlib.suppress(StorageError, OSError):
        write_private(_file(root, name), f"{_digest(text)}\n{text}".encode())
        files = sorted(_file(root, name).parent.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in files[KEPT:]:
            path.unlink(missing_ok=True)


def first_look(root: Path) -> str:
    """Give a digest of what is read as a workspace is opened: settings, secrets, lexicon and catalogue.

    SQLite's log lies beside the file itself, not beside a link to it.
    """
    catalogue = os.path.realpath(root / STATE / "catalogue.db")
    contents = (FILE, "scripts/lexicon.csv", catalogue, f"{catalogue}-wal")
    return seal_of(root, Grounds(contents=contents, folders={f"{STATE}/secrets": ("",)}))


def early_look(root: Path, grounds: Grounds) -> str:
    """Give a digest of the grounds that people write, which are small: briefings and templates."""
    written = {folder: endings for folder, endings in grounds.folders.items() if folder in {"briefings", "scripts"}}
    return seal_of(root, Grounds(folders=written))


def seal_of(root: Path, grounds: Grounds, *, outside: str = "") -> str:
    """Look at all grounds, and give a digest of what they are now.

    Args:
        root: the workspace.
        grounds: to be looked at.
        outside: the `outside_of` them, where it is known.
    """
    seen = hashlib.sha256((outside or outside_of(grounds)).encode())
    for line in _workspace(os.fspath(root), grounds, _content):
        seen.update(f"{line!r}\n".encode())
    return seen.hexdigest()


def outside_of(grounds: Grounds) -> str:
    """Look at the grounds that lie outside the workspace, and give a digest of what they are now."""
    return _digest("\n".join(map(repr, _outside(grounds))))


def stamps_of(root: Path, grounds: Grounds) -> str:
    """Look at when the workspace's grounds were last written, and give a digest: a quick look at whether any were."""
    return _digest("\n".join(map(repr, _workspace(os.fspath(root), grounds, _stamp))))


def _workspace(root: str, grounds: Grounds, look: Callable[[str], object]) -> Iterator[tuple[object, ...]]:
    for path in grounds.contents:
        whole = os.path.join(root, path)  # noqa: PTH118  absolute paths stay, and Path takes longer
        yield path, os.path.realpath(whole), look(whole)  # a link may come to lead out of the workspace
    for folder, endings in grounds.folders.items():
        for entry, path in _below(os.path.join(root, folder)):  # noqa: PTH118
            if path.lower().endswith(tuple(endings)) or entry is None:
                yield folder, path, look(path)
    for path in grounds.sizes:
        yield path, _stamp(os.path.join(root, path))[:1]  # noqa: PTH118


def _outside(grounds: Grounds) -> Iterator[tuple[object, ...]]:
    for path in grounds.places:
        yield path, _stamp(path)
    known: set[str] = set()
    for tree in grounds.trees:
        real = os.path.realpath(tree)
        yield tree, real
        if real not in known:  # /lib often leads to /usr/lib
            known.add(real)
            yield from _files(tree)


def program() -> str:
    """Give a digest of what this program is: the sizes and times of its own files."""
    return _digest(repr((roadcast.__version__, tuple(_files(_PACKAGE)))))


def _program(root: str) -> Iterator[tuple[object, ...]]:
    """Tell what the program is: its own files, and the folders in which others are installed beside it.

    `python -m` looks for programs in the workspace, too, if it is called there; a build makes folders in it.
    """
    yield from _files(_PACKAGE)
    for path in sys.path:
        yield path, _programs(root) if os.path.realpath(path) == root else _stamp(path or ".")


def _programs(folder: str) -> tuple[object, ...]:
    """List what Python could import from a workspace, without what is the workspace's own."""
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found if entry.name not in _OWN)
    except OSError:
        return ()
    return tuple((name, "." in name and _stamp(os.path.join(folder, name))) for name in names)  # noqa: PTH118


def _files(tree: str) -> Iterator[tuple[object, ...]]:
    for entry, path in _below(tree):
        if not (entry and _is_folder(entry)) and not path.endswith(".pyc"):
            yield path, _stamp(path)


def _below(folder: str) -> Iterator[tuple[os.DirEntry[str] | None, str]]:
    """List all that is in a folder, however deep; linked folders are entries, not entered.

    A folder that cannot be listed, or is none, is told without an entry.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError:
        yield None, folder
        return
    for entry in entries:
        yield entry, entry.path
        if _is_folder(entry):
            yield from _below(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _content(path: str) -> str:
    """Give the digest of a file; of what cannot be read, why not. A log of SQLite's that is empty is none."""
    try:
        with open(path, "rb", opener=_at_once) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return "not read: no regular file"
            if path.endswith("-wal") and not os.fstat(file.fileno()).st_size:
                raise FileNotFoundError(errno.ENOENT, "empty", path)
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"not read: {error.errno}"


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting for anybody to write into it, if it is a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # Windows has no such pipes


def _stamp(path: str) -> tuple[int, ...]:
    """Give size and times of a file or folder; of what is not there, nothing."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _file(root: Path, name: str) -> Path:
    return root / STATE / "memoranda" / f"{name}.json"


def _load(text: str) -> Memorandum:
    told = json.loads(text)
    told["grounds"] = Grounds(**told["grounds"])
    told["made"], told["until"] = (datetime.fromisoformat(told[key]) for key in ("made", "until"))
    return Memorandum(**told)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _here() -> str:
    with contextlib.suppress(OSError):
        return os.getcwd()  # noqa: PTH109
    return ""
