"""Speak with RHVoice through the distribution's library: the best understood voice measured."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path

from roadcast.engines.native import load
from roadcast.engines.registry import About, pick
from roadcast.engines.words import ascii_words
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Mark, Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = "apt install librhvoice5 rhvoice-english (Debian: enable the section non-free)"
LIBRARY = "libRHVoice.so.5"
RATE = 24_000
DATA, CONFIG = "/usr/share/RHVoice", "/etc/RHVoice"
# Best understood first. Other English voices exist whose licence forbids use in a company (CC BY-NC-ND).
VOICES = {
    "bdl": ("en-US", "LGPL-2.1+"),
    "clb": ("en-US", "LGPL-2.1+"),
    "slt": ("en-US", "CMU"),
    "alan": ("en-GB", "LGPL-2.1+"),
}

_Event = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p)
_Play = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint, ctypes.c_void_p)
_Rate = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_void_p)


class _Callbacks(ctypes.Structure):
    """`RHVoice_callbacks` of RHVoice.h; those that are not given stay null."""

    _fields_ = (
        ("set_sample_rate", _Rate),
        ("play_speech", _Play),
        ("process_mark", ctypes.c_void_p),
        ("word_starts", _Event),
        ("word_ends", _Event),
        ("sentence_starts", ctypes.c_void_p),
        ("sentence_ends", ctypes.c_void_p),
        ("play_audio", ctypes.c_void_p),
        ("done", ctypes.c_void_p),
    )


class _Init(ctypes.Structure):
    """`RHVoice_init_params`."""

    _fields_ = (
        ("data_path", ctypes.c_char_p),
        ("config_path", ctypes.c_char_p),
        ("resource_paths", ctypes.POINTER(ctypes.c_char_p)),
        ("callbacks", _Callbacks),
        ("options", ctypes.c_uint),
    )


class _Settings(ctypes.Structure):
    """`RHVoice_synth_params`; absolute values are -1 to 1, relative ones factors."""

    _fields_ = (
        ("voice_profile", ctypes.c_char_p),
        ("absolute_rate", ctypes.c_double),
        ("absolute_pitch", ctypes.c_double),
        ("absolute_volume", ctypes.c_double),
        ("relative_rate", ctypes.c_double),
        ("relative_pitch", ctypes.c_double),
        ("relative_volume", ctypes.c_double),
        ("punctuation_mode", ctypes.c_int),
        ("punctuation_list", ctypes.c_char_p),
        ("capitals_mode", ctypes.c_int),
        ("flags", ctypes.c_int),
    )


class RHVoice:
    """RHVoice: statistical voices at 24 kHz, English, with word times."""

    about = About(
        summary="RHVoice, the distribution's library; best understood, word times",
        licence="LGPL-2.1+, voices LGPL-2.1+ or CMU",
        install=INSTALL,
        speed=45,
    )

    def __init__(self, *, library: str = LIBRARY, data: str = DATA, config: str = CONFIG) -> None:
        self._library = _declare(load([*_core(library), library], engine="rhvoice", install=INSTALL))
        self._take = _Take()
        self._init = _Init(
            data_path=data.encode(),
            config_path=config.encode(),
            resource_paths=(ctypes.c_char_p * 1)(None),
            callbacks=self._take.callbacks,
        )
        self._engine = self._library.RHVoice_new_tts_engine(ctypes.byref(self._init))
        if not self._engine:
            raise EngineUnavailable(f"rhvoice found no voice under {data}: {INSTALL}")
        self.name = "rhvoice"
        self.version = self._library.RHVoice_get_version().decode()
        self.limits = Limits(characters=1_000)

    def voices(self) -> Sequence[Voice]:
        """List the installed voices whose licence lets a company use them."""
        count = self._library.RHVoice_get_number_of_voice_profiles(self._engine)
        profiles = self._library.RHVoice_get_voice_profiles(self._engine)
        installed = {profiles[index].decode().lower() for index in range(count)}
        found = [
            Voice(engine="rhvoice", name=name, language=language, rate=RATE, licence=licence)
            for name, (language, licence) in VOICES.items()
            if name in installed
        ]
        if not found:
            raise EngineUnavailable(f"rhvoice has none of the voices {', '.join(VOICES)}: {INSTALL}")
        return found

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it, and tell the time of each word."""
        voice = pick(self.voices(), utterance.voice)
        text = ascii_words(utterance.text)
        settings = _Settings(
            voice_profile=voice.name.encode(), relative_rate=utterance.rate, relative_pitch=1.0, relative_volume=1.0
        )
        self._take.begin(text)
        raw = text.encode("ascii")
        message = self._library.RHVoice_new_message(self._engine, raw, len(raw), 0, ctypes.byref(settings), None)
        if not message:
            raise BadSpeech("rhvoice did not take the text")
        try:
            if not self._library.RHVoice_speak(message):
                raise BadSpeech("rhvoice stopped before the end")
        finally:
            self._library.RHVoice_delete_message(message)
        return self._take.speech()


def _core(library: str) -> list[str]:
    """Find the core library beside one that is named by its path: the loader looks only in its own folders."""
    return sorted(str(path) for path in Path(library).parent.glob("libRHVoice_core.so.*"))[:1] if "/" in library else []


class _Take:
    """Collects what the library calls back with: samples, and word events between them."""

    def __init__(self) -> None:
        self.callbacks = _Callbacks(
            set_sample_rate=_Rate(self._set_rate),
            play_speech=_Play(self._play),
            word_starts=_Event(self._word_starts),
            word_ends=_Event(self._word_ends),
        )
        self.begin("")

    def begin(self, text: str) -> None:
        self._text, self._parts, self._samples, self._rate = text, list[bytes](), 0, RATE
        self._words: list[tuple[str, float]] = []
        self._marks: list[Mark] = []

    def speech(self) -> Speech:
        return Speech(pcm=b"".join(self._parts), rate=self._rate, marks=tuple(self._marks))

    def _set_rate(self, rate: int, _data: int | None) -> int:
        self._rate = rate
        return 1

    def _play(self, samples: int, count: int, _data: int | None) -> int:
        self._parts.append(ctypes.string_at(samples, 2 * count))
        self._samples += count
        return 1

    def _word_starts(self, position: int, length: int, _data: int | None) -> int:
        self._words.append((self._text[position : position + length].strip(".,;:?!"), self._samples / self._rate))
        return 1

    def _word_ends(self, _position: int, _length: int, _data: int | None) -> int:
        if self._words:
            word, start = self._words.pop()
            self._marks.append(Mark(word=word, start=start, end=self._samples / self._rate))
        return 1


def _declare(library: ctypes.CDLL) -> ctypes.CDLL:
    """Declare the functions of RHVoice.h that are used."""
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, result, arguments in (
        ("RHVoice_get_version", text, []),
        ("RHVoice_new_tts_engine", pointer, [pointer]),
        ("RHVoice_get_number_of_voice_profiles", ctypes.c_uint, [pointer]),
        ("RHVoice_get_voice_profiles", ctypes.POINTER(text), [pointer]),
        ("RHVoice_new_message", pointer, [pointer, text, ctypes.c_uint, ctypes.c_int, pointer, pointer]),
        ("RHVoice_speak", ctypes.c_int, [pointer]),
        ("RHVoice_delete_message", None, [pointer]),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
