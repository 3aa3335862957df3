"""Play single notes: an electric piano, a vibraphone, a string pad and a bass, and a room to play them in.

The oscillators are those of a wavetable synthesiser: a phase of 32 bits that turns over by itself, whose upper
bits look up one period of a waveform. Beside the sines of a mathematics library they take a sixth of the time,
and what they get wrong lies 80 dB below the note.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.signal import Samples

Tone = Samples
Phase = NDArray[np.uint32]
Table = NDArray[np.float32]

_A4 = 69  # MIDI number of 440 Hz
_MILD = 0.55  # from 0, a sine, to 1, a full sawtooth
_TURN = 2**32  # of a phase, once around
_TABLE_BITS = 14  # 16,384 places of a period


def pitch(note: int) -> float:
    """Tell the frequency of a MIDI note number, in equal temperament."""
    return float(440.0 * 2 ** ((note - _A4) / 12))


def keys(note: int, seconds: float, rate: int) -> Tone:
    """Strike an electric piano: two pairs of frequency-modulated sines, one for the body, one for the tine."""
    t, f = _time(seconds, rate), pitch(note)
    turning = _phase(f, len(t), rate)
    body = _sine(turning + _swayed(1.1 * _decay(t, 3.0) * _sine(turning)))
    tine = _sine(turning + _swayed(0.5 * _decay(t, 14.0) * _sine(_phase(14 * f, len(t), rate))))
    return _struck(0.8 * body * _decay(t, 1.9) + 0.25 * tine * _decay(t, 5.0), rate, attack=0.006)


def vibraphone(note: int, seconds: float, rate: int) -> Tone:
    """Strike a metal bar: partials at 1, 4 and 10 times the pitch, the higher the shorter."""
    t, f = _time(seconds, rate), pitch(note)
    partials = ((1.0, 1.0, 2.4), (4.0, 0.22, 6.5), (10.0, 0.06, 22.0))
    bar = np.zeros_like(t)
    for times, strength, decay in partials:
        if f * times < rate / 2.2:
            bar += np.float32(strength) * _sine(_phase(f * times, len(t), rate)) * _decay(t, decay)
    return _struck(bar * (1 + np.float32(0.12) * _sine(_phase(4.6, len(t), rate))), rate, attack=0.003)


def pad(note: int, seconds: float, rate: int, *, swell: float = 0.5) -> Tone:
    """Hold a soft string sound: a mild sawtooth three times over, a little out of tune with itself."""
    t, f = _time(seconds, rate), pitch(note)
    tone = np.zeros_like(t)
    for detune, start in ((-0.0022, 0.0), (0.0, 0.33), (0.0019, 0.67)):
        tone += _looked_up(_mild_sawtooth, _phase(f * (1 + detune), len(t), rate, start=start))
    edge = round(min(swell, seconds / 2) * rate)
    rise = (np.sin(np.linspace(0, np.pi / 2, edge)) ** 2).astype(np.float32)
    tone[:edge] *= rise
    tone[len(tone) - edge :] *= rise[::-1]
    return tone / np.float32(3)


def bass(note: int, seconds: float, rate: int) -> Tone:
    """Pluck a round bass: a sine and a little of its octave, which small speakers need."""
    t, f = _time(seconds, rate), pitch(note)
    octave = np.float32(0.35) * _sine(_phase(2 * f, len(t), rate)) * _decay(t, 3.0)
    return _struck((_sine(_phase(f, len(t), rate)) + octave) * _decay(t, 1.6), rate, attack=0.012)


def room(seconds: float, rate: int, seed: int) -> Tone:
    """Make the response of a room: noise that dies away to -60 dB in `seconds`, its treble sooner."""
    t = _time(seconds, rate)
    window = np.hanning(round(rate / 2500) | 1).astype(np.float32)
    soft = np.convolve(_noise(len(t), seed), window, "same")
    response = soft * np.clip(t / np.float32(0.02), 0, 1) * _decay(t, 6.9 / seconds)
    return np.asarray(response / np.sqrt(np.sum(response**2)))


def _noise(length: int, seed: int) -> Samples:
    """Give white noise, nearly Gaussian: sums of four numbers of 16 bits, from SplitMix64 (Steele, Lea, Flood 2014).

    numpy's own streams may change with its versions, and take a worker 25 ms to load.
    """
    mixed = (np.arange(1, length + 1, dtype=np.uint64) + np.uint64(seed << 32)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    noise: Samples = mixed.view(np.uint16).reshape(-1, 4).sum(axis=1).astype(np.float32) - np.float32(2 * 0xFFFF)
    return noise


def _phase(frequency: float, length: int, rate: int, *, start: float = 0.0) -> Phase:
    """Turn at a frequency in Hz, from `start` turns, for `length` samples."""
    step = np.uint32(round(frequency / rate * _TURN) % _TURN)
    return np.arange(length, dtype=np.uint32) * step + np.uint32(round(start * _TURN) % _TURN)


def _swayed(angle: Samples) -> Phase:
    """Give angles in radians, less than half a turn either way, as what they add to a phase."""
    return (angle * np.float32(_TURN / (2 * np.pi))).astype(np.int32).view(np.uint32)


def _sine(phase: Phase) -> Samples:
    return _looked_up(np.sin, phase)


def _looked_up(wave: Callable[[NDArray[np.float64]], NDArray[np.float64]], phase: Phase) -> Samples:
    places = (phase >> np.uint32(32 - _TABLE_BITS)).astype(np.intp)  # any other integers take numpy five times as long
    return _table(wave)[places]


@cache
def _table(wave: Callable[[NDArray[np.float64]], NDArray[np.float64]]) -> Table:
    """Give one period of a waveform, each place by the middle of the angles it stands for."""
    places = 1 << _TABLE_BITS
    return wave(2 * np.pi * (np.arange(places) + 0.5) / places).astype(np.float32)


def _mild_sawtooth(angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum the harmonics k of strength r ** k / k, for which the whole series is one arctangent."""
    saw: NDArray[np.float64] = np.arctan2(_MILD * np.sin(angle), 1 - _MILD * np.cos(angle)) / _MILD
    return saw


def _time(seconds: float, rate: int) -> Samples:
    return np.arange(round(seconds * rate), dtype=np.float32) / np.float32(rate)


def _decay(t: Samples, speed: float) -> Samples:
    decay: Samples = np.exp(t * np.float32(-speed))
    return decay


def _struck(tone: Tone, rate: int, *, attack: float) -> Tone:
    """Round the attack and let the end go to nothing, so that neither clicks."""
    rise, fall = round(attack * rate), round(0.05 * rate)
    tone[:rise] *= (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))).astype(np.float32)
    tone[-fall:] *= (0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))).astype(np.float32)
    return tone
