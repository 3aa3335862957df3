"""Have a speech recogniser tell whether the lines of a message that must be understood can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from roadcast.engines import recogniser
from roadcast.errors import EngineUnavailable
from roadcast.model.language import language_of
from roadcast.voicemail.chain import WIDE
from roadcast.voicemail.cut import Ear, Line
from roadcast.voicemail.level import Signal
from roadcast.workflow.desk import Desk
from roadcast.workflow.verifying import LANGUAGE

_TELEPHONE = 7  # figures at least: a date or "press nine" is too short to be told from its neighbours
_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

# What a line is told from, besides the same line with other figures: it must not be anything else, either.
_OTHERS = (
    "open your feed for the details",
    "the number is in the letter that went out last week",
    "nothing has changed since yesterday so go on as before",
)


def ear(desk: Desk) -> Ear | None:
    """Give an ear for the show's language, or None if nobody here has one."""
    try:
        recogniser.ready()
    except EngineUnavailable:
        return None
    if language_of(desk.show.language) != LANGUAGE:
        return None
    scopes = frozenset({str(desk.show.id)})
    return listening(lambda text: desk.say(text, scopes).text)


def listening(spoken: Callable[[str], str]) -> Ear:
    """Make an ear that knows how a line is spoken.

    It hears each line before its band is narrowed to that of a telephone, which the recogniser's model does not know:
    there it took one of six right numbers for another, here one of two hundred; of wrong numbers one in twenty passed.
    """

    def understood(line: Line, signal: Signal) -> bool:
        top = float(np.abs(signal).max(initial=0.0))
        pcm = np.round(signal * (32_000 / max(top, 1e-4))).astype("<i2").tobytes()
        return recogniser.which(pcm, WIDE, alternatives(spoken(line.text))) == 0

    return understood


def alternatives(said: str) -> tuple[str, ...]:
    """Give a line for the ear, then what it might be taken for: another telephone number, or other words."""
    words = ["zero" if word == "oh" else word for word in recogniser.words(said)]
    long = sum(word in _FIGURES for word in words) >= _TELEPHONE
    shifted = [" ".join(_shifted(words, by)) for by in range(1, 10)] if long else []
    return tuple(dict.fromkeys((" ".join(recogniser.words(said)), *shifted, *_OTHERS)))


def _shifted(words: Iterable[str], by: int) -> list[str]:
    return [_FIGURES[(_FIGURES.index(word) + by) % 10] if word in _FIGURES else word for word in words]
