"""Stand between the server and its routes: guard every answer, and log it without a secret."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Iterable, Mapping
from types import TracebackType

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from roadcast.web.selection import NAME

logger = logging.getLogger(__name__)

# Also on files and errors: what a browser opens by mistake may do nothing at all.
_GUARDS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"}


class Access:
    """The outermost application: headers on every answer, one line of log for it, an answer to every failure."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        """Wrap an application; `secure` tells whether listeners reach it over https."""
        self._app = app
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
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _completed(message.get("headers", ()), self._guards)
            elif scope["method"] == "HEAD":
                message["body"] = b""
            else:
                count += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, guarded)
        except Exception as error:  # noqa: BLE001  # the edge: whatever it was, the server goes on
            logger.error("%s at %s", type(error).__name__, _where(error.__traceback__))
            if not status:
                await _fail(guarded)
        finally:
            milliseconds = (time.perf_counter() - began) * 1000
            logger.info("%s %s %d %d B %.1f ms", _method(scope), _label(scope, status), status, count, milliseconds)


def _completed(told: Iterable[tuple[bytes, bytes]], guards: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    headers = dict(told)  # nothing here sends one name twice
    return [*headers.items(), *((name, value) for name, value in guards.items() if name not in headers)]


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in _METHODS else "-"


def _label(scope: Scope, status: int) -> str:
    """Name what was asked for, without the secret.

    Nothing of an address is told that led nowhere: it may be a secret with a slip of the pen.
    """
    found = scope.get("path_params", {})
    if "endpoint" not in scope or status in (0, 404, 405, 429) or status >= 500:
        return "-"
    name = f"{found.get('folder', '')}/{found.get('name', '')}"
    if NAME.fullmatch(name):
        return name
    return f"{scope['endpoint'].__name__}{' ' + found['show'] if 'show' in found else ''}"


def _where(trace: TracebackType | None) -> str:
    """Say where it happened, without the message of the error, which may quote an address."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames))


async def _fail(send: Send) -> None:
    body = b"Something went wrong here. Please try again later.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})
