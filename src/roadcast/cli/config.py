"""roadcast config: print the settings in force."""

from __future__ import annotations

import json
from pathlib import Path

import click

from roadcast import settings
from roadcast.cli.machines import json_text
from roadcast.cli.options import json_option, workspace_option


@click.command()
@json_option
@workspace_option
def command(workspace: Path, as_json: bool) -> None:
    """Print the settings in force: the file's, the environment's, and the defaults; secrets are masked."""
    tree = settings.masked(settings.load(workspace))
    if as_json:
        click.echo(json_text(tree))
    else:
        click.echo("\n".join(_lines(tree)))


def _lines(value: object, name: str = "") -> list[str]:
    if isinstance(value, dict) and value:
        return [line for key, inner in value.items() for line in _lines(inner, f"{name}.{key}" if name else key)]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [line for index, inner in enumerate(value) for line in _lines(inner, f"{name}[{index}]")]
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}"]
