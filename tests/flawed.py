"""A web server that does everything right, but for the flaws that it is given."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
from http.server import BaseHTTPRequestHandler
from pathlib import Path

SECRET = "f3kZ0qX1mT9wLr7bVh2uYc8d"
TYPES = {
    "xml": "application/rss+xml; charset=utf-8",
    "mp3": "audio/mpeg",
    "jpg": "image/jpeg",
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip",
}
LOGIN = "Basic " + base64.b64encode(b"who@ever:hunter/2").decode()
SHORT = {"Content-Length": "90"}


class Handler(BaseHTTPRequestHandler):
    """A server that does everything right, but for the flaws that it is given."""

    protocol_version = "HTTP/1.1"
    folder: Path
    flaws: frozenset[str]
    asked: list[str]

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # a client that has read enough hangs up
            super().handle()

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        if "no HEAD" in self.flaws:
            self._send(405, {}, b"")
        else:
            self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if "login" in self.flaws and self.headers.get("Authorization") != LOGIN:
            return self._send(401, {}, b"")
        name = self.path.partition(f"{SECRET}/")[2]
        path = self.folder / name
        if not name or not path.is_file():
            return self._send(404, {}, b"")
        if "moved away" in self.flaws and name.startswith("c/"):
            return self._send(302, {"Location": f"http://localhost:9/{name}"}, b"")
        data = path.read_bytes()
        if "unstable" in self.flaws and name.endswith(".xml"):
            data += b"<!-- %d -->" % len(self.asked)
        return self._answer(name, data)

    def _answer(self, name: str, data: bytes) -> None:
        ending = name.rpartition(".")[2]
        kind = TYPES.get(ending) or ("application/json+chapters" if name.startswith("c/") else "application/json")
        headers = {
            "Content-Type": kind,
            "ETag": f'"{hashlib.sha256(data).hexdigest()[:16]}"',
            "Cache-Control": "private, no-cache",
            "X-Robots-Tag": "noindex",
            "Access-Control-Allow-Origin": "*",
            "Accept-Ranges": "bytes",
        }
        for flaw, change in {
            "HEAD differs": {"Content-Type": "text/plain"} if self.command == "HEAD" else {},
            "feed as page": {"Content-Type": "text/html"} if ending == "xml" else {},
            "wrong types": {"Content-Type": "application/octet-stream"} if ending in ("vtt", "mp3") else {},
            "sound as page": {"Content-Type": "text/html"} | SHORT
            if ending == "mp3" and self.command == "HEAD"
            else {},
            "public": {"Cache-Control": "public", "X-Robots-Tag": ""},
            "no tags": {"ETag": ""},
            "old": {"ETag": "", "Last-Modified": "Mon, 02 Nov 2026 05:00:00 GMT"},
            "closed": {"Access-Control-Allow-Origin": ""},
            "zipped sound": {"Content-Encoding": "gzip"} if ending == "mp3" else {},
        }.items():
            if flaw in self.flaws:
                headers |= change
        headers = {name: value for name, value in headers.items() if value}
        same = self.headers.get("If-None-Match") == headers.get("ETag") is not None
        if (same or self.headers.get("If-Modified-Since")) and "never 304" not in self.flaws:
            return self._send(304, headers, b"")
        return self._send_part(headers, data)

    def _send_part(self, headers: dict[str, str], data: bytes) -> None:
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        stale = self.headers.get("If-Range") not in (None, headers.get("ETag")) and "splices" not in self.flaws
        if not asked or stale or "no ranges" in self.flaws:
            return self._send(200, headers, data)
        first, last = (asked[1], asked[2])
        start = int(first) if first else len(data) - int(last)
        end = min(int(last), len(data) - 1) if first and last else len(data) - 1
        if start >= len(data):
            told = f"{len(data)}" if "bare 416" in self.flaws else f"bytes */{len(data)}"
            return self._send(416, headers | {"Content-Range": told}, b"")
        return self._send(206, headers | {"Content-Range": f"bytes {start}-{end}/{len(data)}"}, data[start : end + 1])

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            if not (status == 304 and name == "Content-Length"):
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)
