"""Help the tests of Roadcast and of its plug-ins: the narrator's contract, a maker of items, a bad engine."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from roadcast.errors import EngineUnavailable, PassageRejected, RoadcastError, SettingsError
from roadcast.model import ContentItem, Place, Sentence, Slug, Speech, Utterance, Voice
from roadcast.ports import Limits, Narrator

SAMPLE = "Good morning. The north region grew by fifteen percent, and most of it came from renewals."


def make_item(slug: str = "price-change", **what_matters: Any) -> ContentItem:
    """Make an item, naming only what matters; `headline`, `body`, `brief` and `action` may be plain text."""
    place = what_matters.pop("place", Place(path=f"briefings/{slug}.md", line=1))
    body = what_matters.pop("body", "The starter plan costs 120 dollars a month. It was 100 dollars before.")
    for key in ("headline", "brief", "action"):
        if isinstance(what_matters.get(key), str):
            what_matters[key] = Sentence(text=what_matters[key], place=place)
    values: dict[str, Any] = {
        "kind": "update",
        "headline": Sentence(text=slug.replace("-", " ").capitalize(), place=place),
        "sentences": _sentences(body, place),
        "published": datetime(2026, 1, 5, tzinfo=UTC),
        "source": "Product team",
    }
    return ContentItem(slug=Slug(slug), place=place, **(values | what_matters))


def _sentences(body: str, place: Place) -> tuple[Sentence, ...]:
    parts = [part.strip().rstrip(".") + "." for part in body.split(". ") if part.strip()]
    return tuple(Sentence(text=part, place=replace(place, line=place.line + index)) for index, part in enumerate(parts))


class NarratorContract:
    """What every engine must keep; subclass it in a test and give `narrator()`.

    class TestMine(NarratorContract):
        def narrator(self):
            return Mine()
    """

    sample = SAMPLE

    def narrator(self) -> Narrator:
        """Make the engine under test."""
        raise NotImplementedError

    def say(self, text: str, **settings: Any) -> Speech:
        """Have the first voice say a text."""
        narrator = self.narrator()
        return narrator.narrate(Utterance(text=text, voice=narrator.voices()[0].name, **settings))

    def test_it_is_a_narrator(self) -> None:
        """It has what the protocol asks for."""
        assert isinstance(self.narrator(), Narrator)

    def test_two_of_its_kind_have_the_same_name_and_version(self) -> None:
        """They name clips, so they must not depend on the moment."""
        one, two = self.narrator(), self.narrator()
        assert (one.name, one.version) == (two.name, two.version)
        assert one.name
        assert one.version

    def test_its_limits_make_sense(self) -> None:
        """A text can be cut to them, and a call ends; one that nothing can time has no deadline."""
        limits = self.narrator().limits
        assert limits.characters >= 50
        assert 0 < limits.seconds <= 600 or limits.seconds == math.inf

    def test_its_voices_have_names_languages_and_rates(self) -> None:
        """All that is needed to choose one."""
        narrator = self.narrator()
        voices = narrator.voices()
        assert voices
        assert len({voice.name for voice in voices}) == len(voices)
        for voice in voices:
            assert voice.engine == narrator.name
            assert voice.language
            assert 4_000 <= voice.rate <= 192_000

    def test_every_voice_says_the_words_as_sixteen_bit_pcm_at_its_rate(self) -> None:
        """What comes back is sound of a plausible length, neither silent nor clipped."""
        narrator = self.narrator()
        for voice in narrator.voices():
            speech = narrator.narrate(Utterance(text=self.sample, voice=voice.name))
            assert (speech.width, speech.rate) == (2, voice.rate), voice.name
            samples = np.frombuffer(speech.pcm, dtype="<i2").astype(np.float64)
            assert 0.03 * len(self.sample) < speech.seconds < 0.16 * len(self.sample), voice.name
            assert np.sqrt(np.mean(samples**2)) > 100, f"{voice.name} is silent"
            assert np.mean(np.abs(samples) >= 32_700) < 0.0005, f"{voice.name} clips"

    def test_more_words_take_longer(self) -> None:
        """It does not leave out the second half."""
        assert self.say(f"{self.sample} {self.sample}").seconds > 1.5 * self.say(self.sample).seconds

    def test_a_higher_rate_is_quicker(self) -> None:
        """The rate is heeded, about."""
        assert self.say(self.sample, rate=1.3).seconds < 0.92 * self.say(self.sample).seconds

    def test_a_second_attempt_says_the_same_words(self) -> None:
        """Settings may differ, the length hardly."""
        ratio = self.say(self.sample, attempt=1).seconds / self.say(self.sample).seconds
        assert 0.7 < ratio < 1.4

    def test_marks_lie_within_the_speech_in_order(self) -> None:
        """Where the engine tells them."""
        speech = self.say(self.sample)
        starts = [mark.start for mark in speech.marks]
        assert starts == sorted(starts)
        assert all(0 <= mark.start <= mark.end <= speech.seconds + 0.05 for mark in speech.marks)

    def test_a_text_at_the_limit_is_said(self) -> None:
        """The limit it names is one it can take."""
        limit = min(self.narrator().limits.characters, 1_000)
        words = "the word is said again and " * (limit // 27 + 1)
        text = words[: limit - 1].rsplit(" ", 1)[0] + "."
        assert self.say(text).seconds > 0.03 * len(text)

    def test_nothing_to_say_is_rejected(self) -> None:
        """Whatever nothing looks like."""
        for nothing in ("", "   ", "...", "?!"):
            assert isinstance(_error(self.say, nothing), PassageRejected), repr(nothing)

    def test_an_unknown_voice_is_refused_with_the_nearest_names(self) -> None:
        """A typing error in the settings ends in advice."""
        narrator = self.narrator()
        first = narrator.voices()[0].name
        error = _error(narrator.narrate, Utterance(text=self.sample, voice=first + "x"))
        assert isinstance(error, SettingsError | EngineUnavailable)
        assert first in str(error)


def _error(call: Callable[..., object], *arguments: object) -> RoadcastError | None:
    try:
        call(*arguments)
    except RoadcastError as error:
        return error
    return None


class Misbehaving:
    """An engine that does as the script says, one act for each call, the last act for ever.

    Acts: "good", "hang", "crash" (an exception that is nobody's contract), "empty", "silent", "half", "double",
    "clipped", "faint", "repeated" (the second half once more), "wrong rate", "wrong format", "broken off",
    "unavailable", "rejected".

    Attributes:
        asked: every utterance that reached it.
    """

    def __init__(
        self, honest: Narrator, *acts: str, limits: Limits | None = None, retry_after: float | None = None
    ) -> None:
        self.name = "misbehaving"
        self.version = "1"
        self.limits = limits or honest.limits
        self.asked: list[Utterance] = []
        self._honest = honest
        self._acts = acts or ("good",)
        self._retry_after = retry_after

    def voices(self) -> Sequence[Voice]:
        """List the voices of the honest engine as its own."""
        return [replace(voice, engine=self.name) for voice in self._honest.voices()]

    def narrate(self, utterance: Utterance) -> Speech:
        """Do the next act."""
        act = self._acts[min(len(self.asked), len(self._acts) - 1)]
        self.asked.append(utterance)
        if act == "hang":
            threading.Event().wait(self.limits.seconds + 60)
        if act == "crash":
            raise ZeroDivisionError("a bug in the engine")
        if act == "unavailable":
            raise EngineUnavailable("the engine is busy", retry_after=self._retry_after)
        if act == "rejected":
            raise PassageRejected("the engine does not like this text")
        return _spoil(act, self._honest.narrate(utterance))


def _spoil(act: str, speech: Speech) -> Speech:
    samples = np.frombuffer(speech.pcm, dtype="<i2")
    rest = np.zeros(speech.rate // 10, dtype="<i2")
    changed = {
        "empty": samples[:0],
        "silent": np.zeros_like(samples),
        "half": np.concatenate([samples[: len(samples) // 2], rest]),
        "broken off": samples[: np.flatnonzero(np.abs(samples) > 0.9 * np.abs(samples).max())[-1] + 1],
        "faint": samples // 400,
        "repeated": np.concatenate([samples, samples[len(samples) // 2 :]]),
        "double": np.concatenate([samples, samples]),
        "clipped": np.clip(samples.astype(np.int32) * 40, -32_768, 32_767),
    }.get(act, samples)
    pcm = changed.astype("<i2").tobytes()
    if act == "wrong format":
        return replace(speech, pcm=b"RIFF" + pcm)
    return replace(speech, pcm=pcm, rate=speech.rate // 2 if act == "wrong rate" else speech.rate)
