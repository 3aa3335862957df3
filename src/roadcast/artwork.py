"""Make and check cover pictures: square, RGB, JPEG, as podcast apps want them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from roadcast.errors import PublishingError

SMALLEST, LARGEST = 1400, 3000  # pixels, by Apple and PSP-1
MOST_BYTES = 512 * 1024  # NPR One and Spotify take no more
MOST_SMALL_BYTES = 40 * 1024  # the picture inside the audio file, in everybody's download
_MOST_PIXELS = 64_000_000  # a picture that unpacks to more is an attack or an accident
_CANVAS = 2800  # drawn twice as large as shown, so that edges are smooth
_QUALITIES = (90, 84, 76, 66, 54, 40, 25, 10)
_SMOOTH = Image.Resampling.LANCZOS
_MARGIN = 0.085  # of the picture's side; apps cut the corners
_KNOWN = "0123456789abcdefghijklmnopqrstuvwxyz"

# Tried in this order for a title with letters that Pillow's own font (Aileron, Latin only) lacks.
_OTHER_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "Arial Unicode.ttf", "arial.ttf")

_TRIED = 16  # pixels: a missing letter shows at any size

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


def cover(title: str, *, subtitle: str, colours: tuple[str, str], size: int = SMALLEST) -> bytes:
    """Draw a cover from a title of any length and two colours.

    Args:
        title: in large letters, in as many lines as it needs.
        subtitle: one line below, such as the company's name; "" for none.
        colours: background and accent, in any form that CSS knows ("#0b3954").
        size: pixels of a side, 1400 to 3000.

    Returns:
        A JPEG of at most 512 KB; the same input gives the same bytes with the same version of Pillow.

    Raises:
        PublishingError: if a colour or the size is none.
    """
    if not SMALLEST <= size <= LARGEST:
        raise PublishingError(f"a cover of {size} pixels; it must have {SMALLEST} to {LARGEST}")
    back, accent = (_colour(text) for text in colours)
    drawn = _backdrop(back, accent)
    picture = drawn.reduce(_CANVAS // size) if _CANVAS % size == 0 else drawn.resize((size, size), _SMOOTH)
    _write(picture, " ".join(title.split()), " ".join(subtitle.split()), ink=_ink(back), accent=accent)
    return _jpeg(picture, most=MOST_BYTES)


def check(data: bytes) -> tuple[str, ...]:
    """List what podcast apps would refuse in a picture, a sentence each; nothing when it is fine."""
    try:
        picture = _open(data)
    except PublishingError as error:
        return (str(error),)
    width, height = picture.size
    problems = []
    if picture.format not in ("JPEG", "PNG"):
        problems.append(f"it is {picture.format}; save it as JPEG or PNG")
    if width != height:
        problems.append(f"it is {width} x {height} pixels; make it square")
    if not SMALLEST <= min(width, height) <= max(width, height) <= LARGEST:
        problems.append(f"it is {width} x {height} pixels; use {SMALLEST} to {LARGEST} a side")
    if picture.mode != "RGB":
        problems.append(f"its colours are {picture.mode}; save it as RGB without transparency")
    if len(data) > MOST_BYTES:
        problems.append(f"it takes {len(data) // 1024} KB; keep it under {MOST_BYTES // 1024} KB")
    return tuple(problems)


def fit(data: bytes) -> bytes:
    """Turn any picture into one that podcast apps take: its middle square, upright, RGB, 1400 to 3000 pixels.

    Raises:
        PublishingError: if it is no picture that can be read.
    """
    picture = _flat(_open(data))
    side = min(max(SMALLEST, min(picture.size)), LARGEST)
    square = ImageOps.fit(picture, (side, side), _SMOOTH)
    if side > SMALLEST and _smallest(square) > MOST_BYTES:
        square = square.resize((SMALLEST, SMALLEST), _SMOOTH)
    return _jpeg(square, most=MOST_BYTES)


def small(data: bytes, *, size: int = 300) -> bytes:
    """Make the little JPEG that goes into the audio file's tag, under 40 KB.

    Raises:
        PublishingError: if the data is no picture that can be read.
    """
    picture = _open(data)
    picture.draft("RGB", (2 * size, 2 * size))  # a large JPEG is not unpacked for nothing
    picture = ImageOps.fit(_flat(picture), (size, size), _SMOOTH)
    return _jpeg(picture, most=MOST_SMALL_BYTES)


def _open(data: bytes) -> Image.Image:
    """Read a picture's head; its pixels are unpacked later, and only if there are not too many."""
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):  # ours is stricter
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP"))
    except Image.DecompressionBombError as cause:
        raise PublishingError(f"the cover has far too many pixels; use {LARGEST} x {LARGEST}") from cause
    except (UnidentifiedImageError, OSError, ValueError) as cause:
        raise PublishingError("the cover is no picture that can be read; save it as JPEG or PNG") from cause
    if picture.width * picture.height > _MOST_PIXELS:
        raise PublishingError(f"the cover has {picture.width} x {picture.height} pixels; use {LARGEST} x {LARGEST}")
    return picture


def _flat(picture: Image.Image) -> Image.Image:
    """Unpack, turn upright, and put what is transparent on white."""
    try:
        upright = ImageOps.exif_transpose(picture)
        if upright.has_transparency_data:
            white = Image.new("RGBA", upright.size, "white")
            return Image.alpha_composite(white, upright.convert("RGBA")).convert("RGB")
        return upright.convert("RGB")
    except (OSError, SyntaxError, ValueError) as cause:
        raise PublishingError("the cover is damaged or incomplete; save it again as JPEG or PNG") from cause


def _jpeg(picture: Image.Image, *, most: int) -> bytes:
    """Encode with the best quality that fits."""
    for quality in _QUALITIES:
        data = _encoded(picture, quality)
        if len(data) <= most:
            return data
    raise PublishingError(f"the cover does not fit into {most // 1024} KB; use a calmer picture")


def _smallest(picture: Image.Image) -> int:
    return len(_encoded(picture, _QUALITIES[-1]))


def _encoded(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, dpi=(72, 72))
    return out.getvalue()


def _colour(text: str) -> Colour:
    try:
        return ImageColor.getrgb(text)[:3]
    except ValueError as cause:
        raise PublishingError(f"{text!r} is no colour; write it like #0b3954") from cause


def _ink(back: Colour) -> Colour:
    """Choose white or near-black, whichever stands out more (WCAG relative luminance)."""
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in back]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (255, 255, 255) if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.055 else (20, 24, 28)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _backdrop(back: Colour, accent: Colour) -> Image.Image:
    """Draw a road into the distance, and what is sent from there."""
    side = _CANVAS
    night = 1.0 if _ink(back) == (255, 255, 255) else 0.45  # a light colour turns grey if it is darkened as much
    column = Image.new("RGB", (1, side), back)
    column.paste(_mix(back, (0, 0, 0), 0.35 * night), mask=Image.linear_gradient("L").resize(column.size))
    picture = column.resize((side, side), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(picture)
    far = (round(side * 0.74), round(side * 0.7))
    for ring in range(4, 0, -1):
        radius, width = round(side * 0.05 * ring), round(side * 0.012)
        box = [far[0] - radius, far[1] - radius, far[0] + radius, far[1] + radius]
        draw.arc(box, 180, 360, fill=_mix(back, accent, 1.08 - 0.19 * ring), width=width)
    draw.polygon([(0, far[1]), (side, far[1]), (side, side), (0, side)], fill=_mix(back, (0, 0, 0), 0.5 * night))
    _road(draw, far, _mix(back, (0, 0, 0), 0.72), accent)
    dot = round(side * 0.024)
    draw.pieslice([far[0] - dot, far[1] - dot, far[0] + dot, far[1] + dot], 180, 360, fill=accent)
    return picture


def _road(draw: ImageDraw.ImageDraw, far: tuple[int, int], road: Colour, accent: Colour) -> None:
    """Draw the road from the foot of the picture to its vanishing point, with a broken line that shortens."""
    side = _CANVAS

    def edge(at: float, offset: float) -> tuple[float, float]:
        foot = side * (0.40 + offset)
        return foot + (far[0] - foot) * at, side + (far[1] - side) * at

    draw.polygon([edge(0, -0.36), edge(0, 0.36), far], fill=road)
    for start, end in ((0.0, 0.2), (0.34, 0.48), (0.58, 0.68), (0.755, 0.825), (0.88, 0.925)):
        line = [edge(start, -0.021), edge(start, 0.021), edge(end, 0.021), edge(end, -0.021)]
        draw.polygon(line, fill=_mix(road, accent, 0.95))


def _write(picture: Image.Image, title: str, subtitle: str, *, ink: Colour, accent: Colour) -> None:
    side = picture.width
    draw = ImageDraw.Draw(picture)
    left, room = round(side * _MARGIN), round(side * (1 - 2 * _MARGIN))
    size, lines = _layout(title, room, height=round(side * 0.335), largest=round(side * 0.135))
    font = _font(title, size)
    top = float(side * 0.075)
    for line in lines:
        draw.text((left, top), line, font=font, fill=ink, stroke_width=max(1, size // 42), stroke_fill=ink)
        top += size * 1.08
    if subtitle:
        small_size = min(round(side * 0.042), size)
        font = _font(subtitle, small_size)
        text = _shortened(subtitle, font, room)
        draw.text((left, top + small_size * 0.75), text, font=font, fill=_mix(ink, accent, 0.35))


def _layout(text: str, room: int, *, height: int, largest: int) -> tuple[int, list[str]]:
    """Find the largest letters with which the text fits, and its lines; at the smallest, cut it."""
    smallest = max(8, largest // 4)
    for size in range(largest, smallest, -max(1, largest // 40)):
        lines = _wrap(text.split(), _font(text, size), room)
        if len(lines) * size * 1.08 <= height and lines and all(_font(text, size).getlength(x) <= room for x in lines):
            return size, lines
    font = _font(text, smallest)
    lines = _wrap(text.split(), font, room)[: max(1, int(height / (smallest * 1.08)))]
    return smallest, [_shortened(line, font, room) for line in lines]


def _wrap(words: Sequence[str], font: Font, room: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(text: str, font: Font, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _font(text: str, size: int) -> Font:
    """Take Pillow's own font, which is there on every machine, or another if it lacks a letter of the text."""
    if not _can_write(ImageFont.load_default(_TRIED), text):
        for name in _OTHER_FONTS:
            try:
                if _can_write(ImageFont.truetype(name, _TRIED), text):
                    return ImageFont.truetype(name, size)
            except OSError:
                continue
    return ImageFont.load_default(size)


def _can_write(font: Font, text: str) -> bool:
    """Tell whether no character of the text looks like the box that stands for a missing one."""
    missing = bytes(font.getmask("\U0010fffd"))
    return all(bytes(font.getmask(letter)) != missing for letter in set(text) - set(_KNOWN) if not letter.isspace())
