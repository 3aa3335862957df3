"""Turn 16-bit samples into mu-law or A-law and back by table, bit-exact with ITU-T G.711 as G.191 computes it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

# ITU-T G.711 2.2: mu-law decision values are offset by 33 and end at 8158 of the 14-bit scale.
_BIAS, _MULAW_TOP = 33, 0x1FFF


def _segment(magnitude: NDArray[np.int32]) -> NDArray[np.int32]:
    """Find the position of the highest bit: 1 for 1, 8 for 128 to 255, 0 for 0."""
    return np.asarray(np.frexp(magnitude.astype(np.float64))[1], dtype=np.int32)


def _every_sample() -> NDArray[np.int32]:
    return np.arange(-32768, 32768, dtype=np.int32)


def _ones_complement(values: NDArray[np.int32], shift: int) -> NDArray[np.int32]:
    """Take the magnitude the way G.191 does, by one's complement; two's complement differs in 508 codes."""
    return np.where(values < 0, ~values, values) >> shift


@cache
def mulaw_table() -> NDArray[np.uint8]:
    """Give the code of each sample from -32768 to 32767, in this order; shape (65536,)."""
    values = _every_sample()
    magnitude = np.minimum(_ones_complement(values, 2) + _BIAS, _MULAW_TOP)
    segment = _segment(magnitude >> 6) + 1
    code = ((8 - segment) << 4) | (0xF - ((magnitude >> segment) & 0xF))
    return np.where(values >= 0, code | 0x80, code).astype(np.uint8)


@cache
def alaw_table() -> NDArray[np.uint8]:
    """Give the code of each sample from -32768 to 32767, in this order; shape (65536,)."""
    values = _every_sample()
    magnitude = _ones_complement(values, 4)
    segment = _segment(magnitude >> 5)
    code = np.where(magnitude > 15, ((magnitude >> segment) & 0xF) | ((segment + 1) << 4), magnitude)
    return (np.where(values >= 0, code | 0x80, code) ^ 0x55).astype(np.uint8)


def _encode(samples: Samples, table: NDArray[np.uint8]) -> bytes:
    return table[samples.astype(np.int32) + 32768].tobytes()


def encode_mulaw(samples: Samples) -> bytes:
    """Encode as mu-law, one byte per sample."""
    return _encode(samples, mulaw_table())


def encode_alaw(samples: Samples) -> bytes:
    """Encode as A-law, one byte per sample."""
    return _encode(samples, alaw_table())


@cache
def _mulaw_values() -> Samples:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    magnitude = ((((code & 0xF) << 1) + _BIAS) << ((code >> 4) & 7)) - _BIAS
    return (np.where(code & 0x80, -magnitude, magnitude) << 2).astype(np.int16)


@cache
def _alaw_values() -> Samples:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    segment = (code >> 4) & 7
    step = ((code & 0xF) << 4) + 8
    magnitude = np.where(segment > 0, (step + 0x100) << np.maximum(segment - 1, 0), step)
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)


def decode_mulaw(codes: bytes) -> Samples:
    """Decode mu-law into 16-bit samples."""
    return _mulaw_values()[np.frombuffer(codes, np.uint8)]


def decode_alaw(codes: bytes) -> Samples:
    """Decode A-law into 16-bit samples."""
    return _alaw_values()[np.frombuffer(codes, np.uint8)]
