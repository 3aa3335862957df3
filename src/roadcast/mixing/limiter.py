"""Keep peaks, between the samples too, below a ceiling without being heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.meter import oversampled
from roadcast.mixing.signal import Samples, factor

LOOK_AHEAD = 0.004  # seconds: shorter distorts low voices, longer pumps
_CHUNK = 10  # seconds worked on at a time
_EDGE = 512  # samples of context for the oversampling filter
_WORTH_A_LOOK = 0.7  # of the ceiling: peaks between samples of speech lie at most 3 dB above them


def limit(samples: Samples, rate: int, *, ceiling: float) -> Samples:
    """Turn the signal down around each true peak above `ceiling` dBTP; the rest stays as it is.

    The gain is the running minimum of what every peak needs, smoothed by a window of the same width, so
    that it reaches the need in time and moves without corners.
    """
    top = factor(ceiling)
    reach = round(rate * LOOK_AHEAD)
    limited = samples.copy()
    for start in range(0, len(samples), rate * _CHUNK):
        first = max(0, start - 4 * reach - _EDGE)
        last = min(len(samples), start + rate * _CHUNK + 4 * reach + _EDGE)
        part = samples[first:last]
        if np.abs(part).max() < top * _WORTH_A_LOOK:
            continue
        peaks = _peaks(part, rate)
        if peaks.max() > top:
            stop = min(len(samples), start + rate * _CHUNK)
            gain = _gain(peaks, top, reach)
            limited[start:stop] = (part * gain)[start - first : stop - first]
    return limited


def _peaks(samples: Samples, rate: int) -> NDArray[np.float32]:
    """Find the highest level from each sample to the next."""
    fine = np.abs(oversampled(samples, rate))[: 4 * len(samples)]
    fine = np.pad(fine, (0, 4 * len(samples) - len(fine)))
    peaks: NDArray[np.float32] = np.abs(samples)
    for phase in range(4):  # five times as fast as the maximum over rows of four
        peaks = np.maximum(peaks, fine[phase::4])
    return peaks


def _gain(peaks: NDArray[np.float32], top: float, reach: int) -> NDArray[np.float32]:
    need = np.minimum(1.0, top / np.maximum(peaks, 1e-9)).astype(np.float32)
    lowest = running_minimum(need, reach)
    window = np.hanning(2 * reach + 3)[1:-1].astype(np.float32)
    return np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), "valid")


def running_minimum(values: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Take the lowest value within `reach` places of each place, in a number of passes that grows with log(reach)."""
    width = 2 * reach + 1
    lowest = np.pad(values, reach, constant_values=np.inf)
    covered = 1
    while covered < width:
        shift = min(covered, width - covered)
        lowest = np.minimum(lowest[:-shift], lowest[shift:])
        covered += shift
    return lowest
