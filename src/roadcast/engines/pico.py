"""Speak with SVOX Pico, compiled into the wheel py-nanotts: the voice that is always there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from roadcast.engines.registry import About, pick
from roadcast.engines.words import sayable
from roadcast.errors import EngineUnavailable, SettingsError
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

RATE = 16_000
LANGUAGES = ("en-US", "en-GB", "de-DE", "es-ES", "fr-FR", "it-IT")
LOUDEST = 0.55  # measured: at the engine's own volume thousands of samples clip, at 0.6 none
INSTALL = "pip install py-nanotts"


class Pico:
    """SVOX Pico: light, clear, 16 kHz; holds the interpreter's lock, so use processes."""

    about = About(
        summary="SVOX Pico in a wheel, nothing else to install",
        licence="Apache-2.0",
        install=INSTALL,
        speed=240,
    )

    def __init__(self, *, volume: float = LOUDEST, pitch: float = 1.0) -> None:
        if not 0 < volume <= LOUDEST:
            raise SettingsError(f"[engines.pico] volume = {volume}: give more than 0 and at most {LOUDEST}")
        if not 0.5 <= pitch <= 2:
            raise SettingsError(f"[engines.pico] pitch = {pitch}: give 0.5 to 2.0")
        try:
            import py_nanotts
        except ImportError as error:
            raise EngineUnavailable(f"pico is not installed: {INSTALL}") from error
        self.name = "pico"
        self.version = f"{_version()} volume={volume:g} pitch={pitch:g}"
        self.limits = Limits(characters=1_000, seconds=math.inf)
        self._volume, self._pitch = volume, pitch
        self._speak = py_nanotts.NanoTTS().speak

    def voices(self) -> Sequence[Voice]:
        """List the six voices, English first."""
        return [
            Voice(engine="pico", name=tag, language=tag, rate=RATE, licence=self.about.licence) for tag in LANGUAGES
        ]

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it; a later attempt is a little softer, in case the first one clipped."""
        voice = pick(self.voices(), utterance.voice)
        pcm = self._speak(
            sayable(utterance.text),
            voice=voice.name,
            speed=utterance.rate,
            pitch=self._pitch,
            volume=self._volume * 0.9**utterance.attempt,
        )
        return Speech(pcm=pcm, rate=RATE)


def _version() -> str:
    try:
        return version("py-nanotts")
    except PackageNotFoundError:
        return "unknown"
