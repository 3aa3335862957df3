"""roadcast check: read all briefings, and say what is wrong and what will be hard to listen to."""

from __future__ import annotations

from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import json_option, workspace_option
from roadcast.workflow import checking


@click.command()
@click.option("--strict", is_flag=True, help="Count warnings as errors.")
@json_option
@workspace_option
def command(workspace: Path, strict: bool, as_json: bool) -> int:
    """Read all briefings: errors keep an item out of every edition, warnings make it hard to follow by ear."""
    with open_studio(workspace) as studio:
        found = checking.check(studio)
    if as_json:
        listed = {"items": found.items, "errors": list(found.errors), "warnings": list(found.warnings)}
        click.echo(json_text(listed))
    else:
        for error in found.errors:
            click.echo(f"error: {error}")
        for warning in found.warnings:
            click.echo(f"warning: {warning}")
        counts = ((found.items, "item"), (len(found.errors), "error"), (len(found.warnings), "warning"))
        click.echo(", ".join(f"{count} {thing}{'s' * (count != 1)}" for count, thing in counts))
    return 3 if found.errors or (strict and found.warnings) else 0
