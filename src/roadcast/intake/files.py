"""Find the files of briefings, and read them; whatever is in the way is a line."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from pathlib import Path

from roadcast.errors import IntakeError
from roadcast.naming import unwritable

MAX_BYTES = 1_000_000
"""A briefing is a page, not a book: larger files are refused unread."""

ENDINGS = (".md", ".markdown")
"""How the names of briefings end, in any case."""


DOCUMENTS = frozenset(
    (
        *(".txt", ".text", ".mdx", ".mdown", ".doc", ".docx", ".odt", ".rtf", ".pdf", ".pages", ".html", ".htm"),
        *(".csv", ".tsv", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".eml", ".msg"),
    )
)
"""How the names of files end that hold words, and are no briefings; pictures and recordings may lie beside them."""


def briefings(folder: Path, *, root: Path) -> tuple[list[Path], list[Path], list[IntakeError]]:
    """List what is below a folder: briefings and other documents by their paths, and folders that nobody can look into.

    What is hidden belongs to some program, and README is for people.
    """
    found: list[Path] = []
    others: list[Path] = []
    refused: list[OSError] = []
    for top, folders, names in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(top, name) for name in names if _is(name, ENDINGS)]
        others += [Path(top, name) for name in names if _is(name, DOCUMENTS)]
    return (
        sorted(found),
        sorted(others),
        [
            IntakeError(f"{Path(error.filename).relative_to(root).as_posix()}: cannot be looked into: {error.strerror}")
            for error in refused
        ],
    )


def _is(name: str, endings: Collection[str]) -> bool:
    stem, ending = os.path.splitext(name.lower())  # noqa: PTH122  a name, not yet a path
    return ending in endings and stem != "readme" and not name.startswith((".", "~$"))  # Word's lock


def text_of(path: Path, name: str) -> str:
    """Read a briefing, with line ends as they are here.

    Raises:
        IntakeError: naming file and line, if it is no text, or cannot be read, or nobody can write its name down.
    """
    if wrong := unwritable(name):
        raise IntakeError(wrong)
    try:
        if path.is_symlink() and not path.exists():
            raise IntakeError(f"{name}:1: a link to nowhere; remove it or mend it")
        size = _size(path, name)
        if size > MAX_BYTES:
            raise IntakeError(
                f"{name}:1: {size:,} bytes; an item may have {MAX_BYTES:,}: split it, or take the pictures out"
            )
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{name}:1: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise IntakeError(f"{name}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    if "\0" in text:
        raise IntakeError(
            f"{name}:{text.count(chr(10), 0, text.index(chr(0))) + 1}: a NUL character; this is not a text file"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _size(path: Path, name: str) -> int:
    """Give the size of a regular file; to open a pipe would be to wait for who writes into it."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise IntakeError(f"{name}:1: no regular file; put a text file in its place")
    return found.st_size


def missing(name: str, *, root: Path) -> str:
    """Say what is wrong with a file that an item names, which must be in the workspace; "" if nothing is."""
    path = root / name
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return "is outside the workspace; put the file into it"
        if not stat.S_ISREG(path.stat().st_mode):
            return "is no regular file; name a recording"
        return "" if os.access(path, os.R_OK) else "may not be read; give the file back its rights"
    except FileNotFoundError:
        return "there is no such file in the workspace"
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself
        return f"cannot be read: {getattr(error, 'strerror', None) or error}"
