"""Play single notes: an electric piano, a vibraphone, a string pad and a bass, and a room to play them in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Tone = NDArray[np.float64]

_A4 = 69  # MIDI number of 440 Hz
_MILD = 0.55  # from 0, a sine, to 1, a full sawtooth


def pitch(note: int) -> float:
    """Tell the frequency of a MIDI note number, in equal temperament."""
    return float(440.0 * 2 ** ((note - _A4) / 12))


def keys(note: int, seconds: float, rate: int) -> Tone:
    """Strike an electric piano: two pairs of frequency-modulated sines, one for the body, one for the tine."""
    t, f = _time(seconds, rate), pitch(note)
    body = np.sin(2 * np.pi * f * t + 1.1 * np.exp(-t * 3.0) * np.sin(2 * np.pi * f * t))
    tine = np.sin(2 * np.pi * f * t + 0.5 * np.exp(-t * 14.0) * np.sin(2 * np.pi * f * 14 * t))
    return _struck(0.8 * body * np.exp(-t * 1.9) + 0.25 * tine * np.exp(-t * 5.0), rate, attack=0.006)


def vibraphone(note: int, seconds: float, rate: int) -> Tone:
    """Strike a metal bar: partials at 1, 4 and 10 times the pitch, the higher the shorter."""
    t, f = _time(seconds, rate), pitch(note)
    partials = ((1.0, 1.0, 2.4), (4.0, 0.22, 6.5), (10.0, 0.06, 22.0))
    bar = np.zeros_like(t)
    for times, strength, decay in partials:
        if f * times < rate / 2.2:
            bar += strength * np.sin(2 * np.pi * f * times * t) * np.exp(-t * decay)
    return _struck(bar * (1 + 0.12 * np.sin(2 * np.pi * 4.6 * t)), rate, attack=0.003)


def pad(note: int, seconds: float, rate: int, *, swell: float = 0.5) -> Tone:
    """Hold a soft string sound: a mild sawtooth three times over, a little out of tune with itself.

    The harmonic k has the strength r ** k / k, for which the whole series is one arctangent.
    """
    t, f = _time(seconds, rate), pitch(note)
    tone = np.zeros_like(t)
    for detune, phase in ((-0.0022, 0.0), (0.0, 2.1), (0.0019, 4.2)):
        angle = 2 * np.pi * f * (1 + detune) * t + phase
        tone += np.arctan2(_MILD * np.sin(angle), 1 - _MILD * np.cos(angle)) / _MILD
    edge = min(swell, seconds / 2)
    shape = np.minimum(np.minimum(t / edge, 1.0), np.maximum((seconds - t) / edge, 0.0))
    tone *= np.sin(np.pi / 2 * shape) ** 2 / 3
    return tone


def bass(note: int, seconds: float, rate: int) -> Tone:
    """Pluck a round bass: a sine and a little of its octave, which small speakers need."""
    t, f = _time(seconds, rate), pitch(note)
    tone = np.sin(2 * np.pi * f * t) + 0.35 * np.sin(4 * np.pi * f * t) * np.exp(-t * 3)
    return _struck(tone * np.exp(-t * 1.6), rate, attack=0.012)


def room(seconds: float, rate: int, seed: int) -> Tone:
    """Make the response of a room: noise that dies away to -60 dB in `seconds`, its treble sooner."""
    t = _time(seconds, rate)
    noise = np.random.default_rng(seed).standard_normal(len(t))
    soft = np.convolve(noise, np.hanning(round(rate / 2500) | 1), "same")
    early = np.clip(t / 0.02, 0, 1)
    response = soft * early * np.exp(-6.9 * t / seconds)
    return np.asarray(response / np.sqrt(np.sum(response**2)))


def _time(seconds: float, rate: int) -> Tone:
    return np.arange(round(seconds * rate)) / rate


def _struck(tone: Tone, rate: int, *, attack: float) -> Tone:
    """Round the attack and let the end go to nothing, so that neither clicks."""
    rise, fall = round(attack * rate), round(0.05 * rate)
    tone[:rise] *= 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise))
    tone[-fall:] *= 0.5 + 0.5 * np.cos(np.linspace(0, np.pi, fall))
    return tone
