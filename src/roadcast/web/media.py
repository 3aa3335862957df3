"""Answer GET, HEAD and every form of Range for a resource that is made of parts."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from roadcast.web import conditions, parts, ranges
from roadcast.web.parts import Folder, Whole
from roadcast.web.ranges import Span

# Apps keep the address of an episode for weeks and ask again with its tag. no-transform: a proxy that
# compressed or shortened audio would break the promised length.
CACHING = "private, max-age=86400, no-transform"

Headings = Mapping[str, str]
Report = Callable[[tuple[Span, ...]], None]


class Stretch(NamedTuple):
    """What to send next: some bytes of the response itself, then bytes of the resource."""

    before: bytes
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to say to one request, before a byte of the resource is read."""

    status: int
    headers: Headings
    body: tuple[Stretch, ...] = ()


def answer(method: str, headers: Headings, whole: Whole, media_type: str) -> Answer:
    """Decide what to send; header names are in lower case."""
    common = {"ETag": whole.etag, "Accept-Ranges": "bytes", "Cache-Control": CACHING}
    if conditions.failed(headers, whole.etag):
        return Answer(status=412, headers=common | {"Content-Length": "0"})
    if conditions.unchanged(headers, whole.etag):
        return Answer(status=304, headers=common)
    wanted = headers.get("range") if method == "GET" and conditions.continues(headers, whole.etag) else None
    try:
        spans = ranges.requested(wanted, whole.size) if wanted is not None else None
    except ranges.NotSatisfiable:
        return Answer(status=416, headers=common | {"Content-Range": f"bytes */{whole.size}", "Content-Length": "0"})
    if spans is None:
        return _whole(common, whole, media_type)
    if len(spans) == 1:
        return _one(common, whole, media_type, spans[0])
    return _several(common, whole, media_type, spans)


def _whole(common: Headings, whole: Whole, media_type: str) -> Answer:
    headers = {**common, "Content-Type": media_type, "Content-Length": str(whole.size)}
    return Answer(status=200, headers=headers, body=(Stretch(b"", Span(0, whole.size)),))


def _one(common: Headings, whole: Whole, media_type: str, span: Span) -> Answer:
    headers = {
        **common,
        "Content-Type": media_type,
        "Content-Range": f"bytes {span.start}-{span.end - 1}/{whole.size}",
        "Content-Length": str(span.end - span.start),
    }
    return Answer(status=206, headers=headers, body=(Stretch(b"", span),))


def _several(common: Headings, whole: Whole, media_type: str, spans: tuple[Span, ...]) -> Answer:
    boundary = secrets.token_hex(12)
    told = f"\r\n--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: bytes "
    body = (
        *(Stretch(f"{told}{span.start}-{span.end - 1}/{whole.size}\r\n\r\n".encode(), span) for span in spans),
        Stretch(f"\r\n--{boundary}--\r\n".encode(), Span(0, 0)),
    )
    headers = {
        **common,
        "Content-Type": f"multipart/byteranges; boundary={boundary}",
        "Content-Length": str(sum(len(before) + span.end - span.start for before, span in body)),
    }
    return Answer(status=206, headers=headers, body=body)


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
    extra: Headings = field(default_factory=dict)
    report: Report = _nothing
    offload: Offload | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        reply = answer(scope["method"], Headers(scope=scope), self.whole, self.media_type)
        if reply.body and self.offload:
            await _begin(send, self._handed_over(self.offload), self.extra)
            await send({"type": "http.response.body", "body": b""})
            return
        if scope["method"] == "HEAD" or not reply.body:
            await _begin(send, reply, self.extra)
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._stream(reply, receive, send)

    def _handed_over(self, offload: Offload) -> Answer:
        headers = {
            offload.header: offload.value,
            "ETag": self.whole.etag,
            "Cache-Control": CACHING,
            "Content-Type": self.media_type,
        }
        return Answer(status=200, headers=headers)

    async def _stream(self, reply: Answer, receive: Receive, send: Send) -> None:
        # uvicorn's send returns silently once the client has gone, so receive is watched: reading and
        # counting stop there.
        gone = asyncio.ensure_future(_departure(receive))
        sent: list[Span] = []
        begun = False
        try:
            async with contextlib.aclosing(self._pieces(reply.body)) as pieces:
                async for piece, span in pieces:
                    if not begun:  # only now: a part that is missing is still an honest failure
                        await _begin(send, reply, self.extra)
                        begun = True
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                    if gone.done():
                        return
                    sent.append(span)
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            self.report(ranges.merge(span for span in sent if span.start < span.end))

    async def _pieces(self, body: tuple[Stretch, ...]) -> AsyncGenerator[tuple[bytes | bytearray, Span], None]:
        """Give what is to be sent, piece by piece, with the bytes of the resource that each one is."""
        for before, span in body:
            if before:
                yield before, Span(0, 0)
            position = span.start
            async with contextlib.aclosing(parts.read(self.folder, self.whole, *span)) as chunks:
                async for chunk in chunks:
                    yield chunk, Span(position, position + len(chunk))
                    position += len(chunk)


async def _begin(send: Send, reply: Answer, extra: Headings) -> None:
    told = {**reply.headers, **extra}
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in told.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})


async def _departure(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
