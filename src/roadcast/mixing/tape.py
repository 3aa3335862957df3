"""Hold signals of any length: a short one in memory, a long one in a file, of which a stretch at a time is read.

Whoever works on a signal asks for its length and for stretches of it, and gives the result in parts. So a recording
of ten minutes takes no more memory than one of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import numpy as np

from roadcast.mixing.scratch import Scratch
from roadcast.mixing.signal import Samples

SHORT = 1 << 22  # samples, 95 s at 44.1 kHz: 16 MB, which most segments are shorter than
STRETCH = 1 << 18  # samples worked on at a time

_BYTES = np.dtype(np.float32).itemsize


class Signal(Protocol):
    """Mono samples, full scale at 1.0, of which stretches can be had: an array, or a `Tape`."""

    def __len__(self) -> int:
        """Count the samples."""
        ...

    def __getitem__(self, stretch: slice, /) -> Samples:
        """Give a stretch, cut at both ends of the signal as slices of an array are; not to be written to."""
        ...


class Tape:
    """A signal in a file, which goes when nobody holds the tape any more.

    Raises:
        ProductionError: if there is no room for it.
    """

    def __init__(self) -> None:
        self._file = Scratch()
        self._length = 0

    def append(self, part: Samples) -> None:
        """Write samples behind the last."""
        self._file.append(np.ascontiguousarray(part, np.float32).data)
        self._length += len(part)

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, stretch: slice) -> Samples:
        start, stop, _ = stretch.indices(self._length)
        return np.frombuffer(self._file.read(start * _BYTES, max(0, stop - start) * _BYTES), np.float32)


def kept(parts: Iterable[Samples]) -> Signal:
    """Keep a signal that is given in parts, from beginning to end."""
    held: list[Samples] = [np.zeros(0, np.float32)]
    count = 0
    rest = iter(parts)
    for part in rest:
        held.append(part)
        if (count := count + len(part)) > SHORT:
            break
    else:
        return np.concatenate(held)
    tape = Tape()
    for part in held:
        tape.append(part)
    held.clear()
    for part in rest:
        tape.append(part)
    return tape


def slices(length: int, first: int = 0, size: int = STRETCH) -> Iterator[slice]:
    """Cut what lies between two places of a signal into stretches of `size` samples and a shorter one."""
    for start in range(first, length, size):
        yield slice(start, min(start + size, length))


def pieces(signal: Signal, first: int = 0, last: int | None = None) -> Iterator[Samples]:
    """Give a signal, or what lies between two places of it, in stretches."""
    for stretch in slices(len(signal) if last is None else last, first):
        yield signal[stretch]
