"""Enrol people: one by one or many at once, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from roadcast import delivery
from roadcast.catalogue import Change
from roadcast.delivery import roster
from roadcast.delivery.roster import Entry, Known, Outcome, Verdict
from roadcast.model import Audience, Show, State, Subscriber, SubscriberId, Subscription
from roadcast.workflow.circulation import Circulation, issue_invitation
from roadcast.workflow.people import Card


def enrol(
    circulation: Circulation,
    entries: Iterable[Entry | Verdict],
    *,
    until: datetime | None = None,
    skip_refused: bool = False,
) -> tuple[Verdict, ...]:
    """Add or change people: all, or none if one entry is refused (unless those are skipped).

    Every new subscription gets a feed token and an invitation. Enrolling the same people again changes
    nothing; a show that is not named any more stays as it is (revoke takes it away).
    """
    listed = list(entries)
    with circulation.catalogue.alone():
        known = _known(circulation)
        verdicts = roster.judge(listed, known=known, shows=circulation.shows)
        accepted = [verdict for verdict in verdicts if verdict.outcome is not Outcome.REFUSED]
        if skip_refused or len(accepted) == len(verdicts):
            _keep(circulation, accepted, known, until)
    return verdicts


def judge(circulation: Circulation, entries: Iterable[Entry | Verdict]) -> tuple[Verdict, ...]:
    """Say what enrolling would do to each entry, and do nothing."""
    return roster.judge(entries, known=_known(circulation), shows=circulation.shows)


def shut_out(card: Card, shows: Iterable[Show]) -> tuple[Show, ...]:
    """List the shows of a person whose episodes are for groups that the person is not in."""
    own, groups = {access.show for access in card.shows}, card.subscriber.groups
    return tuple(show for show in shows if show.id in own and not Audience(groups=show.listeners).admits(groups))


def _known(circulation: Circulation) -> Known:
    register, now = circulation.catalogue.people, circulation.clock()
    known: Known = {person.email.lower(): (person, {}) for person in register.everyone()}
    for right in register.subscriptions():
        known[right.subscriber.email.lower()][1][right.show] = delivery.state_at(right, now)
    return known


def _keep(circulation: Circulation, verdicts: Iterable[Verdict], known: Known, until: datetime | None) -> None:
    now = circulation.clock()
    people: list[Subscriber] = []
    rights: list[Subscription] = []
    changes: list[Change] = []
    for verdict in verdicts:
        if verdict.outcome is Outcome.UNCHANGED:
            continue
        entry = verdict.entry
        old, subscribed = known.get(entry.email.lower(), (None, {}))
        person = _person(circulation, entry, old)
        people.append(person)
        fresh = [show for show in entry.shows if show not in subscribed]
        rights += [Subscription(subscriber=person, show=show, state=State.INVITED, expires=until) for show in fresh]
        what = f"{verdict.outcome}: {verdict.why}" if verdict.why else verdict.outcome.value
        changes.append(Change(at=now, who=circulation.who, subscriber=person.id, what=what))
        changes += [Change(at=now, who=circulation.who, subscriber=person.id, show=s, what="invited") for s in fresh]
    tokens = [delivery.issue(circulation.key, right) for right in rights]
    tokens += [issue_invitation(circulation, right, None, now) for right in rights]
    circulation.catalogue.people.save(subscribers=people, subscriptions=rights, tokens=tokens, changes=changes)


def _person(circulation: Circulation, entry: Entry, old: Subscriber | None) -> Subscriber:
    if old is None:
        groups = entry.groups or frozenset()
        return Subscriber(id=SubscriberId(circulation.draw()), name=entry.name, email=entry.email, groups=groups)
    groups = old.groups if entry.groups is None else entry.groups
    return replace(old, name=entry.name, email=entry.email, groups=groups)
