import math
import pickle
import threading
import time
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from roadcast.engines.tone import Tone
from roadcast.errors import EngineUnavailable, NarrationError, PassageRejected, SettingsError
from roadcast.model import (
    Confidentiality,
    Origin,
    Passage,
    Place,
    Presenter,
    Role,
    Script,
    Spoken,
)
from roadcast.narration import Cast, Pace, Part, Patience, cast, estimate, narrate
from roadcast.ports import Limits
from roadcast.testing import Misbehaving

MORNING = "Good morning to everybody in the north. The region grew by fifteen percent."


def passage(text=MORNING, *, presenter=0, pause=0.6, written=""):
    return Passage(
        presenter=presenter,
        text=written or text,
        spoken=Spoken(text=text),
        pause=timedelta(seconds=pause),
        origin=Origin.SOURCE,
        place=Place(path="briefings/north.md", line=7),
    )


def script(*passages):
    return Script(name="north", role=Role.ITEM, title="North", passages=passages or (passage(),))


def part(narrator, voice=0, rate=1.0):
    return Part(narrator=narrator, voice=narrator.voices()[voice], rate=rate)


def chain(*narrators):
    return Cast(chains=(tuple(part(narrator) for narrator in narrators),))


def bad(*acts, **settings):
    return Misbehaving(Tone(), *acts, **settings)


class Clock:
    """A sleep that only counts."""

    def __init__(self):
        self.slept = []

    def patience(self, **settings):
        return Patience(sleep=self.slept.append, jitter=lambda: 1.0, **settings)


def test_every_passage_becomes_one_take_with_its_pause_and_its_sentences():
    narration = narrate(script(passage(pause=0.6), passage("Well done.", pause=0.3)), chain(Tone()))
    assert [take.pause for take in narration.takes] == [0.6, 0.3]
    assert [len(take.starts) for take in narration.takes] == [2, 1]
    assert narration.engines == ("tone/low",)
    assert (narration.retries, narration.warnings) == (0, ())


def test_between_two_sentences_there_are_three_tenths_of_a_second():
    take = narrate(script(), chain(Tone())).takes[0]
    quiet = np.abs(np.frombuffer(take.speech.pcm, "<i2")) < 100
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(int), [0]])))
    longest = max(end - start for start, end in zip(edges[::2], edges[1::2], strict=True))
    assert longest / take.speech.rate == pytest.approx(0.30, abs=0.05)


def test_sentences_start_where_they_are_said_to_start():
    take = narrate(script(passage("One two three. Four five six.")), chain(Tone())).takes[0]
    samples = np.abs(np.frombuffer(take.speech.pcm, "<i2"))
    at = round(take.starts[1] * take.speech.rate)
    assert take.starts[0] == 0
    assert samples[at - 800 : at].max() < 100
    assert samples[at : at + 3_200].max() > 1_000


def test_two_presenters_speak_in_turn_each_in_one_voice():
    two = Cast(chains=((part(Tone(), 0),), (part(Tone(), 1, rate=1.1),)))
    narration = narrate(script(passage(presenter=1), passage(presenter=0), passage(presenter=1)), two)
    assert narration.engines == ("tone/high", "tone/low")
    lengths = [take.speech.seconds for take in narration.takes]
    assert lengths[0] == lengths[2] < lengths[1]


@pytest.mark.parametrize(
    "act",
    [
        "empty",
        "silent",
        "half",
        "double",
        "clipped",
        "wrong rate",
        "wrong format",
        "broken off",
        "repeated",
        "faint",
        "crash",
    ],
)
def test_a_bad_answer_is_asked_for_again(act):
    engine = bad(act, "good")
    narration = narrate(script(), chain(engine), patience=Clock().patience())
    assert narration.retries == 1
    assert [utterance.attempt for utterance in engine.asked][:2] == [0, 1]
    assert narration.engines == ("misbehaving/low",)
    assert narration.takes == narrate(script(), chain(Tone())).takes


@pytest.mark.parametrize(
    "act",
    [
        "empty",
        "silent",
        "half",
        "double",
        "clipped",
        "wrong rate",
        "wrong format",
        "broken off",
        "repeated",
        "faint",
        "crash",
        "rejected",
    ],
)
def test_an_engine_that_stays_bad_gives_way_to_the_next_for_everything_the_presenter_says(act):
    engine = bad("good", "good", act)
    narration = narrate(script(passage(), passage()), chain(engine, Tone()), patience=Clock().patience())
    assert narration.engines == ("tone/low",)
    assert narration.takes == narrate(script(passage(), passage()), chain(Tone())).takes
    assert "briefings/north.md:7: misbehaving/low cannot say" in narration.warnings[0]


def test_a_sentence_that_stays_bad_is_cut_in_two_before_the_engine_is_given_up():
    engine = bad("silent", "silent", "silent", "silent", "good")
    narration = narrate(script(passage("One two three, four five six.")), chain(engine), patience=Clock().patience())
    assert [utterance.text for utterance in engine.asked[4:]] == ["One two three,", "four five six."]
    assert narration.engines == ("misbehaving/low",)
    assert narration.takes[0].starts == (0.0,)


def test_a_rejected_text_is_never_sent_again_as_it_was():
    engine = bad("rejected", "good")
    narrate(script(passage("One two three, four five six.")), chain(engine), patience=Clock().patience())
    assert [utterance.text for utterance in engine.asked] == [
        "One two three, four five six.",
        "One two three,",
        "four five six.",
    ]


def test_the_number_of_questions_to_a_hopeless_engine_is_bounded():
    engine = bad("silent")
    with pytest.raises(NarrationError):
        narrate(script(passage("word " * 190)), chain(engine), patience=Clock().patience())
    assert len(engine.asked) <= 12


def test_a_busy_engine_is_asked_again_after_doubling_waits():
    clock = Clock()
    narration = narrate(
        script(), chain(bad("unavailable", "unavailable", "unavailable", "good")), patience=clock.patience(first=0.5)
    )
    assert clock.slept == [0.5, 1.0, 2.0]
    assert narration.retries == 3


def test_an_engine_is_not_asked_before_the_time_it_named():
    clock = Clock()
    narrate(script(), chain(bad("unavailable", "good", retry_after=7.0)), patience=clock.patience())
    assert clock.slept == [7.0]


def test_an_engine_that_wants_an_hour_is_given_up_at_once():
    clock = Clock()
    engine = bad("unavailable", retry_after=3_600.0)
    narration = narrate(script(), chain(engine, Tone()), patience=clock.patience())
    assert (clock.slept, len(engine.asked)) == ([], 1)
    assert narration.engines == ("tone/low",)


def test_a_hanging_engine_is_left_behind_at_its_own_deadline_and_not_asked_again():
    engine = bad("hang", limits=Limits(seconds=0.2))
    begun = time.monotonic()
    narration = narrate(script(), chain(engine, Tone()), patience=Clock().patience())
    assert time.monotonic() - begun < 5
    assert len(engine.asked) == 1
    assert narration.engines == ("tone/low",)
    assert "did not answer within 0.2 s" in narration.warnings[0]


def test_an_engine_without_a_deadline_is_called_where_it_is_and_its_bugs_are_answers_all_the_same():
    threads = []

    class Direct(Tone):
        def __init__(self):
            super().__init__()
            self.limits = Limits(seconds=math.inf)

        def narrate(self, utterance):
            threads.append(threading.current_thread())
            if len(threads) == 1:
                raise ZeroDivisionError("a bug in the engine")
            return super().narrate(utterance)

    narration = narrate(script(), chain(Direct()), patience=Clock().patience())
    assert set(threads) == {threading.main_thread()}
    assert narration.retries == 1


def test_when_every_engine_fails_the_passage_and_all_reasons_are_named():
    with pytest.raises(NarrationError) as caught:
        narrate(script(), chain(bad("silent"), bad("unavailable")), patience=Clock().patience())
    assert "briefings/north.md:7" in str(caught.value)
    assert "it is silent" in str(caught.value)
    assert "the engine is busy" in str(caught.value)
    retries = caught.value.retries
    assert retries >= 6  # three more for each of the two, and those for halves
    assert pickle.loads(pickle.dumps(caught.value)).retries == retries  # on its way out of a worker


def test_the_only_engine_of_a_chain_leaves_its_own_error():
    with pytest.raises(EngineUnavailable, match=r"briefings/north\.md:7: misbehaving/low cannot say"):
        narrate(script(), chain(bad("unavailable")), patience=Clock().patience())


@pytest.mark.parametrize("confidentiality", [Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL])
def test_words_that_are_not_public_never_reach_an_online_engine(confidentiality):
    engine = bad("good", limits=Limits(online=True))
    narration = narrate(script(), chain(engine, Tone()), confidentiality=confidentiality, online=True)
    assert engine.asked == []
    assert narration.engines == ("tone/low",)
    assert "may not be given" in narration.warnings[0]


def test_public_words_reach_an_online_engine_only_when_the_team_allows_it():
    engine = bad("good", limits=Limits(online=True))
    narrate(script(), chain(engine, Tone()), confidentiality=Confidentiality.PUBLIC, online=False)
    assert engine.asked == []
    narrate(script(), chain(engine, Tone()), confidentiality=Confidentiality.PUBLIC, online=True)
    assert len(engine.asked) == 2


def test_with_only_an_online_engine_internal_words_are_refused_with_advice():
    engine = bad("good", limits=Limits(online=True))
    with pytest.raises(NarrationError, match="add an offline engine"):
        narrate(script(), chain(engine), online=True)
    assert engine.asked == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to say"),
        ("... ?", "nothing to say"),
        ("It costs 5 dollars.", "digit five"),
        ("It costs $ five.", "dollar sign"),
        ("Read <b>this</b>.", "less-than sign"),
        ("A * B.", "asterisk"),
        ("Good\x00 morning.", r"u\+0000|U\+0000"),
        ("Well done 🎉.", "party popper"),
    ],
)
def test_nothing_that_is_not_words_reaches_an_engine(text, why):
    engine = bad("good")
    with pytest.raises(PassageRejected, match=why) as caught:
        narrate(script(passage(), passage(text, written="the written line")), chain(engine))
    assert "briefings/north.md:7" in str(caught.value)
    assert engine.asked == []


def test_sixty_thousand_characters_without_a_full_stop_are_said():
    text = "the order was placed and the order was paid " * 1_364
    take = narrate(script(passage(text)), chain(Tone())).takes[0]
    assert take.speech.seconds == pytest.approx(estimate(text), rel=0.1)


def paced(*, character, comma=0.0, stop=0.0):
    slow = replace(part(Tone()), pace=Pace(character=character, comma=comma, stop=stop))
    return Cast(chains=((slow,),))


def test_the_voices_own_pace_is_the_measure_where_it_is_known():
    with pytest.raises(NarrationError, match=r"lasts 0\.\d s where about 0\.[6-9] s"):
        narrate(script(passage(MORNING.split(". ")[0] + ".")), paced(character=0.2), patience=Clock().patience())


def test_commas_and_ends_of_sentences_count_for_a_voices_pace():
    pace = Pace(character=0.05, comma=0.3, stop=0.2)
    assert pace.seconds("One, two. Three.") == pytest.approx(16 * 0.05 + 0.3 + 2 * 0.2)


def test_an_absurd_pace_is_kept_near_what_is_usual():
    for character in (0.0, 9.0):
        assert 0.2 < Pace(character=character, comma=0.0, stop=0.0).seconds(MORNING) / estimate(MORNING) < 5


def test_a_text_that_one_engine_rejects_is_not_called_unsayable():
    with pytest.raises(NarrationError, match="does not like this text") as caught:
        narrate(script(), chain(bad("rejected")), patience=Clock().patience())
    assert not isinstance(caught.value, PassageRejected)


def test_a_presenter_without_a_voice_is_named():
    with pytest.raises(NarrationError, match="presenter 3"):
        narrate(script(passage(presenter=2)), chain(Tone()))


def test_presenters_get_different_voices_where_there_are_two():
    parts = cast([Presenter(name="Ann"), Presenter(name="Ben", rate=1.1)], [[Tone()], [Tone()]])
    assert [str(chain[0]) for chain in parts.chains] == ["tone/low", "tone/high"]
    assert [chain[0].rate for chain in parts.chains] == [1.0, 1.1]


def test_with_auto_the_engine_that_has_the_voice_speaks_first():
    other = bad("good")
    other.voices = lambda: [*Tone().voices()][:1]
    parts = cast([Presenter(name="Ann", voice="high")], [[other, Tone()]])
    assert [str(part) for part in parts.chain(0)] == ["tone/high", "misbehaving/low"]


def test_an_unknown_voice_is_refused_with_the_nearest_names():
    with pytest.raises(SettingsError, match="presenter Ann: no voice 'hihg' in tone; did you mean high"):
        cast([Presenter(name="Ann", voice="hihg")], [[Tone()]])
