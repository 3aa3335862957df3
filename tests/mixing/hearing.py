import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np
import pytest

from roadcast.engines.pico import Pico
from roadcast.mixing.encode import DELAY
from roadcast.model import (
    AudioFormat,
    Narration,
    Origin,
    Passage,
    Place,
    Role,
    Script,
    Speech,
    Spoken,
    Take,
    Utterance,
)

FORMAT = AudioFormat()
RATE = FORMAT.rate
SENTENCES = (
    "Good morning, and welcome to the field briefing.",
    "The new price list takes effect on the first of December, and every open quote keeps its old price.",
    "A hospital group in the north chose our service plan, because the first call was answered within an hour.",
    "Ask your customer what a day without the machine costs them, and write the answer down.",
    "That is all for today. Drive safely.",
)

needs_ffmpeg = pytest.mark.skipif(not shutil.which("ffmpeg"), reason="ffmpeg is not installed: nothing to judge by")


@dataclass(frozen=True)
class Judged:
    """What ffmpeg's ebur128 says."""

    loudness: float
    range: float
    true_peak: float


def judge(data: bytes | np.ndarray, rate: int = RATE) -> Judged:
    """Let ffmpeg measure encoded frames or a signal."""
    source = ["-f", "mp3"] if isinstance(data, bytes) else ["-f", "f32le", "-ar", str(rate), "-ac", "1"]
    raw = data if isinstance(data, bytes) else data.astype("<f4").tobytes()
    command = [
        "ffmpeg",
        "-hide_banner",
        "-nostdin",
        *source,
        "-i",
        "pipe:",
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    told = subprocess.run(command, input=raw, capture_output=True, check=True).stderr.decode().split("Summary:")[-1]

    def number(pattern: str) -> float:
        return float(re.search(pattern + r":\s+(-?[\d.]+|-inf|nan)", told)[1])

    return Judged(number("I"), number("LRA"), number("Peak"))


def play(data: bytes) -> np.ndarray:
    """Decode frames as a player does that drops the codec's delay."""
    return decode(data)[DELAY:]


def decode(data: bytes) -> np.ndarray:
    """Let ffmpeg decode bare frames: every sample, its complaints are failures."""
    command = ["ffmpeg", "-v", "warning", "-nostdin", "-f", "mp3", "-i", "pipe:", "-f", "f32le", "pipe:"]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    assert run.stderr == b""
    return np.frombuffer(run.stdout, "<f4")


@cache
def said(text: str, voice: str = "en-US") -> Speech:
    """Let pico say it; cut the silence at both ends, as narration does."""
    speech = Pico().narrate(Utterance(text=text, voice=voice))
    samples = np.frombuffer(speech.pcm, "<i2")
    loud = np.flatnonzero(np.abs(samples) > 150)
    return Speech(pcm=samples[loud[0] : loud[-1] + 1].tobytes(), rate=speech.rate)


def passage(text: str, presenter: int = 0) -> Passage:
    return Passage(
        presenter=presenter,
        text=text,
        spoken=Spoken(text=text),
        pause=timedelta(seconds=0.4),
        origin=Origin.SOURCE,
        place=Place(path="briefings/x.md", line=1),
    )


def script(texts=SENTENCES[:3], *, presenters=(0,), role=Role.MENU, cues=()) -> Script:
    passages = tuple(passage(text, presenters[n % len(presenters)]) for n, text in enumerate(texts))
    return Script(name="x", role=role, title="X", passages=passages, cues=cues)


def narration(texts=SENTENCES[:3], *, voices=("en-US",), pause: float = 0.4) -> Narration:
    speeches = [said(text, voices[n % len(voices)]) for n, text in enumerate(texts)]
    return Narration(
        takes=tuple(Take(speech=speech, pause=pause, starts=(0.0,)) for speech in speeches),
        engines=tuple(f"pico/{voice}" for voice in voices),
    )
