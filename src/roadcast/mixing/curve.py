"""Hold a gain that changes over time, as the few points where it turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.signal import Samples

Point = tuple[float, float]
"""A moment, in samples from the start, and the gain that is reached then, as a factor."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A gain that goes in straight lines from point to point, and stays before the first and behind the last."""

    points: Sequence[Point]

    def at(self, moments: NDArray[Any]) -> Samples:
        """Give the gain at each moment, in samples from the start."""
        turns, gains = zip(*self.points, strict=True)
        gain: Samples = np.interp(moments, turns, gains).astype(np.float32)
        return gain

    def __getitem__(self, stretch: slice) -> Samples:
        """Give the gain of each sample of a stretch, which has a start and an end."""
        return self.at(np.arange(stretch.start, stretch.stop))
