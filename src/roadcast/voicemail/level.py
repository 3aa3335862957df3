"""Measure speech the way telephone networks do: active speech level by ITU-T P.56, peaks, DC, the loudest 3 s."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Signal = NDArray[np.float64]

# ITU-T P.56 (12/2011) 6: time constant of the envelope, hangover, and the margin between threshold and active level.
_TIME_CONSTANT, _HANGOVER, _MARGIN = 0.03, 0.2, 15.9
_THRESHOLDS = 2.0 ** -np.arange(15, 0, -1)
_FLOOR = -100.0  # dBov: stands for silence
_LOUDEST = 3.0  # s: network limits on recorded speech are averaged over this long


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """What was measured; levels in dB relative to full scale (dBov), RMS.

    Attributes:
        active: level while somebody speaks (P.56); activity: how much of the time that is, 0 to 1.
        peak: highest sample, dBFS.
        loudest: level of the loudest 3 s.
        dc: mean, full scale is 1.
        clipped: samples at full scale.
    """

    active: float
    activity: float
    peak: float
    loudest: float
    dc: float
    clipped: int


def measure(samples: NDArray[np.int16], *, rate: int) -> Loudness:
    """Measure 16-bit samples, shape (n,)."""
    signal = samples.astype(np.float64) / 32768
    active, activity = active_level(signal, rate=rate)
    return Loudness(
        active=active,
        activity=activity,
        peak=decibels(float(np.max(np.abs(signal), initial=0.0))),
        loudest=_loudest(signal, rate),
        dc=float(signal.mean()) if len(signal) else 0.0,
        clipped=int(np.count_nonzero((samples == 32767) | (samples == -32768))),
    )


def decibels(amplitude: float) -> float:
    """Express an amplitude in dB, floored at -100."""
    return max(_FLOOR, 20 * float(np.log10(amplitude))) if amplitude > 0 else _FLOOR


def active_level(signal: Signal, *, rate: int) -> tuple[float, float]:
    """Measure the active speech level (P.56 method B): dBov and the share of time that is active.

    Args:
        signal: shape (n,), full scale is 1.
        rate: samples per second.
    """
    energy = float(signal @ signal)
    if energy == 0:
        return _FLOOR, 0.0
    envelope = _smooth(_smooth(np.abs(signal), rate), rate)
    counts = _activity_counts(envelope, hangover=round(_HANGOVER * rate))
    with np.errstate(divide="ignore"):
        levels = np.where(counts > 0, 10 * np.log10(energy / np.maximum(counts, 1)), np.inf)
    level = _crossing(levels, 20 * np.log10(_THRESHOLDS))
    if level is None:  # quieter than the lowest threshold: count all of it as active
        return max(_FLOOR, 10 * float(np.log10(energy / len(signal)))), 1.0
    return level, min(1.0, float(energy / 10 ** (level / 10) / len(signal)))


def _crossing(levels: Signal, thresholds: Signal) -> float | None:
    """Find the level at which it lies 15.9 dB above its threshold, interpolating between two thresholds."""
    over = levels - thresholds - _MARGIN
    below = np.flatnonzero(over <= 0)
    if len(below) == 0 or below[0] == 0:
        return None
    j = int(below[0])
    part = over[j - 1] / (over[j - 1] - over[j])
    return float(levels[j - 1] + part * (levels[j] - levels[j - 1]))


def _activity_counts(envelope: Signal, *, hangover: int) -> Signal:
    """Count for each threshold the samples at or above it, and those up to the hangover behind them.

    A sample counts where the highest envelope of the hangover before it, and of itself, reaches the threshold.
    """
    held = _highest_before(envelope, hangover + 1)
    reached = np.searchsorted(_THRESHOLDS, held, side="right")  # how many of the thresholds, lowest first
    exactly = np.bincount(reached, minlength=len(_THRESHOLDS) + 1)
    return exactly[:0:-1].cumsum()[::-1].astype(np.float64)


def _highest_before(signal: Signal, window: int) -> Signal:
    """Give the maximum of each sample and those before it, `window` in all (van Herk: two passes, any window)."""
    rows = np.pad(signal, (window - 1, -(len(signal) + window - 1) % window), constant_values=0.0).reshape(-1, window)
    forward = np.maximum.accumulate(rows, axis=1).ravel()
    backward = np.maximum.accumulate(rows[:, ::-1], axis=1)[:, ::-1].ravel()
    count = len(signal)
    return np.maximum(backward[:count], forward[window - 1 : window - 1 + count])


def _smooth(signal: Signal, rate: int) -> Signal:
    """Average exponentially: y[n] = g y[n-1] + (1 - g) x[n], in blocks short enough that g**-n stays small."""
    g = float(np.exp(-1 / (rate * _TIME_CONSTANT)))
    block = 1024
    padded = np.zeros(-(-len(signal) // block) * block)
    padded[: len(signal)] = signal
    powers = g ** np.arange(1, block + 1)
    rows = np.cumsum(padded.reshape(-1, block) / powers, axis=1) * powers * (1 - g)
    carry = 0.0
    for row in rows:
        row += carry * powers
        carry = row[-1]
    return np.asarray(rows.ravel()[: len(signal)])


def _loudest(signal: Signal, rate: int) -> float:
    window = min(len(signal), round(_LOUDEST * rate))
    if window == 0:
        return _FLOOR
    sums = np.concatenate([[0.0], np.cumsum(signal**2)])
    return decibels(float(np.sqrt(max(0.0, np.max(sums[window:] - sums[:-window])) / window)))
