"""Settle an edition: plan it, voice it, and repair the plan by the true lengths, until it stands."""

from __future__ import annotations

import logging

from roadcast import planning, scripting
from roadcast.errors import PlanError, ScriptError
from roadcast.hint import ask, nearest
from roadcast.model import Role, Rundown, Segment, Spoken
from roadcast.planning import Brief
from roadcast.workflow.clips import paced
from roadcast.workflow.desk import Desk
from roadcast.workflow.order import Progress
from roadcast.workflow.paper import page_of
from roadcast.workflow.session import confined, voice
from roadcast.workflow.standing import digest_of

logger = logging.getLogger(__name__)

ROUNDS = 6
"""How often a plan may be repaired: each round voices only what is new, and two are the rule."""


def plan(desk: Desk, brief: Brief) -> Rundown:
    """Give the rundown of an edition: the edited script's, the one it was built from, or a new one."""
    page = page_of(desk)
    if page is not None and page.edited:
        return _as_edited(desk, brief, page)
    kept = _kept(desk, brief)
    if kept is not None:
        return planning.lay_out(brief, kept.segments, measure=desk.measure)
    return planning.plan(brief, measure=desk.measure)


def settle(desk: Desk, brief: Brief, progress: Progress) -> tuple[Rundown, tuple[str, ...]]:
    """Prove and voice a plan and repair it by the true lengths, until it stands; give it and its edited lines.

    Raises:
        PlanError: if the cap would be broken: by the must-hear items alone, or by a script as it was edited.
    """
    desk.voicing = paced(desk.studio, desk.voicing)
    page = page_of(desk)
    if page is not None and page.edited:
        return _voiced(desk, brief, plan(desk, brief), progress)
    if (kept := _kept(desk, brief)) is not None:
        voice(desk, kept, progress)  # proven when it was published, from the very same inputs
        same = planning.lay_out(brief, kept.segments, measure=desk.measure)
        if same.length <= brief.show.cap:
            return same, ()
    rundown = planning.plan(brief, measure=desk.measure)
    for _ in range(ROUNDS):
        edited = desk.prove(rundown)
        voice(desk, rundown, progress)
        better = planning.repair(rundown, brief, measure=desk.measure)
        if better.segments == rundown.segments:
            return better, edited
        logger.info("plan: %s repaired, %.1f s", desk.edition, better.length.total_seconds())
        rundown = better
    return _voiced(desk, brief, rundown, progress)


def _voiced(desk: Desk, brief: Brief, rundown: Rundown, progress: Progress) -> tuple[Rundown, tuple[str, ...]]:
    edited = desk.prove(rundown)
    voice(desk, rundown, progress)
    true = planning.lay_out(brief, rundown.segments, measure=desk.measure)
    if true.length > brief.show.cap:
        minutes, cap = (length.total_seconds() / 60 for length in (true.length, brief.show.cap))
        raise PlanError(
            f"{desk.edition}: {minutes:.1f} minutes, and the cap is {cap:g}; take something out of its script"
        )
    return true, edited


def _kept(desk: Desk, brief: Brief) -> Rundown | None:
    """Find the rundown that this edition was published from, if it was from the very same inputs."""
    kept = desk.studio.catalogue.editions.plan_of(desk.edition)
    if kept is None:
        return None
    then = desk.cleared()  # its items may have been edited since: their old words stay on a desk of their own
    then.voicing = confined(then, kept.rundown)
    return kept.rundown if kept.digest == digest_of(then, brief) else None


def _as_edited(desk: Desk, brief: Brief, page: scripting.Page) -> Rundown:
    """Make the rundown that an edited script calls for."""
    known = {str(candidate.item.slug): candidate for candidate in brief.candidates}
    told: list[Segment] = []
    for heading in page.headings:
        name, variant = heading.name, heading.variant
        if not variant:
            continue
        if name not in known:
            raise ScriptError(f"{page.path}:{heading.line}: {_why_not(brief, name)}")
        found = [v for v in planning.variants(known[name].item) if v.name == variant]
        if not found:
            raise ScriptError(f"{page.path}:{heading.line}: '{name}' has no variant '{variant}'")
        told.append(Segment(role=Role.ITEM, item=known[name].item, variant=found[0], announcement=heading.announcement))
    segments = planning.framed(told, roles=_frame(page))
    slugs = {candidate.item.place.path: candidate.item.slug for candidate in brief.candidates}

    def speak(text: str, name: str) -> Spoken:
        kind = known[name].item.kind if name in known else name
        return desk.say(text, frozenset({str(desk.show.id), kind}))

    written = [desk.script(segment) for segment in segments]
    for segment, script in zip(segments, scripting.take_edits(page, written, slugs=slugs, speak=speak), strict=True):
        for passage in script.passages:
            if passage.presenter >= len(desk.show.presenters):
                raise ScriptError(
                    f"{passage.place}: there is no presenter {passage.presenter + 1}; "
                    f"the show's are 1 to {len(desk.show.presenters)}"
                )
        desk.take(segment, script)
    return planning.lay_out(brief, segments, measure=desk.measure)


def _why_not(brief: Brief, name: str) -> str:
    """Say why no item of this name is told: it may not be today, or there is none."""
    out = {str(out.slug): out.why for out in brief.left_out}
    if name in out:
        return f"'{name}' may not be told today ({out[name]}); take its segment out"
    known = [*(str(candidate.item.slug) for candidate in brief.candidates), *out]
    meant = ask([f"'{near}'" for near in nearest(name, known)], otherwise="take its segment out")
    return f"there is no item '{name}' to tell; {meant}"


def _frame(page: scripting.Page) -> set[Role]:
    """Tell which parts of the programme's frame an edited script has."""
    names = {heading.name for heading in page.headings if not heading.variant}
    if unknown := sorted(names - (set(Role) - {Role.ITEM})):
        raise ScriptError(
            f"{page.path}: '{unknown[0]}' is no part of the frame; write '== {unknown[0]} (full, new): …'"
        )
    return {Role(name) for name in names}
