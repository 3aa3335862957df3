"""Run a coroutine at once, as far as it need not wait: an answer at hand costs no task and no turn of the loop."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable, Coroutine, Generator
from typing import Any


class Signal:
    """What a coroutine waits for without a task: whoever gives the signal calls `wake`, with an error or None."""

    __slots__ = ("wake",)

    wake: Callable[[BaseException | None], None]

    def wait(self, loop: asyncio.AbstractEventLoop) -> Generator[Any, Any, None]:
        """Wait for it in a task; an error is raised. Whoever has no task yields the signal to its `Run`."""
        future = loop.create_future()

        def wake(error: BaseException | None) -> None:
            if not future.done():
                future.set_result(None) if error is None else future.set_exception(error)

        self.wake = wake
        yield from future


class Run:
    """A coroutine that runs at once. When it waits for something else than a signal, a task goes on with it.

    Until then `asyncio.current_task` knows nobody: what needs its task may not come before the first wait.

    Attributes:
        among: where it stands, in place of its task, for as long as it waits for a signal.
    """

    __slots__ = ("_context", "_coroutine", "_loop", "_waits", "among")

    def __init__(self, coroutine: Coroutine[Any, Any, None], loop: asyncio.AbstractEventLoop, among: set[Any]) -> None:
        self._coroutine, self._loop, self.among = coroutine, loop, among
        self._context = contextvars.copy_context()
        self._waits = False

    def go_on(self, error: BaseException | None = None) -> None:
        """Run it until it waits, or has come to its end."""
        if self._waits:
            self._waits = False
            self.among.discard(self)
        step = self._coroutine.send if error is None else self._coroutine.throw
        try:
            waits = self._context.run(step, error)  # type: ignore[arg-type]  # either takes what it is given
        except (StopIteration, asyncio.CancelledError):
            return
        except Exception as failure:  # noqa: BLE001  # as with a task, it is nobody else's
            self._loop.call_exception_handler({"message": "a request came to a bad end", "exception": failure})
            return
        if isinstance(waits, Signal):
            self._waits = True
            self.among.add(self)
            waits.wake = self.go_on
            return
        task = self._loop.create_task(_Rest(self._coroutine, waits), context=self._context)
        task.add_done_callback(self.among.discard)
        self.among.add(task)

    def cancel(self, msg: object = None) -> None:
        """Have it end in the next turn of the loop, as a task does."""
        self._loop.call_soon(self._end, asyncio.CancelledError(msg))

    def _end(self, error: asyncio.CancelledError) -> None:
        if self._waits:
            self.go_on(error)


class _Rest(Coroutine[Any, Any, None]):
    """What is left of a coroutine that has begun, and waits for something already."""

    __slots__ = ("_coroutine", "_waiting", "_waits")

    def __init__(self, coroutine: Coroutine[Any, Any, None], waits: Any) -> None:
        self._coroutine, self._waits, self._waiting = coroutine, waits, True

    def send(self, value: Any) -> Any:
        """Go on; at first, say again what is waited for."""
        if self._waiting:
            self._waiting = False
            return self._waits
        return self._coroutine.send(value)

    def throw(self, *error: Any) -> Any:
        """Go on with an error."""
        self._waiting = False
        return self._coroutine.throw(*error)

    def close(self) -> None:
        """End it."""
        self._coroutine.close()

    def __await__(self) -> Generator[Any, Any, None]:
        raise NotImplementedError("a task sends to it")
