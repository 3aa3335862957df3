"""Stand between the server and its routes: guard every answer, and log it without a secret."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from types import TracebackType

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from roadcast.errors import DeliveryError, StorageError
from roadcast.web import journal
from roadcast.web.journal import Note
from roadcast.web.refusals import failure, out_of_order
from roadcast.web.repeating import Repeat, Repetition
from roadcast.web.selection import NAME

logger = logging.getLogger(__name__)

# Also on files and errors: what a browser opens by mistake may do nothing at all.
_GUARDS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_FOUND = {412, 416}  # the only refusals of something that is there, to somebody who may have it
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


class Access:
    """The outermost application: headers on every answer, one line of log for it, an answer to every failure."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        refuse: Callable[[Request], Response],
        shows: Container[str],
        secure: bool,
        note: Note | None = None,
    ) -> None:
        """Wrap an application.

        Args:
            app: to wrap; what it raises before an answer has begun is answered here.
            refuse: answers those who asked for what is not theirs.
            shows: may be named in the log; nothing else in the place of a show is.
            secure: whether listeners reach the server over https.
            note: writes the lines, if not the logger of this module is to.
        """
        self._app = app
        self._refuse = refuse
        self._shows = shows
        self._note = note or partial(journal.log, logger)
        guards = {**_GUARDS, **({"Strict-Transport-Security": "max-age=31536000"} if secure else {})}
        self._guards = {name.lower().encode(): value.encode() for name, value in guards.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not (scope["path"].isascii() and scope["path"].isprintable()):
            scope = {**scope, "path": "/-"}  # a line break at its end would slip past the router's patterns
        began = time.perf_counter()
        status = count = 0

        async def guarded(message: Message) -> None:
            nonlocal status, count
            if "status" in message:
                status = message["status"]
                message["headers"] = _completed(message.get("headers", ()), self._guards)
                if "again" in message:
                    message["again"] = partial(self._repeated, scope, message["again"])
            elif scope["method"] == "HEAD":
                message["body"] = b""
            try:
                await send(message)
            finally:
                count += message.get("count", 0) or len(message.get("body", b""))

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001  # the edge: whatever it was, the server goes on
            answer = self._answer(scope, error)
            if not status:
                await answer(scope, receive, guarded)
        finally:
            self._log(scope, status, count, began)

    def _log(self, scope: Scope, status: int, count: int, began: float) -> None:
        milliseconds = (time.perf_counter() - began) * 1000
        label = _label(scope, status, self._shows)
        self._note(f"{_method(scope)} {label} {status} {count} B {milliseconds:.1f} ms")

    def _repeated(self, scope: Scope, again: Repeat, asked: str) -> Repetition | None:
        """Guard and log what is given again."""
        began = time.perf_counter()
        given = again(asked)
        if given is None:
            return None

        def ended(count: int, failure: Exception | None) -> None:
            try:
                given.ended(count, failure)
            except Exception as error:  # noqa: BLE001  # the edge, here as well
                self._answer(scope, error)
            finally:
                self._log(scope, given.status, count, began)

        return given._replace(headers=_completed(given.headers, self._guards), ended=ended)

    def _answer(self, scope: Scope, error: Exception) -> Response:
        if isinstance(error, DeliveryError):
            return self._refuse(Request(scope))
        if isinstance(error, StorageError):
            logger.error("out of order: %s", error)
            return out_of_order()
        logger.error("%s at %s", type(error).__name__, _where(error.__traceback__))
        return failure()


def _completed(told: Iterable[tuple[bytes, bytes]], guards: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    return list({**guards, **dict(told)}.items())  # nothing here sends one name twice


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "-"


def _label(scope: Scope, status: int, shows: Container[str]) -> str:
    """Name what was asked for, without the secret.

    Nothing of an address is told that led nowhere: it may be a secret with a slip of the pen.
    """
    found = scope.get("path_params", {})
    if "route" not in scope or not _led_somewhere(status):
        return "-"
    name = f"{found.get('folder', '')}/{found.get('name', '')}"
    if NAME.fullmatch(name):
        return name
    return f"{scope['route'].name}{' ' + found['show'] if found.get('show', '') in shows else ''}"


def _led_somewhere(status: int) -> bool:
    return 200 <= status < 400 or status in _FOUND


def _where(trace: TracebackType | None) -> str:
    """Say where it happened, without the message of the error, which may quote an address."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
