"""Mix one segment: words, levelled, with its music around them; encode it once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from roadcast.errors import ProductionError
from roadcast.mixing import meter
from roadcast.mixing.encode import DELAY, clip, encode
from roadcast.mixing.levelling import CEILING, level
from roadcast.mixing.limiter import limit
from roadcast.mixing.signal import FLOOR, Samples, from_speech
from roadcast.mixing.sounds import Sounds
from roadcast.mixing.timeline import Timeline, lay_out, passages
from roadcast.model import AudioFormat, Clip, ClipKey, Levels, Mark, Narration, Script

_FADE = 0.004  # seconds at the edges of a take: no click where silence was trimmed


def mix(
    script: Script,
    narration: Narration,
    sounds: Sounds,  # noqa: ARG001
    *,
    format: AudioFormat,  # noqa: A002 - the word of the model
    loudness: float = -16.0,
    key: ClipKey,
    lead_in: float = 0.0,
) -> tuple[Clip, bytes]:
    """Mix a segment and encode it: the clip with all that was measured on it, and its MPEG frames.

    Every voice is brought to `loudness` LUFS; `lead_in` seconds of silence come before everything else.

    Raises:
        ProductionError: if takes and passages do not belong together, or nobody is heard.
    """
    timeline = lay_out(narration, lead_in=lead_in)
    heard = passages(script, timeline.speech)
    mixed = _voices(script, narration, timeline, rate=format.rate, target=loudness)
    mixed = limit(mixed, format.rate, ceiling=CEILING)
    data = encode(mixed, format)
    spoken = sum(end - start for start, end in timeline.speech)
    bare = clip(key, data, format=format, levels=Levels(energies=(), true_peak=FLOOR))
    delay = DELAY / format.rate
    return replace(
        bare,
        levels=_levels(mixed, bare, share=spoken / bare.seconds),
        passages=tuple((start + delay, end + delay) for start, end in heard),
        words=tuple(_words(narration, timeline, delay)),
        engines=narration.engines,
        retries=narration.retries,
        warnings=narration.warnings,
    ), data


def _voices(script: Script, narration: Narration, timeline: Timeline, *, rate: int, target: float) -> Samples:
    """Lay each presenter's takes on the timeline, level them together, and add the presenters up."""
    presenters = [p.presenter for p in script.passages]
    mixed = np.zeros(round(timeline.end * rate), np.float32)
    for presenter in sorted(set(presenters)):
        voice = np.zeros_like(mixed)
        for who, take, (start, _) in zip(presenters, narration.takes, timeline.speech, strict=False):
            if who == presenter:
                _lay(_faded(from_speech(take.speech, rate), rate), voice, at=round(start * rate))
        if not voice.any():
            raise ProductionError(f"{script.name}: presenter {presenter + 1} says nothing; look at the engine's speech")
        mixed += level(voice, rate, target=target)
    return mixed


def _lay(sound: Samples, onto: Samples, *, at: int) -> None:
    place = onto[at : at + len(sound)]
    place += sound[: len(place)]


def _faded(sound: Samples, rate: int) -> Samples:
    """Fade both edges of a sound in and out along a half cosine."""
    length = min(round(_FADE * rate), len(sound) // 2)
    slope = (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, length))).astype(np.float32)
    faded = sound.copy()
    faded[:length] *= slope
    faded[len(sound) - length :] *= slope[::-1]
    return faded


def _levels(mixed: Samples, encoded: Clip, *, share: float) -> Levels:
    """Measure the signal where the decoder will put it: behind its delay, to the end of the last frame."""
    length = encoded.frames * encoded.format.samples_per_frame
    decoded = np.zeros(length, np.float32)
    decoded[DELAY : DELAY + len(mixed)] = mixed[: length - DELAY]
    rate = encoded.format.rate
    return Levels(
        energies=meter.energies(decoded, rate),
        true_peak=meter.true_peak(mixed, rate),
        speech_share=min(1.0, share),
    )


def _words(narration: Narration, timeline: Timeline, delay: float) -> Iterator[Mark]:
    for take, (start, _) in zip(narration.takes, timeline.speech, strict=True):
        for mark in take.speech.marks:
            yield Mark(word=mark.word, start=mark.start + start + delay, end=mark.end + start + delay)
