"""Fetch a feed and what belongs to it, from the web or from a folder; never from any other place."""

from __future__ import annotations

import base64
import http.client
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urljoin, urlsplit

MOST_BYTES = 5 * 1024 * 1024  # of a feed, a transcript or a list of chapters; more is an attack or an accident
START_BYTES = 512 * 1024  # of an audio file or a picture: enough for the tag with its cover
_SECONDS = 15.0
_REDIRECTS = 5
_AGENT = "Roadcast-FeedCheck/1 (podcast feed checker)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: 200 and so on; 0 if nothing came back, and `body` says why.
        headers: by lower-case name.
        whole: whether the body was read to its end.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    whole: bool = True

    @property
    def type(self) -> str:
        """Give the content type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Site(Protocol):
    """Where a feed is: it gives whole files, starts of files and sizes, by URL.

    What lies outside is never fetched: `outside` tells so, and asking for it gives status 0.

    Attributes:
        address: of the feed, without a login.
        guarded: whether there is a login.
    """

    address: str
    guarded: bool

    def outside(self, url: str) -> bool:
        """Tell whether a URL is not to be fetched."""
        ...

    def whole(self, url: str) -> Answer:
        """Get a file of at most `MOST_BYTES`."""
        ...

    def start(self, url: str) -> Answer:
        """Get the first `START_BYTES` of a file."""
        ...

    def size(self, url: str) -> int | None:
        """Tell the bytes of a file, if they can be known without reading it."""
        ...


class Folder:
    """A feed in a file, and what lies beside it, found by the paths of the URLs."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.guarded = False
        self._path = path
        self._base = ""

    def settle(self, address: str) -> None:
        """Learn the feed's own address: what lies under it on the web lies in the folder here."""
        self._base = address.rpartition("/")[0] + "/"

    def outside(self, url: str) -> bool:
        """Tell whether a URL is not under the feed's own address."""
        return not (self._base != "/" and url.startswith(self._base) and self._file(url).is_relative_to(self._root))

    def whole(self, url: str) -> Answer:
        """Read a file beside the feed, or the feed itself."""
        return self._read(url, MOST_BYTES)

    def start(self, url: str) -> Answer:
        """Read the start of a file beside the feed."""
        return self._read(url, START_BYTES)

    def size(self, url: str) -> int | None:
        """Tell the size of a file beside the feed."""
        try:
            return self._file(url).stat().st_size if not self.outside(url) else None
        except OSError:
            return None

    @property
    def _root(self) -> Path:
        return self._path.resolve().parent

    def _file(self, url: str) -> Path:
        return (self._root / unquote(urlsplit(url[len(self._base) :]).path)).resolve()

    def _read(self, url: str, most: int) -> Answer:
        if url != self.address and self.outside(url):
            return Answer(0, body=b"it is not in the folder")
        try:
            with (self._path if url == self.address else self._file(url)).open("rb") as file:
                data = file.read(most + 1)
        except (OSError, ValueError) as error:
            return Answer(0, body=(getattr(error, "strerror", None) or str(error)).encode())
        return Answer(200, body=data[:most], whole=len(data) <= most)


class Web:
    """A feed at a URL, and what lies on the same host. Every different request is made once.

    Name and password in the URL are sent as HTTP Basic (RFC 7617), and are no part of `address`.
    """

    def __init__(self, url: str) -> None:
        self.address, self._login = _without_login(url)
        self.guarded = bool(self._login)
        self._origin = _origin(self.address)
        self._answers: dict[tuple[str, str, frozenset[tuple[str, str]], int], Answer] = {}

    def outside(self, url: str) -> bool:
        """Tell whether a URL is on another host than the one that the user named."""
        return _origin(url) != self._origin

    def whole(self, url: str) -> Answer:
        """Get a whole file."""
        return self.ask(url)

    def start(self, url: str) -> Answer:
        """Get the start of a file by a range; a server that ignores ranges is read no further either."""
        return self.ask(url, headers={"Range": f"bytes=0-{START_BYTES - 1}"}, most=START_BYTES)

    def size(self, url: str) -> int | None:
        """Ask for a file's size."""
        length = self.ask(url, "HEAD").headers.get("content-length", "")
        return int(length) if length.isdecimal() else None

    def ask(
        self,
        url: str,
        method: str = "GET",
        *,
        headers: Mapping[str, str] | None = None,
        most: int = MOST_BYTES,
    ) -> Answer:
        """Make a request, following redirects within the host; what fails gives status 0 and the reason."""
        key = (method, url, frozenset((headers or {}).items()), most)
        if key not in self._answers:
            self._answers[key] = self._follow(url, method, {**self._login, **(headers or {})}, most)
        return self._answers[key]

    def _follow(self, url: str, method: str, headers: Mapping[str, str], most: int) -> Answer:
        for _ in range(_REDIRECTS):
            if self.outside(url):
                return Answer(0, body=f"it is on another host, {urlsplit(url).hostname}".encode())
            try:
                answer = _request(url, method, headers, most)
            except (OSError, http.client.HTTPException, ValueError) as error:
                return Answer(0, body=(str(error) or type(error).__name__).encode())
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        return Answer(0, body=b"too many redirects")


def _without_login(url: str) -> tuple[str, Mapping[str, str]]:
    """Part a URL from its login, which is given as a header."""
    scheme, slashes, rest = url.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    login, at, host = authority.rpartition("@")
    if not at:
        return url, {}
    name, _, password = login.partition(":")
    encoded = base64.b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode("ascii")
    return f"{scheme}{slashes}{host}{rest[len(authority) :]}", {"Authorization": f"Basic {encoded}"}


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port
    except ValueError:
        return "", url, None


def _request(url: str, method: str, headers: Mapping[str, str], most: int) -> Answer:
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection = (
        http.client.HTTPSConnection(host, parts.port, timeout=_SECONDS, context=ssl.create_default_context())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, parts.port, timeout=_SECONDS)
    )
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity", **headers})
        response = connection.getresponse()
        data = response.read(most + 1)
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, data[:most], whole=len(data) <= most)
    finally:
        connection.close()
