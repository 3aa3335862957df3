"""roadcast voices and roadcast audition: which voices there are, how to get more, and what they sound like."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from roadcast import engines
from roadcast.bootstrap import open_studio
from roadcast.cli.machines import json_text
from roadcast.cli.options import WORKSPACE, json_option, workspace_if_any, workspace_option
from roadcast.engines import State, adding
from roadcast.model import Voice
from roadcast.settings import load
from roadcast.workflow import audition as reels


@click.group(invoke_without_command=True)
@json_option
@click.option(
    "--workspace",
    type=WORKSPACE,
    help="The workspace's folder, for its settings of engines; by default the nearest one upward, if there is one.",
)
@click.pass_context
def command(ctx: click.Context, as_json: bool, workspace: Path | None) -> None:
    """List the voices: which are ready, how to get the others, their licence, and what leaves this machine."""
    if ctx.invoked_subcommand is not None:
        return
    states = engines.available(options=_options(workspace))
    if as_json:
        click.echo(json_text([_as_json(state) for state in states]))
        return
    click.echo("\n".join(line for state in states for line in _lines(state)))


@command.command("add")
@click.argument("source")
@click.option("--sha256", default="", help="Digest of the .onnx file: needed for a name, checked for a file.")
def add_voice(source: str, sha256: str) -> None:
    """Add a neural voice for Piper: a file NAME.onnx, or a name such as en_US-lessac-medium, which is fetched."""
    voice = adding.add(source, sha256=sha256)
    click.echo(f"added {voice.engine}/{voice.name}: {voice.language}, {voice.rate} Hz")


@click.command()
@click.option("--voice", "voices", multiple=True, help="engine/voice, an engine or a voice; may be repeated.")
@click.argument("text", required=False, default=reels.TEXT)
@workspace_option
def audition(workspace: Path, voices: Sequence[str], text: str) -> None:
    """Write a reel of voices saying a text, one chapter each: audio_out/audition.mp3."""
    with open_studio(workspace) as studio:
        reel = reels.audition(studio, voices=voices, text=text)
        for chapter in reel.chapters:
            click.echo(f"{chapter.start:6.1f} s  {chapter.title}")
        for reason in reel.refused:
            click.echo(f"not heard: {reason}", err=True)
        click.echo(f"wrote {reel.path.relative_to(studio.root).as_posix()}")


def _options(workspace: Path | None) -> engines.Options:
    root = workspace_if_any(workspace)
    return load(root).engines.options if root else {}  # outside a workspace, engines are as they come


def _lines(state: State) -> Iterator[str]:
    """Say of an engine whether it is ready or how to get it, and what it is like, within the width of the screen."""
    about = state.about
    speed = f", {about.speed:g} x real time" if about.speed else ""
    rates = " and ".join(dict.fromkeys(str(voice.rate) for voice in state.voices))
    leaves = about.leaves if state.limits.online or not state.ready else "nothing"
    facts = [
        f"{rates} Hz{speed}." if rates else "",
        f"Licence: {about.licence}.",
        "Nothing leaves this machine." if leaves == "nothing" else f"Leaves this machine: {leaves}.",
    ]
    news = ", ".join(map(_named, state.voices)) if state.ready else state.why.removeprefix(f"{state.name} ")
    yield from _wrapped(f"{state.name:<9}{'ready' if state.ready else 'to get':<8}", news)
    yield from _wrapped(" " * 17, " ".join(filter(None, facts)))


def _named(voice: Voice) -> str:
    known = voice.name.lower().startswith(voice.language.lower())
    return voice.name if known else f"{voice.name} ({voice.language})"


def _wrapped(head: str, text: str) -> list[str]:
    width = max(60, min(shutil.get_terminal_size().columns, 120))
    return textwrap.wrap(
        text, width, initial_indent=head, subsequent_indent=" " * 17, break_on_hyphens=False, break_long_words=False
    )


def _as_json(state: State) -> dict[str, Any]:
    return {
        "engine": state.name,
        "ready": state.ready,
        "how_to_get_it": state.why,
        "summary": state.about.summary,
        "licence": state.about.licence,
        "version": state.version,
        "online": state.limits.online if state.ready else None,
        "leaves": state.about.leaves,
        "times_real_time": state.about.speed,
        "voices": [
            {"name": voice.name, "language": voice.language, "rate": voice.rate, "licence": voice.licence}
            for voice in state.voices
        ],
    }
