"""Answer GET, HEAD and every form of Range for a resource that is made of parts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from starlette.types import Message, Receive, Scope, Send

from roadcast.errors import StorageError
from roadcast.web import parts, ranges
from roadcast.web.answers import Answer, Stretch, answer, handed_over
from roadcast.web.fields import fields
from roadcast.web.parts import Folder, Loan, Whole
from roadcast.web.ranges import Span

ZERO_COPY = "roadcast.http.response.zerocopysend"
"""A server that offers this extension sends files itself, and raises OSError once the client has gone (zerocopy.py)."""

Report = Callable[[tuple[Span, ...]], None]
Way = Callable[[Span, "_Outgoing"], Awaitable[None]]


def _nothing(sent: tuple[Span, ...]) -> None:
    """Let nobody know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offload:
    """A file that holds all of a resource, for a front server that sends whole files itself.

    Attributes:
        header: "X-Accel-Redirect" or "X-Sendfile".
        value: the file: an address that the front server keeps to itself, or a path.
    """

    header: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaResponse:
    """A resource on its way to one client: an ASGI application for one request.

    Attributes:
        report: is told which bytes of a GET went out, also when the client left before the end.
        offload: where a front server finds the same bytes as one file, if it is to send them.
    """

    whole: Whole
    folder: Folder
    media_type: str
    extra: Iterable[tuple[bytes, bytes]] = ()
    report: Report = _nothing
    offload: Offload | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        reply = answer(scope["method"], fields(scope), self.whole, self.media_type)
        if reply.body and self.offload:
            reply = handed_over(self.offload.header, self.offload.value, self.whole, self.media_type)
        if scope["method"] == "HEAD" or not reply.body:
            await send(self._start(reply))
            await send({"type": "http.response.body", "body": b""})
        elif ZERO_COPY in scope.get("extensions", ()):
            await self._stream(reply, self._lend, send)
        else:
            await self._stream_watched(reply, receive, send)

    async def _stream_watched(self, reply: Answer, receive: Receive, send: Send) -> None:
        # uvicorn's own send returns silently once the client has gone, so receive is watched: reading and
        # counting stop there.
        gone = asyncio.ensure_future(_departure(receive))

        async def sending(message: Message) -> None:
            await send(message)
            if gone.done():
                raise BrokenPipeError("the client has gone")

        try:
            await self._stream(reply, self._copy, sending)
        finally:
            gone.cancel()

    async def _stream(self, reply: Answer, way: Way, send: Send) -> None:
        outgoing = _Outgoing(send, self._start(reply))
        try:
            for before, span in reply.body:
                if before:
                    await outgoing.say(_bytes(before), 0)
                await way(span, outgoing)
            await send({"type": "http.response.body", "body": b""})
        except ConnectionError:
            return
        except OSError as error:
            raise StorageError(f"{self.folder.root}: a part cannot be read: {error.strerror}") from error
        finally:
            self.report(_covered(reply.body, outgoing.sent))

    async def _copy(self, span: Span, outgoing: _Outgoing) -> None:
        """Send bytes."""
        async with contextlib.aclosing(parts.read(self.folder, self.whole, *span)) as chunks:
            async for chunk in chunks:
                await outgoing.say(_bytes(chunk), len(chunk))

    async def _lend(self, span: Span, outgoing: _Outgoing) -> None:
        """Send stretches of files, whose bytes never come here."""
        coming = parts.stretches(self.whole, *span)
        stretch = next(coming, None)
        while stretch is not None:
            part, offset, count = stretch
            if part.name:
                if not parts.cached(self.folder.open(part), offset):
                    await asyncio.to_thread(parts.warm, self.folder, part, offset)
                loan = Loan(self.folder, stretch, coming)
                await outgoing.lend(loan)
                stretch = loan.left
            else:
                await outgoing.say(_bytes(part.data[offset : offset + count]), count)
                stretch = next(coming, None)

    def _start(self, reply: Answer) -> Message:
        return {"type": "http.response.start", "status": reply.status, "headers": [*reply.headers, *self.extra]}


class _Outgoing:
    """A response on its way. It begins with its first bytes: a part that is missing is still an honest failure.

    Attributes:
        sent: bytes of the resource.
    """

    __slots__ = ("_send", "_start", "sent")

    def __init__(self, send: Send, start: Message) -> None:
        self._send = send
        self._start: Message | None = start
        self.sent = 0

    async def say(self, message: Message, size: int) -> None:
        """Send a message that brings so many bytes of the resource on their way."""
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
        await self._send(message)
        self.sent += size

    async def lend(self, loan: Loan) -> None:
        """Have the server send stretches of files."""
        message: Message = {"type": ZERO_COPY, "files": loan, "count": 0, "more_body": True}
        try:
            await self.say(message, 0)
        finally:
            self.sent += message["count"]


def _bytes(data: bytes | bytearray) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": True}


def _covered(body: Iterable[Stretch], sent: int) -> tuple[Span, ...]:
    """Tell which bytes of the resource the first so many of an answer are."""
    spans: list[Span] = []
    for _, (start, end) in body:
        end = min(end, start + sent)
        if start < end:
            spans.append(Span(start, end))
            sent -= end - start
    return ranges.merge(spans)


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
