"""Keep how lines are said, so that the next command says only what is new.

A line is said by rules that are the program's, with a lexicon and a reading that are the team's. As long as these are
what they were, so is the line; in any doubt the book counts as empty, and everything is said anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from functools import cache
from pathlib import Path

from roadcast import codec
from roadcast.errors import StorageError
from roadcast.model import Spoken
from roadcast.spoken import Sayer
from roadcast.store import write_private
from roadcast.workflow import memorandum
from roadcast.workspace import STATE

KEPT = 4_000
"""Lines in a book, those asked for last: some eight editions' items and scripts."""


class Phrasebook:
    """The lines of one workspace, as they were said."""

    def __init__(self, root: Path, sayer: Sayer) -> None:
        """Open a book, and let a sayer know what is in it."""
        self._path, self._sayer = root / STATE / "phrasebook.json", sayer
        known = self._read()
        self._held = known.keys()
        sayer.known = {**known, **sayer.known}

    def keep(self) -> None:
        """Write down what the sayer knows, if that is more than before. A disk that refuses is no failure."""
        sayer = self._sayer
        if sayer.known.keys() <= self._held:
            return
        at = {entry: place for place, entry in enumerate(sayer.lexicon)}
        lines = [
            (written, sorted(scopes), spoken.text, [at[entry] for entry in spoken.entries])
            for (written, scopes), spoken in list(sayer.known.items())[-KEPT:]
        ]
        text = json.dumps(lines)
        with contextlib.suppress(StorageError, OSError):
            write_private(self._path, f"{self._seal(text)}\n{text}".encode())

    def _read(self) -> dict[tuple[str, frozenset[str]], Spoken]:
        try:
            seal, _, text = self._path.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return {}
        if seal != self._seal(text):
            return {}
        return {
            (written, frozenset(scopes)): Spoken(text=said, entries=tuple(self._sayer.lexicon[at] for at in entries))
            for written, scopes, said, entries in json.loads(text)
        }

    def _seal(self, text: str) -> str:
        """Give a digest of a book's lines and of everything that they were said by."""
        said_by = (sys.version, _program(), codec.dump(self._sayer.lexicon), codec.dump(self._sayer.reading))
        return hashlib.sha256("\n".join((*said_by, text)).encode()).hexdigest()


@cache
def _program() -> str:
    return memorandum.program()  # of this process, whatever its files become meanwhile
