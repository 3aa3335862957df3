"""Decode a clip again, to hear and to measure what is published."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from numpy.typing import NDArray

from roadcast.errors import ProductionError
from roadcast.mixing.tape import Signal, kept
from roadcast.model import Speech

if TYPE_CHECKING:
    from soundfile import SoundFile

_PART = 1152 * 200  # samples at a time: whole frames, or the decoder rounds otherwise


def decoded(data: bytes) -> Signal:
    """Decode the bare frames of a clip, all of them: what was mixed at 0 is heard `encode.DELAY` samples later.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    with _opened(data) as sound:
        return kept(part[:, 0] for part in _parts(sound, "float32"))  # all channels are the same


def decode(data: bytes) -> Speech:
    """Decode the bare frames of a clip as 16-bit sound, for somebody to listen to.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    with _opened(data) as sound:
        pcm = b"".join(part.astype("<i2").tobytes() for part in _parts(sound, "int16"))
        return Speech(pcm=pcm, rate=sound.samplerate, channels=sound.channels)


@contextmanager
def _opened(data: bytes) -> Iterator[SoundFile]:
    import soundfile  # heavy: only who makes clips or listens to them loads it

    # A file, not an object: libsndfile would call Python for its bytes, and an interrupt in such a call is lost.
    with _in_memory() as file:
        file.write(data)
        file.seek(0)
        try:
            with soundfile.SoundFile(file.fileno(), closefd=False) as sound:
                yield sound
        except soundfile.LibsndfileError as error:
            raise ProductionError(f"{len(data)} bytes cannot be decoded as MP3: {error}") from error


def _parts(sound: SoundFile, dtype: str) -> Iterator[NDArray[Any]]:
    """Read to the end; how long it is, libsndfile only guesses."""
    while len(part := sound.read(_PART, dtype=dtype, always_2d=True)):
        yield part


def _in_memory() -> IO[bytes]:
    """Open a file that is on no disk, where the system has such files."""
    return open(os.memfd_create("clip"), "w+b") if hasattr(os, "memfd_create") else tempfile.TemporaryFile()  # noqa: PTH123
