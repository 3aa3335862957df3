"""Encode and decode GSM 06.10 full rate, through libsndfile (the only module that knows soundfile)."""

from __future__ import annotations

import io

import numpy as np

from roadcast.voicemail import riff
from roadcast.voicemail.g711 import Samples

FRAME, FRAME_BYTES = 160, 33  # ETSI EN 300 961: 20 ms of 260 bits, 4 bits of signature before them
BLOCK, BLOCK_BYTES = 320, 65  # Microsoft's packing in WAV: two frames without signature


def encode_frames(samples: Samples) -> bytes:
    """Encode headerless frames of 33 bytes, what a `.gsm` file holds; 160 samples of 8 kHz each."""
    return _encode(samples, "RAW")


def encode_blocks(samples: Samples) -> bytes:
    """Encode blocks of 65 bytes, what a WAV file with format tag 0x31 holds; 320 samples of 8 kHz each."""
    return riff.walk(_encode(samples, "WAV")).data


def decode_frames(frames: bytes) -> Samples:
    """Decode what `encode_frames` made."""
    import soundfile

    samples, _ = soundfile.read(
        io.BytesIO(frames), samplerate=8000, channels=1, format="RAW", subtype="GSM610", dtype="int16"
    )
    return np.asarray(samples, np.int16)


def decode_blocks(blocks: bytes) -> Samples:
    """Decode what `encode_blocks` made."""
    import soundfile

    count = len(blocks) // BLOCK_BYTES * BLOCK
    wave = riff.write(riff.Wave(tag=riff.GSM, rate=8000, samples=count, data=blocks))
    samples, _ = soundfile.read(io.BytesIO(wave), dtype="int16")
    return np.asarray(samples, np.int16)[:count]  # libsndfile decodes the pad byte of an odd number of blocks as well


def _encode(samples: Samples, container: str) -> bytes:
    import soundfile  # heavy: only an export that needs GSM loads it

    file = io.BytesIO()
    soundfile.write(file, samples, 8000, format=container, subtype="GSM610")
    return file.getvalue()
