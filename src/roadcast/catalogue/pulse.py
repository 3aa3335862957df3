"""Answer what a server asks at every request at next to no cost: who holds a token, and has anything changed."""

from __future__ import annotations

import sqlite3
import threading
from collections import namedtuple
from typing import Any

from sqlalchemy import Connection

from roadcast.catalogue.database import Database
from roadcast.catalogue.people import HOLDER, token_of
from roadcast.errors import StorageError
from roadcast.model import Token


class Pulse:
    """A value that differs after every committed change, by whichever process and connection.

    What was read after a beat is still true as long as the next beat is the same one. It holds one
    connection of its own, which writes nothing.

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
        self._sql = str(HOLDER.compile(dialect=dialect))
        columns = list(HOLDER.selected_columns)
        self._row = namedtuple("_row", [column.name for column in columns])  # type: ignore[misc]  # named at run time
        self._read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]

    def beat(self) -> int | str:
        """Ask the database.

        Raises:
            StorageError: if it cannot be read.
        """
        if not self.quick:
            # Equal snapshots see equal rows; a write-ahead position would not do, since it moves before
            # the change can be seen.
            with self._database.reading() as connection:
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
        version: int = self._ask("PRAGMA data_version")[0]
        return version

    def holder(self, digest: str) -> Token | None:
        """Find what a token opens, as `People.holder` does, at a tenth of the time on SQLite.

        Raises:
            StorageError: if the database cannot be read.
        """
        if not self.quick:
            with self._database.reading() as connection:
                found = connection.execute(HOLDER, {"digest": digest}).first()
            return token_of(found) if found else None
        told = self._ask(self._sql, digest)
        if told is None:
            return None
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
