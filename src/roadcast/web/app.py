"""Put the server together: the route table, what stands around it, and its life from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from roadcast.web import access
from roadcast.web.access import Access
from roadcast.web.endpoints import Endpoints
from roadcast.web.journal import Note, note_to
from roadcast.web.limits import FailureLimit
from roadcast.web.refusals import not_found
from roadcast.web.site import Site

WORKSPACE = "ROADCAST_WORKSPACE"
"""The variable that tells a server's process which workspace it serves."""


def create() -> ASGIApp:
    """Make the application of the workspace that the environment names: what uvicorn is given as a factory.

    Raises:
        SettingsError: if the workspace cannot be served.
        StorageError: if its catalogue or folders cannot be opened.
    """
    from roadcast.web.opening import open_site  # all of Roadcast; a site that is given needs none of it

    stack = contextlib.ExitStack()
    try:
        site = stack.enter_context(open_site(Path(os.environ[WORKSPACE])))
        return build(site, closing=stack, note=note_to(access.logger))
    except BaseException:
        stack.close()
        raise


def build(site: Site, *, closing: contextlib.ExitStack | None = None, note: Note | None = None) -> ASGIApp:
    """Make the application of a site.

    Args:
        site: to serve.
        closing: what is to be closed when the server stops.
        note: writes the line of log of each request; the logger does unless told otherwise.
    """
    failures = FailureLimit(time.monotonic, per_minute=site.failures_per_minute)
    endpoints = Endpoints(site, failures=failures)

    @contextlib.asynccontextmanager
    async def life(_: object) -> AsyncIterator[None]:
        gc.freeze()  # what is loaded by now is never garbage; looking through it cost a twentieth of the time
        writing = asyncio.create_task(endpoints.notes.keep_writing())
        try:
            yield
        finally:
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing
            endpoints.close()
            if closing is not None:
                closing.close()

    # No redirects to a path with a slash: they would answer with the Host that the client made up.
    router = _Router(routes(endpoints), redirect_slashes=False, default=_nothing, lifespan=life)
    secure = site.circulation.base_url.startswith("https:")
    served: ASGIApp = Access(router, refuse=endpoints.refuse, shows=site.shows, secure=secure, note=note)
    return ProxyHeadersMiddleware(served, trusted_hosts=list(site.proxies)) if site.proxies else served  # type: ignore[arg-type, return-value]  # uvicorn's names for the same types


def routes(to: Endpoints) -> list[Route]:
    """List what can be asked for. Everything under /private/ needs a token; nothing else tells a secret.

    A parameter is one segment of the path that the server itself decoded and matched; no address is
    looked at a second time.
    """
    return [
        _route("/private/s/{token}/{folder}/{name}", to.media),
        _route("/private/s/{token}/{show}.xml", to.feed),
        _route("/private/s/{token}/", to.page),
        _route("/private/s/{token}", to.page),  # mail programs take slashes off, or put them on
        _route("/private/s/{token}/heard", to.heard, "POST"),
        _route("/private/s/{token}/colours.css", to.colours),
        _route("/private/s/{token}/phone.svg", to.phone),
        _route("/private/b/{show}.xml", to.basic),
        _route("/private/i/{token}", to.invitation),
        _route("/private/i/{token}", to.accept, "POST"),
        _route("/private/i/{token}/", to.invitation),
        _route("/private/i/{token}/", to.accept, "POST"),
        _route("/private/i/{token}/colours.css", to.welcome_colours),
        _route("/private/i/{token}/cover.jpg", to.welcome_cover),
        _route("/static/{name}", to.static),
        _route("/robots.txt", to.robots),
        _route("/healthz", to.healthz),
    ]


class _Router(Router):
    """Starlette's router, which takes what is asked for as it should be the short way."""

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and not scope["root_path"]:
            path, method = scope["path"], scope["method"]
            for route in self.routes:
                assert isinstance(route, Route)
                found = route.path_regex.match(path)
                if found and method in (route.methods or ()):
                    scope["route"], scope["path_params"] = route, found.groupdict()  # every parameter is a text
                    await route.app(scope, receive, send)
                    return
        await super().app(scope, receive, send)  # nothing, or a method that is not for it


class _Answering:
    """An endpoint as an application.

    What it raises goes up to `Access`; Starlette's own way puts two rings of handlers around each request,
    which cost as much as looking up the right.
    """

    def __init__(self, endpoint: Callable[[Request], Awaitable[ASGIApp]]) -> None:
        self.answer = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.answer(Request(scope, receive, send))
        await response(scope, receive, send)


def _route(path: str, endpoint: Callable[[Request], Awaitable[ASGIApp]], method: str = "GET") -> Route:
    return Route(path, _Answering(endpoint), methods=[method], name=endpoint.__name__)


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await not_found()(scope, receive, send)
