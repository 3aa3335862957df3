"""Make what roadcast build asks for, say what was made, and keep in mind what the next build would say."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.warning import warned
from roadcast.errors import RoadcastError
from roadcast.model import Rundown
from roadcast.workflow import line, memorandum, remembering
from roadcast.workflow.memorandum import Memorandum
from roadcast.workflow.order import Order
from roadcast.workflow.remembering import Draft
from roadcast.workflow.report import Report
from roadcast.workflow.studio import Studio

if TYPE_CHECKING:
    from roadcast.cli.build import Asked

logger = logging.getLogger(__name__)

_NAMED = 3  # items of those that are too long; the table of 'roadcast plan' has all

Clock = Callable[[], dt.datetime]
Producer = Callable[[Studio, Order], Report | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a run has to say.

    Attributes:
        draft: of a memorandum; None where there can be none.
        recordings: that may be heard.
        memorandum: for the next run, if this one found everything made already, and knew all its grounds before.
        failed: why the other editions were not made.
    """

    text: str
    code: int
    draft: Draft | None
    recordings: frozenset[str]
    memorandum: Memorandum | None
    failed: tuple[RoadcastError, ...]


def build(root: Path, asked: Asked, *, remember: str | None, clock: Clock) -> int:
    """Make the episodes, and say so; give the exit code.

    Args:
        root: the workspace.
        asked: the options.
        remember: the name of the memorandum to be kept; None for none.
        clock: gives the present moment, aware UTC.

    Raises:
        RoadcastError: what stood in the way of an edition; the others are made all the same, and said.
    """
    with _complaints() as complaints:
        told = _run(root, asked, clock, lambda studio, order: _produce(studio, order, asked.as_json))
        assert told is not None  # what produces an order either reports it or raises
        click.echo(told.text, nl=False, color=True)
    if told.failed:
        raise _together(told.failed)
    if remember and not complaints:  # a warning on standard error is to be repeated
        known = _known(root, asked, clock, told)
        if known:
            memorandum.keep(root, remember, known)
    return told.code


def _known(root: Path, asked: Asked, clock: Clock, before: _Told) -> Memorandum | None:
    """Find out what the next build would say, without making anything.

    It would be another process: if what this one found outside and keeps has changed meanwhile, nothing is known.
    """
    if before.draft is None:
        return None
    try:
        with _complaints() as complaints:
            told = _run(root, asked, clock, line.again, before)
    except Exception:  # the build is done, and what goes wrong here will be told by the next
        logger.debug("no memorandum", exc_info=True)
        return None
    return told.memorandum if told and not complaints else None


def _run(root: Path, asked: Asked, clock: Clock, produce: Producer, before: _Told | None = None) -> _Told | None:
    """Produce all orders; None if one of them has no report.

    `before` is what the run before this one, in the same process, had to say.

    Raises:
        RoadcastError: if nothing could be made.
    """
    opened = memorandum.first_look(root)
    with open_studio(root, clock=clock) as studio:
        orders = _orders(studio, asked)
        dated = asked.date is not None
        outside = before.draft.outside if before and before.draft else ""
        recordings = before.recordings if before else None
        draft = remembering.draft(studio, orders, opened=opened, dated=dated, recordings=recordings, outside=outside)
        found, failed = _tried(studio, orders, produce)
        reports = [report for report in found if report]
        if len(reports) < len(found):
            return None
        if not reports:
            raise _together(failed)
        text = _as_json(reports) if asked.as_json else _said(studio, reports)
    code = max(report.exit_code for report in reports)
    heard = frozenset(recording for report in reports for recording in report.recordings)
    stood = heard == recordings and not failed and all(report.stood for report in reports)
    known = draft.finished(text, code) if draft and stood else None
    return _Told(text=text, code=code, draft=draft, recordings=heard, memorandum=known, failed=tuple(failed))


def _tried(
    studio: Studio, orders: Sequence[Order], produce: Producer
) -> tuple[list[Report | None], list[RoadcastError]]:
    """Produce one order after another; what stands in the way of one is none of the next one's business."""
    found: list[Report | None] = []
    failed: list[RoadcastError] = []
    for order in orders:
        try:
            found.append(produce(studio, order))
        except RoadcastError as error:
            failed.append(error)
    return found, failed


def _together(failed: Sequence[RoadcastError]) -> RoadcastError:
    """Give one error that says all that went wrong, each once; the first one's exit code is its own."""
    first, *others = failed
    return type(first)("\n".join(dict.fromkeys(map(str, failed)))) if others else first


class _Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.found: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record)


@contextmanager
def _complaints() -> Iterator[list[logging.LogRecord]]:
    """Gather what is logged as a warning or worse."""
    listener = _Listener(logging.WARNING)
    logging.getLogger().addHandler(listener)
    try:
        yield listener.found
    finally:
        logging.getLogger().removeHandler(listener)


def _orders(studio: Studio, asked: Asked) -> list[Order]:
    studio.need_shows()
    wanted = [studio.show(name).id for name in asked.shows] or [show.id for show in studio.shows]
    target = dt.timedelta(minutes=asked.minutes) if asked.minutes else None
    return [
        Order(
            edition=studio.edition(show, asked.date),
            target=target,
            engine=asked.engine,
            strict=asked.strict,
            verify=asked.verify,
        )
        for show in wanted
    ]


def _produce(studio: Studio, order: Order, quiet: bool) -> Report:
    with warned() as progress:
        if quiet or not sys.stderr.isatty():
            return line.produce(studio, order, progress)
        from roadcast.cli.bars import watched  # who looks at nothing need not wait for rich

        with watched(order.edition, progress):
            return line.produce(studio, order, progress)


def _as_json(reports: Sequence[Report]) -> str:
    made = {"episodes": [report.as_json() for report in reports], "feed": reports[0].feed}
    return json_text(made) + "\n"


def _said(studio: Studio, reports: Sequence[Report]) -> str:
    from rich.console import Console

    from roadcast.cli.tables import rundown_table

    console, said = Console(file=sys.stdout), []
    for report in reports:
        with console.capture() as table:
            console.print(rundown_table(report.rundown, f"{report.episode.title}", _missing(report)))
        said += [table.get(), *(f"{text}\n" for text in _lines(studio, report))]
    return "".join(said)


def _lines(studio: Studio, report: Report) -> Iterator[str]:
    episode, plan = report.episode, report.rundown
    seconds, target = episode.seconds, plan.target.total_seconds()
    yield (
        f"{_clock(seconds)} of {_clock(target)} asked for; "
        f"{report.loudness:.1f} LUFS, peak {report.true_peak:.1f} dBTP, "
        f"segments within {report.spread:.1f} LU, range {report.loudness_range:.1f} LU"
    )
    voices = zip(studio.show(plan.edition.show).presenters, report.voices, strict=True)
    yield (
        f"{report.rendered} clips voiced, {report.reused} reused, {_times(report.retries)} asked again; "
        + ", ".join(f"{presenter.name}: {voice}" for presenter, voice in voices)
    )
    yield from (f"edited: {text}" for text in report.edited)
    yield from (f"warning: {text}" for text in report.warnings)
    if plan.short:
        yield f"short: the pool holds {_clock(seconds)}{_short(plan)}"
    if episode.published > studio.clock():
        yield f"scheduled: it appears in the feed on {episode.published.astimezone(studio.zone):%Y-%m-%d at %H:%M}"
    yield f"episode: {report.file}\nfeed:    {report.feed}"


def _short(plan: Rundown) -> str:
    """Name the items that are too long for a short edition, and say what to do."""
    long = [f"{out.slug} (at least {_clock(out.least.total_seconds())})" for out in plan.left_out if out.least]
    if not long:
        return "; add items, or ask for fewer minutes"
    more = f" and {len(long) - _NAMED} more" if len(long) > _NAMED else ""
    named = ", ".join(long[:_NAMED]) + more
    return f", with no room for {named}; shorten what is too long, ask for more minutes, or add items"


def _missing(report: Report) -> dict[str, str] | None:
    """Write for each segment how many of its words nobody heard, if somebody has listened."""
    if report.heard is None:
        return None
    return {h.segment: f"{len(h.heard.missing)} of {h.heard.asked}" for h in report.heard}


def _times(count: int) -> str:
    return "never" if not count else "once" if count == 1 else f"{count} times"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{minutes:.0f}:{rest:04.1f}"
