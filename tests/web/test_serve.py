"""`roadcast serve` as a process: its first words, its last ones, and what it survives."""

from __future__ import annotations

import asyncio
import contextlib
import os
import platform
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from roadcast.cli import serve
from roadcast.errors import SettingsError
from serving import Running, running, start
from staging import noise

DOWNLOADS = 100


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with running(tmp_path_factory.mktemp("served"), days=1, clips=8, size=250_000, voice=noise) as site:
        yield site


def audio(served: Running) -> tuple[str, bytes]:
    (episode,) = served.stage.catalogue.editions.episodes("morning")
    return f"/private/s/{served.token}/{episode.audio.path}", served.stage.bytes_of(episode)


async def open_download(
    port: int, path: str, **headers: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    """Ask, and give the reader behind the headers; a small buffer makes the server wait for us."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=16_384)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"GET {path} HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n{lines}\r\n".encode())
    return reader, writer, await reader.readuntil(b"\r\n\r\n")


async def take(reader: asyncio.StreamReader, most: int) -> bytes:
    data = b""
    with contextlib.suppress(ConnectionError):
        while len(data) < most and (chunk := await reader.read(min(16_384, most - len(data)))):
            data += chunk
    return data


def test_a_taken_port_is_told_in_one_line(stage):
    from staging import write_settings

    write_settings(stage)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "roadcast", "serve", "--port", str(port), "--workspace", str(stage.root)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == (
        f"roadcast: 127.0.0.1:{port}: already in use; stop the other program, or choose another port with --port\n"
    )


@pytest.mark.parametrize(
    ("host", "said"), [("203.0.113.9", "cannot listen"), ("no.such.host.invalid", "not an address")]
)
def test_an_address_of_another_machine_is_told(host, said):
    with pytest.raises(SettingsError, match=said):
        serve.listen(host, 0)


def test_the_send_buffer_is_small_so_that_sent_is_nearly_received():
    with serve.listen("127.0.0.1", 0) as listener:
        assert listener.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * 65_536  # Linux tells double
        with socket.create_connection(listener.getsockname()):
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) <= 2 * 65_536


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told what to keep")
def test_the_memory_of_one_answer_is_there_for_the_next():
    program = (
        "import resource; from roadcast.cli import serve\n"
        "def faults():\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt\n"
        "    for _ in range(50): [bytes(184_000) for _ in range(16)]\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before\n"
        "usual = faults(); serve.keep_memory(); faults(); print(usual, faults())"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    usual, kept = map(int, ran.stdout.split())
    assert kept < usual / 20


@pytest.mark.parametrize(
    ("base_url", "warned"),
    [
        ("http://briefings.example.com/", True),
        ("https://briefings.example.com/", False),
        ("http://localhost:8000/", False),
    ],
)
def test_a_base_url_without_encryption_is_warned_of(tmp_path, monkeypatch, base_url, warned):
    (tmp_path / "roadcast.toml").write_text(f'base_url = "{base_url}"\n')
    monkeypatch.setattr(serve, "prepare", lambda workspace: SimpleNamespace(run=lambda sockets: None))
    done = CliRunner().invoke(serve.command, ["--port", "0", "--workspace", str(tmp_path)])
    assert done.exit_code == 0
    assert ("is not https" in done.output) is warned
    assert base_url in done.output


def test_a_missing_key_stops_the_server_with_one_line(stage):
    from staging import write_settings

    stage.enrol("anna", "morning")
    write_settings(stage)
    (stage.root / ".roadcast" / "key").unlink()
    command = [sys.executable, "-m", "roadcast", "serve", "--port", "0", "--workspace", str(stage.root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "no key" in line
    assert done.stdout == ""


def test_the_log_tells_each_request_without_its_secret(served):
    path, _ = audio(served)
    served.get("morning.xml")
    served.get(path.rpartition(f"{served.token}/")[2], Range="bytes=0-9")
    with contextlib.suppress(OSError):
        served.get("nowhere/at-all")
    end = time.monotonic() + 10
    while "GET - 404" not in (log := served.log.read_text()) and time.monotonic() < end:
        time.sleep(0.05)  # a line is written when the answer has gone out
    assert "GET feed morning 200" in log
    assert "206 10 B" in log
    assert "GET - 404" in log
    assert served.token not in log
    assert "127.0.0.1 -" not in log  # nor any address of a listener


def test_a_hundred_slow_phones_delay_no_feed(served):
    path, _ = audio(served)

    async def run() -> list[float]:
        phones = [await open_download(served.port, path) for _ in range(100)]
        waits = []
        for _ in range(40):
            began = time.perf_counter()
            reader, writer, head = await open_download(served.port, f"/private/s/{served.token}/morning.xml")
            assert head.startswith(b"HTTP/1.1 200")
            await take(reader, 1 << 20)
            waits.append(time.perf_counter() - began)
            writer.close()
            for reader, _, _ in phones:
                await reader.read(4_096)
        for _, writer, _ in phones:
            writer.close()
        return sorted(waits)

    waits = asyncio.run(run())
    assert waits[len(waits) // 2] < 2, waits  # on a machine that does other work as well; in a queue it were minutes


def test_a_download_in_flight_is_finished_on_sigterm(tmp_path):
    with running(tmp_path, days=1, clips=4, size=400_000, voice=noise) as site:
        path, whole = audio(site)

        async def run() -> bytes:
            reader, writer, _ = await open_download(site.port, path)
            data = await take(reader, 50_000)
            site.process.send_signal(signal.SIGTERM)
            await asyncio.sleep(1)
            with pytest.raises(OSError):
                await asyncio.open_connection("127.0.0.1", site.port)
            data += await take(reader, len(whole))
            writer.close()
            return data

        assert asyncio.run(run()) == whole
        assert site.process.wait(20) in (0, -signal.SIGTERM)


def test_a_hundred_downloads_survive_kill_9(tmp_path):
    with running(tmp_path, days=1, clips=8, size=250_000, voice=noise) as site:
        path, whole = audio(site)

        async def begin() -> list[tuple[bytes, bytes]]:
            opened = await asyncio.gather(*(open_download(site.port, path) for _ in range(DOWNLOADS)))
            wanted = [1 + number * len(whole) // DOWNLOADS for number in range(DOWNLOADS)]
            taking = [
                asyncio.create_task(take(reader, most)) for (reader, _, _), most in zip(opened, wanted, strict=True)
            ]
            await asyncio.sleep(0.3)
            os.kill(site.process.pid, signal.SIGKILL)
            got = await asyncio.gather(*taking)
            for _, writer, _ in opened:
                writer.close()
            tags = [next(line for line in head.split(b"\r\n") if line.startswith(b"etag")) for _, _, head in opened]
            return list(zip(got, tags, strict=True))

        async def resume(data: bytes, tag: bytes) -> bytes:
            headers = {"Range": f"bytes={len(data)}-", "If-Range": tag.partition(b": ")[2].decode()}
            reader, writer, head = await open_download(site.port, path, **headers)
            rest = await take(reader, len(whole) + 1)
            writer.close()
            return data + rest if head.startswith(b"HTTP/1.1 206") else rest

        async def finish(halves: list[tuple[bytes, bytes]]) -> list[bytes]:
            return await asyncio.gather(*(resume(data, tag) for data, tag in halves))

        halves = asyncio.run(begin())
        assert site.process.wait(10) == -signal.SIGKILL
        assert sum(len(data) < len(whole) for data, _ in halves) > DOWNLOADS // 2
        site.process = start(site.stage.root, site.port)
        assert set(asyncio.run(finish(halves))) == {whole}


def test_the_server_carries_nothing_of_production(stage):
    from staging import write_settings

    write_settings(stage)
    program = (
        "import sys; from pathlib import Path; from roadcast.cli import serve; serve.prepare(Path(sys.argv[1]));"
        "heavy = {'numpy', 'soxr', 'PIL', 'lameenc', 'alembic', 'roadcast.mixing', 'roadcast.workflow.line'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(stage.root)], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
