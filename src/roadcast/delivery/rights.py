"""Decide who may hear what: the life of a subscription, and what a token opens at a moment."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from roadcast.delivery.tokens import digest, is_shaped
from roadcast.errors import DeliveryError, SubscriptionEnded, UnknownToken
from roadcast.model import Purpose, ShowId, State, Subscription, Token

GRACE = timedelta(hours=24)
"""How long a rotated token is honoured: podcast apps ask every hour to every day."""

INVITE_LIFE = timedelta(days=30)
"""How long an invitation can be opened; a new one costs one command."""

Lookup = Callable[[str], Token | None]
"""Finds what a token opens by its SHA-256, such as `Catalogue.people.holder`."""


class Step(StrEnum):
    """What can be done with a subscription."""

    INVITE = "invite"
    ACTIVATE = "activate"
    SUSPEND = "suspend"
    RESUME = "resume"
    REVOKE = "revoke"
    ROTATE = "rotate"


# What is missing here is refused. A step that leads to where one stands is harmless, so commands can be repeated.
TRANSITIONS: dict[tuple[State, Step], State] = {
    (State.INVITED, Step.INVITE): State.INVITED,
    (State.INVITED, Step.ACTIVATE): State.ACTIVE,
    (State.INVITED, Step.SUSPEND): State.SUSPENDED,
    (State.INVITED, Step.REVOKE): State.REVOKED,
    (State.INVITED, Step.ROTATE): State.INVITED,
    (State.ACTIVE, Step.INVITE): State.ACTIVE,
    (State.ACTIVE, Step.ACTIVATE): State.ACTIVE,
    (State.ACTIVE, Step.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, Step.RESUME): State.ACTIVE,
    (State.ACTIVE, Step.REVOKE): State.REVOKED,
    (State.ACTIVE, Step.ROTATE): State.ACTIVE,
    (State.SUSPENDED, Step.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Step.RESUME): State.ACTIVE,
    (State.SUSPENDED, Step.REVOKE): State.REVOKED,
    (State.SUSPENDED, Step.ROTATE): State.SUSPENDED,
    (State.REVOKED, Step.INVITE): State.INVITED,
    (State.REVOKED, Step.REVOKE): State.REVOKED,
    (State.EXPIRED, Step.INVITE): State.INVITED,
    (State.EXPIRED, Step.REVOKE): State.REVOKED,
}


def state_at(subscription: Subscription, now: datetime) -> State:
    """Give the state at a moment: a right past its end is expired, whatever was written down."""
    over = subscription.expires is not None and now >= subscription.expires
    return State.EXPIRED if over and subscription.state is not State.REVOKED else subscription.state


def advance(subscription: Subscription, step: Step, *, now: datetime) -> Subscription:
    """Take a step in the life of a subscription.

    Inviting somebody whose right had ended begins it anew, with a new version: the old token stays shut.

    Raises:
        DeliveryError: if the step does not lead anywhere from here.
    """
    before = state_at(subscription, now)
    after = TRANSITIONS.get((before, step))
    if after is None:
        raise DeliveryError(f"{_name(subscription)}: cannot {step}, it is {before}; {_way_out(before)}")
    if step is Step.INVITE and before in (State.REVOKED, State.EXPIRED):
        version = subscription.version + 1
        return replace(subscription, state=after, version=version, grace_until=None, expires=None)
    return replace(subscription, state=after)


def rotate(subscription: Subscription, *, now: datetime, grace: timedelta = GRACE) -> Subscription:
    """Begin the next version; the token before it is honoured for the grace time, none before that.

    Args:
        subscription: to rotate.
        now: aware UTC.
        grace: none at all after a leak.

    Raises:
        DeliveryError: if the right has ended.
    """
    advanced = advance(subscription, Step.ROTATE, now=now)
    until = now + grace if grace > timedelta(0) else None
    return replace(advanced, version=subscription.version + 1, grace_until=until)


def superseded(token: Token, subscription: Subscription) -> bool:
    """Tell whether a feed token will never be honoured again, so that its record can go."""
    kept = subscription.version if subscription.grace_until is None else subscription.version - 1
    return token.purpose is Purpose.FEED and token.version < kept


def is_over(token: Token, now: datetime) -> bool:
    """Tell whether a token's own time is over."""
    return token.expires is not None and now >= token.expires


def admit(token: str, show: ShowId | None, now: datetime, lookup: Lookup) -> Subscription:
    """Find the subscription that a feed token opens now; a suspended one is let through as SUSPENDED.

    An invited person is let in as well: who holds the feed token was given it by the team or by the
    invitation's page.

    Args:
        token: from the address of the request.
        show: the show asked for; None where the address names none, as for audio.
        now: aware UTC.
        lookup: finds a token by its digest.

    Raises:
        UnknownToken: if nobody holds it, or it is for something else.
        SubscriptionEnded: if it was rotated away, revoked, or its time is over.
    """
    held = _held(token, Purpose.FEED, lookup)
    subscription = held.subscription
    if show is not None and subscription.show != show:
        raise UnknownToken("no such subscription")
    if not _honoured(held, now):
        raise SubscriptionEnded("the token was replaced by a newer one")
    return _open(subscription, now)


def holds_until(held: Token, now: datetime) -> datetime | None:
    """Give the next moment at which time alone may change what a feed token opens; None if there is none."""
    subscription = held.subscription
    moments = (held.expires, subscription.expires, subscription.grace_until)
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def welcome(token: str, now: datetime, lookup: Lookup) -> Subscription:
    """Find the subscription that an invitation is for; looking consumes nothing.

    Raises:
        UnknownToken: if there is no such invitation.
        SubscriptionEnded: if the invitation or the right behind it is over.
    """
    held = _held(token, Purpose.INVITE, lookup)
    if is_over(held, now):
        raise SubscriptionEnded("the invitation is over; ask for a new one")
    return _open(held.subscription, now)


def _held(token: str, purpose: Purpose, lookup: Lookup) -> Token:
    if not is_shaped(token):
        raise UnknownToken("no such subscription")
    wanted = digest(token)
    held = lookup(wanted)
    if held is None or held.purpose is not purpose or not hmac.compare_digest(held.digest, wanted):
        raise UnknownToken("no such subscription")
    return held


def _honoured(held: Token, now: datetime) -> bool:
    subscription = held.subscription
    if held.version == subscription.version:
        return True
    graced = subscription.grace_until is not None and now < subscription.grace_until
    return graced and held.version == subscription.version - 1


def _open(subscription: Subscription, now: datetime) -> Subscription:
    state = state_at(subscription, now)
    if state in (State.REVOKED, State.EXPIRED):
        raise SubscriptionEnded(f"the subscription is {state}")
    return subscription


def _name(subscription: Subscription) -> str:
    return f"{subscription.subscriber.email}, {subscription.show}"


def _way_out(state: State) -> str:
    ways = {
        State.INVITED: "it begins with its first use",
        State.ACTIVE: "nothing needs to be done",
        State.SUSPENDED: "resume it first",
        State.REVOKED: "invite again first",
        State.EXPIRED: "invite again first",
    }
    return ways[state]
