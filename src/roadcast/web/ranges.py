"""Read the Range header of a request (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

MOST = 8  # ranges of one request; a player asks for one, a flood asks for hundreds (CVE-2025-62727)
LONGEST = 512  # characters of the header that are worth reading; it bounds the numbers, too

_RANGE = re.compile(r"(?:(\d+)-(\d+)?|-(\d+))", re.ASCII)
_PLAIN = re.compile(r"bytes=(\d+)-(\d+)?", re.ASCII)


class Span(NamedTuple):
    """Half-open stretch of bytes."""

    start: int
    end: int


class NotSatisfiable(ValueError):
    """The header is sound, but nothing that it asks for exists: the answer is 416."""


class _Malformed(ValueError):
    """The header has no meaning, and RFC 9110 14.2 says to ignore it."""


def requested(header: str, size: int) -> tuple[Span, ...] | None:
    """Tell which bytes are asked for, in order and merged; None means the whole.

    A foreign unit, a malformed header, one longer than `LONGEST` or with more than `MOST` ranges asks for the whole.

    Raises:
        NotSatisfiable: if no range lies within `size` bytes.
    """
    if len(header) > LONGEST:
        return None
    plain = _PLAIN.fullmatch(header)
    if plain:  # what nearly every app sends; the rest is the same, at five times the cost
        start, last = int(plain[1]), int(plain[2] or size)
        if start <= last and start < size:
            return (Span(start, min(last + 1, size)),)
    unit, equals, ranges = header.partition("=")
    specs = [spec.strip(" \t") for spec in ranges.split(",")]
    specs = [spec for spec in specs if spec]  # empty list elements are legal: RFC 9110 5.6.1
    if not equals or unit.strip().lower() != "bytes" or not 0 < len(specs) <= MOST:
        return None
    try:
        spans = [_span(spec, size) for spec in specs]
    except _Malformed:
        return None
    merged = merge(span for span in spans if span.start < span.end)
    if not merged:
        raise NotSatisfiable(header)
    return merged


def _span(spec: str, size: int) -> Span:
    match = _RANGE.fullmatch(spec)
    if match is None:
        raise _Malformed(spec)
    first, last, suffix = match.groups()
    if suffix is not None:
        return Span(max(size - int(suffix), 0), size)
    if last is None:
        return Span(int(first), size)
    if int(last) < int(first):
        raise _Malformed(spec)
    return Span(int(first), min(int(last) + 1, size))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order, and those that touch or overlap together."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
