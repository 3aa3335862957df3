"""roadcast build: make episodes, or say again what the last build would say now."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import click

from roadcast.cli.options import date_option, json_option, minutes_option, workspace_option
from roadcast.workflow import memorandum

_SELDOM = (50_000, 20, 100)
"""Of the collector: what a build makes it keeps, or it goes by itself."""

_WIDTH = frozenset(("COLUMNS", "LINES"))
"""What JSON does not depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of a build, as they were given."""

    shows: tuple[str, ...] = ()
    date: dt.date | None = None
    minutes: float | None = None
    engine: str = ""
    strict: bool = False
    verify: bool = False
    as_json: bool = False


@click.command()
@click.option("--show", "shows", multiple=True, help="Only this show; may be given several times.")
@date_option
@minutes_option
@click.option("--engine", default="", help="One engine for all presenters, instead of their own.")
@click.option("--strict", is_flag=True, help="Stop at the first briefing that cannot be read.")
@click.option("--verify", is_flag=True, help="Have a speech recogniser listen to every segment ([verify] extra).")
@json_option
@workspace_option
def command(
    workspace: Path,
    shows: tuple[str, ...],
    date: dt.date | None,
    minutes: float | None,
    engine: str,
    strict: bool,
    verify: bool,
    as_json: bool,
) -> int:
    """Make today's episode of every show, and its feed.

    What is there already is not made again. Exit code 20: published, but the pool was too small for the length.
    """
    asked = Asked(shows=shows, date=date, minutes=minutes, engine=engine, strict=strict, verify=verify, as_json=as_json)
    return answer(workspace, asked)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def answer(workspace: Path, asked: Asked, *, clock: Callable[[], dt.datetime] = _now) -> int:
    """Say what the memorandum of such a build says, if it holds; else make the build. Give the exit code."""
    told, noise = _printing(asked)
    name = memorandum.name_of(workspace, told, noise=noise)
    talks = asked.verify or logging.getLogger().isEnabledFor(logging.INFO)  # every time, whatever stands
    known = None if talks else memorandum.recall(workspace, name, now=clock())
    if known is not None:
        click.echo(known.text, nl=False, color=True)
        return known.code
    gc.disable()  # nothing of what is loaded is garbage; looking through it takes a tenth of loading it
    from roadcast.cli import building  # all that a build needs, which takes longer to load than to find it unchanged

    gc.freeze()
    gc.set_threshold(*_SELDOM)
    gc.enable()
    return building.build(workspace, asked, remember=None if talks else name, clock=clock)


def _printing(asked: Asked) -> tuple[list[object], frozenset[str]]:
    """Tell what decides how an answer is printed, beside the options, and what does not."""
    told: list[object] = [*astuple(asked), getattr(sys.stdout, "encoding", "")]
    if asked.as_json:
        return told, memorandum.NOISE | _WIDTH
    return [*told, sys.stdout.isatty(), *(_columns(stream) for stream in range(3))], memorandum.NOISE


def _columns(stream: int) -> int:
    """Give the width of the terminal at a standard stream; 0 if there is none. A table is as wide as any of them."""
    with contextlib.suppress(OSError):
        return os.get_terminal_size(stream).columns
    return 0
