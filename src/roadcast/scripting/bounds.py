"""Hold what stands around a number or a date against the source: "at most 40" is not 40, "by Friday" not "on Friday".

A qualifier of an amount is a part of what it claims and may not be left out; the preposition of a date may be, but no
other may stand in its place. Of a range both ends have to be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadcast.numerals import same
from roadcast.scripting.claims import BETWEEN, Claims, Sort, Word, listed, moment

_QUALIFIERS = {
    "over": {"over"},
    "under": {"under"},
    "at-least": {"at-least"},
    "at-most": {"at-most"},
    "or-more": {"at-least", "over"},
    "or-less": {"at-most", "under"},
    "plus": {"at-least", "over"},
    "minimum": {"at-least"},
    "maximum": {"at-most"},
    "about": {"about"},
    "almost": {"about", "under"},
    "exactly": {"exactly"},
    "except": {"except"},
    "plus-minus": {"plus-minus"},
    "root-of": {"root-of"},
    "squared": {"squared"},
    "cubed": {"cubed"},
}
_BEHIND = frozenset({"or-more", "or-less", "plus", "minimum", "maximum", "at-least", "at-most", "squared", "cubed"})
_FAINT = frozenset({"about", "exactly"})
_WHEN = {
    "on": {"on"},
    "at": {"on"},
    "during": {"on"},
    "for": {"on"},
    "in": {"on", "within"},
    "by": {"by"},
    "before": {"before"},
    "after": {"after"},
    "until": {"until"},
    "till": {"until"},
    "to": {"until", "on"},
    "from": {"from"},
    "since": {"from"},
    "within": {"within"},
    "inside": {"within"},
}
_HOW_MUCH = {
    "by": {"by"},
    "to": {"to"},
    "from": {"from"},
    "after": {"after"},
    "before": {"before"},
    "within": {"within"},
}
_FREE = frozenset({"on", "to", "by", "from"})
"""What may be said before an amount that stands bare in the source."""
_SPANS = frozenset({"s", "min", "h", "day", "week", "mo", "yr"})
_PASSED = {date: BETWEEN[date] | BETWEEN[False] | frozenset(_QUALIFIERS) for date in (False, True)}
_RANGE = re.compile(r"\s*(?:-|–|—|‑|\bto\b|\bor\b|\bthrough\b)\s*")
_FROM_TO = listed("take takes took last lasts cost costs range ranges ranging need needs require requires open")
_LINK = re.compile(r"[\s,.]*(?:(?:the|of|at) )?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A number or the name of a day, with what is said around it.

    Attributes:
        bounds: such as "over"; when: such as "before"; each empty where nothing is said.
        end: whether it is one end of a range.
        head: the word that its date begins with, if that is another one: "Monday" of "Monday, November 23".
    """

    word: Word
    bounds: frozenset[str] = frozenset()
    when: frozenset[str] = frozenset()
    end: bool = False
    head: Word | None = None


def unbound(said: Claims, source: Claims, others: Sequence[Claims] = ()) -> Iterator[str]:
    """List the numbers and dates that are told with another qualifier or preposition than in the source.

    Args:
        said: as it is told.
        source: the sentence that it comes from.
        others: what else the item says; a date that its sentence names bare may take its preposition from there.
    """
    there = _places(source)
    for place in _places(said):
        known = [other for other in there if _equal(place.word, other.word)]
        if place.head and any(_equal(place.head, other.word) for other in there):
            continue
        if not known or any(_agree(place, other) for other in known):
            continue
        bare = not any(other.bounds or other.when or other.end for other in known)
        if bare and place.when and any(_repeated(place, other) for other in others):
            continue
        yield f"“{_shown(place, said)}” is not what the source says: “{_shown(known[0], source)}”"


def _repeated(place: Place, claims: Claims) -> bool:
    return any(_equal(place.word, other.word) and other.when & place.when for other in _places(claims))


def _equal(one: Word, other: Word) -> bool:
    if one.quantity and other.quantity:
        return same(one.quantity, other.quantity)
    return one.key == other.key


def _agree(said: Place, source: Place) -> bool:
    """Tell whether a number is told with what the source tells it with."""
    if source.end or said.end:
        return bool((said.bounds | said.when) & (source.bounds | source.when) - {"on", "within"})
    return _bounds_agree(said.bounds, source.bounds) and _moments_agree(said, source)


def _bounds_agree(said: frozenset[str], source: frozenset[str]) -> bool:
    if said and source:
        return bool(said & source)
    return said <= {"exactly"} if said else source <= _FAINT or bool(source & _FAINT)


def _moments_agree(said: Place, source: Place) -> bool:
    if not said.when:
        return True
    if not source.when:
        return bool(said.when & (_FREE if said.word.quantity and "on" not in said.when else {"on"}))
    return bool(said.when & source.when)


def _shown(place: Place, claims: Claims) -> str:
    """Quote a number with the words around it."""
    before = claims.text[: place.word.start].split()[-2:]
    after = claims.text[place.word.end :].split()[:2] if place.bounds else []
    return " ".join((*before, place.word.text, *after))


def _places(claims: Claims) -> list[Place]:
    """Find every number and day of a text with what is said around it."""
    runs = list(_runs(claims))
    found: list[Place] = []
    before: tuple[int, frozenset[str]] = (-2, frozenset())
    for number, (first, last) in enumerate(runs):
        when = _when(claims, first, before)
        before = (last, when)
        ends = _ends(claims, runs, number)
        for at in range(first, last + 1):
            word = claims.words[at]
            if word.quantity or word.day:
                bounds = _bounds(claims, at)
                found.append(
                    Place(
                        word=word,
                        bounds=bounds | ends,
                        when=when,
                        end=bool(ends),
                        head=None if at == first else claims.words[first],
                    )
                )
    return found


def _runs(claims: Claims) -> Iterator[tuple[int, int]]:
    """Give the first and last word of every number, and of every date as one: "Monday, November 23, at 10"."""
    words, at = claims.words, 0
    while at < len(words):
        last = at
        if moment(words, at):
            while (after := _next(claims, last)) and moment(words, after):
                last = after
        if words[at].quantity or words[at].day:
            yield at, last
        at = last + 1


def _next(claims: Claims, at: int) -> int:
    """Give the word that goes on with a date, or 0."""
    for after in (at + 1, at + 2, at + 3):
        if after < len(claims.words) and moment(claims.words, after):
            between = claims.text[claims.words[at].end : claims.words[after].start]
            return after if _LINK.fullmatch(between) else 0
    return 0


def _when(claims: Claims, first: int, before: tuple[int, frozenset[str]]) -> frozenset[str]:
    """Read the preposition of a date or an amount; "and" hands on that of the one before."""
    words, date = claims.words, moment(claims.words, first)
    span = _is_span(words[first])
    at, passed = first - 1, _PASSED[date or span]
    while at >= 0 and words[at].key in passed:
        at -= 1
    if at < 0 or re.search(r"[,;:.!?–—]", claims.text[words[at].end : words[at + 1].start]):
        return frozenset()
    key = words[at].key
    if key in ("and", "or") and at - 1 == before[0]:
        return before[1]
    table = _WHEN if date or span else _HOW_MUCH
    return frozenset(table.get(key, ()))


def _bounds(claims: Claims, at: int) -> frozenset[str]:
    """Read the qualifiers before a number, or behind it: "at least 40", "40 pumps or more"."""
    words, found = claims.words, set[str]()
    near = at - 1
    while near >= 0 and words[near].key in BETWEEN[False]:
        near -= 1
    if near >= 0 and words[near].sort is Sort.WORD and _joined(claims, near, at):
        found |= _QUALIFIERS.get(words[near].key, set())
    for behind in range(at + 1, min(at + 4, len(words))):
        if words[behind].sort is not Sort.WORD or not _joined(claims, at, behind):
            break
        if words[behind].key in _BEHIND and (behind == at + 1 or "-" in words[behind].key):
            found |= _QUALIFIERS[words[behind].key]
    if "over" in found and _is_span(words[at]):
        found.add("about")  # "over five days" may as well be "in the course of" them
    return frozenset(found)


def _is_span(word: Word) -> bool:
    return word.quantity is not None and word.quantity.unit in _SPANS


def _joined(claims: Claims, first: int, last: int) -> bool:
    return not re.search(r"[,;:.!?()–—]", claims.text[claims.words[first].end : claims.words[last].start])


def _ends(claims: Claims, runs: Sequence[tuple[int, int]], number: int) -> frozenset[str]:
    """Tell which end of a range a number is, if it is one: what may be said of it alone."""
    if number + 1 < len(runs) and _spans(claims, runs[number], runs[number + 1]):
        return frozenset({"at-least", "from"})
    if number and _spans(claims, runs[number - 1], runs[number]):
        return frozenset({"at-most", "until", "to"})
    return frozenset()


def _spans(claims: Claims, low: tuple[int, int], high: tuple[int, int]) -> bool:
    """Tell whether two numbers or dates are the ends of one range."""
    one, two = claims.words[low[0]], claims.words[high[0]]
    between = claims.text[claims.words[low[1]].end : two.start]
    before = claims.words[low[0] - 1].key if low[0] else ""
    if not _comparable(one, two, claims):
        return False
    if before == "between" and between.strip() == "and":
        return True
    verb = claims.words[low[0] - 2].key if low[0] > 1 else ""
    return bool(_RANGE.fullmatch(between)) and (before != "from" or verb in _FROM_TO)


def _comparable(one: Word, two: Word, claims: Claims) -> bool:
    if one.quantity and two.quantity:
        glued = one.end + 1 == two.start and claims.text[two.end : two.end + 1] in "-–" and two.end < len(claims.text)
        return one.quantity.unit == two.quantity.unit and one.quantity.value < two.quantity.value and not glued
    return one.day and two.day
