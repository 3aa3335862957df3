import numpy as np
import pytest

from mixing.hearing import FORMAT, RATE, SENTENCES, passage, said
from roadcast import mixing
from roadcast.mixing.gating import range_
from roadcast.mixing.meter import energies
from roadcast.mixing.riding import EASY, ENOUGH, ridden
from roadcast.mixing.signal import from_speech
from roadcast.model import ClipKey, Narration, Role, Script, Speech, Take

HOP = RATE // 10


def talk(wander: float, *, seconds: float = 120) -> np.ndarray:
    """Make the energies of a voice that is loud and soft by turns, some seconds each, and breathes."""
    hops = np.arange(round(seconds * 10))
    level = -20 + wander * np.sin(2 * np.pi * hops / 110)
    return np.where(hops % 17 < 14, 10 ** (level / 10), 1e-7)


def after(heard: np.ndarray) -> float:
    gains = ridden(heard.tolist(), RATE).at((np.arange(len(heard)) + 0.5) * HOP)
    return range_((heard * gains**2).tolist())


def test_a_voice_that_is_easy_to_follow_is_left_alone():
    assert EASY[0] < range_(talk(3.0).tolist()) < EASY[1]
    assert ridden(talk(3.0).tolist(), RATE) is None


def test_a_flat_voice_is_enlivened():
    assert 2.0 < range_(talk(1.3).tolist()) < 3.0
    assert after(talk(1.3)) == pytest.approx(EASY[0], abs=0.2)


def test_a_voice_that_comes_and_goes_is_calmed():
    assert range_(talk(7.0).tolist()) > 9.0
    assert after(talk(7.0)) == pytest.approx(EASY[1], abs=0.3)


@pytest.mark.parametrize("wander", [0.8, 7.0, 12.0])
def test_the_fader_moves_slower_than_anybody_hears(wander):
    curve = ridden(talk(wander).tolist(), RATE)
    gains = 20 * np.log10(curve[0 : 120 * RATE])
    assert np.abs(np.diff(gains)).max() * RATE < 10  # dB a second: a syllable takes a fifth of one
    assert np.abs(gains).max() < 8


def test_a_few_words_tell_nothing_about_a_voice():
    assert ridden(talk(1.3, seconds=ENOUGH - 1).tolist(), RATE) is None


def test_silence_is_no_voice():
    assert ridden([0.0] * 600, RATE) is None


def test_the_recording_of_a_flat_voice_is_heard_with_a_range_that_is_easy_to_follow():
    clip, _ = mixing.mix(
        Script(name="x", role=Role.ITEM, title="", passages=(passage("Hello."),), recording="talk.wav"),
        Narration(takes=(Take(speech=flat(), pause=0.0, starts=(0.0,)),), engines=("recorded",)),
        mixing.Sounds(rate=RATE),
        format=FORMAT,
        key=ClipKey("k"),
    )
    assert range_(energies(from_speech(flat(), RATE), RATE)) < 2.8
    assert range_(clip.levels.energies) > 3.3


def flat() -> Speech:
    """Have pico talk for a while, with breaths, a little louder and softer by turns."""
    spoken = []
    for number, text in enumerate(SENTENCES * 3):
        samples = np.frombuffer(said(text).pcm, "<i2") * (1.0, 0.9, 0.8)[number // 3 % 3]
        spoken += [samples.astype("<i2").tobytes(), bytes(16_000)]
    return Speech(pcm=b"".join(spoken), rate=16_000)
