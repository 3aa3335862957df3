"""Hold one sentence against the sentence that it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from roadcast.numerals import missing
from roadcast.scripting.agency import turned_voice
from roadcast.scripting.bounds import unbound
from roadcast.scripting.claims import FUNCTION_WORDS, OPENERS, WEEKDAYS, Claims, Sort, Word, stem
from roadcast.scripting.limits import unlimited
from roadcast.scripting.opposites import GROUPS, HEDGES, MOVEMENTS, Group, turned, unprefixed

ALIGNED = 0.6
"""Sentences this much alike word by word (difflib's ratio, claims masked) have claims in comparable places."""
VERBATIM = 0.8
"""Sentences this much alike are the same one but for a word or two."""
SPELLING = 0.8
"""Words with the same initial and this much alike are forms or spellings of one word."""


def disagreements(said: Claims, source: Claims, others: Sequence[Claims] = ()) -> tuple[str, ...]:
    """List what a sentence says otherwise than its source sentence; leaving out is hardly ever a disagreement.

    Args:
        said: as it is told.
        source: the sentence that it comes from.
        others: what else the item says.
    """
    said, source = _unfolded(said, source), _unfolded(source, said)
    likeness = SequenceMatcher(None, _masked(source), _masked(said), autojunk=False)
    voice = turned_voice(said, source)
    if voice is False:
        return ("who did it and to whom is exchanged",)
    return (
        *_numbers(said, source),
        *unbound(said, source, others),
        *_names(said, source),
        *(() if voice else _places(said, source, likeness)),
        *_negations(said, source, verbatim=likeness.ratio() >= VERBATIM),
        *(tuple(_opposites(said, source)) or (() if voice else _exchanged(said, source, likeness))),
        *unlimited(said, source),
        *_hedges(said, source),
    )


def within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Tell whether one row of words is the other with some left out."""
    rest = iter(whole)
    return all(key in rest for key in part)


def resembling(said: Claims, sources: Sequence[Claims]) -> tuple[Claims, ...]:
    """Find the sentences that are nearly the same, word by word."""
    likeness = SequenceMatcher(None, b=_masked(said), autojunk=False)
    found = []
    for source in sources:
        likeness.set_seq1(_masked(source))
        quick = min(likeness.real_quick_ratio(), likeness.quick_ratio())
        if quick >= VERBATIM and likeness.ratio() >= VERBATIM:
            found.append(source)
    return tuple(found)


def jumbled(said: Claims, source: Claims) -> tuple[str, ...]:
    """Find out whether a sentence that joins two gives one's numbers or names to the other."""
    there = set(_claimed(source))
    if within([key for key in _claimed(said) if key in there], _claimed(source)):
        return ()
    return ("its numbers and names stand in another order than in the two sentences it joins",)


def _unfolded(claims: Claims, other: Claims) -> Claims:
    """Write "unavailable" as "not available" where the other sentence says that."""
    denied = {two for one, two in pairwise(other.keys) if one == "not"}
    words: list[Word] = []
    for word in claims.words if denied else ():
        root = next((root for root in unprefixed(word.key) if root in denied), "")
        words += [replace(word, key="not"), replace(word, key=root)] if root else [word]
    return claims if len(words) <= len(claims.words) else replace(claims, words=tuple(words))


def _hedges(said: Claims, source: Claims) -> Iterator[str]:
    """Find what makes a plain statement uncertain."""
    if HEDGES.isdisjoint(source.keys):
        yield from (f"“{word.text}” is not what the source says" for word in said.words if word.key in HEDGES)


def _numbers(said: Claims, source: Claims) -> Iterator[str]:
    for quantity in missing(said.numbers, source.numbers):
        yield f"“{said.text[quantity.start : quantity.end]}” is not in the sentence it comes from"


def _names(said: Claims, source: Claims) -> Iterator[str]:
    """A name from elsewhere may be added ("she" made clear), but not put in the place of another."""
    there = {word.key for word in source.words}
    lost = Counter(word.key for word in source.names) - Counter(word.key for word in said.words)
    for word in said.words:
        name = word.sort is Sort.NAME or (word.opening and word.capital and word.key not in OPENERS)
        if word.key in there or not name:
            continue
        if word.key in WEEKDAYS:
            yield f"“{word.text}” is not in the sentence it comes from"
        elif lost:
            yield f"“{word.text}” stands where the source names {_listed(lost)}"


def _places(said: Claims, source: Claims, likeness: SequenceMatcher[str]) -> Iterator[str]:
    """Find numbers and names that changed places: aligned word by word, another one stands there."""
    if likeness.ratio() < ALIGNED or within(_claimed(said), _claimed(source)):
        return
    there = {word.key for word in source.words}
    for at, to, size in likeness.get_matching_blocks():
        for one, two in zip(_ordered(source)[at : at + size], _ordered(said)[to : to + size], strict=True):
            if one.key != two.key and two.key in there:
                yield f"“{two.text}” stands in the place of “{one.text}”"
                return


def _negations(said: Claims, source: Claims, *, verbatim: bool) -> Iterator[str]:
    negated, free = said.negated()
    negated_there, free_there = source.negated()
    for word, count in negated.items():
        if count > negated_there[word]:
            yield f"“{_negation(word, said)}” is not what the source says"
    for word, count in negated_there.items():
        if negated[word] < count and (free[word] > free_there[word] or (verbatim and (negated[word] or not word))):
            yield f"“{_negation(word, source)}” in the source has lost its negation"


def _opposites(said: Claims, source: Claims) -> Iterator[str]:
    """Find words that were turned round, and movements that the source does not speak of."""
    here, there = (Counter(_sense(word) for word in claims.words) for claims in (said, source))
    new, gone = here - there, there - here
    for word in new:
        for group in GROUPS.get(word, ()):
            change = [sum(here[form] - there[form] for form in alternative) for alternative in group]
            mine = next(n for n, alternative in enumerate(group) if word in alternative)
            if change[mine] > 0 and (min(change) < 0 or group in MOVEMENTS):
                yield f"“{word}” is not what the source says"
        for other in gone:
            if turned(word, other):
                yield f"“{word}” stands for “{other}”"


def _exchanged(said: Claims, source: Claims, likeness: SequenceMatcher[str]) -> Iterator[str]:
    """Find a word put for another in a sentence that is otherwise the source's: no list has all opposites."""
    if likeness.ratio() < VERBATIM:
        return
    for what, start, end, to, until in likeness.get_opcodes():
        if what == "replace" and end - start == until - to:
            for one, two in zip(source.words[start:end], said.words[to:until], strict=True):
                if one.sort is two.sort is Sort.WORD and _means_other(one.key, two.key):
                    yield f"“{two.text}” stands for “{one.text}”"


def _means_other(one: str, two: str) -> bool:
    """Tell whether two words differ by more than their form or spelling ("metre", "meters")."""
    if stem(one) == stem(two):
        return False
    if {one, two} & FUNCTION_WORDS:
        return any(_apart(one, two, group) for group in GROUPS.get(one, ()))
    return one[0] != two[0] or SequenceMatcher(None, one, two, autojunk=False).ratio() < SPELLING


def _apart(one: str, two: str, group: Group) -> bool:
    """Tell whether two words stand in different alternatives of a group."""
    return not any({one, two} <= alternative for alternative in group) and any(two in words for words in group)


def _sense(word: Word) -> str:
    """Give the word by which a group of opposites knows it: "first" is one, though it is a number as well."""
    return word.text.lower() if word.sort is Sort.NUMBER else word.key


def _ordered(claims: Claims) -> list[Word]:
    """Give the words in order, but "1 December" as "December 1"."""
    words = list(claims.words)
    for at, (one, two) in enumerate(pairwise(claims.words)):
        if two.quantity and two.quantity.unit == "calendar" and one.quantity and one.quantity.unit == "":
            words[at : at + 2] = [two, one]
    return words


def _masked(claims: Claims) -> list[str]:
    marks = {Sort.NUMBER: "#", Sort.NAME: "@"}
    before = (None, *claims.words)
    return [
        "@" if one and _of_name(one, word) else marks.get(word.sort, word.key)
        for one, word in zip(before, claims.words, strict=False)
    ]


def _of_name(one: Word, word: Word) -> bool:
    """Tell whether a number belongs to the name before it: "Torne 300"."""
    plain = word.quantity is not None and word.quantity.unit == ""
    return plain and one.sort is Sort.NAME and not one.day and word.start - one.end == 1


def _claimed(claims: Claims) -> list[str]:
    return [word.key for word in _ordered(claims) if word.sort is not Sort.WORD]


def _listed(names: Counter[str]) -> str:
    return " and ".join(name.title() for name in names)


def _negation(root: str, claims: Claims) -> str:
    word = next((word.text for word in claims.words if stem(word.key) == root), "")
    return f"not … {word}".rstrip(" …")
