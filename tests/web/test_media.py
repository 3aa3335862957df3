"""One resource out of many parts, over HTTP."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from email.parser import BytesParser
from email.policy import HTTP
from itertools import pairwise

import pytest

from roadcast.errors import StorageError
from roadcast.web.media import MediaResponse, Offload
from roadcast.web.parts import CHUNK, Folder, Whole, inline
from roadcast.web.ranges import Span

DATA = random.Random(3).randbytes(700_000)


@pytest.fixture
def folder(tmp_path):
    opened = Folder(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def whole(stored):
    cuts = [1_000, 1_001, 90_000, 300_000, 699_999, len(DATA)]
    return Whole((inline(DATA[:1_000]), *(stored(DATA[a:b]) for a, b in pairwise(cuts))))


@pytest.fixture
def media(whole, folder):
    return MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg", extra=[(b"x-extra", b"yes")])


def test_the_whole_comes_with_all_that_an_app_wants_to_know(media, whole, ask):
    heard = ask(media)
    assert (heard.status, heard.body) == (200, DATA)
    assert heard.headers["content-length"] == str(len(DATA))
    assert heard.headers["content-type"] == "audio/mpeg"
    assert heard.headers["accept-ranges"] == "bytes"
    assert heard.headers["etag"] == whole.etag
    assert heard.headers["cache-control"].startswith("private")
    assert heard.headers["x-extra"] == "yes"
    assert "last-modified" not in heard.headers


def test_a_client_who_leaves_is_counted_no_further_though_the_socket_swallows_everything(whole, folder):
    heard, left = [], asyncio.Event()

    async def receive():
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        if len(message.get("body", b"")) == CHUNK:
            asyncio.get_running_loop().call_soon(left.set)

    media = MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg", report=heard.append)
    asyncio.run(media({"type": "http", "method": "GET", "headers": []}, receive, send))
    ((span,),) = heard
    assert CHUNK <= span.end <= 4 * CHUNK < len(DATA)


def test_head_tells_the_same_without_the_bytes(media, ask):
    got, head = ask(media), ask(media, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers.raw == got.headers.raw
    assert ask(media, "HEAD", Range="bytes=0-1").status == 200  # RFC 9110 14.2: Range is for GET


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-1", 0, 2),
        ("bytes=999-1001", 999, 1002),
        ("bytes=89999-300000", 89999, 300001),
        ("bytes=600000-", 600000, len(DATA)),
        ("bytes=-1", len(DATA) - 1, len(DATA)),
        ("bytes=-9999999", 0, len(DATA)),
        ("bytes=699999-9999999", 699999, len(DATA)),
        ("bytes=5-9,0-4", 0, 10),
        ("bytes=0-9,9999999-", 0, 10),
    ],
)
def test_one_stretch(media, ask, header, start, end):
    heard = ask(media, Range=header)
    assert heard.status == 206
    assert heard.body == DATA[start:end]
    assert heard.headers["content-range"] == f"bytes {start}-{end - 1}/{len(DATA)}"
    assert heard.headers["content-length"] == str(end - start)
    assert heard.headers["content-type"] == "audio/mpeg"


def test_several_stretches_come_as_parts_of_one_message(media, ask):
    heard = ask(media, Range="bytes=0-9, 500-1500, -5")
    assert heard.status == 206
    assert heard.headers["content-length"] == str(len(heard.body))
    raw = b"Content-Type: " + heard.headers["content-type"].encode() + b"\r\n\r\n" + heard.body
    message = BytesParser(policy=HTTP).parsebytes(raw)
    told = [(part["content-range"], part.get_payload(decode=True)) for part in message.iter_parts()]
    assert told == [
        (f"bytes 0-9/{len(DATA)}", DATA[:10]),
        (f"bytes 500-1500/{len(DATA)}", DATA[500:1501]),
        (f"bytes {len(DATA) - 5}-{len(DATA) - 1}/{len(DATA)}", DATA[-5:]),
    ]


@pytest.mark.parametrize("header", [f"bytes={len(DATA)}-", "bytes=-0", "bytes=9999999-99999999", "bytes=-0,-0"])
def test_beyond_the_end_is_416_and_says_how_long_it_is(media, ask, header):
    heard = ask(media, Range=header)
    assert (heard.status, heard.body) == (416, b"")
    assert heard.headers["content-range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize("header", ["items=0-5", "bytes=5-2", "bytes=x", "junk", "bytes=" + ",".join(["0-0"] * 500)])
def test_a_range_without_meaning_gives_the_whole(media, ask, header):
    heard = ask(media, Range=header)
    assert (heard.status, heard.body) == (200, DATA)


def test_a_resumed_download_never_splices_two_builds(media, whole, ask):
    stale = ask(media, Range="bytes=500000-", If_Range='"the tag of yesterday"')
    assert (stale.status, stale.body) == (200, DATA)
    fresh = ask(media, Range="bytes=500000-", If_Range=whole.etag)
    assert (fresh.status, fresh.body) == (206, DATA[500000:])
    weak = ask(media, Range="bytes=500000-", If_Range=f"W/{whole.etag}")
    assert (weak.status, weak.body) == (200, DATA)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_known_is_304_even_with_a_range(media, whole, ask, method):
    heard = ask(media, method, If_None_Match=whole.etag, Range="bytes=0-1")
    assert (heard.status, heard.body) == (304, b"")
    assert heard.headers["etag"] == whole.etag


def test_another_state_insisted_on_is_412(media, ask):
    assert ask(media, If_Match='"other"').status == 412


def test_what_went_out_is_reported(whole, folder, ask):
    reports = []
    media = MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg", report=reports.append)
    ask(media)
    ask(media, Range="bytes=10-19,30-39")
    ask(media, "HEAD")
    ask(media, If_None_Match=whole.etag)
    assert reports == [(Span(0, len(DATA)),), (Span(10, 20), Span(30, 40))]


def test_a_client_who_leaves_is_neither_read_for_nor_counted_further(whole, folder, ask, monkeypatch):
    reports = []
    media = MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg", report=reports.append)
    heard = ask(media, leave_after=CHUNK)
    assert not heard.whole
    ((span,),) = [r or (Span(0, 0),) for r in reports]
    assert span.end <= CHUNK


def test_a_damaged_part_ends_the_response_short_of_its_length(whole, folder, tmp_path, ask):
    (tmp_path / whole.parts[-1].name).unlink()
    media = MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg")
    with pytest.raises(StorageError, match="cannot be opened"):
        ask(media)


def test_the_bytes_are_left_to_a_front_server_that_has_them_as_one_file(media, whole, ask):
    offload = Offload(header="X-Accel-Redirect", value="/internal/m/morning.mp3")
    handed = replace(media, offload=offload)
    heard = ask(handed, Range="bytes=0-9")
    assert (heard.status, heard.body) == (200, b"")  # the range is the front server's to cut
    assert heard.headers["x-accel-redirect"] == "/internal/m/morning.mp3"
    assert heard.headers["content-type"] == "audio/mpeg"
    assert heard.headers["cache-control"].startswith("private")
    assert "content-length" not in heard.headers
    assert ask(handed, If_None_Match=whole.etag).status == 304
