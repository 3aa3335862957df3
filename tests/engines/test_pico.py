import threading

import pytest

from roadcast.engines.pico import Pico
from roadcast.errors import SettingsError
from roadcast.model import Utterance
from roadcast.testing import NarratorContract


class TestPico(NarratorContract):
    def narrator(self):
        return Pico()


def test_the_volume_at_which_it_clips_is_refused():
    with pytest.raises(SettingsError, match=r"at most 0\.55"):
        Pico(volume=1.0)


def test_a_pitch_out_of_reach_is_refused():
    with pytest.raises(SettingsError, match="pitch"):
        Pico(pitch=3)


def test_settings_that_change_the_sound_change_the_version():
    assert Pico(pitch=0.8).version != Pico().version


def test_an_angle_bracket_does_not_begin_a_tag():
    engine = Pico()
    plain = engine.narrate(Utterance(text="a speed level two b", voice="en-US"))
    tagged = engine.narrate(Utterance(text="a <speed level two> b", voice="en-US"))
    assert tagged.seconds == pytest.approx(plain.seconds, rel=0.25)


def test_it_lets_nothing_else_run_so_no_deadline_could_be_kept():
    """Should this ever fail, it can be timed, and is to have a deadline."""
    turns, over = [], threading.Event()

    def turn():
        while not over.wait(0.0005):
            turns.append(1)

    beside = threading.Thread(target=turn)
    beside.start()
    try:
        engine, text = Pico(), "The north office opens on Monday, and every open order is told there. " * 8
        while not turns:
            over.wait(0.01)
        before = len(turns)
        engine.narrate(Utterance(text=text, voice="en-US"))  # 0.2 s, some three hundred turns
        assert len(turns) - before < 30
    finally:
        over.set()
        beside.join()
