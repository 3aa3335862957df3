"""roadcast build: make episodes."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from roadcast.bootstrap import open_studio
from roadcast.cli.options import date_option, json_option, workspace_option
from roadcast.cli.tables import rundown_table
from roadcast.errors import SettingsError
from roadcast.model import Script
from roadcast.workflow import line
from roadcast.workflow.report import Report
from roadcast.workflow.studio import Studio


@click.command()
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@date_option
@click.option("--minutes", type=click.FloatRange(1, 20), help="Length, instead of the show's own.")
@click.option("--engine", default="", help="One engine for all presenters, instead of their own.")
@click.option("--strict", is_flag=True, help="Stop at the first briefing that cannot be read.")
@json_option
@workspace_option
def command(
    workspace: Path,
    shows: tuple[str, ...],
    date: dt.date | None,
    minutes: float | None,
    engine: str,
    strict: bool,
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
        reports = [
            _produce(
                studio,
                line.Order(edition=studio.edition(show, date), target=target, engine=engine, strict=strict),
                as_json,
            )
            for show in wanted
        ]
        if as_json:
            made = {"episodes": [report.as_json() for report in reports], "feed": reports[0].feed}
            click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        else:
            _say(studio, reports)
    return max(report.exit_code for report in reports)


def _produce(studio: Studio, order: line.Order, quiet: bool) -> Report:
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=quiet or not console.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task(f"voicing {order.edition}", total=None)

        def planned(count: int) -> None:
            bar.update(task, total=(bar.tasks[0].completed + count))

        def done(_script: Script) -> None:
            bar.advance(task)

        return line.produce(studio, order, line.Progress(planned=planned, done=done))


def _say(studio: Studio, reports: list[Report]) -> None:
    console = Console(file=sys.stdout)
    for report in reports:
        episode, plan = report.episode, report.rundown
        console.print(rundown_table(plan, f"{episode.title}"))
        seconds, target = episode.seconds, plan.target.total_seconds()
        click.echo(
            f"{_clock(seconds)} of {_clock(target)} asked for; "
            f"{report.loudness:.1f} LUFS, peak {report.true_peak:.1f} dBTP, "
            f"segments within {report.spread:.1f} LU"
        )
        click.echo(f"{report.rendered} clips voiced, {report.reused} reused; voices: {', '.join(report.voices)}")
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


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds, 1), 60)
    return f"{minutes:.0f}:{rest:04.1f}"
