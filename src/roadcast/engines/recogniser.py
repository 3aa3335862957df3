"""Listen to what was said with a speech recogniser: an optional check that never stands in the way."""

from __future__ import annotations

import importlib.util
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any

import numpy as np

from roadcast.errors import EngineUnavailable

INSTALL = "pip install 'roadcast[verify]'"
RATE = 16_000  # samples per second of the packaged model (US English)
LEVEL = 0.7  # of full scale
MARGIN = RATE // 4  # silence before and after, which the model expects
NOISE = 3e-4  # -70 dBFS: absolute silence between words confuses it
_WAY = 1  # counted up when the same sound would be heard differently
_ABSENT = f"the recogniser is not installed: {INSTALL}"
_LETTER = re.compile(r"\b([a-z])\.(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a recogniser found of a text.

    Attributes:
        asked: words of the text that it knows; of the others it cannot tell.
        missing: those of them that it did not hear, in the order of the text.
    """

    asked: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        """Tell which share is missing, 0 to 1."""
        return len(self.missing) / max(1, self.asked)


def ready() -> None:
    """Do nothing if the recogniser is installed.

    Raises:
        EngineUnavailable: if it is not; the message says how to get it.
    """
    if importlib.util.find_spec("pocketsphinx") is None:
        raise EngineUnavailable(_ABSENT)


def version() -> str:
    """Name the recogniser and the way it listens: what it heard holds for this alone."""
    return f"pocketsphinx {metadata.version('pocketsphinx')}, {_WAY}"


def hear(pcm: bytes, rate: int) -> str:
    """Write down what the recogniser understands of one sentence: 16-bit mono samples.

    Raises:
        EngineUnavailable: if it is not installed; the message says how to get it.
    """
    return _heard(_decoder(), pcm, rate)


def listen(pcm: bytes, rate: int, text: str) -> Heard:
    """Tell which words of a text for the ear were not heard, in whatever order they should have been.

    A word that the recogniser mishears counts as missing, so even good speech has some: compare with the
    share that the voice usually has (docs/sound.md). Words that sound alike (for, four) are one.

    Raises:
        EngineUnavailable: if the recogniser is not installed.
    """
    asked = [word for word in words(text) if _quick().lookup_word(word)]
    left = Counter(_sound(word) for word in words(_heard(_quick(), pcm, rate)))
    missing = []
    for word in asked:
        if left[_sound(word)]:
            left[_sound(word)] -= 1
        else:
            missing.append(word)
    return Heard(asked=len(asked), missing=tuple(missing))


def which(pcm: bytes, rate: int, sentences: Sequence[str]) -> int | None:
    """Tell which of a few sentences for the ear is said, by its place among them; None if it is none of them.

    That is far surer than writing down what is heard. Words that it does not know are passed over.

    Raises:
        EngineUnavailable: if the recogniser is not installed.
    """
    decoder = _chooser()
    choices = [" ".join(word for word in words(text) if decoder.lookup_word(word)) for text in sentences]
    decoder.add_jsgf_string(
        "choice", f"#JSGF V1.0; grammar choice; public <said> = {' | '.join(filter(None, choices))};"
    )
    decoder.activate_search("choice")
    heard = _heard(decoder, pcm, rate)
    return choices.index(heard) if heard and heard in choices else None


def words(text: str) -> list[str]:
    """Split a text for the ear into lower-case words, the way the recogniser writes them."""
    plain = _LETTER.sub(r"\1", text.lower().replace("-", " ").replace("’", "'"))
    return [word.strip("'") for word in re.sub(r"[^a-z' ]", " ", plain).split() if word.strip("'")]


def known(word: str) -> bool:
    """Tell whether the recogniser has the word at all."""
    return _decoder().lookup_word(word) is not None


def _heard(decoder: Any, pcm: bytes, rate: int) -> str:
    decoder.start_utt()
    decoder.process_raw(_prepared(pcm, rate), full_utt=True)
    decoder.end_utt()
    hypothesis = decoder.hyp()
    return hypothesis.hypstr if hypothesis else ""


@cache
def _sound(word: str) -> str:
    """Give the phonemes of a word, or itself if the recogniser does not know it."""
    return _quick().lookup_word(word) or word


@cache
def _decoder() -> Any:
    return _started()


@cache
def _quick() -> Any:
    """Follow fewer guesses: 0.37 s of CPU instead of 0.57 for a second of pico, and 1.8 % more words wrong."""
    return _started(maxhmmpf=3_000, maxwpf=10)


@cache
def _chooser() -> Any:
    return _started(lm=None)


def _started(**settings: int | None) -> Any:
    try:
        import pocketsphinx
    except ImportError as error:
        raise EngineUnavailable(_ABSENT) from error
    return pocketsphinx.Decoder(loglevel="FATAL", samprate=float(RATE), **settings)


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
