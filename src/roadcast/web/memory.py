"""Remember what was read from the catalogue for as long as nothing in it changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

from roadcast.catalogue.pulse import Beat

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Pulse(Protocol):
    """See `roadcast.catalogue.pulse.Pulse`."""

    def beat(self) -> Beat:
        """Give a value that differs after every change."""
        ...


class Memory(Generic[K, V]):
    """Answers for keys. An answer is given again only while the pulse is the one it was read at."""

    def __init__(self, pulse: Pulse, read: Callable[[K], V | None], *, most: int) -> None:
        """Remember at most this many answers of a function that reads the catalogue, in any thread."""
        self._pulse = pulse
        self._read = read
        self._most = most
        self._kept: dict[K, tuple[Beat, V]] = {}
        self._lock = threading.Lock()

    async def recall(self, key: K, beat: Beat) -> V | None:
        """Give the answer at this beat; None is asked for again each time. Reading happens in a thread.

        Raises:
            StorageError: if the catalogue cannot be read.
        """
        kept = self._kept.get(key)
        if kept is not None and kept[0] == beat:
            return kept[1]
        return await asyncio.to_thread(self._ask, key)

    def _ask(self, key: K) -> V | None:
        with self._lock:  # a hundred requests that find it stale wait for one reading
            beat = self._pulse.beat()  # before reading: a change in between makes the next beat another one
            kept = self._kept.get(key)
            if kept is not None and kept[0] == beat:
                return kept[1]
            value = self._read(key)
            if value is not None:
                if len(self._kept) >= self._most:
                    self._kept.clear()
                self._kept[key] = (beat, value)
            return value
