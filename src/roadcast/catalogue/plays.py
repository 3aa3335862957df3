"""Remember what podcast apps fetched and what our own player heard."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, true

from roadcast.catalogue import schema
from roadcast.catalogue.database import Database, chunks, inserting
from roadcast.model import Edition, Play, Poll, ShowId, SubscriberId


class Plays:
    """Fetches of audio and of feeds, of all listeners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, plays: Sequence[Play] = (), polls: Sequence[Poll] = ()) -> int:
        """Keep what was fetched, in one transaction, and tell how much of it was kept.

        Meant for batches of a second: plays of people who were removed meanwhile are left out, what one app
        in one network fetched of an episode becomes one row, for players ask for hundreds of ranges, and all
        polls by one app in one network on one day become one row.

        Raises:
            StorageError: if the database refuses; nothing is kept then, and the batch can be tried again.
        """
        if not plays and not polls:
            return 0
        with self._database.writing() as connection:
            known = _existing(connection, {p.subscriber for p in plays} | {p.subscriber for p in polls})
            kept = [play for play in plays if play.subscriber in known]
            if kept:
                connection.execute(insert(schema.plays), [_play_row(play) for play in _together(kept)])
            return len(kept) + _count(connection, [poll for poll in polls if poll.subscriber in known])

    def plays(self, *, show: ShowId | None = None, since: datetime | None = None) -> tuple[Play, ...]:
        """List plays, oldest first."""
        query = select(schema.plays).where(_of(schema.plays, show, since)).order_by(schema.plays.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(_play(row) for row in rows)

    def polls(self, *, show: ShowId | None = None, since: datetime | None = None) -> tuple[Poll, ...]:
        """List the last poll of each day, app and network, oldest first."""
        query = select(schema.polls).where(_of(schema.polls, show, since)).order_by(schema.polls.c.at)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(
            Poll(
                subscriber=SubscriberId(row.subscriber),
                show=ShowId(row.show),
                at=row.at,
                app=row.app,
                network=row.network,
            )
            for row in rows
        )


def _existing(connection: Connection, subscribers: Iterable[SubscriberId]) -> set[str]:
    ids = schema.subscribers.c.id
    known: set[str] = set()
    for batch in chunks(sorted(subscribers)):
        known.update(connection.execute(select(ids).where(ids.in_(batch))).scalars())
    return known


def _together(plays: Iterable[Play]) -> Iterator[Play]:
    """Put plays of one episode by one app in one network on one day together, at the moment of the first."""
    alike: dict[tuple[object, ...], list[Play]] = {}
    for play in plays:
        key = (play.subscriber, play.edition, play.app, play.network, play.at.astimezone(UTC).date())
        alike.setdefault(key, []).append(play)
    for same in alike.values():
        ranges = tuple(span for play in same for span in play.ranges)
        heard = tuple(span for play in same for span in play.heard)
        yield replace(same[0], ranges=ranges, heard=heard)


def _count(connection: Connection, polls: Sequence[Poll]) -> int:
    times: Counter[tuple[object, ...]] = Counter()
    last: dict[tuple[object, ...], datetime] = {}
    for poll in polls:
        key = (poll.subscriber, poll.show, poll.at.astimezone(UTC).date(), poll.app, poll.network)
        times[key] += 1
        last[key] = max(poll.at, last.get(key, poll.at))
    if times:
        keys = [column.name for column in schema.polls.primary_key]
        rows = [dict(zip(keys, key, strict=True)) | {"at": last[key], "times": times[key]} for key in times]
        connection.execute(_counting(connection), rows)
    return len(polls)


def _counting(connection: Connection) -> Any:
    statement = inserting(connection, schema.polls)
    return statement.on_conflict_do_update(
        index_elements=list(schema.polls.primary_key),
        set_={"at": statement.excluded.at, "times": schema.polls.c.times + statement.excluded.times},
    )


def _of(table: Any, show: ShowId | None, since: datetime | None) -> ColumnElement[bool]:
    one: ColumnElement[bool] = table.c.show == show if show is not None else true()
    return one & (table.c.at >= since) if since is not None else one


def _play_row(play: Play) -> dict[str, Any]:
    return {
        "subscriber": play.subscriber,
        "show": play.edition.show,
        "date": play.edition.date,
        "at": play.at,
        "app": play.app,
        "network": play.network,
        "ranges": json.dumps(play.ranges),
        "heard": json.dumps(play.heard),
    }


def _play(row: Row[Any]) -> Play:
    return Play(
        subscriber=SubscriberId(row.subscriber),
        edition=Edition(show=ShowId(row.show), date=row.date),
        at=row.at,
        app=row.app,
        network=row.network,
        ranges=tuple((first, end) for first, end in json.loads(row.ranges)),
        heard=tuple((start, end) for start, end in json.loads(row.heard)),
    )
