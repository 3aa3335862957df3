"""Order an edition, and follow how far it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from roadcast.model import Edition, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: an edition, and how it may differ from the show's settings.

    Attributes:
        target: the length, instead of the show's.
        engine: speaks for all presenters, instead of theirs.
        strict: whether one unreadable briefing stops everything.
        verify: whether a recogniser listens to the finished clips, whatever the settings say.
    """

    edition: Edition
    target: timedelta | None = None
    engine: str = ""
    strict: bool = False
    verify: bool = False


@dataclass(slots=True, kw_only=True)
class Progress:
    """Listens to a build; the command line draws it.

    Attributes:
        planned: called with the number of clips to be made, before they are.
        done: called with each script whose clip was made.
        beside: entered while workers are at work; what it does in a thread is done in none of them.
        listening: called with the number of clips to be listened to; heard: after each of them.
        warnings: gathers what people should know.
        rendered: clips that were made; retries: how often engines that were given up had been asked again.
    """

    planned: Callable[[int], None] = lambda _count: None
    done: Callable[[Script], None] = lambda _script: None
    beside: Callable[[], AbstractContextManager[object]] = nullcontext
    listening: Callable[[int], None] = lambda _count: None
    heard: Callable[[], None] = lambda: None
    warnings: list[str] = field(default_factory=list)
    rendered: int = 0
    retries: int = 0
