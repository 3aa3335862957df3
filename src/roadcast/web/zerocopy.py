"""Let an application hand stretches of files to the kernel instead of copying their bytes through Python.

The ASGI extension `http.response.zerocopysend`, for uvicorn's httptools protocol on Linux, without TLS. The
protocol's own `send` still says the head and the end of each answer; between them os.sendfile(2) moves the
bytes of the file straight into the client's socket.
"""

from __future__ import annotations

import asyncio
import errno
import os
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

EXTENSION = "http.response.zerocopysend"
"""https://asgi.readthedocs.io/en/stable/extensions.html#zero-copy-send"""


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
            if message["type"] != EXTENSION:
                await send(message)
                return
            going = await self._begun(message)
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

    async def _begun(self, message: Message) -> _Going:
        cycle, count = self._cycle, message["count"]
        if not cycle.response_started or cycle.response_complete or cycle.chunked_encoding:
            raise RuntimeError(f"{EXTENSION} is for the body of a response whose length was told")
        if count > cycle.expected_content_length:
            raise RuntimeError("Response content longer than Content-Length")
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        if cycle.disconnected:
            raise BrokenPipeError("the client has gone")
        cycle.expected_content_length -= count
        return _Going(self._line, message["file"].fileno(), message["offset"], count)


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

        Raises:
            ConnectionError: if the client has gone.
            OSError: if the file cannot be read, or ends before its time.
        """
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


class _Going:
    """A stretch of a file on its way."""

    __slots__ = ("_count", "_file", "_line", "_offset", "_socket", "done")

    done: asyncio.Future[None]

    def __init__(self, line: Line, file: int, offset: int, count: int) -> None:
        self._line, self._socket = line, line.fileno()
        self._file, self._offset, self._count = file, offset, count

    def on(self) -> bool:
        """Give the kernel what it takes, and tell whether that was all.

        Raises:
            ConnectionError: if the client has gone.
            OSError: if the file cannot be read, or ends before its time.
        """
        try:
            while self._count:
                sent = os.sendfile(self._socket, self._file, self._offset, self._count)
                if not sent:
                    raise OSError(errno.EIO, "the file ends before its time")
                self._offset += sent
                self._count -= sent
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno == errno.EIO:
                raise
            self._line.broken = True
            raise BrokenPipeError(error.errno, "the client has gone") from error  # also out of reach, or too slow
        return True

    def step(self) -> None:
        """Go on, now that the socket takes more."""
        if self.done.done():
            return
        try:
            if self.on():
                self.done.set_result(None)
        except OSError as error:
            self.done.set_exception(error)

    def fail(self, error: OSError) -> None:
        """End it before its time."""
        if not self.done.done():
            self.done.set_exception(error)
