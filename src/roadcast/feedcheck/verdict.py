"""What a rule is, and what it says of a feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from roadcast.feedcheck.subject import Subject


class State(StrEnum):
    """How a feed stands to a rule."""

    PASS = "PASS"  # noqa: S105 - not a password
    WARN = "WARN"
    FAIL = "FAIL"


Finder: TypeAlias = "Callable[[Subject], Iterable[str]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One line of a report.

    Attributes:
        area: what the rule belongs to, such as "PSP-1" or "HTTP".
        rule: what is asked for.
        reason: what was found instead; empty when the rule is kept.
        advice: what to do about it; empty when the rule is kept.
    """

    area: str
    rule: str
    state: State
    reason: str = ""
    advice: str = ""

    def __str__(self) -> str:
        told = f"{self.state} {self.area}: {self.rule}"
        return f"{told}: {self.reason}; {self.advice}" if self.reason else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that is asked of a feed.

    Attributes:
        find: gives every breach, in a few words each; nothing when the rule is kept.
        breach: what a breach is: FAIL where apps refuse or lose something, WARN where they do less well.
        web: whether it can be checked on the web only, and not on a file.
    """

    area: str
    name: str
    advice: str
    find: Finder
    breach: State = State.FAIL
    web: bool = False

    def judge(self, subject: Subject) -> Verdict:
        """Say how a feed stands to this rule, by its first breach and the number of the others."""
        found = list(self.find(subject))
        if not found:
            return Verdict(area=self.area, rule=self.name, state=State.PASS)
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        reason = " ".join(found[0].split())[:200] + more
        return Verdict(area=self.area, rule=self.name, state=self.breach, reason=reason, advice=self.advice)
