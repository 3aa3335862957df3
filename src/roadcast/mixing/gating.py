"""Tell loudness as ITU-R BS.1770-4 and EBU Tech 3342 define it, from the energies of 100 ms each: plain numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import fmean

HOPS_PER_SECOND = 10
SILENT = -70.0  # LUFS: the absolute gate of BS.1770-4, and what no sound at all measures

OFFSET = -0.691  # LUFS of a mean square of 1.0: BS.1770-4 (2)
BLOCK = 4  # hops of 100 ms in a gating block of 400 ms
SHORT_TERM = 30  # hops in the 3 s of EBU Tech 3341


def loudness(energies: Sequence[float]) -> float:
    """Tell the integrated loudness in LUFS, gated; `SILENT` where nothing is loud enough to count.

    Args:
        energies: mean square of the K-weighted signal in each 100 ms; those of clips in a row add up.
    """
    heard = _above(SILENT, _means(energies, BLOCK))
    if not heard:
        return SILENT
    return _level(fmean(_above(_level(fmean(heard)) - 10.0, heard)))  # BS.1770-4 (7)


def range_(energies: Sequence[float]) -> float:
    """Tell the loudness range in LU: from the 10th to the 95th percentile of 3 s levels (EBU Tech 3342)."""
    heard = _above(SILENT, _means(energies, SHORT_TERM))
    if not heard:
        return 0.0
    levels = sorted(map(_level, _above(_level(fmean(heard)) - 20.0, heard)))
    return _at(levels, 0.95) - _at(levels, 0.10)


def spread(clips: Iterable[Sequence[float]]) -> float:
    """Tell how many LU lie between the quietest and the loudest clip; silent ones do not count."""
    levels = [level for level in map(loudness, clips) if level > SILENT]
    return max(levels) - min(levels) if levels else 0.0


def _means(energies: Sequence[float], width: int) -> list[float]:
    """Average over every run of `width` hops; what is shorter than one run counts as one with silence behind."""
    hops = [*energies, *[0.0] * (width - len(energies))]
    totals = list(accumulate(hops, initial=0.0))
    return [max(end - start, 0.0) / width for start, end in zip(totals, totals[width:], strict=False)]


def _above(level: float, means: Iterable[float]) -> list[float]:
    """Keep what is louder than a level in LUFS."""
    gate = 10 ** ((level - OFFSET) / 10)
    return [mean for mean in means if mean > gate]


def _level(energy: float) -> float:
    return OFFSET + 10 * math.log10(energy)


def _at(ordered: Sequence[float], share: float) -> float:
    """Find a percentile, in proportion between the two values beside it."""
    at = share * (len(ordered) - 1)
    low, high = ordered[math.floor(at)], ordered[math.ceil(at)]
    return low + (high - low) * (at % 1)
