"""Encode and decode GSM 06.10 full rate, in frames as Asterisk keeps it and in blocks as WAV does."""

from __future__ import annotations

from roadcast.voicemail import riff, sndfile
from roadcast.voicemail.g711 import Samples

FRAME, FRAME_BYTES = 160, 33  # ETSI EN 300 961: 20 ms of 260 bits, 4 bits of signature before them
BLOCK, BLOCK_BYTES = 320, 65  # Microsoft's packing in WAV: two frames without signature


def encode_frames(samples: Samples) -> bytes:
    """Encode headerless frames of 33 bytes, what a `.gsm` file holds; 160 samples of 8 kHz each."""
    return sndfile.encode_gsm(samples, container="RAW")


def encode_blocks(samples: Samples) -> bytes:
    """Encode blocks of 65 bytes, what a WAV file with format tag 0x31 holds; 320 samples of 8 kHz each."""
    return riff.walk(sndfile.encode_gsm(samples, container="WAV")).data


def decode_frames(frames: bytes) -> Samples:
    """Decode what `encode_frames` made."""
    return sndfile.decode_gsm(frames)


def decode_blocks(blocks: bytes) -> Samples:
    """Decode what `encode_blocks` made."""
    count = len(blocks) // BLOCK_BYTES * BLOCK
    wave = riff.write(riff.Wave(tag=riff.GSM, rate=8000, samples=count, data=blocks))
    return sndfile.decode(wave)[:count]  # libsndfile decodes the pad byte of an odd number of blocks as well
