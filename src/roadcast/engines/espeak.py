"""Speak with eSpeak NG in its klatt4 variant: many languages, light, the last to step in."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from roadcast.engines.native import load
from roadcast.engines.registry import About, pick
from roadcast.engines.words import sayable
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Mark, Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = "apt install libespeak-ng1, or pip install espeakng-loader (GPL)"
LIBRARY = "libespeak-ng.so.1"
# Plain espeak is not offered: 53 % of its words are misheard, 26 % of its klatt4 variant's.
LANGUAGES = {"en-us": "en-US", "en": "en-GB", "de": "de", "es": "es", "fr": "fr", "it": "it"}
WORDS_A_MINUTE = 165
# espeak_ng/speak_lib.h
SYNCHRONOUS, DONT_EXIT = 2, 0x8000
UTF8, END_PAUSE = 1, 0x1000
PARAMETER_RATE, PARAMETER_VOLUME = 1, 2
VOLUME = 80  # of 100: at 100 the variant reaches 0 dBFS
EVENT_END, EVENT_WORD = 0, 1
FADE, REST = 0.03, 0.05  # seconds
CHARACTER_POSITION = 1


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """eSpeak NG: robotic, but it speaks wherever there is a library or a wheel of it; 22.05 kHz."""

    about = About(
        summary="eSpeak NG, klatt4 variant; the distribution's library or a wheel",
        licence="GPL-3.0+",
        install=INSTALL,
        speed=900,
    )

    def __init__(self, *, library: str = "", data: str = "") -> None:
        self._session = _session(library, data)
        self.name = "espeak"
        self.version = f"{self._session.version} volume={VOLUME} wpm={WORDS_A_MINUTE} fade={FADE}"
        self.limits = Limits(characters=1_000)

    def voices(self) -> Sequence[Voice]:
        """List one voice for each language, English first."""
        return [
            Voice(
                engine="espeak",
                name=f"{name}+klatt4",
                language=tag,
                rate=self._session.rate,
                licence=self.about.licence,
            )
            for name, tag in LANGUAGES.items()
        ]

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it, and tell where each word starts."""
        voice = pick(self.voices(), utterance.voice)
        return self._session.say(sayable(utterance.text), voice.name, utterance.rate)


class _Session:
    """The library, opened once in a process: it has one global state."""

    def __init__(self, library: ctypes.CDLL, data: str) -> None:
        self._library = library
        library.espeak_Info.restype = ctypes.c_char_p
        library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        self.rate = library.espeak_Initialize(SYNCHRONOUS, 0, data.encode() or None, DONT_EXIT)
        path = ctypes.c_char_p()
        self.version = library.espeak_Info(ctypes.byref(path)).decode().split()[0]
        if self.rate <= 0 or not Path((path.value or b"").decode()).is_dir():
            raise EngineUnavailable(f"espeak finds no data: {INSTALL}")
        self._parts: list[bytes] = []
        self._words: list[tuple[int, int, int]] = []
        self._callback = _Callback(self._collect)
        library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, voice: str, rate: float) -> Speech:
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise EngineUnavailable(f"espeak has no voice {voice} here: {INSTALL}")
        self._library.espeak_SetParameter(PARAMETER_RATE, round(WORDS_A_MINUTE * rate), 0)
        self._library.espeak_SetParameter(PARAMETER_VOLUME, VOLUME, 0)
        self._parts.clear()
        self._words.clear()
        raw = text.encode() + b"\0"
        status = self._library.espeak_Synth(
            raw, ctypes.c_size_t(len(raw)), 0, CHARACTER_POSITION, 0, UTF8 | END_PAUSE, None, None
        )
        if status != 0:
            raise BadSpeech(f"espeak reports error {status}")
        pcm = b"".join(self._parts)
        marks = self._marks(text, len(pcm) / 2 / self.rate)
        return Speech(pcm=_let_go(pcm, self.rate), rate=self.rate, marks=marks)

    def _marks(self, text: str, end: float) -> tuple[Mark, ...]:
        starts = [(text[at - 1 : at - 1 + length], milliseconds / 1000) for at, length, milliseconds in self._words]
        following = [*starts[1:], ("", end)]
        return tuple(
            Mark(word=word, start=start, end=after)
            for (word, start), (_, after) in zip(starts, following, strict=False)
            if after > start
        )

    def _collect(self, samples: int | None, count: int, events: ctypes._Pointer[_Event]) -> int:
        for index in itertools.count():
            event = events[index]
            if event.type == EVENT_END:
                break
            if event.type == EVENT_WORD:
                self._words.append((event.text_position, event.length, event.audio_position))
        if samples and count > 0:
            self._parts.append(ctypes.string_at(samples, 2 * count))
        return 0


def _let_go(pcm: bytes, rate: int) -> bytes:
    """Fade the end and add a rest: the klatt voices stop dead in the last vowel of some texts ("the letter O")."""
    import numpy as np  # every engine is asked whether it could speak, and only one speaks

    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32)
    sounding = np.flatnonzero(samples)
    end = int(sounding[-1]) + 1 if len(sounding) else 0  # version 1.51 leaves some silence behind the dead stop
    count = min(round(FADE * rate), end)
    samples[end - count : end] *= np.linspace(1, 0, count, dtype=np.float32)
    return bytes(samples.astype("<i2").tobytes()) + bytes(2 * round(REST * rate))


@cache
def _session(library: str, data: str) -> _Session:
    """Open the library once: two copies in one process break each other."""
    if library:
        return _Session(load([library], engine="espeak", install=INSTALL), data)
    try:
        return _Session(load([LIBRARY], engine="espeak", install=INSTALL), data)
    except EngineUnavailable:
        wheel = _wheel()
        if wheel is None:
            raise
    return _Session(load([wheel[0]], engine="espeak", install=INSTALL), data or wheel[1])


def _wheel() -> tuple[str, str] | None:
    """Find library and data of the wheel espeakng-loader."""
    try:
        import espeakng_loader
    except ImportError:
        return None
    return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
