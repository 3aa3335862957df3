"""Let an application hand stretches of files to the kernel instead of copying their bytes through Python.

An extension of ASGI for uvicorn's httptools protocol on Linux, without TLS. The protocol's own `send` still
says the head and the end of each answer; between them os.sendfile(2) moves the bytes of the files straight into
the client's socket.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

EXTENSION = "roadcast.http.response.zerocopysend"
"""ASGI's zero-copy send (https://asgi.readthedocs.io/en/stable/extensions.html#zero-copy-send), of several files.

A message has, beside "more_body": "files", an iterable of (file, offset, count), of which each is asked for when
the one before it is with the kernel; and "count", 0, to which the bytes are added that the kernel has taken.
"""

# What uvicorn refuses in a header, and names that it would have to write in small letters.
_ODD_NAME = re.compile(rb'[\x00-\x20\x7f()<>@,;:\[\]={}\\"A-Z]')
_ODD_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_UVICORNS = frozenset({b"connection", b"transfer-encoding"})  # it reads them


class ZeroCopyProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with the extension offered to the application of each request."""

    line: Line | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin a connection."""
        super().connection_made(transport)
        if transport.get_extra_info("sslcontext") is None:
            # What is written goes to the kernel at once, so that files may follow it without overtaking it.
            transport.set_write_buffer_limits(high=0)
            self.line = Line(transport, self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        """End it, and whatever is on its way."""
        if self.line is not None:
            self.line.lose()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # The one place at which uvicorn has both a request and its application in hand.
        offering: Any = app if self.line is None else _Offering(app, cycle, self.line)
        super()._start_asgi_task(cycle, offering)


class _Offering:
    """An application for one request, which may send files."""

    __slots__ = ("_app", "_cycle", "_line")

    def __init__(self, app: ASGIApp, cycle: RequestResponseCycle, line: Line) -> None:
        self._app, self._cycle, self._line = app, cycle, line

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"] = {EXTENSION: {}}

        async def sending(message: Message) -> None:
            kind = message["type"]
            if kind != EXTENSION:
                if kind != "http.response.start" or not _headed(self._cycle, message):
                    await send(message)
                return
            if self._cycle.flow.write_paused and not self._cycle.disconnected:
                await self._cycle.flow.drain()
            going = self._begun(message)
            if not going.on():
                await self._line.carry(going)
            if not message.get("more_body", False):
                await send({"type": "http.response.body", "body": b""})

        try:
            await self._app(scope, receive, sending)
        finally:
            if self._line.broken:  # uvicorn is to know it, too, before the application has returned
                self._cycle.transport.abort()
                await asyncio.sleep(0)

    def _begun(self, message: Message) -> _Going:
        cycle = self._cycle
        if not cycle.response_started or cycle.response_complete or cycle.chunked_encoding:
            raise RuntimeError(f"{EXTENSION} is for the body of a response whose length was told")
        if cycle.disconnected:
            raise BrokenPipeError("the client has gone")
        return _Going(self._line, cycle, message)


def _headed(cycle: RequestResponseCycle, message: Message) -> bool:
    """Send the head of an answer whose length is told, and tell whether it was sent.

    uvicorn looks at each header anew; what was looked at before need not be. Whatever is unusual, or not allowed, is
    left to uvicorn.
    """
    headers = [*cycle.default_headers, *message["headers"]]
    lengths = [value for name, value in headers if name == b"content-length"]
    usual = cycle.keep_alive and not (cycle.response_started or cycle.disconnected or cycle.access_log)
    if len(lengths) != 1 or not usual or cycle.flow.write_paused:
        return False
    lines = [_line(header) for header in headers]
    if b"" in lines:
        return False
    cycle.expected_content_length = int(lengths[0])
    cycle.response_started, cycle.waiting_for_100_continue, cycle.chunked_encoding = True, False, False
    cycle.transport.write(b"".join((STATUS_LINE[message["status"]], *lines, b"\r\n")))
    return True


@lru_cache(maxsize=1024)  # all but the length and the range are the same in many answers
def _line(header: tuple[bytes, bytes]) -> bytes:
    """Write a header; nothing for one that is left to uvicorn."""
    name, value = header
    if name in _UVICORNS or _ODD_NAME.search(name) or _ODD_VALUE.search(value):
        return b""
    return b"%b: %b\r\n" % header


class Line:
    """The way of files to one client.

    A descriptor of our own for the client's socket: the transport owns its one, and whether that takes more
    cannot be asked beside it. It is made for the first file, and closed with the connection.

    Attributes:
        broken: the client turned out to have gone before the transport knew.
    """

    __slots__ = ("_going", "_loop", "_lost", "_own", "_transport", "broken")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._own = -1
        self._going: _Going | None = None
        self._lost = self.broken = False

    def fileno(self) -> int:
        """Give the descriptor."""
        if self._lost:
            raise BrokenPipeError("the client has gone")
        if self._own < 0:
            self._own = os.dup(self._transport.get_extra_info("socket").fileno())
        return self._own

    async def carry(self, going: _Going) -> None:
        """Wait until the kernel has all of it.

        A client nearby takes more within a turn of the loop, and to be told of it would cost six system calls.

        Raises:
            ConnectionError: if the client has gone.
            OSError: if a file cannot be read, or ends before its time.
        """
        await asyncio.sleep(0)
        self.fileno()  # or the connection was lost meanwhile
        if going.on():
            return
        going.done = self._loop.create_future()
        self._going = going
        self._loop.add_writer(self._own, going.step)
        try:
            await going.done
        finally:
            self._going = None
            if not self._lost:
                self._loop.remove_writer(self._own)

    def lose(self) -> None:
        """Give up what is on its way: the connection is lost."""
        self._lost = True
        if self._own >= 0:
            self._loop.remove_writer(self._own)
            os.close(self._own)
        if self._going is not None:
            self._going.fail(BrokenPipeError("the client has gone"))


class _File(Protocol):
    def fileno(self) -> int: ...


class _Going:
    """Stretches of files on their way."""

    __slots__ = ("_count", "_cycle", "_file", "_files", "_line", "_message", "_offset", "_socket", "done")

    done: asyncio.Future[None]

    def __init__(self, line: Line, cycle: RequestResponseCycle, message: Message) -> None:
        self._line, self._socket = line, line.fileno()
        self._cycle, self._message = cycle, message
        self._files: Iterator[tuple[_File, int, int]] = iter(message["files"])
        self._offset = self._count = 0

    def on(self) -> bool:
        """Give the kernel what it takes, and tell whether that was all.

        Raises:
            ConnectionError: if the client has gone.
            OSError: if a file cannot be read, or ends before its time.
        """
        if self._count and not self._send():
            return False
        for stretch in self._files:
            self._file, self._offset, self._count = stretch
            if self._count > self._cycle.expected_content_length:
                raise RuntimeError("Response content longer than Content-Length")
            self._cycle.expected_content_length -= self._count
            if not self._send():
                return False
        return True

    def _send(self) -> bool:
        """Give the kernel what it takes of a stretch, and tell whether that was all; if not, the socket is full."""
        try:
            sent = os.sendfile(self._socket, self._file.fileno(), self._offset, self._count)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno == errno.EIO:
                raise
            self._line.broken = True
            raise BrokenPipeError(error.errno, "the client has gone") from error  # also out of reach, or too slow
        if not sent:
            raise OSError(errno.EIO, "the file ends before its time")
        self._offset += sent
        self._count -= sent
        self._message["count"] += sent
        return not self._count

    def step(self) -> None:
        """Go on, now that the socket takes more."""
        if self.done.done():
            return
        try:
            if self.on():
                self.done.set_result(None)
        except Exception as error:  # noqa: BLE001  # whatever it is, the application is to know
            self.done.set_exception(error)

    def fail(self, error: OSError) -> None:
        """End it before its time."""
        if not self.done.done():
            self.done.set_exception(error)
