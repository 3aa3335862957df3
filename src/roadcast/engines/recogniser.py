"""Listen to what was said with a speech recogniser: an optional check that never stands in the way."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import numpy as np

from roadcast.errors import EngineUnavailable

INSTALL = "pip install 'roadcast[verify]'"
RATE = 16_000  # samples per second of the packaged model (US English)
LEVEL = 0.7  # of full scale
MARGIN = RATE // 4  # silence before and after, which the model expects
NOISE = 3e-4  # -70 dBFS: absolute silence between words confuses it
_LETTER = re.compile(r"\b([a-z])\.(?=\s|$)")


def hear(pcm: bytes, rate: int) -> str:
    """Write down what the recogniser understands of one sentence: 16-bit mono samples.

    Raises:
        EngineUnavailable: if it is not installed; the message says how to get it.
    """
    decoder = _decoder()
    decoder.start_utt()
    decoder.process_raw(_prepared(pcm, rate), full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    return hypothesis.hypstr if hypothesis else ""


def missing_words(pcm: bytes, rate: int, text: str) -> float:
    """Tell which share of the words of a text for the ear was not heard, 0 to 1, in whatever order.

    A word that the recogniser mishears counts as missing, so even good speech has some: compare with the
    share that the voice usually has (docs/sound.md), and do not block on it.

    Raises:
        EngineUnavailable: if the recogniser is not installed.
    """
    asked = Counter(words(text))
    heard = Counter(words(hear(pcm, rate)))
    return (asked - heard).total() / max(1, asked.total())


def words(text: str) -> list[str]:
    """Split a text for the ear into lower-case words, the way the recogniser writes them."""
    plain = _LETTER.sub(r"\1", text.lower().replace("-", " ").replace("’", "'"))
    return [word.strip("'") for word in re.sub(r"[^a-z' ]", " ", plain).split() if word.strip("'")]


def known(word: str) -> bool:
    """Tell whether the recogniser has the word at all."""
    return _decoder().lookup_word(word) is not None


@cache
def _decoder() -> Any:
    try:
        import pocketsphinx
    except ImportError as error:
        raise EngineUnavailable(f"the recogniser is not installed: {INSTALL}") from error
    return pocketsphinx.Decoder(loglevel="FATAL", samprate=float(RATE))


def _prepared(pcm: bytes, rate: int) -> bytes:
    import soxr

    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32_768
    if rate != RATE:
        samples = soxr.resample(samples, rate, RATE, quality="HQ")
    samples = samples * (LEVEL / max(float(np.abs(samples).max(initial=0.0)), 1e-6))
    silence = np.zeros(MARGIN, dtype=np.float32)
    whole = np.concatenate([silence, samples, silence])
    whole += np.random.default_rng(0).normal(0, NOISE, len(whole)).astype(np.float32)
    return bytes((np.clip(whole, -1, 1) * 32_767).astype("<i2").tobytes())
