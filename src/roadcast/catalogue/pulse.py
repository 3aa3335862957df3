"""Answer what a server asks at every request at next to no cost: who holds a token, and has anything changed."""

from __future__ import annotations

import sqlite3
import threading
from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, cast, func

from roadcast.catalogue.database import Database
from roadcast.catalogue.people import HOLDER, token_of
from roadcast.errors import StorageError
from roadcast.model import Token

_SNAPSHOT = cast(func.pg_current_snapshot(), Text).label("beat")
"""PostgreSQL's beat: equal snapshots see equal rows; a write-ahead position moves before the change can be seen."""

Beat = int | str
"""A value that differs after every committed change, by whichever process and connection, but for `Pulse.unheard`."""

_COUNT = "PRAGMA data_version"

REMEMBERED = 16_384  # tokens as they were read, of some 1 KB each: few of them differ after a change


class Holding(NamedTuple):
    """What a token opens, and the beat at which that was true."""

    token: Token
    beat: Beat


class _Held(NamedTuple):
    connection: Connection
    driver: Any


class Pulse:
    """The beat of a database: what was read after one is still true as long as the next is the same.

    SQLite counts, for each connection, the commits of all others (`PRAGMA data_version`). Two connections are held: one
    that writes nothing, so that it counts everything, and one for what is written unheard. Where the first has counted
    on and the second has not, nothing was committed but what was written unheard.

    Attributes:
        quick: whether an answer takes microseconds and never waits, so that an event loop may ask: on SQLite
            a reader waits for nobody, and its pages are in memory.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.RLock()  # for what follows
        self._watching: _Held | None = None
        self._writer: _Held | None = None
        self._beat = 0
        self._counted = self._others = -1  # by the one, and by the other
        self._unsure = count(-1, -1)
        self._turn = threading.Lock()  # whoever has it may use the writer
        self._writing = False
        dialect = database.engine.dialect
        self.quick = dialect.name == "sqlite"
        self._sql = str(HOLDER.compile(dialect=dialect))
        columns = list(HOLDER.selected_columns)
        self._row = namedtuple("_row", [column.name for column in columns])  # type: ignore[misc]  # named at run time
        self._read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._token = lru_cache(maxsize=REMEMBERED)(self._token_of)

    def beat(self) -> Beat:
        """Ask the database.

        Raises:
            StorageError: if it cannot be read.
        """
        if not self.quick:
            with self._database.reading() as connection:
                return str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
        counted = self._count()
        return self._beat if counted == self._counted else self._judged(counted)

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Write, in one transaction and without a beat, what nobody remembers for a beat.

        Raises:
            StorageError: as `Database.writing`.
        """
        if not self.quick:
            with self._database.writing():
                yield
            return
        with self._turn:
            try:
                with self._database.writing(self._open()[1].connection):
                    self._settled(self._count())  # from here on nobody else can commit
                    self._writing = True
                    yield
                self._settled(self._count())
            finally:
                self._writing = False

    def _judged(self, counted: int) -> Beat:
        """Tell what it means that the first connection has counted on."""
        if self._turn.acquire(blocking=False):
            try:
                return self._settled(counted)
            finally:
                self._turn.release()
        if self._writing:  # most likely its own commit, of which it is about to tell
            return next(self._unsure)
        with self._lock:  # it waits for its turn, so this was somebody else
            self._counted, self._beat = counted, self._beat + 1
            return self._beat

    def _settled(self, counted: int) -> Beat:
        """Ask the writer, later than the first: what that has counted, the writer has, too, or has written itself."""
        others = self._fetch(self._open()[1], _COUNT)[0]
        with self._lock:
            self._beat += others != self._others
            self._counted, self._others = counted, others
            return self._beat

    def holder(self, digest: str) -> Holding | None:
        """Find what a token opens, as `People.holder` does, and a beat at which that was so.

        Raises:
            StorageError: if the database cannot be read.
        """
        if not self.quick:
            with self._database.reading() as connection:
                found = connection.execute(HOLDER.add_columns(_SNAPSHOT), {"digest": digest}).first()
            return Holding(token_of(found), found.beat) if found else None
        beat = self.beat()  # before reading: a change in between makes the next beat another one
        told = self._ask(self._sql, digest)
        return Holding(self._token(told), beat) if told else None

    def _token_of(self, told: tuple[Any, ...]) -> Token:
        values: list[Any] = [read(value) if read else value for read, value in zip(self._read, told, strict=True)]
        row: Any = self._row(*values)  # the same names as SQLAlchemy's rows have
        return token_of(row)

    def _count(self) -> int:
        counted: int = self._ask(_COUNT)[0]
        return counted

    def _ask(self, sql: str, *values: str) -> Any:
        with self._lock:
            return self._fetch(self._watching or self._open()[0], sql, *values)

    def _fetch(self, held: _Held, sql: str, *values: str) -> Any:
        try:
            return held.driver.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise StorageError(f"{self._database.name}: cannot be read: {error}") from error

    def _open(self) -> tuple[_Held, _Held]:
        with self._lock:
            if self._watching is None or self._writer is None:
                with self._database.reading():  # says in words what is wrong, if it cannot be opened
                    pass
                self._watching, self._writer = self._hold(), self._hold()
            return self._watching, self._writer

    def _hold(self) -> _Held:
        connection = self._database.engine.connect()
        return _Held(connection, connection.connection.driver_connection)

    def close(self) -> None:
        """Give the connections back."""
        with self._turn, self._lock:
            for held in (self._watching, self._writer):
                if held is not None:
                    held.connection.close()
            self._watching = self._writer = None
            self._counted = self._others = -1  # the next ones count anew
