"""A rule of speech: what something looks like in writing, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial


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

_FIGURES = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing, and how it is said.

    Attributes:
        say: gives the words for a match, or the match itself where the rule does not apply after all.
        marks: sets of characters of which a text must hold one each for the rule to have anything to do.
        needs: what else it must hold; a cheap look before the dear one.
    """

    pattern: re.Pattern[str]
    say: Say
    marks: tuple[frozenset[str], ...] = ()
    needs: re.Pattern[str] | None = None

    @property
    def figures(self) -> bool:
        """Tell whether the rule is only about texts with figures in them."""
        return _FIGURES in self.marks


def rule(pattern: str, say: Say, *, marks: str = "", needs: str = "", figures: bool = True) -> Rule:
    """Write a rule down; unless told otherwise it is about figures."""
    sets = (*([_FIGURES] if figures else []), *([frozenset(marks)] if marks else []))
    return Rule(re.compile(pattern), say, sets, re.compile(needs) if needs else None)


def word(pattern: str, said: str, *, marks: str = "", needs: str = "", figures: bool = False) -> Rule:
    """Write down a rule that always says the same."""
    return rule(pattern, lambda _match, _reading: said, marks=marks, needs=needs, figures=figures)


def apply(rules: Iterable[Rule], text: str, reading: Reading) -> str:
    """Say everything in a text that looks like one of the rules, in their order."""
    characters = frozenset(text)
    for one in rules:
        for marks in one.marks:
            if characters.isdisjoint(marks):
                break
        else:
            if one.needs is not None and one.needs.search(text) is None:
                continue
            said = one.pattern.sub(partial(_said, one.say, reading), text)
            if said != text:
                text, characters = said, frozenset(said)
    return text


def has_figures(text: str) -> bool:
    """Tell whether there is a figure in a text."""
    return not _FIGURES.isdisjoint(text)


def _said(say: Say, reading: Reading, match: re.Match[str]) -> str:
    return say(match, reading)


def either(words: Iterable[str]) -> str:
    """Write an alternation, longest first so that none hides another."""
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
