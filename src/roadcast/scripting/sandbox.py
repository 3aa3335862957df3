"""Render narration templates in a sandbox, bounded in time and size."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from roadcast.errors import ScriptError

SECONDS = 2.0
"""How long one template may think; the packaged ones take a fifth of a millisecond."""

CHARACTERS = 100_000
"""How much one template may write: an hour of speech is about 60,000 characters."""

LARGEST = 10_000
"""Longest string or list that an expression of a template may make."""


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox of Jinja2 stops escapes, not appetite: multiplication and powers are bounded here."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic whose result would not fit into an episode."""
        if operator == "**" or not all(isinstance(side, int | float) for side in (left, right)):
            raise SecurityError(f"'{operator}' is for numbers only, and '**' not for templates")
        return super().call_binop(context, operator, left, right)


class Sandbox:
    """Renders the templates of a folder, and the packaged ones beneath."""

    def __init__(self, folder: Path | None = None) -> None:
        packaged = PackageLoader("roadcast", "templates/script")
        loaders = [FileSystemLoader(folder), packaged] if folder else [packaged]
        self._environment = _Environment(
            loader=ChoiceLoader(loaders),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            autoescape=False,  # the output is read aloud, not shown in a browser
        )
        for name in ("lipsum", "cycler", "joiner"):
            self._environment.globals.pop(name)
        self._environment.globals["range"] = _range
        for name in ("center", "indent", "format", "wordwrap", "pprint", "urlize", "xmlattr", "map"):
            self._environment.filters.pop(name)

    def has(self, name: str) -> bool:
        """Tell whether there is a template of this name.

        Raises:
            ScriptError: if there is, and it is not UTF-8.
        """
        try:
            self._environment.loader.get_source(self._environment, name)  # type: ignore[union-attr]  # set above
        except TemplateNotFound:
            return False
        except UnicodeDecodeError as error:
            raise ScriptError(f"scripts/{name}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
        return True

    def render(self, name: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """Render a template into its lines.

        Raises:
            ScriptError: naming template and line, for a syntax error, an unknown variable, or too much time or text.
        """
        where = f"scripts/{name}"
        try:
            with _deadline(SECONDS):
                return tuple(_bounded(self._environment.get_template(name).generate(dict(values))).split("\n"))
        except TemplateNotFound as error:
            raise ScriptError(f"{where}: no such template, neither here nor packaged: {error.name}") from error
        except TemplateSyntaxError as error:
            raise ScriptError(f"scripts/{error.name or name}:{error.lineno}: {error.message}") from error
        except UndefinedError as error:
            raise ScriptError(
                f"{_place(error, name)}: {error.message}; see docs/templates.md for what there is"
            ) from error
        except _TooMuch as error:
            raise ScriptError(f"{where}: {error}; make the template simpler") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError, LookupError) as error:
            raise ScriptError(f"{_place(error, name)}: {error}") from error


class _TooMuch(Exception):
    """A template thought or wrote too much."""


def _range(*limits: int) -> range:
    numbers = range(*limits)
    if len(numbers) > LARGEST:
        raise SecurityError(f"a range of more than {LARGEST} numbers")
    return numbers


def _bounded(chunks: Iterator[str]) -> str:
    kept, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > CHARACTERS:
            raise _TooMuch(f"writes more than {CHARACTERS:,} characters")
        kept.append(chunk)
    return "".join(kept)


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Interrupt a runaway loop; only the main thread can be interrupted so, and only it renders templates."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _TooMuch(f"takes more than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(error: BaseException, name: str) -> str:
    """Find template and line in the traceback that Jinja2 rewrote: the innermost one, for templates include others."""
    line, trace = 1, error.__traceback__
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path.endswith(".j2"):
            name, line = Path(path).name, trace.tb_lineno
        trace = trace.tb_next
    return f"scripts/{name}:{line}"
