"""Enrol people, and change their rights: one function for each command."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from roadcast import delivery
from roadcast.catalogue import Catalogue, Change
from roadcast.delivery import Step, keys, roster
from roadcast.delivery.rights import GRACE, INVITE_LIFE
from roadcast.delivery.roster import Entry, Known, Outcome, Verdict
from roadcast.errors import DeliveryError, SettingsError
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token
from roadcast.settings import STATE
from roadcast.workflow.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the work on people's rights needs.

    Attributes:
        key: from which tokens are derived.
        base_url: where listeners reach the server.
        shows: title by id, all shows of the workspace.
        who: does the work, for the audit.
        draw: gives a fresh id.
    """

    catalogue: Catalogue
    key: bytes
    base_url: str
    shows: Mapping[ShowId, str]
    who: str
    clock: Callable[[], datetime]
    draw: Callable[[], str] = lambda: secrets.token_hex(6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A person's way to one show; addresses only where they may be known.

    Attributes:
        invite_until: when the invitation ends.
    """

    show: ShowId
    state: State
    feed_url: str | None = None
    invite_url: str | None = None
    invite_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A person with their ways to shows."""

    subscriber: Subscriber
    shows: tuple[Access, ...]

    @property
    def state(self) -> State | None:
        """Sum up the person: the liveliest state of all shows; None without any."""
        order = (State.ACTIVE, State.INVITED, State.SUSPENDED, State.EXPIRED, State.REVOKED)
        return min((access.state for access in self.shows), key=order.index, default=None)


def open_key(catalogue: Catalogue, path: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """Read the key; make one for a workspace that has no listeners yet.

    Raises:
        SettingsError: if the key cannot be trusted, or is gone while listeners depend on it.
    """
    environ = os.environ if environ is None else environ
    if keys.VARIABLE in environ or path.exists() or path.is_symlink() or catalogue.people.subscriptions():
        return keys.read(path, environ)
    return keys.create(path)


def desk_of(studio: Studio, *, who: str) -> Desk:
    """Open the desk of a workspace for somebody.

    Raises:
        SettingsError: if the key cannot be trusted, or is gone while listeners depend on it.
    """
    return Desk(
        catalogue=studio.catalogue,
        key=open_key(studio.catalogue, studio.root / STATE / "key"),
        base_url=studio.settings.base_url,
        shows={show.id: show.title for show in studio.shows},
        who=who,
        clock=studio.clock,
    )


def enrol(
    desk: Desk,
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
    with desk.catalogue.alone():
        known = _known(desk.catalogue)
        verdicts = roster.judge(listed, known=known, shows=desk.shows)
        accepted = [verdict for verdict in verdicts if verdict.outcome is not Outcome.REFUSED]
        if skip_refused or len(accepted) == len(verdicts):
            _keep(desk, accepted, known, until)
    return verdicts


def judge(desk: Desk, entries: Iterable[Entry | Verdict]) -> tuple[Verdict, ...]:
    """Say what enrolling would do to each entry, and do nothing."""
    return roster.judge(entries, known=_known(desk.catalogue), shows=desk.shows)


def everyone(desk: Desk, *, show: ShowId | None = None) -> tuple[Card, ...]:
    """List people, without any address that holds a secret."""
    now = desk.clock()
    accesses: dict[SubscriberId, list[Access]] = {}
    for right in desk.catalogue.people.subscriptions(show=show):
        access = Access(show=right.show, state=delivery.state_at(right, now))
        accesses.setdefault(right.subscriber.id, []).append(access)
    people = desk.catalogue.people.everyone()
    return tuple(
        Card(subscriber=person, shows=tuple(accesses.get(person.id, ())))
        for person in people
        if show is None or person.id in accesses
    )


def card(desk: Desk, who: str) -> Card:
    """Show one person with their addresses.

    Raises:
        DeliveryError: if nobody has this id or address.
        SettingsError: if the key is not the one that this catalogue's tokens were derived from.
    """
    person = _find(desk, who)
    now = desk.clock()
    feeds = {token.digest for token in desk.catalogue.people.tokens(Purpose.FEED, subscriber=person.id)}
    invites = desk.catalogue.people.tokens(Purpose.INVITE, subscriber=person.id)
    newest = {invite.subscription.show: invite for invite in invites}
    rights = desk.catalogue.people.subscriptions(subscriber=person.id)
    return Card(
        subscriber=person,
        shows=tuple(_access(desk, right, feeds, newest.get(right.show), now) for right in rights),
    )


def history(desk: Desk, who: str) -> tuple[Change, ...]:
    """Give the audit of one person.

    Raises:
        DeliveryError: if nobody has this id or address.
    """
    return desk.catalogue.people.changes(_find(desk, who).id)


def invite(desk: Desk, who: str, *, show: ShowId | None = None, renew: bool = False) -> Card:
    """Make invitations for somebody.

    A right that had ended begins anew if it is named by its show, or if the person has no other.

    Args:
        desk: to work at.
        who: id or e-mail address.
        show: one show only.
        renew: replace invitations that can still be opened too, so that a link sent before is dead.

    Raises:
        DeliveryError: if nobody has this id or address, or a suspended person would be invited.
    """
    with desk.catalogue.alone():
        now = desk.clock()
        person = _find(desk, who)
        invitations = {token.subscription.show: token for token in _tokens(desk, Purpose.INVITE, person)}
        before, after, replaced, tokens = [], [], [], []
        for right in _invited(_rights(desk, person, show), now):
            advanced = delivery.advance(right, Step.INVITE, now=now)
            began, invitation = advanced.version != right.version, invitations.get(right.show)
            if not (renew or began or invitation is None or delivery.is_over(invitation, now)):
                continue
            before.append(right)
            after.append(advanced)
            tokens.append(_invitation(desk, advanced, invitation, now))
            tokens += [delivery.issue(desk.key, advanced)] if began else []
            replaced += [invitation.digest] if invitation else []
        desk.catalogue.people.forget(replaced)
        _save(desk, before, after, tokens, "invited")
        return card(desk, person.id)


def step(desk: Desk, who: str, taken: Step, *, show: ShowId | None = None) -> tuple[Subscription, ...]:
    """Suspend, resume or revoke a person's rights to one show or to all; it holds at the next request.

    Of all shows, those for which the step leads nowhere stay as they are.

    Raises:
        DeliveryError: if nobody has this id or address, or the step leads nowhere at all.
    """
    with desk.catalogue.alone():
        now = desk.clock()
        before = _rights(desk, _find(desk, who), show)
        possible = [right for right in before if _can(right, taken, now)] or before
        after = [delivery.advance(right, taken, now=now) for right in possible]
        _save(desk, possible, after, (), taken.value)
        return tuple(after)


def rotate(desk: Desk, who: str, *, show: ShowId | None = None, grace: timedelta = GRACE) -> Card:
    """Replace the tokens of a person's feeds, and with them their invitations.

    Args:
        desk: to work at.
        who: id or e-mail address.
        show: one show only.
        grace: how long the old token is honoured; none after a leak.

    Raises:
        DeliveryError: if nobody has this id or address, or the right has ended.
    """
    with desk.catalogue.alone():
        now = desk.clock()
        person = _find(desk, who)
        before = _rights(desk, person, show)
        possible = [right for right in before if _can(right, Step.ROTATE, now)] or before
        after = [delivery.rotate(right, now=now, grace=grace) for right in possible]
        old = {token.subscription.show: token for token in _tokens(desk, Purpose.INVITE, person)}
        tokens = [delivery.issue(desk.key, right) for right in after]
        tokens += [_invitation(desk, right, old.get(right.show), now) for right in after]
        shut = [token.digest for show_id, token in old.items() if show_id in _of(after)]
        rights = {right.show: right for right in after}
        shut += [
            token.digest
            for token in _tokens(desk, Purpose.FEED, person)
            if token.subscription.show in rights and delivery.superseded(token, rights[token.subscription.show])
        ]
        desk.catalogue.people.forget(shut)
        _save(desk, possible, after, tokens, "rotated")
        return card(desk, person.id)


def activate(desk: Desk, token: str) -> Subscription:
    """Begin a subscription: the listener pressed the button of the invitation's page.

    Raises:
        UnknownToken: if there is no such invitation.
        SubscriptionEnded: if the invitation or the right is over.
        DeliveryError: if the subscription is suspended.
    """
    with desk.catalogue.alone():
        now = desk.clock()
        right = delivery.welcome(token, now, desk.catalogue.people.holder)
        active = delivery.advance(right, Step.ACTIVATE, now=now)
        if active != right:
            _save(replace(desk, who="listener"), [right], [active], (), "activated")
        return active


def remove(desk: Desk, who: str) -> Subscriber:
    """Forget a person, with rights, tokens and plays; the audit keeps the id and nothing else.

    Raises:
        DeliveryError: if nobody has this id or address.
    """
    with desk.catalogue.alone():
        person = _find(desk, who)
        desk.catalogue.people.remove(person.id)
        gone = Change(at=desk.clock(), who=desk.who, subscriber=person.id, what="removed")
        desk.catalogue.people.save(changes=[gone])
        return person


def _known(catalogue: Catalogue) -> Known:
    known: Known = {person.email.lower(): (person, set()) for person in catalogue.people.everyone()}
    for right in catalogue.people.subscriptions():
        known[right.subscriber.email.lower()][1].add(right.show)
    return known


def _keep(desk: Desk, verdicts: Iterable[Verdict], known: Known, until: datetime | None) -> None:
    now = desk.clock()
    people: list[Subscriber] = []
    rights: list[Subscription] = []
    changes: list[Change] = []
    for verdict in verdicts:
        if verdict.outcome is Outcome.UNCHANGED:
            continue
        entry = verdict.entry
        old, subscribed = known.get(entry.email.lower(), (None, set()))
        person = _person(desk, entry, old)
        people.append(person)
        fresh = [show for show in entry.shows if show not in subscribed]
        rights += [Subscription(subscriber=person, show=show, state=State.INVITED, expires=until) for show in fresh]
        what = f"{verdict.outcome}: {verdict.why}" if verdict.why else verdict.outcome.value
        changes.append(Change(at=now, who=desk.who, subscriber=person.id, what=what))
        changes += [Change(at=now, who=desk.who, subscriber=person.id, show=s, what="invited") for s in fresh]
    tokens = [delivery.issue(desk.key, right) for right in rights]
    tokens += [_invitation(desk, right, None, now) for right in rights]
    desk.catalogue.people.save(subscribers=people, subscriptions=rights, tokens=tokens, changes=changes)


def _person(desk: Desk, entry: Entry, old: Subscriber | None) -> Subscriber:
    if old is None:
        groups = entry.groups or frozenset()
        return Subscriber(id=SubscriberId(desk.draw()), name=entry.name, email=entry.email, groups=groups)
    groups = old.groups if entry.groups is None else entry.groups
    return replace(old, name=entry.name, email=entry.email, groups=groups)


def _find(desk: Desk, who: str) -> Subscriber:
    person = desk.catalogue.people.find(who)
    if person is None:
        raise DeliveryError(f"{who}: nobody has this id or address; 'roadcast subscriber list' shows everybody")
    return person


def _rights(desk: Desk, person: Subscriber, show: ShowId | None) -> list[Subscription]:
    rights = list(desk.catalogue.people.subscriptions(subscriber=person.id, show=show))
    if not rights:
        what = f"show '{show}'" if show else "any show"
        raise DeliveryError(f"{person.email}: not subscribed to {what}; 'roadcast subscriber add' subscribes")
    return rights


def _tokens(desk: Desk, purpose: Purpose, person: Subscriber) -> tuple[Token, ...]:
    return desk.catalogue.people.tokens(purpose, subscriber=person.id)


def _invitation(desk: Desk, right: Subscription, old: Token | None, now: datetime) -> Token:
    version = old.version + 1 if old else 1
    return delivery.issue(desk.key, right, Purpose.INVITE, version=version, expires=now + INVITE_LIFE)


def _invited(rights: list[Subscription], now: datetime) -> list[Subscription]:
    """Choose those that an invitation is for: nothing that was revoked comes back beside what is alive."""
    alive = [right for right in rights if delivery.state_at(right, now) in (State.INVITED, State.ACTIVE)]
    return alive or rights


def _of(rights: Iterable[Subscription]) -> set[ShowId]:
    return {right.show for right in rights}


def _can(right: Subscription, taken: Step, now: datetime) -> bool:
    return (delivery.state_at(right, now), taken) in delivery.TRANSITIONS


def _save(
    desk: Desk, before: Sequence[Subscription], after: Sequence[Subscription], tokens: Sequence[Token], what: str
) -> None:
    now = desk.clock()
    changes = [
        Change(at=now, who=desk.who, subscriber=new.subscriber.id, show=new.show, what=_words(what, old, new))
        for old, new in zip(before, after, strict=True)
    ]
    desk.catalogue.people.save(subscriptions=after, tokens=tokens, changes=changes)


def _words(what: str, old: Subscription, new: Subscription) -> str:
    states = f"{what}: {old.state} to {new.state}" if old.state is not new.state else what
    if old.version == new.version:
        return states
    grace = f", the old token until {new.grace_until.isoformat()}" if new.grace_until else ", the old token at once"
    return f"{states}, version {new.version}{grace}"


def _access(desk: Desk, right: Subscription, feeds: set[str], invitation: Token | None, now: datetime) -> Access:
    state = delivery.state_at(right, now)
    if state in (State.REVOKED, State.EXPIRED):
        return Access(show=right.show, state=state)
    person = right.subscriber.id
    feed = delivery.derive(desk.key, Purpose.FEED, subscriber=person, show=right.show, version=right.version)
    if delivery.digest(feed) not in feeds:
        raise SettingsError(
            "this key is not the one that the catalogue's tokens were made with; put the right one back"
        )
    access = Access(show=right.show, state=state, feed_url=delivery.feed_url(desk.base_url, feed, right.show))
    if invitation is None or delivery.is_over(invitation, now):
        return access
    token = delivery.derive(desk.key, Purpose.INVITE, subscriber=person, show=right.show, version=invitation.version)
    link = delivery.invite_url(desk.base_url, token)
    return replace(access, invite_url=link, invite_until=invitation.expires)
