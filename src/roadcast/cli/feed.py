"""roadcast feed: write feeds again, or check one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from roadcast import feedcheck
from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import WORKSPACE, json_option, workspace_of
from roadcast.workflow import publication


@click.group(invoke_without_command=True)
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@click.option(
    "--workspace",
    type=WORKSPACE,
    help="The workspace's folder; by default the nearest one upward with a roadcast.toml.",
)
@click.pass_context
def command(ctx: click.Context, workspace: Path | None, shows: tuple[str, ...]) -> None:
    """Write the feeds again, with everything that is due by now; an episode whose files are gone is restored."""
    if ctx.invoked_subcommand is not None:
        return
    with open_studio(workspace_of(workspace)) as studio:
        for show in [studio.show(name) for name in shows] or studio.shows:
            click.echo(publication.write_feed(studio, show).relative_to(studio.root).as_posix())


@command.command()
@click.argument("source", metavar="URL|FILE")
@json_option
def check(source: str, as_json: bool) -> int:
    """Check any feed as podcast apps would, a line per rule; needs no workspace. Exit code 1 when one fails.

    Requests go to the host of the URL and to no other.
    """
    verdicts = feedcheck.check(source)
    if as_json:
        click.echo(json_text([asdict(one) for one in verdicts]))
    else:
        for one in verdicts:
            click.echo(one)
        told = [f"{sum(one.state is state for one in verdicts)} {state}" for state in feedcheck.State]
        click.echo(", ".join(told))
    return 1 if any(one.state is feedcheck.State.FAIL for one in verdicts) else 0
