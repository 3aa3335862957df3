"""The ear: lines that must be understood are told from others by their sound, said again, or refused."""

from __future__ import annotations

import numpy as np
import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import cut, export
from roadcast.voicemail.cut import REQUIRED, Line
from roadcast.workflow.ear import alternatives, listening

pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")

EAR = listening(drops.spoken)
WRONG = "Call us back at (978) 630-2415."


def with_sound(whole: cut.Cut, at: int, signal: np.ndarray) -> cut.Cut:
    passages = list(whole.passages)
    passages[at] = (signal, passages[at][1])
    return cut.Cut(lines=whole.lines, passages=tuple(passages))


def test_the_three_lines_are_understood_as_they_are_spoken():
    whole = drops.cut_of()
    for line, (signal, _) in zip(whole.lines, whole.passages, strict=True):
        assert line.role not in REQUIRED or EAR(line, signal), line.text


@pytest.mark.parametrize("said", [WRONG, "A new battle card explains how to answer price questions.", ""])
def test_another_number_other_words_and_noise_are_not_taken_for_the_call_back_number(said):
    line = drops.cut_of().lines[-2]
    signal = drops.say(said) if said else np.random.default_rng(1).normal(size=60_000) * 0.05
    assert not EAR(line, signal)


def test_a_line_that_is_not_understood_is_said_again():
    whole, asked = drops.cut_of(), []

    def voice(line: Line, attempt: int) -> np.ndarray:
        asked.append((line.text, attempt))
        return drops.voice(line, attempt)

    spoiled = with_sound(whole, -2, drops.say(WRONG))
    message = export.finish(spoiled, sender=drops.SENDER, voice=voice, ear=EAR)
    assert asked == [(whole.lines[-2].text, 1)]
    assert EAR(whole.lines[-2], message.cut.passages[-2][0])


def test_a_message_whose_number_is_never_understood_is_refused():
    with pytest.raises(VoicemailError, match="the call-back cannot be understood"):
        export.finish(
            with_sound(drops.cut_of(), -2, drops.say(WRONG)),
            sender=drops.SENDER,
            voice=lambda _line, _attempt: drops.say(WRONG),
            ear=EAR,
        )


@pytest.mark.parametrize("at", [0, -2, -1])
def test_a_line_that_is_lost_in_the_finished_sound_is_refused(at, monkeypatch):
    """As if the chain had turned it down: what counts is the sound that leaves, not the one that came in."""
    whole = drops.cut_of()
    lengths = [len(signal) + round(pause * 16_000) for signal, pause in whole.passages]
    start = 8000 + sum(lengths[: at % len(lengths)])
    process = export.process

    def faded(passages: object, *, shape: object) -> object:
        master = process(passages, shape=shape)
        master.wide[start : start + len(whole.passages[at][0])] //= 20
        return master

    monkeypatch.setattr(export, "process", faded)
    with pytest.raises(VoicemailError, match="cannot be heard in the finished sound"):
        export.finish(whole, sender=drops.SENDER, voice=drops.voice)


def test_figures_are_told_from_all_their_neighbours_and_a_line_without_any_from_other_lines():
    given = alternatives("Call two oh two, five five five, one")
    assert given[:2] == ("call two oh two five five five one", "call three one three six six six two")
    assert len(set(given)) == len(given) == 13
    assert len(alternatives("This is Norrland on November five")) == 4
