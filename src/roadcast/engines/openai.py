"""Speak through any server with OpenAI's /audio/speech: the company's own, one on this machine, or OpenAI's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import urlsplit

from roadcast.engines.online import check_address, is_local, post
from roadcast.engines.registry import About, pick
from roadcast.engines.waves import read_wave
from roadcast.engines.words import sayable
from roadcast.errors import BadSpeech, EngineUnavailable, SettingsError
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

OPENAI = "https://api.openai.com/v1"
VOICES = ("alloy", "nova", "echo", "fable", "onyx", "shimmer")
INSTALL = "set base_url (a server on this machine or your own), or api_key, in [engines.openai]"
SLOWEST, FASTEST = 0.25, 4.0  # of the interface's `speed`


class OpenAI:
    """An OpenAI-compatible speech server; text leaves this machine unless the server is on it."""

    about = About(
        summary="any OpenAI-compatible speech server, one on this machine included",
        licence="the server's",
        install=INSTALL,
        leaves="the spoken text, to base_url; nothing if that is this machine",
    )

    def __init__(
        self,
        *,
        base_url: str = OPENAI,
        api_key: str = "",
        model: str = "tts-1",
        voices: Sequence[str] = VOICES,
        rate: int = 24_000,
        language: str = "en",
        seconds: float = 60.0,
        ca_file: str = "",
    ) -> None:
        if isinstance(voices, str) or not voices:
            raise SettingsError('[engines.openai] voices: write a list such as ["alloy", "nova"]')
        self._address = check_address(base_url, engine="openai", with_key=bool(api_key))
        if self._address == OPENAI and not api_key:
            raise EngineUnavailable(f"openai is not set up: {INSTALL}")
        self.name = "openai"
        self.version = f"{model} {urlsplit(self._address).netloc}"
        self.limits = Limits(characters=4_000, online=not is_local(base_url), seconds=seconds)
        self._model, self._names, self._rate, self._language = model, tuple(voices), rate, language
        self._ca_file = ca_file
        self._headers = {"Content-Type": "application/json", "Accept": "audio/wav"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"

    def voices(self) -> Sequence[Voice]:
        """List the voices of the settings; the interface has no way to ask the server."""
        return [Voice(engine="openai", name=name, language=self._language, rate=self._rate) for name in self._names]

    def narrate(self, utterance: Utterance) -> Speech:
        """Send the text and read the WAV that comes back."""
        voice = pick(self.voices(), utterance.voice)
        asked = {
            "model": self._model,
            "input": sayable(utterance.text),
            "voice": voice.name,
            "response_format": "wav",
            "speed": min(max(utterance.rate, SLOWEST), FASTEST),
        }
        speech = read_wave(
            post(
                f"{self._address}/audio/speech",
                json.dumps(asked).encode(),
                self._headers,
                engine="openai",
                seconds=self.limits.seconds,
                ca_file=self._ca_file,
            )
        )
        if speech.rate != voice.rate:
            raise BadSpeech(f"the server speaks at {speech.rate} Hz: set [engines.openai] rate = {speech.rate}")
        return speech
