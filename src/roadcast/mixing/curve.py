"""Hold a gain that changes over time, as the few points where it turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.signal import Samples

_FEW = 100  # turns in a stretch


@dataclass(frozen=True, slots=True)
class Curve:
    """A gain that goes in straight lines from turn to turn, and stays before the first and behind the last.

    Attributes:
        turns: in samples from the start, in order; gains: the factor that is reached at each.
    """

    turns: Sequence[float] | NDArray[np.floating[Any]]
    gains: Sequence[float] | NDArray[np.floating[Any]]

    def at(self, moments: NDArray[Any]) -> Samples:
        """Give the gain at each moment, in samples from the start."""
        gain: Samples = np.interp(moments, self.turns, self.gains).astype(np.float32)
        return gain

    def __getitem__(self, stretch: slice) -> Samples:
        """Give the gain of each sample of a stretch, which has a start and an end."""
        turns = np.asarray(self.turns)
        inside = turns[slice(*np.searchsorted(turns, (stretch.start, stretch.stop)))]
        if len(inside) > _FEW:
            return self.at(np.arange(stretch.start, stretch.stop))
        gain = np.empty(stretch.stop - stretch.start, np.float32)
        edges = sorted({stretch.start, stretch.stop, *np.ceil(inside).astype(int).tolist()})
        for start, end in pairwise(edges):
            head, tail = self.at(np.array([start, end - 1]))
            still = head == tail  # so it is nearly everywhere, and then there is nothing to work out
            gain[start - stretch.start : end - stretch.start] = head if still else self.at(np.arange(start, end))
        return gain


def through(gains: NDArray[np.floating[Any]], step: int) -> Curve:
    """Draw a curve through one gain for every `step` samples, each in their middle."""
    return Curve((np.arange(len(gains)) + 0.5) * step, gains)
