"""Let an application hand stretches of files to the kernel instead of copying their bytes through Python.

An extension of ASGI for uvicorn's httptools protocol on Linux, without TLS. os.sendfile(2) moves the bytes of the files
straight into the client's socket; whatever is unusual in an answer's head is left to the protocol's own `send`.
"""

from __future__ import annotations

import asyncio
import re
from functools import lru_cache
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from roadcast.web.eager import Run
from roadcast.web.lines import Line, Sending
from roadcast.web.repeating import Question, Repeat, Repetition, question

EXTENSION = "roadcast.http.response.zerocopysend"
"""ASGI's zero-copy send (https://asgi.readthedocs.io/en/stable/extensions.html#zero-copy-send), of a whole answer.

A message has "pieces", an iterable of bytes and of (file, offset, count), of which each is asked for when the one
before it is with the kernel; and "count", 0, to which the bytes are added that the kernel has taken. The first has
"status" and "headers" as well, unless "http.response.start" has told them; and it may have "again", by which the same
request is answered for another range (repeating.py). The answer ends with the last byte of the length that its head
tells; until then more messages may follow.
"""

# What uvicorn refuses in a header, and names that it would have to write in small letters.
_ODD_NAME = re.compile(rb'[\x00-\x20\x7f()<>@,;:\[\]={}\\"A-Z%]')
_ODD_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_UVICORNS = frozenset({b"connection", b"transfer-encoding"})  # it reads them

Message = dict[str, Any]


class ZeroCopyProtocol(HttpToolsProtocol):
    """uvicorn's protocol, with the extension offered to the application of each request."""

    line: Line | None = None
    _question: Question | None = None
    _again: Repeat
    _arrived = b""  # the request in hand, if that is all that has arrived
    _between = True  # two requests
    _idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin a connection."""
        super().connection_made(transport)
        if transport.get_extra_info("sslcontext") is None:
            # What is written goes to the kernel at once, so that files may follow it without overtaking it.
            transport.set_write_buffer_limits(high=0)
            self.line = Line(transport, self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        """End it, and whatever is on its way."""
        super().connection_lost(exc)
        if self.line is not None:
            self.line.lose()

    def data_received(self, data: bytes) -> None:
        """Take what the client says."""
        if self._question is not None and self._idle():
            asked = self._question.asked(data)
            if asked and self._repeat(asked):
                return
        self._arrived = data if self._between else b""
        super().data_received(data)
        self._arrived = b""

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        """Have all of a request."""
        self._between = True
        super().on_message_complete()

    def _idle(self) -> bool:
        return self._between and self.cycle.response_complete and not self.transport.is_closing()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        # The one place at which uvicorn has both a request and its application in hand.
        if cycle.transport.is_closing():
            return  # what was asked for behind the last answer
        arrived, self._arrived = self._arrived, b""
        if self.line is not None:
            self._question = None
            app = _Offering(app, cycle, self, question(arrived, cycle.scope["headers"]))
        if not arrived:
            super()._start_asgi_task(cycle, app)
            return
        # Of what arrives together, only the first: a client who asks a thousand things at once waits for each turn.
        Run(cycle.run_asgi(app), self.loop, self.tasks).go_on()

    def repeats(self, asked: Question, again: Repeat) -> None:
        """Learn how a question is answered for another range."""
        self._question, self._again = asked, again

    def _repeat(self, asked: str) -> bool:
        """Answer the last question for another range, and tell whether that can be done."""
        try:
            given = self._again(asked)
        except Exception:  # noqa: BLE001  # whatever it is, the application meets it again, and says it
            return False
        if given is None:
            return False
        cycle = self.cycle
        cycle.response_started = cycle.response_complete = False
        cycle.chunked_encoding, cycle.on_response = None, self._answered
        cycle.default_headers = self.server_state.default_headers  # it is later than then
        Run(self._give(cycle, given), self.loop, self.tasks).go_on()
        return True

    def _answered(self) -> None:
        # To stop the clock of an idle connection and set another costs more than to look at it when it rings.
        if self.timeout_keep_alive_task is None or self.pipeline or self.transport.is_closing():
            self.on_response_complete()
        else:
            self.server_state.total_requests += 1
            self._idle_since = self.loop.time()
            self.flow.resume_reading()

    def timeout_keep_alive_handler(self) -> None:
        """End a connection that was idle for long enough."""
        left = self._idle_since + self.timeout_keep_alive - self.loop.time()
        if self.cycle.response_complete and left <= 0:
            super().timeout_keep_alive_handler()
            return
        again = max(left, 0) or self.timeout_keep_alive
        self.timeout_keep_alive_task = self.loop.call_later(again, self.timeout_keep_alive_handler)

    async def _give(self, cycle: RequestResponseCycle, given: Repetition) -> None:
        assert self.line is not None  # or nothing would have been offered
        loan, count = given.loan, 0
        message: Message = {"status": given.status, "headers": given.headers}
        failure: Exception | None = None
        try:
            while True:
                message |= {"pieces": loan, "count": 0}
                try:
                    await send_pieces(cycle, self.line, message)
                finally:
                    count += message["count"]
                if loan.left is None:
                    break
                loan, message = await given.rest(loan), {}
        except ConnectionError:
            self.transport.abort()
        except Exception as error:  # noqa: BLE001  # the application says what it is
            failure = error
            self.transport.close()
        finally:
            cycle.on_response = _nothing
            given.ended(count, failure)


def _nothing() -> None:
    """Do nothing."""


class _Offering:
    """An application for one request, which may send files."""

    __slots__ = ("_app", "_cycle", "_line", "_protocol", "_question")

    def __init__(
        self, app: ASGIApp, cycle: RequestResponseCycle, protocol: ZeroCopyProtocol, asked: Question | None
    ) -> None:
        assert protocol.line is not None
        self._app, self._cycle, self._line = app, cycle, protocol.line
        self._protocol, self._question = protocol, asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        scope["extensions"] = {EXTENSION: {}}
        try:
            await self._app(scope, receive, self._send)
        finally:
            if self._line.broken:  # uvicorn is to know it, too, before the application has returned
                self._cycle.transport.abort()
                await asyncio.sleep(0)

    async def _send(self, message: Any) -> None:
        cycle, kind = self._cycle, message["type"]
        if kind == "http.response.start":
            head = _head(cycle, message)
            if head:
                cycle.transport.write(head)
            else:
                await cycle.send(message)
        elif kind == EXTENSION:
            if self._question is not None and cycle.keep_alive and "again" in message:
                self._protocol.repeats(self._question, message["again"])
            await send_pieces(cycle, self._line, message)
        else:
            await cycle.send(message)


async def send_pieces(cycle: RequestResponseCycle, line: Line, message: Any) -> None:
    """Send a message of the extension."""
    head = b""
    if "status" in message:
        head = _head(cycle, message)
        if not head:
            start: Any = message | {"type": "http.response.start"}
            await cycle.send(start)
    if cycle.flow.write_paused and not cycle.disconnected:
        await cycle.flow.drain()
    if not cycle.response_started or cycle.response_complete or cycle.chunked_encoding:
        raise RuntimeError(f"{EXTENSION} is for the body of a response whose length was told")
    if cycle.disconnected:
        raise BrokenPipeError("the client has gone")
    sending = Sending(line, message["pieces"], most=cycle.expected_content_length, head=head)
    try:
        if not sending.on():
            await line.carry(sending)
    finally:
        message["count"], cycle.expected_content_length = sending.sent, sending.left
    if not sending.left:
        await cycle.send({"type": "http.response.body", "body": b""})


def _head(cycle: RequestResponseCycle, message: Message) -> bytes:
    """Write the head of an answer whose length is told; nothing where that is left to uvicorn.

    uvicorn looks at each header anew; what was looked at before need not be. Whatever is unusual, or not allowed, is
    left to it.
    """
    usual = cycle.keep_alive and not (cycle.response_started or cycle.disconnected or cycle.access_log)
    if not usual or cycle.flow.write_paused:
        return b""
    headers = [*cycle.default_headers, *message["headers"]]
    form, length = _form(tuple([name for name, _ in headers]))
    values = tuple([value for _, value in headers])
    if not form or _ODD_VALUE.search(b"".join(values)):
        return b""
    cycle.expected_content_length = int(values[length])
    cycle.response_started, cycle.waiting_for_100_continue, cycle.chunked_encoding = True, False, False
    return STATUS_LINE[message["status"]] + form % values


@lru_cache(maxsize=256)  # the names are the same in many answers
def _form(names: tuple[bytes, ...]) -> tuple[bytes, int]:
    """Write a form for the values of headers, and tell which is the length; nothing for what is left to uvicorn."""
    odd = any(name in _UVICORNS or _ODD_NAME.search(name) for name in names)
    if odd or names.count(b"content-length") != 1:
        return b"", 0
    return b"".join(b"%b: %%b\r\n" % name for name in names) + b"\r\n", names.index(b"content-length")
