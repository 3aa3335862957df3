"""Hold what is known of a show's listeners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roadcast.feedback.alarms import Silent, Spread
from roadcast.feedback.summary import Attendance, SegmentShare
from roadcast.model import Episode, Listening, Show, ShowId, State, Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """How many listeners an episode reached, and how far."""

    episode: Episode
    offered: int
    started: int
    counted: int
    downloaded: int
    heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """What one person did with the episodes of a show.

    Attributes:
        polled: when an app last asked for the feed.
        apps: the apps used, by name.
    """

    subscriber: Subscriber
    show: ShowId
    state: State
    offered: int
    counted: int
    downloaded: int
    heard_seconds: float
    polled: datetime | None
    apps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Who listened to what of one show, newest episode first.

    Attributes:
        attendance: of each episode, in the same order.
    """

    show: Show
    episodes: tuple[Attention, ...]
    segments: tuple[SegmentShare, ...]
    attendance: tuple[Attendance, ...]
    reps: tuple[Rep, ...]
    listenings: tuple[Listening, ...]
    silent: tuple[Silent, ...]
    spread: tuple[Spread, ...]


def state_of(one: Listening) -> str:
    """Name the furthest that a listener's app got with an episode."""
    states = (("downloaded", one.downloaded), ("counted", one.counted), ("started", one.started))
    return next((name for name, reached in states if reached), "delivered")
