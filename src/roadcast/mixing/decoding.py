"""Decode a clip again, to hear and to measure what is published."""

from __future__ import annotations

import os
import tempfile
from typing import IO, Any

from numpy.typing import NDArray

from roadcast.errors import ProductionError
from roadcast.mixing.signal import Samples
from roadcast.model import Speech


def decoded(data: bytes) -> Samples:
    """Decode the bare frames of a clip, all of them: what was mixed at 0 is heard `encode.DELAY` samples later.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    samples, _ = _read(data, "float32")
    first: Samples = samples[:, 0]  # all channels are the same
    return first


def decode(data: bytes) -> Speech:
    """Decode the bare frames of a clip as 16-bit sound, for somebody to listen to.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    samples, rate = _read(data, "int16")
    return Speech(pcm=samples.astype("<i2").tobytes(), rate=rate, channels=samples.shape[1])


def _read(data: bytes, dtype: str) -> tuple[NDArray[Any], int]:
    import soundfile  # heavy: only who makes clips or listens to them loads it

    # A file, not an object: libsndfile would call Python for its bytes, and an interrupt in such a call is lost.
    with _in_memory() as file:
        file.write(data)
        file.seek(0)
        try:
            samples, rate = soundfile.read(file.fileno(), dtype=dtype, always_2d=True, closefd=False)
        except soundfile.LibsndfileError as error:
            raise ProductionError(f"{len(data)} bytes cannot be decoded as MP3: {error}") from error
    return samples, rate


def _in_memory() -> IO[bytes]:
    """Open a file that is on no disk, where the system has such files."""
    return open(os.memfd_create("clip"), "w+b") if hasattr(os, "memfd_create") else tempfile.TemporaryFile()  # noqa: PTH123
