"""Read phrases that say the same as one word, so that putting one for the other changes nothing.

"Has to" is "must", "no more than 40" and "up to 40" are "at most 40", "no later than Friday" is "by Friday". Some are
read so only before a number, or before a date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class Before(Enum):
    """What a phrase has to stand before.

    An amount, which is also a time of day; a moment, which is a date or a time; any figure; or anything at all.
    """

    ANYTHING = "anything"
    FIGURE = "figure"
    AMOUNT = "amount"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a row, and the word that says the same."""

    words: tuple[str, ...]
    key: str
    before: Before


_ANYWHERE = """
must = has to, have to, needs to, need to, has got to, have got to, is required to, are required to, is
    obliged to, are obliged to ;
need-not = do not have to, does not have to, did not have to, do not need to, does not need to, did not need
    to, no need to, is not required to, are not required to, need not ;
can = is able to, are able to, am able to, be able to ;
should = ought to, is supposed to, are supposed to ;
except = except for, excepting, excluding, not including, apart from, aside from, other than, with the
    exception of ;
or-more = or more, or over, or above, and over, and above, and upwards, or higher, or longer, or greater ;
or-less = or less, or fewer, or under, or below, and under, and below, or lower, or shorter ;
without = with no ;
at-least = at least, at a minimum, at the least ;
at-most = at most, at the most, at maximum, at a maximum ;
"""
_BEFORE_AMOUNTS = """
over = over, above, exceeding, exceeds, exceed, beyond, more than, greater than, higher than, longer than,
    larger than, upwards of, in excess of ;
under = under, below, beneath, less than, fewer than, lower than, shorter than, smaller than, short of ;
at-least = no less than, no fewer than, not less than, not fewer than, no lower than, minimum, minimum of, a
    minimum of, min, not under, not below, as few as ;
at-most = no more than, not more than, no higher than, no longer than, not over, not above, not exceeding, up
    to, maximum, maximum of, a maximum of, max, as many as, as much as ;
"""
_BEFORE_FIGURES = """
about = about, around, roughly, approximately, approx, circa, close to, in the region of, something like ;
almost = almost, nearly, not quite, just short of ;
exactly = exactly, precisely, equal to ;
except = not equal to, anything but, not exactly ;
plus-minus = plus or minus ;
root-of = square root of ;
"""
_BEFORE_MOMENTS = """
by = no later than, not later than, not after, on or before ;
from = no earlier than, not earlier than, no sooner than, not before, as of, as from, starting, starting on,
    starting from, starting in, beginning, beginning on, beginning in, effective, effective from, with effect
    from, from and including, on or after, since ;
until = up until, up to, until and including, up to and including, till, through, thru ;
before = prior to, ahead of, in advance of, earlier than, sooner than ;
after = later than ;
"""
_TABLES = (
    (_ANYWHERE, Before.ANYTHING),
    (_BEFORE_MOMENTS, Before.MOMENT),
    (_BEFORE_AMOUNTS, Before.AMOUNT),
    (_BEFORE_FIGURES, Before.FIGURE),
)


def _phrases() -> Iterator[Phrase]:
    for table, before in _TABLES:
        for line in table.rstrip().removesuffix(";").split(";"):
            key, listed = line.split("=")
            for words in listed.split(","):
                yield Phrase(words=tuple(words.split()), key=key.strip(), before=before)


def _by_first() -> Mapping[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for phrase in sorted(_phrases(), key=lambda phrase: -len(phrase.words)):
        found.setdefault(phrase.words[0], []).append(phrase)
    return {word: tuple(those) for word, those in found.items()}


BY_FIRST = _by_first()
"""The phrases that begin with a word, the longest first."""

KEYS = frozenset(phrase.key for phrase in _phrases()) - {"except", "without"}
"""What the phrases are read as, where it means nothing without what follows."""


def beginning(keys: Sequence[str], at: int) -> Iterator[Phrase]:
    """List the phrases that stand at a place in a row of words, the longest first."""
    for phrase in BY_FIRST.get(keys[at], ()):
        if tuple(keys[at : at + len(phrase.words)]) == phrase.words:
            yield phrase
