"""Lay half-open stretches of bytes or seconds over each other."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[float, float]
"""From the first up to, but not including, the second; bytes or seconds."""


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Join what overlaps or touches, in order; empty and backward stretches are nothing."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def covered(spans: Iterable[Span], start: float, end: float) -> float:
    """Measure how much of [start, end) the stretches cover, each part of it once."""
    return sum((max(0.0, min(last, end) - max(first, start)) for first, last in union(spans)), start=0.0)
