"""A rule of speech: what something looks like in writing, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


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

FIGURE = r"\d"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing, and how it is said.

    Attributes:
        say: gives the words for a match, or the match itself where the rule does not apply after all.
        needs: what a text must hold for the rule to have anything to do; a cheap look before the dear one.
    """

    pattern: re.Pattern[str]
    say: Say
    needs: re.Pattern[str] | None

    def apply(self, text: str, reading: Reading) -> str:
        """Say everything in the text that looks like this."""
        if self.needs is not None and self.needs.search(text) is None:
            return text
        return self.pattern.sub(lambda match: self.say(match, reading), text)


def rule(pattern: str, say: Say, *, needs: str = FIGURE) -> Rule:
    """Write a rule down; without `needs` it is about figures."""
    return Rule(re.compile(pattern), say, re.compile(needs) if needs else None)


def word(pattern: str, said: str, *, needs: str = "") -> Rule:
    """Write down a rule that always says the same."""
    return rule(pattern, lambda _match, _reading: said, needs=needs)


def either(words: Iterable[str]) -> str:
    """Write an alternation, longest first so that none hides another."""
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
