"""Make the file that a profile asks for out of a finished message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from roadcast.errors import VoicemailError
from roadcast.voicemail import g711, g722, gsm, riff, sndfile
from roadcast.voicemail.chain import Master
from roadcast.voicemail.profiles import FileRule

# Given 16-bit samples, their rate and kbit/s, an MP3 encoder gives bare frames of a constant bit rate.
Mp3Encoder = Callable[[NDArray[np.int16], int, int], bytes]


def encode(master: Master, rule: FileRule, *, mp3: Mp3Encoder | None = None) -> bytes:
    """Encode a message; equal messages give equal bytes.

    Raises:
        VoicemailError: if the profile wants MP3 and no encoder was given.
    """
    samples = master.narrow if rule.rate == 8000 else master.wide
    if rule.container == "mp3":
        if mp3 is None:
            raise VoicemailError("no MP3 encoder was given; this is a bug in the caller")
        return mp3(samples, rule.rate, rule.kbps)
    data = _payload(samples, rule)
    if rule.container == "raw":
        return data
    return riff.write(riff.Wave(tag=rule.tag, rate=rule.rate, samples=len(samples), data=data))


def _payload(samples: NDArray[np.int16], rule: FileRule) -> bytes:
    match rule.codec:
        case "pcm16":
            return samples.astype("<i2").tobytes()
        case "mulaw":
            return g711.encode_mulaw(samples)
        case "alaw":
            return g711.encode_alaw(samples)
        case "g722":
            return g722.encode(samples)
        case "gsm":
            return gsm.encode_blocks(samples) if rule.container == "wav" else gsm.encode_frames(samples)
    raise AssertionError(rule.codec)


def decode(data: bytes, rule: FileRule) -> NDArray[np.int16]:
    """Decode the contents of a file (without its header) into samples at the rule's rate.

    Raises:
        ValueError: if MP3 is damaged in a way that its frame headers do not show.
    """
    match rule.codec:
        case "pcm16":
            return np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int16)
        case "mulaw":
            return g711.decode_mulaw(data)
        case "alaw":
            return g711.decode_alaw(data)
        case "g722":
            return g722.decode(data) if data else np.zeros(0, np.int16)
        case "gsm":
            return gsm.decode_blocks(data) if rule.container == "wav" else gsm.decode_frames(data)
        case "mp3":
            return sndfile.decode(data)
    raise AssertionError(rule.codec)
