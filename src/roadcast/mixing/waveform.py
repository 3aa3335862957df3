"""Draw an episode: its level over time, where somebody speaks, where music and bed sound, and its chapters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from roadcast.mixing.canvas import Anchor, Bars, Drawing, Line, Shape, Text
from roadcast.mixing.gating import BLOCK, HOPS_PER_SECOND, OFFSET, loudness, range_, spread
from roadcast.mixing.timeline import Span, merged
from roadcast.model import Recording

WIDTH, HEIGHT = 1200, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 124, 48
_BREATH = 1.0  # seconds between words that still belong to them
_LOWEST = -60.0  # LUFS at the foot of the picture
_WORDS, _MUSIC, _BED, _INK, _PALE = "#0b3954", "#ff6663", "#e0a458", "#222222", "#d9dee3"
_STRIP = 8  # height of the strip that shows the bed
_TITLE = 26  # characters of a chapter's title that fit

Bar = tuple[float, float, bool]


def draw(recording: Recording, *, title: str, target: float = -16.0) -> Drawing:
    """Draw a recording: 400 ms levels in LUFS, words and music told apart, the bed, chapters, what it measures."""
    seconds = max(recording.seconds, 1.0)
    bars = list(_bars(recording))
    shapes: tuple[Shape, ...] = (
        _text(_LEFT, 22, title, size=16, bold=True),
        _text(_LEFT, 42, _measured(recording), size=12),
        *_legend(),
        *_scale(target),
        *_minutes(seconds),
        _shape([bar for bar in bars if bar[2]], seconds, _WORDS),
        _shape([bar for bar in bars if not bar[2]], seconds, _MUSIC),
        _strip(_beds(recording), seconds),
        *_chapters(recording, seconds),
    )
    return Drawing(title=title, width=WIDTH, height=HEIGHT, shapes=shapes)


def _measured(recording: Recording) -> str:
    energies = [energy for clip in recording.clips for energy in clip.levels.energies]
    told = [clip.levels.energies for clip in recording.clips if clip.levels.speech_share > 0]
    peak = max((clip.levels.true_peak for clip in recording.clips), default=-120.0)
    minutes, seconds = divmod(round(recording.seconds), 60)
    return (
        f"{minutes}:{seconds:02d} min, {loudness(energies):.1f} LUFS, range {range_(energies):.1f} LU, "
        f"peak {peak:.1f} dBTP, {spread(told):.1f} LU between segments"
    )


def _bars(recording: Recording) -> Iterator[Bar]:
    """Give for each 100 ms when it is, how loud the 400 ms around it are, and whether somebody speaks."""
    for start, clip in recording.placed():
        means = np.convolve(np.pad(clip.levels.energies, (1, 2)), np.full(BLOCK, 1 / BLOCK), "valid")
        levels = OFFSET + 10 * np.log10(np.maximum(means, 1e-12))
        spoken = merged(clip.passages, gap=_BREATH)
        for hop, level in enumerate(levels.tolist()):
            moment = (hop + 0.5) / HOPS_PER_SECOND
            if moment < clip.seconds:
                yield start + moment, level, any(first <= moment < last for first, last in spoken)


def _beds(recording: Recording) -> Iterator[Span]:
    """Give when a bed sounds, alone or under words."""
    for at, clip in recording.placed():
        yield from ((at + start, at + end) for start, end in clip.bed)


def _shape(bars: Iterable[Bar], seconds: float, colour: str) -> Bars:
    """Stand bars side by side."""
    half, foot = (WIDTH - _LEFT - _RIGHT) / seconds / HOPS_PER_SECOND / 2, _y(_LOWEST)
    heard = [(_x(moment, seconds), level) for moment, level, _ in bars if level > _LOWEST]
    return Bars(boxes=tuple((x - half, _y(level), x + half, foot) for x, level in heard), colour=colour)


def _strip(spans: Iterable[Span], seconds: float) -> Bars:
    top = HEIGHT - _BOTTOM + 6
    return Bars(
        boxes=tuple((_x(start, seconds), top, _x(end, seconds), top + _STRIP) for start, end in spans), colour=_BED
    )


def _chapters(recording: Recording, seconds: float) -> Iterator[Shape]:
    """Draw a line where each chapter starts, its title on one of four rows so that neighbours do not meet."""
    for number, chapter in enumerate(recording.chapters):
        x, row = _x(chapter.start, seconds), 62 + 15 * (number % 4)
        name = chapter.title if len(chapter.title) <= _TITLE else f"{chapter.title[: _TITLE - 1].rstrip()}…"
        end = x > WIDTH - 170
        yield _line(x, row - 10, x, HEIGHT - _BOTTOM, _INK, dashes=(2, 3))
        yield _text(x - 4 if end else x + 4, row, name, size=11, anchor="end" if end else "start")


def _scale(target: float) -> Iterator[Shape]:
    for level in (-50, -40, -30, -20, -10):
        yield _line(_LEFT, _y(level), WIDTH - _RIGHT, _y(level), _PALE)
        yield _text(_LEFT - 6, _y(level) + 4, f"{level}", size=11, anchor="end")
    yield _line(_LEFT, _y(target), WIDTH - _RIGHT, _y(target), _MUSIC, dashes=(6, 4))
    yield _text(_LEFT - 6, _y(0) + 4, "LUFS", size=11, anchor="end")


def _minutes(seconds: float) -> Iterator[Shape]:
    step = 60 if seconds > 90 else 10
    for moment in range(0, int(seconds) + 1, step):
        x = _x(moment, seconds)
        yield _line(x, HEIGHT - _BOTTOM, x, HEIGHT - _BOTTOM + 4, _INK)
        yield _text(x, HEIGHT - 10, f"{moment // 60}:{moment % 60:02d}", size=11, anchor="middle")


def _legend() -> Iterator[Shape]:
    for x, colour, word in (
        (WIDTH - 280, _WORDS, "words"),
        (WIDTH - 200, _MUSIC, "music alone"),
        (WIDTH - 92, _BED, "bed"),
    ):
        yield Bars(boxes=((x, 12, x + 12, 24),), colour=colour)
        yield _text(x + 17, 22, word, size=12)


def _x(moment: float, seconds: float) -> float:
    return _LEFT + moment / seconds * (WIDTH - _LEFT - _RIGHT)


def _y(level: float) -> float:
    return _TOP + (min(level, 0.0) / _LOWEST) * (HEIGHT - _TOP - _BOTTOM)


def _line(
    x: float, y: float, to_x: float, to_y: float, colour: str, *, dashes: tuple[float, float] | None = None
) -> Line:
    return Line(x=x, y=y, to_x=to_x, to_y=to_y, colour=colour, dashes=dashes)


def _text(x: float, y: float, words: str, *, size: int, anchor: Anchor = "start", bold: bool = False) -> Text:
    return Text(x=x, y=y, words=words, colour=_INK, size=size, anchor=anchor, bold=bold)
