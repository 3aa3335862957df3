"""Measure loudness as ITU-R BS.1770-4 and EBU Tech 3342 define it, from energies that add up across clips."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import numpy as np
import soxr
from numpy.typing import NDArray

from roadcast.mixing.filtering import Response, stretches, unit_delays
from roadcast.mixing.signal import FLOOR, Samples, decibels

HOPS_PER_SECOND = 10
SILENT = -70.0  # LUFS: the absolute gate of BS.1770-4, and what no sound at all measures

BETWEEN = 0.7  # no peak between samples lies more than 3 dB above both its neighbours: a tone at a quarter of the rate
CONTEXT = 512  # samples that the oversampling filter needs on both sides
BLOCK = 1024
LONGEST_PART = 1 << 19  # samples worked on at a time, so that memory is bounded

_OFFSET = -0.691  # BS.1770-4 (2)
_BLOCK = 4  # hops of 100 ms in a gating block of 400 ms
_SHORT_TERM = 30  # hops in the 3 s of EBU Tech 3341
Energies = NDArray[np.float64]


def energies(samples: Samples, rate: int) -> tuple[float, ...]:
    """Take the mean square of the K-weighted signal in each 100 ms.

    The last, shorter part counts as if silence followed, so that no energy is lost and the energies of
    clips in a row are those of the whole.
    """
    hop = round(rate / HOPS_PER_SECOND)
    means: list[Energies] = []
    for weighted in stretches(samples, _weighting(rate), hop):
        blocks = np.pad(weighted, (0, -len(weighted) % hop)).reshape(-1, hop)
        means.append(np.einsum("ij,ij->i", blocks, blocks, dtype=np.float64) / hop)
    return tuple(np.concatenate(means).tolist()) if means else ()


def loudness(energies: Sequence[float]) -> float:
    """Tell the integrated loudness in LUFS, gated; `SILENT` where nothing is loud enough to count."""
    blocks = _means(energies, _BLOCK)
    heard = blocks[_level(blocks) > SILENT]
    if not len(heard):
        return SILENT
    gate = _level(heard.mean()) - 10.0  # BS.1770-4 (7)
    return float(_level(heard[_level(heard) > gate].mean()))


def range_(energies: Sequence[float]) -> float:
    """Tell the loudness range in LU: from the 10th to the 95th percentile of 3 s levels (EBU Tech 3342)."""
    blocks = _means(energies, _SHORT_TERM)
    heard = blocks[_level(blocks) > SILENT]
    if not len(heard):
        return 0.0
    levels = _level(heard[_level(heard) > _level(heard.mean()) - 20.0])
    low, high = np.percentile(levels, (10, 95))
    return float(high - low)


def spread(clips: Iterable[Sequence[float]]) -> float:
    """Tell how many LU lie between the quietest and the loudest clip; silent ones do not count."""
    levels = [level for level in map(loudness, clips) if level > SILENT]
    return max(levels) - min(levels) if levels else 0.0


def true_peak(samples: Samples, rate: int) -> float:
    """Tell the highest level between the samples too, in dBTP, four times oversampled."""
    highest = 0.0
    for start, end in loud_parts(samples, BETWEEN * float(np.abs(samples).max(initial=0.0))):
        first = max(0, start - CONTEXT)
        fine = oversampled(samples[first : end + CONTEXT], rate)
        # where the part was cut out, the filter rings: that is no peak of the signal
        inside = fine[4 * (start - first) :][: 4 * (end - start)]
        highest = max(highest, float(np.abs(inside).max(initial=0.0)))
    return decibels(highest)


def loud_parts(samples: Samples, level: float, *, apart: int = 0) -> Iterator[tuple[int, int]]:
    """Find the stretches, in blocks of `BLOCK` samples, where a sample reaches `level`, more than 0.

    Stretches less than `apart` samples from each other are one, up to `LONGEST_PART` samples.
    """
    if level <= 0:
        return
    padded = np.pad(np.abs(samples), (0, -len(samples) % BLOCK)).reshape(-1, BLOCK)
    loud = np.flatnonzero(padded.max(axis=1) >= level) * BLOCK
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


def oversampled(samples: Samples, rate: int) -> Samples:
    """Interpolate to four times the rate (BS.1770-4 annex 2)."""
    fine: Samples = soxr.resample(samples, rate, rate * 4, "HQ")
    return fine


def _means(energies: Sequence[float], width: int) -> Energies:
    """Average over every run of `width` hops; what is shorter than one run counts as one with silence behind."""
    hops = np.asarray(energies, np.float64)
    if len(hops) < width:
        hops = np.pad(hops, (0, width - len(hops)))
    total = np.cumsum(np.concatenate(([0.0], hops)))
    means: Energies = np.maximum(total[width:] - total[:-width], 0.0) / width
    return means


def _level(energy: Energies) -> Energies:
    return _OFFSET + 10 * np.log10(np.maximum(energy, 10 ** (FLOOR / 10)))


@cache
def _weighting(rate: int) -> Response:
    """Work out the K-weighting in frequency: a high shelf, then a high-pass.

    BS.1770-4 gives coefficients for 48 kHz only; these are its analogue prototypes (Brecht De Man,
    "Evaluation of implementations of the EBU R128 loudness measurement", 2018), good for any rate.
    """
    z = unit_delays()
    shelf, q = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    response = _biquad(
        z,
        (high + band * shelf / q + shelf**2, 2 * (shelf**2 - high), high - band * shelf / q + shelf**2),
        (1 + shelf / q + shelf**2, 2 * (shelf**2 - 1), 1 - shelf / q + shelf**2),
    )
    low, q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + low / q + low**2
    response *= _biquad(z, (norm, -2 * norm, norm), (norm, 2 * (low**2 - 1), 1 - low / q + low**2))
    return response.astype(np.complex64)


def _biquad(
    z: NDArray[np.complex128], top: tuple[float, float, float], bottom: tuple[float, float, float]
) -> NDArray[np.complex128]:
    return (top[0] + top[1] * z + top[2] * z**2) / (bottom[0] + bottom[1] * z + bottom[2] * z**2)
