"""Draw an episode as SVG: its level over time, where somebody speaks and where music does, and its chapters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from roadcast.mixing.meter import HOPS_PER_SECOND, loudness, range_, spread
from roadcast.mixing.timeline import merged
from roadcast.model import Recording

WIDTH, HEIGHT = 1200, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 124, 32
_BREATH = 1.0  # seconds between words that still belong to them
_LOWEST = -60.0  # LUFS at the foot of the picture
_WORDS, _MUSIC, _INK, _PALE = "#0b3954", "#ff6663", "#222222", "#d9dee3"
_TITLE = 26  # characters of a chapter's title that fit

Bar = tuple[float, float, bool]


def draw(recording: Recording, *, title: str, target: float = -16.0) -> str:
    """Draw a recording: 400 ms levels in LUFS, words and music told apart, chapters, and what it measures."""
    seconds = max(recording.seconds, 1.0)
    parts = [
        _text(_LEFT, 22, title, size=16, bold=True),
        _text(_LEFT, 42, _measured(recording), size=12),
        *_legend(),
        *_scale(target),
        *_minutes(seconds),
        *_shape([bar for bar in _bars(recording) if bar[2]], seconds, _WORDS),
        *_shape([bar for bar in _bars(recording) if not bar[2]], seconds, _MUSIC),
        *_chapters(recording, seconds),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        + "\n".join(parts)
        + "</svg>\n"
    )


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
    frames = 0
    for clip in recording.clips:
        start = float(recording.format.seconds(frames))
        frames += clip.frames
        means = np.convolve(np.pad(clip.levels.energies, (1, 2)), np.full(4, 0.25), "valid")
        levels = -0.691 + 10 * np.log10(np.maximum(means, 1e-12))
        spoken = merged(clip.passages, gap=_BREATH)
        for hop, level in enumerate(levels.tolist()):
            moment = (hop + 0.5) / HOPS_PER_SECOND
            if moment < clip.seconds:
                yield start + moment, level, any(first <= moment < last for first, last in spoken)


def _shape(bars: Sequence[Bar], seconds: float, colour: str) -> Iterator[str]:
    """Draw bars that stand side by side as one path."""
    width = (WIDTH - _LEFT - _RIGHT) / seconds / HOPS_PER_SECOND
    foot = _y(_LOWEST)
    heard = [(moment, level) for moment, level, _ in bars if level > _LOWEST]
    path = "".join(
        f"M{_x(moment, seconds) - width / 2:.1f} {foot:.1f}V{_y(level):.1f}h{width:.2f}V{foot:.1f}z"
        for moment, level in heard
    )
    if path:
        yield f'<path d="{path}" fill="{colour}"/>'


def _chapters(recording: Recording, seconds: float) -> Iterator[str]:
    """Draw a line where each chapter starts, its title on one of four rows so that neighbours do not meet."""
    for number, chapter in enumerate(recording.chapters):
        x, row = _x(chapter.start, seconds), 62 + 15 * (number % 4)
        name = chapter.title if len(chapter.title) <= _TITLE else f"{chapter.title[: _TITLE - 1].rstrip()}…"
        end = x > WIDTH - 170
        yield _line(x, row - 10, x, HEIGHT - _BOTTOM, _INK, dashes="2 3")
        yield _text(x - 4 if end else x + 4, row, name, size=11, anchor="end" if end else "start")


def _scale(target: float) -> Iterator[str]:
    for level in (-50, -40, -30, -20, -10):
        yield _line(_LEFT, _y(level), WIDTH - _RIGHT, _y(level), _PALE)
        yield _text(_LEFT - 6, _y(level) + 4, f"{level}", size=11, anchor="end")
    yield _line(_LEFT, _y(target), WIDTH - _RIGHT, _y(target), _MUSIC, dashes="6 4")
    yield _text(_LEFT - 6, _y(0) + 4, "LUFS", size=11, anchor="end")


def _minutes(seconds: float) -> Iterator[str]:
    step = 60 if seconds > 90 else 10
    for moment in range(0, int(seconds) + 1, step):
        x = _x(moment, seconds)
        yield _line(x, HEIGHT - _BOTTOM, x, HEIGHT - _BOTTOM + 5, _INK)
        yield _text(x, HEIGHT - 10, f"{moment // 60}:{moment % 60:02d}", size=11, anchor="middle")


def _legend() -> Iterator[str]:
    for x, colour, word in ((WIDTH - 190, _WORDS, "words"), (WIDTH - 110, _MUSIC, "music alone")):
        yield f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}"/>'
        yield _text(x + 17, 22, word, size=12)


def _x(moment: float, seconds: float) -> float:
    return _LEFT + moment / seconds * (WIDTH - _LEFT - _RIGHT)


def _y(level: float) -> float:
    return _TOP + (min(level, 0.0) / _LOWEST) * (HEIGHT - _TOP - _BOTTOM)


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, *, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"{dashed}/>'


def _text(x: float, y: float, words: str, *, size: int, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{_INK}"{weight}>'
        f"{escape(words)}</text>"
    )
