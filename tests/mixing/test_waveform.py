import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from PIL import Image

from mixing.hearing import FORMAT
from roadcast import mixing
from roadcast.model import Chapter, Clip, Levels, Recording

SVG = "{http://www.w3.org/2000/svg}"


def clip(seconds: float, level: float, *, spoken: bool) -> Clip:
    bare, _ = mixing.silence(max(1, round(seconds * 44_100 / 1152)), FORMAT)
    energies = (10 ** ((level + 0.691) / 10),) * round(seconds * 10)
    levels = Levels(energies=energies, true_peak=-2.0, speech_share=1.0 if spoken else 0.0)
    return replace(bare, levels=levels, passages=((0.0, seconds),) if spoken else ())


def recording(*clips: Clip, titles=("Opening", "A <win> & more")) -> Recording:
    chapters = tuple(Chapter(title=title, start=10.0 * n, end=10.0 * (n + 1)) for n, title in enumerate(titles))
    return Recording(format=FORMAT, head=b"", clips=clips, chapters=chapters)


@pytest.fixture
def picture() -> ET.Element:
    made = recording(clip(10, -20, spoken=False), clip(10, -16, spoken=True))
    return ET.fromstring(mixing.draw(made, title="Road & more").svg())


def tops(picture: ET.Element, colour: str) -> tuple[set[float], list[float]]:
    """Heights and places of the bars of a colour."""
    path = max((p.get("d") for p in picture.iter(f"{SVG}path") if p.get("fill") == colour), key=len)
    bars = re.findall(r"M([\d.]+) [\d.]+V([\d.]+)h", path)
    return {float(top) for _, top in bars}, [float(x) for x, _ in bars]


def test_louder_is_higher_and_words_follow_the_music(picture):
    words, where_words = tops(picture, "#0b3954")
    music, where_music = tops(picture, "#ff6663")
    assert min(words) < min(music)
    assert max(where_music) < min(where_words)
    assert len(where_words) + len(where_music) == pytest.approx(200, abs=2)


def test_chapters_stand_where_they_start_and_say_what_they_are(picture):
    texts = {text.text: float(text.get("x")) for text in picture.iter(f"{SVG}text")}
    assert texts["A <win> & more"] - texts["Opening"] == pytest.approx((1200 - 72) / 2, abs=2)
    assert "Road & more" in texts


def test_the_picture_tells_what_was_measured(picture):
    said = " ".join(text.text for text in picture.iter(f"{SVG}text"))
    assert re.search(r"0:20 min, -17\.[56] LUFS", said)
    assert "peak -2.0 dBTP" in said


def test_silence_is_drawn_without_bars():
    picture = mixing.draw(recording(clip(5, -90, spoken=False), titles=()), title="x").svg()
    assert picture.count("<path") == 3  # the legend's
    ET.fromstring(picture)


def test_the_bed_is_a_strip_below_at_its_own_time():
    made = recording(clip(10, -20, spoken=False), replace(clip(10, -16, spoken=True), bed=((2.0, 5.0), (7.0, 8.0))))
    picture = ET.fromstring(mixing.draw(made, title="x").svg())
    strip = next(p.get("d") for p in picture.iter(f"{SVG}path") if p.get("d").count("M") == 2)
    left = [float(x) for x in re.findall(r"M([\d.]+)", strip)]
    width = [float(w) for w in re.findall(r"h([\d.]+)", strip)]
    second = (1200 - 72) / 20
    assert left == pytest.approx([56 + 12 * second, 56 + 17 * second], abs=2)
    assert width == pytest.approx([3 * second, second], abs=0.1)


def test_as_png_the_same_shapes_stand_at_the_same_places():
    bed = replace(clip(10, -16, spoken=True), bed=((2.0, 5.0),))
    with Image.open(io.BytesIO(mixing.draw(recording(clip(10, -20, spoken=False), bed), title="Road").png())) as opened:
        assert opened.format == "PNG"
        picture = opened.convert("RGB")
    assert picture.size == (2400, 720)
    second = 2 * (1200 - 72) / 20
    left, words, music, bed, paper = 112, (11, 57, 84), (255, 102, 99), (224, 164, 88), (255, 255, 255)
    assert picture.getpixel((round(left + 15 * second), 500)) == words
    assert picture.getpixel((round(left + 5 * second), 500)) == music
    assert picture.getpixel((round(left + 13 * second), 720 - 96 + 20)) == bed
    assert picture.getpixel((round(left + 18 * second), 720 - 96 + 20)) == paper
    assert picture.getpixel((round(left + 15 * second), 255)) == paper  # above the level
