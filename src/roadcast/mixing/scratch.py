"""Keep what is too long for memory in the folder for temporary files, for as long as somebody needs it."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roadcast.errors import ProductionError


class Scratch:
    """A file without a name, which goes when nobody holds it any more.

    Raises:
        ProductionError: if there is no room for it.
    """

    def __init__(self) -> None:
        with _told():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self._file.close)

    def append(self, data: bytes | memoryview) -> None:
        """Write bytes behind the last."""
        with _told():
            self._file.write(data)
            self._file.flush()

    def read(self, start: int, count: int) -> bytes:
        """Read so many bytes, or as many as there are, from an offset on."""
        with _told():
            return os.pread(self._file.fileno(), count, start)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder for files of other programs; it goes with all that is in it.

    Raises:
        ProductionError: if there is no room for it.
    """
    with _told():
        made = tempfile.TemporaryDirectory()
    with made as name:
        yield Path(name)


def no_room(why: str) -> ProductionError:
    """Make the error of a folder for temporary files that takes no more."""
    place = tempfile.tempdir or "the folders for temporary files"  # tempdir is set once a folder was found
    return ProductionError(f"no room for a long recording in {place}: {why}; free some, or set TMPDIR")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise no_room(error.strerror or str(error)) from error
