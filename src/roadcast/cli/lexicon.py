"""roadcast lexicon: settle how terms are said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import date_option, json_option, workspace_option
from roadcast.workflow import audition as reels
from roadcast.workflow import checking


@click.group()
def command() -> None:
    """Settle how the team's terms are said: scripts/lexicon.csv."""


@command.command("suggest")
@click.option("--reel", is_flag=True, help="Also write audio_out/audition.mp3 with a voice saying just these terms.")
@date_option
@json_option
@workspace_option
def suggest(workspace: Path, reel: bool, date: dt.date | None, as_json: bool) -> None:
    """List names and codes in the briefings of a day that the lexicon does not have and a voice may get wrong."""
    with open_studio(workspace) as studio:
        terms = checking.unsettled(studio, date or studio.today())
        if as_json:
            click.echo(json_text(list(terms)))
        elif terms:
            click.echo("\n".join(terms))
        else:
            click.echo("nothing to settle")
        if reel and terms:
            made = reels.audition(studio, text=" ".join(f"{term}." for term in terms))
            click.echo(f"wrote {made.path.relative_to(studio.root).as_posix()}", err=as_json)
