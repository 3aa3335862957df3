import numpy as np
import pytest

from roadcast.engines.espeak import Espeak
from roadcast.errors import EngineUnavailable
from roadcast.model import Utterance
from roadcast.testing import NarratorContract


def engine():
    try:
        return Espeak()
    except EngineUnavailable as error:
        pytest.skip(str(error))


class TestEspeak(NarratorContract):
    def narrator(self):
        return engine()


def test_only_the_klatt_variant_is_offered():
    assert {voice.name.partition("+")[2] for voice in engine().voices()} == {"klatt4"}


@pytest.mark.parametrize("text", ["B sounds like D.", "And a zero is not the letter O."])
def test_a_last_vowel_is_not_stopped_dead(text):
    samples = np.frombuffer(engine().narrate(Utterance(text=text, voice="en-us+klatt4")).pcm, "<i2").astype(int)
    sounding = np.flatnonzero(samples)
    assert len(samples) - sounding[-1] > 1_000
    assert np.abs(samples[sounding[-1] - 20 :]).max() < 0.05 * np.abs(samples).max()


def test_words_are_marked_where_they_begin():
    speech = engine().narrate(Utterance(text="One two three.", voice="en-us+klatt4"))
    assert [mark.word for mark in speech.marks] == ["One", "two", "three"]


def test_without_library_and_wheel_the_install_line_is_given(monkeypatch):
    from roadcast.engines import espeak

    monkeypatch.setattr(espeak, "LIBRARY", "libespeak-nowhere.so.1")
    monkeypatch.setattr(espeak, "_wheel", lambda: None)
    espeak._session.cache_clear()
    with pytest.raises(EngineUnavailable, match="apt install libespeak-ng1"):
        Espeak()
    monkeypatch.undo()
    espeak._session.cache_clear()
