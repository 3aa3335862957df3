"""Open the catalogue: one door to everything that Roadcast remembers between two commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from types import TracebackType
from typing import Self

from roadcast.catalogue.database import PATIENCE, Database, connect
from roadcast.catalogue.editions import Editions
from roadcast.catalogue.fits import Fits
from roadcast.catalogue.people import People
from roadcast.catalogue.plays import Plays
from roadcast.catalogue.pulse import Pulse
from roadcast.catalogue.upgrade import upgrade
from roadcast.model import Play, Poll


class Catalogue:
    """The catalogue of one workspace; may be used from several threads.

    Attributes:
        editions: what was planned, published and aired.
        fits: how fast each voice speaks.
        people: subscribers and their rights.
        plays: what was fetched and heard.
        pulse: whether anything has changed since.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.editions = Editions(database)
        self.fits = Fits(database)
        self.people = People(database)
        self.plays = Plays(database)
        self.pulse = Pulse(database)

    @classmethod
    def open(cls, url: str, *, patience: timedelta = PATIENCE) -> Self:
        """Open the database of this URL, and bring it to the newest schema.

        Args:
            url: such as "sqlite:////srv/reps/.roadcast/catalogue.db" or "postgresql://roadcast@db/roadcast".
            patience: how long to wait for another writer; for SQLite, '?timeout=SECONDS' in the URL wins.

        Raises:
            SettingsError: if the URL is unusable, or the database newer than this program.
            StorageError: if it cannot be opened, read or migrated.
        """
        database = connect(url, patience=patience)
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other writers out: what is read in the block stays true, and all of it is kept or nothing.

        Raises:
            StorageError: if the database is locked, full, read-only or out of reach.
        """
        with self._database.writing():
            yield

    def overhear(self, plays: Sequence[Play], polls: Sequence[Poll]) -> int:
        """Keep what was fetched, as `Plays.add` does, but without a beat: no server remembers it.

        Raises:
            StorageError: as `Plays.add`.
        """
        with self.pulse.unheard():
            return self.plays.add(plays, polls)

    def close(self) -> None:
        """Give all connections back; the catalogue may not be used after it."""
        self.pulse.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
