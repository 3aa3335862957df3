"""Send bytes and stretches of files into clients' sockets as these take them, past the event loop's own writing."""

from __future__ import annotations

import asyncio
import errno
import os
import select
import socket
import types
from collections.abc import Generator, Iterable, Iterator
from typing import Any, Protocol, TypeAlias
from weakref import WeakKeyDictionary

from roadcast.web.eager import Signal

_TOGETHER = 64  # sockets that are told of at once
_GONE = "the client has gone"


class File(Protocol):
    """Something with a descriptor."""

    def fileno(self) -> int:
        """Give it."""
        ...


Piece: TypeAlias = bytes | tuple[File, int, int]
"""Bytes; or a file, an offset in it, and a length."""


class Line(Signal):
    """The way to one client.

    A descriptor of our own for the client's socket: the transport owns its one, and whether that takes more
    cannot be asked beside it. It is made for the first answer, and closed with the connection.

    Attributes:
        broken: the client turned out to have gone before the transport knew.
    """

    __slots__ = ("_loop", "_sending", "_socket", "_transport", "_watched", "broken", "lost")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._socket: socket.socket | None = None
        self._sending: Sending | None = None
        self._watched = False
        self.broken = self.lost = False

    def socket(self) -> socket.socket:
        """Give our own hold of the client's socket.

        Raises:
            BrokenPipeError: if the connection is lost.
        """
        if self.lost:
            raise BrokenPipeError(_GONE)
        if self._socket is None:
            theirs = self._transport.get_extra_info("socket")
            self._socket = socket.socket(theirs.family, theirs.type, theirs.proto, os.dup(theirs.fileno()))
        return self._socket

    @types.coroutine
    def carry(self, sending: Sending) -> Generator[Any, Any, None]:
        """Send the rest as the client takes it.

        Raises:
            ConnectionError: if the client has gone.
            OSError: if a file cannot be read, or ends before its time.
        """
        if not self._watched:
            _waiting_room(self._loop).watch(self.socket().fileno(), self)
            self._watched = True
        self._sending = sending
        try:
            if asyncio.current_task(self._loop) is None:
                yield self
            else:
                yield from self.wait(self._loop)
        finally:
            self._sending = None

    def go_on(self) -> None:
        """Send more, now that the client's socket takes it."""
        if self._sending is None:
            return
        try:
            if self._sending.on():
                self._end(None)
        except Exception as error:  # noqa: BLE001  # whatever it is, the application is to know
            self._end(error)

    def lose(self) -> None:
        """Give up what is on its way: the connection is lost."""
        self.lost = True
        if self._socket is not None:
            if self._watched:
                _waiting_room(self._loop).forget(self._socket.fileno())
            self._socket.close()
        if self._sending is not None:
            self._end(BrokenPipeError(_GONE))

    def _end(self, error: Exception | None) -> None:
        self._sending = None
        self.wake(error)


class _WaitingRoom:
    """The lines of one event loop, of which each is told when its socket takes more.

    Each is registered once, and told each time at which a socket that was full is so no more (EPOLLET of epoll(7)).
    To have the event loop watch a socket, and then watch it no more, takes six system calls for each wait.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._epoll = select.epoll()
        self._lines: dict[int, Line] = {}
        loop.add_reader(self._epoll.fileno(), self._tell)

    def watch(self, descriptor: int, line: Line) -> None:
        self._lines[descriptor] = line
        self._epoll.register(descriptor, select.EPOLLOUT | select.EPOLLET)

    def forget(self, descriptor: int) -> None:
        del self._lines[descriptor]
        self._epoll.unregister(descriptor)

    def _tell(self) -> None:
        for descriptor, _ in self._epoll.poll(0, _TOGETHER):
            line = self._lines.get(descriptor)
            if line is not None:
                line.go_on()


_rooms: WeakKeyDictionary[asyncio.AbstractEventLoop, _WaitingRoom] = WeakKeyDictionary()


def _waiting_room(loop: asyncio.AbstractEventLoop) -> _WaitingRoom:
    room = _rooms.get(loop)
    if room is None:
        room = _rooms[loop] = _WaitingRoom(loop)
    return room


class Sending:
    """Pieces on their way.

    Attributes:
        sent: bytes of the pieces that the kernel has taken.
        left: bytes that may still come.
    """

    __slots__ = ("_count", "_file", "_head", "_line", "_offset", "_pieces", "_socket", "left", "sent")

    def __init__(self, line: Line, pieces: Iterable[Piece], *, most: int, head: bytes = b"") -> None:
        """Send a head, which counts for nothing, and then at most so many bytes."""
        self._line, self._socket = line, line.socket()
        self._pieces: Iterator[Piece] = iter(pieces)
        self._head = head
        self._file: File | bytes = b""
        self._offset = self._count = self.sent = 0
        self.left = most

    def on(self) -> bool:
        """Give the kernel what it takes, and tell whether that was all.

        Raises:
            ConnectionError: if the client has gone.
            OSError: if a file cannot be read, or ends before its time.
            RuntimeError: if there is more to send than was told.
        """
        if not self._rest_is_sent():
            return False
        for piece in self._pieces:
            if isinstance(piece, bytes):
                self._file, self._offset, self._count = piece, 0, len(piece)
            else:
                self._file, self._offset, self._count = piece
            if self._count > self.left:
                raise RuntimeError("Response content longer than Content-Length")
            if not self._rest_is_sent():
                return False
        return True

    def _rest_is_sent(self) -> bool:
        try:
            while self._head:
                # Together with what follows: a packet less, and the client is woken up once.
                self._head = self._head[self._socket.send(self._head, socket.MSG_MORE) :]
            while self._count:
                if isinstance(self._file, bytes):
                    sent = self._socket.send(memoryview(self._file)[self._offset :])
                else:
                    sent = os.sendfile(self._socket.fileno(), self._file.fileno(), self._offset, self._count)
                    if not sent:
                        raise OSError(errno.EIO, "the file ends before its time")
                self._offset += sent
                self._count -= sent
                self.sent += sent
                self.left -= sent
        except BlockingIOError:  # it is full; and only now would the room tell of it (EPOLLET)
            return False
        except OSError as error:
            if error.errno == errno.EIO:
                raise
            self._line.broken = True
            raise BrokenPipeError(error.errno, _GONE) from error  # also out of reach, or too slow
        return True
