"""Serve an application on a socket, on either event loop, and talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import socket

import pytest
import uvicorn

from roadcast.web.zerocopy import ZeroCopyProtocol

writers: list[asyncio.StreamWriter] = []


async def connect(port, limit=2**16, buffer=None):
    """Open a connection, which is closed when the conversation is over."""
    line = socket.socket()
    if buffer:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", port))
    reader, writer = await asyncio.open_connection(sock=line, limit=limit)
    writers.append(writer)
    return reader, writer


def loops():
    """List the event loops that there are."""
    yield pytest.param(asyncio.new_event_loop, id="asyncio")
    with contextlib.suppress(ImportError):
        import uvloop

        yield pytest.param(uvloop.new_event_loop, id="uvloop")


def conversing(loop_factory):
    """Give a function that serves an application, has it talked to, and stops it in order."""

    def conversation(app, talk, protocol=ZeroCopyProtocol, **settings):
        async def main():
            listener = socket.create_server(("127.0.0.1", 0))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
            config = uvicorn.Config(
                app, http=protocol, ws="none", lifespan="off", log_config=None, access_log=False, **settings
            )
            server = uvicorn.Server(config)
            server.capture_signals = contextlib.nullcontext
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            try:
                told = await asyncio.wait_for(talk(listener.getsockname()[1]), 20)
            finally:
                server.should_exit = True
                await asyncio.wait_for(serving, 20)
                listener.close()
            told = await told if isinstance(told, asyncio.Task) else told
            while writers:
                writers.pop().close()
            await asyncio.sleep(0.01)
            return told

        with asyncio.Runner(loop_factory=loop_factory) as runner:
            return runner.run(main())

    return conversation
