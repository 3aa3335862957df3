import datetime as dt
import hashlib
import shutil
from functools import cache

import pytest

from doubles import Inline, quick_make
from roadcast import artwork, rendering
from roadcast.artwork import cover as drawn
from roadcast.bootstrap import open_studio
from roadcast.workflow import line, making
from roadcast.workflow.order import Order
from workspaces import workspace

DAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@cache
def _cover():
    return drawn("Test Briefing", subtitle="Example Works", colours=("#0b3954", "#ff6663"))


@pytest.fixture
def quick(monkeypatch):
    """Build in this process, without an encoder, and with one cover for all."""
    quicken(monkeypatch)


def quicken(monkeypatch):
    """Take out of a build what takes long."""
    monkeypatch.setattr(rendering, "_processes", lambda workers, preload: Inline(workers))
    monkeypatch.setattr(making, "make", quick_make)
    monkeypatch.setattr(artwork, "cover", lambda *_words, **_colours: _cover())


@pytest.fixture
def folder(tmp_path):
    """A workspace with enough to tell."""
    return workspace(tmp_path, items=24)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The same workspace with the day's edition, made once: where it lies, and the report."""
    folder = workspace(tmp_path_factory.mktemp("made"), items=24)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        return folder, build(folder)


@pytest.fixture
def first(folder, made):
    """The report of the day's edition, which is there."""
    shutil.copytree(made[0], folder, dirs_exist_ok=True)
    return made[1]


def build(folder, day=DAY, *, now=NOW, progress=None, **order):
    """Make the edition of a day as the command does; give its report."""
    with open_studio(folder, clock=lambda: now) as studio:
        edition = studio.edition(studio.shows[0].id, day)
        return line.produce(studio, Order(edition=edition, **order), progress)


def outputs(folder):
    """Give the digest of everything that was made, by path."""
    found = [p for top in ("feeds", "audio_out", "scripts") for p in (folder / top).rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in found}
