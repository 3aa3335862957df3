"""Measure the server against nginx and against Starlette's own way of sending files, in one run.

Needs wrk and nginx (apt-get install wrk nginx-light) and the extra `fast`. Every server runs in one process
pinned to CPU 0, wrk on CPU 1; rounds are interleaved and medians told. A ratio is taken within each round, of
figures that are seconds apart, and the median of these told with the least and the most: rates move when the machine
does other work as well, and with them the ratios of servers that sleep more or less. CPU for each request moves less.

    .venv/bin/python benchmarks/serving/run.py [--seconds 3] [--rounds 5]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests"))

import staging  # noqa: E402
from roadcast import delivery  # noqa: E402
from roadcast.bootstrap import open_studio  # noqa: E402
from roadcast.delivery.roster import Entry  # noqa: E402
from roadcast.model import Purpose, ShowId, Subscription  # noqa: E402
from roadcast.store import write  # noqa: E402
from roadcast.workflow import enrolment, publication  # noqa: E402

SIZE = 5_000_000
SUBSCRIBERS = 5_000
ITEMS = 100
PHONES = 200
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    name: str
    port: int
    process: subprocess.Popen[bytes]
    path: str
    behind: Server | None = None

    def cpu(self) -> float:
        """Seconds of CPU that it and its children have used."""
        return sum(sum(map(int, stat(pid)[11:13])) for pid in self.family()) / TICK

    def memory(self) -> float:
        """Its resident megabytes."""
        text = "".join(Path(f"/proc/{pid}/status").read_text() for pid in self.family())
        return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("VmRSS")) / 1024

    def family(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children), *(self.behind.family() if self.behind else ())]


def stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


@dataclass
class Result:
    rate: float
    megabytes: float
    micros: float
    p99: float
    bad: int


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(name: str, command: Callable[[int], list[str]], path: str, **environ: str) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        ["taskset", "-c", "0", *command(port)],
        env={**os.environ, **environ},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read(1)
                break
            time.sleep(0.1)
        else:
            raise SystemExit(f"{name} did not start")
        yield Server(name, port, process, path)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()


def wrk(server: Server, script: str, *, connections: int, seconds: int, **environ: str) -> Result:
    before = server.cpu()
    shown = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "5s", "-s",
         str(HERE / script), f"http://127.0.0.1:{server.port}{server.path}"],
        env={**os.environ, **environ}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    used = server.cpu() - before
    requests, size, micros, p99, bad = (int(n) for n in shown.split("RESULT ")[1].split())
    duration = micros / 1e6
    return Result(requests / duration, size / duration / 1e6, used / max(requests, 1) * 1e6, p99 / 1000, bad)


def median(results: list[Result]) -> Result:
    told = (statistics.median(getattr(r, field) for r in results) for field in ("rate", "megabytes", "micros", "p99"))
    return Result(*told, bad=sum(r.bad for r in results))


def set_the_stage(root: Path) -> dict[str, str]:
    """Make a workspace with thousands of subscribers, and the addresses to ask for."""
    shows = [staging.make_show(name) for name in ("morning", "archive", "single")]
    stage = staging.open_stage(root, *shows)
    day = date(2026, 11, 20)
    many = stage.publish("morning", day, clips=40, size=SIZE // 40)
    one = stage.publish("single", day, clips=1, size=SIZE)
    for back in range(ITEMS):
        stage.publish("archive", day - timedelta(days=back), clips=7, size=2_000)
    (root / "episode.mp3").write_bytes(stage.bytes_of(many))
    write(root / "feeds" / many.audio.path, stage.bytes_of(many))  # as a build does
    archive = ShowId("archive")
    enrolment.enrol(
        stage.circulation,
        [Entry(name=f"Rep {n}", email=f"rep{n}@example.com", shows=(archive,)) for n in range(SUBSCRIBERS)],
    )
    token = {show: stage.enrol(f"listener-{show}", show) for show in ("morning", "single")}
    feeds = [
        f"/private/s/{feed_token(right)}/archive.xml" for right in stage.catalogue.people.subscriptions(show=archive)
    ]
    (root / "paths").write_text("\n".join(feeds))
    staging.write_settings(stage)
    stage.catalogue.close()
    with open_studio(root) as studio:  # a build has drawn the covers long before anybody asks for a feed
        for show in studio.shows:
            publication.write_feed(studio, show)
    return {
        "many": f"/private/s/{token['morning']}/{many.audio.path}",
        "one": f"/private/s/{token['single']}/{one.audio.path}",
        "paths": str(root / "paths"),
        "file": str(root / "episode.mp3"),
    }


def feed_token(right: Subscription) -> str:
    told = {"subscriber": right.subscriber.id, "show": right.show, "version": right.version}
    return delivery.derive(staging.KEY, Purpose.FEED, **told)


def nginx(root: Path, *, to: int | None = None) -> Callable[[int], list[str]]:
    """Serve a folder; or stand before the server at a port, and send the files that it names (docs/hosting.md)."""
    places, upstream = f"root {root};", ""
    if to is not None:
        upstream = f"upstream roadcast {{ server 127.0.0.1:{to}; keepalive 16; }}\n"
        places = (
            "location / { proxy_pass http://roadcast; proxy_buffering off; proxy_http_version 1.1;"
            ' proxy_set_header Connection ""; }\n'
            f"location /feeds/ {{ internal; alias {root}/feeds/; }}"
        )

    def command(port: int) -> list[str]:
        config = root / f"nginx-{port}.conf"
        config.write_text(
            f"daemon off; worker_processes 1; pid {root}/nginx-{port}.pid; error_log {root}/nginx.log;\n"
            "events { worker_connections 512; }\n"
            f"http {{ access_log off; sendfile on; tcp_nopush on; default_type audio/mpeg;\n"
            f"client_body_temp_path {root}/t1; proxy_temp_path {root}/t2; fastcgi_temp_path {root}/t3;\n"
            f"uwsgi_temp_path {root}/t4; scgi_temp_path {root}/t5;\n"
            f"{upstream} server {{ listen 127.0.0.1:{port}; {places} }} }}\n"
        )
        for folder in (root, root / "feeds", root / "feeds" / "m"):
            folder.chmod(0o755)  # its worker is another user
        return ["nginx", "-c", str(config)]

    return command


def usual(port: int) -> list[str]:
    serve = [sys.executable, "-m", "uvicorn", "--app-dir", str(HERE), "--no-access-log"]
    return [*serve, "--port", str(port), "fileresponse:app"]


def ours(root: Path) -> Callable[[int], list[str]]:
    return lambda port: [sys.executable, "-m", "roadcast", "serve", "--port", str(port), "--workspace", str(root)]


def told(name: str, result: Result, server: Server) -> None:
    print(
        f"{name:34} {result.rate:8.0f} req/s {result.megabytes:7.0f} MB/s {result.micros:8.0f} us CPU/request "
        f"{result.p99:7.1f} ms p99 {server.memory():6.0f} MB{'  FAILED ' + str(result.bad) if result.bad else ''}",
        flush=True,
    )


Rounds = dict[str, list[Result]]


def measure_media(servers: list[Server], options: argparse.Namespace, **environ: str) -> Rounds:
    results: dict[str, list[Result]] = {server.name: [] for server in servers}
    connections = 4 if "WHOLE" in environ else 16
    for _ in range(options.rounds):
        for server in servers:
            found = wrk(
                server, "range.lua", connections=connections, seconds=options.seconds, SIZE=str(SIZE), **environ
            )
            results[server.name].append(found)
    for server in servers:
        told(server.name, median(results[server.name]), server)
    return results


def ratio(rounds: Rounds, mine: Server, other: Server, field: str = "rate") -> float:
    """Compare two servers in each round; print the least and the most, and give the median."""
    pairs = zip(rounds[mine.name], rounds[other.name], strict=True)
    found = [getattr(own, field) / getattr(theirs, field) for own, theirs in pairs]
    print(f"{field} of {mine.name}, of {other.name}: {min(found):.2f} to {max(found):.2f} in {len(found)} rounds")
    return statistics.median(found)


def measure_feeds(
    server: Server, least: Server, options: argparse.Namespace, addresses: dict[str, str]
) -> dict[str, float]:
    asked = {"PATHS": addresses["paths"], "seconds": options.seconds}
    rounds = [
        [wrk(each, "feed.lua", connections=16, **asked) for each in (least, server)] for _ in range(options.rounds)
    ]
    floor, quiet = (median(list(found)) for found in zip(*rounds, strict=True))
    told("Starlette, a feed's bytes at hand", floor, least)
    told(f"feed, {SUBSCRIBERS} subscribers, {ITEMS} items", quiet, server)
    with slow_phones(server, addresses["many"]):
        busy = wrk(server, "feed.lua", connections=4, **asked)
        told("feed beside 200 slow phones", busy, server)
    return {
        "feed": quiet.rate,
        "floor": floor.rate,
        "slow p99": busy.p99,
        "failed": quiet.bad + busy.bad,
        "memory": server.memory(),
    }


def measure_stalled(server: Server, path: str) -> float:
    """Tell how many megabytes a fresh server holds for each client who hardly reads."""
    before = server.memory()
    with slow_phones(server, path):
        time.sleep(2)
        stalled = (server.memory() - before) / PHONES
    print(f"{'memory for each slow phone':34} {stalled:8.2f} MB")
    return stalled


@contextlib.contextmanager
def slow_phones(server: Server, path: str) -> Iterator[None]:
    command = [sys.executable, str(HERE / "slow.py"), str(server.port), path, str(PHONES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as phones:
        try:
            assert phones.stdout is not None
            assert phones.stdout.readline().strip() == "ready"
            yield
        finally:
            phones.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print the ratios as JSON at the end")
    options = parser.parse_args()
    for program in ("wrk", "nginx", "taskset"):
        if not shutil.which(program):
            raise SystemExit(f"{program} is needed: apt-get install wrk nginx-light util-linux")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        root = Path(folder)
        addresses = set_the_stage(root)
        start = stack.enter_context
        limit = start(running("nginx, a file", nginx(root), "/episode.mp3"))
        environ = {"EPISODE": addresses["file"], "FEED_SIZE": "184000"}
        plain = start(running("Starlette FileResponse, a file", usual, "/episode.mp3", **environ))
        server = start(running("roadcast, 41 parts", ours(root), addresses["many"]))
        single = Server("roadcast, one file", server.port, server.process, addresses["one"])
        offload = {"ROADCAST_SERVER__OFFLOAD": "X-Accel-Redirect"}
        behind = start(running("behind", ours(root), "/healthz", **offload))
        front = start(running("roadcast behind nginx", nginx(root, to=behind.port), addresses["many"]))
        front.behind = behind
        print("random ranges of 64 KB to 1 MB, 16 connections")
        servers = [plain, limit, server, single, front]
        ranges = measure_media(servers, options)
        print("whole files of 5 MB, 4 connections")
        whole = measure_media(servers, options, WHOLE="1")
        feeds = measure_feeds(server, plain, options, addresses)
        with running("a fresh server", ours(root), addresses["many"]) as fresh:
            feeds["stalled"] = measure_stalled(fresh, addresses["many"])
        ratios = {
            "ranges, of nginx's": (ratio(ranges, server, limit), 0.75),
            "ranges, of FileResponse's": (ratio(ranges, server, plain), 1.5),
            "ranges behind nginx, of nginx's alone": (ratio(ranges, front, limit), 0.0),
            "whole files, of nginx's": (ratio(whole, server, limit), 0.0),
            "feeds a second": (feeds["feed"], 2_000),
            "feeds, of Starlette's with the bytes at hand": (feeds["feed"] / feeds["floor"], 0.0),
            "CPU of FileResponse's for a range": (ratio(ranges, plain, server, "micros"), 1.5),
        }
        caps = {
            "feed p99 beside 200 slow phones, ms": (feeds["slow p99"], 50),
            "memory, MB": (feeds["memory"], 120),
            "memory for each slow phone, MB": (feeds["stalled"], 0.3),
            "failed requests": (feeds["failed"], 0),
        }
        print("promises")
        for name, (value, bar) in ratios.items():
            print(f"  {'held  ' if value >= bar else 'BROKEN'} {name}: {value:.2f} (at least {bar:g})")
        for name, (value, bar) in caps.items():
            print(f"  {'held  ' if value <= bar else 'BROKEN'} {name}: {value:.2f} (at most {bar:g})")
        if options.json:
            print(json.dumps({name: value for name, (value, _) in (ratios | caps).items()}))


if __name__ == "__main__":
    main()
