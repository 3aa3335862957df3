"""Speak with Piper: neural voices on this machine, one file each, added by the user."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from roadcast.engines.registry import About, pick
from roadcast.engines.words import sayable
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Speech, Utterance, Voice
from roadcast.ports import Limits

INSTALL = "pip install 'roadcast[piper]' (GPL), then roadcast voices add en_US-lessac-medium --sha256 DIGEST"
VOLUME = 0.9  # it brings every sentence to full scale; this keeps it below
CALM = 0.333  # on a later attempt: half the usual variation of sound and rhythm, which is where neural voices stray
SENTENCE_REST = 0.2  # seconds


class Piper:
    """Piper: as natural as the voice that is added; text stays on this machine."""

    about = About(
        summary="Piper, neural voices on this machine; each is added by you",
        licence="GPL-3.0+ (engine); each voice its own, see its model card",
        install=INSTALL,
    )

    def __init__(self, *, folder: str = "") -> None:
        try:
            import piper
        except ImportError as error:
            raise EngineUnavailable(f"piper is not installed: {INSTALL}") from error
        logging.getLogger("piper").setLevel(logging.INFO)  # at DEBUG it logs every text
        self._piper: Any = piper
        self._folder = Path(folder).expanduser() if folder else voices_folder()
        self._voices = {voice.name: voice for voice in _installed(self._folder)}
        self.name = "piper"
        self.version = f"{version('piper-tts')} {_fingerprint(self._folder, self._voices)}"
        self.limits = Limits(characters=500)

    def voices(self) -> Sequence[Voice]:
        """List the voices that were added."""
        if not self._voices:
            raise EngineUnavailable(f"piper has no voice in {self._folder}: {INSTALL}")
        return list(self._voices.values())

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it; a later attempt varies less."""
        voice = pick(self.voices(), utterance.voice)
        speaker = _load(str(self._folder / f"{voice.name}.onnx"))
        settings = self._piper.SynthesisConfig(
            length_scale=speaker.config.length_scale / utterance.rate,
            noise_scale=CALM if utterance.attempt else None,
            noise_w_scale=CALM if utterance.attempt else None,
            volume=VOLUME,
        )
        rest = bytes(2 * round(SENTENCE_REST * voice.rate))
        said = [chunk.audio_int16_bytes for chunk in speaker.synthesize(sayable(utterance.text), settings)]
        return Speech(pcm=rest.join(said), rate=voice.rate)


def voices_folder() -> Path:
    """Give the folder of voices that the user added: XDG_DATA_HOME/roadcast/voices."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "roadcast" / "voices"


def read_config(path: Path) -> Voice:
    """Read the description of a voice, NAME.onnx.json.

    Raises:
        BadSpeech: if it is none.
    """
    name = path.name.removesuffix(".onnx.json")
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        language = config.get("language", {}).get("code") or config["espeak"]["voice"]
        rate = int(config["audio"]["sample_rate"])
        if not config["phoneme_id_map"]:
            raise ValueError("phoneme_id_map is empty")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadSpeech(f"{path}: no description of a Piper voice: {error!r}") from error
    return Voice(
        engine="piper", name=name, language=str(language).replace("_", "-"), rate=rate, licence="see its model card"
    )


def _installed(folder: Path) -> list[Voice]:
    files = sorted(folder.glob("*.onnx.json")) if folder.is_dir() else []
    return [read_config(path) for path in files if path.with_suffix("").is_file()]


def _fingerprint(folder: Path, names: Iterable[str]) -> str:
    """Tell this set of voice files from any other, by the digests that were noted when they were added."""
    known = hashlib.sha256()
    for name in sorted(names):
        noted = folder / f"{name}.onnx.sha256"
        model = folder / f"{name}.onnx"
        known.update(f"{name} {noted.read_text() if noted.exists() else model.stat().st_size}\n".encode())
    return known.hexdigest()[:12]


@cache
def _load(path: str) -> Any:
    """Load a voice once in a process: it takes a second and tens of megabytes.

    Raises:
        EngineUnavailable: if the file is no voice.
    """
    import piper

    try:
        return piper.PiperVoice.load(path)
    except Exception as error:  # the errors of the model's runtime have no base class of their own
        raise EngineUnavailable(f"{path}: not a Piper voice: {error}") from error
