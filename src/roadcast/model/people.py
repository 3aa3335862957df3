"""Listeners, and their private right to a show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from roadcast.model.show import ShowId

SubscriberId = NewType("SubscriberId", str)


class State(StrEnum):
    """The life of a subscription."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A person who may listen."""

    id: SubscriberId
    name: str
    email: str
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One person's private right to one show.

    Attributes:
        version: counts rotations; the token is derived from subscriber, show and version.
        grace_until: until then the token of the previous version is honoured as well.
        expires: first moment at which the right has ended.
    """

    subscriber: Subscriber
    show: ShowId
    state: State
    version: int = 1
    grace_until: datetime | None = None
    expires: datetime | None = None


class Purpose(StrEnum):
    """What a token opens: the feed and everything in it, or the page that invites to it."""

    FEED = "feed"
    INVITE = "invite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What the catalogue knows of a token: what it opens and for whom, never the token itself.

    Attributes:
        digest: SHA-256 of the token, hexadecimal.
        version: of the subscription when it was issued; invites are counted on their own.
        expires: first moment at which it opens nothing.
    """

    digest: str
    purpose: Purpose
    subscription: Subscription
    version: int
    expires: datetime | None = None
