"""Describe the tables as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

HEAD = "0002"
"""The newest migration; known here so that opening a new or current database need not load Alembic."""


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite has no time zones, so there it is stored without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone; give SQLite the UTC clock's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's
        """Give UTC back."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

editions = Table(
    "editions",
    metadata,
    Column("show", Text, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("digest", Text, nullable=False),  # of the inputs of the plan
    Column("rundown", Text, nullable=False),  # JSON of Rundown
    Column("episode", Text, nullable=False),  # JSON of Episode
)

aired = Table(
    "aired",
    metadata,
    Column("show", Text, primary_key=True),
    Column("date", Date, primary_key=True),
    Column("slug", Text, primary_key=True),
    Column("digest", Text, nullable=False),  # of what the item said then
    ForeignKeyConstraint(["show", "date"], ["editions.show", "editions.date"], ondelete="CASCADE"),
)

observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("engine", Text, nullable=False),
    Column("voice", Text, nullable=False),
    Column("permille", Integer, nullable=False),  # speaking rate x 1000: equal rates compare equal
    Column("characters", Integer, nullable=False),
    Column("commas", Integer, nullable=False),
    Column("stops", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Index("ix_observations_voice", "engine", "voice", "permille", "id"),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("mailbox", Text, nullable=False, unique=True),  # the address folded to lower case: one person each
    Column("groups", Text, nullable=False),  # JSON list, sorted
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("subscriber", Text, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("show", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("grace_until", Moment),
    Column("expires", Moment),
)

tokens = Table(
    "tokens",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of the token, which itself is nowhere
    Column("purpose", Text, nullable=False),
    Column("subscriber", Text, nullable=False),
    Column("show", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("expires", Moment),
    ForeignKeyConstraint(
        ["subscriber", "show"], ["subscriptions.subscriber", "subscriptions.show"], ondelete="CASCADE"
    ),
    Index("ix_tokens_subscription", "subscriber", "show", "purpose", "version", unique=True),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("subscriber", Text, nullable=False, index=True),  # outlives the person: no foreign key
    Column("show", Text, nullable=False),
    Column("what", Text, nullable=False),
)

plays = Table(
    "plays",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subscriber", Text, ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("show", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Column("app", Text, nullable=False),
    Column("network", Text, nullable=False),  # a daily keyed hash, never an address
    Column("ranges", Text, nullable=False),  # JSON: half-open byte ranges
    Column("heard", Text, nullable=False),  # JSON: half-open stretches in seconds
    Index("ix_plays_edition", "show", "date"),
)

polls = Table(
    "polls",
    metadata,
    Column("subscriber", Text, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("show", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("app", Text, primary_key=True),
    Column("network", Text, primary_key=True),
    Column("at", Moment, nullable=False),  # the last of that day
    Column("times", Integer, nullable=False),
)
