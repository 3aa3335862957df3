"""Give a voice the fall of loudness that people have within a paragraph, and the fresh start with the next one.

An engine says every sentence equally loud; a programme of nothing but that has a loudness range of 1 to 2 LU,
half of what a presenter has, and tires. Speakers start a paragraph strong and let it sink ("declination";
phonetics finds it in pitch and intensity alike), and listeners hear by it where a thought ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from roadcast.mixing.signal import Samples
from roadcast.mixing.timeline import Span
from roadcast.model import Take

FALL = 5.0  # dB from the first to the last sentence of a paragraph
PARAGRAPH = 0.5  # seconds: a longer pause ends a paragraph

_TURN = 0.12  # seconds before a sentence in which the gain changes; narration leaves more silence than that


def contour(takes: Sequence[Take], speech: Sequence[Span], *, length: int, rate: int) -> Samples:
    """Give the gain of each of `length` samples of a segment in which these takes are said."""
    points: list[tuple[float, float]] = []
    for paragraph in _paragraphs(takes, speech):
        falls = np.linspace(FALL / 2, -FALL / 2, len(paragraph)) if len(paragraph) > 1 else np.zeros(1)
        points += zip(paragraph, falls.tolist(), strict=True)
    return _drawn(
        [(round(start * rate), 10 ** (fall / 20)) for start, fall in points], length, turn=round(_TURN * rate)
    )


def _drawn(points: Sequence[tuple[int, float]], length: int, *, turn: int) -> Samples:
    """Hold each gain until the next point, to which it goes in a straight line within the last `turn` samples."""
    gains = np.full(length, points[0][1], np.float32)
    for (_, before), (start, after) in pairwise(points):
        gains[start:] = after
        slope = gains[max(0, start - turn) : start]
        slope[:] = np.linspace(before, after, turn, endpoint=False)[turn - len(slope) :]
    return gains


def _paragraphs(takes: Sequence[Take], speech: Sequence[Span]) -> list[list[float]]:
    """List the starts of sentences, a paragraph at a time."""
    paragraphs: list[list[float]] = [[]]
    for take, (start, _) in zip(takes, speech, strict=True):
        paragraphs[-1] += [start + sentence for sentence in take.starts or (0.0,)]
        if take.pause >= PARAGRAPH:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]
