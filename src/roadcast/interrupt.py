"""Ctrl-C: end a command once, whatever it was in the middle of.

Python raises KeyboardInterrupt wherever it happens to be, and there it can be turned into another error (in an import,
in a pipe to a worker that the same Ctrl-C has ended) or be lost (in a finalizer). That it came is kept here, and one
that was lost comes again.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.05
"""Seconds after which an interrupt that was lost comes again."""

_MASKS = hasattr(signal, "pthread_sigmask")

_heard = False
_holding = False


class Interrupted(KeyboardInterrupt):
    """The user pressed Ctrl-C.

    A class of its own: where KeyboardInterrupt itself passes a call of exec(), as in making a dataclass, the
    interpreter ends by SIGINT, even when it was caught (CPython, pythonrun.c, _Py_UnhandledKeyboardInterrupt).
    """


def listen() -> None:
    """Raise Interrupted at Ctrl-C, and keep in mind that it was pressed; a second one ends the process at once.

    Leaves alone a process that was told to ignore it, as a job in the background is.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _hear)
        sys.unraisablehook = _repeat


def came() -> bool:
    """Say whether Ctrl-C was pressed since this process began to listen."""
    return _heard


@contextmanager
def held() -> Iterator[None]:
    """Hold Ctrl-C back, and for good from the processes that are started meanwhile; here it arrives at the end.

    Raises:
        Interrupted: at the end, if it was pressed meanwhile.
    """
    global _holding
    _holding = True
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if _MASKS else set()
    try:
        yield
    finally:
        _holding = False
        if _MASKS:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if _heard:  # taken by a thread of some library, which the mask of this one does not hold
        raise Interrupted


def obey() -> None:
    """End this process at Ctrl-C, at once and silently; one that was held back ends it here."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if _MASKS:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def _hear(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  the form of a signal's handler
    global _heard
    _heard = True
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if not _holding:
        raise Interrupted


def _repeat(lost: sys.UnraisableHookArgs) -> None:
    """Have an interrupt come again that was raised where nothing can be, as in a finalizer."""
    if not issubclass(lost.exc_type, Interrupted):
        sys.__unraisablehook__(lost)
        return
    signal.signal(signal.SIGINT, _hear)
    threading.Timer(_AGAIN, os.kill, (os.getpid(), signal.SIGINT)).start()
