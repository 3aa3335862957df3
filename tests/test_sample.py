"""The sample workspace: every item can be read and said, and there is enough for ten different editions."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from roadcast.bootstrap import open_studio
from roadcast.workflow import checking, line
from workflow.conftest import quick  # noqa: F401  a fixture

ROOT = Path(__file__).parent.parent
DAYS = [dt.date(2026, 11, 16) + dt.timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]


@pytest.fixture
def sample(tmp_path):
    for name in ("roadcast.toml", "briefings", "scripts"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("20*"))
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def test_every_item_can_be_read_and_said(sample):
    with open_studio(sample) as studio:
        found = checking.check(studio)
    assert found.errors == ()
    assert found.items >= 40


def test_every_item_says_that_it_is_fictional():
    items = [p for p in (ROOT / "briefings").rglob("*.md") if p.name != "README.md"]
    assert all("fictional" in p.read_text(encoding="utf-8").lower() for p in items)


@pytest.mark.usefixtures("quick")
def test_ten_editions_in_a_row_are_of_the_right_length_and_none_is_like_another(sample):
    reports = []
    for day in DAYS:
        now = dt.datetime.combine(day, dt.time(12), dt.UTC)
        with open_studio(sample, clock=lambda now=now: now) as studio:
            reports.append(line.produce(studio, line.Order(edition=studio.edition(studio.shows[0].id, day))))
    assert [r.episode.edition.date for r in reports if abs(r.episode.seconds / 420 - 1) > 0.02] == []
    told = [
        frozenset((e.segment.name, e.segment.announcement) for e in r.rundown.entries if e.segment.item)
        for r in reports
    ]
    assert len(set(told)) == 10
    new = [name for edition in told for name, announcement in edition if announcement == "new"]
    assert len(new) == len(set(new))
    assert all(len(edition) >= 4 for edition in told)
