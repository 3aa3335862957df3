"""Speak with the voice of Google Translate through gTTS: online, for public words only, never by default."""

from __future__ import annotations

import base64
import binascii
import logging
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from roadcast.engines.online import LARGEST, refusal, trouble
from roadcast.engines.registry import About, pick
from roadcast.engines.words import sayable
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = "pip install 'roadcast[gtts]'"
RATE = 24_000
VOICES = {  # name: (language of the service, top-level domain that gives the accent, language)
    "us": ("en", "us", "en-US"),
    "gb": ("en", "co.uk", "en-GB"),
    "au": ("en", "com.au", "en-AU"),
    "in": ("en", "co.in", "en-IN"),
    "de": ("de", "de", "de-DE"),
    "es": ("es", "es", "es-ES"),
    "fr": ("fr", "fr", "fr-FR"),
    "it": ("it", "it", "it-IT"),
}
_AUDIO = re.compile(r'jQ1olc","\[\\"(.*)\\"]')


class GTTS:
    """Google Translate's voice: the text goes to an undocumented service of Google, over verified TLS."""

    about = About(
        summary="Google Translate's voice; needs the network and ffmpeg",
        licence="MIT (gTTS); the service has no terms for this use",
        install=INSTALL,
        leaves="the spoken text, to translate.google.com",
    )

    def __init__(
        self,
        *,
        pause: float = 0.5,
        seconds: float = 20.0,
        ca_file: str = "",
        _sleep: Callable[[float], None] = time.sleep,
        _clock: Callable[[], float] = time.monotonic,
    ) -> None:
        try:
            import gtts
            import requests
        except ImportError as error:
            raise EngineUnavailable(f"gtts is not installed: {INSTALL}") from error
        self._ffmpeg = shutil.which("ffmpeg")
        if self._ffmpeg is None:
            raise EngineUnavailable("gtts answers in MP3, which needs ffmpeg: apt install ffmpeg")
        logging.getLogger("gtts").setLevel(logging.INFO)  # at DEBUG it logs every text
        self.name = "gtts"
        self.version = version("gtts")
        self.limits = Limits(characters=gtts.gTTS.GOOGLE_TTS_MAX_CHARS, online=True, seconds=2 * seconds)
        self._make, self._failure = gtts.gTTS, requests.RequestException
        self._session = requests.Session()
        self._session.verify = ca_file or True  # the library itself switches verification off
        self._pause, self._seconds, self._sleep, self._clock = pause, seconds, _sleep, _clock
        self._next = 0.0

    def voices(self) -> Sequence[Voice]:
        """List the accents of English, then other languages."""
        return [
            Voice(engine="gtts", name=name, language=tag, rate=RATE, licence=self.about.licence)
            for name, (_, _, tag) in VOICES.items()
        ]

    def narrate(self, utterance: Utterance) -> Speech:
        """Send the text, at most a hundred characters, and decode the MP3 that comes back."""
        language, domain, _ = VOICES[pick(self.voices(), utterance.voice).name]
        said = self._make(
            sayable(utterance.text),
            lang=language,
            tld=domain,
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda text: [text],
        )
        mp3 = b"".join(self._send(request) for request in said._prepare_requests())  # the only way past its own session
        return Speech(pcm=self._decode(mp3, utterance.rate), rate=RATE)

    def _send(self, request: Any) -> bytes:
        """Send one request, not sooner after the last than the pause allows."""
        wait = self._next - self._clock()
        if wait > 0:
            self._sleep(wait)
        try:
            answer = self._session.send(request, timeout=self._seconds, allow_redirects=False)
        except self._failure as error:
            raise trouble(error, engine="gtts", host=request.url.split("/")[2]) from error
        finally:
            self._next = self._clock() + self._pause
        if answer.status_code != 200:
            raise refusal(answer.status_code, answer.headers.get("Retry-After"), engine="gtts")
        return _audio(answer.text)

    def _decode(self, mp3: bytes, rate: float) -> bytes:
        """Decode MP3, at another tempo if asked; the service itself knows only one."""
        command = [self._ffmpeg, "-v", "error", "-protocol_whitelist", "pipe", "-f", "mp3", "-i", "pipe:0"]
        tempo = ["-af", f"atempo={min(max(rate, 0.5), 2.0):g}"] if rate != 1 else []
        form = ["-ac", "1", "-ar", str(RATE), "-f", "s16le", "-fs", str(LARGEST), "pipe:1"]
        try:
            run = subprocess.run(  # noqa: S603  a program found at start, no shell
                [*map(str, command), *tempo, *form], input=mp3, capture_output=True, timeout=self._seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BadSpeech("the MP3 that gtts answered with was not decoded in time") from error
        if run.returncode or not run.stdout:
            raise BadSpeech(
                f"gtts answered with MP3 that ffmpeg cannot decode: {run.stderr.decode(errors='replace')[-120:]}"
            )
        return run.stdout


def _audio(answer: str) -> bytes:
    """Take the MP3 out of the answer.

    Raises:
        BadSpeech: if the answer is a success without audio, which the service gives now and then.
    """
    for line in answer.splitlines():
        if found := _AUDIO.search(line):
            try:
                return base64.b64decode(found[1], validate=True)
            except binascii.Error as error:
                raise BadSpeech("gtts answered with audio that is not base64") from error
    raise BadSpeech("gtts answered without audio")
