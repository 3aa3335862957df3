"""Databases to test on: SQLite, and PostgreSQL where a server is named or its programs are installed."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """An empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'catalogue.db'}"
        return
    server = make_url(request.getfixturevalue("server"))
    name = f"roadcast_test_{os.getpid()}_{next(_numbers)}"
    _administer(server, f'CREATE DATABASE "{name}"')
    yield server.set(database=name).render_as_string(hide_password=False)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server: the one that ROADCAST_TEST_POSTGRESQL names, or one of our own."""
    named = os.environ.get("ROADCAST_TEST_POSTGRESQL")
    if named:
        yield named
        return
    programs = _programs()
    if programs is None:
        why = "no PostgreSQL: install the package postgresql, or name a server in ROADCAST_TEST_POSTGRESQL"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    folder = Path(tempfile.mkdtemp(prefix="roadcast-pg-"))
    owner = _owner()
    shutil.chown(folder, owner)
    try:
        with _running(programs, folder, owner):
            yield f"postgresql://{owner}@/postgres?host={folder}"
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("postgres")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def _owner() -> str:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class _running:  # noqa: N801  used as a block
    """A server on a socket in its own folder, and on no port."""

    def __init__(self, programs: Path, folder: Path, owner: str) -> None:
        self._as = {"user": owner} if os.geteuid() == 0 else {}
        self._programs, self._folder, self._owner = programs, folder, owner

    def __enter__(self) -> None:
        data = self._folder / "data"
        initdb = [self._programs / "initdb", "-D", data, "-U", self._owner, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=self._folder, **self._as)
        settings = [f"unix_socket_directories={self._folder}", "listen_addresses=", "fsync=off"]
        options = [word for setting in settings for word in ("-c", setting)]
        self._log = (self._folder / "log").open("w")
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", data, *options],
            stdout=self._log,
            stderr=self._log,
            cwd=self._folder,
            **self._as,
        )
        ready = [self._programs / "pg_isready", "-q", "-h", self._folder, "-U", self._owner]
        for _ in range(200):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            assert self._process.poll() is None, (self._folder / "log").read_text()
            time.sleep(0.05)
        raise TimeoutError((self._folder / "log").read_text())

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGQUIT)  # at once: its data goes away with it
        self._process.wait(timeout=30)
        self._log.close()


def _administer(server, statement: str) -> None:
    import psycopg

    conninfo = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute(statement)
