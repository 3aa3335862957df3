"""Turn counts into the numbers that an SVG picture needs; the words around it are the page's."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

SIDE = 100.0
"""Width and height of the box that outlines are drawn in; the page stretches it."""


def percent(count: float, whole: float) -> str:
    """Give a share as a length in SVG, from 0% to 100%."""
    return f"{_rounded(100 * _share(count, whole))}%"


def outline(counts: Sequence[int], whole: int) -> str:
    """Draw counts at evenly spread moments as steps: a path from the left to the right of the box."""
    width = SIDE / max(len(counts), 1)
    path, at = [], 0
    for count, run in groupby(counts):
        at += len(list(run))
        path.append(f"V{_rounded(SIDE * (1 - _share(count, whole)))}H{_rounded(at * width)}")
    return f"M0 {''.join(path)[1:]}" if path else ""


def area(counts: Sequence[int], whole: int) -> str:
    """Draw what lies below an outline."""
    line = outline(counts, whole)
    return f"{line}V{SIDE:g}H0z" if line else ""


def _share(count: float, whole: float) -> float:
    return min(max(count / whole, 0.0), 1.0) if whole > 0 else 0.0


def _rounded(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
