"""Find the command that was asked for, run it, and turn failures into one line and an exit code."""

from __future__ import annotations

import errno
import io
import logging
import os
import sys
from importlib import import_module

import click

from roadcast import __version__, interrupt
from roadcast.errors import RoadcastError, StorageError
from roadcast.hint import hint, nearest

COMMANDS = {
    "audition": "voices",
    "build": "build",
    "check": "check",
    "config": "config",
    "doctor": "doctor",
    "episodes": "episodes",
    "feed": "feed",
    "init": "init",
    "lexicon": "lexicon",
    "listens": "listens",
    "plan": "plan",
    "script": "script",
    "serve": "serve",
    "spoken": "spoken",
    "subscriber": "subscriber",
    "sweep": "sweep",
    "voicemail": "voicemail",
    "voices": "voices",
    "waveform": "waveform",
}
"""Command -> module of this package; imported when it is called, so that --help is quick."""


class _Lazy(click.Group):
    """A group whose commands are imported when they are needed."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; where there is none, name the one that was meant."""
        if args and args[0] not in COMMANDS and nearest(args[0], COMMANDS):
            ctx.fail(f"No such command {args[0]!r}; {hint(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"roadcast.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"), None) or module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, HELP[name]) for name in sorted(COMMANDS)])


_ONE_CORE = ("OPENBLAS_NUM_THREADS", "1")
"""For numpy as it is loaded: it would start a thread for each core of every process, and nothing here multiplies
matrices that are large (docs/decisions/0012)."""

_TAKES_NO_MORE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))
"""Errors of a file that standard output is led into."""

HELP = {
    "audition": "Hear voices: write a reel of them saying a text.",
    "build": "Make today's episode of every show, and its feed.",
    "check": "Read all briefings and say what is wrong with them, and what will be hard to listen to.",
    "config": "Print the settings in force.",
    "doctor": "Say what this machine can do, and what is missing.",
    "episodes": "List the published episodes.",
    "feed": "Write feeds again, or check one against the rules.",
    "init": "Make a new workspace.",
    "lexicon": "Suggest terms whose pronunciation the lexicon should settle.",
    "listens": "Say who listened to what.",
    "plan": "Show the rundown of an edition.",
    "script": "Write an edition's script for people to read and edit.",
    "serve": "Serve private feeds to subscribers.",
    "spoken": "Print what a voice would be given for a text.",
    "subscriber": "Invite people, and end their subscriptions.",
    "sweep": "Remove the clips that no episode is made of any more.",
    "voicemail": "Cut a briefing into a voicemail drop.",
    "voices": "List the voices, and how to get more.",
    "waveform": "Draw an episode.",
}


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="roadcast")
@click.option("-v", "--verbose", count=True, help="Say more: -v for each step, -vv for details.")
def cli(verbose: int) -> None:
    """Turn a folder of briefings into a narrated episode in each rep's own podcast feed."""
    level = {0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG)
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


def main() -> None:
    """Run the command line; what a user can mend is one line on standard error, never a traceback."""
    interrupt.listen()
    os.environ.setdefault(*_ONE_CORE)
    _lack_no_letters()
    try:
        code = cli.main(prog_name="roadcast", standalone_mode=False)
    except BaseException as error:  # noqa: BLE001  the edge: a defect is raised again
        sys.exit(_tell(error))
    sys.exit(code if isinstance(code, int) else 0)


def _lack_no_letters() -> None:
    """Print a question mark for a letter that standard output has no code for, in place of ending there.

    A terminal or a pipe may be in Latin-1, and briefings are in any language.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")


def _tell(error: BaseException) -> int:
    """Say in one line what ended a command, and give its exit code; a defect is raised again."""
    if interrupt.came() or isinstance(error, (click.Abort, KeyboardInterrupt)):
        click.echo("roadcast: stopped; what was finished is kept", err=True)
        return 130
    if isinstance(error, RoadcastError):
        click.echo(f"roadcast: {error}", err=True)
        return error.exit_code
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        _say_no_more()
        return 141
    if isinstance(error, OSError) and error.errno in _TAKES_NO_MORE and error.filename is None:
        _say_no_more()
        click.echo(f"roadcast: the output cannot be written: {error.strerror}; make room, and run it again", err=True)
        return StorageError.exit_code
    raise error


def _say_no_more() -> None:
    """Let what is still to be printed go nowhere: Python would try again as it ends, and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
