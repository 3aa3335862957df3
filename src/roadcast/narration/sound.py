"""Judge what an engine answered, and take its silence away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadcast.errors import BadSpeech
from roadcast.model import Mark, Speech, Voice
from roadcast.narration.pace import Expected

Samples = NDArray[np.int16]

FRAME = 0.010  # seconds
FLOOR = 65.0  # -54 dBFS: below it everything is silence
DEPTH = 10 ** (-42 / 20)  # of the level that a twentieth of the frames exceed; pico ends with a click 45 dB below
HEAD, TAIL = 0.010, 0.040  # seconds kept before the first and after the last sound
LONGEST_PAUSE = 0.6  # seconds; what an engine pauses longer inside a sentence is shortened
HOLE = 3.0  # seconds of silence inside a sentence that are not a pause any more
FULL_SCALE = 32_700
CLIPPED = 0.0005  # share of samples at full scale; pico at its own volume has ten times that, a good voice none
FAINT = 10 ** (-45 / 20) * 32_768  # its loudest parts; every engine measured is 20 dB above, and noise would be, too
PAUSING = 0.5  # share of a sentence that is pauses: 0.22 was the most in 114 sentences of five voices
ENDING = 0.4  # seconds at the end of a sentence that no voice says twice alike, wave for wave
TWICE = 0.97  # correlation of an ending with what came before, if it is the same sound again
LONGER = 1.1  # of the prediction: only what is longer can hold a repetition that matters
BREAK = 10 ** (-6 / 20)  # of the mean level: every engine measured ends 34 dB below it or more
_FILES = {b"RIFF": "WAV", b"OggS": "Ogg", b"fLaC": "FLAC", b"ID3": "MP3", b"\xff\xfb": "MP3", b"\xff\xf3": "MP3"}


@dataclass(frozen=True, slots=True)
class Sound:
    """One piece, trimmed: mono samples, and its marks in seconds from their start."""

    samples: Samples
    marks: tuple[Mark, ...]


def judge(speech: Speech, voice: Voice, expected: Expected) -> Sound:
    """Check that the speech can be the whole of what was asked, and trim it.

    Args:
        speech: as the engine gave it.
        voice: that was asked for.
        expected: how long it should take.

    Raises:
        BadSpeech: if it is empty, silent, clipped, broken off, full of holes, of another format than the voice
            promises, or nowhere near as long as expected.
    """
    samples = _samples(speech, voice)
    levels = _levels(samples, speech.rate)
    loud = np.asarray(levels > max(FLOOR, DEPTH * _loudest(levels)))
    if not loud.any():
        raise BadSpeech("it is silent")
    _check_level(samples, levels)
    if _breaks_off(samples, speech.rate, levels):
        raise BadSpeech("it breaks off in the middle of a sound")
    kept = _keep(loud, speech.rate, len(samples))
    if (silent := pauses(loud)) > PAUSING:
        raise BadSpeech(f"{silent:.0%} of it is silence")
    sound = _cut(samples, speech, kept)
    seconds = len(sound.samples) / speech.rate - HEAD - TAIL
    if not expected.believes(seconds):
        raise BadSpeech(f"it lasts {seconds:.1f} s where about {expected.seconds:.1f} s were expected")
    if seconds > LONGER * expected.seconds and repeats_its_end(sound.samples, speech.rate):
        raise BadSpeech("its end is there twice")
    return sound


def _samples(speech: Speech, voice: Voice) -> Samples:
    for magic, name in _FILES.items():
        if speech.pcm.startswith(magic):
            raise BadSpeech(f"it is {name} data where bare samples were promised")
    if speech.width != 2 or speech.channels < 1 or len(speech.pcm) % (2 * speech.channels):
        raise BadSpeech(f"it is not 16-bit PCM: {speech.width} bytes x {speech.channels}, {len(speech.pcm)} in all")
    if speech.rate != voice.rate:
        raise BadSpeech(f"it came at {speech.rate} Hz where {voice.rate} Hz were promised")
    if not speech.pcm:
        raise BadSpeech("it is empty")
    samples: Samples = np.frombuffer(speech.pcm, dtype="<i2")
    if speech.channels == 1:
        return samples
    mono: Samples = samples.reshape(-1, speech.channels).mean(axis=1).astype(np.int16)
    return mono


def _check_level(samples: Samples, levels: NDArray[np.float32]) -> None:
    clipped = np.count_nonzero((samples >= FULL_SCALE) | (samples <= -FULL_SCALE)) / len(samples)
    if clipped > CLIPPED:
        raise BadSpeech(f"{clipped:.1%} of it is clipped")
    if (loudest := _loudest(levels)) < FAINT:
        raise BadSpeech(f"it is too soft: {20 * np.log10(loudest / 32_768):.0f} dBFS where it is loudest")


def pauses(loud: NDArray[np.bool_]) -> float:
    """Tell which share of the time between the first sound and the last is pauses, none counted beyond the longest."""
    gaps = np.diff(np.flatnonzero(loud)) - 1
    silent = int(np.minimum(gaps, round(LONGEST_PAUSE / FRAME)).sum())
    return silent / (silent + np.count_nonzero(loud))


def repeats_its_end(samples: Samples, rate: int) -> bool:
    """Tell whether the last sounds were heard before, wave for wave: a buffer that was played twice."""
    signal = samples[: len(samples) - round(rate * TAIL)].astype(np.float64)
    size = round(rate * ENDING)
    end, before = signal[-size:], signal[:-size]
    if len(before) < size:
        return False
    length = 1 << int(np.ceil(np.log2(len(before) + size)))
    product = np.fft.irfft(np.fft.rfft(before, length) * np.conj(np.fft.rfft(end, length)), length)
    sums = np.concatenate([[0.0], np.cumsum(before**2)])
    energy = (sums[size:] - sums[:-size]) * np.sum(end**2)
    return bool(np.max(product[: len(energy)] / np.sqrt(np.maximum(energy, 1.0))) > TWICE)


def _levels(samples: Samples, rate: int) -> NDArray[np.float32]:
    """Tell how strong each frame of 10 ms is, the last one filled up."""
    size = round(rate * FRAME)
    padded = np.zeros(-(-len(samples) // size) * size, dtype=np.float32)
    padded[: len(samples)] = samples
    frames = padded.reshape(-1, size)
    return np.asarray(np.sqrt(np.einsum("ij,ij->i", frames, frames) / size))


def _loudest(levels: NDArray[np.float32]) -> float:
    """Tell the level that a twentieth of the frames exceed; numpy's own percentile loads all of numpy.ma."""
    return float(np.interp(0.95 * (len(levels) - 1), np.arange(len(levels)), np.sort(levels)))


def _breaks_off(samples: Samples, rate: int, levels: NDArray[np.float32]) -> bool:
    end = samples[-2 * round(rate * FRAME) :].astype(np.float32)
    whole = float(np.sqrt(np.mean(levels**2)))
    return bool(np.sqrt(np.mean(end**2)) > BREAK * whole)


def _keep(loud: NDArray[np.bool_], rate: int, length: int) -> list[tuple[int, int]]:
    """Find the stretches to keep: all from the first sound to the last, without the excess of long pauses."""
    size = round(rate * FRAME)
    sounding = np.flatnonzero(loud)
    first = max(0, int(sounding[0]) * size - round(rate * HEAD))
    last = min(length, (int(sounding[-1]) + 1) * size + round(rate * TAIL))
    kept, start = [], first
    pauses = (np.diff(sounding) - 1) * FRAME
    half = round(rate * LONGEST_PAUSE / 2)
    for place in np.flatnonzero(pauses > LONGEST_PAUSE).tolist():
        if pauses[place] > HOLE:
            raise BadSpeech(f"it has a hole of {pauses[place]:.1f} s")
        kept.append((start, (int(sounding[place]) + 1) * size + half))
        start = int(sounding[place + 1]) * size - half
    return [*kept, (start, last)]


def _cut(samples: Samples, speech: Speech, kept: list[tuple[int, int]]) -> Sound:
    parts = np.concatenate([samples[start:end] for start, end in kept])
    ramp = np.linspace(0, 1, min(round(speech.rate * HEAD / 2), len(parts)))
    parts[: len(ramp)] = parts[: len(ramp)] * ramp
    parts[len(parts) - len(ramp) :] = parts[len(parts) - len(ramp) :] * ramp[::-1]
    marks = tuple(
        Mark(word=mark.word, start=_moved(mark.start, speech.rate, kept), end=_moved(mark.end, speech.rate, kept))
        for mark in speech.marks
    )
    return Sound(parts, marks)


def _moved(moment: float, rate: int, kept: list[tuple[int, int]]) -> float:
    """Find where a moment of the raw speech has gone."""
    before = sum(min(max(moment * rate - start, 0), end - start) for start, end in kept)
    return before / rate
