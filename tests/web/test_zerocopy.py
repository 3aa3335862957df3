"""Files that go to the client by the kernel, over real sockets, on both event loops."""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
from itertools import pairwise
from pathlib import Path

import pytest
import trustme
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from roadcast.web import parts
from roadcast.web.media import ZERO_COPY, MediaResponse
from roadcast.web.parts import Folder, Whole, inline
from roadcast.web.zerocopy import ZeroCopyProtocol
from talking import connect, writers

DATA = random.Random(5).randbytes(3_000_000)


@pytest.fixture
def media(stored, tmp_path):
    """A resource of which only the head comes as bytes, and what is reported of it."""
    cuts = [0, 10, 200_000, 200_001, 1_000_000, 2_999_000, len(DATA)]
    whole = Whole((inline(b"head"), *(stored(DATA[a:b]) for a, b in pairwise(cuts))))
    folder = Folder(tmp_path)
    reports = []
    yield MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg", report=reports.append), reports
    folder.close()


class Spy:
    """The application, with a look at what it is offered and what it sends."""

    def __init__(self, app):
        self.app, self.offered, self.lent, self.copied = app, [], 0, 0

    async def __call__(self, scope, receive, send):
        self.offered.append(scope.get("extensions"))

        async def sending(message):
            await send(message)
            self.lent += message.get("count", 0)
            self.copied += len(message.get("body", b""))

        await self.app(scope, receive, sending)


def request(method="GET", **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"{method} / HTTP/1.1\r\nHost: phone\r\n{lines}\r\n".encode()


async def answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return int(head.split()[1]), await reader.readexactly(length)


def test_every_byte_comes_through_the_kernel_and_several_answers_on_one_connection(run, media):
    app, reports = media
    spy = Spy(app)

    async def talk(port):
        reader, writer = await connect(port)
        told = []
        for header in ({}, {"Range": "bytes=100-1500000"}, {"Range": "bytes=0-0"}, {"Range": "bytes=0-9,500-1500,-5"}):
            writer.write(request(**header))
            told.append(await answer(reader))
        return told

    everything = b"head" + DATA
    whole, part, one, several = run(spy, talk)
    assert whole == (200, everything)
    assert part == (206, everything[100:1500001])
    assert one == (206, b"h")
    assert everything[500:1501] in several[1]
    assert spy.lent > len(DATA) + 1_400_000
    assert spy.copied < 2_000
    assert [span[-1] for span in reports] == [
        (0, len(everything)),
        (100, 1500001),
        (0, 1),
        (len(everything) - 5, len(everything)),
    ]


def test_what_is_not_in_memory_is_read_in_a_thread_first(run, media, monkeypatch):
    app, reports = media
    warmed = []
    monkeypatch.setattr(parts, "cached", lambda *_: False)
    monkeypatch.setattr(parts, "warm", lambda folder, part, offset: warmed.append(offset))
    spy = Spy(app)

    async def talk(port):
        reader, writer = await connect(port)
        writer.write(request())
        return await answer(reader)

    assert run(spy, talk) == (200, b"head" + DATA)
    assert spy.lent == len(DATA) + 4
    assert len(warmed) == len(
        [stretch for stretch in parts.stretches(app.whole, 0, app.whole.size) if stretch.part.name]
    )
    assert reports == [((0, len(DATA) + 4),)]


def test_a_part_that_is_missing_in_the_middle_ends_the_answer_short(run, media, caplog):
    app, reports = media
    (app.folder.root / app.whole.parts[4].name).unlink()

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)  # so that it is missed while others wait
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1)
        return await reader.read(-1)

    assert run(app, talk) == (b"head" + DATA)[: app.whole.ends[3]]
    assert reports == [((0, app.whole.ends[3]),)]
    assert "cannot be opened" in caplog.text


def test_questions_that_come_all_at_once_are_answered_in_order(run, media):
    app, _ = media
    starts = [0, 5, 250_000, 999_990, 2_000_000]

    async def talk(port):
        reader, writer = await connect(port)
        writer.write(b"".join(request(Range=f"bytes={start}-{start + 300_000}") for start in starts))
        return [(await answer(reader))[1] for _ in starts]

    everything = b"head" + DATA
    assert run(app, talk) == [everything[start : start + 300_001] for start in starts]


class Seen(ZeroCopyProtocol):
    """The protocol, whose last transport can be looked at."""

    def connection_made(self, transport):
        super().connection_made(transport)
        Seen.last = transport


def test_a_reader_who_stops_for_a_while_gets_the_whole_and_no_byte_waits_in_memory(run, media):
    app, _ = media

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.2)
        return Seen.last.get_write_buffer_size(), await reader.readexactly(len(DATA) + 4)

    assert run(app, talk, protocol=Seen) == (0, b"head" + DATA)


@pytest.mark.parametrize("how", ["close", "reset"])
def test_a_client_who_leaves_is_noticed_at_once_counted_no_further_and_forgotten(run, media, how, caplog):
    app, reports = media
    before = len(list(Path("/proc/self/fd").iterdir()))

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1)
        assert reports == []
        if how == "reset":
            linger = (1).to_bytes(4, "little") + bytes(4)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()
        for _ in range(100):
            if reports:
                break
            await asyncio.sleep(0.01)
        return reports[0]

    ((start, end),) = run(app, talk)
    assert start == 0
    assert end < 1_000_000
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 5  # the files that are kept open
    assert caplog.text == ""


def test_bytes_and_files_keep_their_order_when_the_line_is_full(run, stored, tmp_path):
    head = DATA[::-1][:700_000]
    folder = Folder(tmp_path)
    whole = Whole((inline(head), stored(DATA[:300_000]), inline(head), stored(DATA[300_000:500_000])))
    app = MediaResponse(whole=whole, folder=folder, media_type="audio/mpeg")

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1)
        return await reader.readexactly(whole.size)

    assert run(app, talk) == head + DATA[:300_000] + head + DATA[300_000:500_000]
    folder.close()


def test_a_connection_that_is_cut_here_ends_its_download(run, media):
    app, reports = media

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.1)
        Seen.last.abort()
        await asyncio.sleep(0.1)
        return len(reports)

    assert run(app, talk, protocol=Seen) == 1


def test_a_stop_lets_a_download_finish(run, media):
    app, _ = media

    async def talk(port):
        reader, writer = await connect(port, limit=4096, buffer=4096)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        return asyncio.create_task(reader.read(-1))  # and the server is told to stop

    assert run(app, talk) == b"head" + DATA


def test_a_file_that_ends_early_ends_the_answer_short(run, media, caplog):
    app, _ = media
    part = app.whole.parts[4]
    path = app.folder.root / part.name
    app.folder.open(part)  # its size was right when it was opened
    path.write_bytes(DATA[:1_000])

    async def talk(port):
        reader, writer = await connect(port)
        writer.write(request())
        await reader.readuntil(b"\r\n\r\n")
        return await reader.read(-1)

    body = run(app, talk)
    assert len(body) < len(DATA)
    assert (b"head" + DATA).startswith(body[:200_000])
    assert "ends before" in caplog.text


def lending(count, length):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % length)]})
        with Path(__file__).open("rb") as file:
            await send({"type": ZERO_COPY, "pieces": [(file, 0, count)], "count": 0})

    return app


def test_no_more_is_sent_than_was_told(run, caplog):
    async def talk(port):
        reader, writer = await connect(port)
        writer.write(request())
        return await reader.read(-1)

    assert run(lending(11, 10), talk).endswith(b"\r\n\r\n")
    assert "longer than Content-Length" in caplog.text


def test_the_last_message_may_be_a_file(run):
    async def talk(port):
        reader, writer = await connect(port)
        writer.write(request())
        return await answer(reader)

    assert run(lending(10, 10), talk) == (200, Path(__file__).read_bytes()[:10])


def heading(*headers):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2"), *headers]})
        await send({"type": "http.response.body", "body": b"ok"})

    return app


HEADS = {
    "as it is": [(b"etag", b'"x"'), (b"vary", b"a, \xe9")],
    "capitals": [(b"ETag", b'"x"')],
    "twice": [(b"vary", b"a"), (b"vary", b"b")],
    "the last answer": [(b"connection", b"close")],
    "a break in a value": [(b"etag", b"x\r\nset-cookie: y")],
    "a break in a name": [(b"etag\r\nset-cookie", b"y")],
    "a colon in a name": [(b"set-cookie: y", b"z")],
}


@pytest.mark.parametrize("protocol", ["asked twice", "asked as HTTP/1.0", "asked for the head"])
@pytest.mark.parametrize("told", HEADS)
def test_a_head_is_what_uvicorn_would_have_said(run, told, protocol):
    asked = {
        "asked twice": request() + request(Connection="close"),
        "asked as HTTP/1.0": b"GET / HTTP/1.0\r\n\r\n",
        "asked for the head": request("HEAD") + request(Connection="close"),
    }[protocol]

    async def talk(port):
        reader, writer = await connect(port)
        writer.write(asked)
        return await reader.read(-1)

    app = heading(*HEADS[told])
    ours, theirs = run(app, talk, date_header=False), run(app, talk, protocol=HttpToolsProtocol, date_header=False)
    assert ours == theirs
    assert b"set-cookie" not in ours


def test_over_tls_nothing_is_offered_and_everything_comes_all_the_same(run, media, tmp_path):
    app, _ = media
    spy = Spy(app)
    authority = trustme.CA()
    issued = authority.issue_cert("localhost")
    issued.private_key_and_cert_chain_pem.write_to_path(tmp_path / "key.pem")

    async def talk(port):
        context = ssl.create_default_context()
        authority.configure_trust(context)
        reader, writer = await asyncio.open_connection("localhost", port, ssl=context)
        writers.append(writer)
        writer.write(request(Connection="close"))
        return await answer(reader)

    secure = {"ssl_keyfile": str(tmp_path / "key.pem"), "ssl_certfile": str(tmp_path / "key.pem")}
    assert run(spy, talk, **secure) == (200, b"head" + DATA)
    assert spy.offered == [None]
    assert spy.lent == 0


def test_uvicorn_without_it_serves_the_same_bytes(run, media):
    app, _ = media
    spy = Spy(app)

    async def talk(port):
        reader, writer = await connect(port)
        writer.write(request(Range="bytes=5-999999"))
        return await answer(reader)

    assert run(spy, talk, protocol="h11") == (206, (b"head" + DATA)[5:1_000_000])
    assert spy.lent == 0
