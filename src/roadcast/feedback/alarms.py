"""Notice listeners who have gone silent, and tokens that seem to have been passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from roadcast.feedback.agents import is_crawler
from roadcast.model import Play, Poll, ShowId, State, SubscriberId, Subscription

SILENCE = timedelta(days=7)
"""Without a poll for so long, the app was removed or the feed with it: apps ask every hour to every day."""

NETWORKS = 6
"""Networks in one day that one phone does not explain: home, office, customer and a few cells do."""

APPS = 4
"""Apps in one day that one person does not explain."""

LIBRARIES = frozenset({"AppleCoreMedia", "Dalvik", "ExoPlayer (Android)", "Jetpack Media3 (Android)", "stagefright"})
"""What several apps of one phone play through, and so no app of its own (named as in opawg/user-agents-v2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """A subscription whose app does not ask any more.

    Attributes:
        last: the last poll, None if there was never one.
        changed: when the right was last given or changed, where that is known.
    """

    subscription: Subscription
    last: datetime | None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A token in use on more networks or apps in one day than a person has: an alarm, not a proof."""

    subscriber: SubscriberId
    show: ShowId
    day: date
    networks: int
    apps: int


def silent(
    rights: Iterable[Subscription],
    polls: Iterable[Poll],
    *,
    now: datetime,
    changed: Mapping[SubscriberId, datetime] | None = None,
) -> tuple[Silent, ...]:
    """List active subscriptions without a poll in the last days, the longest silence first.

    Polls of an app's own servers count: some apps ask through nothing else.

    Args:
        rights: to look at, all to the same show.
        polls: of these and perhaps others.
        now: aware UTC.
        changed: when each right was last given or changed; without a poll, the silence begins there.
    """
    last: dict[tuple[SubscriberId, ShowId], datetime] = {}
    for poll in polls:
        key = (poll.subscriber, poll.show)
        last[key] = max(poll.at, last.get(key, poll.at))
    began = changed or {}
    known = [
        Silent(
            subscription=right,
            last=last.get((right.subscriber.id, right.show)),
            changed=began.get(right.subscriber.id),
        )
        for right in rights
        if right.state is State.ACTIVE and (right.expires is None or now < right.expires)
    ]
    quiet = [one for one in known if (begin := one.last or one.changed) is None or now - begin >= SILENCE]
    return tuple(sorted(quiet, key=lambda one: (one.last is not None, one.last, one.subscription.subscriber.email)))


def spread(plays: Iterable[Play], polls: Iterable[Poll] = ()) -> tuple[Spread, ...]:
    """List tokens that were used on many networks or apps in one day (UTC), newest first; crawlers aside.

    Networks are hashes that change each day, so nothing can be said beyond a day.
    """
    networks: dict[tuple[SubscriberId, ShowId, date], set[str]] = {}
    apps: dict[tuple[SubscriberId, ShowId, date], set[str]] = {}
    for who, show, at, app, network in _uses(plays, polls):
        if not is_crawler(app):
            networks.setdefault((who, show, at.date()), set()).add(network)
            apps.setdefault((who, show, at.date()), set()).add(app)
    return tuple(
        Spread(subscriber=who, show=show, day=day, networks=_count(networks[key]), apps=_count(apps[key]))
        for key in sorted(networks, key=lambda key: (-key[2].toordinal(), key[0], key[1]))
        if _count(networks[key]) >= NETWORKS or _count(apps[key]) >= APPS
        for who, show, day in [key]
    )


def _uses(plays: Iterable[Play], polls: Iterable[Poll]) -> Iterable[tuple[SubscriberId, ShowId, datetime, str, str]]:
    for play in plays:
        yield play.subscriber, play.edition.show, play.at, play.app, play.network
    for poll in polls:
        yield poll.subscriber, poll.show, poll.at, poll.app, poll.network


def _count(names: set[str]) -> int:
    return len(names - LIBRARIES - {""})
