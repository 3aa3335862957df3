"""roadcast spoken: print what a voice would be given for a text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from textwrap import dedent

import click

from roadcast import markup, settings
from roadcast.cli.machines import json_line
from roadcast.cli.options import WORKSPACE, workspace_if_any
from roadcast.errors import IntakeError, RoadcastError
from roadcast.model import LexiconEntry
from roadcast.spoken import Reading, read_lexicon, speak


@dataclass(frozen=True, slots=True, kw_only=True)
class Ear:
    """How a workspace says things, or how everybody does."""

    lexicon: tuple[LexiconEntry, ...] = ()
    reading: Reading = field(default_factory=Reading)
    scopes: frozenset[str] = frozenset()

    def sentence(self, written: str) -> str:
        """Say one plain sentence."""
        return speak(written, lexicon=self.lexicon, reading=self.reading, scopes=self.scopes).text

    def text(self, written: str) -> str:
        """Say a text of several sentences, markup and all, as one line."""
        told = (self.sentence(sentence.text) for sentence in markup.sentences(written, path=""))
        return " ".join(filter(None, told))


@click.command()
@click.option("--jsonl", is_flag=True, help="Read one JSON string a line, print one a line; null where none can be.")
@click.option("--no-lexicon", "bare", is_flag=True, help="Leave the workspace's lexicon aside.")
@click.option("--scope", "scopes", multiple=True, help="A show or kind whose lexicon entries count too.")
@click.option(
    "--workspace",
    type=WORKSPACE,
    help="The workspace's folder; by default the nearest one upward, if there is one.",
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path | None, workspace: Path | None, scopes: tuple[str, ...], *, jsonl: bool, bare: bool) -> None:
    """Print what a voice would be given: for each sentence of FILE, or for each line of standard input.

    Both may be Markdown. What cannot be spoken is named on standard error and leaves an empty line
    (null with --jsonl); everything else is printed all the same, and the exit code is not 0.
    """
    if jsonl and file is not None:
        raise click.UsageError("--jsonl reads standard input; leave FILE out")
    ear, failed = _ear(workspace, frozenset(scopes), bare=bare), 0
    inputs = _file(ear, file) if file is not None else _lines(_json if jsonl else _plain, ear)
    for where, say in inputs:
        try:
            click.echo(say())
        except RoadcastError as error:
            failed = max(failed, error.exit_code)
            click.echo(f"roadcast: {where}: {error}", err=True)
            click.echo("null" if jsonl else "")
    if failed:
        raise SystemExit(failed)


_Input = tuple[str, Callable[[], str]]


def _file(ear: Ear, file: Path) -> Iterator[_Input]:
    """List the sentences of a file by their places, each with the way to say it; front matter is not told."""
    text, first_line = _decoded(file.read_bytes(), str(file)).replace("\r\n", "\n").replace("\r", "\n"), 1
    end = text.find("\n---", 3)
    if text.startswith("---\n") and end > 0:
        first_line, text = text.count("\n", 0, end + 1) + 1, text[end + 1 :]
    for sentence in markup.sentences(text, path=str(file), first_line=first_line):
        yield str(sentence.place), partial(ear.sentence, sentence.text)


def _lines(convert: Callable[[Ear, bytes], str], ear: Ear) -> Iterator[_Input]:
    """List the lines of standard input by their numbers."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        yield f"line {number}", partial(convert, ear, line)


def _plain(ear: Ear, line: bytes) -> str:
    return ear.text(_decoded(line, "the line").strip())


def _json(ear: Ear, line: bytes) -> str:
    try:
        written = json.loads(_decoded(line, "the line"))
    except (ValueError, RecursionError) as error:
        raise IntakeError(f"not JSON ({error}); write one JSON string a line") from error
    if not isinstance(written, str):
        raise IntakeError(f"a JSON {type(written).__name__}, not a string; write one JSON string a line")
    return json_line(ear.text(dedent(written).strip("\n")))


def _decoded(text: bytes, where: str) -> str:
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(f"{where}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _ear(workspace: Path | None, scopes: frozenset[str], *, bare: bool) -> Ear:
    """Use the readings and the lexicon of the workspace, if there is one."""
    root = workspace_if_any(workspace)
    if root is None:
        return Ear()
    path, lexicon = root / "scripts" / "lexicon.csv", tuple[LexiconEntry, ...]()
    if path.is_file() and not bare:
        lexicon = read_lexicon(_decoded(path.read_bytes(), str(path)), path="scripts/lexicon.csv")
    reading = Reading(**settings.load(root).spoken.model_dump())
    return Ear(lexicon=lexicon, reading=reading, scopes=scopes)
