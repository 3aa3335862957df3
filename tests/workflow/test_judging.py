"""What is published is easy to listen to in a car; what is not, is not published."""

from dataclasses import replace
from pathlib import Path
from statistics import fmean

import pytest

from roadcast.errors import ProductionError
from roadcast.store import Store
from roadcast.workflow import making
from workflow.conftest import DAY, build, outputs
from workspaces import add_item, workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def folder(tmp_path):
    return workspace(tmp_path, items=24)


def narrow(folder, least, most):
    """Let the loudness range lie between these two only."""
    with (folder / "roadcast.toml").open("a") as settings:
        settings.write(f"\n[audio]\nloudness_range = [{least}, {most}]\n")


def test_a_monotonous_edition_is_not_published_and_the_last_one_stays(folder):
    build(folder)
    before = outputs(folder)
    narrow(folder, 6.5, 8)
    add_item(folder, "breaking", front="priority: 5\nmust_hear: true")
    with pytest.raises(ProductionError, match=r"range of [2-6]\.\d LU instead of 6\.5 to 8; not published; .*wider"):
        build(folder)
    feeds = {name: digest for name, digest in outputs(folder).items() if name.startswith("feeds/")}
    assert feeds == {name: digest for name, digest in before.items() if name.startswith("feeds/")}


def test_one_that_is_too_lively_is_not_published_either(folder):
    narrow(folder, 0, 1.5)
    with pytest.raises(ProductionError, match=r"instead of 0 to 1\.5; not published; the liveliest is"):
        build(folder)


def test_the_segment_that_is_to_blame_is_named_with_what_its_author_can_do(folder, monkeypatch):
    made = making.make

    def make(job):
        clip = made(job)
        if job.script.name == "item-03":
            clip = replace(clip, levels=replace(clip.levels, energies=(fmean(clip.levels.energies),) * 300))
            Store(Path(job.store)).keep(clip, Store(Path(job.store)).read(clip))
        return clip

    monkeypatch.setattr(making, "make", make)
    add_item(folder, "breaking", headline="Now", body="Go.", front="must_hear: true")  # too short to be judged
    narrow(folder, 29, 30)
    with pytest.raises(
        ProductionError, match=r"the flattest is 'item-03' with 0\.0 LU: let its paragraphs have several"
    ):
        build(folder)


def test_the_report_tells_the_range(folder):
    told = build(folder).as_json()["loudness_range_lu"]
    assert 3 <= told <= 8


def test_in_less_than_a_minute_a_range_tells_nothing(tmp_path):
    folder = workspace(tmp_path, items=0)
    add_item(folder, "only", body="Thirteen offices have a new printer. Try yours.\n")
    narrow(folder, 29, 30)
    report = build(folder, DAY)
    assert report.episode.seconds < 60
    assert report.rundown.short
