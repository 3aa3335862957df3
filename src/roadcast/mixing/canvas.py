"""Put simple shapes on paper: the same ones as SVG and as PNG."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

SCALE = 2
"""Pixels of a PNG for a unit of the drawing."""

_SHARPER = 2  # times SCALE at which a PNG is drawn before it is made smaller: Pillow draws without half tones
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line; `dashes` gives the lengths of dash and gap."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words on a line whose foot is at `y`."""

    x: float
    y: float
    words: str
    colour: str
    size: float
    anchor: Anchor = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Bars of one colour: left, top, right and bottom of each."""

    boxes: tuple[tuple[float, float, float, float], ...]
    colour: str


Shape = Line | Text | Bars


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes on white paper, the last on top."""

    title: str
    width: int
    height: int
    shapes: tuple[Shape, ...]

    def svg(self) -> str:
        """Write it as SVG."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" '
            f'aria-label="{escape(self.title)}" font-family="sans-serif">'
            f'<rect width="{self.width}" height="{self.height}" fill="#fff"/>\n'
            + "\n".join(_tags(self.shapes))
            + "\n</svg>\n"
        )

    def png(self) -> bytes:
        """Paint it as PNG, `SCALE` pixels for each unit."""
        from PIL import Image, ImageDraw  # heavy, and only needed here

        size = (self.width * SCALE, self.height * SCALE)
        large = Image.new("RGB", (size[0] * _SHARPER, size[1] * _SHARPER), "#fff")
        brush = ImageDraw.Draw(large)
        for shape in self.shapes:
            if not isinstance(shape, Text):
                _paint(brush, shape, SCALE * _SHARPER)
        picture = large.resize(size, Image.Resampling.BOX)
        brush = ImageDraw.Draw(picture)  # letters have half tones of their own
        for shape in self.shapes:
            if isinstance(shape, Text):
                _write(brush, shape)
        file = io.BytesIO()
        picture.save(file, "PNG", optimize=True)
        return file.getvalue()


def _tags(shapes: Iterable[Shape]) -> Iterable[str]:
    for shape in shapes:
        match shape:
            case Line(dashes=dashes):
                dashed = f' stroke-dasharray="{dashes[0]:g} {dashes[1]:g}"' if dashes else ""
                yield (
                    f'<line x1="{shape.x:.1f}" y1="{shape.y:.1f}" x2="{shape.to_x:.1f}" y2="{shape.to_y:.1f}" '
                    f'stroke="{shape.colour}"{dashed}/>'
                )
            case Text():
                weight = ' font-weight="bold"' if shape.bold else ""
                yield (
                    f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}" '
                    f'text-anchor="{shape.anchor}" fill="{shape.colour}"{weight}>{escape(shape.words)}</text>'
                )
            case Bars(boxes=boxes) if boxes:
                path = "".join(f"M{x:.1f} {foot:.1f}V{top:.1f}h{to - x:.2f}V{foot:.1f}z" for x, top, to, foot in boxes)
                yield f'<path d="{path}" fill="{shape.colour}"/>'


def _paint(brush: ImageDraw.ImageDraw, shape: Line | Bars, scale: int) -> None:
    if isinstance(shape, Bars):
        for box in shape.boxes:
            left, top, right, foot = (round(edge * scale) for edge in box)
            brush.rectangle((left, top, max(left, right - 1), max(top, foot - 1)), fill=shape.colour)
        return
    for start, end in _strokes(shape):
        brush.line([(x * scale, y * scale) for x, y in (start, end)], fill=shape.colour, width=scale)


def _strokes(line: Line) -> Iterable[tuple[tuple[float, float], tuple[float, float]]]:
    """Cut a line into its dashes."""
    length = ((line.to_x - line.x) ** 2 + (line.to_y - line.y) ** 2) ** 0.5
    dash, gap = line.dashes or (length, 0.0)
    at = 0.0
    while length and at < length:
        yield _along(line, at / length), _along(line, min(at + dash, length) / length)
        at += dash + gap


def _along(line: Line, share: float) -> tuple[float, float]:
    return line.x + share * (line.to_x - line.x), line.y + share * (line.to_y - line.y)


def _write(brush: ImageDraw.ImageDraw, text: Text) -> None:
    brush.text(
        (text.x * SCALE, text.y * SCALE),
        text.words,
        fill=text.colour,
        font=_font(text.size),
        anchor=_ANCHORS[text.anchor],
        stroke_width=1 if text.bold else 0,
        stroke_fill=text.colour,
    )


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    from PIL import ImageFont

    return ImageFont.load_default(size * SCALE)
