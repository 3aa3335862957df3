import datetime as dt

import pytest

from doubles import Inline, quick_make
from roadcast import rendering
from roadcast.bootstrap import open_studio
from roadcast.workflow import clips, line

DAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def quick(monkeypatch):
    """Build in this process, without an encoder."""
    monkeypatch.setattr(rendering, "_processes", Inline)
    monkeypatch.setattr(clips, "make", quick_make)


def build(folder, day=DAY, *, now=NOW, progress=None, **order):
    """Make the edition of a day as the command does; give its report."""
    with open_studio(folder, clock=lambda: now) as studio:
        edition = studio.edition(studio.shows[0].id, day)
        return line.produce(studio, line.Order(edition=edition, **order), progress)
