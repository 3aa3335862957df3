"""Make a rundown that fits, and repair it when the truth about its lengths is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from roadcast.errors import PlanError
from roadcast.model import Entry, LeftOut, Role, Rundown, Segment, Show, Slug
from roadcast.planning.briefs import TOLERANCE, Brief, Measure
from roadcast.planning.choosing import Candidate
from roadcast.planning.fitting import Option, fit
from roadcast.planning.variants import share, variants

LEAD_IN = timedelta(seconds=0.5)
"""Silence before the first word: some players swallow the beginning."""

PAUSES = (timedelta(seconds=0.45), timedelta(seconds=1.0))
"""Shortest and longest silence between two segments."""

PLENTY = 1.6
"""Times the target that the shortlist's items fill when told in full: enough to choose from, and few enough
that an edition tells some things well instead of everything in a sentence."""

MENU, ACTIONS = 3, 2
_ROUNDS = 4
_MIDDLE = (PAUSES[0] + PAUSES[1]) / 2
_KEEP = 1.06  # a variant that is voiced, or that the last plan had, is worth this much more than one that is not
_BLOCKS = {"news": 1, "training": 2, "story": 3}


def plan(brief: Brief, *, measure: Measure) -> Rundown:
    """Choose items and variants for the greatest worth that fits the target; order them for the listener.

    What the last plan of the edition told is told again, in today's words, unless there is something else to tell,
    it fits no longer, or another choice is worth clearly more.

    Raises:
        PlanError: if there is nothing to tell, or the must-hear items alone break the cap.
    """
    if not brief.candidates:
        count = len(brief.left_out)
        out = f" ({count} {'is' if count == 1 else 'are'} left out; 'roadcast plan' says why)" if count else ""
        raise PlanError(f"{brief.edition}: nothing to tell; add items to the briefings folder{out}")
    rundown = _best(brief, measure)
    _refuse_too_long(brief, rundown)
    same = _as_before(brief, measure=measure)
    stays = same and _worth(brief, rundown) <= _KEEP * _worth(brief, same)
    return _explained(brief, same if same and stays else rundown, measure)


def _best(brief: Brief, measure: Measure) -> Rundown:
    """Choose from a shortlist, and from longer ones as long as that leaves room and items: recordings cannot be cut."""
    plenty = PLENTY
    while True:
        shortlist = _shortlist(brief, measure, room=plenty * brief.target)
        rundown = _chosen(brief, shortlist, measure)
        if not rundown.short or len(shortlist) == len(brief.candidates):
            return rundown
        plenty *= 2


def _chosen(brief: Brief, shortlist: Sequence[Candidate], measure: Measure) -> Rundown:
    """Choose from a shortlist, in rounds: what is told decides what the frame around it takes."""
    options = [_options(candidate, brief.kept, measure) for candidate in shortlist]
    chosen: list[Segment] = []
    frame = timedelta(seconds=30)
    for _ in range(_ROUNDS):
        before = chosen
        chosen = _choose(brief, shortlist, options, room=brief.aim - LEAD_IN - frame)
        whole = framed(chosen)
        frame = sum((_span(measure(s).seconds) for s in whole if s.role is not Role.ITEM), timedelta()) - _MIDDLE
        if chosen == before:
            break
    return _timed(brief, framed(chosen), measure)


def repair(rundown: Rundown, brief: Brief, *, measure: Measure) -> Rundown:
    """Give the same rundown with true lengths if it still fits, or else a better one of what is known now.

    Raises:
        PlanError: as `plan`.
    """
    same = lay_out(brief, rundown.segments, measure=measure)
    if _fits(brief, same):
        return same
    better = plan(brief, measure=measure)
    nearer = abs(better.length - brief.target) < abs(same.length - brief.target)
    return better if nearer or same.length > _most(brief) else same


def lay_out(brief: Brief, segments: Sequence[Segment], *, measure: Measure) -> Rundown:
    """Give segments their times, with pauses that bring the whole as near to the target as they may."""
    return _explained(brief, _timed(brief, segments, measure), measure)


def _timed(brief: Brief, segments: Sequence[Segment], measure: Measure) -> Rundown:
    lengths = [measure(segment) for segment in segments]
    bare = LEAD_IN + sum((timedelta(seconds=length.seconds) for length in lengths), timedelta())
    pause = _pause(brief.aim - bare, len(segments) - 1)
    entries, start = [], LEAD_IN
    whys = {candidate.item.slug: candidate.why for candidate in brief.candidates}
    for segment, length in zip(segments, lengths, strict=True):
        span = timedelta(seconds=length.seconds)
        why = whys.get(segment.item.slug, "") if segment.item else ""
        entries.append(Entry(segment=segment, start=start, length=span, known=length.known, why=why))
        start += span + pause
    told = {segment.item.slug for segment in segments if segment.item}
    crowded = (
        LeftOut(slug=candidate.item.slug, why=f"no room ({candidate.why})")
        for candidate in brief.candidates
        if candidate.item.slug not in told
    )
    rundown = Rundown(
        edition=brief.edition,
        entries=tuple(entries),
        left_out=(*brief.left_out, *crowded),
        target=brief.target,
        pause=pause,
        lead_in=LEAD_IN,
    )
    return replace(rundown, short=rundown.length < brief.target * (1 - 2 * TOLERANCE))


def _explained(brief: Brief, rundown: Rundown, measure: Measure) -> Rundown:
    """Say of a short rundown which items are too long for the room that it leaves."""
    if not rundown.short:
        return rundown
    room = brief.target - rundown.length - PAUSES[0]
    crowded = {candidate.item.slug: candidate for candidate in brief.candidates}
    left_out = (
        _measured(out, crowded[out.slug], room, measure) if out.slug in crowded else out for out in rundown.left_out
    )
    return replace(rundown, left_out=tuple(left_out))


def _measured(out: LeftOut, candidate: Candidate, room: timedelta, measure: Measure) -> LeftOut:
    least = timedelta(seconds=measure(_segment(candidate, 0)).seconds)
    return replace(out, least=least) if least > room else out


def _as_before(brief: Brief, *, measure: Measure) -> Rundown | None:
    """Tell what the last plan told, if that still fits and there is nothing else to tell than there was then."""
    if brief.before is None:
        return None
    today = {
        (candidate.item.slug, variant.name): (candidate, index)
        for candidate in brief.candidates
        for index, variant in enumerate(variants(candidate.item))
    }
    if not brief.kept <= today.keys():
        return None
    same = _timed(brief, framed(_in_order(brief.show, [today[told] for told in brief.kept])), measure)
    return same if _fits(brief, same) and _reasons(same) == _reasons(brief.before) else None


def _reasons(rundown: Rundown) -> frozenset[tuple[Slug, str]]:
    """List all items that there were, and why each is told or left out."""
    told = [(entry.segment.item.slug, entry.why) for entry in rundown.entries if entry.segment.item]
    return frozenset((*told, *((out.slug, out.why) for out in rundown.left_out)))


def _worth(brief: Brief, rundown: Rundown) -> float:
    worth = {candidate.item.slug: candidate.worth for candidate in brief.candidates}
    return sum(worth[s.item.slug] * share(s.variant, s.item) for s in rundown.segments if s.item and s.variant)


def _fits(brief: Brief, rundown: Rundown) -> bool:
    return brief.target * (1 - TOLERANCE) <= rundown.length <= _most(brief)


def _most(brief: Brief) -> timedelta:
    return min(brief.target * (1 + TOLERANCE), brief.show.cap)


def _shortlist(brief: Brief, measure: Measure, *, room: timedelta) -> tuple[Candidate, ...]:
    """Take the must-hear and the most worthy items, until they would fill the room."""
    for count, candidate in enumerate(brief.candidates):
        if room <= timedelta() and not candidate.item.must_hear:
            return brief.candidates[:count]
        room -= _share_of(brief, candidate, measure)
    return brief.candidates


def _share_of(brief: Brief, candidate: Candidate, measure: Measure) -> timedelta:
    """Tell what an item may take of an edition: its longest variant that is no longer than the whole; else nothing."""
    for index in reversed(range(len(variants(candidate.item)))):
        span = _span(measure(_segment(candidate, index)).seconds)
        if span <= brief.target:
            return span
    return timedelta()


def _span(seconds: float) -> timedelta:
    return timedelta(seconds=seconds) + _MIDDLE


def _pause(room: timedelta, joins: int) -> timedelta:
    return min(max(room / joins, PAUSES[0]), PAUSES[1]) if joins else PAUSES[0]


def _segment(candidate: Candidate, index: int) -> Segment:
    return Segment(
        role=Role.ITEM,
        item=candidate.item,
        variant=variants(candidate.item)[index],
        announcement=candidate.announcement,
    )


def _options(candidate: Candidate, kept: Collection[tuple[Slug, str]], measure: Measure) -> list[Option]:
    options = []
    for index, variant in enumerate(variants(candidate.item)):
        length = measure(_segment(candidate, index))
        stays = length.known or (candidate.item.slug, variant.name) in kept
        worth = candidate.worth * share(variant, candidate.item) * (_KEEP if stays else 1.0)
        options.append(Option(seconds=length.seconds + _MIDDLE.total_seconds(), worth=worth))
    return options


def _choose(
    brief: Brief, shortlist: Sequence[Candidate], options: Sequence[Sequence[Option]], *, room: timedelta
) -> list[Segment]:
    slack = TOLERANCE * brief.target / 2
    low, high = (room - slack).total_seconds(), (room + slack).total_seconds()
    picks = fit(options, required=[c.item.must_hear for c in shortlist], low=low, high=high)
    return _in_order(brief.show, [(c, pick) for c, pick in zip(shortlist, picks, strict=True) if pick is not None])


def _in_order(show: Show, told: Iterable[tuple[Candidate, int]]) -> list[Segment]:
    """Order what is told, each with the index of its variant."""
    return [_segment(candidate, index) for candidate, index in sorted(told, key=lambda t: _place(show, t[0]))]


def _place(show: Show, candidate: Candidate) -> tuple[int, float, str]:
    """Order for a listener who may stop at any minute: must-hear, news by worth, training, and a story to end on."""
    item = candidate.item
    block = 0 if item.must_hear else _BLOCKS[show.kind(item.kind).block]
    return block, -candidate.worth, item.slug


def framed(told: Sequence[Segment], *, roles: Collection[Role] = frozenset(Role)) -> list[Segment]:
    """Put the frame of the programme around its items, or as much of it as `roles` names.

    The opening promises the first items, as its menu, and the first things to do are repeated at the end.
    """
    items = [segment.item for segment in told if segment.item]
    todo = tuple(item for item in items if item.action)[:ACTIONS]
    promised = tuple(items[:MENU]) if Role.MENU in roles else ()
    opens = Role.OPENING if Role.OPENING in roles else Role.MENU
    before = [Segment(role=opens, items=promised)]
    after = [Segment(role=Role.ACTIONS, items=todo)] if todo else []
    whole = [*before, *told, *after, Segment(role=Role.CLOSING)]
    return [segment for segment in whole if segment.role is Role.ITEM or segment.role in roles]


def _refuse_too_long(brief: Brief, rundown: Rundown) -> None:
    cap = brief.show.cap
    if rundown.length <= cap:
        return
    must = ", ".join(c.item.slug for c in brief.candidates if c.item.must_hear)
    minutes = cap.total_seconds() / 60
    raise PlanError(
        f"{brief.edition}: the must-hear items alone break the cap of {minutes:g} minutes: {must}; "
        "take must_hear from some of them, or shorten their briefs"
    )
