"""Put the server together: the route table, what stands around it, and its life from start to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from roadcast.errors import DeliveryError, StorageError
from roadcast.web.access import Access, logger
from roadcast.web.endpoints import Endpoints, not_found
from roadcast.web.limits import FailureLimit
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
        return build(site, closing=stack)
    except BaseException:
        stack.close()
        raise


def build(site: Site, *, closing: contextlib.ExitStack | None = None) -> ASGIApp:
    """Make the application of a site; what is to be closed with it is closed when the server stops."""
    endpoints = Endpoints(site, failures=FailureLimit(time.monotonic))

    @contextlib.asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
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

    app = Starlette(
        routes=routes(endpoints),
        lifespan=life,
        exception_handlers={DeliveryError: endpoints.refuse, StorageError: _out_of_order, 404: _nothing},
    )
    app.router.redirect_slashes = False  # it would answer with the Host that the client made up
    served: ASGIApp = Access(app, secure=site.desk.base_url.startswith("https:"))
    return ProxyHeadersMiddleware(served, trusted_hosts=list(site.proxies)) if site.proxies else served  # type: ignore[arg-type, return-value]  # uvicorn's names for the same types


def routes(to: Endpoints) -> list[Route]:
    """List what can be asked for. Everything under /private/ needs a token; nothing else tells a secret.

    A parameter is one segment of the path that the server itself decoded and matched; no address is
    looked at a second time.
    """
    return [
        Route("/private/s/{token}/{folder}/{name}", to.media),
        Route("/private/s/{token}/{show}.xml", to.feed),
        Route("/private/s/{token}/", to.page),
        Route("/private/s/{token}/heard", to.heard, methods=["POST"]),
        Route("/private/s/{token}/colours.css", to.colours),
        Route("/private/s/{token}/phone.svg", to.phone),
        Route("/private/b/{show}.xml", to.basic),
        Route("/private/i/{token}", to.invitation),
        Route("/private/i/{token}", to.accept, methods=["POST"]),
        Route("/private/i/{token}/colours.css", to.welcome_colours),
        Route("/private/i/{token}/cover.jpg", to.welcome_cover),
        Route("/static/{name}", to.static),
        Route("/robots.txt", to.robots),
        Route("/healthz", to.healthz),
    ]


async def _nothing(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return not_found()


async def _out_of_order(request: Request, error: Exception) -> Response:  # noqa: ARG001
    logger.error("out of order: %s", error)
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return PlainTextResponse("Out of order for a moment. Please try again.\n", status_code=503, headers=headers)
