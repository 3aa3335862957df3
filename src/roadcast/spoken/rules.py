"""A rule of speech: what something looks like in writing, and how it is said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a team reads what can be read in more than one way.

    Attributes:
        day_first: whether 5/6/2026 is the fifth of June.
        zero: what a nought is called inside a year, a clock time or a code ("oh", "zero", "o").
        cents: whether $1.05 is "one dollar and five cents" or "one point zero five dollars".
        codes: how the figures of XR-450 are told: "cardinal" (four hundred fifty), "pairs" (four fifty)
            or "figures" (four five zero).
        spelled: acronyms to tell letter by letter, beside those that cannot be said otherwise.
        said: acronyms to say as words, beside those that everybody says so.
    """

    day_first: bool = False
    zero: str = "oh"
    cents: bool = True
    codes: str = "cardinal"
    spelled: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.codes not in {"cardinal", "pairs", "figures"}:
            raise ValueError(f"codes: {self.codes!r} is not one of cardinal, pairs, figures")
        if not self.zero.isalpha():
            raise ValueError(f"zero: {self.zero!r} is not a word")


Say = Callable[[re.Match[str], Reading], str]

FIGURES = frozenset("0123456789")


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Compile a pattern when a text first needs it: most texts need few rules, and many commands none."""
    return re.compile(source)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing, and how it is said.

    Attributes:
        source: the pattern.
        say: gives the words for a match, or the match itself where the rule does not apply after all.
        marks: sets of characters of which a text must hold one each for the rule to have anything to do.
        cues: words and signs of which it must hold one; empty if any text will do.
        needs: a pattern it must hold as well; a cheap look before the dear one.
    """

    source: str
    say: Say
    marks: tuple[frozenset[str], ...] = ()
    cues: frozenset[str] = frozenset()
    needs: str = ""


def rule(
    pattern: str, say: Say, *, marks: str = "", cues: Iterable[str] = (), needs: str = "", figures: bool = True
) -> Rule:
    """Write a rule down; unless told otherwise it is about figures."""
    sets = (*([FIGURES] if figures else []), *([frozenset(marks)] if marks else []))
    return Rule(pattern, say, sets, frozenset(map(_cue, cues)), needs)


def word(
    pattern: str, said: str, *, marks: str = "", cues: Iterable[str] = (), needs: str = "", figures: bool = False
) -> Rule:
    """Write down a rule that always says the same."""
    return rule(pattern, lambda _match, _reading: said, marks=marks, cues=cues, needs=needs, figures=figures)


_CUES = re.compile(r"[^\W\d_]+|[^\w\s]")


def _cue(written: str) -> str:
    """Give the longest run of letters of what a rule is about, or its first sign: "Y/Y" is told by its "Y"."""
    return written if written.isalpha() else max(_CUES.findall(written), key=len)


class Rules:
    """Rules in their order, tried only on texts that hold what they are about.

    Nearly all of the time would go into finding out that a rule has nothing to do. So the characters of a text
    choose the rules first, a choice that is remembered, and its words and signs choose among these.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        sets = list(dict.fromkeys(marks for one in self._rules for marks in one.marks))
        self._bits = {mark: sum(1 << n for n, marks in enumerate(sets) if mark in marks) for mark in set().union(*sets)}
        self._wanted = tuple(sum(1 << sets.index(marks) for marks in one.marks) for one in self._rules)
        self._chosen = lru_cache(maxsize=4096)(self._choose)

    def apply(self, text: str, reading: Reading) -> str:
        """Say everything in a text that looks like one of the rules, in their order."""
        start, cues = 0, frozenset[str]()
        while True:
            places = self._chosen(self._signs(text))
            for place in places[bisect_left(places, start) :]:
                one = self._rules[place]
                if one.cues:
                    cues = cues or frozenset(_CUES.findall(text))
                    if cues.isdisjoint(one.cues):
                        continue
                if one.needs and compiled(one.needs).search(text) is None:
                    continue
                said = compiled(one.source).sub(partial(_said, one.say, reading), text)
                if said != text:
                    text, cues, start = said, frozenset(), place + 1
                    break
            else:
                return text

    def _signs(self, text: str) -> int:
        signs = 0
        for character in self._bits.keys() & text:
            signs |= self._bits[character]
        return signs

    def _choose(self, signs: int) -> tuple[int, ...]:
        """List the places of the rules whose marks are all there."""
        return tuple(place for place, wanted in enumerate(self._wanted) if wanted & signs == wanted)


def _said(say: Say, reading: Reading, match: re.Match[str]) -> str:
    return say(match, reading)


def either(words: Iterable[str]) -> str:
    """Write an alternation, longest first so that none hides another."""
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
