"""Answer what a server asks at every request at next to no cost: who holds a token, and has anything changed."""

from __future__ import annotations

import sqlite3
import threading
from collections import namedtuple
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select, Text, cast, func, literal_column

from roadcast.catalogue.database import Database
from roadcast.catalogue.people import HOLDER, token_of
from roadcast.errors import StorageError
from roadcast.model import Token

Beat = int | str
"""A value that differs after every committed change, by whichever process and connection."""

REMEMBERED = 16_384  # token holders already read, of some 1 KB each


class Holding(NamedTuple):
    """What a token opens, and the beat at which that was true."""

    token: Token
    beat: Beat


class Pulse:
    """The beat of a database: what was read after one is still true as long as the next is the same.

    It holds one connection of its own, which writes nothing.

    Attributes:
        quick: whether an answer takes microseconds and never waits, so that an event loop may ask: on SQLite
            a reader waits for nobody, and its pages are in memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._driver: Any = None
        dialect = database.engine.dialect
        self.quick = dialect.name == "sqlite"
        self._holder = _holder(dialect)
        self._sql = str(self._holder.compile(dialect=dialect))
        columns = list(self._holder.selected_columns)
        self._row = namedtuple("_row", [column.name for column in columns[:-1]])  # type: ignore[misc]  # named at run time
        self._read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns[:-1]]
        self._token = lru_cache(maxsize=REMEMBERED)(self._token_of)
        self._kept: dict[str, Holding] = {}

    def beat(self) -> Beat:
        """Ask the database.

        Raises:
            StorageError: if it cannot be read.
        """
        if not self.quick:
            with self._database.reading() as connection:
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
        version: int = self._ask("PRAGMA data_version")[0]
        return version

    def holder(self, digest: str) -> Holding | None:
        """Find what a token opens, as `People.holder` does, and the beat: one statement.

        On SQLite what was found before is asked for again only when the beat has changed; the beat itself is
        asked for each time, which costs a fifth of the statement.

        Raises:
            StorageError: if the database cannot be read.
        """
        if not self.quick:
            with self._database.reading() as connection:
                found = connection.execute(self._holder, {"digest": digest}).first()
            return Holding(token_of(found), found.beat) if found else None
        kept = self._kept.get(digest)
        return kept if kept is not None and kept.beat == self.beat() else self._read_anew(digest)

    def _read_anew(self, digest: str) -> Holding | None:
        told = self._ask(self._sql, digest)
        if not told:
            self._kept.pop(digest, None)
            return None
        if len(self._kept) >= REMEMBERED:
            self._kept.clear()
        held = self._kept[digest] = Holding(self._token(told[:-1]), told[-1])
        return held

    def _token_of(self, told: tuple[Any, ...]) -> Token:
        values: list[Any] = [read(value) if read else value for read, value in zip(self._read, told, strict=True)]
        row: Any = self._row(*values)  # the same names as SQLAlchemy's rows have
        return token_of(row)

    def _ask(self, sql: str, *values: str) -> Any:
        with self._lock:
            if self._driver is None:
                self._open()
            try:
                return self._driver.execute(sql, values).fetchone()
            except sqlite3.Error as error:
                raise StorageError(f"{self._database.name}: cannot be read: {error}") from error

    def _open(self) -> None:
        with self._database.reading():  # says in words what is wrong, if it cannot be opened
            pass
        self._connection = self._database.engine.connect()
        self._driver = self._connection.connection.driver_connection

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = self._driver = None
            self._kept.clear()  # the next connection counts its beats anew


def _holder(dialect: Dialect) -> Select[Any]:
    """Ask for the beat in the same breath: SQLite's data_version, or PostgreSQL's snapshot.

    Equal snapshots see equal rows; a write-ahead position would not do, since it moves before the change
    can be seen.
    """
    if dialect.name == "sqlite":
        version: Any = literal_column("(SELECT data_version FROM pragma_data_version)")
        return HOLDER.add_columns(version.label("beat"))
    return HOLDER.add_columns(cast(func.pg_current_snapshot(), Text).label("beat"))
