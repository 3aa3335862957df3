"""Ordinary podcast clients subscribe to a private feed and download every episode, byte for byte."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

PATIENCE = 120


def run(command: list[str], home: Path, **environ: str) -> str:
    """Run a client with a home of its own and no proxy; give what it said."""
    home.mkdir(parents=True, exist_ok=True)
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "no_proxy": "*",
    }
    done = subprocess.run(
        command,
        env=env | environ,
        cwd=home,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def assert_downloaded(served, home: Path) -> None:
    """Every episode is there, byte-identical to the one that is served, and nothing else."""
    expected = {}
    for episode in served.stage.catalogue.editions.episodes("morning"):
        whole = served.get(episode.audio.path)
        assert whole == served.stage.bytes_of(episode)
        expected[whole] = episode.title
    found = {path.read_bytes(): path for path in home.rglob("*.mp3")}
    missing = [title for data, title in expected.items() if data not in found]
    assert not missing, f"not downloaded, or not whole: {missing}; there is {list(found.values())}"
    assert len(found) == len(expected)


def login(served, name: str = "anna") -> str:
    """The feed for apps that log in: the token is the password."""
    return f"http://{name}:{served.token}@127.0.0.1:{served.port}/private/b/morning.xml"


@pytest.fixture(params=["token", "basic"])
def feed(request, served) -> str:
    return served.feed if request.param == "token" else login(served)


def test_gpodder(served, program, tmp_path, feed):
    gpo = program("gpo", "apt-get install gpodder")
    home = {"GPODDER_HOME": str(tmp_path / "gpodder"), "GPODDER_DOWNLOAD_DIR": str(tmp_path / "downloads")}
    run([gpo, "subscribe", feed], tmp_path, **home)
    run([gpo, "update"], tmp_path, **home)
    run([gpo, "download"], tmp_path, **home)
    assert_downloaded(served, tmp_path / "downloads")


def test_podget(served, program, tmp_path, feed):
    podget = program("podget", "apt-get install podget")
    folder, library = tmp_path / "config", tmp_path / "library"
    run([podget, "--dir_config", str(folder), "--create-config", "podgetrc"], tmp_path)
    with (folder / "podgetrc").open("a") as config:
        config.write("MIN_SPACE=1000\nWGET_BASEOPTS='-c -nH --no-proxy --no-hsts'\n")
    options = ""
    if "@" in feed:
        name, _, rest = feed.removeprefix("http://").partition("@")
        user, _, password = name.partition(":")
        feed, options = f"http://{rest}", f" USER:{user} PASS:{password}"
    (folder / "serverlist").write_text(f"{feed} Briefing Morning{options}\n")
    run([podget, "--dir_config", str(folder), "--config", "podgetrc", "-l", str(library)], tmp_path)
    assert_downloaded(served, library)


def test_ytdlp(served, program, tmp_path, feed):
    ytdlp = program("yt-dlp", "apt-get install yt-dlp, or pip install yt-dlp")
    run([ytdlp, "--ignore-config", "--no-cache-dir", "-o", "%(autonumber)s.%(ext)s", feed], tmp_path)
    assert_downloaded(served, tmp_path)


def test_podcast_archiver(served, program, tmp_path, feed):
    archiver = program("podcast-archiver", "pip install podcast-archiver, in an environment of its own")
    (tmp_path / "archive").mkdir()
    run([archiver, "--feed", feed, "--dir", str(tmp_path / "archive")], tmp_path)
    assert_downloaded(served, tmp_path / "archive")


def test_podboat(served, program, tmp_path):
    newsboat, podboat = (program(name, "apt-get install newsboat") for name in ("newsboat", "podboat"))
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text(f"{served.feed}\n")
    (folder / "config").write_text(
        f'podcast-auto-enqueue yes\ndownload-path "{tmp_path}/downloads/"\nmax-downloads 2\nuse-proxy no\n'
        'download-filename-format "%u"\n'
    )
    files = [f"--config-file={folder}/config"]
    run([newsboat, f"--url-file={folder}/urls", f"--cache-file={folder}/cache.db", *files, "-x", "reload"], tmp_path)
    queue = next(tmp_path.rglob("queue"))
    assert queue.read_text().count(served.token) == 3
    in_terminal([podboat, "-a", f"--queue-file={queue}", *files], tmp_path, until=lambda: downloads_done(tmp_path, 3))
    assert_downloaded(served, tmp_path / "downloads")


def downloads_done(home: Path, count: int) -> bool:
    folder = home / "downloads"
    return len(list(folder.glob("*.mp3"))) == count and not list(folder.glob("*.part"))


def in_terminal(command: list[str], home: Path, *, until) -> None:
    """Run a program that draws on a terminal, until its work is done."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execve(
            command[0], command, {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm", "LANG": "C.UTF-8"}
        )
    try:
        end = time.monotonic() + PATIENCE
        while not until() and time.monotonic() < end:
            if select.select([terminal], [], [], 0.2)[0]:
                os.read(terminal, 65536)
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        os.close(terminal)


def test_no_client_left_the_token_in_the_servers_log(served):
    log = served.log.read_text()
    assert "GET feed morning 200" in log
    assert served.token not in log
