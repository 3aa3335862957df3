"""Long segments are made in sections: where they are cut, and what is heard when they are put together again."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixing.hearing import FORMAT, RATE, SENTENCES, decode, judge, narration, needs_ffmpeg, passage, play
from roadcast import mixing
from roadcast.mixing.splicing import SHORTEST
from roadcast.model import ClipKey, Heading, Mark, Role, Script, Spoken
from roadcast.model.rundown import Cue, CueKind

STING, BED = Cue(kind=CueKind.STING, sound="update"), Cue(kind=CueKind.BED, sound="bed")
LONG, SHORT = "x" * SHORTEST, "y" * (SHORTEST // 4)
TURN, BREATH = 0.6, 0.35  # seconds behind a paragraph, and behind a sentence
FRAME = 1152 / RATE


def script(*said, cues=(STING,), role=Role.ITEM, **about):
    """A script of sentences, each with the pause behind it."""
    passages = tuple(
        replace(passage(text), spoken=Spoken(text=text), pause=timedelta(seconds=pause)) for text, pause in said
    )
    return Script(name="x", role=role, title="X", passages=passages, cues=cues, **about)


def texts(sections):
    return [[passage.text for passage in section.passages] for section in sections]


def test_a_long_script_is_cut_behind_its_paragraphs():
    whole = script((SHORT, BREATH), (LONG, TURN), (LONG, BREATH), (SHORT, TURN), (LONG, BREATH), (SHORT, 0.0))
    sections = mixing.sections(whole)
    assert texts(sections) == [[SHORT, LONG], [LONG, SHORT], [LONG, SHORT]]
    assert [section.cues for section in sections] == [(STING,), (), ()]
    assert {(section.name, section.title, section.role) for section in sections} == {("x", "X", Role.ITEM)}


def test_nothing_is_cut_where_nobody_takes_a_breath():
    whole = script((LONG, BREATH), (LONG, BREATH), (LONG, 0.0))
    assert mixing.sections(whole) == (whole,)


def test_what_is_too_short_for_a_section_stays_with_what_follows_or_at_the_end_with_what_came_before():
    whole = script((SHORT, TURN), (SHORT, TURN), (LONG, TURN), (SHORT, TURN), (LONG, TURN), (SHORT, TURN), (SHORT, 0.0))
    assert texts(mixing.sections(whole)) == [[SHORT, SHORT, LONG], [SHORT, LONG, SHORT, SHORT]]
    assert mixing.sections(short := script((LONG, TURN), (SHORT, 0.0))) == (short,)


@pytest.mark.parametrize(
    "held",
    [
        {"cues": (STING, BED)},
        {"role": Role.CLOSING},
        {"recording": "talk.wav"},
        {"headings": (Heading(passage=1, name="more", title="More"),)},
    ],
    ids=lambda held: next(iter(held)),
)
def test_what_music_a_recording_or_a_heading_holds_together_stays_whole(held):
    whole = script((LONG, TURN), (LONG, TURN), (LONG, 0.0), **held)
    assert mixing.sections(whole) == (whole,)


paragraphs = st.lists(
    st.tuples(st.integers(1, 2 * SHORTEST).map("x".__mul__), st.sampled_from([BREATH, TURN])), min_size=1, max_size=20
)


@given(paragraphs)
def test_sections_hold_every_passage_once_and_none_is_too_short(said):
    whole = script(*said)
    sections = mixing.sections(whole)
    assert [passage for section in sections for passage in section.passages] == list(whole.passages)
    if len(sections) > 1:
        assert all(sum(map(len, section)) >= SHORTEST for section in texts(sections))
        assert all(section.passages[-1].pause == timedelta(seconds=TURN) for section in sections[:-1])


@given(paragraphs, paragraphs, st.integers(1, 2 * SHORTEST), st.integers(1, 2 * SHORTEST))
def test_an_edit_moves_no_cut_beyond_the_next_long_paragraph(before, after, once, now):
    long = ("z" * SHORTEST, TURN)

    def cut(edited):
        sections = mixing.sections(script(*before, long, ("e" * edited, BREATH), long, *after))
        (place,) = [number for number, section in enumerate(texts(sections)) if "e" * edited in section]
        return sections[:place], texts(sections)[place + 1 :]

    assert cut(once) == cut(now)


@pytest.fixture(scope="module")
def made():
    """The sections of a segment, each mixed; the script, and the whole."""
    said = [(sentence, TURN if number % 2 else BREATH) for number, sentence in enumerate((SENTENCES[:4] * 2)[:6])]
    whole = script(*said)
    sections = mixing.sections(whole)
    sounds = mixing.load_sounds(None, ["update"])
    clips = []
    for number, section in enumerate(sections):
        takes = narration(tuple(passage.text for passage in section.passages)).takes
        takes = [replace(take, pause=p.pause.total_seconds()) for take, p in zip(takes, section.passages, strict=True)]
        spoken = replace(narration(SENTENCES[:1]), takes=tuple(takes), retries=number, warnings=("one", f"{number}"))
        clips.append(mixing.mix(section, spoken, sounds, format=FORMAT, key=ClipKey(f"{number}")))
    assert len(clips) == 3
    return whole, clips, mixing.splice(clips, whole, key=ClipKey("whole"))


@needs_ffmpeg
def test_sections_are_heard_bit_for_bit_as_each_alone(made):
    _, clips, (_, data) = made
    heard, at = decode(data), 0
    for clip, alone in clips:
        at = data.index(alone, at) if alone in data[at:] else pytest.fail("a section is not there")
        frames = len(decode(data[:at])) if at else 0
        assert np.array_equal(heard[frames : frames + clip.frames * 1152], decode(alone))


@needs_ffmpeg
def test_passages_are_heard_where_the_spliced_clip_says_and_silence_between_them(made):
    whole, _, (clip, data) = made
    heard = play(data)
    assert len(clip.passages) == len(whole.passages)
    for start, end in clip.passages:
        part = heard[round(start * RATE) : round(end * RATE)]
        assert np.sqrt(np.mean(part**2)) > 0.03
    for (_, end), (start, _) in zip(clip.passages, clip.passages[1:], strict=False):
        part = heard[round((end + 0.03) * RATE) : round((start - 0.03) * RATE)]
        assert np.abs(part).max() < 0.002


def test_the_pauses_between_sections_are_those_of_the_script_to_half_a_frame(made):
    whole, _, (clip, _) = made
    pauses = [b[0] - a[1] for a, b in zip(clip.passages, clip.passages[1:], strict=False)]
    wanted = [passage.pause.total_seconds() for passage in whole.passages[:-1]]
    assert pauses == pytest.approx(wanted, abs=FRAME / 2)
    assert any(abs(pause - want) > 1e-6 for pause, want in zip(pauses, wanted, strict=True))  # or nothing was cut


@needs_ffmpeg
def test_what_a_spliced_clip_tells_is_what_is_heard(made):
    _, _, (clip, data) = made
    judged = judge(data)
    assert mixing.loudness(clip.levels.energies) == pytest.approx(judged.loudness, abs=0.1)
    assert judged.loudness == pytest.approx(-16.0, abs=0.3)
    assert clip.levels.true_peak == pytest.approx(judged.true_peak, abs=0.15)
    assert clip.seconds == pytest.approx(len(decode(data)) / RATE)
    assert (clip.size, clip.key) == (len(data), "whole")
    assert clip.levels.speech_share == pytest.approx(sum(b - a for a, b in clip.passages) / clip.seconds, abs=0.01)
    assert (clip.engines, clip.retries, clip.warnings) == (("pico/en-US",), 3, ("one", "0", "1", "2"))


def test_words_are_marked_where_they_are_said(made):
    whole, clips, _ = made
    marked = []
    for clip, data in clips:
        (start, _), *_ = clip.passages
        marked.append((replace(clip, words=(Mark(word="first", start=start, end=start + 0.2),)), data))
    clip, _ = mixing.splice(marked, whole, key=ClipKey("whole"))
    firsts = [sum(len(before.passages) for before, _ in clips[:number]) for number in range(len(clips))]
    assert [mark.start for mark in clip.words] == pytest.approx([clip.passages[first][0] for first in firsts])
    assert [mark.end - mark.start for mark in clip.words] == pytest.approx([0.2] * 3)
