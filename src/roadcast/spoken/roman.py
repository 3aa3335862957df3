"""Say roman numerals: after a word that counts, after a ruler's name, and where they can be nothing else."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, ordinal, roman
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule

_COUNTED = tuple(one for row in tables.rows("roman") if row[1] == "cardinal" for one in {row[0], row[0].upper()})
_RULERS = tuple(row[0] for row in tables.rows("roman") if row[1] == "ordinal")
_CROWNS = ("Pope", "King", "Queen", "Emperor", "Kaiser", "Tsar")
_CROWNED = rf"(?:{either(_RULERS)}|(?:{either(_CROWNS)}) [A-Z][a-z]+)"


# What is called by letters, Series LX, and hardly ever by a number above forty.
_LARGE = pattern("[LC]")
_NAMED_BY_LETTERS = frozenset(
    {"series", "model", "type", "class", "grade", "level", "version", "mark", "mk", "generation"}
)
# Type X is what fire does not pass.
_LETTER = pattern(r"\b[Tt]ype X\Z")
_BOARD = pattern(
    r"\b(?i:drywall|gypsum|(?:plaster|wall|cement|fire)-?board|sheetrock|board|sheathing|panels?|fire[- ]rated)\b"
)


def _counted(match: re.Match[str], reading: Reading) -> str:
    del reading
    if _LETTER.search(match.group()) and _BOARD.search(match.string):
        return match.group()
    if _LARGE.search(match["roman"]) and match["word"].lower() in _NAMED_BY_LETTERS:
        return match.group()
    value = roman(match["roman"])
    return f"{match['word']} {cardinal(str(value))}" if value else match.group()


def _ruler(match: re.Match[str], reading: Reading) -> str:
    del reading
    value = roman(match["roman"])
    return f"{match['word']} the {ordinal(str(value))}" if value and value < 40 else match.group()


def _sure(match: re.Match[str], reading: Reading) -> str:
    del reading
    value = roman(match["roman"])
    return cardinal(str(value)) if value else match.group()


def _of_many(match: re.Match[str], reading: Reading) -> str:
    """Say "the XXI century"."""
    del reading
    value = roman(match["roman"])
    return ordinal(str(value)) if value else match.group()


RULES = (
    rule(
        r"\b(?P<word>[Pp]hase|[Ss]tage|[Tt]ier|PHASE|Category)\s(?P<one>I{1,3}|I?V)/(?P<other>I{1,3}|I?V)(?!\w)",
        lambda m, _r: f"{m['word']} {cardinal(str(roman(m['one'])))} {cardinal(str(roman(m['other'])))}",
        figures=False,
        marks="/",
        cues=("phase", "Phase", "stage", "Stage", "tier", "Tier", "PHASE", "Category"),
    ),
    rule(
        r"\b(?P<roman>[IVX]+)(?=\s(?:[Cc]entury|World War|Olympi|Congress|Army|Corps|Legion))",
        _of_many,
        marks="IVX",
        figures=False,
    ),
    rule(
        rf"\b(?<!Xbox\s)(?P<word>{either(_COUNTED)})\s(?P<roman>(?![LC]\b)[IVXLC]+)(?![\w'.]\w|\w|\s[A-Z]\b)",
        _counted,
        figures=False,
        marks="IVXLC",
        cues=_COUNTED,
    ),
    rule(
        rf"\b(?P<word>{_CROWNED})\s(?P<roman>[IVX]+)(?!\w|'(?!s\b)\w|\.\s?[A-Z][a-z])",
        _ruler,
        figures=False,
        marks="IVX",
        cues=(*_RULERS, *_CROWNS),
    ),
    rule(
        r"(?<=[A-Za-z]\s)(?P<roman>I{2,3}|VI{1,3}|IX|XI{1,3}|XI?V|XVI{0,3}|XI?X|XXI{0,3}|XXIV|XXV)(?![\w'])",
        _sure,
        figures=False,
        marks="IVX",
    ),
)
