"""A programme of a few segments, joined as it is published and judged by ffmpeg, for every engine that is here."""

from functools import cache

import numpy as np
import pytest

import installed
from mixing.hearing import FORMAT, decode, judge, needs_ffmpeg, passage
from roadcast import engines, mixing
from roadcast.errors import EngineUnavailable
from roadcast.mixing.encode import DELAY, encode
from roadcast.model import ClipKey, Narration, Role, Script, Speech, Take, Utterance
from roadcast.model.rundown import Cue, CueKind
from roadcast.scripting.writing import BED_PAUSE

BED = Cue(kind=CueKind.BED, sound="bed")


def sting(name: str) -> Cue:
    return Cue(kind=CueKind.STING, sound=name)


SEGMENTS = (
    (
        Role.OPENING,
        (sting("opening"), BED),
        (
            "Good morning. It is Monday, the last day of November.",
            "Here is what changed, and what to do about it.",
            "First, the new price list, and what it means for open quotes.",
            "Then a win at a hospital group in the north, and how the service plan carried it.",
        ),
    ),
    (
        Role.ITEM,
        (sting("update"),),
        (
            "The new price list takes effect tomorrow. Open quotes keep their old price.",
            "The increase is three percent on instruments, and nothing at all on service.",
            "Tell every customer with an open quote today, before they hear it from somebody else.",
        ),
    ),
    (
        Role.ITEM,
        (sting("story"),),
        (
            "A hospital group chose our service plan over two cheaper offers.",
            "The reason they gave is simple: every first call was answered within the hour.",
        ),
    ),
    (Role.CLOSING, (BED, sting("closing")), ("That is all for today. Drive safely, and talk to you tomorrow.",)),
)
VOICES = (
    ("pico", "en-US"),
    ("pico", "en-GB"),
    ("flite", ""),
    ("espeak", ""),
    ("rhvoice", ""),
    ("tone", ""),
)
PAUSE = 27  # frames: 0.7 s, as between the segments of an edition
TURN = "Here is what changed, and what to do about it."  # behind it, the headlines follow

pytestmark = needs_ffmpeg


LOUDEST = -14.0


@cache
def programme(engine: str, voice: str, loudness: float = -16.0) -> tuple[tuple, tuple]:
    """Voice and mix all segments: clips and their bytes, silences between them."""
    try:
        narrator = engines.find(engine, options=installed.options())
        name = voice or narrator.voices()[0].name
    except EngineUnavailable as error:
        pytest.skip(str(error))
    cues = {cue.sound for _, cues, _ in SEGMENTS for cue in cues}
    sounds = mixing.load_sounds(None, cues)
    clips, parts = [], []
    for number, (role, cues, texts) in enumerate(SEGMENTS):
        silence = mixing.silence(PAUSE if number else 19, FORMAT)
        takes = tuple(
            Take(
                speech=trimmed(narrator.narrate(Utterance(text=text, voice=name))),
                pause=BED_PAUSE.total_seconds() if text == TURN else 0.35,
                starts=(0.0,),
            )
            for text in texts
        )
        script = Script(name=role.value, role=role, title="", passages=tuple(map(passage, texts)), cues=cues)
        said = Narration(takes=takes, engines=(f"{engine}/{name}",))
        mixed = mixing.mix(script, said, sounds, format=FORMAT, loudness=loudness, key=ClipKey(str(number)))
        for clip, data in (silence, mixed):
            clips.append(clip)
            parts.append(data)
    return tuple(clips), tuple(parts)


def trimmed(speech: Speech) -> Speech:
    samples = np.frombuffer(speech.pcm, "<i2").reshape(-1, speech.channels)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)).max(axis=1) > 150)
    kept = samples[loud[0] : loud[-1] + 1]
    return Speech(pcm=kept.tobytes(), rate=speech.rate, width=speech.width, channels=speech.channels)


@pytest.fixture(params=VOICES, ids=lambda voice: "-".join(filter(None, voice)))
def made(request):
    return programme(*request.param)


def test_the_published_sound_meets_the_bars(made):
    meets_the_bars(*made, loudness=-16.0)


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: "-".join(filter(None, voice)))
def test_every_voice_reaches_the_loudest_that_can_be_set(voice):
    meets_the_bars(*programme(*voice, LOUDEST), loudness=LOUDEST)


def meets_the_bars(clips, parts, *, loudness):
    judged = judge(b"".join(parts))
    assert judged.loudness == pytest.approx(loudness, abs=0.5)
    assert judged.true_peak <= -1.0
    assert 3.0 <= judged.range <= 8.0
    levels = [judge(data).loudness for clip, data in zip(clips, parts, strict=True) if clip.levels.speech_share]
    assert max(levels) - min(levels) <= 1.5


def test_what_the_clips_tell_is_what_is_heard(made):
    clips, parts = made
    judged = judge(b"".join(parts))
    told = [energy for clip in clips for energy in clip.levels.energies]
    assert mixing.loudness(told) == pytest.approx(judged.loudness, abs=0.15)
    assert mixing.range_(told) == pytest.approx(judged.range, abs=0.7)
    assert max(clip.levels.true_peak for clip in clips) == pytest.approx(judged.true_peak, abs=0.15)


def test_joined_clips_are_heard_bit_for_bit_as_each_alone():
    _, parts = programme("pico", "en-US")
    alone = np.concatenate([decode(data) for data in parts])
    assert np.array_equal(decode(b"".join(parts)), alone)


def test_joins_beside_the_bed_are_as_clean_as_one_continuous_encode(monkeypatch):
    """The bar: no more than 3 dB more error around the joins than if the whole were encoded at once."""
    mixed = []
    monkeypatch.setattr(
        mixing.mixer, "encode", lambda samples, format_: mixed.append(samples) or encode(samples, format_)
    )
    clips, parts = programme.__wrapped__("pico", "en-US")
    signals = [mixed.pop(0) if clip.levels.speech_share else np.zeros(0) for clip in clips]
    lengths = [clip.frames * FORMAT.samples_per_frame for clip in clips]
    signal = np.concatenate([np.pad(s, (0, length - len(s))) for s, length in zip(signals, lengths, strict=True)])
    joined = decode(b"".join(parts))[DELAY:]
    once = decode(encode(signal.astype(np.float32), FORMAT))[DELAY:][: len(joined)]
    error, bar = joined - signal[: len(joined)], once - signal[: len(joined)]
    ends = np.cumsum(lengths)
    joins = (ends[1], ends[6])  # behind the headlines, before the closing
    _, (_, greeted), (headlines, _), _ = clips[1].passages
    turn = ends[0] + round((greeted + headlines) / 2 * FORMAT.rate)  # no join since it is one clip: as good as one
    for place in (*joins, turn):
        around = slice(place - 2304, place + 2304)
        ours, theirs = np.sqrt(np.mean(error[around] ** 2)), np.sqrt(np.mean(bar[around] ** 2))
        assert ours <= max(theirs * 10 ** (3 / 20), 10 ** (-80 / 20))
    assert max(np.abs(joined[place - 400 : place + 100]).max() for place in joins) < 10 ** (-60 / 20)
    assert np.sqrt(np.mean(joined[turn - 2304 : turn + 2304] ** 2)) > 10 ** (-30 / 20)  # music, at its own level
