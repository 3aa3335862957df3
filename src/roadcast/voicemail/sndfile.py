"""Let libsndfile encode and decode what is not worth writing oneself (the only module that knows soundfile)."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

# Imported where it is used: only an export that needs GSM or MP3 loads the library.


def encode_gsm(samples: NDArray[np.int16], *, container: str) -> bytes:
    """Encode samples of 8 kHz as GSM 06.10 in a container: "RAW", or "WAV" in Microsoft's packing."""
    import soundfile

    file = io.BytesIO()
    soundfile.write(file, samples, 8000, format=container, subtype="GSM610")
    return file.getvalue()


def decode_gsm(frames: bytes) -> NDArray[np.int16]:
    """Decode headerless GSM 06.10 into samples of 8 kHz."""
    import soundfile

    samples, _ = soundfile.read(
        io.BytesIO(frames), samplerate=8000, channels=1, format="RAW", subtype="GSM610", dtype="int16"
    )
    return np.asarray(samples, np.int16)


def decode(file: bytes) -> NDArray[np.int16]:
    """Decode a whole WAV or MP3 file with one channel; what is over full scale is cut there, as a telephone would.

    Raises:
        ValueError: if it is damaged.
    """
    import soundfile

    try:
        samples, _ = soundfile.read(io.BytesIO(file), dtype="float64", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError(str(error).partition(": ")[2] or str(error)) from error
    return np.asarray(np.clip(np.round(samples[:, 0] * 32768), -32768, 32767), np.int16)
