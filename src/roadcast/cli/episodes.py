"""roadcast episodes: list what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import json_option, workspace_option
from roadcast.model import Episode
from roadcast.workflow.studio import Studio


@click.command()
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@json_option
@workspace_option
def command(workspace: Path, shows: tuple[str, ...], as_json: bool) -> None:
    """List the episodes that were made, newest first."""
    with open_studio(workspace) as studio:
        wanted = [studio.show(name).id for name in shows] or [show.id for show in studio.shows]
        made = [episode for show in wanted for episode in studio.catalogue.editions.episodes(show)]
        if as_json:
            click.echo(json_text([_as_json(studio, episode) for episode in made]))
            return
        for episode in made:
            minutes, seconds = divmod(round(episode.seconds), 60)
            click.echo(f"{episode.edition}  {minutes}:{seconds:02d}  {episode.title}")
        if not made:
            click.echo("no episodes yet; run 'roadcast build'")


def _as_json(studio: Studio, episode: Episode) -> dict[str, Any]:
    return {
        "show": episode.edition.show,
        "edition": episode.edition.date.isoformat(),
        "guid": episode.guid,
        "title": episode.title,
        "published": episode.published.isoformat(),
        "due": episode.published <= studio.clock(),
        "duration_seconds": round(episode.seconds, 3),
        "file": (studio.feeds / episode.audio.path).relative_to(studio.root).as_posix(),
        "bytes": episode.audio.size,
        "chapters": [
            {"title": chapter.title, "start_seconds": round(chapter.start, 3)} for chapter in episode.chapters
        ],
    }
