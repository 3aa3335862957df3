"""RHVoice lies in Debian's section non-free; .ci/run unpacks it into a folder where that can be reached."""

import pytest

import installed
from roadcast.engines.rhvoice import RHVoice
from roadcast.errors import EngineUnavailable
from roadcast.model import Utterance
from roadcast.testing import NarratorContract


def engine():
    try:
        return RHVoice(**installed.options().get("rhvoice", {}))
    except EngineUnavailable as error:
        pytest.skip(str(error))


class TestRHVoice(NarratorContract):
    def narrator(self):
        return engine()


def test_voices_whose_licence_forbids_company_use_are_not_offered():
    assert {voice.name for voice in engine().voices()} == {"bdl", "clb", "slt", "alan"}


def test_every_word_is_marked_with_its_time():
    speech = engine().narrate(Utterance(text="Call the north region today.", voice="bdl"))
    assert [mark.word for mark in speech.marks] == ["Call", "the", "north", "region", "today"]
    assert 0.3 < speech.marks[-1].start < speech.marks[-1].end <= speech.seconds


def test_a_missing_library_is_an_error_with_the_install_line():
    with pytest.raises(EngineUnavailable, match="apt install librhvoice5 rhvoice-english"):
        RHVoice(library="libRHVoice-nowhere.so.5")
