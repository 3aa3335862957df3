"""Record what listeners fetch, and say who listened to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from roadcast import delivery, feedback
from roadcast.catalogue import Catalogue
from roadcast.feedback import Agents, SegmentShare, Silent, Spread
from roadcast.model import Episode, Listening, Play, Poll, Show, ShowId, State, Subscriber, SubscriberId, Subscription

T = TypeVar("T")
K = TypeVar("K")

AGENTS = "agents"
"""Folder in the workspace's state folder for a table of apps of the team's own."""


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
    """Who listened to what of one show, newest episode first."""

    show: Show
    episodes: tuple[Attention, ...]
    segments: tuple[SegmentShare, ...]
    reps: tuple[Rep, ...]
    listenings: tuple[Listening, ...]
    silent: tuple[Silent, ...]
    spread: tuple[Spread, ...]


def agents(state: Path) -> Agents:
    """Read the table of apps: the team's own in the state folder, or else the packaged one.

    Raises:
        SettingsError: if the team's own cannot be read.
    """
    own = state / AGENTS
    return Agents(own) if own.is_dir() else Agents()


def report(catalogue: Catalogue, show: Show, *, now: datetime, since: datetime | None = None) -> Report:
    """Say who listened to what of a show.

    Args:
        catalogue: to read.
        show: to report on.
        now: aware UTC.
        since: leave out what was published or used before it.
    """
    episodes = [
        episode
        for episode in catalogue.editions.episodes(show.id)
        if episode.published <= now and (since is None or episode.published >= since)
    ]
    rights = catalogue.people.subscriptions(show=show.id)
    plays = catalogue.plays.plays(show=show.id, since=since)
    polls = catalogue.plays.polls(show=show.id)
    groups = {right.subscriber.id: right.subscriber.groups for right in rights}
    listenings = feedback.summarise(episodes, plays, polls, groups=groups)
    of_edition = _grouped(listenings, lambda one: one.edition)
    of_person = _Grouped(
        listenings=_grouped(listenings, lambda one: one.subscriber),
        plays=_grouped(plays, lambda play: play.subscriber),
        polls=_grouped(polls, lambda poll: poll.subscriber),
    )
    return Report(
        show=show,
        episodes=tuple(_attention(episode, of_edition[episode.edition]) for episode in episodes),
        segments=tuple(share for episode in episodes for share in feedback.segments(episode, plays)),
        reps=tuple(_rep(right, delivery.state_at(right, now), of_person) for right in rights),
        listenings=listenings,
        silent=feedback.silent(rights, polls, now=now),
        spread=feedback.spread(plays, [poll for poll in polls if since is None or poll.at >= since]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouped:
    """What is known of each person."""

    listenings: Mapping[SubscriberId, list[Listening]]
    plays: Mapping[SubscriberId, list[Play]]
    polls: Mapping[SubscriberId, list[Poll]]


def _grouped(values: Iterable[T], key: Callable[[T], K]) -> Mapping[K, list[T]]:
    groups: defaultdict[K, list[T]] = defaultdict(list)
    for value in values:
        groups[key(value)].append(value)
    return groups


def _attention(episode: Episode, listenings: Sequence[Listening]) -> Attention:
    return Attention(
        episode=episode,
        offered=len(listenings),
        started=sum(one.started for one in listenings),
        counted=sum(one.counted for one in listenings),
        downloaded=sum(one.downloaded for one in listenings),
        heard=sum(one.heard_seconds > 0 for one in listenings),
    )


def _rep(right: Subscription, state: State, known: _Grouped) -> Rep:
    who = right.subscriber.id
    listenings, plays, polls = known.listenings[who], known.plays[who], known.polls[who]
    return Rep(
        subscriber=right.subscriber,
        show=right.show,
        state=state,
        offered=len(listenings),
        counted=sum(one.counted for one in listenings),
        downloaded=sum(one.downloaded for one in listenings),
        heard_seconds=sum(one.heard_seconds for one in listenings),
        polled=max((poll.at for poll in polls), default=None),
        apps=tuple(sorted(({play.app for play in plays} | {poll.app for poll in polls}) - {""})),
    )
