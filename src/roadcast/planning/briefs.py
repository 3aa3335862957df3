"""Order an edition: what may be told, how long it is to be, and how lengths are found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from roadcast.model import Edition, LeftOut, Rundown, Segment, Show, Slug
from roadcast.planning.choosing import Candidate

TOLERANCE = 0.01
"""Part of the target by which a rundown may miss it before it is repaired; the promise to listeners is 0.02."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a segment lasts, in seconds; `known` when a clip of it exists."""

    seconds: float
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The order for an edition.

    Attributes:
        candidates: what may be told; left_out: what may not, and why.
        target: the length asked for.
        before: the last plan of this edition: an item whose text changed a little stays in its place, and so does
            everything beside it.
    """

    show: Show
    edition: Edition
    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    target: timedelta
    before: Rundown | None = None

    @property
    def kept(self) -> frozenset[tuple[Slug, str]]:
        """Name what the last plan told, and how fully."""
        told = self.before.segments if self.before else ()
        return frozenset((s.item.slug, s.variant.name) for s in told if s.item and s.variant)

    @property
    def aim(self) -> timedelta:
        """The length to fill: the target, or a little under the cap, which no prediction may break."""
        return min(self.target, self.show.cap * (1 - TOLERANCE))


Measure = Callable[[Segment], Length]
"""How long a segment lasts: true where a clip exists, predicted elsewhere."""
