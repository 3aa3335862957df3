"""Decode a clip again, to hear and to measure what is published."""

from __future__ import annotations

import io

from roadcast.errors import ProductionError
from roadcast.mixing.signal import Samples
from roadcast.model import Speech


def decoded(data: bytes) -> Samples:
    """Decode the bare frames of a clip, all of them: what was mixed at 0 is heard `encode.DELAY` samples later.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    import soundfile  # heavy: only who makes clips or listens to them loads it

    try:
        samples, _ = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ProductionError(f"{len(data)} bytes cannot be decoded as MP3: {error}") from error
    first: Samples = samples[:, 0]  # all channels are the same
    return first


def decode(data: bytes) -> Speech:
    """Decode the bare frames of a clip as 16-bit sound; what was mixed at 0 is heard `encode.DELAY` samples later.

    Raises:
        ProductionError: if they cannot be decoded.
    """
    import soundfile  # heavy: only who listens to finished clips loads it

    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ProductionError(f"{len(data)} bytes cannot be decoded as MP3: {error}") from error
    return Speech(pcm=samples.astype("<i2").tobytes(), rate=rate, channels=samples.shape[1])
