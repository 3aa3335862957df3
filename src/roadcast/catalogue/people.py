"""Remember people, their rights, the digests of their tokens, and who changed what."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, insert, or_, select, true

from roadcast.catalogue import schema
from roadcast.catalogue.database import Database, chunks, upsert
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the audit: who did what, and when; never a token.

    Attributes:
        who: did it: an account of this machine, or the listener.
        show: empty when the change is about the person.
    """

    at: datetime
    who: str
    subscriber: SubscriberId
    what: str
    show: ShowId | str = ""


class People:
    """Everybody who may listen, or might once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def everyone(self) -> tuple[Subscriber, ...]:
        """List all subscribers, by address."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.subscribers).order_by(schema.subscribers.c.mailbox)).all()
        return tuple(_subscriber(row) for row in rows)

    def find(self, key: str) -> Subscriber | None:
        """Find a subscriber by id or e-mail address, whatever its case."""
        one = or_(schema.subscribers.c.id == key, schema.subscribers.c.mailbox == mailbox(key))
        with self._database.reading() as connection:
            row = connection.execute(select(schema.subscribers).where(one)).first()
        return _subscriber(row) if row else None

    def subscriptions(
        self, *, subscriber: SubscriberId | None = None, show: ShowId | None = None
    ) -> tuple[Subscription, ...]:
        """List subscriptions of one person, of one show, or all; by address and show."""
        query = _subscriptions().where(_of(subscriber, show))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(schema.subscribers.c.mailbox, schema.subscriptions.c.show)).all()
        return tuple(_subscription(row) for row in rows)

    def holder(self, digest: str) -> Token | None:
        """Find what a token opens, by the SHA-256 of the token; None if nobody holds it."""
        with self._database.reading() as connection:
            row = connection.execute(HOLDER, {"digest": digest}).first()
        return token_of(row) if row else None

    def tokens(
        self, purpose: Purpose, *, subscriber: SubscriberId | None = None, show: ShowId | None = None
    ) -> tuple[Token, ...]:
        """List the tokens for a purpose, oldest version first."""
        query = (
            _tokens().where(schema.tokens.c.purpose == purpose, _of(subscriber, show)).order_by(schema.tokens.c.version)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(token_of(row) for row in rows)

    def save(
        self,
        *,
        subscribers: Sequence[Subscriber] = (),
        subscriptions: Sequence[Subscription] = (),
        tokens: Sequence[Token] = (),
        changes: Sequence[Change] = (),
    ) -> None:
        """Add or change all of these, or none of them.

        Raises:
            StorageError: if the database refuses, such as an address that somebody else has.
        """
        with self._database.writing() as connection:
            upsert(connection, schema.subscribers, [_subscriber_row(s) for s in subscribers])
            upsert(connection, schema.subscriptions, [_subscription_row(s) for s in subscriptions])
            upsert(connection, schema.tokens, [_token_row(t) for t in tokens])
            if changes:
                connection.execute(insert(schema.changes), [_change_row(c) for c in changes])

    def forget(self, digests: Iterable[str]) -> None:
        """Let tokens open nothing from now on."""
        with self._database.writing() as connection:
            for batch in chunks(digests):
                connection.execute(delete(schema.tokens).where(schema.tokens.c.digest.in_(batch)))

    def remove(self, subscriber: SubscriberId) -> None:
        """Forget a person with their rights, tokens and plays; the audit keeps the id."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.subscribers).where(schema.subscribers.c.id == subscriber))

    def changes(self, subscriber: SubscriberId | None = None) -> tuple[Change, ...]:
        """Give the audit of one person, or of everybody, oldest first."""
        query = select(schema.changes).order_by(schema.changes.c.id)
        if subscriber is not None:
            query = query.where(schema.changes.c.subscriber == subscriber)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Change(at=row.at, who=row.who, subscriber=row.subscriber, show=row.show, what=row.what) for row in rows
        )


def mailbox(email: str) -> str:
    """Fold an address so that spellings of one mailbox compare equal."""
    return email.strip().lower()


def _of(subscriber: SubscriberId | None, show: ShowId | None) -> ColumnElement[bool]:
    return and_(
        schema.subscriptions.c.subscriber == subscriber if subscriber is not None else true(),
        schema.subscriptions.c.show == show if show is not None else true(),
    )


def _subscriptions() -> Select[Any]:
    joined = schema.subscriptions.join(schema.subscribers, schema.subscribers.c.id == schema.subscriptions.c.subscriber)
    return select(schema.subscribers, schema.subscriptions).select_from(joined)


def _tokens() -> Select[Any]:
    joined = schema.tokens.join(
        schema.subscriptions,
        and_(
            schema.subscriptions.c.subscriber == schema.tokens.c.subscriber,
            schema.subscriptions.c.show == schema.tokens.c.show,
        ),
    ).join(schema.subscribers, schema.subscribers.c.id == schema.tokens.c.subscriber)
    return select(
        schema.subscribers,
        schema.subscriptions,
        schema.tokens.c.digest,
        schema.tokens.c.purpose,
        schema.tokens.c.version.label("token_version"),
        schema.tokens.c.expires.label("token_expires"),
    ).select_from(joined)


# Asked for every request of every podcast app: see also `Pulse.holder`.
HOLDER = _tokens().where(schema.tokens.c.digest == bindparam("digest"))


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(id=SubscriberId(row.id), name=row.name, email=row.email, groups=frozenset(json.loads(row.groups)))


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        subscriber=_subscriber(row),
        show=ShowId(row.show),
        state=State(row.state),
        version=row.version,
        grace_until=row.grace_until,
        expires=row.expires,
    )


def token_of(row: Row[Any]) -> Token:
    """Read a row of `HOLDER`."""
    return Token(
        digest=row.digest,
        purpose=Purpose(row.purpose),
        subscription=_subscription(row),
        version=row.token_version,
        expires=row.token_expires,
    )


def _subscriber_row(subscriber: Subscriber) -> dict[str, Any]:
    return {
        "id": subscriber.id,
        "name": subscriber.name,
        "email": subscriber.email,
        "mailbox": mailbox(subscriber.email),
        "groups": json.dumps(sorted(subscriber.groups), ensure_ascii=False),
    }


def _subscription_row(subscription: Subscription) -> dict[str, Any]:
    return {
        "subscriber": subscription.subscriber.id,
        "show": subscription.show,
        "state": subscription.state.value,
        "version": subscription.version,
        "grace_until": subscription.grace_until,
        "expires": subscription.expires,
    }


def _token_row(token: Token) -> dict[str, Any]:
    return {
        "digest": token.digest,
        "purpose": token.purpose.value,
        "subscriber": token.subscription.subscriber.id,
        "show": token.subscription.show,
        "version": token.version,
        "expires": token.expires,
    }


def _change_row(change: Change) -> dict[str, Any]:
    return {
        "at": change.at,
        "who": change.who,
        "subscriber": change.subscriber,
        "show": change.show,
        "what": change.what,
    }
