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

_FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way of writing, and how it is said.

    Attributes:
        say: gives the words for a match, or the match itself where the rule does not apply after all.
        hint: characters of which one must be in the text, or the rule has nothing to do; "9" stands for any figure.
    """

    pattern: re.Pattern[str]
    say: Say
    hint: str = "9"

    def apply(self, text: str, reading: Reading) -> str:
        """Say everything in the text that looks like this."""
        if not self._concerns(text):
            return text
        return self.pattern.sub(lambda match: self.say(match, reading), text)

    def _concerns(self, text: str) -> bool:
        if not self.hint:
            return True
        if self.hint == "9":
            return _FIGURE.search(text) is not None
        return any(mark in text for mark in self.hint)


def rule(pattern: str, say: Say, *, hint: str = "9", flags: int = 0) -> Rule:
    """Write a rule down; the pattern is in verbose form when `re.VERBOSE` is given."""
    return Rule(re.compile(pattern, flags), say, hint)


def word(pattern: str, said: str, *, hint: str = "", flags: int = 0) -> Rule:
    """Write down a rule that always says the same."""
    return Rule(re.compile(pattern, flags), lambda _match, _reading: said, hint)


def either(words: Iterable[str]) -> str:
    """Write an alternation, longest first so that none hides another."""
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))
