"""Mix one segment: words, levelled, with its music around them; encode it once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roadcast.errors import ProductionError
from roadcast.mixing import meter
from roadcast.mixing.decoding import decoded
from roadcast.mixing.ducking import BED_LEVEL, envelope, has_figures, sounding
from roadcast.mixing.encode import DELAY, encode
from roadcast.mixing.framing import clip
from roadcast.mixing.gating import HOPS_PER_SECOND, loudness
from roadcast.mixing.levelling import CEILING, CLOSE, level
from roadcast.mixing.limiter import limit
from roadcast.mixing.meter import Energies
from roadcast.mixing.phrasing import contour
from roadcast.mixing.riding import ridden
from roadcast.mixing.signal import FLOOR, Samples, factor, parts_of
from roadcast.mixing.sounds import REFERENCE, Sounds
from roadcast.mixing.tape import Signal, kept, pieces, slices
from roadcast.mixing.timeline import Span, Timeline, lay_out, merged, passages
from roadcast.model import AudioFormat, Clip, ClipKey, Levels, Mark, Narration, Script, Speech
from roadcast.model.rundown import CueKind

STING_LEVEL = -2.0  # LU below speech: half a minute that is mostly frame is as loud as a programme
HIGHEST = -1.1  # dBTP of a decoded clip: -1 is what Apple asks for, and meters differ by a few hundredths

_UNHEARD = 0.8  # dB by which a voice may differ between segments; a listener notices about one
_ATTEMPTS = 6  # to encode without a peak that is too high; two are the rule
_MORE = 0.2  # dB to limit lower than a peak may be, for coding noise never falls the same way twice
_FADE = 0.004  # seconds at the edges of a take: no click where silence was trimmed


def mix(
    script: Script,
    narration: Narration,
    sounds: Sounds,
    *,
    format: AudioFormat,  # noqa: A002 - the word of the model
    loudness: float = -16.0,
    key: ClipKey,
    lead_in: float = 0.0,
) -> tuple[Clip, bytes]:
    """Mix a segment and encode it: the clip with all that was measured on it, and its MPEG frames.

    Every voice is brought to `loudness` LUFS and the music below it; `lead_in` seconds of silence come
    before everything else. The clip's times are those of a player that drops the delay of the codec, as
    the Info frame of a recording tells it to.

    Raises:
        ProductionError: if takes and passages do not belong together, nobody is heard, or a cue has no sound.
    """
    music = {cue.kind: sounds.get(cue) for cue in script.cues if cue.sound}
    sting = len(music[CueKind.STING]) / sounds.rate if CueKind.STING in music else 0.0
    timeline = lay_out(narration, script.role, lead_in=lead_in, sting=sting, bed=CueKind.BED in music)
    mixed = blend(script, narration, music, timeline, rate=format.rate, loudness=loudness)
    data, heard, peak = _encoded(mixed, format)
    spans = passages(script, timeline.speech)
    bare = clip(key, data, format=format, levels=Levels(energies=(), true_peak=FLOOR))
    return replace(
        bare,
        levels=_levels(heard, peak, bare, timeline.speech),
        passages=spans,
        bed=sounding(timeline.bed, spans, _figures(script)) if timeline.bed else (),
        words=tuple(_words(narration, timeline)),
        engines=narration.engines,
        retries=narration.retries,
        warnings=narration.warnings,
    ), data


def blend(
    script: Script,
    narration: Narration,
    music: Mapping[CueKind, Samples],
    timeline: Timeline,
    *,
    rate: int,
    loudness: float,
) -> Signal:
    """Add voices and music up as the timeline has them, true peaks under the ceiling: the signal to be encoded.

    Args:
        script: with the passages that are said.
        narration: a take for each, at any rate.
        music: sounds by their cue, mono at `rate`, at `REFERENCE` LUFS; a bed goes round.
        timeline: in seconds from the start of the segment.
        rate: samples per second of the music and of what is given.
        loudness: of the voices, in LUFS.

    Returns:
        Mono, full scale at 1.0, from 0 to the end of the timeline.

    Raises:
        ProductionError: if a presenter says nothing, or in samples that cannot be read.
    """
    said = passages(script, timeline.speech)
    voices, heard = _voices(script, narration, timeline, rate=rate, target=loudness)
    sounds = list(_music(music, timeline, said, _figures(script), rate=rate, loudness=loudness))
    for sound, at in sounds:
        # voice and music do not resemble each other: what is heard of them adds up in power
        _lay(np.asarray(meter.energies(sound, rate)), heard, at=round(at * HOPS_PER_SECOND))
    gain = _made_up(heard, loudness)
    if gain == 1 and not sounds and len(voices) == 1:
        return voices[0]  # which is under the ceiling already
    laid = [(sound, round(at * rate)) for sound, at in sounds]
    # elsewhere a voice is as it was: under the ceiling
    spans = merged(sorted((at, at + len(sound)) for sound, at in laid), gap=1)
    beside = [(round(since), round(until)) for since, until in spans]
    return limit(kept(_added(voices, laid, gain)), rate, ceiling=CEILING, within=beside if gain == 1 else None)


def _music(
    music: Mapping[CueKind, Samples],
    timeline: Timeline,
    said: Sequence[Span],
    figures: Sequence[bool],
    *,
    rate: int,
    loudness: float,
) -> Iterator[tuple[Samples, float]]:
    """Give the sting and the bed as they sound, and when each begins."""
    if timeline.sting:
        yield music[CueKind.STING] * _gain(loudness + STING_LEVEL), timeline.sting[0]
    if timeline.bed:
        gains = envelope(timeline.bed, said, figures, rate=rate)
        bed = np.resize(music[CueKind.BED], len(gains))
        yield bed * gains * _gain(loudness + BED_LEVEL), timeline.bed[0]


def _added(voices: Sequence[Signal], sounds: Sequence[tuple[Samples, int]], gain: np.float32) -> Iterator[Samples]:
    """Add signals up, and sounds in their places."""
    for stretch in slices(len(voices[0])):
        part = np.zeros(stretch.stop - stretch.start, np.float32)
        for voice in voices:
            part += voice[stretch]
        for sound, at in sounds:
            _lay(sound[max(0, stretch.start - at) :], part, at=max(0, at - stretch.start))
        yield part * gain


def _figures(script: Script) -> list[bool]:
    return [has_figures(passage) for passage in script.passages]


def _gain(lufs: float) -> np.float32:
    return np.float32(factor(lufs - REFERENCE))


def _made_up(heard: Energies, target: float) -> np.float32:
    """Give back what softer music takes from the loudness of the whole, as long as nobody hears the voice change."""
    missing = target - loudness(heard.tolist())
    return np.float32(factor(min(missing, _UNHEARD)) if missing > CLOSE else 1.0)


def _voices(
    script: Script, narration: Narration, timeline: Timeline, *, rate: int, target: float
) -> tuple[list[Signal], Energies]:
    """Lay each presenter's takes on the timeline and level them together; give the energies of all presenters, too."""
    # a recording has one take for all its passages
    presenters = [p.presenter for p in script.passages][: len(narration.takes)]
    length = round(timeline.end * rate)
    voices: list[Signal] = []
    heard: Energies = np.zeros(1)
    phrasing = contour(narration.takes, timeline.speech, rate=rate)
    for presenter in sorted(set(presenters)):
        said = zip(presenters, narration.takes, timeline.speech, strict=True)
        own = [(take.speech, round(start * rate)) for who, take, (start, _) in said if who == presenter]
        voice = kept(_laid(own, length, rate))
        if not any(part.any() for part in pieces(voice)):
            raise ProductionError(f"{script.name}: presenter {presenter + 1} says nothing; look at the engine's speech")
        levelled, energies = level(voice, rate, target=target, phrasing=phrasing)
        if script.recording and (fader := ridden(energies, rate)):
            levelled, energies = level(voice, rate, target=target, phrasing=fader)
        voices.append(levelled)
        heard = heard + np.asarray(energies)
    return voices, heard


def _laid(said: Sequence[tuple[Speech, int]], length: int, rate: int) -> Iterator[Samples]:
    """Put speech in its places, in order and without overlap, and silence around it, `length` samples in all."""
    at = 0
    for (speech, start), end in zip(said, [*(start for _, start in said[1:]), length], strict=True):
        yield np.zeros(start - at, np.float32)
        at = start
        for part in _faded(kept(parts_of(speech, rate)), rate):
            yield part[: end - at]
            at = min(end, at + len(part))
    yield np.zeros(length - at, np.float32)


def _lay(sound: NDArray[Any], onto: NDArray[Any], *, at: int) -> None:
    place = onto[at:][: len(sound)]
    place += sound[: len(place)]


def _faded(sound: Signal, rate: int) -> Iterator[Samples]:
    """Fade both edges of a sound in and out along a half cosine."""
    length = min(round(_FADE * rate), len(sound) // 2)
    slope = (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, length))).astype(np.float32)
    yield sound[:length] * slope
    yield from pieces(sound, length, len(sound) - length)
    yield sound[len(sound) - length : len(sound)] * slope[::-1]


def _encoded(mixed: Signal, format: AudioFormat) -> tuple[bytes, Signal, float]:  # noqa: A002
    """Encode a signal, decode it again and take its true peak; where coding lifted it too high, limit there, once more.

    What coding adds depends on the voice: 0.1 dB with pico, up to 2.5 dB with espeak, which is all edges. It adds
    that to single peaks: nothing else is turned down for them.
    """
    for _ in range(_ATTEMPTS):
        data = encode(mixed, format)
        heard = decoded(data)
        peak = meter.true_peak(heard, format.rate)
        if peak <= HIGHEST:
            break
        mixed = limit(mixed, format.rate, ceiling=HIGHEST - _MORE, heard=kept(pieces(heard, DELAY)))
    return data, heard, peak


def _levels(heard: Signal, peak: float, encoded: Clip, speech: tuple[Span, ...]) -> Levels:
    """Measure a clip as it is heard, decoded."""
    return Levels(
        energies=meter.energies(heard, encoded.format.rate),
        true_peak=peak,
        speech_share=min(1.0, sum(end - start for start, end in speech) / encoded.seconds),
    )


def _words(narration: Narration, timeline: Timeline) -> Iterator[Mark]:
    for take, (start, _) in zip(narration.takes, timeline.speech, strict=True):
        for mark in take.speech.marks:
            yield Mark(word=mark.word, start=mark.start + start, end=mark.end + start)
