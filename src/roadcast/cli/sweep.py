"""roadcast sweep: make room."""

from __future__ import annotations

import json
from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.options import json_option, workspace_option
from roadcast.workflow import sweeping


@click.command()
@json_option
@workspace_option
def command(workspace: Path, as_json: bool) -> None:
    """Remove the clips that no episode is made of any more.

    Episodes and feeds stay as they are; clips younger than an hour stay too, for a build may be using them.
    """
    with open_studio(workspace) as studio:
        gone = sweeping.sweep(studio)
    click.echo(json.dumps({"removed": gone}) if as_json else f"{gone} files removed")
