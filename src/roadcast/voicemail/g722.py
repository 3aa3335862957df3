"""Encode and decode G.722 at 64 kbit/s (the only module that knows the G722 package)."""

from __future__ import annotations

from typing import cast

import numpy as np

from roadcast.voicemail.g711 import Samples


def encode(samples: Samples) -> bytes:
    """Encode samples of 16 kHz, one byte for two of them."""
    from G722 import G722

    return cast("bytes", G722(16_000, 64_000).encode(samples))


def decode(codes: bytes) -> Samples:
    """Decode into samples of 16 kHz."""
    from G722 import G722

    return np.asarray(G722(16_000, 64_000).decode(codes), np.int16)
