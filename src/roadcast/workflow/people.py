"""Show people's rights, and change them: one function for each command."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from roadcast import delivery
from roadcast.catalogue import Change
from roadcast.delivery import Step
from roadcast.delivery.rights import GRACE
from roadcast.errors import DeliveryError
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token
from roadcast.workflow.circulation import Circulation, feed_token, issue_invitation


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


def everyone(circulation: Circulation, *, show: ShowId | None = None) -> tuple[Card, ...]:
    """List people, without any address that holds a secret."""
    now = circulation.clock()
    accesses: dict[SubscriberId, list[Access]] = {}
    for right in circulation.catalogue.people.subscriptions(show=show):
        access = Access(show=right.show, state=delivery.state_at(right, now))
        accesses.setdefault(right.subscriber.id, []).append(access)
    people = circulation.catalogue.people.everyone()
    return tuple(
        Card(subscriber=person, shows=tuple(accesses.get(person.id, ())))
        for person in people
        if show is None or person.id in accesses
    )


def card(circulation: Circulation, who: str) -> Card:
    """Show one person with their addresses.

    Raises:
        DeliveryError: if nobody has this id or address.
        SettingsError: if the key is not the one that this catalogue's tokens were derived from.
    """
    person = _find(circulation, who)
    now = circulation.clock()
    feeds = {token.digest for token in _tokens(circulation, Purpose.FEED, person)}
    newest = {invite.subscription.show: invite for invite in _tokens(circulation, Purpose.INVITE, person)}
    rights = circulation.catalogue.people.subscriptions(subscriber=person.id)
    return Card(
        subscriber=person,
        shows=tuple(_access(circulation, right, feeds, newest.get(right.show), now) for right in rights),
    )


def history(circulation: Circulation, who: str) -> tuple[Change, ...]:
    """Give the audit of one person.

    Raises:
        DeliveryError: if nobody has this id or address.
    """
    return circulation.catalogue.people.changes(_find(circulation, who).id)


def invite(circulation: Circulation, who: str, *, show: ShowId | None = None, renew: bool = False) -> Card:
    """Make invitations for somebody.

    A right that had ended begins anew if it is named by its show, or if the person has no other.

    Args:
        circulation: to work at.
        who: id or e-mail address.
        show: one show only.
        renew: replace invitations that can still be opened too, so that a link sent before is dead.

    Raises:
        DeliveryError: if nobody has this id or address, or a suspended person would be invited.
    """
    with circulation.catalogue.alone():
        now = circulation.clock()
        person = _find(circulation, who)
        invitations = {token.subscription.show: token for token in _tokens(circulation, Purpose.INVITE, person)}
        before, after, replaced, tokens = [], [], [], []
        for right in _invited(_rights(circulation, person, show), now):
            advanced = delivery.advance(right, Step.INVITE, now=now)
            began, invitation = advanced.version != right.version, invitations.get(right.show)
            if not (renew or began or invitation is None or delivery.is_over(invitation, now)):
                continue
            before.append(right)
            after.append(advanced)
            tokens.append(issue_invitation(circulation, advanced, invitation, now))
            tokens += [delivery.issue(circulation.key, advanced)] if began else []
            replaced += [invitation.digest] if invitation else []
        circulation.catalogue.people.forget(replaced)
        _save(circulation, before, after, tokens, "invited")
        return card(circulation, person.id)


def invite_all(
    circulation: Circulation, named: Iterable[str], *, show: ShowId | None = None, renew: bool = False
) -> tuple[Card, ...]:
    """Make invitations for several people, once for whoever is named twice; or for nobody, if one of them fails.

    Raises:
        DeliveryError: as `invite`.
    """
    with circulation.catalogue.alone():
        once = dict.fromkeys(_find(circulation, who).id for who in named)
        return tuple(_only(invite(circulation, one, show=show, renew=renew), show) for one in once)


def invite_waiting(
    circulation: Circulation, *, show: ShowId | None = None, renew: bool = False, besides: Iterable[Card] = ()
) -> tuple[Card, ...]:
    """Make invitations for everybody who has not begun yet, besides those who were invited a moment ago."""
    invited = {card.subscriber.id for card in besides}
    return tuple(
        _only(invite(circulation, card.subscriber.id, show=access.show, renew=renew), access.show)
        for card in everyone(circulation, show=show)
        for access in card.shows
        if access.state is State.INVITED and card.subscriber.id not in invited
    )


def step(circulation: Circulation, who: str, taken: Step, *, show: ShowId | None = None) -> tuple[Subscription, ...]:
    """Suspend, resume or revoke a person's rights to one show or to all; it holds at the next request.

    Of all shows, those for which the step leads nowhere stay as they are.

    Raises:
        DeliveryError: if nobody has this id or address, or the step leads nowhere at all.
    """
    with circulation.catalogue.alone():
        now = circulation.clock()
        before = _rights(circulation, _find(circulation, who), show)
        possible = [right for right in before if _can(right, taken, now)] or before
        after = [delivery.advance(right, taken, now=now) for right in possible]
        _save(circulation, possible, after, (), taken.value)
        return tuple(after)


def rotate(circulation: Circulation, who: str, *, show: ShowId | None = None, grace: timedelta = GRACE) -> Card:
    """Replace the tokens of a person's feeds, and with them their invitations.

    Args:
        circulation: to work at.
        who: id or e-mail address.
        show: one show only.
        grace: how long the old token is honoured; none after a leak.

    Raises:
        DeliveryError: if nobody has this id or address, or the right has ended.
    """
    with circulation.catalogue.alone():
        now = circulation.clock()
        person = _find(circulation, who)
        before = _rights(circulation, person, show)
        possible = [right for right in before if _can(right, Step.ROTATE, now)] or before
        after = [delivery.rotate(right, now=now, grace=grace) for right in possible]
        old = {token.subscription.show: token for token in _tokens(circulation, Purpose.INVITE, person)}
        tokens = [delivery.issue(circulation.key, right) for right in after]
        tokens += [issue_invitation(circulation, right, old.get(right.show), now) for right in after]
        rights = {right.show: right for right in after}
        shut = [token.digest for show_id, token in old.items() if show_id in rights]
        shut += [
            token.digest
            for token in _tokens(circulation, Purpose.FEED, person)
            if token.subscription.show in rights and delivery.superseded(token, rights[token.subscription.show])
        ]
        circulation.catalogue.people.forget(shut)
        _save(circulation, possible, after, tokens, "rotated")
        return card(circulation, person.id)


def activate(circulation: Circulation, token: str) -> Subscription:
    """Begin a subscription: the listener pressed the button of the invitation's page.

    Raises:
        UnknownToken: if there is no such invitation.
        SubscriptionEnded: if the invitation or the right is over.
        DeliveryError: if the subscription is suspended.
    """
    with circulation.catalogue.alone():
        now = circulation.clock()
        right = delivery.welcome(token, now, circulation.catalogue.people.holder)
        active = delivery.advance(right, Step.ACTIVATE, now=now)
        if active != right:
            _save(replace(circulation, who="listener"), [right], [active], (), "activated")
        return active


def remove(circulation: Circulation, who: str) -> Subscriber:
    """Forget a person, with rights, tokens and plays; the audit keeps the id and nothing else.

    Raises:
        DeliveryError: if nobody has this id or address.
    """
    with circulation.catalogue.alone():
        person = _find(circulation, who)
        circulation.catalogue.people.remove(person.id)
        gone = Change(at=circulation.clock(), who=circulation.who, subscriber=person.id, what="removed")
        circulation.catalogue.people.save(changes=[gone])
        return person


def _find(circulation: Circulation, who: str) -> Subscriber:
    person = circulation.catalogue.people.find(who)
    if person is None:
        raise DeliveryError(f"{who}: nobody has this id or address; 'roadcast subscriber list' shows everybody")
    return person


def _rights(circulation: Circulation, person: Subscriber, show: ShowId | None) -> list[Subscription]:
    rights = list(circulation.catalogue.people.subscriptions(subscriber=person.id, show=show))
    if not rights:
        what = f"show '{show}'" if show else "any show"
        raise DeliveryError(f"{person.email}: not subscribed to {what}; 'roadcast subscriber add' subscribes")
    return rights


def _tokens(circulation: Circulation, purpose: Purpose, person: Subscriber) -> tuple[Token, ...]:
    return circulation.catalogue.people.tokens(purpose, subscriber=person.id)


def _invited(rights: list[Subscription], now: datetime) -> list[Subscription]:
    """Choose those that an invitation is for: nothing that was revoked comes back beside what is alive."""
    alive = [right for right in rights if delivery.state_at(right, now) in (State.INVITED, State.ACTIVE)]
    return alive or rights


def _only(card: Card, show: ShowId | None) -> Card:
    return replace(card, shows=tuple(access for access in card.shows if show in (None, access.show)))


def _can(right: Subscription, taken: Step, now: datetime) -> bool:
    return (delivery.state_at(right, now), taken) in delivery.TRANSITIONS


def _save(
    circulation: Circulation,
    before: Sequence[Subscription],
    after: Sequence[Subscription],
    tokens: Sequence[Token],
    what: str,
) -> None:
    now = circulation.clock()
    changes = [
        Change(at=now, who=circulation.who, subscriber=new.subscriber.id, show=new.show, what=_words(what, old, new))
        for old, new in zip(before, after, strict=True)
    ]
    circulation.catalogue.people.save(subscriptions=after, tokens=tokens, changes=changes)


def _words(what: str, old: Subscription, new: Subscription) -> str:
    states = f"{what}: {old.state} to {new.state}" if old.state is not new.state else what
    if old.version == new.version:
        return states
    grace = f", the old token until {new.grace_until.isoformat()}" if new.grace_until else ", the old token at once"
    return f"{states}, version {new.version}{grace}"


def _access(
    circulation: Circulation, right: Subscription, feeds: set[str], invitation: Token | None, now: datetime
) -> Access:
    state = delivery.state_at(right, now)
    if state in (State.REVOKED, State.EXPIRED):
        return Access(show=right.show, state=state)
    feed = feed_token(circulation, right, feeds)
    access = Access(show=right.show, state=state, feed_url=delivery.feed_url(circulation.base_url, feed, right.show))
    if invitation is None or delivery.is_over(invitation, now):
        return access
    token = delivery.derive(
        circulation.key,
        Purpose.INVITE,
        subscriber=right.subscriber.id,
        show=right.show,
        version=invitation.version,
    )
    link = delivery.invite_url(circulation.base_url, token)
    return replace(access, invite_url=link, invite_until=invitation.expires)
