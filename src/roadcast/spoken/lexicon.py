"""The team's own pronunciations: read them, apply them, and suggest what is missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from roadcast.errors import SettingsError
from roadcast.model import LexiconEntry
from roadcast.spoken.gate import offending
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import either

# A term that has been said is held by one character of a private plane until all rules have run.
_HELD = 0xF0000
HOLDERS = pattern("[\U000f0000-\U000ffffd]")

_COLUMNS = ("term", "say_as", "scope")


def read_lexicon(text: str, *, path: str) -> tuple[LexiconEntry, ...]:
    """Read a lexicon, longest term first.

    Args:
        text: CSV with the columns term, say_as and, if wanted, scope; lines that begin with "#" are comments.
        path: of the file, for messages.

    Raises:
        SettingsError: naming file and line, if a column is missing, a term is empty or there twice, or something
            to say holds what no voice can say.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    entries: dict[tuple[str, str], LexiconEntry] = {}
    header: list[str] | None = None
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or (len(cells) == 1 and cells[0].startswith("#")):
                continue
            where = f"{path}:{reader.line_num}"
            if header is None:
                header = _header(cells, where)
                continue
            entry = replace(_entry(dict(zip(header, cells, strict=False)), cells, header, where), line=reader.line_num)
            if (entry.term, entry.scope) in entries:
                raise SettingsError(f"{where}: {entry.term!r} is there twice; keep one of the lines")
            entries[entry.term, entry.scope] = entry
    except csv.Error as error:
        raise SettingsError(f"{path}:{reader.line_num}: not a CSV line ({error}); check its quotes") from error
    return tuple(sorted(entries.values(), key=lambda entry: (-len(entry.term), entry.term, entry.scope)))


def _header(cells: Sequence[str], where: str) -> list[str]:
    if list(cells) not in (["term", "say_as"], list(_COLUMNS)):
        raise SettingsError(f"{where}: the first line must be 'term,say_as,scope', not {','.join(cells)!r}")
    return list(cells)


def _entry(row: dict[str, str], cells: Sequence[str], header: Sequence[str], where: str) -> LexiconEntry:
    if len(cells) > len(header):
        raise SettingsError(f"{where}: {len(cells)} columns instead of {len(header)}; put commas in quotes")
    term, say_as = row.get("term", ""), row.get("say_as", "")
    if not term or not say_as:
        raise SettingsError(f"{where}: {'no term' if not term else f'nothing to say for {term!r}'}; fill it in")
    if marks := offending(say_as):
        raise SettingsError(f"{where}: {say_as!r} holds {' '.join(marks)}, which no voice can say; write it in words")
    return LexiconEntry(term=term, say_as=say_as, scope=row.get("scope", ""))


@lru_cache(maxsize=64)
def terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Find whole terms, the longest first."""
    return pattern(rf"(?<!\w)(?:{either(terms) or '(?!)'})(?!\w)")


class Held:
    """Terms taken out of a text while the rules run, and put back as they are said."""

    def __init__(self, lexicon: Sequence[LexiconEntry], scopes: frozenset[str]) -> None:
        general = {entry.term: entry for entry in lexicon if not entry.scope}
        self._entries = general | {entry.term: entry for entry in lexicon if entry.scope in scopes and entry.scope}
        self.used: list[LexiconEntry] = []

    def take(self, text: str) -> str:
        """Replace every term by its holder."""
        if not self._entries:
            return text
        return terms(tuple(self._entries)).sub(self._hold, text)

    def _hold(self, match: re.Match[str]) -> str:
        entry = self._entries[match.group()]
        if entry not in self.used:
            self.used.append(entry)
        return chr(_HELD + self.used.index(entry))

    def put_back(self, text: str) -> str:
        """Replace every holder by what is said, apart from its neighbours by spaces."""

        def say(match: re.Match[str]) -> str:
            before, after = text[: match.start()][-1:], text[match.end() : match.end() + 1]
            said = self.used[ord(match.group()) - _HELD].say_as
            return (" " if before.isalpha() else "") + said + (" " if after.isalpha() else "")

        return HOLDERS.sub(say, text)
