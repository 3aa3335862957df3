"""roadcast waveform: draw an episode."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from roadcast import mixing
from roadcast.bootstrap import open_studio
from roadcast.cli.options import date_option, workspace_option
from roadcast.errors import SettingsError
from roadcast.store import write


@click.command()
@click.argument("edition")
@date_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write: .svg or .png.")
@workspace_option
def command(workspace: Path, edition: str, date: dt.date | None, output: Path | None) -> None:
    """Draw an edition as SVG or PNG: its level, where words and music are, its chapters, and what it measures.

    EDITION is a show, or a show and its date as builds name it: road-briefing/2026-11-20.
    """
    if output is not None and output.suffix.lower() not in (".svg", ".png"):
        raise SettingsError(f"{output}: draws .svg or .png; name the file so")
    with open_studio(workspace) as studio:
        name, _, day = edition.partition("/")
        show = studio.show(name)
        meant = studio.edition(show.id, _date(edition, day) if day else date)
        recording = studio.store.recording(meant)
    picture = mixing.draw(recording, title=f"{show.title}, {meant.date.isoformat()}", target=show.loudness)
    path = output or Path(f"{show.id}-{meant.date.isoformat()}.svg")
    write(path, picture.png() if path.suffix.lower() == ".png" else picture.svg().encode())
    click.echo(f"{path}: {recording.seconds:.0f} s drawn")


def _date(edition: str, day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError as error:
        raise SettingsError(f"{edition}: '{day}' is no date; write it as in road-briefing/2026-11-20") from error
