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
