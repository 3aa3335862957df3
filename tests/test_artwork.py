"""Covers: as podcast apps want them, from any title and from any picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from roadcast import artwork
from roadcast.errors import PublishingError

COLOURS = ("#0b3954", "#ff6663")


def cover(title: str = "Road Briefing", **what_matters: object) -> bytes:
    return artwork.cover(title, **({"subtitle": "Norrland", "colours": COLOURS} | what_matters))


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def marked(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Make a picture whose left and upper edges are red, and whose rest is blue."""
    picture = Image.new("RGB", (width, height), (0, 0, 200))
    picture.paste((200, 0, 0), (0, 0, width, height // 10))
    return picture.convert(mode)


def is_near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("size", [1400, 3000])
def test_a_cover_is_what_apps_want(size: int) -> None:
    data = cover(size=size)
    picture = opened(data)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (size, size))
    assert picture.info["dpi"] == (72, 72)
    assert len(data) < 512 * 1024
    assert artwork.check(data) == ()


def test_a_cover_shows_its_title_in_the_colour_that_stands_out() -> None:
    """Count the pixels that the letters take; a picture without letters has none of their colour."""

    def ink(title: str, colours: tuple[str, str], wanted: tuple[int, int, int]) -> int:
        picture = opened(cover(title, subtitle="", colours=colours)).resize((200, 200))
        difference = np.abs(np.asarray(picture.crop((0, 0, 200, 100)), dtype=int) - wanted)
        return int((difference.max(axis=2) < 40).sum())

    assert ink("Road Briefing", COLOURS, (255, 255, 255)) > 1_000
    assert ink("Road Briefing", ("#f4f1de", "#e07a5f"), (20, 24, 28)) > 1_000
    assert ink(" ", COLOURS, (255, 255, 255)) == 0


@settings(deadline=None, max_examples=8)
@given(st.text(max_size=300))
def test_any_title_stays_inside_the_picture(title: str) -> None:
    picture = opened(cover(title, subtitle=title))
    edge = picture.crop((1340, 0, 1400, 700)).convert("L")
    assert edge.getextrema()[1] < 120  # no bright letter runs into the margin


def test_a_longer_title_has_smaller_letters_and_all_its_words() -> None:
    short, (_, lines) = (
        artwork._layout("Road", 1000, height=400, largest=200),
        artwork._layout("Road briefing of the northern sales region for everybody", 1000, height=400, largest=200),
    )
    assert short == (200, ["Road"])
    assert " ".join(lines) == "Road briefing of the northern sales region for everybody"


def test_the_same_cover_has_the_same_bytes() -> None:
    assert cover() == cover()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"size": 300}, "300 pixels"), ({"size": 4000}, "4000 pixels"), ({"colours": ("navy-ish", "#fff")}, "navy-ish")],
)
def test_an_impossible_cover_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(PublishingError, match=message):
        cover(**wrong)


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (saved(marked(1400, 1400)), []),
        (saved(marked(1400, 1000)), ["make it square", "use 1400 to 3000"]),
        (saved(marked(600, 600)), ["use 1400 to 3000"]),
        (saved(marked(3200, 3200)), ["use 1400 to 3000"]),
        (saved(marked(1400, 1400, "RGBA")), ["RGBA; save it as RGB"]),
        (saved(marked(1400, 1400, "CMYK"), "JPEG"), ["CMYK; save it as RGB"]),
        (saved(marked(1400, 1400, "P"), "GIF"), ["GIF; save it as JPEG", "colours are P"]),
        (saved(Image.effect_noise((1400, 1400), 90).convert("RGB"), "PNG"), ["KB; keep it under 512 KB"]),
        (b"<svg/>", ["no picture"]),
        (b"", ["no picture"]),
    ],
    ids=["fine", "oblong", "small", "large", "transparent", "CMYK", "GIF", "heavy", "SVG", "empty"],
)
def test_problems_of_a_picture_are_named(data: bytes, problems: list[str]) -> None:
    found = artwork.check(data)
    assert len(found) == len(problems)
    assert all(problem in said for problem, said in zip(problems, found, strict=True))


@pytest.mark.parametrize(
    "picture",
    [
        marked(600, 900),
        marked(4000, 3200),
        marked(1500, 1500, "RGBA"),
        marked(1500, 1500, "CMYK").convert("RGB").convert("L"),
        marked(1500, 1500, "P"),
        Image.effect_noise((2000, 2000), 90).convert("RGB"),
    ],
    ids=["small", "large", "transparent", "grey", "palette", "noise"],
)
def test_any_picture_can_be_made_fit(picture: Image.Image) -> None:
    assert artwork.check(artwork.fit(saved(picture))) == ()


def test_what_is_transparent_becomes_white() -> None:
    glass = Image.new("RGBA", (1400, 1400), (0, 0, 0, 0))
    assert is_near(opened(artwork.fit(saved(glass))).getpixel((700, 700)), (255, 255, 255))


def test_a_picture_that_a_phone_turned_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    fitted = opened(artwork.fit(saved(marked(1400, 1400), "JPEG", exif=exif)))
    assert is_near(fitted.getpixel((700, 1390)), (200, 0, 0))
    assert is_near(fitted.getpixel((700, 10)), (0, 0, 200))


def test_the_little_picture_for_the_tag_is_little() -> None:
    for picture in (cover(), saved(Image.effect_noise((2000, 2000), 90))):
        data = artwork.small(picture)
        assert opened(data).size == (300, 300)
        assert len(data) < 40 * 1024


def test_a_cut_off_picture_is_refused() -> None:
    with pytest.raises(PublishingError, match="damaged or incomplete"):
        artwork.fit(cover()[:5_000])


@pytest.mark.parametrize(("side", "said"), [(20_000, "far too many pixels"), (10_000, "10000 x 10000 pixels")])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_unopened(side: int, said: str) -> None:
    bomb = saved(Image.new("1", (side, side)))
    assert len(bomb) < 100_000
    with pytest.raises(PublishingError, match=said):
        artwork.fit(bomb)
    (problem,) = artwork.check(bomb)
    assert said in problem
