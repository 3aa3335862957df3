"""Run `roadcast serve` on a staged workspace, as its users do."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import staging


@dataclass
class Running:
    """A server, and what is on it.

    Attributes:
        token: of the listener Anna, for the show "morning".
    """

    stage: staging.Stage
    token: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def home(self) -> str:
        return f"{self.origin}/private/s/{self.token}/"

    @property
    def feed(self) -> str:
        return f"{self.home}morning.xml"

    def get(self, path: str, **headers: str) -> bytes:
        request = urllib.request.Request(
            f"{self.home}{path}", headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(root: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers."""
    with (root / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "roadcast", "serve", "--port", str(port), "--workspace", str(root)],
            stdout=log,
            stderr=log,
            env={name: value for name, value in os.environ.items() if not name.startswith("ROADCAST_")},
        )
    for _ in range(600):
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return process
        if process.poll() is not None:
            break
        time.sleep(0.1)
    process.kill()
    raise AssertionError((root / "server.log").read_text())


@contextlib.contextmanager
def running(
    root: Path,
    *,
    days: int = 3,
    clips: int = 6,
    size: int = 60_000,
    voice: staging.Voice = staging.tones,
    settings: str = "",
) -> Iterator[Running]:
    """Serve a show of some episodes to the listener Anna, with more lines of settings."""
    port = free_port()
    stage = staging.open_stage(root, base_url=f"http://127.0.0.1:{port}/", small=False)
    for day in range(days):
        stage.publish("morning", date(2026, 11, 18 + day), clips=clips, size=size, voice=voice)
    token = stage.enrol("anna", "morning")
    staging.write_settings(stage)
    with (root / "roadcast.toml").open("a", encoding="utf-8") as written:
        written.write(settings)
    process = start(root, port)
    served = Running(stage, token, port, process, root / "server.log")
    try:
        yield served
    finally:
        served.process.send_signal(signal.SIGTERM)
        try:
            served.process.wait(15)
        finally:
            served.process.kill()
            stage.catalogue.close()
