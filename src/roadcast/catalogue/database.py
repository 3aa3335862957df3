"""Open the database, keep writers one at a time, and say what went wrong in words."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from roadcast.errors import SettingsError, StorageError

PATIENCE = timedelta(seconds=15)
"""How long a writer waits for another one (SQLite's busy_timeout, PostgreSQL's lock_timeout)."""

# Any number will do, as long as every roadcast that shares a PostgreSQL database uses the same.
_WRITER_LOCK = 0x726F6164


class Database:
    """An engine with two doors: one to read, one to write.

    Writers come one at a time on both databases (BEGIN IMMEDIATE; an advisory lock), so what was read
    inside `writing` is still true when it is written. A block inside a `writing` block of the same
    thread joins its transaction.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.name = engine.url.render_as_string(hide_password=True)
        self._local = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read with; it waits for no writer.

        Raises:
            StorageError: if the database cannot be read.
        """
        outer: Connection | None = getattr(self._local, "connection", None)
        if outer is not None:
            yield outer
            return
        with self._explained(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, over: Connection | None = None) -> Iterator[Connection]:
        """Give the only connection that may write now; all or nothing of the block is kept.

        Args:
            over: a connection of the caller's, if it is to be that one.

        Raises:
            StorageError: if the database is locked, full, read-only or out of reach.
        """
        outer: Connection | None = getattr(self._local, "connection", None)
        if outer is not None:
            yield outer
            return
        lent = nullcontext(over) if over is not None else self.engine.connect()
        with self._explained(), lent as connection, self._alone(connection):
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Write with foreign keys unchecked until the end: SQLite alters a table by making it anew.

        Raises:
            StorageError: as `writing`.
        """
        with self._explained(), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                with self._alone(connection):
                    yield connection
                return
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
            try:
                with self._alone(connection):
                    yield connection
                    if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise StorageError(f"{self.name}: rows without their parents; restore it from a backup")
            finally:
                driver.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def _alone(self, connection: Connection) -> Iterator[None]:
        with connection.execution_options(roadcast_writes=True).begin():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})")
            self._local.connection = connection
            try:
                yield
            finally:
                self._local.connection = None

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeout as error:
            raise StorageError(f"{self.name}: every connection is busy; try again") from error
        except DBAPIError as error:
            raise StorageError(f"{self.name}: {self._reason(error.orig)}") from error
        except sqlite3.Error as error:
            raise StorageError(f"{self.name}: {self._reason(error)}") from error

    def _reason(self, cause: BaseException | None) -> str:
        name = str(getattr(cause, "sqlite_errorname", ""))
        refusal = _disk(_folder(self.engine.url)) if name.startswith(_PERHAPS_THE_DISK) else ""
        return refusal or _reason(cause)


def connect(url: str, *, patience: timedelta = PATIENCE) -> Database:
    """Prepare a database for use; nothing is opened yet, but SQLite's file is made.

    Raises:
        SettingsError: if the URL names no database that Roadcast can use.
        StorageError: if the SQLite file cannot be made.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return Database(_sqlite(parsed, patience))
    return Database(_postgresql(parsed, patience))


def inserting(connection: Connection, table: Table) -> Any:
    """Begin an INSERT of the connection's own dialect, which knows ON CONFLICT."""
    # Both dialects at the top of the module would cost every command a tenth of a second.
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, or change those whose primary key is there already."""
    if not rows:
        return
    statement = inserting(connection, table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), list(rows))


def chunks(values: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Cut a long list for IN (...): SQLite takes 32,766 variables, older ones 999."""
    batch: list[str] = []
    for value in values:
        batch.append(value)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise SettingsError(
            "database: not a database URL; use 'sqlite:///path/to/file' or 'postgresql://user@host/name'"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise SettingsError("database: SQLite needs a file, as in 'sqlite:///path/to/catalogue.db'")
    if backend not in ("sqlite", "postgresql"):
        raise SettingsError(f"database: '{backend}' is not supported; use sqlite or postgresql")
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def _sqlite(url: URL, patience: timedelta) -> Engine:
    assert url.database is not None
    if not url.database.startswith("file:"):
        _make_private(Path(url.database))
    waiting = {} if "timeout" in url.query else {"timeout": patience.total_seconds()}
    engine = create_engine(url, hide_parameters=True, connect_args=waiting)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: sqlite3 would leave out the IMMEDIATE
        connection.execute("PRAGMA foreign_keys=ON")
        _write_ahead(connection, patience)
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("roadcast_writes")
        driver: Any = connection.connection.driver_connection  # half the price of SQLAlchemy's own way
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection, patience: timedelta) -> None:
    """Turn the write-ahead log on, again and again while another program does the same.

    Two that both read wait for each other to leave; SQLite tells one at once that the database is busy,
    whatever its timeout (sqlite3_busy_handler, "the busy handler might not be called").
    """
    until = time.monotonic() + patience.total_seconds()
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _make_private(path: Path) -> None:
    """Make folder and file for their owner only: they hold names, addresses, and what people heard."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(f"{path}: the database cannot be made: {error.strerror}") from error


def _postgresql(url: URL, patience: timedelta) -> Engine:
    milliseconds = int(patience.total_seconds() * 1000)
    options = f"-c lock_timeout={milliseconds} -c timezone=UTC"
    try:
        return create_engine(
            url,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"options": options, "connect_timeout": max(2, int(patience.total_seconds()))},
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise SettingsError("database: PostgreSQL needs the driver: pip install 'roadcast[postgresql]'") from error


_FULL = "the disk is full; nothing was changed; make room and try again"
_SQLITE = {
    "SQLITE_BUSY": "locked by another program; wait for it to finish, or close it, and try again",
    "SQLITE_LOCKED": "locked by another program; wait for it to finish, or close it, and try again",
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": "read-only; make the file and its folder writable, or name another database",
    "SQLITE_CANTOPEN": "cannot be opened; check that the folder exists and is writable",
    "SQLITE_NOTADB": "is not a SQLite database; name another file, or restore it from a backup",
    "SQLITE_CORRUPT": "is damaged; restore it from a backup",
    "SQLITE_IOERR": "the disk failed while reading or writing; nothing was changed",
}

# What SQLite says when it cannot make the two files that it needs beside the database (-wal and -shm).
_PERHAPS_THE_DISK = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")
_ROOM = 64 * 1024
"""Bytes that SQLite needs beside a database to change anything: 32 KB of -shm, and some pages of -wal."""

_POSTGRESQL = {
    "55P03": "locked by another program; wait for it to finish and try again",
    "40P01": "locked by another program; try again",
    "53100": "the server's disk is full; nothing was changed; make room and try again",
    "25006": "read-only; name a server that takes changes",
    "42501": "the user of the URL may not do this; grant it the right",
}


def _folder(url: URL) -> Path:
    """Name the folder that an SQLite file is in."""
    return Path((url.database or "").removeprefix("file:").partition("?")[0]).parent


def _disk(folder: Path) -> str:
    """Say why nothing can be written on the disk of a folder; nothing if the disk is not to blame."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return ""
    if disk.f_flag & os.ST_RDONLY:
        return "the disk is read-only; make it writable, or name another database"
    return _FULL if disk.f_bavail * disk.f_frsize < _ROOM or (disk.f_files and not disk.f_favail) else ""


def _reason(cause: BaseException | None) -> str:
    """Say what a driver's error means; never with the values of the statement."""
    name = str(getattr(cause, "sqlite_errorname", ""))
    for prefix, words in _SQLITE.items():
        if name.startswith(prefix):
            return words
    state = getattr(cause, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    if state is None and type(cause).__module__.startswith("psycopg"):
        _, _, refusal = str(cause).partition("FATAL:")  # at the door there is no code, only the server's own words
        if refusal:
            return f"the server lets nobody in: {refusal.strip().splitlines()[0]}; check the user and name in the URL"
        return "the server cannot be reached; check that it runs, and the URL"
    return f"refused: {type(cause).__name__} {name or state or ''}".rstrip()
