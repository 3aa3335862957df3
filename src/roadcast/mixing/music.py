"""Compose the packaged music: short stings, one for each name, and a calm bed that loops without a seam.

Everything is computed from notes written here, or drawn from a seed that is the sound's own name: nobody
else's recording is in it, and the same name sounds the same on every machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.instruments import Tone, bass, keys, pad, room, vibraphone
from roadcast.mixing.library import sting_seconds
from roadcast.mixing.signal import Samples

Instrument = Callable[[int, float, int], Tone]

_REVERB = 0.22  # of the dry sound's strength
_ROOM_SECONDS = 1.1
_BEAT = 60 / 80  # seconds: a walking pace, calmer than anybody speaks
_BAR = 4 * _BEAT
_BED_RATE = 22_050


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a piece: when, what, how long in seconds, and how strong."""

    at: float
    note: int
    lasts: float
    instrument: Instrument
    strength: float = 1.0


# Motifs over D major as (beats of 0.15 s, MIDI note); each rests on D, A or F sharp.
_MOTIFS: dict[str, tuple[tuple[float, int], ...]] = {
    "opening": ((0, 62), (1, 69), (2, 74), (4, 78), (6, 81)),
    "closing": ((0, 81), (2, 78), (4, 74), (7, 69)),
    "actions": ((0, 74), (1, 74), (2, 81)),
    "update": ((0, 69), (1, 74), (2, 78)),
    "training": ((0, 74), (1.5, 76), (3, 69)),
    "story": ((0, 66), (2, 69), (3, 73), (4, 74)),
}
_STEP = 0.15
_PENTATONIC = (62, 64, 66, 69, 71, 74, 76, 78, 81)

# D, B minor, G and A with the notes that tie each to the next; two bars of four beats each.
_CHORDS = (
    (38, (57, 62, 66, 69)),
    (35, (57, 62, 66, 71)),
    (43, (59, 62, 66, 71)),
    (45, (57, 61, 64, 71)),
)


def sting(name: str, rate: int) -> Samples:
    """Play the sting of this name: a written one, or a variant drawn from the name."""
    motif = _MOTIFS.get(name) or _drawn(name)
    length = sting_seconds(name)
    dry = _played(_sting_notes(motif, length), length, rate, wraps=False)
    return finished(_in_a_room(dry, rate, length=len(dry)), rate)


def bed(rate: int) -> Samples:
    """Play the bed: eight bars, 24 s, whose last sound flows into its first."""
    seconds = 2 * _BAR * len(_CHORDS)
    dry = _played(_bed_notes(), seconds, _BED_RATE, wraps=True)
    # Nothing of it lies above 9 kHz. In a loop, more bins are more samples: no edge for a resampler to blur.
    return _in_a_room(dry, _BED_RATE, length=round(seconds * rate))


def _drawn(name: str) -> tuple[tuple[float, int], ...]:
    random = np.random.default_rng(zlib.crc32(name.encode()))
    steps = np.cumsum([0, *random.choice([1, 1, 1.5, 2], 2)])
    inner = random.choice(_PENTATONIC, 2, replace=False)
    return tuple(zip(steps.tolist(), [*inner.tolist(), int(random.choice([69, 74, 78]))], strict=True))


def _sting_notes(motif: Iterable[tuple[float, int]], length: float) -> Iterable[Note]:
    for beats, note in motif:
        start = beats * _STEP
        yield Note(at=start, note=note, lasts=length - start, instrument=vibraphone, strength=0.7)
        yield Note(at=start, note=note - 12, lasts=length - start, instrument=keys, strength=0.5)
    for note in (50, 57, 62, 66):
        yield Note(at=0.0, note=note, lasts=length, instrument=pad, strength=0.22)
    yield Note(at=0.0, note=38, lasts=length, instrument=bass, strength=0.55)


def _bed_notes() -> Iterable[Note]:
    for number, (root, chord) in enumerate(_CHORDS):
        start = number * 2 * _BAR
        for note in chord:
            # each chord swells while the last one still sounds
            yield Note(at=start - 0.5, note=note, lasts=2 * _BAR + 1.0, instrument=_slow_pad, strength=0.3)
        for beat in (0, 3, 4, 6.5):
            yield Note(at=start + beat * _BEAT, note=root, lasts=1.6, instrument=bass, strength=0.55)
        for beat, place in ((0.5, 0), (1.5, 2), (2.5, 1), (4.5, 3), (5.5, 2), (7.0, 1)):
            yield Note(at=start + beat * _BEAT, note=chord[place], lasts=2.2, instrument=keys, strength=0.24)


def _slow_pad(note: int, seconds: float, rate: int) -> Tone:
    return pad(note, seconds, rate, swell=1.0)


def _played(notes: Iterable[Note], seconds: float, rate: int, *, wraps: bool) -> Samples:
    """Play notes; a piece that wraps starts with what still sounds from its end."""
    length = round(seconds * rate)
    dry = np.zeros(length, np.float32)
    for note in notes:
        tone = np.float32(note.strength) * _tone(note.instrument, note.note, note.lasts, rate)
        start = round(note.at * rate) % length  # a bed's first chord swells before its first beat
        before, after = tone[: length - start], tone[length - start :]
        dry[start : start + len(before)] += before
        if wraps:
            dry[: len(after)] += after
    return dry


@lru_cache(maxsize=40)  # a bed's; notes come again and again, and all stings of a length stand on one chord
def _tone(instrument: Instrument, note: int, lasts: float, rate: int) -> Tone:
    tone = instrument(note, lasts, rate)
    tone.flags.writeable = False
    return tone


def _in_a_room(dry: Samples, rate: int, *, length: int) -> Samples:
    """Let a piece sound in a room, and give it in `length` samples, more of them at a higher rate.

    A product of spectra turns in a circle: right for a loop, and harmless for a sting that has died away.
    """
    spectrum = np.fft.rfft(dry) * _room(len(dry), rate)
    return np.fft.irfft(spectrum, length).astype(np.float32) * np.float32(length / len(dry))


@lru_cache(maxsize=2)
def _room(samples: int, rate: int) -> NDArray[np.complex64]:
    """Give the spectrum that a piece of so many samples has in the room for each that it has outside."""
    response = room(_ROOM_SECONDS, rate, seed=samples)[:samples]
    return (1 + np.float32(_REVERB) * np.fft.rfft(response, samples)).astype(np.complex64, copy=False)


def finished(sting: Samples, rate: int) -> Samples:
    """Let the last half second of a sting go to nothing, so that somebody can speak over its end."""
    fall = min(rate // 2, len(sting))
    done = sting.copy()
    done[len(sting) - fall :] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return done
