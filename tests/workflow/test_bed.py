"""One piece of music from the first word to the last headline, judged on the episode that is published.

The team's own bed is a tone above everything that pico says, so that a player's sound tells where it is.
"""

import datetime as dt
import subprocess
import wave
from itertools import pairwise

import numpy as np
import pytest

from mixing.hearing import RATE, needs_ffmpeg
from roadcast.bootstrap import open_studio
from workflow.conftest import DAY, NOW, build
from workspaces import add_item, prose, workspace

HIGH = 10_000
ALONE = -22.0  # LUFS of a bed where nobody speaks
HEADLINES = ("The north office opens on Monday", "Orders rose by 12 percent in May", "A quiet pump wins over a plant")

pytestmark = needs_ffmpeg


def played(path):
    """Decode a file as players do, which drop the codec's delay as its Info frame tells them to."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", path, "-map", "0:a", "-f", "f32le", "pipe:"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4")


class Heard:
    """A published episode: its sound, and when each passage of each clip is said."""

    def __init__(self, folder, report):
        with open_studio(folder, clock=lambda: NOW) as studio:
            self.recording = studio.store.recording(report.episode.edition)
        self.sound = played(folder / report.file)
        self.clips, frames = [], 0
        for clip in self.recording.clips:
            start = float(clip.format.seconds(frames))
            frames += clip.frames
            self.clips.append((start, start + clip.seconds, [(start + a, start + b) for a, b in clip.passages]))

    def bed(self, start, end, step=0.1):
        """LUFS of the tone in every tenth of a second, by its strength; K-weighting lifts it by 3.3 dB."""
        count = round(step * RATE)
        tone = np.exp(-2j * np.pi * HIGH * np.arange(count) / RATE) * np.hanning(count)
        parts = [self.sound[round(at * RATE) :][:count] for at in np.arange(start, end - step, step / 2)]
        return np.array([20 * np.log10(abs(part @ tone) * 4 / count / 2**0.5 + 1e-9) - 0.69 + 3.3 for part in parts])


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("bed"))
    for number, headline in enumerate(HEADLINES):
        body = prose(number, sentences=6)
        add_item(folder, f"item-{number}", headline=headline, front=f"priority: {5 - number}", body=body)
    (folder / "sounds").mkdir()
    moments = np.arange(60 * RATE) / RATE
    # the last second, which is laid over the first, a quarter of a turn ahead: then the two add up to one strength
    samples = 12_000 * np.sin(2 * np.pi * HIGH * moments + np.pi / 2 * (moments >= 59))
    with wave.open(str(folder / "sounds" / "bed.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    return Heard(folder, build(folder, DAY, engine="pico", target=dt.timedelta(minutes=3)))


def test_greeting_and_headlines_are_two_chapters_of_one_clip(heard):
    (start, end, passages), chapters = heard.clips[1], heard.recording.chapters
    assert [chapter.title for chapter in chapters[:2]] == ["Welcome", "In this briefing"]
    assert start < chapters[1].start < end == pytest.approx(chapters[2].start, abs=1.1)
    assert passages[0][1] < chapters[1].start < passages[1][0]
    assert len(passages) == 5


def test_the_bed_never_rests_between_the_greeting_and_the_last_headline(heard):
    _, _, passages = heard.clips[1]
    figures = passages[3]
    stretches = ((passages[0][0], figures[0] - 0.5), (figures[1] + 0.5, passages[-1][1]))
    for levels in (heard.bed(*stretch) for stretch in stretches):
        assert levels.min() > ALONE - 18  # low under words, and never gone
        assert levels.max() < ALONE + 1.5


def test_the_bed_comes_up_where_the_greeting_turns_to_the_headlines(heard):
    (_, greeted), (headlines, _) = heard.clips[1][2][:2]
    assert headlines - greeted == pytest.approx(1.8, abs=0.01)
    assert heard.bed(greeted + 0.45, headlines - 0.45) == pytest.approx(ALONE, abs=1.5)


def test_the_bed_is_at_least_twelve_decibels_down_under_words_and_gone_under_figures(heard):
    for start, _, passages in (heard.clips[1], heard.clips[-1]):
        for number, passage in enumerate(passages):
            gone = start == heard.clips[1][0] and number == 3
            assert heard.bed(*passage).max() < ALONE - (40 if gone else 12)


def test_the_bed_is_heard_nowhere_else(heard):
    (_, opened, _), (closing, _, _) = heard.clips[1], heard.clips[-1]
    assert heard.bed(opened, closing).max() < ALONE - 40


def test_the_bed_rises_and_falls_without_a_click(heard):
    """From one twentieth of a second to the next the tone changes by no more than a fade of half a second does."""
    _, _, passages = heard.clips[1]
    strength = 10 ** (heard.bed(passages[0][0] - 1.2, heard.clips[1][1], step=0.05) / 20)
    assert max(abs(after - before) for before, after in pairwise(strength)) < 0.25 * 10 ** (ALONE / 20)
