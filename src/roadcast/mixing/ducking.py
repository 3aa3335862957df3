"""Decide how loud a bed is at every moment: low under words, absent under figures."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

import numpy as np

from roadcast.mixing.signal import Samples, factor
from roadcast.mixing.timeline import Span, merged
from roadcast.model import Origin, Passage

BED_LEVEL = -6.0  # LU below speech where the bed is alone
DUCKED = -14.0  # dB that it gives way to words

_INAUDIBLE = factor(-40.0)

_STEPS = 100  # per second
_EARLY = 0.2  # seconds before a word at which the bed is already low
_ONE_BREATH = 1.5  # seconds between words for which the bed does not come up
_WORTH_COMING_BACK = 4.0  # seconds between figures for which it does not either
_RISE, _FALL = 0.6, 0.7  # seconds at its two ends

_MONTHS = "|".join(calendar.month_name[1:])
_FIGURE = re.compile(
    r"\d|[%$€£¥]|\b(?:hundred|thousand|million|billion|percent|per cent|dollars?|euros?|pounds?|dozens?|ten|eleven"
    r"|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|half|double|twice|(?:a|one|two|three) (?:third|quarter)s?)\b",  # not "the third" and "this quarter"
    re.IGNORECASE,
)
# The day of the edition, as a greeting says it; in an item a date is something to remember.
_DAY = re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}})(?:,? \d{{4}})?\b")


def has_figures(passage: Passage) -> bool:
    """Tell whether a passage says an amount that nobody should have to pick out of music."""
    if passage.origin is Origin.TEMPLATE and passage.item is None:
        return bool(_FIGURE.search(_DAY.sub("", passage.text)))
    return bool(_FIGURE.search(passage.text) or _FIGURE.search(passage.spoken.text))


def envelope(bed: Span, heard: Sequence[Span], figures: Sequence[bool], *, rate: int) -> Samples:
    """Give the gain of a bed, from its start to its end, for every sample.

    Args:
        bed: when it sounds; seconds in the segment, like all times here.
        heard: when each passage is said.
        figures: which of them say figures.
        rate: samples per second.
    """
    start, end = bed
    gain = np.ones(round((end - start) * _STEPS))
    for span in merged(heard, gap=_ONE_BREATH):
        gain[_steps(span, start)] = factor(DUCKED)
    with_figures = [span for span, figure in zip(heard, figures, strict=True) if figure]
    for span in merged(with_figures, gap=_WORTH_COMING_BACK):
        gain[_steps(span, start)] = 0.0
    reach = round(_EARLY * _STEPS)
    window = np.hanning(2 * reach + 1)
    gain = np.convolve(np.pad(gain, reach, mode="edge"), window / window.sum(), "valid") * _edges(len(gain))
    moments = np.arange(round((end - start) * rate)) * (_STEPS / rate)
    gains: Samples = np.interp(moments, np.arange(len(gain)), gain).astype(np.float32)
    return gains


def sounding(bed: Span, heard: Sequence[Span], figures: Sequence[bool]) -> tuple[Span, ...]:
    """Tell when a bed sounds, to a tenth of a second: where it is gone under figures it does not."""
    audible = envelope(bed, heard, figures, rate=10) > _INAUDIBLE
    edges = np.flatnonzero(np.diff(np.pad(audible.astype(np.int8), 1)))
    return tuple((bed[0] + float(on) / 10, bed[0] + float(off) / 10) for on, off in edges.reshape(-1, 2))


def _steps(span: Span, start: float) -> slice:
    """Widen a span, so that the gain is there when it begins and stays until it ends, smoothed as it is."""
    first = int((span[0] - start - _EARLY) * _STEPS)
    last = int((span[1] - start + _EARLY) * _STEPS) + 1
    return slice(max(0, first), max(0, last))


def _edges(steps: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    rise, fall = round(_RISE * _STEPS), round(_FALL * _STEPS)
    moment = np.arange(steps)
    edges = np.minimum(np.minimum(moment / rise, (steps - 1 - moment) / fall), 1.0)
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.maximum(edges, 0.0)))
