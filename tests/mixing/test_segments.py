"""Whole segments with their music, judged on what a player decodes.

The bed of these tests is a tone above everything that pico says, so that it can be told from the words.
"""

from dataclasses import replace

import numpy as np
import pytest

from mixing.hearing import FORMAT, RATE, decode, narration, needs_ffmpeg, passage, play, script
from roadcast import mixing
from roadcast.mixing.gating import loudness
from roadcast.mixing.meter import energies
from roadcast.mixing.mixer import BED_LEVEL, STING_LEVEL
from roadcast.mixing.sounds import REFERENCE
from roadcast.model import ClipKey, Role
from roadcast.model.rundown import Cue, CueKind

HIGH = 10_000
BED, STING = Cue(kind=CueKind.BED, sound="high"), Cue(kind=CueKind.STING, sound="opening")
TEXTS = ("Good morning to you all.", "We sold forty more.", "That is very good.", "Here is why it went so well for us.")

pytestmark = needs_ffmpeg


@pytest.fixture(scope="module")
def sounds():
    tone = np.sin(2 * np.pi * HIGH * np.arange(9 * RATE) / RATE).astype(np.float32)
    tone *= np.float32(10 ** ((REFERENCE - loudness(energies(tone, RATE))) / 20))
    packaged = mixing.load_sounds(None, ["opening", "closing", "bed"]).by_name
    return mixing.Sounds(rate=RATE, by_name={**packaged, "high": tone})


def segment(sounds, texts=TEXTS, pauses=(), **about):
    said = narration(texts)
    takes = tuple(replace(take, pause=pause) for take, pause in zip(said.takes, (*pauses, *[0.4] * 9), strict=False))
    return mixing.mix(script(texts, **about), replace(said, takes=takes), sounds, format=FORMAT, key=ClipKey("k"))


def bed_level(heard: np.ndarray, start: float, end: float) -> float:
    """Decibels of the bed's tone in a stretch."""
    part = heard[round(start * RATE) : round(end * RATE)]
    wave = np.exp(-2j * np.pi * HIGH * np.arange(len(part)) / RATE) * np.hanning(len(part))
    return float(20 * np.log10(abs(np.dot(part, wave)) * 4 / len(part) + 1e-9))


def test_the_bed_is_low_under_words_and_gone_under_figures(sounds):
    clip, data = segment(sounds, cues=(BED,), role=Role.MENU)
    heard = play(data)
    alone = bed_level(heard, 0.45, 0.6)
    first, figures, _, last = clip.passages
    assert alone > -50
    assert bed_level(heard, *first) < alone - 12
    assert bed_level(heard, *last) < alone - 12
    assert bed_level(heard, *last) > alone - 18  # low, not gone: so that what follows can fail
    assert bed_level(heard, *figures) < alone - 30


def test_the_bed_goes_on_from_the_greeting_to_the_last_headline(sounds):
    """What one clip is made for: a listener hears one piece of music, and at its turn it comes up."""
    texts = (TEXTS[0], TEXTS[2], TEXTS[3])
    clip, data = segment(sounds, texts, cues=(STING, BED), role=Role.OPENING, pauses=(1.8, 0.6))
    heard = play(data)
    levels = [bed_level(heard, at, at + 0.1) for at in np.arange(clip.passages[0][0], clip.passages[-1][1] - 0.1, 0.05)]
    (_, greeted), (headlines, _), _ = clip.passages
    turn = bed_level(heard, (greeted + headlines) / 2 - 0.4, (greeted + headlines) / 2 + 0.4)
    assert min(levels) > turn - 18  # low under words, and never gone
    assert max(levels) < turn + 1.5
    alone = bed_level(sounds.by_name["high"], 0.0, 0.8) - REFERENCE - 16 + BED_LEVEL
    assert turn == pytest.approx(alone, abs=1.0)


def test_the_bed_lies_twelve_decibels_below_the_voice(sounds):
    clip, data = segment(sounds, texts=TEXTS[:1], cues=(BED,), role=Role.MENU)
    tone = 10 ** (bed_level(play(data), *clip.passages[0]) / 20) * np.sin(2 * np.pi * HIGH * np.arange(RATE) / RATE)
    assert loudness(energies(tone.astype(np.float32), RATE)) < -16 - 12


def test_music_neither_starts_nor_stops_with_a_click(sounds):
    """Where nobody speaks, nothing but the bed's own frequency is heard: an edge would be noise in every band."""
    clip, data = segment(sounds, cues=(BED,), role=Role.MENU)
    heard = play(data)
    t = np.arange(len(heard)) / RATE
    for start, end in ((0.0, clip.passages[0][0] - 0.02), (clip.passages[-1][1] + 0.05, clip.seconds - 0.05)):
        part = heard[(t >= start) & (t < end)]
        spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
        frequency = np.fft.rfftfreq(len(part), 1 / RATE)
        beside = spectrum[np.abs(frequency - HIGH) > 300].sum()
        assert 10 * np.log10(beside / spectrum.sum()) < -25


@pytest.mark.parametrize("role", [Role.OPENING, Role.MENU, Role.CLOSING, Role.ITEM])
def test_no_music_sounds_at_either_end_of_a_segment(sounds, role):
    """So that every clip follows every other one, and a join never cuts a sound."""
    sting = replace(STING, sound="closing") if role is Role.CLOSING else STING
    clip, data = segment(sounds, role=role, cues=(sting, BED))
    heard = decode(data)
    assert np.abs(heard[:500]).max() < 5e-3  # what of a first sound the codec spreads ahead of it
    assert np.abs(heard[-600:]).max() < 1e-4
    assert len(heard) == clip.frames * FORMAT.samples_per_frame


def test_an_opening_sting_comes_first_and_the_voice_over_its_soft_end(sounds):
    clip, data = segment(sounds, role=Role.OPENING, cues=(STING,))
    first = clip.passages[0][0]
    assert first == pytest.approx(2.5 - 0.3)
    heard = play(data)
    sting = heard[: round((first - 0.1) * RATE)]
    assert loudness(energies(sting, RATE)) == pytest.approx(-16 + STING_LEVEL, abs=1.0)
    under = heard[round((first - 0.05) * RATE) : round(first * RATE)]
    assert 10 * np.log10(np.mean(under**2)) < -28


def test_the_closing_sting_comes_last(sounds):
    closing = Cue(kind=CueKind.STING, sound="closing")
    clip, _ = segment(sounds, role=Role.CLOSING, cues=(BED, closing))
    assert clip.passages[0][0] == pytest.approx(0.8)
    assert clip.seconds == pytest.approx(clip.passages[-1][1] + 0.25 + 2.5, abs=0.08)


@pytest.mark.parametrize(("role", "name"), [(Role.OPENING, "opening"), (Role.CLOSING, "closing")])
def test_a_greeting_of_a_few_seconds_is_as_loud_as_the_programme_with_all_its_music(sounds, role, name):
    """So that the half minute of a single short item, which is mostly frame, is published on every day."""
    own = (replace(STING, sound=name), replace(BED, sound="bed"))
    clip, _ = segment(sounds, texts=TEXTS[2:], cues=own, role=role)
    assert loudness(clip.levels.energies) == pytest.approx(-16, abs=0.5)


@pytest.mark.parametrize("role", [Role.OPENING, Role.MENU, Role.CLOSING, Role.ITEM])
@pytest.mark.parametrize("cues", [(), (STING,), (BED,), (STING, BED)], ids=len)
def test_the_length_of_music_is_predicted(sounds, role, cues):
    clip, _ = segment(sounds, role=role, cues=cues)
    words = clip.passages[-1][1] - clip.passages[0][0]
    about = script(TEXTS, role=role, cues=cues)
    assert clip.seconds == pytest.approx(words + mixing.music_seconds(about), abs=0.08)


def test_nobody_waits_longer_than_a_breath(sounds):
    """No silence over 1.2 s or, between passages, under 0.12 s."""
    clip, data = segment(sounds, role=Role.OPENING, cues=(STING, BED))
    heard = play(data)
    steps = np.abs(heard[: len(heard) // 441 * 441]).reshape(-1, 441).max(axis=1) > 10 ** (-60 / 20)
    edges = np.flatnonzero(np.diff(np.concatenate([[1], steps, [1]])))
    silences = (edges[1::2] - edges[::2]) / 100
    assert silences.max(initial=0) < 1.2
    gaps = [b[0] - a[1] for a, b in zip(clip.passages, clip.passages[1:], strict=False)]
    assert min(gaps) > 0.12


def test_a_cue_without_a_name_asks_for_no_music(sounds):
    silent = segment(sounds, cues=(Cue(kind=CueKind.STING, sound=""), Cue(kind=CueKind.BED, sound="")))
    assert silent == segment(sounds, cues=())


def test_the_same_segment_is_the_same_clip(sounds):
    assert segment(sounds, cues=(STING, BED)) == segment(sounds, cues=(STING, BED))


def test_music_changes_no_word(sounds):
    """A voice is levelled for itself: with music it is as loud as without, to what nobody notices."""
    plain, data = segment(sounds, cues=())
    scored, with_music = segment(sounds, cues=(STING,))
    a, b = play(data), play(with_music)
    for (start, end), (later, _) in zip(plain.passages, scored.passages, strict=True):
        length = round((end - start) * RATE)
        one, other = a[round(start * RATE) :][:length], b[round(later * RATE) :][:length]
        assert abs(10 * np.log10(np.mean(one**2) / np.mean(other**2))) < 0.9


def test_a_recording_is_told_by_whoever_it_is(sounds):
    recorded = replace(script(TEXTS, presenters=(0, 1)), recording="note.m4a", passages=(passage("a"), passage("b", 1)))
    clip, _ = mixing.mix(recorded, narration(TEXTS[:1]), sounds, format=FORMAT, key=ClipKey("k"))
    assert len(clip.passages) == 2
