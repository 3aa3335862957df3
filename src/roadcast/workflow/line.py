"""The straight line: from a folder of briefings to an episode in a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from roadcast import intake, planning
from roadcast.errors import IntakeError, PlanError
from roadcast.model import ContentItem, Edition, LeftOut, Rundown, Show
from roadcast.planning import Brief, Candidate
from roadcast.workflow import clips, publication, saying
from roadcast.workflow.desk import Desk
from roadcast.workflow.order import Order, Progress
from roadcast.workflow.paper import keep_script, page_of
from roadcast.workflow.report import Report
from roadcast.workflow.standing import digest_of, standing
from roadcast.workflow.studio import Studio

if TYPE_CHECKING:
    from roadcast.workflow.verifying import Hearing


def produce(studio: Studio, order: Order, progress: Progress | None = None) -> Report:
    """Make one edition of a show: plan it, voice it, repair the plan by the truth, publish it.

    Raises:
        RoadcastError: what stands in the way, in words for people; every clip that was finished is kept.
    """
    progress = progress or Progress()
    with studio.alone():
        desk, brief = prepare(studio, order, progress)
        listens = (order.verify or studio.settings.verify.listens) and _able(desk, progress)
        if report := _standing(desk, brief, progress):
            return replace(report, heard=_heard(desk, report.rundown, progress) if listens else None)
        from roadcast.workflow import settling  # all that makes sound, which an edition that stands does without

        rundown, edited = settling.settle(desk, brief, progress)
        keep_script(desk, rundown)
        heard = _heard(desk, rundown, progress) if listens else None
        report = publication.publish(desk, digest_of(desk, brief), rundown, progress, edited)
        studio.phrasebook.keep()
        return replace(report, heard=heard)


def again(studio: Studio, order: Order) -> Report | None:
    """Report an edition as the next build would, if there is nothing for it to make; None otherwise.

    Nothing is planned, voiced or published; the feed is written as in any build, for another episode may be due.

    Raises:
        RoadcastError: as `produce`.
    """
    progress = Progress()
    with studio.alone():
        desk, brief = prepare(studio, order, progress)
        return _standing(desk, brief, progress)


def _standing(desk: Desk, brief: Brief, progress: Progress) -> Report | None:
    page = page_of(desk)
    return standing(desk, digest_of(desk, brief), progress) if page is not None and not page.edited else None


def _able(desk: Desk, progress: Progress) -> bool:
    from roadcast.workflow import verifying  # only who asks for the recogniser loads it

    return verifying.able(desk, progress)


def _heard(desk: Desk, rundown: Rundown, progress: Progress) -> tuple[Hearing, ...]:
    from roadcast.workflow import verifying

    return verifying.verify(desk, rundown, progress)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A script on paper: its path relative to the workspace, and the lines that are an editor's."""

    path: str
    edited: tuple[str, ...]
    warnings: tuple[str, ...]


def write_script(studio: Studio, order: Order, progress: Progress | None = None) -> Written:
    """Plan an edition and write its script, without voicing it; an edited one is checked and left alone.

    Raises:
        FidelityError: if an edited line is not borne out by its source.
    """
    from roadcast.workflow import settling

    progress = progress or Progress()
    with studio.alone():
        desk, brief = prepare(studio, order, progress)
        rundown = settling.plan(desk, brief)
        edited = desk.prove(rundown)
        return Written(path=keep_script(desk, rundown), edited=edited, warnings=tuple(progress.warnings))


def prepare(studio: Studio, order: Order, progress: Progress) -> tuple[Desk, Brief]:
    """Read the briefings and gather what an edition may tell, what it may not, and who speaks.

    Raises:
        IntakeError: if a briefing cannot be read and the order is strict; else it is left out, with a warning.
        PlanError: if more minutes are asked for than the show's cap.
        SettingsError: if the show, an engine or a voice is unknown.
        EngineUnavailable: if no engine is ready.
        ProductionError: if a sound or a recording cannot be read.
    """
    show, edition = studio.show(order.edition.show), order.edition
    target = _target(order, show)
    found = intake.read(studio.briefings, kinds=known_kinds(studio), zone=studio.zone, root=studio.root)
    _tell(found.errors, order, progress)
    candidates, out = _due(studio, show, edition, found.items)
    candidates, faults = saying.sayable(studio, show, candidates, target=target)
    _tell(faults, order, progress)
    recordings = tuple(candidate.item.recording for candidate in candidates if candidate.item.recording)
    desk = Desk(
        studio=studio,
        show=show,
        edition=edition,
        target=target,
        voicing=clips.voicing(studio.settings.engines, show, engine=order.engine),
        sounds=clips.sounds_of(studio, show, recordings),
        recordings=found.recordings,
    )
    before = studio.catalogue.editions.plan_of(edition)
    brief = Brief(
        show=show,
        edition=edition,
        candidates=candidates,
        left_out=out,
        target=target,
        before=before.rundown if before else None,
    )
    return desk, brief


def _target(order: Order, show: Show) -> timedelta:
    """Tell how long an edition is to be, which is no more than the show's cap."""
    target = order.target or show.target
    if target > show.cap:
        asked, cap = (length.total_seconds() / 60 for length in (target, show.cap))
        raise PlanError(
            f"{order.edition}: {asked:g} minutes are more than the show's cap_minutes, {cap:g}; ask for fewer"
        )
    return target


def _due(
    studio: Studio, show: Show, edition: Edition, items: Sequence[ContentItem]
) -> tuple[tuple[Candidate, ...], tuple[LeftOut, ...]]:
    """Part what an edition may tell from what it may not, with the reason: the wrong day, no audience, told already."""
    now = studio.moment(edition).astimezone(studio.zone)
    current, early_or_late = intake.current(items, now=now)
    editions = studio.catalogue.editions
    candidates, out = planning.candidates(
        show,
        current,
        aired=editions.aired(show.id, before=edition.date),
        ordinal=editions.ordinal_of(edition),
        now=now,
    )
    return candidates, (*early_or_late, *out)


def _tell(errors: Sequence[IntakeError], order: Order, progress: Progress) -> None:
    """Say which items are left out for what is wrong with them, or stop at them, if that is the order."""
    if errors and order.strict:
        raise IntakeError("\n".join(str(error) for error in errors))
    progress.warnings += [f"left out: {error}" for error in errors]


def known_kinds(studio: Studio) -> set[str]:
    """Name every kind an item of this workspace may have, whether or not a show tells it."""
    return {kind.name for show in studio.shows for kind in show.kinds} | set(studio.settings.kinds)
