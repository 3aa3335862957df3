"""Decode a clip again, to hear and to measure what is published."""

from __future__ import annotations

import io
from typing import Any

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

    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype=dtype, always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ProductionError(f"{len(data)} bytes cannot be decoded as MP3: {error}") from error
    return samples, rate
