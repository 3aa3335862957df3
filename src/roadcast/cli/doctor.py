"""roadcast doctor: say what this machine can do."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from roadcast.bootstrap import survey
from roadcast.cli.machines import json_text
from roadcast.cli.options import json_option, workspace_option
from roadcast.workflow import checking


@click.command()
@json_option
@workspace_option
def command(workspace: Path, as_json: bool) -> int:
    """Say what this machine can do, what is missing, and how to get it."""
    found = checking.examine(survey(workspace))
    if as_json:
        click.echo(json_text([asdict(finding) for finding in found]))
    else:
        for finding in found:
            click.echo(f"{'ok  ' if finding.fine else 'FAIL'} {finding.name}: {finding.says}")
    return 0 if all(finding.fine for finding in found) else 1
