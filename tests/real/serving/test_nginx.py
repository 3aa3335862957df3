"""nginx in front, set up word for word as docs/hosting.md says; only addresses and paths are this machine's."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadcast.store import write
from roadcast.workflow import people
from serving import Running, free_port, running
from staging import noise

HOSTING = Path(__file__).resolve().parents[3] / "docs" / "hosting.md"


def documented(beginning: str) -> str:
    """Give the block of the documentation that begins so."""
    blocks = re.findall(r"(?:^    .*\n|^\n)+", HOSTING.read_text(encoding="utf-8"), re.MULTILINE)
    (block,) = (block for block in map(textwrap.dedent, blocks) if block.strip().startswith(beginning))
    return block.strip()


def configuration(folder: Path, port: int, site: Running) -> str:
    """Put the documented pieces together for this machine."""
    server = documented("map $uri")
    offload = documented("# roadcast.toml\n[server]\noffload").partition("# nginx\n")[2]
    told = {
        "listen 443 ssl sndbuf=64k;": f"listen 127.0.0.1:{port} sndbuf=64k;",
        "/var/log/nginx/": f"{folder}/",
        "127.0.0.1:8000": site.origin.removeprefix("http://"),
    }
    for written, here in told.items():
        assert written in server
        server = server.replace(written, here)
    assert "/srv/briefings/" in offload
    offload = offload.replace("/srv/briefings/", f"{site.stage.root}/")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/start.log;\nevents {{}}\n"
        f"http {{ sendfile on; {temporary} {server.removesuffix('}')} {offload} }} }}\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Running]:
    settings = documented("# roadcast.toml\n[server]\noffload").partition("# nginx\n")[0]
    with running(
        tmp_path_factory.mktemp("site"), days=1, clips=5, size=150_000, voice=noise, settings=settings
    ) as served:
        (episode,) = served.stage.catalogue.editions.episodes("morning")
        write(served.stage.root / "feeds" / episode.audio.path, served.stage.bytes_of(episode))
        yield served


@pytest.fixture
def front(site, program, tmp_path) -> Iterator[str]:
    """The address of nginx."""
    nginx = program("nginx", "apt-get install nginx-light")
    port = free_port()
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, port, site), encoding="utf-8")
    process = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", "nginx.conf", "-e", str(tmp_path / "start.log")])
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                break
            assert process.poll() is None, (tmp_path / "start.log").read_text()
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def ask(address: str, method: str = "GET", **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, method=method, headers=named), timeout=20
        ) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def audio(site: Running) -> tuple[str, bytes]:
    (episode,) = site.stage.catalogue.editions.episodes("morning")
    return f"/private/s/{site.token}/{episode.audio.path}", site.stage.bytes_of(episode)


def test_nginx_sends_whole_episodes_and_ranges_of_them_byte_for_byte(site, front):
    path, data = audio(site)
    status, headers, body = ask(front + path)
    assert (status, body) == (200, data)
    assert headers["Content-Type"] == "audio/mpeg"
    assert headers["Cache-Control"].startswith("private")
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert headers["Referrer-Policy"] == "no-referrer"
    for asked, start, end in (("0-0", 0, 1), ("1000-400000", 1000, 400_001), ("700000-", 700_000, len(data))):
        status, headers, body = ask(front + path, Range=f"bytes={asked}")
        assert (status, body) == (206, data[start:end])
        assert headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(data)}"
    assert ask(front + path, Range=f"bytes={len(data)}-")[0] == 416


def test_it_is_nginx_that_sends_them(site, front):
    path, data = audio(site)
    (file,) = (site.stage.root / "feeds" / "m").iterdir()
    file.write_bytes(data[::-1])  # as long, so that Roadcast still hands it over
    try:
        assert ask(front + path)[2] == data[::-1]
    finally:
        file.write_bytes(data)
    assert ask(site.origin + path)[2] == b""  # Roadcast alone names the file, and sends nothing
    assert ask(site.origin + path)[1]["X-Accel-Redirect"] == "/feeds/" + path.partition(f"{site.token}/")[2]


def test_a_resumed_download_through_nginx_never_splices_two_builds(site, front):
    path, data = audio(site)
    etag = ask(front + path, "HEAD")[1]["ETag"]
    assert ask(front + path, Range="bytes=500000-", If_Range=etag)[::2] == (206, data[500_000:])
    assert ask(front + path, Range="bytes=500000-", If_Range='"of yesterday"')[::2] == (200, data)
    assert ask(front + path, If_None_Match=etag)[0] == 304


def test_the_folder_itself_stays_shut_and_a_right_ends_at_the_next_request(site, front):
    path, _ = audio(site)
    file = path.partition(f"{site.token}/")[2]
    assert ask(f"{front}/feeds/{file}")[0] == 404
    token = site.stage.enrol("ben", "morning")
    theirs = path.replace(site.token, token)
    assert ask(front + theirs)[0] == 200
    people.step(site.stage.circulation, "ben@example.com", people.Step.REVOKE)
    assert ask(front + theirs)[0] == 404
    assert ask(front + path)[0] == 200


def test_no_log_of_nginx_holds_the_token(site, front, tmp_path):
    path, _ = audio(site)
    ask(front + path)
    ask(front + path + "x")
    ask(front + f"/private/s/{site.token}/morning.xml", Referer=front + path)
    time.sleep(0.1)
    logs = "".join(log.read_text() for log in tmp_path.glob("*.log"))
    assert "/private/s/TOKEN/m/" in logs
    assert site.token not in logs
