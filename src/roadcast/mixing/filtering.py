"""Filter long signals by recursive filters, many samples at once and a stretch at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadcast.mixing.signal import Samples
from roadcast.mixing.tape import Signal, kept, slices

BLOCK = 64
"""Samples worked on at once: OpenBLAS leaves a product of matrices of this size to one thread, and no core is spare."""

LENGTH = 1 << 16  # samples of a stretch, or the least that whole blocks and the caller's multiple allow
GONE = 1e-10  # of a state that far back nothing is left

Polynomial = tuple[float, float, float]
"""Coefficients of 1, z^-1 and z^-2."""

State = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A linear filter of any order, worked out for blocks of samples.

    What comes out of a block is linear in its samples and in the state of the filter before it, and so is the
    state after it: four matrices (C. S. Burrus, "Block realization of digital filters", 1972).

    Attributes:
        direct: from samples to samples, `(BLOCK, BLOCK)`.
        ringing: from the state before to samples, `(order, BLOCK)`.
        left: from samples to the state after, `(BLOCK, order)`.
        fading: from the state before to the state after, `(order, order)`.
    """

    direct: Samples
    ringing: Samples
    left: Samples
    fading: State

    def __call__(self, samples: Samples, before: State) -> tuple[Samples, State]:
        """Filter samples; give the state after the last whole block of them, too."""
        blocks = np.pad(samples, (0, -len(samples) % BLOCK**2)).reshape(-1, BLOCK, BLOCK)
        states = self._states(before, blocks @ self.left)
        out: Samples = blocks @ self.direct
        out += states[:-1].astype(np.float32).reshape(*blocks.shape[:2], -1) @ self.ringing
        return out.reshape(-1)[: len(samples)], states[len(samples) // BLOCK]

    def _states(self, before: State, left: Samples) -> State:
        """Tell the state before each block, and after the last one."""
        states = np.concatenate([before[None], left.reshape(-1, len(before))])
        reach, fading = 1, self.fading
        while reach < len(states) and np.abs(fading).max() > GONE:
            states[reach:] += states[:-reach] @ fading  # each holds what twice as many blocks before it left
            reach, fading = 2 * reach, fading @ fading
        return states


def cascade(*sections: tuple[Polynomial, Polynomial]) -> Filter:
    """Put second-order filters in a row, each a polynomial above and one below the line.

    The row is tried on every block with one sample of 1.0, and on silence after every state with one number of 1.0.
    """
    order = 2 * len(sections)
    tries = np.eye(BLOCK + order)
    signal, states = tries[:BLOCK], tries[BLOCK:]
    for number, (top, bottom) in enumerate(sections):
        first, second = states[2 * number : 2 * number + 2]
        above, below = np.divide(top, bottom[0]), np.divide(bottom, bottom[0])
        for sample in signal:
            out = above[0] * sample + first
            first[:] = above[1] * sample - below[1] * out + second
            second[:] = above[2] * sample - below[2] * out
            sample[:] = out
    return Filter(
        direct=signal[:, :BLOCK].T.astype(np.float32),
        ringing=signal[:, BLOCK:].T.astype(np.float32),
        left=states[:, :BLOCK].T.astype(np.float32),
        fading=states[:, BLOCK:].T.copy(),
    )


def stretches(samples: Signal, filter: Filter, multiple: int = 1) -> Iterator[Samples]:  # noqa: A002
    """Give the filtered signal in stretches, each but the last a multiple of `multiple` samples long.

    All stretches together are as long as the signal, at its scale; whatever rate the filter was worked out for is
    the signal's.
    """
    step = math.lcm(BLOCK, multiple)
    state: State = np.zeros(len(filter.fading))
    for stretch in slices(len(samples), size=step * max(1, LENGTH // step)):
        out, state = filter(samples[stretch], state)
        yield out


def filtered(samples: Signal, filter: Filter) -> Signal:  # noqa: A002
    """Filter the whole signal, at the rate the filter was worked out for; what rings beyond its end is cut."""
    return kept(stretches(samples, filter))
