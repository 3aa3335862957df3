"""Keep peaks, between the samples too, below a ceiling without being heard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.meter import BETWEEN, CONTEXT, LONGEST_PART, loud_parts, oversampled
from roadcast.mixing.signal import Samples, factor
from roadcast.mixing.tape import Signal, kept, pieces, slices

LOOK_AHEAD = 0.004  # seconds: shorter distorts low voices, longer pumps


Spans = Sequence[tuple[int, int]]
"""Half-open, in samples from the start, in order and apart."""


def limit(
    samples: Signal, rate: int, *, ceiling: float, heard: Signal | None = None, within: Spans | None = None
) -> Signal:
    """Turn the signal down around each true peak above `ceiling` dBTP; the rest stays as it is.

    At `rate` samples per second, full scale at 1.0; as long as before, and the signal given is left alone.
    `heard` is what will become of it, at least as long and sample for sample in its place, if it is the peaks
    of that which are to stay under the ceiling; `within` tells where there may be any, if not everywhere. The gain is
    the running minimum of what every peak needs, smoothed by a window of the same width, so that it reaches the
    need in time and moves without corners.
    """
    judged = samples if heard is None else heard
    return kept(_spliced(samples, _turned_down(samples, rate, ceiling, judged, within)))


def _turned_down(
    samples: Signal, rate: int, ceiling: float, judged: Signal, within: Spans | None
) -> Iterator[tuple[int, Samples]]:
    """Give the parts of a signal that are turned down, each with the place where it begins."""
    top = factor(ceiling)
    reach = round(rate * LOOK_AHEAD)
    context = 4 * reach + CONTEXT
    for start, end in _loud(judged, top * BETWEEN, within, apart=2 * context):
        first, last = max(0, start - context), min(len(samples), end + context)
        part = judged[first:last]
        fine = _between(part, rate)
        if max(np.abs(part).max(), fine.max()) > top:
            gain = _gain(_peaks(part, fine), top, reach)
            inside = slice(max(0, start - 2 * reach), min(len(samples), end + 2 * reach))
            yield inside.start, (samples[first:last] * gain)[inside.start - first : inside.stop - first]


def _loud(judged: Signal, level: float, within: Spans | None, *, apart: int) -> Iterator[tuple[int, int]]:
    """Find the stretches in which a sample reaches a level, everywhere or within spans."""
    if within is None:
        yield from loud_parts(judged, level, apart=apart)
    for since, until in within or ():
        for stretch in slices(min(until, len(judged)), since, LONGEST_PART):
            for start, end in loud_parts(judged[stretch], level, apart=apart):
                yield stretch.start + start, stretch.start + end


def _spliced(samples: Signal, parts: Iterable[tuple[int, Samples]]) -> Iterator[Samples]:
    """Put parts, in order, into a signal in the place of what was there; where two overlap, the later one."""
    at, part = 0, np.zeros(0, np.float32)
    for start, later in parts:
        yield part[: start - at]
        yield from pieces(samples, at + len(part), start)
        at, part = start, later
    yield part
    yield from pieces(samples, at + len(part))


def _between(samples: Samples, rate: int) -> NDArray[np.float32]:
    """Give the level at each sample and at three places behind it."""
    fine = np.abs(oversampled(samples, rate))[: 4 * len(samples)]
    short = 4 * len(samples) - len(fine)
    return np.pad(fine, (0, short)) if short else fine


def _peaks(samples: Samples, fine: NDArray[np.float32]) -> NDArray[np.float32]:
    """Find the highest level from each sample to the next."""
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
    """Take the lowest value within `reach` places of each place; as many values as were given, in their unit.

    The number of passes grows with log(reach).
    """
    width = 2 * reach + 1
    lowest = np.pad(values, reach, constant_values=np.inf)
    covered = 1
    while covered < width:
        shift = min(covered, width - covered)
        lowest = np.minimum(lowest[:-shift], lowest[shift:])
        covered += shift
    return lowest
