"""roadcast feed: write feeds again, or check one."""

from __future__ import annotations

from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.options import workspace_option
from roadcast.workflow import publication


@click.group(invoke_without_command=True)
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@workspace_option
@click.pass_context
def command(ctx: click.Context, workspace: Path, shows: tuple[str, ...]) -> None:
    """Write the feeds again, with everything that is due by now; an episode whose files are gone is restored."""
    if ctx.invoked_subcommand is not None:
        return
    with open_studio(workspace) as studio:
        for show in [studio.show(name) for name in shows] or studio.shows:
            click.echo(publication.write_feed(studio, show).relative_to(studio.root).as_posix())
