"""Write the line that each request leaves, without what logging does for every line by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import TextIO

Note = Callable[[str], None]
"""Writes a line of log at the level INFO."""

_MARK = "\0"


def note_to(logger: logging.Logger) -> Note:
    """Give the cheapest way to write lines as this logger would write them, for as long as its handlers stay.

    Where all that happens to a line is that it goes to one stream, it is written there; anywhere else it is logged.
    """
    match [handler for handler in _handlers(logger) if handler.level <= logging.INFO]:
        case [logging.StreamHandler() as only] if _is_plain(logger, only):
            before, behind = only.format(_record(logger, _MARK)).split(_MARK)
            return Journal(only, before=before, behind=behind).note
    return partial(log, logger)


def _is_plain(logger: logging.Logger, handler: logging.StreamHandler[TextIO]) -> bool:
    formatter = handler.formatter
    if type(handler) is not logging.StreamHandler or type(formatter) is not logging.Formatter or formatter.usesTime():
        return False
    once = handler.format(_record(logger, _MARK)).count(_MARK) == 1
    return once and logger.isEnabledFor(logging.INFO) and not (logger.filters or handler.filters)


def log(logger: logging.Logger, line: str) -> None:
    """Log without looking for the place in the program that does, which would cost more than all the rest."""
    if logger.isEnabledFor(logging.INFO):
        logger.handle(_record(logger, line))


class Journal:
    """Lines on their way to a handler's stream, those of one turn of the event loop together."""

    def __init__(self, handler: logging.StreamHandler[TextIO], *, before: str, behind: str) -> None:
        """Begin each line with one text, and end it with another one."""
        self._handler = handler
        self._before, self._behind = before, behind + handler.terminator
        self._lines: list[str] = []

    def note(self, line: str) -> None:
        """Take a line in; it is written when this turn of the event loop is over."""
        if not self._lines:
            asyncio.get_running_loop().call_soon(self._write)
        self._lines.append(f"{self._before}{line}{self._behind}")

    def _write(self) -> None:
        text, self._lines = "".join(self._lines), []
        self._handler.acquire()
        try:
            with contextlib.suppress(OSError, ValueError):  # when nobody takes its lines any more, logging goes on, too
                self._handler.stream.write(text)
                self._handler.flush()
        finally:
            self._handler.release()


def _handlers(logger: logging.Logger | None) -> Iterator[logging.Handler]:
    while logger is not None:
        yield from logger.handlers
        logger = logger.parent if logger.propagate else None


def _record(logger: logging.Logger, line: str) -> logging.LogRecord:
    return logging.LogRecord(logger.name, logging.INFO, "", 0, line, (), None)
