"""The sample workspace is enough for ten editions in a row, each of the right length and none like another."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from roadcast.bootstrap import open_studio
from roadcast.workflow import checking, line
from roadcast.workflow.order import Order

ROOT = Path(__file__).parents[2]
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


def test_every_item_can_be_said(sample):
    with open_studio(sample) as studio:
        assert checking.check(studio).errors == ()


@pytest.mark.slow
@pytest.mark.usefixtures("quick")
def test_ten_editions_in_a_row_are_of_the_right_length_and_none_is_like_another(sample):
    reports = []
    for day in DAYS:
        now = dt.datetime.combine(day, dt.time(12), dt.UTC)
        with open_studio(sample, clock=lambda now=now: now) as studio:
            reports.append(line.produce(studio, Order(edition=studio.edition(studio.shows[0].id, day))))
    assert [r.episode.edition.date for r in reports if abs(r.episode.seconds / 420 - 1) > 0.02] == []
    told = [
        frozenset((e.segment.name, e.segment.announcement) for e in r.rundown.entries if e.segment.item)
        for r in reports
    ]
    assert len(set(told)) == 10
    new = [name for edition in told for name, announcement in edition if announcement == "new"]
    assert len(new) == len(set(new))
    assert all(len(edition) >= 4 for edition in told)
