"""Ride the fader over a recording, as a sound engineer does: calm what is too lively for a car, enliven what is flat.

Whoever records a talk moves, turns away and tires, or is pressed flat by the telephone that recorded it. What the
voice does from phrase to phrase is made smaller or larger here, so slowly that nobody hears a gain move: syllables
and pauses keep their proportions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.curve import Curve, through
from roadcast.mixing.gating import HOPS_PER_SECOND, SHORT_TERM, range_

EASY = (4.0, 7.0)
"""LU of loudness range that a recording may have as it is; what is told around it moves that of the whole."""

ENOUGH = 30.0
"""Seconds from which on a range tells something about a voice."""

_RATIOS = (0.4, 1.8)  # of levels after, to levels before: less or more would be heard
_DEEPEST_CALMED = 12.0  # LU below the whole at which the fader stops following what it calms,
_DEEPEST_ENLIVENED = 5.0  # and what it enlivens
_ROUNDS = 3


def ridden(energies: Sequence[float], rate: int) -> Curve | None:
    """Give the gain for a recording with these energies, at `rate` samples per second; None if it is easy to follow."""
    heard = np.asarray(energies)
    wanted = float(np.clip(measured := range_(energies), *EASY))
    if measured in (0.0, wanted) or len(heard) < ENOUGH * HOPS_PER_SECOND:
        return None
    deepest = _DEEPEST_ENLIVENED if wanted > measured else _DEEPEST_CALMED
    away = np.maximum(_away(heard), -deepest)
    ratio, gains = 1.0, np.ones(len(heard))
    for _ in range(_ROUNDS):
        ratio = float(np.clip(ratio * wanted / measured, *_RATIOS))
        gains = 10 ** ((ratio - 1) * away / 20)
        measured = range_((heard * gains**2).tolist())
    return through(gains, rate // HOPS_PER_SECOND)


def _away(heard: NDArray[np.float64]) -> NDArray[np.float64]:
    """Tell for each 100 ms how many LU the 3 s around it lie from the whole."""
    window = np.hanning(SHORT_TERM + 2)[1:-1]
    padded = np.pad(heard, SHORT_TERM // 2, mode="reflect")
    around = np.convolve(padded, window / window.sum(), "same")[SHORT_TERM // 2 :][: len(heard)]
    whole = np.mean(heard[heard > 0])
    return np.asarray(10 * np.log10(np.maximum(around, 1e-12) / whole))
