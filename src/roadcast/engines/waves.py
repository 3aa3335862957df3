"""Read the WAV that a speech server or program answers with."""

from __future__ import annotations

import struct

from roadcast.errors import BadSpeech
from roadcast.model import Speech

PCM, EXTENSIBLE = 1, 0xFFFE


def read_wave(data: bytes) -> Speech:
    """Read 16-bit PCM out of WAV, also where a streaming server could not yet know the length.

    Raises:
        BadSpeech: if it is not WAV, or not 16-bit PCM.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadSpeech(f"it is not WAV but begins with {data[:8]!r}")
    at, form = 12, b""
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            form = data[at + 8 : at + 8 + size]
        if name == b"data":
            return _speech(form, data[at + 8 :] if size in (0, 0xFFFFFFFF) else data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    raise BadSpeech("it is WAV without samples")


def _speech(form: bytes, samples: bytes) -> Speech:
    if len(form) < 16:
        raise BadSpeech("it is WAV without a format")
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", form[:16])
    if kind not in (PCM, EXTENSIBLE) or bits != 16 or not 1 <= channels <= 8 or not rate:
        raise BadSpeech(f"it is WAV with {bits} bits, {channels} channels, format {kind}; 16-bit PCM is needed")
    frame = 2 * channels
    return Speech(pcm=samples[: len(samples) // frame * frame], rate=rate, channels=channels)
