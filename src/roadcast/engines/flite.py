"""Speak with CMU Flite through the distribution's library; it tells when each word is said."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

from roadcast.engines.native import file_of, load
from roadcast.engines.registry import About, pick
from roadcast.engines.words import ascii_words
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Mark, Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = "apt install libflite1"
RATE = 16_000
VOICES = {"rms": "en-US", "slt": "en-US", "awb": "en-GB", "kal16": "en-US"}  # best understood first
WORD_START = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
WORD_END = b"R:SylStructure.daughtern.daughtern.R:Segment.end"


class _Wave(ctypes.Structure):
    """`cst_wave` of cst_wave.h."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    """The head of `cst_voice` of cst_voice.h."""

    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


class Flite:
    """CMU Flite: small, free, there wherever Debian's ffmpeg is; 16 kHz, English."""

    about = About(
        summary="CMU Flite, the distribution's library; word times",
        licence="BSD-like (CMU)",
        install=INSTALL,
        speed=75,
    )

    def __init__(self) -> None:
        self._flite = _declare(load(["libflite.so.1"], engine="flite", install=INSTALL))
        self._flite.flite_init()
        self._voices = {name: voice for name in VOICES if (voice := _register(name))}
        self.name = "flite"
        self.version = file_of(self._flite.flite_init).name.partition(".so.")[2] or "unknown"
        self.limits = Limits(characters=600)  # a long utterance takes 200 MB

    def voices(self) -> Sequence[Voice]:
        """List the voices whose library is installed."""
        if not self._voices:
            raise EngineUnavailable(f"flite has no voice: {INSTALL}")
        return [
            Voice(engine="flite", name=name, language=VOICES[name], rate=RATE, licence=self.about.licence)
            for name in self._voices
        ]

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it, and tell the time of each word."""
        voice = self._voices[pick(self.voices(), utterance.voice).name]
        text = ascii_words(utterance.text)
        features = ctypes.cast(voice, ctypes.POINTER(_Voice)).contents.features
        self._flite.flite_feat_set_float(features, b"duration_stretch", 1 / utterance.rate)
        spoken = self._flite.flite_synth_text(text.encode("ascii"), voice)
        if not spoken:
            raise BadSpeech("flite made no utterance")
        try:
            wave = self._flite.utt_wave(spoken)
            if not wave:
                raise BadSpeech("flite made no sound")
            pcm = ctypes.string_at(wave.contents.samples, 2 * wave.contents.num_samples)
            return Speech(pcm=pcm, rate=wave.contents.sample_rate, marks=tuple(self._marks(spoken)))
        finally:
            self._flite.delete_utterance(spoken)

    def _marks(self, spoken: int) -> Iterator[Mark]:
        word = self._flite.relation_head(self._flite.utt_relation(spoken, b"Word"))
        while word:
            start = self._flite.ffeature_float(word, WORD_START)
            end = self._flite.ffeature_float(word, WORD_END)
            name = self._flite.ffeature_string(word, b"name").decode("ascii", "replace")
            if end > start:
                yield Mark(word=name, start=start, end=end)
            word = self._flite.item_next(word)


def _register(name: str) -> int | None:
    try:
        library = ctypes.CDLL(f"libflite_cmu_us_{name}.so.1")
    except OSError:
        return None
    register = getattr(library, f"register_cmu_us_{name}")
    register.restype, register.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    voice: int | None = register(None)
    return voice


def _declare(flite: ctypes.CDLL) -> ctypes.CDLL:
    """Declare the functions of flite.h and cst_utterance.h that are used."""
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, result, arguments in (
        ("flite_synth_text", pointer, [text, pointer]),
        ("flite_feat_set_float", None, [pointer, text, ctypes.c_float]),
        ("utt_wave", ctypes.POINTER(_Wave), [pointer]),
        ("utt_relation", pointer, [pointer, text]),
        ("relation_head", pointer, [pointer]),
        ("item_next", pointer, [pointer]),
        ("ffeature_string", text, [pointer, text]),
        ("ffeature_float", ctypes.c_float, [pointer, text]),
        ("delete_utterance", None, [pointer]),
    ):
        function = getattr(flite, name)
        function.restype, function.argtypes = result, arguments
    return flite
