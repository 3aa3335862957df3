"""Record what listeners fetch, and say who listened to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from roadcast import delivery, feedback, store
from roadcast.catalogue import Catalogue
from roadcast.errors import SettingsError
from roadcast.feedback import Agents, Attention, Rep, Report, page
from roadcast.model import Episode, Listening, Play, Poll, Show, State, SubscriberId, Subscription
from roadcast.workflow.studio import Studio

T = TypeVar("T")
K = TypeVar("K")

AGENTS = "agents"
"""Folder in the workspace's state folder for a table of apps of the team's own."""


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
    played = _grouped(plays, lambda play: play.edition)
    of_edition = _grouped(listenings, lambda one: one.edition)
    of_person = _Grouped(
        listenings=_grouped(listenings, lambda one: one.subscriber),
        plays=_grouped(plays, lambda play: play.subscriber),
        polls=_grouped(polls, lambda poll: poll.subscriber),
    )
    return Report(
        show=show,
        episodes=tuple(_attention(episode, of_edition[episode.edition]) for episode in episodes),
        segments=tuple(share for episode in episodes for share in feedback.segments(episode, played[episode.edition])),
        attendance=tuple(feedback.attendance(episode, played[episode.edition]) for episode in episodes),
        reps=tuple(_rep(right, delivery.state_at(right, now), of_person) for right in rights),
        listenings=listenings,
        silent=feedback.silent(rights, polls, now=now, changed=_changed(catalogue, show)),
        spread=feedback.spread(plays, [poll for poll in polls if since is None or poll.at >= since]),
    )


def write_page(studio: Studio, path: Path, reports: Sequence[Report], *, since: date | None = None) -> None:
    """Write reports as one page that only its owner can read.

    Raises:
        SettingsError: if the file would lie in the folder of feeds, which is copied to the web.
        StorageError: if the disk refuses; a page from before stays as it was.
    """
    if path.resolve().is_relative_to(studio.feeds.resolve()):
        raise SettingsError(f"{path}: feeds/ is for the web, and this page names people; write it somewhere else")
    told = page.render(reports, written=studio.clock().astimezone(studio.zone), since=since)
    store.write_private(path, told.encode())


def _changed(catalogue: Catalogue, show: Show) -> Mapping[SubscriberId, datetime]:
    """Tell when each person's right to a show was last given or changed."""
    return {change.subscriber: change.at for change in catalogue.people.changes() if change.show == show.id}


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
