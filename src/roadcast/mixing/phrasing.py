"""Give a voice the fall of loudness that people have within a paragraph, and the fresh start with the next one.

An engine says every sentence equally loud; a programme of nothing but that has a loudness range of 1 to 2 LU,
half of what a presenter has, and tires. Speakers start a paragraph strong and let it sink ("declination";
phonetics finds it in pitch and intensity alike), and listeners hear by it where a thought ends.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from roadcast.mixing.curve import Curve
from roadcast.mixing.timeline import PARAGRAPH, Span
from roadcast.model import Take

FALL = 5.0  # dB from the first to the last sentence of a paragraph

_TURN = 0.12  # seconds before a sentence in which the gain changes; narration leaves more silence than that


def contour(takes: Sequence[Take], speech: Sequence[Span], *, rate: int) -> Curve:
    """Give the gain of a segment in which these takes are said: it stands still while somebody speaks."""
    points: list[tuple[float, float]] = []
    for paragraph in _paragraphs(takes, speech):
        falls = np.linspace(FALL / 2, -FALL / 2, len(paragraph)) if len(paragraph) > 1 else np.zeros(1)
        points += zip(paragraph, falls.tolist(), strict=True)
    turn = round(_TURN * rate)
    turns: list[int] = []
    gains: list[float] = []
    for start, fall in points:
        at = round(start * rate)
        if turns:  # as loud as before, until shortly before the sentence
            turns.append(max(turns[-1], at - turn))
            gains.append(gains[-1])
        turns.append(at)
        gains.append(10 ** (fall / 20))
    return Curve(turns, gains)


def _paragraphs(takes: Sequence[Take], speech: Sequence[Span]) -> list[list[float]]:
    """List the starts of sentences, a paragraph at a time."""
    paragraphs: list[list[float]] = [[]]
    for take, (start, _) in zip(takes, speech, strict=True):
        paragraphs[-1] += [start + sentence for sentence in take.starts or (0.0,)]
        if take.pause >= PARAGRAPH:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]
