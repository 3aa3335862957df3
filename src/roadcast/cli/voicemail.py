"""roadcast voicemail: cut a briefing into a voicemail drop, and check what a phone system would refuse."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import click

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import WORKSPACE, date_option, json_option, workspace_if_any, workspace_option
from roadcast.errors import VoicemailError
from roadcast.model import ShowId
from roadcast.workflow import phone


class _DropByDefault(click.Group):
    """A group whose first word may be a show: then `drop` is meant."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["drop", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_DropByDefault)
def command() -> None:
    """Cut a briefing into a voicemail drop: 'roadcast voicemail SHOW'. Nobody is called.

    'roadcast voicemail drop --help' lists all options; 'drop' itself may be left out.
    """


@command.command()
@click.argument("show")
@date_option
@click.option(
    "--target", "targets", multiple=True, metavar="NAME", help="A target, or 'all'; may be given several times."
)
@click.option("--seconds", type=click.FloatRange(10, 120), help="Longest length of the cut.")
@click.option("--full", is_flag=True, help="The whole episode in numbered parts, instead of the cut.")
@click.option("--recipients", type=click.Path(dir_okay=False, path_type=Path), help="CSV of those to be reached.")
@click.option("--group", default="", help="Only recipients of this group; by default of voicemail/recipients.csv.")
@click.option("--send-at", metavar="MOMENT", help="Earliest moment for anybody, such as 2026-11-23T09:00-05:00.")
@click.option("--engine", default="", help="An engine instead of the show's own.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the bundle, instead of audio_out/voicemail.")
@json_option
@workspace_option
def drop(
    workspace: Path,
    show: str,
    date: dt.date | None,
    targets: tuple[str, ...],
    seconds: float | None,
    full: bool,
    recipients: Path | None,
    group: str,
    send_at: str | None,
    engine: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Make the audio, the lists and the advice for one edition's voicemail drop."""
    wanted = phone.Wanted(
        show=ShowId(show),
        day=date,
        targets=targets,
        seconds=seconds,
        full=full,
        recipients=recipients,
        group=group,
        send_at=_moment(send_at),
        out=out,
        engine=engine,
    )
    with open_studio(workspace) as studio:
        made = phone.drop(studio, wanted)
    if as_json:
        click.echo(json_text(_as_json(made)))
    else:
        _say(made)


@command.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--target", default="", metavar="NAME", help="Whose rules count; by default the file's name says.")
@json_option
@click.option("--workspace", type=WORKSPACE, help="For its own targets.")
def check(path: Path, target: str, as_json: bool, workspace: Path | None) -> int:
    """Say what a target would refuse or play as noise, in a FILE or in a whole bundle."""
    findings = phone.inspect(workspace_if_any(workspace), path, target=target)
    serious = [finding for finding in findings if finding.serious]
    if as_json:
        rows = [
            {"file": f.file, "offset": f.offset, "rule": f.rule, "reason": f.reason, "serious": f.serious}
            for f in findings
        ]
        click.echo(json_text(rows))
    else:
        for finding in findings:
            click.echo(f"{'error' if finding.serious else 'warning'}: {finding}")
        click.echo(f"{path}: {len(serious)} errors, {len(findings) - len(serious)} warnings")
    return VoicemailError.exit_code if serious else 0


def _moment(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise VoicemailError(f"--send-at {text}: no moment; write 2026-11-23T09:00-05:00") from error
    if moment.tzinfo is None:
        raise VoicemailError(f"--send-at {text}: without an offset nobody knows whose clock is meant; add -05:00 or Z")
    return moment


def _say(made: phone.Made) -> None:
    lengths = ", ".join(f"{seconds:.1f} s" for seconds in made.seconds)
    click.echo(made.script.rstrip("\n"))
    click.echo(f"{lengths} for {', '.join(made.targets)}")
    for left in made.left_out:
        click.echo(f"left out: {left.slug}: {left.why}")
    for warning in made.warnings:
        click.echo(f"warning: {warning}")
    if made.no_lists:
        click.echo(f"no lists: {made.no_lists}; only the audio was made", err=True)
    elif made.reach is None:
        click.echo("no lists: nobody was named; --recipients FILE or --group NAME makes them")
    else:
        reached, withheld = len(made.reach.reached), len(made.reach.withheld)
        click.echo(f"{reached} recipient{'s' * (reached != 1)} in the lists, {withheld} withheld{':' * bool(withheld)}")
        for reason, count in sorted(Counter(one.reason.value for one in made.reach.withheld).items()):
            click.echo(f"  {count} {reason}")
    click.echo(f"bundle: {made.folder}\nnobody was called; read README.txt before you upload; this is not legal advice")


def _as_json(made: phone.Made) -> dict[str, object]:
    return {
        "folder": str(made.folder),
        "seconds": list(made.seconds),
        "targets": list(made.targets),
        "left_out": [{"slug": left.slug, "why": left.why} for left in made.left_out],
        "exported": len(made.reach.reached) if made.reach and not made.no_lists else 0,
        "withheld": len(made.reach.withheld) if made.reach else 0,
        "no_lists": made.no_lists or None,
        "warnings": list(made.warnings),
    }
