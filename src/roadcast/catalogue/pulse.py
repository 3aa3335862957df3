"""Tell, at next to no cost, whether anybody has changed the database."""

from __future__ import annotations

import threading
from typing import Any

from sqlalchemy import Connection

from roadcast.catalogue.database import Database


class Pulse:
    """A value that differs after every committed change, by whichever process and connection.

    What was read after a beat is still true as long as the next beat is the same one. It holds one
    connection of its own, which writes nothing.

    Attributes:
        quick: whether a beat takes microseconds and never waits, so that an event loop may ask.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._driver: Any = None
        self.quick = database.engine.dialect.name == "sqlite"

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
        with self._lock:
            if self._driver is None:
                self._open()
            version: int = self._driver.execute("PRAGMA data_version").fetchone()[0]
            return version

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
