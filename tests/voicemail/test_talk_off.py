"""Talk-off: keys of a telephone are found in speech, and speech is not taken for keys."""

from __future__ import annotations

import numpy as np
import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import export, talkoff


@pytest.mark.parametrize("key", drops.TONES)
def test_a_planted_key_is_heard_by_both_detectors(key):
    verdict = talkoff.scan(drops.planted(key))
    assert [digit.key for digit in verdict.agreed] == [key]
    assert verdict.agreed[0].start == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize(("seconds", "twist"), [(0.05, 0.0), (0.1, 3.0), (0.1, -6.0), (0.5, 0.0)])
def test_short_long_and_lopsided_keys_are_heard_as_well(seconds, twist):
    assert str(talkoff.scan(drops.planted("#", seconds=seconds, twist=twist))) == "#"


def test_speech_is_free_of_keys_even_when_it_speaks_of_them():
    said = drops.say("Press pound, press star, press zero, or hang up now.")
    assert talkoff.scan((said[::2] * 20_000).astype(np.int16)).agreed == ()
    assert talkoff.scan(drops.samples()).agreed == ()


def test_one_tone_alone_is_no_key():
    time = np.arange(8000) / 8000
    assert talkoff.scan((8000 * np.sin(2 * np.pi * 941 * time)).astype(np.int16)) == talkoff.Verdict(
        agreed=(), doubtful=()
    )


def test_tones_with_overtones_are_a_voice_and_no_key():
    time = np.arange(1600) / 8000
    voice = sum(np.sin(2 * np.pi * f * time) + 0.6 * np.sin(2 * np.pi * 2 * f * time) for f in (941, 1477))
    assert talkoff.scan((4000 * voice).astype(np.int16)) == talkoff.Verdict(agreed=(), doubtful=())


def test_tones_off_by_five_percent_are_no_key():
    time = np.arange(1600) / 8000
    off = 4000 * (np.sin(2 * np.pi * 941 * 1.05 * time) + np.sin(2 * np.pi * 1477 * 1.05 * time))
    assert talkoff.scan(off.astype(np.int16)).agreed == ()


def test_a_line_that_sounds_like_a_key_is_said_again():
    cut = drops.cut_of(seconds=30)
    asked = []

    def voice(line, attempt):
        asked.append((line.text, attempt))
        return drops.voice(line, attempt)

    spoiled = list(cut.passages)
    signal, pause = spoiled[1]
    tone = drops.press("#", seconds=0.2, rate=16_000) / 32768
    spoiled[1] = (np.concatenate([signal, tone]), pause)
    message = export.finish(type(cut)(lines=cut.lines, passages=tuple(spoiled)), sender=drops.SENDER, voice=voice)
    assert asked == [(cut.lines[1].text, 1)]
    assert talkoff.scan(message.master.narrow).agreed == ()


def test_a_message_that_keeps_its_key_is_refused():
    cut = drops.cut_of(seconds=30)
    tone = drops.press("*", seconds=0.2, rate=16_000) / 32768

    def voice(line, attempt):
        return np.concatenate([drops.voice(line, 0), tone])

    spoiled = tuple(
        (voice(line, 0) if i == 1 else s, p)
        for i, (line, (s, p)) in enumerate(zip(cut.lines, cut.passages, strict=True))
    )
    with pytest.raises(VoicemailError, match="hear a key in this message"):
        export.finish(type(cut)(lines=cut.lines, passages=spoiled), sender=drops.SENDER, voice=voice)
