"""Fill a time budget: the multiple-choice knapsack, solved exactly on a grid of quarter seconds.

Kellerer, Pferschy, Pisinger: Knapsack Problems (2004), chapter 11: each class (an item) gives at most one of
its members (a variant); best[t] is the greatest worth that takes exactly t cells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

GRID = 0.25
"""Seconds per cell; lengths are rounded to the nearest cell, so that errors cancel."""

_UNREACHABLE = -1e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to tell an item: what it takes, in seconds, and what it is worth."""

    seconds: float
    worth: float


def fit(
    classes: Sequence[Sequence[Option]], *, required: Sequence[bool], low: float, high: float
) -> tuple[int | None, ...]:
    """Choose one option or none of each class, for the greatest worth within `low` to `high` seconds in all.

    Where no choice ends between `low` and `high`, the one that comes nearest to them wins, from below if there is
    one; required classes always give an option.

    Returns:
        for each class the index of its option, or None.
    """
    longest = sum(max(map(_cells, options), default=0) for options in classes)
    least = sum(min(map(_cells, options)) for options, needed in zip(classes, required, strict=True) if needed)
    cells = min(longest, max(math.ceil(high / GRID), least)) + 2
    best = np.full(cells, _UNREACHABLE)
    best[0] = 0.0
    choices: list[npt.NDArray[np.int16]] = []
    for options, needed in zip(classes, required, strict=True):
        best, choice = _add(best, options, needed=needed)
        choices.append(choice)
    cell = _end(best, low / GRID, high / GRID)
    return _trace(choices, classes, cell)


def _cells(option: Option) -> int:
    return round(option.seconds / GRID)


def _add(
    best: npt.NDArray[np.float64], options: Sequence[Option], *, needed: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int16]]:
    """Add a class: for every total, keep the option that makes it most worthy."""
    after = np.full_like(best, _UNREACHABLE) if needed else best.copy()
    choice = np.full(len(best), -1, np.int16)
    for index, option in enumerate(options):
        shift = _cells(option)
        if shift >= len(best):
            continue
        with_it = np.full_like(best, _UNREACHABLE)
        with_it[shift:] = best[: len(best) - shift] + option.worth
        better = with_it > after
        after[better] = with_it[better]
        choice[better] = index
    return after, choice


def _end(best: npt.NDArray[np.float64], low: float, high: float) -> int:
    """Choose the total to end on."""
    totals = np.flatnonzero(best > _UNREACHABLE / 2)
    inside = totals[(totals >= low) & (totals <= high)]
    if len(inside):
        return int(inside[np.argmax(best[inside])])
    below = totals[totals < low]
    return int(below[-1]) if len(below) else int(totals[0])


def _trace(
    choices: Sequence[npt.NDArray[np.int16]], classes: Sequence[Sequence[Option]], cell: int
) -> tuple[int | None, ...]:
    chosen: list[int | None] = []
    for choice, options in zip(reversed(choices), reversed(classes), strict=True):
        index = int(choice[cell])
        chosen.append(None if index < 0 else index)
        if index >= 0:
            cell -= _cells(options[index])
    return tuple(reversed(chosen))
