import sys

import pytest

from roadcast.engines import recogniser
from roadcast.engines.pico import Pico
from roadcast.engines.recogniser import hear, listen, words
from roadcast.errors import EngineUnavailable
from roadcast.model import Utterance

TEXT = "Two customers tested it for eight weeks and lost no data at all."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U. S. team, well-known.", ["the", "u", "s", "team", "well", "known"]),
        ("Don't stop; it’s fine!", ["don't", "stop", "it's", "fine"]),
        ("...", []),
    ],
)
def test_words_are_split_as_the_recogniser_writes_them(text, expected):
    assert words(text) == expected


@pytest.fixture(scope="module")
def said():
    pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")
    return Pico().narrate(Utterance(text=TEXT, voice="en-US")).pcm


def test_what_was_said_is_mostly_heard_and_what_was_cut_off_is_missed(said):
    whole = listen(said, 16_000, TEXT).share
    half = listen(said[: len(said) // 4 * 2], 16_000, TEXT).share
    assert whole <= 0.4 < half


def test_words_that_were_not_said_at_all_are_missing(said):
    assert listen(said, 16_000, "Nobody ordered green elephants yesterday.").share > 0.7


def test_a_word_that_it_does_not_know_is_not_asked_for_and_words_that_sound_alike_are_one(monkeypatch):
    pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")
    monkeypatch.setattr(recogniser, "_heard", lambda *_sound: "two customers tested it for eight weeks and data")
    heard = listen(b"", 16_000, "Too customers, Norrlandia, tested it four ate weeks and lost no data.")
    assert (heard.asked, heard.missing) == (11, ("lost", "no"))


def test_silence_is_heard_as_nothing():
    pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")
    assert words(hear(bytes(32_000), 16_000)) == []


def test_another_rate_is_understood_as_well(said):
    soxr = pytest.importorskip("soxr")
    import numpy as np

    faster = soxr.resample(np.frombuffer(said, "<i2").astype("f4"), 16_000, 24_000).astype("<i2").tobytes()
    assert listen(faster, 24_000, TEXT).share <= 0.4


def test_without_the_package_the_install_line_is_given(monkeypatch):
    recogniser._decoder.cache_clear()
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'roadcast\[verify\]'"):
        hear(bytes(100), 16_000)
    recogniser._decoder.cache_clear()
