"""The sample show, published by each engine that is here: judged by ffmpeg on the file that listeners get."""

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pytest

import installed
from mixing.hearing import decode, judge, needs_ffmpeg
from roadcast import engines
from roadcast.bootstrap import open_studio
from roadcast.errors import EngineUnavailable
from workflow.conftest import DAY, NOW, build

SAMPLE = Path(__file__).parents[2]

pytestmark = [needs_ffmpeg, pytest.mark.slow]


class Published:
    def __init__(self, folder, engine, minutes):
        self.engine = engine
        report = build(folder, DAY, engine=engine, target=dt.timedelta(minutes=minutes))
        self.file = (folder / report.file).read_bytes()
        self.seconds = report.episode.seconds
        with open_studio(folder, clock=lambda: NOW) as studio:
            self.recording = studio.store.recording(report.episode.edition)
            self.parts = [studio.store.read(clip) for clip in self.recording.clips]


@pytest.fixture(scope="module", params=["pico", "espeak", "flite", "rhvoice"])
def engine(request):
    try:
        engines.find(request.param, options=installed.options()).voices()
    except EngineUnavailable as error:
        pytest.skip(str(error))
    return request.param


@pytest.fixture(scope="module")
def published(engine, tmp_path_factory):
    return Published(sample(tmp_path_factory.mktemp(engine), "**/*.md"), engine, minutes=5)


def sample(folder, briefings):
    """Copy the sample show, with some of its briefings."""
    shutil.copy(SAMPLE / "roadcast.toml", folder)
    for file in (SAMPLE / "briefings").glob(briefings):
        (folder / file.relative_to(SAMPLE)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / file.relative_to(SAMPLE))
    (folder / "scripts").mkdir()
    for name in ("lexicon.csv", "numbers.j2"):
        shutil.copy(SAMPLE / "scripts" / name, folder / "scripts")
    return folder


def test_it_is_as_long_as_asked_for(published):
    assert published.seconds == pytest.approx(300, rel=0.02)


def test_the_published_file_meets_the_bars(published):
    judged = judge(published.file)
    assert judged.loudness == pytest.approx(-16.0, abs=0.5)
    assert judged.true_peak <= -1.0
    assert 3.0 <= judged.range <= 8.0
    told = [data for clip, data in zip(published.recording.clips, published.parts, strict=True) if clip.passages]
    levels = [judge(data).loudness for data in told]
    assert max(levels) - min(levels) <= 1.5


def test_every_engine_reaches_the_loudest_that_can_be_set(engine, tmp_path, monkeypatch):
    monkeypatch.setenv("ROADCAST_AUDIO__LUFS", "-14")
    judged = judge(Published(sample(tmp_path, "training/*.md"), engine, minutes=3).file)
    assert judged.loudness == pytest.approx(-14.0, abs=0.5)
    assert judged.true_peak <= -1.0
    assert 3.0 <= judged.range <= 8.0


def test_the_published_file_is_heard_as_its_clips_are_each_alone(published):
    frames = published.file[len(published.recording.head) :]
    alone = {clip.key: decode(data) for clip, data in zip(published.recording.clips, published.parts, strict=True)}
    assert np.array_equal(decode(frames), np.concatenate([alone[clip.key] for clip in published.recording.clips]))
