"""roadcast init: make a workspace."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from roadcast.workflow import beginning


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--title", default="Road Briefing", show_default=True, help="Title of the first show.")
@click.option("--company", default="", help="Name of your company.")
def command(directory: Path, title: str, company: str) -> None:
    """Make a workspace in DIRECTORY: settings, folders, a first briefing. Nothing that is there is touched."""
    for name in beginning.begin(directory, title=title, company=company):
        click.echo(f"made {name}")
    click.echo(f"next: cd {shlex.quote(str(directory))} && roadcast build")
