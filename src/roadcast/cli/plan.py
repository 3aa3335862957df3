"""roadcast plan: show the rundown of an edition."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from roadcast.bootstrap import open_studio
from roadcast.cli.options import date_option, json_option, workspace_option
from roadcast.cli.tables import rundown_table
from roadcast.model import Entry, Rundown
from roadcast.workflow import line, settling


@click.command()
@click.argument("show")
@date_option
@click.option("--minutes", type=click.FloatRange(1, 20), help="Length, instead of the show's own.")
@click.option("--engine", default="", help="One engine for all presenters, instead of their own.")
@json_option
@workspace_option
def command(
    workspace: Path, show: str, date: dt.date | None, minutes: float | None, engine: str, as_json: bool
) -> None:
    """Show the rundown of an edition: what is in and why, what is left out and why. Makes nothing."""
    with open_studio(workspace) as studio:
        target = dt.timedelta(minutes=minutes) if minutes else None
        order = line.Order(edition=studio.edition(studio.show(show).id, date), target=target, engine=engine)
        progress = line.Progress()
        rundown = settling.plan(*line.prepare(studio, order, progress))
    if as_json:
        click.echo(json.dumps(_as_json(rundown, progress.warnings), ensure_ascii=False, indent=2))
        return
    Console(file=sys.stdout).print(rundown_table(rundown, str(rundown.edition)))
    length, target_seconds = rundown.length.total_seconds(), rundown.target.total_seconds()
    click.echo(f"{length:.1f} s of {target_seconds:.0f} s" + ("; the pool is too small" if rundown.short else ""))
    for out in rundown.left_out:
        click.echo(f"left out: {out.slug}: {out.why}")
    for warning in progress.warnings:
        click.echo(f"warning: {warning}")


def _as_json(rundown: Rundown, warnings: list[str]) -> dict[str, Any]:
    return {
        "show": rundown.edition.show,
        "edition": rundown.edition.date.isoformat(),
        "target_seconds": rundown.target.total_seconds(),
        "seconds": round(rundown.length.total_seconds(), 3),
        "pause_seconds": round(rundown.pause.total_seconds(), 3),
        "short": rundown.short,
        "entries": [_entry(entry) for entry in rundown.entries],
        "left_out": [{"slug": out.slug, "why": out.why} for out in rundown.left_out],
        "warnings": warnings,
    }


def _entry(entry: Entry) -> dict[str, Any]:
    segment, seconds = entry.segment, round(entry.length.total_seconds(), 3)
    return {
        "segment": segment.name,
        "role": segment.role.value,
        "kind": segment.item.kind if segment.item else None,
        "variant": segment.variant.name if segment.variant else None,
        "announcement": segment.announcement.value,
        "start_seconds": round(entry.start.total_seconds(), 3),
        "predicted_seconds": None if entry.known else seconds,
        "true_seconds": seconds if entry.known else None,
        "why": entry.why,
    }
