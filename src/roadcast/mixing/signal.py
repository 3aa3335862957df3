"""Mono signals: 32-bit floats in one row, full scale at 1.0."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import soxr
from numpy.typing import NDArray

from roadcast.errors import ProductionError
from roadcast.model import Speech

Samples = NDArray[np.float32]
"""One row, `(samples,)`, full scale at 1.0; the rate goes beside it, in samples per second."""

_PART = 1 << 18  # samples read at a time

FLOOR = -120.0  # decibels; what silence is called where a number is needed


def factor(decibels: float) -> float:
    """Turn decibels into a factor of amplitude: -6.02 dB is one half."""
    return float(10 ** (decibels / 20))


def decibels(amplitude: float) -> float:
    """Turn an amplitude, of full scale 1.0, into dBFS: 0 at full scale, `FLOOR` at the lowest."""
    return max(FLOOR, 20 * math.log10(max(amplitude, 1e-12)))


def from_speech(speech: Speech, rate: int) -> Samples:
    """Read what an engine said as mono at `rate` samples per second; its channels are averaged.

    Raises:
        ProductionError: if its samples are not 1 to 4 bytes wide.
    """
    return np.concatenate([np.zeros(0, np.float32), *parts_of(speech, rate)])


def parts_of(speech: Speech, rate: int) -> Iterator[Samples]:
    """Read what an engine said, as `from_speech` does, in parts.

    Raises:
        ProductionError: if its samples are not 1 to 4 bytes wide.
    """
    size = _PART * speech.width * speech.channels
    changing = None if rate == speech.rate else soxr.ResampleStream(speech.rate, rate, 1, "float32", "HQ")
    for start in range(0, len(speech.pcm), size):
        samples = _mono(_numbers(speech.pcm[start : start + size], speech.width), speech.channels)
        last = start + size >= len(speech.pcm)
        yield changing.resample_chunk(samples, last=last) if changing else samples


def _mono(samples: Samples, channels: int) -> Samples:
    if channels == 1:
        return samples
    whole = len(samples) // channels * channels
    mono: Samples = samples[:whole].reshape(-1, channels).mean(axis=1, dtype=np.float32)
    return mono


def _numbers(pcm: bytes, width: int) -> Samples:
    whole = pcm[: len(pcm) // width * width]
    match width:
        case 1:  # the one unsigned width of PCM
            numbers, full = np.frombuffer(whole, np.uint8).astype(np.float32) - np.float32(128), 2**7
        case 2:
            numbers, full = np.frombuffer(whole, "<i2").astype(np.float32), 2**15
        case 3:
            wide = np.zeros((len(whole) // 3, 4), np.uint8)
            wide[:, 1:] = np.frombuffer(whole, np.uint8).reshape(-1, 3)
            numbers, full = wide.reshape(-1).view("<i4").astype(np.float32), 2**31
        case 4:
            numbers, full = np.frombuffer(whole, "<i4").astype(np.float32), 2**31
        case _:
            raise ProductionError(f"speech with {width} bytes per sample; PCM of 1 to 4 bytes is wanted")
    return numbers / np.float32(full)


def to_pcm(samples: Samples) -> bytes:
    """Write 16-bit little-endian samples: 1.0 becomes 32767, and what is beyond full scale is cut there."""
    scaled = samples * np.float32(32767.0)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32768, 32767, out=scaled)
    return bytes(scaled.astype("<i2").tobytes())
