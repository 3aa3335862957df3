"""The straight line: from a folder of briefings to an episode in a feed."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from roadcast import __version__, codec, intake, planning, scripting
from roadcast.errors import IntakeError, ScriptError
from roadcast.model import Edition, Role, Rundown, Script, Segment, Slug, Spoken
from roadcast.planning import Brief
from roadcast.store import write
from roadcast.workflow import clips, making, publication, verifying
from roadcast.workflow.desk import Desk, confidentiality, reading_of, strictest
from roadcast.workflow.report import Report
from roadcast.workflow.standing import standing
from roadcast.workflow.studio import Studio

logger = logging.getLogger(__name__)

ROUNDS = 6
"""How often a plan may be repaired: each round voices only what is new, and two are the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: an edition, and how it may differ from the show's settings.

    Attributes:
        target: the length, instead of the show's.
        engine: speaks for all presenters, instead of theirs.
        strict: whether one unreadable briefing stops everything.
        verify: whether a recogniser listens to the finished clips, whatever the settings say.
    """

    edition: Edition
    target: timedelta | None = None
    engine: str = ""
    strict: bool = False
    verify: bool = False


@dataclass(slots=True, kw_only=True)
class Progress:
    """Listens to a build; the command line draws it.

    Attributes:
        planned: called with the number of clips to be made, before they are.
        done: called with each script whose clip was made.
        listening: called with the number of clips to be listened to; heard: after each of them.
        warnings: gathers what people should know.
    """

    planned: Callable[[int], None] = lambda _count: None
    done: Callable[[Script], None] = lambda _script: None
    listening: Callable[[int], None] = lambda _count: None
    heard: Callable[[], None] = lambda: None
    warnings: list[str] = field(default_factory=list)
    rendered: int = 0


def produce(studio: Studio, order: Order, progress: Progress | None = None) -> Report:
    """Make one edition of a show: plan it, voice it, repair the plan by the truth, publish it.

    Raises:
        RoadcastError: what stands in the way, in words for people; every clip that was finished is kept.
    """
    progress = progress or Progress()
    with studio.alone():
        desk, brief = prepare(studio, order, progress)
        listens = verifying.able(desk, progress) if order.verify or studio.settings.verify.listens else False
        page = _page(desk)
        if page is not None and not page.edited and (report := standing(desk, brief_digest(desk, brief), progress)):
            return replace(report, heard=verifying.verify(desk, report.rundown, progress) if listens else None)
        rundown, edited = _settled(desk, brief, progress)
        keep_script(desk, rundown)
        heard = verifying.verify(desk, rundown, progress) if listens else None
        return replace(publication.publish(desk, brief_digest(desk, brief), rundown, progress, edited), heard=heard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A script on paper: its path relative to the workspace, and the lines that are an editor's."""

    path: str
    edited: tuple[str, ...]
    warnings: tuple[str, ...]


def write_script(studio: Studio, order: Order) -> Written:
    """Plan an edition and write its script, without voicing it; an edited one is checked and left alone.

    Raises:
        FidelityError: if an edited line is not borne out by its source.
    """
    progress = Progress()
    with studio.alone():
        desk, brief = prepare(studio, order, progress)
        rundown = plan(desk, brief)
        edited = desk.prove(rundown)
        return Written(path=keep_script(desk, rundown), edited=edited, warnings=tuple(progress.warnings))


def prepare(studio: Studio, order: Order, progress: Progress) -> tuple[Desk, Brief]:
    """Read the briefings and gather what an edition may tell, what it may not, and who speaks."""
    show, edition = studio.show(order.edition.show), order.edition
    found = intake.read(studio.briefings, kinds=known_kinds(studio), zone=studio.zone, root=studio.root)
    if found.errors and order.strict:
        raise IntakeError("\n".join(str(error) for error in found.errors))
    progress.warnings += [f"left out: {error}" for error in found.errors]
    now = studio.moment(edition)
    items, early_or_late = intake.current(found.items, now=now)
    editions = studio.catalogue.editions
    candidates, out = planning.candidates(
        show,
        items,
        aired=editions.aired(show.id, before=edition.date),
        ordinal=editions.ordinal_of(edition),
        now=now,
    )
    target = order.target or show.target
    voicing = clips.voicing(studio, show, engine=order.engine)
    recordings = [candidate.item.recording for candidate in candidates if candidate.item.recording]
    sounds = clips.sounds_of(studio, show, recordings)
    desk = Desk(studio=studio, show=show, edition=edition, target=target, voicing=voicing, sounds=sounds)
    left_out = (*early_or_late, *out)
    brief = Brief(
        show=show, edition=edition, candidates=candidates, left_out=left_out, target=target, kept=_told(studio, edition)
    )
    return desk, brief


def _told(studio: Studio, edition: Edition) -> frozenset[tuple[Slug, str]]:
    """Name what an edition tells so far, and how fully."""
    kept = studio.catalogue.editions.plan_of(edition)
    segments = scripting.segments(kept[1]) if kept else ()
    return frozenset((s.item.slug, s.variant.name) for s in segments if s.item and s.variant)


def plan(desk: Desk, brief: Brief) -> Rundown:
    """Give the rundown of an edition: the edited script's, the one it was built from, or a new one."""
    page = _page(desk)
    if page is not None and page.edited:
        return _as_edited(desk, brief, page)
    kept = _kept(desk, brief)
    if kept is not None:
        return planning.lay_out(brief, scripting.segments(kept), measure=desk.measure)
    return planning.plan(brief, measure=desk.measure)


def brief_digest(desk: Desk, brief: Brief) -> str:
    """Identify everything that a plan is made from, so that an unchanged edition is not planned anew."""
    parts = [desk.voicing.part(index) for index in range(len(brief.show.presenters))]
    made_of = [
        __version__,
        codec.dump(replace(brief, left_out=(), kept=frozenset())),
        codec.dump(desk.studio.lexicon),
        codec.dump(reading_of(desk.studio)),
        str(desk.studio.format),
        str(making.PRODUCTION),
        *(f"{part} {part.narrator.version} {part.rate}" for part in parts),
        *(f"{name} {digest}" for name, digest in sorted(desk.sounds.items())),
        *desk.studio.templates.digests(),
    ]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


def keep_script(desk: Desk, rundown: Rundown) -> str:
    """Write an edition's script for people, unless they have edited it; give its path relative to the workspace."""
    page = _page(desk)
    path = _script_path(desk)
    if page is None or not page.edited:
        segments = scripting.segments(rundown)
        text = scripting.write_page(desk.edition, segments, [desk.script(segment) for segment in segments])
        write(desk.studio.root / path, text.encode())
    return path


def _settled(desk: Desk, brief: Brief, progress: Progress) -> tuple[Rundown, tuple[str, ...]]:
    """Prove and voice a plan and repair it by the true lengths, until it stands; give it and its edited lines."""
    page = _page(desk)
    fixed = page is not None and page.edited
    if not fixed and (kept := _kept(desk, brief)) is not None:
        _voice(desk, kept, progress)  # proven when it was published, from the very same inputs
        return planning.lay_out(brief, scripting.segments(kept), measure=desk.measure), ()
    rundown = plan(desk, brief)
    for _ in range(ROUNDS):
        edited = desk.prove(rundown)
        _voice(desk, rundown, progress)
        better = (
            planning.lay_out(brief, scripting.segments(rundown), measure=desk.measure)
            if fixed
            else planning.repair(rundown, brief, measure=desk.measure)
        )
        if scripting.segments(better) == scripting.segments(rundown):
            return better, edited
        logger.info("plan: %s repaired, %.1f s", desk.edition, better.length.total_seconds())
        rundown = better
    edited = desk.prove(rundown)
    _voice(desk, rundown, progress)
    return planning.lay_out(brief, scripting.segments(rundown), measure=desk.measure), edited


def _kept(desk: Desk, brief: Brief) -> Rundown | None:
    """Find the rundown that this edition was published from, if it was from the very same inputs."""
    kept = desk.studio.catalogue.editions.plan_of(desk.edition)
    if kept is None:
        return None
    then = replace(
        desk, _scripts={}
    )  # its items may have been edited since: their old words stay on a desk of their own
    then.voicing = _confined(then, kept[1])
    return kept[1] if kept[0] == brief_digest(then, brief) else None


def _confined(desk: Desk, rundown: Rundown) -> clips.Voicing:
    """Let each presenter be spoken by an engine that may be given all of what that presenter says."""
    if not any(part.narrator.limits.online for chain in desk.voicing.cast.chains for part in chain):
        return desk.voicing
    said = [
        (passage.presenter, confidentiality(segment))
        for segment in scripting.segments(rundown)
        for passage in desk.script(segment).passages
    ]
    secrets = {presenter: strictest(secret for who, secret in said if who == presenter) for presenter, _ in said}
    return desk.voicing.confined(secrets, online=desk.studio.settings.engines.online)


def _voice(desk: Desk, rundown: Rundown, progress: Progress) -> None:
    """Make the clips that a rundown lacks; where an engine fails, the next one speaks the whole presenter."""
    _change(
        desk,
        _confined(desk, rundown),
        "it sends words out, and only public ones may go, where [engines] online allows it",
        progress,
    )
    while True:
        missing = {
            desk.key(script): (script, confidentiality(segment))
            for segment in scripting.segments(rundown)
            if desk.clip(script := desk.script(segment)) is None
        }
        if not missing:
            return
        progress.planned(len(missing))
        wanted = [(key, script, secret) for key, (script, secret) in missing.items()]
        refused = clips.render(desk.studio, desk.show, wanted, desk.voicing, progress.done)
        progress.rendered += len(wanted) - len(refused)
        desk.learn([script for _, script, _ in wanted])
        if not refused:
            return
        _step_in(desk, refused, progress)


def _step_in(desk: Desk, refused: Sequence[tuple[Script, Exception]], progress: Progress) -> None:
    script, error = refused[0]
    presenters = sorted({passage.presenter for passage in script.passages})
    after = desk.voicing.next(presenters)
    if after is None:
        raise error
    _change(desk, after, str(error), progress)


def _change(desk: Desk, after: clips.Voicing, why: str, progress: Progress) -> None:
    """Let others speak, and say so."""
    for presenter, known in enumerate(desk.show.presenters):
        if (now := after.part(presenter)) != (before := desk.voicing.part(presenter)):
            progress.warnings.append(f"{known.name} is spoken by {now} instead of {before}: {why}")
    desk.voicing = after


def known_kinds(studio: Studio) -> set[str]:
    """Name every kind an item of this workspace may have, whether or not a show tells it."""
    return {kind.name for show in studio.shows for kind in show.kinds} | set(studio.settings.kinds)


def _script_path(desk: Desk) -> str:
    return f"scripts/{desk.edition.show}/{desk.edition.date.isoformat()}/script.txt"


def _page(desk: Desk) -> scripting.Page | None:
    path = _script_path(desk)
    try:
        text = (desk.studio.root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return scripting.read_page(text, path=path)


def _as_edited(desk: Desk, brief: Brief, page: scripting.Page) -> Rundown:
    """Make the rundown that an edited script calls for."""
    known = {str(candidate.item.slug): candidate for candidate in brief.candidates}
    told: list[Segment] = []
    for name, variant, announcement in page.headings:
        if not variant:
            continue
        if name not in known:
            raise ScriptError(f"{page.path}: '{name}' may not be told today; take its segment out")
        found = [v for v in planning.variants(known[name].item) if v.name == variant]
        if not found:
            raise ScriptError(f"{page.path}: '{name}' has no variant '{variant}'")
        told.append(Segment(role=Role.ITEM, item=known[name].item, variant=found[0], announcement=announcement))
    segments = planning.framed(told, roles=_frame(page))
    slugs = {candidate.item.place.path: candidate.item.slug for candidate in brief.candidates}

    def speak(text: str, name: str) -> Spoken:
        kind = known[name].item.kind if name in known else name
        return desk.say(text, frozenset({str(desk.show.id), kind}))

    written = [desk.script(segment) for segment in segments]
    for segment, script in zip(segments, scripting.take_edits(page, written, slugs=slugs, speak=speak), strict=True):
        desk.replace(segment, script)
    return planning.lay_out(brief, segments, measure=desk.measure)


def _frame(page: scripting.Page) -> set[Role]:
    """Tell which parts of the programme's frame an edited script has."""
    names = {name for name, variant, _ in page.headings if not variant}
    if unknown := sorted(names - (set(Role) - {Role.ITEM})):
        raise ScriptError(
            f"{page.path}: '{unknown[0]}' is no part of the frame; write '== {unknown[0]} (full, new): …'"
        )
    return {Role(name) for name in names}
