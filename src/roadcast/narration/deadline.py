"""Wait for an engine only as long as it may take."""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from roadcast.errors import EngineUnavailable, RoadcastError

T = TypeVar("T")

Calls = queue.SimpleQueue[tuple[Callable[[], Any], queue.SimpleQueue[Any]] | None]


class Caller:
    """Calls engines in a thread of its own, one call after another, as long as it is entered.

    A thread cannot be killed: one that hangs is left behind, and the next call has a new one. An engine that never lets
    go of the interpreter's lock cannot be timed from inside; whoever runs narration in a worker process kills that.
    """

    def __init__(self) -> None:
        self._calls: Calls | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._leave()

    def within(self, seconds: float, call: Callable[[], T], name: str) -> T:
        """Make a call and give its result; one without a deadline is made in this thread, which costs less.

        Raises:
            EngineUnavailable: not retryable, if the call takes longer.
            RoadcastError: from the call; anything else that it raises becomes an EngineUnavailable.
        """
        answer = _answer(call) if seconds == math.inf else self._waited(seconds, call, name)
        if isinstance(answer, RoadcastError):
            raise answer
        if isinstance(answer, Exception):
            raise EngineUnavailable(f"{name} failed: {answer!r}") from answer
        return answer

    def _waited(self, seconds: float, call: Callable[[], T], name: str) -> T | Exception:
        if self._calls is None:
            self._calls = queue.SimpleQueue()
            threading.Thread(target=_work, args=(self._calls,), name="narrating", daemon=True).start()
        answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()
        self._calls.put((call, answers))
        try:
            return answers.get(timeout=seconds)
        except queue.Empty:
            self._leave()
            raise EngineUnavailable(f"{name} did not answer within {seconds:g} s", retryable=False) from None

    def _leave(self) -> None:
        """Let the thread end, as soon as it can."""
        if self._calls is not None:
            self._calls.put(None)
            self._calls = None


def _work(calls: Calls) -> None:
    while (order := calls.get()) is not None:
        call, answers = order
        answers.put(_answer(call))


def _answer(call: Callable[[], T]) -> T | Exception:
    try:
        return call()
    except Exception as error:  # noqa: BLE001  carried over to the caller
        return error
