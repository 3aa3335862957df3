"""roadcast build: make episodes."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.options import date_option, json_option, workspace_option
from roadcast.errors import SettingsError
from roadcast.workflow import line
from roadcast.workflow.report import Report
from roadcast.workflow.studio import Studio


@click.command()
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@date_option
@click.option("--minutes", type=click.FloatRange(1, 20), help="Length, instead of the show's own.")
@click.option("--engine", default="", help="One engine for all presenters, instead of their own.")
@click.option("--strict", is_flag=True, help="Stop at the first briefing that cannot be read.")
@click.option("--verify", is_flag=True, help="Have a speech recogniser listen to every segment ([verify] extra).")
@json_option
@workspace_option
def command(
    workspace: Path,
    shows: tuple[str, ...],
    date: dt.date | None,
    minutes: float | None,
    engine: str,
    strict: bool,
    verify: bool,
    as_json: bool,
) -> int:
    """Make today's episode of every show, and its feed.

    What is there already is not made again. Exit code 20: published, but the pool was too small for the length.
    """
    with open_studio(workspace) as studio:
        wanted = [studio.show(name).id for name in shows] or [show.id for show in studio.shows]
        if not wanted:
            raise SettingsError(f"{workspace}/roadcast.toml: no shows; add a table [shows.NAME]")
        target = dt.timedelta(minutes=minutes) if minutes else None
        orders = [
            line.Order(edition=studio.edition(show, date), target=target, engine=engine, strict=strict, verify=verify)
            for show in wanted
        ]
        reports = [_produce(studio, order, as_json) for order in orders]
        if as_json:
            made = {"episodes": [report.as_json() for report in reports], "feed": reports[0].feed}
            click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        else:
            _say(studio, reports)
    return max(report.exit_code for report in reports)


def _produce(studio: Studio, order: line.Order, quiet: bool) -> Report:
    if quiet or not sys.stderr.isatty():
        return line.produce(studio, order)
    from roadcast.cli.bars import watched  # who looks at nothing need not wait for rich

    with watched(order.edition) as progress:
        return line.produce(studio, order, progress)


def _say(studio: Studio, reports: list[Report]) -> None:
    from rich.console import Console

    from roadcast.cli.tables import rundown_table

    console = Console(file=sys.stdout)
    for report in reports:
        episode, plan = report.episode, report.rundown
        console.print(rundown_table(plan, f"{episode.title}", _missing(report)))
        seconds, target = episode.seconds, plan.target.total_seconds()
        click.echo(
            f"{_clock(seconds)} of {_clock(target)} asked for; "
            f"{report.loudness:.1f} LUFS, peak {report.true_peak:.1f} dBTP, "
            f"segments within {report.spread:.1f} LU"
        )
        voices = zip(studio.show(plan.edition.show).presenters, report.voices, strict=True)
        click.echo(
            f"{report.rendered} clips voiced, {report.reused} reused, {_times(report.retries)} asked again; "
            + ", ".join(f"{presenter.name}: {voice}" for presenter, voice in voices)
        )
        for text in report.edited:
            click.echo(f"edited: {text}")
        for text in report.warnings:
            click.echo(f"warning: {text}")
        if plan.short:
            click.echo(f"short: the pool holds {_clock(seconds)}; add items, or ask for fewer minutes")
        if episode.published > studio.clock():
            click.echo(
                f"scheduled: it appears in the feed on {episode.published.astimezone(studio.zone):%Y-%m-%d at %H:%M}"
            )
        click.echo(f"episode: {report.file}\nfeed:    {report.feed}")


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
