"""Warn of what is hard to say and to hear, before anybody has to listen to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadcast.model import ContentItem, Place, Sentence
from roadcast.numerals import quantities

MAX_WORDS = 25
"""A listener cannot go back: longer sentences lose their beginning before they end."""
MAX_NUMBERS = 2
MAX_CODE = 8
"""Letters and figures of a code that an ear can still hold, about as many as a telephone number without its area."""

_WORD = re.compile(r"\S*\w\S*")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*\w/?|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|eu|se|de|uk)(?:/\S*)?\b"
)
_CODE = re.compile(r"\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*\b")
_MEASURE = re.compile(r"\d[\d.,]*[A-Za-z]{1,5}|(?:FY|[A-Za-z])\d+|\d+-[a-z-]+")
_NO_VOWEL = re.compile(r"\b(?![A-Z]+\b)[B-DF-HJ-NP-TV-XZb-df-hj-np-tv-xz]{4,}\b")
_JOINED = re.compile(r"\b\w+(?:_\w+)+\b|\b[a-z]+(?:[A-Z][a-z]+){2,}\b")
_SAYABLE = frozenset({"hmmm", "pfft", "psst", "shhh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One thing in an item that would be hard to hear.

    Attributes:
        place: the line it stands on.
        message: what is wrong, and what to do.
    """

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def lint(item: ContentItem, *, tables: Sequence[int] = ()) -> tuple[Advice, ...]:
    """List what would be hard to hear in an item, in the order of its lines.

    Args:
        item: as `intake` reads it.
        tables: the lines of the item's file on which tables begin (`markup.tables`).
    """
    advice = [_advice(sentence, message) for sentence in item.lines for message in _hard(sentence.text)]
    advice.extend(
        Advice(place=Place(path=item.place.path, line=line), message="a table; say the one row that matters")
        for line in tables
    )
    if item.action is None:
        advice.append(Advice(place=item.place, message="nothing to do; add 'action: ...', one sentence for today"))
    return tuple(sorted(advice, key=lambda one: one.place.line))


def _advice(sentence: Sentence, message: str) -> Advice:
    return Advice(place=sentence.place, message=f"{message}: “{_short(sentence.text)}”")


def _hard(text: str) -> tuple[str, ...]:
    """List what is wrong with one sentence."""
    words, numbers = len(_WORD.findall(text)), _figures(text)
    found = []
    if words > MAX_WORDS:
        found.append(f"{words} words in one sentence; make it two, or cut it to {MAX_WORDS}")
    if numbers > MAX_NUMBERS:
        found.append(f"{numbers} numbers in one sentence; keep the {MAX_NUMBERS} that matter, or give each a sentence")
    found.extend(f"“{token}” cannot be heard; {remedy}" for token, remedy in _unsayable(text))
    return tuple(found)


def _figures(text: str) -> int:
    """Count the numbers that a listener has to keep: a date is none, a telephone number is one, "one" is a word."""
    count, end, dated = 0, -2, False
    for quantity in quantities(text):
        gap = text[max(end, 0) : quantity.start]
        day = dated and not gap.strip(" ,.")
        part = end >= 0 and gap in ("-", ".", "/", ":")
        if quantity.unit == "calendar" and end >= 0 and not gap.strip(" .of"):
            count -= 1  # the day before its month
        dated = quantity.unit == "calendar" or day
        small = quantity.value <= 1 and text[quantity.start].isalpha()
        count += not (dated or part or small or quantity.unit in ("quarter", "half", "FY"))
        end = quantity.end
    return count


def _unsayable(text: str) -> tuple[tuple[str, str], ...]:
    """Find tokens that no voice makes sense of, with what to do about each."""
    addresses = [found[0] for found in _ADDRESS.finditer(text)]
    rest = _ADDRESS.sub(" ", text)
    codes = [found[0] for found in _CODE.finditer(rest) if _long(found[0])]
    letters = [found[0] for found in _NO_VOWEL.finditer(rest) if found[0].lower() not in _SAYABLE]
    joined = [found[0] for found in _JOINED.finditer(rest)]
    return (
        *((token, "put the address into a link behind a word") for token in addresses),
        *((token, "name the thing, and leave its code to the show notes") for token in codes),
        *((token, "write the word out, or add it to scripts/lexicon.csv") for token in (*letters, *joined)),
    )


def _long(code: str) -> bool:
    return len(re.sub(r"\W", "", code)) > MAX_CODE and not _MEASURE.fullmatch(code)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rsplit(' ', 1)[0]} …"
