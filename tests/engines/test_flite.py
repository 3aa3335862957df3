import pytest

from roadcast.engines import native
from roadcast.engines.flite import Flite
from roadcast.errors import EngineUnavailable
from roadcast.model import Utterance
from roadcast.testing import NarratorContract


def engine():
    try:
        return Flite()
    except EngineUnavailable as error:
        pytest.skip(str(error))


class TestFlite(NarratorContract):
    def narrator(self):
        return engine()


def test_every_word_is_marked_with_its_time():
    speech = engine().narrate(Utterance(text="Call the north region today.", voice="rms"))
    assert [mark.word for mark in speech.marks] == ["call", "the", "north", "region", "today"]
    assert speech.marks[0].start > 0
    assert speech.marks[-1].end <= speech.seconds


def test_accents_are_folded_instead_of_dropping_the_word():
    speech = engine().narrate(Utterance(text="Zoë Müller’s café – done…", voice="rms"))
    assert [mark.word for mark in speech.marks if mark.word[0].isalpha()][:2] == ["zoe", "muller"]


def test_a_missing_library_is_an_error_with_the_install_line():
    with pytest.raises(EngineUnavailable, match=r"flite is not installed .*: apt install libflite1"):
        native.load(["libflite-nowhere.so.1"], engine="flite", install="apt install libflite1")
