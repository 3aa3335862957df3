"""Remember editions: the plan and what it was made from, the episode, and the items it told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, delete, func, select

from roadcast import codec
from roadcast.catalogue.database import Database, upsert
from roadcast.catalogue.schema import aired, editions
from roadcast.errors import StorageError
from roadcast.model import Airing, Edition, Episode, Role, Rundown, ShowId, Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPlan:
    """The last plan of an edition.

    Attributes:
        digest: of the inputs that it was made from.
    """

    digest: str
    rundown: Rundown


class Editions:
    """The editions of all shows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan_of(self, edition: Edition) -> KeptPlan | None:
        """Give the last plan; None if there is none, or only one that another version of the program wrote."""
        query = select(editions.c.digest, editions.c.rundown).where(_is(edition))
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        try:
            return KeptPlan(digest=row.digest, rundown=_rundown(row.rundown)) if row else None
        except ValueError:
            return None  # planning anew costs a second; a stale plan would cost an edition

    def remember(self, edition: Edition, *, digest: str, rundown: Rundown, episode: Episode) -> None:
        """Keep an edition and what it told, in place of what was kept of it before.

        The digest is that of the inputs of the plan.

        Raises:
            StorageError: if the database refuses; nothing is changed then.
        """
        key = {"show": edition.show, "date": edition.date}
        row = {**key, "digest": digest, "rundown": codec.dump(rundown), "episode": codec.dump(episode)}
        told = {
            entry.segment.item.slug: entry.segment.item.digest
            for entry in rundown.entries
            if entry.segment.role is Role.ITEM and entry.segment.item
        }
        with self._database.writing() as connection:
            upsert(connection, editions, [row])
            connection.execute(delete(aired).where(aired.c.show == edition.show, aired.c.date == edition.date))
            upsert(connection, aired, [{**key, "slug": slug, "digest": said} for slug, said in told.items()])

    def episodes(self, show: ShowId) -> tuple[Episode, ...]:
        """List the episodes of a show, newest first.

        Raises:
            StorageError: if one was written by another version of the program in other words.
        """
        query = select(editions.c.date, editions.c.episode).where(editions.c.show == show)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(editions.c.date.desc())).all()
        return tuple(_episode(Edition(show=show, date=row.date), row.episode) for row in rows)

    def episode(self, edition: Edition) -> Episode | None:
        """Find the episode of an edition.

        Raises:
            StorageError: as `episodes`.
        """
        with self._database.reading() as connection:
            text = connection.execute(select(editions.c.episode).where(_is(edition))).scalar()
        return _episode(edition, text) if text is not None else None

    def number_of(self, edition: Edition) -> int:
        """Count an edition within its calendar year, from 1, by the dates remembered before it."""
        return self._before(edition, since=date(edition.date.year, 1, 1)) + 1

    def ordinal_of(self, edition: Edition) -> int:
        """Count an edition within its show, from 1: the ordinal that its airings have."""
        return self._before(edition, since=date.min) + 1

    def aired(self, show: ShowId, *, before: date) -> tuple[Airing, ...]:
        """List what the editions before a date told, oldest first."""
        numbered = (
            select(editions.c.date, func.row_number().over(order_by=editions.c.date).label("ordinal"))
            .where(editions.c.show == show)
            .subquery()
        )
        query = (
            select(aired.c.slug, aired.c.digest, aired.c.date, numbered.c.ordinal)
            .join(numbered, numbered.c.date == aired.c.date)
            .where(aired.c.show == show, aired.c.date < before)
            .order_by(aired.c.date, aired.c.slug)
        )
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Airing(slug=Slug(row.slug), digest=row.digest, date=row.date, ordinal=row.ordinal) for row in rows)

    def _before(self, edition: Edition, *, since: date) -> int:
        query = select(func.count()).where(
            editions.c.show == edition.show, editions.c.date >= since, editions.c.date < edition.date
        )
        with self._database.reading() as connection:
            return connection.execute(query).scalar_one()


def _is(edition: Edition) -> ColumnElement[bool]:
    return and_(editions.c.show == edition.show, editions.c.date == edition.date)


@lru_cache(maxsize=8)
def _rundown(text: str) -> Rundown:
    """Read a rundown; a build asks for the same one time and again."""
    return codec.load(Rundown, text)


def _episode(edition: Edition, text: str) -> Episode:
    try:
        return codec.load(Episode, text)
    except ValueError as error:
        raise StorageError(
            f"{edition}: its episode was kept by another version of roadcast; build the edition again"
        ) from error
