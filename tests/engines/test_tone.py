from roadcast.engines.tone import Tone
from roadcast.model import Utterance
from roadcast.testing import NarratorContract


class TestTone(NarratorContract):
    def narrator(self):
        return Tone()


def test_the_same_words_give_the_same_bytes():
    utterance = Utterance(text="One, two. Three!", voice="low")
    assert Tone().narrate(utterance) == Tone().narrate(utterance)


def test_two_voices_sound_different():
    one, two = (Tone().narrate(Utterance(text="One.", voice=voice)) for voice in ("low", "high"))
    assert one.pcm != two.pcm
