"""What is asked again for another range: over real sockets, and byte for byte as if it were asked for the first time."""

from __future__ import annotations

import asyncio
import re
from datetime import date, timedelta

import pytest

from roadcast.web import parts
from roadcast.web.app import build
from roadcast.web.hearing import Notes
from roadcast.web.repeating import Question, question
from roadcast.web.zerocopy import ZeroCopyProtocol
from roadcast.workflow import people
from staging import noise
from talking import connect


class Served:
    """A site with an episode for Anna: its address, the lines of log, and the notes of who fetched what."""

    def __init__(self, stage, monkeypatch):
        self.stage, self.lines, self.notes, self.repeated = stage, [], [], []
        episode = stage.publish("morning", date(2026, 11, 18), clips=6, size=400_000, voice=noise)
        self.path = f"/private/s/{stage.enrol('anna', 'morning')}/{episode.audio.path}"
        self.data = stage.bytes_of(episode)
        self.app = build(stage.site(), note=self.lines.append)
        monkeypatch.setattr(Notes, "take", lambda _, note: self.notes.append(note))
        usual = ZeroCopyProtocol._repeat

        def watched(protocol, asked):
            self.repeated.append(usual(protocol, asked))
            return self.repeated[-1]

        monkeypatch.setattr(ZeroCopyProtocol, "_repeat", watched)

    def ask(self, asked, method="GET", **headers):
        told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return f"{method} {self.path} HTTP/1.1\r\nHost: phone\r\nRange: bytes={asked}\r\n{told}\r\n".encode()


@pytest.fixture
def served(stage, monkeypatch):
    return Served(stage, monkeypatch)


async def answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head)
    return re.sub(rb"date: .*\r\n", b"", head), await reader.readexactly(int(length[1]) if length else 0)


async def conversation(port, *requests, meanwhile=lambda: None):
    """Ask on one connection, one after the other."""
    reader, writer = await connect(port)
    told = []
    for request in requests:
        writer.write(request)
        told.append(await answer(reader))
        meanwhile()
    return told


RANGES = ("0-9", "1-1", "150000-", "0-1500000", "399990-400010", "5-2", "0-99999999", "99999999-", "2000000-2400000")


@pytest.mark.parametrize("condition", ["none", "if-range", "if-range of yesterday", "if-none-match", "if-match"])
def test_what_is_asked_again_is_answered_as_if_for_the_first_time(run, served, condition):
    async def talk(port):
        ((head, _),) = await conversation(port, served.ask("0-1"))
        tag = re.search(rb"etag: (.*)\r\n", head)[1].decode()
        headers = {
            "none": {},
            "if-range": {"If_Range": tag},
            "if-range of yesterday": {"If_Range": '"x"'},
            "if-none-match": {"If_None_Match": '"x"'},
            "if-match": {"If_Match": tag},
        }[condition]
        asked = [served.ask(one, **headers) for one in RANGES]
        first = [(await conversation(port, one))[0] for one in asked]
        assert served.repeated == []
        return first, await conversation(port, served.ask("7-70", **headers), *asked)

    first, (_, *again) = run(served.app, talk)
    assert again == first
    assert served.repeated.count(True) >= 6
    assert first[3][1] == (served.data if condition == "if-range of yesterday" else served.data[:1_500_001])


def test_each_is_noted_and_logged_alike(run, served):
    run(served.app, lambda port: conversation(port, *(served.ask(one) for one in ("10-29", "30-59", "60-99"))))
    assert served.repeated == [True, True]
    assert [note.ranges for note in served.notes] == [((10, 30),), ((30, 60),), ((60, 100),)]
    assert len({(note.subscriber, note.edition, note.app, note.network) for note in served.notes}) == 1
    assert [line.rpartition(" B ")[0].partition(" m/")[2].split()[1:] for line in served.lines] == [
        ["206", "20"], ["206", "30"], ["206", "40"]
    ]  # fmt: skip


@pytest.mark.parametrize("what", ["revoked", "published", "later", "part gone"])
def test_what_has_changed_meanwhile_is_answered_anew(run, served, what):
    stage = served.stage

    def change():
        if what == "revoked":
            people.step(stage.circulation, "anna@example.com", people.Step.REVOKE)
        elif what == "published":
            stage.publish("morning", date(2026, 11, 17))
        elif what == "later":
            stage.now += timedelta(days=400)
        else:
            for clip in (stage.root / "audio_out" / "clips").rglob("*.mp3"):
                clip.unlink()

    async def talk(port):
        (first, second) = await conversation(port, served.ask("0-9"), served.ask("900000-1300000"), meanwhile=change)
        return first[0][:12], second[0][:12]

    expected = {"revoked": b"HTTP/1.1 404", "part gone": b"HTTP/1.1 503"}.get(what, b"HTTP/1.1 206")
    assert run(served.app, talk) == (b"HTTP/1.1 206", expected)
    if what != "later":
        assert served.repeated == [False]


def test_what_is_not_in_memory_is_waited_for(run, served, monkeypatch):
    usual, looks = parts.cached, []

    def cached(file, offset):
        looks.append(offset)
        return usual(file, offset) if len(looks) % 3 else False

    async def talk(port):
        told = await conversation(port, served.ask("0-9"))
        monkeypatch.setattr(parts, "cached", cached)
        asked = [f"{start}-{start + 1_000_000}" for start in range(5, 900_000, 50_000)]
        return told + await conversation(port, served.ask("1-9"), *map(served.ask, asked))

    told = run(served.app, talk)
    assert [body for _, body in told[2:]] == [served.data[a : a + 1_000_001] for a in range(5, 900_000, 50_000)]
    assert {True, False} <= set(served.repeated)


async def opened(served, port, asked="0-2300000"):
    """Ask twice, and read of the second answer no more than its head."""
    reader, writer = await connect(port, limit=4096, buffer=4096)
    writer.write(served.ask("0-9"))
    await answer(reader)
    writer.write(served.ask(asked))
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


def test_a_client_who_leaves_is_noted_with_what_was_sent(run, served):
    async def talk(port):
        _, writer = await opened(served, port)
        await asyncio.sleep(0.1)
        assert len(served.notes) == 1
        writer.transport.abort()
        for _ in range(100):
            if len(served.notes) > 1:
                break
            await asyncio.sleep(0.01)

    run(served.app, talk)
    assert served.repeated == [True]
    ((start, end),) = served.notes[1].ranges
    assert start == 0
    assert 0 < end < 1_000_000
    assert f" 206 {end} B " in served.lines[1]


def test_a_stop_lets_it_finish(run, served):
    async def talk(port):
        reader, _ = await opened(served, port)
        return asyncio.create_task(reader.read(-1))  # and the server is told to stop

    assert run(served.app, talk) == served.data[:2_300_001]
    assert served.repeated == [True]


def test_a_stop_waits_no_longer_than_it_may(run, served):
    async def talk(port):
        await opened(served, port)

    run(served.app, talk, timeout_graceful_shutdown=1)
    assert served.repeated == [True]
    assert len(served.notes) == len(served.lines) == 2


def test_what_is_asked_while_an_answer_is_on_its_way_comes_behind_it(run, served):
    async def talk(port):
        reader, writer = await opened(served, port, "0-2000000")
        writer.write(served.ask("10-19") + served.ask("20-29"))
        writer.write(served.ask("30-39"))
        await asyncio.sleep(0.05)
        return await reader.readexactly(2_000_001), [(await answer(reader))[1] for _ in range(3)]

    data = served.data
    assert run(served.app, talk) == (data[:2_000_001], [data[10:20], data[20:30], data[30:40]])


def test_a_part_that_is_lost_in_the_middle_ends_the_answer_short_and_is_told(run, served, caplog):
    async def talk(port):
        reader, _ = await opened(served, port)
        for clip in (served.stage.root / "audio_out" / "clips").rglob("*.mp3"):
            clip.unlink()
        return await reader.read(-1)

    body = run(served.app, talk)
    assert served.data.startswith(body)
    assert len(body) < 2_300_001
    assert "out of order" in caplog.text
    assert served.notes[1].ranges == ((0, len(body)),)


def test_an_idle_connection_is_closed_all_the_same(run, served):
    async def talk(port):
        reader, writer = await connect(port)
        began = asyncio.get_running_loop().time()
        dates = set()
        for number in range(8):
            writer.write(served.ask(f"{number}-9"))
            dates.add(re.search(rb"date: (.*)\r\n", await reader.readuntil(b"\r\n\r\n"))[1])
            await reader.readexactly(10 - number)
            await asyncio.sleep(0.2)
        assert len(dates) > 1  # each tells its own moment
        assert await reader.read(-1) == b""
        return asyncio.get_running_loop().time() - began

    assert 2 < run(served.app, talk, timeout_keep_alive=1) < 5
    assert served.repeated == [True] * 7


GET = b"GET / HTTP/1.1\r\nHost: phone\r\n"
RANGE = b"Range: bytes=0-9\r\n"


@pytest.mark.parametrize(
    "data",
    [
        GET + b"\r\n",
        GET + RANGE,
        GET + RANGE + RANGE + b"\r\n",
        GET + b"Range: bytes=0-9,20-29\r\n\r\n",
        GET + b"Range: bytes=-9\r\n\r\n",
        GET + RANGE + b"Content-Length: 2\r\n\r\n",
        GET + RANGE + b"Expect: 100-continue\r\n\r\n",
        GET + RANGE + b"Upgrade: websocket\r\n\r\n",
        (GET + RANGE + b"\r\n") * 2,
        GET + RANGE + b"\r\n" + GET,
        GET + RANGE + b"X: y\n\n" + GET + b"\r\n",
        b"HEAD" + GET[3:] + RANGE + b"\r\n",
    ],
)
def test_only_the_plainest_question_is_kept(data):
    lines = [line.partition(b": ") for line in data.split(b"\r\n")[1:] if line]
    assert question(data, [(name.lower(), value) for name, _, value in lines]) is None


def test_a_question_is_the_same_but_for_the_numbers_of_its_range():
    kept = question(GET + RANGE + b"\r\n", [(b"host", b"phone"), (b"range", b"bytes=0-9")])
    assert kept == Question(GET + b"Range: bytes=", b"\r\n\r\n")
    assert kept.asked(GET + b"Range: bytes=10-\r\n\r\n") == "bytes=10-"
    for other in (b"-5", b"1-2,4-5", b"1-2\r\nX: y", b"", b"1" * 20 + b"-", b" 1-2", b"1-2 "):
        assert kept.asked(GET + b"Range: bytes=" + other + b"\r\n\r\n") == ""
    assert kept.asked(GET[:-2] + b"s\r\nRange: bytes=1-2\r\n\r\n") == ""
    assert kept.asked((GET + b"Range: bytes=1-2\r\n\r\n") * 2) == ""
