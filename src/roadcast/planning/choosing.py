"""Weigh items: what may be told today, as what, and what it is worth to the listener."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from roadcast.model import Airing, Announcement, ContentItem, LeftOut, Show, Slug

HALF_LIFE = timedelta(days=5)
"""After this time an item has lost half of what its freshness adds."""

_SOON = timedelta(days=7)
_VARIETY = 0.85  # worth of each further item of the same kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An item that may be told, what it is announced as, and its worth against the others'."""

    item: ContentItem
    announcement: Announcement
    worth: float
    why: str


def candidates(
    show: Show, items: Iterable[ContentItem], *, aired: Sequence[Airing], ordinal: int, now: datetime
) -> tuple[tuple[Candidate, ...], tuple[LeftOut, ...]]:
    """Part the items that may be told in an edition from those that may not, most worthy first.

    Args:
        show: whose kinds and groups decide.
        items: current ones: published, and not expired.
        aired: what earlier editions of the show told.
        ordinal: running number of this edition within the show.
        now: the moment of the edition, in the time zone in which dates are told.
    """
    kinds = {kind.name for kind in show.kinds}
    memory: dict[Slug, list[Airing]] = defaultdict(list)
    for airing in aired:
        memory[airing.slug].append(airing)
    chosen, out = [], []
    for item in items:
        announcement: Announcement | None = None
        if item.kind not in kinds:
            why = f"the show tells no '{item.kind}'"
        elif not item.audience.admits(show.groups):
            why = f"for {', '.join(sorted(item.audience.groups))} only"
        else:
            announcement, why = _announcement(show, item, memory[item.slug], ordinal)
        if announcement is None:
            out.append(LeftOut(slug=item.slug, why=why))
        else:
            chosen.append(_weigh(show, item, announcement, why, now))
    return _varied(chosen), tuple(out)


def _announcement(
    show: Show, item: ContentItem, airings: Sequence[Airing], ordinal: int
) -> tuple[Announcement | None, str]:
    """Decide whether an item is new, changed, due for review, or to be left out as heard."""
    if not airings:
        return Announcement.NEW, "new"
    last = max(airings, key=lambda airing: airing.ordinal)
    if last.digest != item.digest:
        return Announcement.UPDATE, f"changed since {last.date}"
    told = sum(airing.digest == item.digest for airing in airings)
    spacing = show.kind(item.kind).review
    if told <= len(spacing) and ordinal - last.ordinal >= spacing[told - 1]:
        since = ordinal - last.ordinal
        return Announcement.REVIEW, f"due for review after {since} edition{'s' if since > 1 else ''}"
    return None, f"told on {last.date}, unchanged"


def _weigh(show: Show, item: ContentItem, announcement: Announcement, why: str, now: datetime) -> Candidate:
    age = max(now - item.published, timedelta())
    freshness = 0.5 + 0.5 * 0.5 ** (age / HALF_LIFE)
    worth = 1.6 ** (item.priority - 3) * show.kind(item.kind).weight * freshness
    reasons = [why, f"priority {item.priority}"]
    if item.must_hear:
        reasons.insert(0, "must hear")
    if item.effective is not None and abs(item.effective - now) <= _SOON:
        worth *= 1.25
        reasons.append(f"effective {item.effective.astimezone(now.tzinfo).date()}")
    if item.audience.groups:
        worth *= 1.15
        reasons.append(f"for {', '.join(sorted(item.audience.groups & show.groups))}")
    worth *= {Announcement.NEW: 1.0, Announcement.UPDATE: 1.1, Announcement.REVIEW: 0.8}[announcement]
    return Candidate(item=item, announcement=announcement, worth=worth, why=", ".join(reasons))


def _varied(weighed: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Order by worth, each further item of a kind counting less than the one before it."""
    seen: Counter[str] = Counter()
    varied = []
    for candidate in sorted(weighed, key=_rank):
        varied.append(replace(candidate, worth=candidate.worth * _VARIETY ** seen[candidate.item.kind]))
        seen[candidate.item.kind] += 1
    return tuple(sorted(varied, key=_rank))


def _rank(candidate: Candidate) -> tuple[bool, float, Slug]:
    return (not candidate.item.must_hear, -candidate.worth, candidate.item.slug)
