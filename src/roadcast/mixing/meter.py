"""Measure sound as ITU-R BS.1770-4 defines it: K-weighted energies, which add up across clips, and true peaks."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import soxr
from numpy.typing import NDArray

from roadcast.mixing.filtering import Filter, cascade, stretches
from roadcast.mixing.gating import HOPS_PER_SECOND
from roadcast.mixing.signal import Samples, decibels
from roadcast.mixing.tape import STRETCH, Signal, slices

BETWEEN = 0.7  # no peak between samples lies more than 3 dB above both its neighbours: a tone at a quarter of the rate
CONTEXT = 512  # samples that the oversampling filter needs on both sides
BLOCK = 1024
SPARED = 4 * BLOCK  # samples that take as long to oversample as a filter takes to be set up once more, measured
LONGEST_PART = 1 << 19  # samples worked on at a time, so that memory is bounded

Energies = NDArray[np.float64]
"""One row: the mean square of the K-weighted signal in each 100 ms, where a full square wave would have 1.0."""


def energies(samples: Signal, rate: int) -> tuple[float, ...]:
    """Take the mean square of the K-weighted signal in each 100 ms, at `rate` samples per second.

    The last, shorter part counts as if silence followed, so that no energy is lost and the energies of
    clips in a row are those of the whole.
    """
    hop = round(rate / HOPS_PER_SECOND)
    means: list[Energies] = []
    for weighted in stretches(samples, _weighting(rate), hop):
        if short := -len(weighted) % hop:  # the last one
            weighted = np.pad(weighted, (0, short))
        blocks = weighted.reshape(-1, hop)
        means.append(np.einsum("ij,ij->i", blocks, blocks, dtype=np.float64) / hop)
    return tuple(np.concatenate(means).tolist()) if means else ()


def true_peak(samples: Signal, rate: int) -> float:
    """Tell the highest level between the samples too, in dBTP, four times oversampled from `rate` per second."""
    peaks, peak = block_peaks(samples, BLOCK), 0.0
    for start, end in _parts(samples, peaks, BETWEEN * float(peaks.max(initial=0.0)), SPARED):
        first = max(0, start - CONTEXT)
        fine = oversampled(samples[first : end + CONTEXT], rate)
        # where the part was cut out, the filter rings: that is no peak of the signal
        inside = fine[4 * (start - first) :][: 4 * (end - start)]
        peak = max(peak, float(np.abs(inside).max(initial=0.0)))
    return decibels(peak)


def loud_parts(samples: Signal, level: float, *, apart: int = 0) -> Iterator[tuple[int, int]]:
    """Find the stretches, in blocks of `BLOCK` samples, where a sample reaches `level`, more than 0 and full at 1.0.

    They are half-open, in samples from the start, and in order.
    Stretches less than `apart` samples from each other are one, up to `LONGEST_PART` samples.
    """
    return _parts(samples, block_peaks(samples, BLOCK), level, apart)


def _parts(samples: Signal, peaks: Samples, level: float, apart: int) -> Iterator[tuple[int, int]]:
    if level <= 0:
        return
    loud = np.flatnonzero(peaks >= level) * BLOCK
    start = end = -1
    for block in loud.tolist():
        if end >= 0 and block - end <= apart and block + BLOCK - start <= LONGEST_PART:
            end = block + BLOCK
            continue
        if end >= 0:
            yield start, min(end, len(samples))
        start, end = block, block + BLOCK
    if end >= 0:
        yield start, min(end, len(samples))


def block_peaks(samples: Signal, size: int) -> Samples:
    """Tell the highest level at a sample in each `size` samples."""
    peaks = [np.zeros(0, np.float32)]
    for stretch in slices(len(samples), size=STRETCH // size * size):
        part = np.abs(samples[stretch])
        if short := -len(part) % size:  # the last one
            part = np.pad(part, (0, short))
        peaks.append(part.reshape(-1, size).max(axis=1))
    return np.concatenate(peaks)


def oversampled(samples: Samples, rate: int) -> Samples:
    """Interpolate from `rate` samples per second to four times as many (BS.1770-4 annex 2), at the same scale."""
    fine: Samples = soxr.resample(samples, rate, rate * 4, "HQ")
    return fine


@cache
def _weighting(rate: int) -> Filter:
    """Work out the K-weighting: a high shelf, then a high-pass.

    BS.1770-4 gives coefficients for 48 kHz only; these are its analogue prototypes (Brecht De Man,
    "Evaluation of implementations of the EBU R128 loudness measurement", 2018), good for any rate.
    """
    shelf, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    low, wide = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + low / wide + low**2
    return cascade(
        (
            (high + band * shelf / q + shelf**2, 2 * (shelf**2 - high), high - band * shelf / q + shelf**2),
            (1 + shelf / q + shelf**2, 2 * (shelf**2 - 1), 1 - shelf / q + shelf**2),
        ),
        ((norm, -2 * norm, norm), (norm, 2 * (low**2 - 1), 1 - low / wide + low**2)),
    )
