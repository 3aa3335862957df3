"""Wait for an engine only as long as it may take."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from roadcast.errors import EngineUnavailable, RoadcastError

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T], name: str) -> T:
    """Run the call in a thread of its own and give its result.

    A thread cannot be killed: what hangs is left behind, and the engine counts as lost. An engine that never lets
    go of the interpreter's lock cannot be timed from inside; whoever runs narration in a worker process kills that.

    Raises:
        EngineUnavailable: not retryable, if the call takes longer.
        RoadcastError: from the call; anything else that it raises becomes an EngineUnavailable.
    """
    answers: queue.SimpleQueue[T | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put(call())
        except Exception as error:  # noqa: BLE001  carried over to the caller
            answers.put(error)

    threading.Thread(target=run, name=f"narrating with {name}", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise EngineUnavailable(f"{name} did not answer within {seconds:g} s", retryable=False) from None
    if isinstance(answer, RoadcastError):
        raise answer
    if isinstance(answer, Exception):
        raise EngineUnavailable(f"{name} failed: {answer!r}") from answer
    return answer
