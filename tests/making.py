"""Make clips that really sound, and the programmes, episodes and feeds around them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import lameenc
import numpy as np
import pytest

from roadcast import assembly, publishing
from roadcast.model import (
    AudioFormat,
    Clip,
    ClipKey,
    Edition,
    Enclosure,
    Entry,
    Episode,
    Feed,
    Kind,
    Levels,
    Mark,
    Origin,
    Passage,
    Place,
    Presenter,
    Role,
    Rundown,
    Script,
    Segment,
    Show,
    ShowId,
    Spoken,
    Variant,
)
from roadcast.testing import make_item

FORMAT = AudioFormat()
EDITION = Edition(show=ShowId("road"), date=date(2026, 11, 23))
MORNING = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PLACE = Place(path="templates/update.j2", line=1)


def program(name: str) -> str:
    """Find an outside program that judges what we made; where it should be, its absence is a failure."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed")
    return path or pytest.skip(f"{name} is not installed")


def run(name: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([program(name), *map(str, arguments)], capture_output=True, check=True, timeout=60)


@cache
def encode(seconds: float, *, hertz: float = 330.0, format: AudioFormat = FORMAT, noise: float = 0.1) -> bytes:  # noqa: A002
    """Encode a tone that wavers, so that no two frames are alike, between two short silences."""
    count = round(seconds * format.rate)
    time = np.arange(count) / format.rate
    wave = 0.5 * np.sin(2 * np.pi * hertz * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))
    wave += noise * np.random.default_rng(7).standard_normal(count)
    edge = round(0.05 * format.rate)
    wave[:edge] = wave[-edge:] = 0
    samples = (np.clip(wave, -1, 1) * 32767).astype("<i2")
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(format.kbps)
    encoder.set_in_sample_rate(format.rate)
    encoder.set_out_sample_rate(format.rate)
    encoder.set_channels(format.channels)
    encoder.set_quality(7)
    return bytes(encoder.encode(np.repeat(samples, format.channels).tobytes())) + bytes(encoder.flush())


def make_clip(data: bytes, **what_matters: object) -> Clip:
    found = assembly.frames(data)
    digest = hashlib.sha256(data).hexdigest()
    values = {
        "key": ClipKey(digest[:16]),
        "format": found.format,
        "frames": found.count,
        "size": found.size,
        "digest": digest,
        "levels": Levels(energies=(), true_peak=-2.0),
    }
    return Clip(**(values | what_matters))


def silent_clip(frames: int, *, passages: tuple[tuple[float, float], ...] = (), words: tuple[Mark, ...] = ()) -> Clip:
    """Describe a clip of which no byte is needed."""
    return Clip(
        key=ClipKey(f"clip-{frames}-{passages}"),
        format=FORMAT,
        frames=frames,
        size=frames * 209,
        digest=hashlib.sha256(repr((frames, passages)).encode()).hexdigest(),
        levels=Levels(energies=(), true_peak=-70.0),
        passages=passages,
        words=words,
        engines=("pico/en-US",) if passages else (),
    )


def make_tag(**what_matters: object) -> assembly.Tag:
    values = {"title": "Monday", "album": "Road Briefing", "artist": "Norrland", "date": EDITION.date}
    return assembly.Tag(**(values | what_matters))


def make_show(**what_matters: object) -> Show:
    values = {
        "id": ShowId("road"),
        "title": "Road Briefing",
        "description": "What changed, and what to do today.",
        "presenters": (Presenter(name="Ada"), Presenter(name="Ben")),
        "kinds": (
            Kind(name="update", label="Update", template="update"),
            Kind(name="story", label="Story", template="story", block="story", presenter=1),
        ),
    }
    return Show(**(values | what_matters))


def make_passage(text: str, *, presenter: int = 0) -> Passage:
    return Passage(
        presenter=presenter,
        text=text,
        spoken=Spoken(text=text),
        pause=timedelta(),
        origin=Origin.TEMPLATE,
        place=PLACE,
    )


def make_script(name: str, *texts: str, **what_matters: object) -> Script:
    presenter = what_matters.pop("presenter", 0)
    values = {
        "name": name,
        "role": Role.ITEM,
        "title": name.replace("-", " ").capitalize(),
        "passages": tuple(make_passage(text, presenter=presenter) for text in texts),
    }
    return Script(**(values | what_matters))


def make_part(script: Script, *, frames: int = 400, **what_matters: object) -> publishing.Part:
    """Give each passage of a script an even share of a clip, with a breath before and after."""
    seconds = float(FORMAT.seconds(frames))
    share = seconds / max(1, len(script.passages))
    spans = tuple((share * n + 0.1, share * (n + 1) - 0.1) for n in range(len(script.passages)))
    return publishing.Part(clip=replace(silent_clip(frames, passages=spans), **what_matters), script=script)


PAUSE = publishing.Part(clip=silent_clip(20))


def make_programme(*items: object, parts: tuple[publishing.Part, ...] = (), **show: object) -> publishing.Programme:
    """Put a programme of an opening and the given items together, a pause before each."""
    chosen = items or (
        make_item("prices", headline="Orion prices rise 4% in January", credit="Pricing team"),
        make_item("won", kind="story", headline="How Mia won Hallberg", credit="Mia Lindqvist"),
    )
    entries = (_entry(Segment(role=Role.OPENING)), *(_entry(_segment(item)) for item in chosen))
    rundown = Rundown(
        edition=EDITION,
        entries=entries,
        left_out=(),
        target=timedelta(minutes=7),
        pause=timedelta(seconds=0.5),
        lead_in=timedelta(seconds=0.5),
    )
    opening = make_part(make_script("opening", "Good morning. It is Monday, 23 November.", role=Role.OPENING))
    told = [make_part(make_script(i.slug, f"{i.headline.text}.", "Tell them.", title=i.headline.text)) for i in chosen]
    spaced = tuple(part for one in (opening, *told) for part in (PAUSE, one))
    return publishing.Programme(show=make_show(**show), rundown=rundown, parts=parts or spaced)


def _entry(segment: Segment) -> Entry:
    return Entry(segment=segment, start=timedelta(), length=timedelta(seconds=10))


def _segment(item: object) -> Segment:
    return Segment(role=Role.ITEM, item=item, variant=Variant(name="full", sentences=item.sentences))


def make_publication(programme: publishing.Programme | None = None, **what_matters: object) -> publishing.Publication:
    programme = programme or make_programme()
    tag = make_tag(title=publishing.title(programme), comment=publishing.disclosure(programme))
    recording = assembly.join(programme.clips, chapters=publishing.chapters(programme), tag=tag)
    values = {
        "show_guid": publishing.show_guid("https://podcasts.example/road.xml"),
        "published": MORNING,
        "number": 226,
        "artwork": Enclosure(path="a/road-0a1b2c3d.jpg", type="image/jpeg", size=90_000),
    }
    return publishing.publish(programme, recording, **(values | what_matters))


def make_episode(number: int = 1, **what_matters: object) -> Episode:
    day = date(2026, 1, 1) + timedelta(days=number)
    name = f"road-{day.isoformat()}"
    values = {
        "edition": Edition(show=ShowId("road"), date=day),
        "guid": str(uuid.uuid5(uuid.NAMESPACE_DNS, name)),
        "title": f"Day {number}: prices",
        "published": datetime(2026, 1, 1, 5, tzinfo=UTC) + timedelta(days=number),
        "season": 2026,
        "number": number,
        "seconds": 420.4,
        "notes": "<p>In 7 minutes: prices.</p>",
        "summary": "In 7 minutes: prices.",
        "audio": Enclosure(path=f"m/{name}-0a1b2c3d.mp3", type="audio/mpeg", size=3_360_000),
        "chapters_file": Enclosure(path=f"c/{name}-0a1b2c3d.json", type="application/json+chapters", size=900),
        "transcripts": (
            Enclosure(path=f"t/{name}-0a1b2c3d.vtt", type="text/vtt", size=9_000),
            Enclosure(path=f"t/{name}-0a1b2c3d.json", type="application/json", size=12_000),
            Enclosure(path=f"t/{name}-0a1b2c3d.srt", type="application/x-subrip", size=9_000),
        ),
        "artwork": Enclosure(path="a/road-0a1b2c3d.jpg", type="image/jpeg", size=90_000),
    }
    return Episode(**(values | what_matters))


def make_feed(*episodes: Episode, **what_matters: object) -> Feed:
    values = {
        "show": make_show(),
        "guid": publishing.show_guid("https://podcasts.example/road.xml"),
        "base_url": "https://podcasts.example/private/s/secret/",
        "address": "https://podcasts.example/private/s/secret/road.xml",
        "artwork": Enclosure(path="a/road-0a1b2c3d.jpg", type="image/jpeg", size=90_000),
        "episodes": episodes or (make_episode(),),
        "updated": MORNING,
    }
    return Feed(**(values | what_matters))


def check_golden(name: str, data: bytes) -> None:
    """Compare with tests/golden; ROADCAST_GOLDEN=write keeps the new bytes, to be read before they are committed."""
    path = Path(__file__).parent / "golden" / name
    if os.environ.get("ROADCAST_GOLDEN") == "write":
        path.write_bytes(data)
    assert data.decode() == path.read_text(encoding="utf-8")


def files_of(publication: publishing.Publication) -> dict[str, str]:
    """Give the texts by the suffix of their names; the chapters as "chapters"."""
    return {
        "chapters" if file.path.startswith("c/") else file.path.rpartition(".")[2]: file.data.decode()
        for file in publication.files
    }
