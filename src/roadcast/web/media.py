"""Answer GET, HEAD and every form of Range for a resource that is made of parts."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from starlette.types import Message, Receive, Scope, Send

from roadcast.errors import StorageError
from roadcast.web import parts, ranges
from roadcast.web.answers import Answer, Section, answer, handed_over
from roadcast.web.fields import Fields, fields
from roadcast.web.parts import Folder, Loan, Stretch, Whole
from roadcast.web.ranges import Span
from roadcast.web.repeating import Repetition

ZERO_COPY = "roadcast.http.response.zerocopysend"
"""A server that offers this extension sends files itself, and raises OSError once the client has gone (zerocopy.py)."""

Body = tuple[Section, ...]
Report = Callable[[tuple[Span, ...]], None]
Again = Callable[[], Report | None]
Way = Callable[[Body, "_Outgoing"], Awaitable[None]]


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
        again: gives the report for the same request with another range; None if that is to be asked in full.
        offload: where a front server finds the same bytes as one file, if it is to send them.
    """

    whole: Whole
    folder: Folder
    media_type: str
    extra: Iterable[tuple[bytes, bytes]] = ()
    report: Report = _nothing
    again: Again | None = None
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
            await self._stream(reply, self._lend, send, self._repeatable(scope))
        else:
            await self._stream_watched(reply, receive, send)

    async def _stream_watched(self, reply: Answer, receive: Receive, send: Send) -> None:
        # uvicorn's own send returns silently once the client has gone, so receive is watched: reading and
        # counting stop there.
        gone = asyncio.ensure_future(_departure(receive))

        async def sending(message: Message) -> None:
            await send(message)
            await asyncio.sleep(0)  # a socket that refuses everything never lets anybody wait: give the loop its turn
            if gone.done():
                raise BrokenPipeError("the client has gone")

        try:
            await self._stream(reply, self._copy, sending)
        finally:
            gone.cancel()

    async def _stream(self, reply: Answer, way: Way, send: Send, more: Message | None = None) -> None:
        outgoing = _Outgoing(send, {**self._start(reply), **(more or {})})
        try:
            await way(reply.body, outgoing)
        except ConnectionError:
            return
        except OSError as error:
            raise self._failure(error) from error
        finally:
            self.report(_covered(reply.body, outgoing.sent))

    def _failure(self, error: OSError) -> StorageError:
        return StorageError(f"{self.folder.root}: a part cannot be read: {error.strerror}")

    def _repeatable(self, scope: Scope) -> Message:
        again = self.again
        return {} if again is None else {"again": partial(self._repeat, again, fields(scope))}

    def _repeat(self, again: Again, before: Fields, asked: str) -> Repetition | None:
        """Answer the same GET for another range, if nothing has to be waited for."""
        report = again()
        if report is None:
            return None
        reply = answer("GET", {**before, "range": asked}, self.whole, self.media_type)
        coming = self._stretches(reply.body)
        first = next(coming, None)
        if first is None or not parts.at_hand(self.folder, first):
            return None

        async def rest(loan: Loan) -> Loan:
            assert loan.left is not None  # or there would be no rest
            return await self._warmed(loan.left, coming)

        def ended(count: int, failure: Exception | None) -> None:
            report(_covered(reply.body, count))
            if failure is not None:
                raise self._failure(failure) if isinstance(failure, OSError) else failure

        headers = [*reply.headers, *self.extra]
        return Repetition(reply.status, headers, Loan(self.folder, first, coming), rest, ended)

    async def _copy(self, body: Body, outgoing: _Outgoing) -> None:
        """Send bytes."""
        for before, span in body:
            if before:
                await outgoing.say(before)
            async with contextlib.aclosing(parts.read(self.folder, self.whole, *span)) as chunks:
                async for chunk in chunks:
                    await outgoing.say(chunk)
        await outgoing.end()

    async def _lend(self, body: Body, outgoing: _Outgoing) -> None:
        """Send stretches of files, whose bytes never come here."""
        coming = self._stretches(body)
        stretch = next(coming, None)
        while stretch is not None:
            at_hand = parts.at_hand(self.folder, stretch)
            loan = Loan(self.folder, stretch, coming) if at_hand else await self._warmed(stretch, coming)
            await outgoing.lend(loan)
            stretch = loan.left

    async def _warmed(self, stretch: Stretch, coming: Iterator[Stretch]) -> Loan:
        await asyncio.to_thread(parts.warm, self.folder, stretch.part, stretch.offset)
        return Loan(self.folder, stretch, coming)

    def _stretches(self, body: Body) -> Iterator[Stretch]:
        for before, span in body:
            if before:
                yield Stretch(parts.inline(before), 0, len(before))
            yield from parts.stretches(self.whole, *span)

    def _start(self, reply: Answer) -> Message:
        return {"type": "http.response.start", "status": reply.status, "headers": [*reply.headers, *self.extra]}


class _Outgoing:
    """A response on its way. It begins with its first bytes: a part that is missing is still an honest failure.

    Attributes:
        sent: bytes of its body.
    """

    __slots__ = ("_send", "_start", "sent")

    def __init__(self, send: Send, start: Message) -> None:
        self._send = send
        self._start = start
        self.sent = 0

    async def say(self, data: bytes | bytearray) -> None:
        """Send bytes."""
        if self._start:
            start, self._start = self._start, {}
            await self._send(start)
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        self.sent += len(data)

    async def end(self) -> None:
        """Send the end."""
        await self._send({"type": "http.response.body", "body": b""})

    async def lend(self, loan: Loan) -> None:
        """Have the server send stretches of files, and the head before the first."""
        message: Message = {**self._start, "type": ZERO_COPY, "pieces": loan, "count": 0}
        self._start = {}
        try:
            await self._send(message)
        finally:
            self.sent += message["count"]


def _covered(body: Body, sent: int) -> tuple[Span, ...]:
    """Tell which bytes of the resource the first so many of an answer are."""
    spans: list[Span] = []
    for before, (start, end) in body:
        sent -= len(before)
        end = min(end, start + sent)
        if start < end:
            spans.append(Span(start, end))
            sent -= end - start
    return ranges.merge(spans)


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
