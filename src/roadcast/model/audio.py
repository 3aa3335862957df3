"""Sound: what an engine said, what was mixed and encoded, and what is put in a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NewType

from roadcast.model.show import Slug

ClipKey = NewType("ClipKey", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice of an engine.

    Attributes:
        language: BCP 47, such as "en-US".
        rate: samples per second of its speech.
    """

    engine: str
    name: str
    language: str
    rate: int
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What an engine is asked to say in one call.

    Attributes:
        text: for the ear: no digit, no symbol, no markup.
        rate: relative to the voice's normal rate of 1.0.
        attempt: counted from 0; an engine may vary its settings on a later attempt.
    """

    text: str
    voice: str
    rate: float = 1.0
    attempt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment inside speech that the engine told: the start and end of a word, in seconds."""

    word: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What an engine said.

    Attributes:
        pcm: signed little-endian samples, channels interleaved.
        rate: samples per second.
        width: bytes per sample.
    """

    pcm: bytes
    rate: int
    width: int = 2
    channels: int = 1
    marks: tuple[Mark, ...] = ()

    @property
    def seconds(self) -> float:
        """Tell how long it lasts."""
        return len(self.pcm) / (self.rate * self.width * self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """One passage as it was said.

    Attributes:
        speech: its sentences joined, the pauses between them inside; 16-bit mono without silence at either end.
        pause: seconds of silence after it.
        starts: start of each sentence, in seconds from the start of the speech.
    """

    speech: Speech
    pause: float
    starts: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narration:
    """A script as it was said: one take for each passage, in order.

    Attributes:
        engines: who spoke, engine and voice ("pico/en-US"), by presenter in order of appearance.
        retries: how often an engine had to be asked again.
        warnings: what people should know, a sentence each.
    """

    takes: tuple[Take, ...]
    engines: tuple[str, ...]
    retries: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFormat:
    """The one format in which all clips of a workspace are encoded: MPEG-1 Layer III, constant bit rate.

    Attributes:
        rate: samples per second; kbps: kilobits per second.
    """

    rate: int = 44_100
    channels: int = 1
    kbps: int = 64

    @property
    def samples_per_frame(self) -> int:
        """1152 samples in MPEG-1, 576 in MPEG-2 (ISO/IEC 11172-3 2.4.2.1, 13818-3 2.4)."""
        return 1152 if self.rate >= 32_000 else 576

    def seconds(self, frames: int) -> Fraction:
        """Tell exactly how many seconds this number of frames lasts."""
        return Fraction(frames * self.samples_per_frame, self.rate)

    def __str__(self) -> str:
        return f"mp3-{self.rate}-{self.channels}-{self.kbps}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What was measured on a clip before it was encoded.

    Attributes:
        energies: mean square of the K-weighted signal in each 100 ms (ITU-R BS.1770-4); they add up
            across clips, so the loudness of an episode is known without decoding it.
        true_peak: dBTP, four times oversampled.
        speech_share: part of the clip in which somebody speaks, 0 to 1.
    """

    energies: tuple[float, ...]
    true_peak: float
    speech_share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One segment, or a section of a long one, mixed and encoded; named by what it says and how.

    Attributes:
        frames: MPEG frames in `data`, none of them an Info frame.
        digest: SHA-256 of the bytes, hexadecimal.
        engines: who spoke, engine and voice ("pico/en-US"), by presenter in order of appearance.
        passages: start and end of each passage of the script, seconds from the clip's start.
        words: word marks where the engine told them, seconds from the clip's start.
        bed: when a bed sounds, alone or under words, seconds from the clip's start.
        retries: how often an engine had to be asked again.
    """

    key: ClipKey
    format: AudioFormat
    frames: int
    size: int
    digest: str
    levels: Levels
    passages: tuple[tuple[float, float], ...] = ()
    words: tuple[Mark, ...] = ()
    bed: tuple[tuple[float, float], ...] = ()
    engines: tuple[str, ...] = ()
    retries: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Tell how long it plays."""
        return float(self.format.seconds(self.frames))


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A named stretch of a recording, in seconds from its start."""

    title: str
    start: float
    end: float
    item: Slug | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Clips in order: a list, not a file.

    Attributes:
        head: the tag and the Info frame, the only bytes that are this recording's own.
        clips: in playing order, silences between segments included.
        chapters: in order of time, the first at 0.
    """

    format: AudioFormat
    head: bytes
    clips: tuple[Clip, ...]
    chapters: tuple[Chapter, ...]

    def placed(self) -> Iterator[tuple[float, Clip]]:
        """Walk over the clips, each with its start in seconds from the beginning."""
        frames = 0
        for clip in self.clips:
            yield float(self.format.seconds(frames)), clip
            frames += clip.frames

    @property
    def size(self) -> int:
        """Count the bytes of the whole."""
        return len(self.head) + sum(clip.size for clip in self.clips)

    @property
    def seconds(self) -> float:
        """Tell how long it plays; the Info frame makes no sound."""
        return float(self.format.seconds(sum(clip.frames for clip in self.clips)))

    @property
    def digest(self) -> str:
        """Identify the bytes of the whole, hexadecimal, by the head and the clips' digests: nothing is read."""
        parts = hashlib.sha256(hashlib.sha256(self.head).digest())
        for clip in self.clips:
            parts.update(bytes.fromhex(clip.digest))
        return parts.hexdigest()
