"""Read one resource out of many parts: bytes of its own, and files that it shares with others."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
import time
from bisect import bisect_left, bisect_right
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from roadcast.errors import StorageError

# Measured on a quiet machine: 32, 64, 128 and 256 KiB cost 654, 585, 586 and 917 us of CPU for a range of half
# a megabyte, and hold 0.14, 0.14, 0.26 and 0.90 MB for each client who does not read on.
CHUNK = 64 * 1024
LENT = 128 * 1024  # a block: the most that is left to the kernel at once, about what a client's socket takes
WARM = 1.0  # seconds for which a block that was in memory is taken to be there still
KEPT = 256  # open files of a folder
_BLOCKS = 64  # of a file, known to be in memory

_NOWAIT: int = getattr(os, "RWF_NOWAIT", 0)  # Linux: answer from the page cache or not at all
_LOOK = [bytearray(1)]  # nobody reads it
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a resource.

    Attributes:
        digest: SHA-256 of its bytes, hexadecimal.
        name: of the file in the folder, with forward slashes; empty for inline bytes.
        data: the bytes themselves, if they are inline.
    """

    size: int
    digest: str
    name: str = ""
    data: bytes = b""


def inline(data: bytes) -> Part:
    """Make a part of the resource's own bytes."""
    return Part(size=len(data), digest=hashlib.sha256(data).hexdigest(), data=data)


class Stretch(NamedTuple):
    """Some bytes of one part."""

    part: Part
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A resource: its parts in order.

    Attributes:
        ends: the offset behind each part, in bytes.
        etag: strong; the same on every server that has the same parts, another one when any part differs.
        cut: all of it in stretches: cut where parts meet, and where blocks of `LENT` bytes of a part meet.
        starts: the offset of each stretch.
    """

    parts: tuple[Part, ...]
    size: int = field(init=False)
    etag: str = field(init=False)
    ends: tuple[int, ...] = field(init=False)
    cut: tuple[Stretch, ...] = field(init=False, repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ends = tuple(accumulate(part.size for part in self.parts))
        told = ";".join(f"{part.size}:{part.digest}" for part in self.parts)
        cut = tuple(
            Stretch(part, offset, min(LENT, part.size - offset))
            for part in self.parts
            for offset in range(0, part.size, LENT)
        )
        object.__setattr__(self, "ends", ends)
        object.__setattr__(self, "cut", cut)
        object.__setattr__(self, "starts", tuple(accumulate((one.length for one in cut[:-1]), initial=0)))
        object.__setattr__(self, "size", ends[-1] if ends else 0)
        object.__setattr__(self, "etag", f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"')


class Handle:
    """An open file, closed when nobody reads from it any more.

    Attributes:
        size: in bytes.
        warm: until when each of its blocks is taken to be in memory, by its number.
    """

    __slots__ = ("descriptor", "size", "warm")

    def __init__(self, descriptor: int, size: int) -> None:
        self.descriptor, self.size = descriptor, size
        self.warm: dict[int, float] = {}

    def fileno(self) -> int:
        """Give the descriptor, as os.sendfile and the like want it."""
        return self.descriptor

    def __del__(self) -> None:
        os.close(self.descriptor)


class Folder:
    """A folder from which parts are read, and nothing beside it: no link is followed on the way.

    The files opened last stay open, since a part's bytes never change under its name: a third of the time
    of a request went into opening them again.
    """

    def __init__(self, root: Path) -> None:
        """Hold the folder open.

        Raises:
            StorageError: if it is not there.
        """
        self.root = root
        self._kept: dict[str, Handle] = {}
        self._lock = threading.Lock()
        try:
            self._fd = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise StorageError(f"{root}: cannot be opened: {error.strerror}") from error

    def close(self) -> None:
        """Let go of the folder and its files."""
        self._kept.clear()
        os.close(self._fd)

    def open(self, part: Part) -> Handle:
        """Open the file of a part, or give it again.

        Raises:
            StorageError: if it is missing, reached over a link, or of another size.
        """
        handle = self._kept.get(part.name)
        if handle is None:
            handle = Handle(self._open(part), part.size)
            with self._lock:
                self._kept[part.name] = handle
                if len(self._kept) > KEPT:
                    self._kept.pop(next(iter(self._kept)))
        return handle

    def _open(self, part: Part) -> int:
        *folders, name = part.name.split("/")
        if not name or any(step in ("", ".", "..") for step in (*folders, name)):
            raise StorageError(f"{part.name!r}: not a name of a part")
        above = self._fd
        try:
            for folder in folders:
                below = os.open(folder, _READ | os.O_DIRECTORY, dir_fd=above)
                self._leave(above)
                above = below
            descriptor = os.open(name, _READ, dir_fd=above)
        except OSError as error:
            raise StorageError(f"{self.root}/{part.name}: cannot be opened: {error.strerror}") from error
        finally:
            self._leave(above)
        if os.fstat(descriptor).st_size != part.size:
            os.close(descriptor)
            raise StorageError(f"{self.root}/{part.name}: not the {part.size} bytes that were published")
        return descriptor

    def _leave(self, descriptor: int) -> None:
        if descriptor != self._fd:
            os.close(descriptor)


async def read(folder: Folder, whole: Whole, start: int, end: int) -> AsyncGenerator[bytearray, None]:
    """Give the bytes [start, end) in chunks of at most `CHUNK`, however small the parts are.

    Nothing is held between two chunks, so a client who stops reading costs memory but no descriptor.
    The page cache is asked first and on the event loop; only a miss goes to a thread.

    Raises:
        StorageError: if a part is not what was published.
    """
    for position in range(start, end, CHUNK):
        stop = min(position + CHUNK, end)
        try:
            yield gather(folder, whole, position, stop, _NOWAIT)
        except OSError:  # not in the page cache, or a file system that cannot tell
            yield await asyncio.to_thread(gather, folder, whole, position, stop)


def stretches(whole: Whole, start: int, end: int) -> Iterator[Stretch]:
    """Give the stretches of the bytes [start, end), of which the first and the last may be shorter."""
    if start >= end:
        return iter(())
    first, behind = bisect_right(whole.starts, start) - 1, bisect_left(whole.starts, end)
    found = list(whole.cut[first:behind])
    part, offset, length = found[-1]
    found[-1] = Stretch(part, offset, end - whole.starts[behind - 1])
    part, offset, length = found[0]
    skipped = start - whole.starts[first]
    found[0] = Stretch(part, offset + skipped, length - skipped)
    return iter(found)


def cached(file: Handle, offset: int) -> bool:
    """Tell whether the block of a file that holds this byte is in memory, so that the kernel sends without waiting.

    Both ends are looked at: a disk is read ahead in stretches, not byte by byte. What was found there is not
    looked at again for `WARM` seconds, in which the kernel throws away what was just used only if memory is all but
    full; then one block is waited for.
    """
    block, now = offset // LENT, time.monotonic()
    if file.warm.get(block, 0.0) > now:
        return True
    first = block * LENT
    last = min(first + LENT, file.size) - 1
    try:
        there = os.preadv(file.descriptor, _LOOK, last, _NOWAIT) and os.preadv(file.descriptor, _LOOK, first, _NOWAIT)
    except OSError:
        return False
    if not there or not _NOWAIT:
        return False
    if len(file.warm) >= _BLOCKS:
        file.warm.clear()
    file.warm[block] = now + WARM
    return True


def at_hand(folder: Folder, stretch: Stretch) -> bool:
    """Tell whether a stretch can be sent without waiting for a disk.

    Raises:
        StorageError: if its part is not what was published.
    """
    return not stretch.part.name or cached(folder.open(stretch.part), stretch.offset)


class Loan:
    """Stretches in a row for a server to send: each opened when its turn comes, and only while none waits for a disk.

    Attributes:
        left: the stretch at which it ended before its time, being not in memory.
    """

    __slots__ = ("_coming", "_first", "_folder", "left")

    def __init__(self, folder: Folder, first: Stretch, coming: Iterator[Stretch]) -> None:
        """Begin with a stretch that is at hand."""
        self._folder, self._first, self._coming = folder, first, coming
        self.left: Stretch | None = None

    def __iter__(self) -> Iterator[bytes | tuple[Handle, int, int]]:
        """Give bytes, or file, offset and length, of each.

        Raises:
            StorageError: if a part is not what was published.
        """
        stretch: Stretch | None = self._first
        looked = True
        while stretch is not None:
            part, offset, length = stretch
            if part.name:
                file = self._folder.open(part)
                if not looked and not cached(file, offset):
                    self.left = stretch
                    return
                yield file, offset, length
            else:
                yield part.data[offset : offset + length]
            stretch, looked = next(self._coming, None), False


def warm(folder: Folder, part: Part, offset: int) -> None:
    """Read the block of a part that holds this byte into memory, waiting for the disk.

    Raises:
        StorageError: if the part is not what was published.
    """
    first = offset // LENT * LENT
    _fill(folder, part, memoryview(bytearray(min(LENT, part.size - first))), first, 0)


def gather(folder: Folder, whole: Whole, start: int, end: int, flags: int = 0) -> bytearray:
    """Collect the bytes [start, end) from the parts that hold them.

    Raises:
        OSError: if `flags` forbid waiting and the disk would have to be waited for.
        StorageError: if a part is not what was published.
    """
    collected = bytearray(end - start)
    window = memoryview(collected)
    index = bisect_right(whole.ends, start)
    position = start
    while position < end:
        part = whole.parts[index]
        base = whole.ends[index] - part.size
        stop = min(end, whole.ends[index])
        into = window[position - start : stop - start]
        if part.name:
            _fill(folder, part, into, position - base, flags)
        else:
            into[:] = part.data[position - base : stop - base]
        position = stop
        index += 1
    return collected


def _fill(folder: Folder, part: Part, into: memoryview, offset: int, flags: int) -> None:
    handle = folder.open(part)
    try:
        while into:
            count = os.preadv(handle.descriptor, [into], offset, flags)
            if not count:
                raise BlockingIOError if flags else OSError(f"ends before its {part.size} bytes")
            into = into[count:]
            offset += count
    except OSError as error:
        if flags:
            raise
        raise StorageError(f"{folder.root}/{part.name}: cannot be read: {error.strerror or error}") from error
