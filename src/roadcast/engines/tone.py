"""Hum as long as speaking would take: for tests, dry runs and listening to the rhythm of a programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from roadcast.engines.registry import About, pick
from roadcast.engines.words import sayable
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

RATE = 16_000
SYLLABLE = 0.2  # seconds; the hum swells and falls five times a second, as speech does
PER_CHARACTER = 0.054  # seconds without pauses; the middle of the measured voices (0.049 to 0.059)
ONSET = 0.2  # seconds more for every text
COMMA = 0.3
STOP = 0.4
PITCHES = {"low": 140.0, "high": 210.0}


class Tone:
    """A hum of the right length, the same for the same words, thousands of times faster than real time."""

    about = About(summary="hums the right length; for dry runs", licence="MIT", speed=20_000)

    def __init__(self) -> None:
        self.name = "tone"
        self.version = "1"
        self.limits = Limits(characters=4_000)

    def voices(self) -> Sequence[Voice]:
        """List the two pitches."""
        return [Voice(engine="tone", name=name, language="en", rate=RATE, licence="MIT") for name in PITCHES]

    def narrate(self, utterance: Utterance) -> Speech:
        """Hum each stretch between two marks of punctuation, and be silent for the mark."""
        voice = pick(self.voices(), utterance.voice)
        parts = [_hum(voice.name, ONSET / utterance.rate)]
        for words, mark in re.findall(r"([^,;:.?!]*)([,;:.?!]*)", sayable(utterance.text)):
            parts.append(_hum(voice.name, len(words.strip()) * PER_CHARACTER / utterance.rate))
            rest = STOP if mark[:1] in (".", "?", "!") else COMMA
            parts.append(bytes(2 * round(rest * RATE / utterance.rate)) if mark else b"")
        return Speech(pcm=b"".join(parts) + bytes(2 * RATE // 20), rate=RATE)


def _hum(voice: str, seconds: float) -> bytes:
    size = 2 * round(seconds / SYLLABLE) * round(SYLLABLE * RATE)  # whole syllables, so that it ends without a click
    wave = _second(voice)
    return (wave * (size // len(wave) + 1))[:size]


@cache
def _second(voice: str) -> bytes:
    """Make one second of hum, five syllables, that begins and ends at zero, so that it can be repeated."""
    import numpy as np

    time = np.arange(RATE) / RATE
    swell = 0.55 - 0.45 * np.cos(2 * np.pi * time / SYLLABLE)
    tone = sum(np.sin(2 * np.pi * PITCHES[voice] * harmonic * time) / harmonic for harmonic in (1, 2, 3, 5, 8))
    wave = 0.2 * swell * tone
    return bytes((wave * 32_767).astype("<i2").tobytes())
