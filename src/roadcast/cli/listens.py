"""roadcast listens: say who listened to what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import DATE, json_option, workspace_option
from roadcast.errors import SettingsError
from roadcast.feedback import Report, export
from roadcast.feedback.report import Attention, Rep, state_of
from roadcast.model import Subscriber
from roadcast.workflow import listening

_COLUMNS = (
    "show",
    "edition",
    "subscriber",
    "name",
    "email",
    "groups",
    "state",
    "fetched_seconds",
    "heard_seconds",
)


@click.command()
@click.argument("show", required=False)
@click.option("--since", type=DATE, help="Leave out what was published or used before this day.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table of listeners and episodes for a spreadsheet.")
@click.option(
    "--page",
    metavar="FILE.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page with plots for the editor: one file, private, readable without a network.",
)
@json_option
@workspace_option
def command(
    workspace: Path, show: str | None, since: datetime | None, page: Path | None, as_csv: bool, as_json: bool
) -> None:
    """Say who listened to what: episodes, segments, reps, silent reps, and tokens on many networks.

    An app that fetched an episode has downloaded it; only the player on the listener's page tells what was heard.
    """
    if (page is not None) + as_csv + as_json > 1:
        raise SettingsError("choose one of --page, --csv and --json")
    with open_studio(workspace) as studio:
        shows = [studio.show(show)] if show else studio.shows
        begin = datetime.combine(since.date(), since.time(), studio.zone).astimezone(UTC) if since else None
        reports = [listening.report(studio.catalogue, each, now=studio.clock(), since=begin) for each in shows]
        if page is not None:
            listening.write_page(studio, page, reports, since=since.date() if since else None)
    if page is not None:
        click.echo(f"page: {page} (it names people: only you may read the file)")
    elif as_json:
        click.echo(json_text([_as_json(report) for report in reports]))
    elif as_csv:
        click.echo(export.table(_COLUMNS, [row for report in reports for row in _rows(report)]), nl=False)
    else:
        _print(reports)


def _people(report: Report) -> dict[str, Subscriber]:
    return {rep.subscriber.id: rep.subscriber for rep in report.reps}


def _rows(report: Report) -> Iterable[Sequence[object]]:
    people = _people(report)
    for one in report.listenings:
        person = people.get(one.subscriber)
        yield (
            report.show.id,
            one.edition.date.isoformat(),
            one.subscriber,
            person.name if person else "",
            person.email if person else "",
            ";".join(sorted(person.groups)) if person else "",
            state_of(one),
            round(one.fetched_seconds, 1),
            round(one.heard_seconds, 1),
        )


def _as_json(report: Report) -> dict[str, Any]:
    return {
        "show": report.show.id,
        "episodes": [_episode_json(line) for line in report.episodes],
        "segments": [
            {
                "edition": share.edition.date.isoformat(),
                "title": share.title,
                "item": share.item,
                "fetched": share.fetched,
                "heard": share.heard,
            }
            for share in report.segments
        ],
        "listeners": [dict(zip(_COLUMNS, row, strict=True)) for row in _rows(report)],
        "reps": [_rep_json(rep) for rep in report.reps],
        "silent": [
            {"subscriber": one.subscription.subscriber.id, "last": one.last.isoformat() if one.last else None}
            for one in report.silent
        ],
        "spread": [
            {"subscriber": one.subscriber, "day": one.day.isoformat(), "networks": one.networks, "apps": one.apps}
            for one in report.spread
        ],
    }


def _episode_json(line: Attention) -> dict[str, Any]:
    return {
        "edition": line.episode.edition.date.isoformat(),
        "title": line.episode.title,
        "delivered": line.offered,
        "started": line.started,
        "counted": line.counted,
        "downloaded": line.downloaded,
        "heard": line.heard,
    }


def _rep_json(rep: Rep) -> dict[str, Any]:
    return {
        "subscriber": rep.subscriber.id,
        "name": rep.subscriber.name,
        "email": rep.subscriber.email,
        "groups": sorted(rep.subscriber.groups),
        "state": rep.state,
        "delivered": rep.offered,
        "counted": rep.counted,
        "downloaded": rep.downloaded,
        "heard_seconds": round(rep.heard_seconds, 1),
        "polled": rep.polled.isoformat() if rep.polled else None,
        "apps": list(rep.apps),
    }


def _print(reports: Sequence[Report]) -> None:
    console = Console()
    for report in reports:
        console.print(f"[bold]{escape(report.show.title)}[/bold]")
        if not report.episodes:
            console.print("no episodes published in this time")
            continue
        console.print(_episodes(report), "", _segments(report), "", _reps(report), "", sep="\n")
        for line in _alarms(report):
            console.print(escape(line), soft_wrap=True)


def _episodes(report: Report) -> Table:
    table = _table("episode", "delivered", "started", "counted", "downloaded", "heard")
    for line in report.episodes:
        title = f"{line.episode.edition.date} {line.episode.title}"
        counts = (line.offered, line.started, line.counted, line.downloaded, line.heard)
        table.add_row(escape(title), *(str(count) for count in counts))
    return table


def _segments(report: Report) -> Table:
    table = _table("segment of the newest episode", "fetched", "heard")
    for share in report.segments:
        if share.edition == report.episodes[0].episode.edition:
            table.add_row(escape(share.title), str(share.fetched), str(share.heard))
    return table


def _reps(report: Report) -> Table:
    table = _table("rep", "delivered", "counted", "downloaded", "minutes heard", "last poll", "apps")
    for rep in report.reps:
        table.add_row(
            escape(rep.subscriber.name),
            str(rep.offered),
            str(rep.counted),
            str(rep.downloaded),
            f"{rep.heard_seconds / 60:.1f}",
            f"{rep.polled:%Y-%m-%d}" if rep.polled else "never",
            escape(", ".join(rep.apps)),
        )
    return table


def _alarms(report: Report) -> Iterable[str]:
    for one in report.silent:
        last = f"since {one.last:%Y-%m-%d}" if one.last else "so far"
        person = one.subscription.subscriber
        yield f"silent: {person.name} <{person.email}>: no app has asked for the feed {last}"
    people = _people(report)
    for use in report.spread:
        name = people[use.subscriber].name if use.subscriber in people else use.subscriber
        yield (
            f"spread: {name}: {use.networks} networks and {use.apps} apps on {use.day}; "
            "if the address was passed on, 'roadcast subscriber rotate --now' ends it"
        )


def _table(first: str, *others: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="left" if name == "apps" else "right")
    return table
