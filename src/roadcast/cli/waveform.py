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
@click.argument("show")
@date_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write: .svg or .png.")
@workspace_option
def command(workspace: Path, show: str, date: dt.date | None, output: Path | None) -> None:
    """Draw an edition as SVG or PNG: its level, where words and music are, its chapters, and what it measures."""
    if output is not None and output.suffix.lower() not in (".svg", ".png"):
        raise SettingsError(f"{output}: draws .svg or .png; name the file so")
    with open_studio(workspace) as studio:
        series = studio.show(show)
        edition = studio.edition(series.id, date)
        recording = studio.store.recording(edition)
    picture = mixing.draw(recording, title=f"{series.title}, {edition.date.isoformat()}", target=series.loudness)
    path = output or Path(f"{series.id}-{edition.date.isoformat()}.svg")
    write(path, picture.png() if path.suffix.lower() == ".png" else picture.svg().encode())
    click.echo(f"{path}: {recording.seconds:.0f} s drawn")
