"""roadcast serve: let podcast apps fetch private feeds."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from roadcast import delivery, settings
from roadcast.cli.options import workspace_option
from roadcast.errors import SettingsError

if TYPE_CHECKING:
    import uvicorn

GRACE = 30
"""Seconds that downloads in flight are given after SIGTERM."""

# What the kernel holds for a client counts as sent, and by default that is up to 4 MB: more than many an
# episode. With 64 KB at most 0.4 MB is counted too much; accepted connections inherit it.
_SEND_BUFFER = 64 * 1024
_STALLED = 600_000  # milliseconds without taking a byte, after which a client is let go (tcp(7), TCP_USER_TIMEOUT)
_BACKLOG = 1024

# glibc (mallopt(3)): parameter and value. Sixteen feeds on their way are 3 MB; given back to the kernel each time,
# their pages came back with some 20 page faults for each feed, a sixth of its CPU.
_KEEPING = {-1: 8 << 20, -3: 1 << 20}  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 for any free one.")
@workspace_option
def command(workspace: Path, host: str, port: int) -> None:
    """Serve private feeds to subscribers until stopped.

    Listeners reach it under base_url in roadcast.toml, or ROADCAST_BASE_URL; see docs/hosting.md.
    """
    base_url = settings.load(workspace).base_url
    # What no line of ours tells need not be found out for each (Logging HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    keep_memory()
    with listen(host, port) as listener:
        server = prepare(workspace)
        _announce(listener, base_url)
        server.run(sockets=[listener])  # and then raises the signal that ended it once more


def keep_memory() -> None:
    """Have the C library keep some of the memory that is let go, for the next answer; only glibc has such a setting."""
    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL("libc.so.6")
        for parameter, value in _KEEPING.items():
            library.mallopt(parameter, value)


def listen(host: str, port: int) -> socket.socket:
    """Open the port before anything else, so that a taken one is told at once.

    Raises:
        SettingsError: if it is in use, not allowed, or not of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SettingsError(f"--host {host}: not an address of this machine: {error.strerror}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _STALLED)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsError(_refusal(host, port, error)) from error
    return listener


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{host}:{port}: already in use; stop the other program, or choose another port with --port"
    if error.errno == errno.EACCES:
        return f"{host}:{port}: not allowed; ports below 1024 are the administrator's, choose another with --port"
    return f"{host}:{port}: cannot listen: {error.strerror}"


def _announce(listener: socket.socket, base_url: str) -> None:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Serving on http://{shown}:{port}/, for listeners at {base_url} (Ctrl-C stops)")
    if not delivery.is_safe(base_url):
        click.echo(
            f"roadcast: warning: base_url {base_url} is not https: everybody on the way can read the secret "
            "addresses; see docs/hosting.md",
            err=True,
        )


def prepare(workspace: Path) -> uvicorn.Server:
    """Open the workspace for serving, so that what is wrong with it is told before anything is served.

    Raises:
        SettingsError: if the workspace or its key cannot be used.
        StorageError: if its catalogue cannot be opened.
    """
    import uvicorn

    os.environ["ROADCAST_WORKSPACE"] = str(workspace)
    logging.getLogger("roadcast.web").setLevel(logging.INFO)
    config = uvicorn.Config(
        "roadcast.web.app:create",
        factory=True,
        lifespan="on",
        http=_protocol(),
        ws="none",
        access_log=False,  # it would print the secret addresses; ours does not
        log_config=None,
        proxy_headers=False,  # the server takes them itself, from configured proxies only
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    config.load()
    return uvicorn.Server(config)


def _protocol() -> str:
    fast = sys.platform == "linux" and find_spec("httptools") is not None
    return "roadcast.web.zerocopy:ZeroCopyProtocol" if fast else "auto"
