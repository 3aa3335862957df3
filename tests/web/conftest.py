"""Ask an ASGI application directly, so that the last byte and the moment of departure are ours to choose."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from starlette.datastructures import Headers

import staging
from roadcast.web.parts import Part
from talking import conversing, loops


@dataclass
class Heard:
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    whole: bool = False


def scope_for(method: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogateescape"),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("192.0.2.1", 1234),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }


async def converse(
    app: Any, method: str, path: str, headers: dict[str, str], *, leave_after: int | None = None, body: bytes = b""
) -> Heard:
    heard = Heard()
    left = asyncio.Event()
    asked = False

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {"type": "http.request", "body": body, "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        await asyncio.sleep(0)
        if message["type"] == "http.response.start":
            heard.status, heard.headers = message["status"], Headers(raw=message["headers"])
            return
        if not left.is_set():
            heard.body += bytes(message.get("body", b""))
        if leave_after is not None and len(heard.body) >= leave_after:
            left.set()
            await asyncio.sleep(0.001)
        heard.whole = not message.get("more_body", False)

    await app(scope_for(method, path, headers), receive, send)
    return heard


@pytest.fixture
def ask() -> Callable[..., Heard]:
    def run(
        app: Any,
        method: str = "GET",
        path: str = "/",
        leave_after: int | None = None,
        body: bytes = b"",
        **headers: str,
    ) -> Heard:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return asyncio.run(converse(app, method, path, named, leave_after=leave_after, body=body))

    return run


@pytest.fixture(params=loops())
def run(request):
    """Serve an application on a socket, talk to it, and stop it in order."""
    return conversing(request.param)


@pytest.fixture
def stored(tmp_path) -> Callable[..., Part]:
    """Write bytes below tmp_path and tell the part they are."""

    def write(data: bytes, name: str = "") -> Part:
        digest = hashlib.sha256(data).hexdigest()
        name = name or f"{digest[:2]}/{digest}.mp3"
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return Part(size=len(data), digest=digest, name=name)

    return write


SHOWS = staging.make_show("morning"), staging.make_show("evening")


@pytest.fixture(scope="session")
def furnished(tmp_path_factory):
    """A folder made once, since every file in it is synced to disk."""
    root = tmp_path_factory.mktemp("furnished")
    opened = staging.open_stage(root, *SHOWS)
    opened.publish("morning", date(2026, 11, 19))
    opened.publish("morning", date(2026, 11, 20))
    opened.publish("evening", date(2026, 11, 19))
    opened.catalogue.close()
    return root


@pytest.fixture
def stage(tmp_path, furnished):
    """A site with two shows and three episodes, and nobody to listen yet."""
    shutil.copytree(furnished, tmp_path, dirs_exist_ok=True)
    opened = staging.open_stage(tmp_path, *SHOWS)
    yield opened
    opened.catalogue.close()
