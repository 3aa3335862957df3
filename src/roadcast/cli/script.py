"""roadcast script: write an edition's script for people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.options import date_option, minutes_option, workspace_option
from roadcast.cli.warning import warned
from roadcast.workflow import line
from roadcast.workflow.order import Order


@click.command()
@click.argument("show", default="")
@date_option
@minutes_option
@workspace_option
def command(workspace: Path, show: str, date: dt.date | None, minutes: float | None) -> None:
    """Write an edition's script into the scripts folder, to be read and edited before it is voiced.

    SHOW may be left out where there is one.
    """
    with open_studio(workspace) as studio:
        target = dt.timedelta(minutes=minutes) if minutes else None
        order = Order(edition=studio.edition(studio.show(show).id, date), target=target)
        with warned() as progress:
            written = line.write_script(studio, order, progress)
    click.echo(written.path)
    for text in written.edited:
        click.echo(f"edited: {text}")
    for warning in written.warnings:
        click.echo(f"warning: {warning}")
