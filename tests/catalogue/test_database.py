"""Opening, migrating, and what a database can refuse."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event, inspect, make_url

from roadcast.catalogue import Catalogue, schema
from roadcast.catalogue.database import connect
from roadcast.catalogue.upgrade import MIGRATIONS
from roadcast.errors import SettingsError, StorageError
from roadcast.model import State, Subscriber, SubscriberId

OLD = Path(__file__).with_name("schema_0001.sql")

DIE_HALF_WAY = """
import os, signal, sys
from sqlalchemy import Engine, event
from roadcast.catalogue import Catalogue

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if "CREATE TABLE polls" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

Catalogue.open(sys.argv[1])
"""

DIE_BEFORE_THE_AUDIT = """
import os, signal, sys
from datetime import UTC, datetime
from sqlalchemy import Engine, event
from roadcast.catalogue import Catalogue, Change
from roadcast.model import Subscriber

@event.listens_for(Engine, "before_cursor_execute")
def die(connection, cursor, statement, *_):
    if "INSERT INTO changes" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

people = [Subscriber(id=f"p{n}", name="P", email=f"p{n}@example.com") for n in range(2000)]
change = Change(at=datetime.now(UTC), who="editor", subscriber="p0", what="added")
Catalogue.open(sys.argv[1]).people.save(subscribers=people, changes=[change])
"""


def person(number: int) -> Subscriber:
    return Subscriber(id=SubscriberId(f"p{number}"), name="Ada Example", email=f"ada{number}@example.com")


def load_old(url: str) -> None:
    database = connect(url)
    script = OLD.read_text()
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.executescript(script)
        else:
            driver.execute(script.replace("DATETIME", "TIMESTAMPTZ"))
    database.close()


def tables(url: str) -> set[str]:
    database = connect(url)
    names = set(inspect(database.engine).get_table_names())
    database.close()
    return names


@pytest.mark.parametrize("begin", ["at once", "step by step"])
def test_a_new_catalogue_and_a_migrated_one_have_the_tables_of_the_program(url, begin):
    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == schema.HEAD
    database = connect(url)
    if begin == "step by step":
        with database.migrating() as connection:
            connection.exec_driver_sql("CREATE TABLE somebody_elses (id INTEGER)")  # so it is no empty database
    Catalogue.open(url).close()
    with database.migrating() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS somebody_elses")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == schema.HEAD
        assert inspect(connection).get_pk_constraint("alembic_version")["name"] == "alembic_version_pkc"
    database.close()


def test_an_old_catalogue_is_migrated_with_its_people(url):
    load_old(url)
    with Catalogue.open(url) as catalogue:
        held = catalogue.people.holder("c0ffee")
        assert held.subscription.state is State.ACTIVE
        assert held.subscription.grace_until == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        assert held.subscription.subscriber.groups == {"north", "east"}
        assert catalogue.plays.plays() == ()
    assert {"plays", "polls"} <= tables(url)


def test_a_program_killed_while_migrating_leaves_the_old_catalogue_whole(url):
    load_old(url)
    died = subprocess.run([sys.executable, "-c", DIE_HALF_WAY, url], capture_output=True, timeout=60)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert not {"plays", "polls"} & tables(url)
    with Catalogue.open(url) as catalogue:
        assert catalogue.people.find("ada@example.com").name == "Ada Example"
        assert catalogue.plays.polls() == ()


def test_a_program_killed_while_enrolling_has_enrolled_nobody(url):
    with Catalogue.open(url) as catalogue:
        catalogue.people.save(subscribers=[person(9_999)])
    died = subprocess.run([sys.executable, "-c", DIE_BEFORE_THE_AUDIT, url], capture_output=True, timeout=60)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    with Catalogue.open(url) as catalogue:
        assert [kept.id for kept in catalogue.people.everyone()] == ["p9999"]


def test_a_catalogue_of_a_newer_program_is_refused_untouched(url):
    Catalogue.open(url).close()
    database = connect(url)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SettingsError, match="newer roadcast than this one; update the program"):
        Catalogue.open(url)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "9999"
    database.close()


@pytest.mark.parametrize("there", [False, True], ids=["new", "current"])
def test_opening_a_new_or_current_catalogue_loads_no_alembic(tmp_path, there):
    url = f"sqlite:///{tmp_path / 'catalogue.db'}"
    if there:
        Catalogue.open(url).close()
    script = (
        "import sys\n"
        "from roadcast.catalogue import Catalogue\n"
        f"Catalogue.open({url!r}).close()\n"
        "assert 'sqlalchemy' in sys.modules\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_programs_that_start_together_migrate_once(url):
    with ThreadPoolExecutor(6) as pool:
        for opened in pool.map(lambda _: Catalogue.open(url), range(6)):
            opened.close()
    assert "polls" in tables(url)


def test_what_was_read_alone_is_still_true_when_it_is_written(url):
    with Catalogue.open(url) as first:
        first.people.save(subscribers=[replace(person(1), name="0")])

    def count(_: int) -> None:
        with Catalogue.open(url) as catalogue:
            for _ in range(10):
                with catalogue.alone():
                    found = catalogue.people.find("p1")
                    catalogue.people.save(subscribers=[replace(found, name=str(int(found.name) + 1))])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    with Catalogue.open(url) as catalogue:
        assert catalogue.people.find("p1").name == "40"


def test_a_block_that_fails_keeps_nothing_and_lets_others_in(catalogue):
    with pytest.raises(ZeroDivisionError), catalogue.alone():
        catalogue.people.save(subscribers=[person(1)])
        raise ZeroDivisionError
    catalogue.people.save(subscribers=[person(2)])
    assert [kept.id for kept in catalogue.people.everyone()] == ["p2"]


def test_a_locked_catalogue_is_told_after_some_patience_and_loses_nobody(url):
    with Catalogue.open(url) as holder, Catalogue.open(url, patience=timedelta(milliseconds=300)) as waiting:
        holder.people.save(subscribers=[person(1)])
        held, let_go = threading.Event(), threading.Event()

        def hold() -> None:
            with holder.alone():
                holder.people.save(subscribers=[person(2)])
                held.set()
                let_go.wait(10)

        thread = threading.Thread(target=hold)
        thread.start()
        held.wait(10)
        start = time.monotonic()
        with pytest.raises(StorageError, match="locked by another program"):
            waiting.people.save(subscribers=[person(3)])
        assert 0.2 < time.monotonic() - start < 5
        assert [kept.id for kept in waiting.people.everyone()] == ["p1"]  # readers never wait
        let_go.set()
        thread.join()
        waiting.people.save(subscribers=[person(3)])
        assert [kept.id for kept in waiting.people.everyone()] == ["p1", "p2", "p3"]


def test_a_full_disk_is_told_and_loses_nobody(tmp_path):
    with Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
        pages = 0

        @event.listens_for(catalogue._database.engine, "checkout")
        def limit(connection, *_):
            connection.execute(f"PRAGMA max_page_count={pages}")  # real SQLITE_FULL

        with catalogue._database.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar() + 1
        many = [person(number) for number in range(2, 5_000)]
        with pytest.raises(StorageError, match="the disk is full; nothing was changed; make room"):
            catalogue.people.save(subscribers=many)
        assert [kept.id for kept in catalogue.people.everyone()] == ["p1"]
        pages = 1_000_000
        catalogue.people.save(subscribers=many)
        assert len(catalogue.people.everyone()) == 4_999


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte, and a way to change how it is mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options: str) -> int:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    if os.geteuid() != 0 or mount("size=1m"):
        pytest.skip("only an administrator may mount a small disk")
    yield folder, mount
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("left", [0, 8_192, 24_576])
def test_a_disk_without_room_for_the_files_beside_the_database_is_full(small_disk, left):
    folder, _ = small_disk
    with Catalogue.open(f"sqlite:///{folder / 'catalogue.db'}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
    room = os.statvfs(folder)
    (folder / "other").write_bytes(b"x" * (room.f_bavail * room.f_frsize - left))
    with pytest.raises(StorageError, match="the disk is full; nothing was changed; make room and try again"):  # noqa: SIM117
        with Catalogue.open(f"sqlite:///{folder / 'catalogue.db'}") as catalogue:
            catalogue.people.save(subscribers=[person(2)])
    (folder / "other").unlink()
    with Catalogue.open(f"sqlite:///{folder / 'catalogue.db'}") as catalogue:
        assert [kept.id for kept in catalogue.people.everyone()] == ["p1"]


def test_a_read_only_disk_is_told(small_disk):
    folder, mount = small_disk
    with Catalogue.open(f"sqlite:///{folder / 'catalogue.db'}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
    mount("remount,ro")
    with pytest.raises(StorageError, match="the disk is read-only; make it writable"):
        Catalogue.open(f"sqlite:///{folder / 'catalogue.db'}")


@pytest.mark.parametrize(
    ("disk", "said"),
    [
        ({"f_bavail": 7}, "the disk is full; nothing was changed"),
        ({"f_favail": 0}, "the disk is full; nothing was changed"),
        ({"f_flag": os.ST_RDONLY}, "the disk is read-only"),
        ({}, "cannot be opened; check that the folder exists and is writable"),
        ({"f_files": 0, "f_favail": 0}, "cannot be opened"),  # btrfs counts no files
    ],
)
def test_what_cannot_be_opened_is_laid_to_the_disk_only_where_the_disk_is_to_blame(tmp_path, monkeypatch, disk, said):
    sound = {"f_bavail": 1_000, "f_frsize": 4_096, "f_files": 1_000, "f_favail": 900, "f_flag": 0}
    path = tmp_path / "catalogue.db"
    Catalogue.open(f"sqlite:///{path}").close()
    path.with_name("catalogue.db-wal").mkdir()
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(**(sound | disk)))
    with pytest.raises(StorageError, match=said):
        Catalogue.open(f"sqlite:///{path}")


def test_a_read_only_catalogue_can_be_read_and_says_what_to_do(tmp_path):
    path = tmp_path / "catalogue.db"
    with Catalogue.open(f"sqlite:///{path}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
    with Catalogue.open(f"sqlite:///file:{path}?mode=ro&uri=true") as catalogue:
        assert len(catalogue.people.everyone()) == 1
        with pytest.raises(StorageError, match="read-only; make the file and its folder writable"):
            catalogue.people.save(subscribers=[person(2)])


def test_a_read_only_postgresql_says_what_to_do(request, tmp_path):
    url = request.getfixturevalue("server")
    database = connect(url)
    words = "read-only; name a server that takes changes"
    with pytest.raises(StorageError, match=words), database.writing() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        connection.exec_driver_sql("CREATE TABLE never (id int)")
    database.close()


def test_a_file_that_is_no_database_is_told(tmp_path):
    path = tmp_path / "catalogue.db"
    path.write_bytes(b"name,email\n" * 100)
    with pytest.raises(StorageError, match="is not a SQLite database"):
        Catalogue.open(f"sqlite:///{path}")
    assert path.read_bytes() == b"name,email\n" * 100


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(StorageError, match="the database cannot be made"):
        Catalogue.open(f"sqlite:///{tmp_path / 'file' / 'catalogue.db'}")


def test_a_server_out_of_reach_is_told_without_its_password(tmp_path):
    with pytest.raises(StorageError, match="the server cannot be reached") as caught:
        Catalogue.open(f"postgresql://ada:hunter2@/none?host={tmp_path}")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"database": "nosuch"}, '"nosuch" does not exist'), ({"username": "stranger"}, '"stranger" does not exist')],
)
def test_what_a_server_says_to_a_stranger_is_told(server, wrong, words):
    url = make_url(server).set(password="hunter2").set(**wrong)
    with pytest.raises(StorageError, match=f"the server lets nobody in: .*{words}; check the user") as caught:
        Catalogue.open(url.render_as_string(hide_password=False))
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "not a database URL"),
        ("", "not a database URL"),
        ("mysql://ada@db/roadcast", "'mysql' is not supported"),
        ("sqlite://", "SQLite needs a file"),
        ("sqlite:///:memory:", "SQLite needs a file"),
    ],
)
def test_a_url_that_names_no_usable_database_is_refused(url, words):
    with pytest.raises(SettingsError, match=words):
        Catalogue.open(url)


def test_values_never_show_in_an_error(catalogue):
    other = replace(person(2), email=person(1).email)
    with pytest.raises(StorageError, match="refused") as caught:
        catalogue.people.save(subscribers=[person(1), other])
    assert "example.com" not in str(caught.value)
    assert "example.com" not in str(caught.value.__cause__.statement)
    assert catalogue.people.everyone() == ()


def test_sqlite_survives_a_power_cut_and_keeps_readers_going(tmp_path):
    url = f"sqlite:///{tmp_path / 'catalogue.db'}"
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    with Catalogue.open(url) as catalogue, catalogue._database.reading() as connection:
        settings = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert settings == ["wal", 2, 1, 15_000]


def test_a_catalogue_can_be_copied_while_it_is_written(tmp_path):
    with Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
        with catalogue.alone():
            catalogue.people.save(subscribers=[person(2)])
            source = sqlite3.connect(tmp_path / "catalogue.db")
            source.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
            source.close()
    with Catalogue.open(f"sqlite:///{tmp_path / 'backup.db'}") as backup:
        assert [kept.id for kept in backup.people.everyone()] == ["p1"]


def test_nobody_else_on_the_machine_can_read_a_new_catalogue(tmp_path):
    with Catalogue.open(f"sqlite:///{tmp_path / 'new' / 'catalogue.db'}") as catalogue:
        catalogue.people.save(subscribers=[person(1)])
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "new").iterdir()}
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert set(modes) >= {"catalogue.db", "catalogue.db-wal"}
    assert set(modes.values()) == {0o600}
