"""Decide what to say to a request for a resource, before a byte of it is read (RFC 9110)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from starlette.types import Receive, Scope, Send

from roadcast.web import conditions, ranges
from roadcast.web.fields import Fields
from roadcast.web.parts import Whole
from roadcast.web.ranges import Span

# Apps keep the address of an episode for weeks and ask again with its tag. no-transform: a proxy that
# compressed or shortened audio would break the promised length.
CACHING = b"private, max-age=86400, no-transform"

Headers = list[tuple[bytes, bytes]]


class Section(NamedTuple):
    """What to send next: some bytes of the response itself, then bytes of the resource."""

    before: bytes
    span: Span


class Answer(NamedTuple):
    """What to say to one request."""

    status: int
    headers: Headers
    body: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer whose bytes are at hand, as an application; Starlette's own looks through its headers five times."""

    status: int
    headers: Headers
    body: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it."""
        length = [(b"content-length", b"%d" % len(self.body))] if self.body else []
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *length]})
        await send({"type": "http.response.body", "body": self.body})


def answer(method: str, asked: Fields, whole: Whole, media_type: str) -> Answer:
    """Decide what to send."""
    common = [(b"etag", whole.etag.encode()), (b"accept-ranges", b"bytes"), (b"cache-control", CACHING)]
    if conditions.failed(asked, whole.etag):
        return Answer(status=412, headers=[*common, (b"content-length", b"0")])
    if conditions.unchanged(asked, whole.etag):
        return Answer(status=304, headers=common)
    wanted = asked.get("range") if method == "GET" and conditions.continues(asked, whole.etag) else None
    try:
        spans = ranges.requested(wanted, whole.size) if wanted is not None else None
    except ranges.NotSatisfiable:
        beyond = (b"content-range", b"bytes */%d" % whole.size)
        return Answer(status=416, headers=[*common, beyond, (b"content-length", b"0")])
    if spans is None:
        return _whole(common, whole, media_type)
    if len(spans) == 1:
        return _one(common, whole, media_type, spans[0])
    return _several(common, whole, media_type, spans)


def handed_over(header: str, value: str, whole: Whole, media_type: str) -> Answer:
    """Leave the bytes, and the Range, to the front server: the header names the file."""
    headers = [(header.lower().encode(), value.encode()), (b"etag", whole.etag.encode())]
    return Answer(status=200, headers=[*headers, (b"cache-control", CACHING), (b"content-type", media_type.encode())])


def _whole(common: Headers, whole: Whole, media_type: str) -> Answer:
    headers = [*common, (b"content-type", media_type.encode()), (b"content-length", b"%d" % whole.size)]
    return Answer(status=200, headers=headers, body=(Section(b"", Span(0, whole.size)),) if whole.size else ())


def _one(common: Headers, whole: Whole, media_type: str, span: Span) -> Answer:
    headers = [
        *common,
        (b"content-type", media_type.encode()),
        (b"content-range", b"bytes %d-%d/%d" % (span.start, span.end - 1, whole.size)),
        (b"content-length", b"%d" % (span.end - span.start)),
    ]
    return Answer(status=206, headers=headers, body=(Section(b"", span),))


def _several(common: Headers, whole: Whole, media_type: str, spans: Sequence[Span]) -> Answer:
    boundary = secrets.token_hex(12).encode()
    told = b"\r\n--%b\r\nContent-Type: %b\r\nContent-Range: bytes " % (boundary, media_type.encode())
    body = (
        *(Section(b"%b%d-%d/%d\r\n\r\n" % (told, span.start, span.end - 1, whole.size), span) for span in spans),
        Section(b"\r\n--%b--\r\n" % boundary, Span(0, 0)),
    )
    size = sum(len(before) + span.end - span.start for before, span in body)
    headers = [
        *common,
        (b"content-type", b"multipart/byteranges; boundary=" + boundary),
        (b"content-length", b"%d" % size),
    ]
    return Answer(status=206, headers=headers, body=body)
