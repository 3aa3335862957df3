"""Say how long a text takes: of a voice that is known, and of one that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

GUESSED = (0.65, 1.7)  # of the guess; whole sentences measured over seven voices: 0.74 to 1.57
MEASURED = (0.70, 1.5)  # of the voice's own pace; 114 sentences in five voices: 0.78 to 1.34, and two words 1.51
SLACK = 0.1  # seconds, for sentences of a word or two

_REST = re.compile(r"[,;:–—.?!…]+(?=\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """How long a text should take, and the shares of it between which it is believed.

    Attributes:
        seconds: without the silence around it.
    """

    seconds: float
    bounds: tuple[float, float] = GUESSED

    def believes(self, seconds: float) -> bool:
        """Tell whether that can be the whole text, said once."""
        short, long = self.bounds
        return short * self.seconds - SLACK <= seconds <= long * self.seconds + SLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What was measured of a voice at a rate, in seconds for each character, comma and end of a sentence."""

    character: float
    comma: float
    stop: float

    def seconds(self, text: str) -> float:
        """Predict how long a text takes, without the silence around it.

        What was fitted on a few texts may be absurd for another: it is kept within four times of what is usual,
        a rate of 0.5 or 2.0 and a slow or quick voice included.
        """
        counted = count(text)
        own = self.character * counted.characters + self.comma * counted.commas + self.stop * counted.stops
        usual = estimate(text)
        return min(max(own, usual / 4), usual * 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the length of a text depends on."""

    characters: int
    commas: int
    stops: int


def count(text: str) -> Counted:
    """Count what the length of a text depends on."""
    return Counted(
        characters=len(text),
        commas=sum(text.count(mark) for mark in ",;:"),
        stops=sum(text.count(mark) for mark in ".?!"),
    )


def estimate(text: str) -> float:
    """Guess the seconds of a text without the silence around it, for a voice nothing is known of.

    54 ms a character, 0.3 s a mark of punctuation inside and 0.2 s: the middle of least-squares fits over seven
    voices of pico, flite and espeak (49 to 59 ms, 0.24 to 0.44 s, 0.1 to 0.34 s).
    """
    return 0.054 * len(text) + 0.3 * len(_REST.findall(text)) + 0.2
