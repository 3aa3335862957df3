"""Encode a signal once, into bare MPEG frames that may stand behind any others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from roadcast.mixing.framing import encoded
from roadcast.mixing.signal import factor, to_pcm
from roadcast.mixing.tape import Signal, pieces
from roadcast.model import AudioFormat

# LAME delays by 576 samples and every decoder by 529; measured on decoded clips
# (tests/mixing/test_encode.py).
DELAY = 576 + 529

# libmp3lame turns everything down to 0.9498 at constant bit rates; measured at 40 to 128 kbps.
_LAME_GAIN = factor(0.45)


def encode(samples: Signal, format: AudioFormat) -> bytes:  # noqa: A002 - the word of the model
    """Encode a mono signal; sample n is heard at n + `DELAY` of the decoded frames."""
    return encoded(_pcm(samples, format.channels), format)


def _pcm(samples: Signal, channels: int) -> Iterator[bytes]:
    for part in pieces(samples):
        softer = part * _LAME_GAIN
        yield to_pcm(softer if channels == 1 else np.repeat(softer, channels))
