"""Note who fetched and heard what, away from the requests themselves."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

from roadcast.errors import StorageError
from roadcast.model import Episode, Play, Poll
from roadcast.web.limits import network_of

logger = logging.getLogger(__name__)

Record = Callable[[Sequence[Play], Sequence[Poll]], object]

INTERVAL = 1.0  # seconds between two writes
MOST = 50_000  # notes that wait while the catalogue is out of reach; about 20 MB
LARGEST = 8 * 1024  # bytes of a report
STRETCHES = 64  # of one report


class Notes:
    """Notes on their way to the catalogue: taken in at once, written together each second."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._plays: list[Play] = []
        self._polls: list[Poll] = []
        self._refused = False

    def take(self, note: Play | Poll) -> None:
        """Take a note, or lose it if far too many wait already."""
        if len(self._plays) + len(self._polls) >= MOST:
            return
        if isinstance(note, Play):
            self._plays.append(note)
        else:
            self._polls.append(note)

    async def keep_writing(self) -> None:
        """Write until cancelled, and then what is left."""
        try:
            while True:
                await asyncio.sleep(INTERVAL)
                await self.write()
        finally:
            with contextlib.suppress(StorageError):
                self._record(self._plays, self._polls)

    async def write(self) -> None:
        """Write what waits; what the catalogue refuses waits on."""
        plays, polls = self._plays, self._polls
        if not plays and not polls:
            return
        self._plays, self._polls = [], []
        try:
            await asyncio.to_thread(self._record, plays, polls)
        except StorageError as error:
            self._plays, self._polls = plays + self._plays, polls + self._polls
            if not self._refused:
                logger.error("cannot keep who listens: %s", error)
            self._refused = True
        else:
            self._refused = False


def network(key: bytes, address: str, now: datetime) -> str:
    """Tell networks apart for a day without keeping any address: a keyed hash that changes at midnight UTC."""
    return _network(key, address, now.date())


@lru_cache(maxsize=4096)
def _network(key: bytes, address: str, day: date) -> str:
    message = f"network:{day.isoformat()}:{network_of(address)}".encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()[:12]


def reported(body: bytes, episodes: Sequence[Episode]) -> tuple[Episode, tuple[tuple[float, float], ...]] | None:
    """Read what the player reports as heard: {"episode": guid, "heard": [[from, to], ...]} in seconds.

    None for whatever the player would not send.
    """
    try:
        told = json.loads(body)
        guid, heard = told["episode"], told["heard"]
        episode = next(one for one in episodes if one.guid == guid)
        stretches = tuple((_seconds(start), _seconds(end)) for start, end in map(_pair, heard))
    except (ValueError, KeyError, TypeError, StopIteration, RecursionError, OverflowError):
        return None
    sound = all(math.isfinite(end) and 0 <= start < end <= episode.seconds + 1 for start, end in stretches)
    return (episode, stretches) if sound and 0 < len(stretches) <= STRETCHES else None


def _pair(told: object) -> list[object]:
    if not isinstance(told, list):
        raise TypeError("a text or table of two letters is no pair")
    return told


def _seconds(told: object) -> float:
    if not isinstance(told, (int, float)) or isinstance(told, bool):
        raise TypeError("true and false are integers to Python")
    return float(told)
