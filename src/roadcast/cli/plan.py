"""roadcast plan: show the rundown of an edition."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import date_option, json_option, minutes_option, workspace_option
from roadcast.cli.tables import rundown_table
from roadcast.cli.warning import warned
from roadcast.errors import PlanError
from roadcast.model import Entry, LeftOut, Rundown
from roadcast.workflow import line, settling
from roadcast.workflow.order import Order
from roadcast.workflow.report import overrun


@click.command()
@click.argument("show", default="")
@date_option
@minutes_option
@click.option("--engine", default="", help="One engine for all presenters, instead of their own.")
@json_option
@workspace_option
def command(
    workspace: Path, show: str, date: dt.date | None, minutes: float | None, engine: str, as_json: bool
) -> None:
    """Show the rundown of an edition: what is in and why, what is left out and why. Makes nothing.

    SHOW may be left out where there is one.
    """
    with open_studio(workspace) as studio:
        target = dt.timedelta(minutes=minutes) if minutes else None
        order = Order(edition=studio.edition(studio.show(show).id, date), target=target, engine=engine)
        with warned() as progress:
            desk, brief = line.prepare(studio, order, progress)
            try:
                rundown = settling.plan(desk, brief)
            except PlanError:
                _leave_out(brief.left_out, err=True)
                raise
        predicted = [desk.predict(desk.script(segment)) for segment in rundown.segments]
    warnings = [*progress.warnings, *overrun(rundown)]
    if as_json:
        click.echo(json_text(_as_json(rundown, predicted, warnings)))
        return
    Console(file=sys.stdout).print(rundown_table(rundown, str(rundown.edition), predicted=predicted))
    length, target_seconds = rundown.length.total_seconds(), rundown.target.total_seconds()
    click.echo(f"{length:.1f} s of {target_seconds:.0f} s" + ("; the pool is too small" if rundown.short else ""))
    _leave_out(rundown.left_out)
    for warning in warnings:
        click.echo(f"warning: {warning}")


def _leave_out(items: Iterable[LeftOut], *, err: bool = False) -> None:
    for out in items:
        least = f"; it takes at least {out.least.total_seconds():.0f} s" if out.least else ""
        click.echo(f"left out: {out.slug}: {out.why}{least}", err=err)


def _as_json(rundown: Rundown, predicted: list[float], warnings: list[str]) -> dict[str, Any]:
    return {
        "show": rundown.edition.show,
        "edition": rundown.edition.date.isoformat(),
        "target_seconds": rundown.target.total_seconds(),
        "seconds": round(rundown.length.total_seconds(), 3),
        "pause_seconds": round(rundown.pause.total_seconds(), 3),
        "short": rundown.short,
        "entries": [_entry(*told) for told in zip(rundown.entries, predicted, strict=True)],
        "left_out": [{"slug": out.slug, "why": out.why} for out in rundown.left_out],
        "warnings": warnings,
    }


def _entry(entry: Entry, predicted: float) -> dict[str, Any]:
    segment = entry.segment
    return {
        "segment": segment.name,
        "role": segment.role.value,
        "kind": segment.item.kind if segment.item else None,
        "variant": segment.variant.name if segment.variant else None,
        "announcement": segment.announcement.value,
        "start_seconds": round(entry.start.total_seconds(), 3),
        "predicted_seconds": round(predicted, 3),
        "true_seconds": round(entry.length.total_seconds(), 3) if entry.known else None,
        "why": entry.why,
    }
