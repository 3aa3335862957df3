"""Tell what a client asks again, but for its range, and what is given again: neither is worked out anew."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from roadcast.web.answers import Headers
from roadcast.web.parts import Loan

_RANGE = re.compile(rb"\r\nrange: bytes=(\d{1,15}-\d{0,15})\r\n", re.IGNORECASE)
_DIGITS = re.compile(rb"\d{1,15}-\d{0,15}")
_ONCE = frozenset({b"expect", b"upgrade", b"content-length", b"transfer-encoding"})  # what they mean is for once


class Repetition(NamedTuple):
    """An answer that is given again, for another range.

    Attributes:
        loan: its body, or the beginning of it.
        rest: waits for the disk at which a loan has ended, and gives the next.
        ended: is to be told how many bytes of the body went out, and what failed, if anything but the client did.
    """

    status: int
    headers: Headers
    loan: Loan
    rest: Callable[[Loan], Awaitable[Loan]]
    ended: Callable[[int, Exception | None], None]


Repeat = Callable[[str], Repetition | None]
"""Answers a request once more, for another Range; None if it is to be asked in full, for anything may have changed."""


class Question(NamedTuple):
    """A request as it arrived, without the numbers of its range."""

    before: bytes
    behind: bytes

    def asked(self, data: bytes) -> str:
        """Read the Range of the same question; empty if it is another one."""
        before, behind = self
        if data.startswith(before) and data.endswith(behind):
            numbers = data[len(before) : len(data) - len(behind)]
            if _DIGITS.fullmatch(numbers):
                return f"bytes={numbers.decode()}"
        return ""


def question(data: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Question | None:
    """Keep a request of which these bytes are all, and whose range is of the plainest kind."""
    names = [name for name, _ in headers]
    found = _RANGE.search(data)
    lines = data.count(b"\r\n")
    alone = data.startswith(b"GET ") and data.endswith(b"\r\n\r\n") and data.count(b"\n") == lines == len(names) + 2
    if not found or not alone or names.count(b"range") != 1 or not _ONCE.isdisjoint(names):
        return None
    return Question(data[: found.start(1)], data[found.end(1) :])
