"""Stage a site with real catalogue, store and tokens, and episodes whose every byte is known."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from roadcast import artwork, assembly
from roadcast.assembly import Tag
from roadcast.catalogue import Catalogue
from roadcast.delivery.roster import Entry
from roadcast.model import (
    AudioFormat,
    Chapter,
    Clip,
    ClipKey,
    Edition,
    Enclosure,
    Episode,
    Levels,
    Play,
    Poll,
    Presenter,
    Rundown,
    Show,
    ShowId,
)
from roadcast.store import Store, write
from roadcast.web.site import Frame, Site
from roadcast.workflow import enrolment, people
from roadcast.workflow.circulation import Circulation

KEY = b"0f3b9c55e1d84a7296c2f4b7a1de83604d91"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FORMAT = AudioFormat()

Voice = Callable[[int, int], tuple[bytes, int]]
"""Gives the bytes of a clip and its MPEG frames, from a number and a wanted size in bytes."""


def noise(number: int, size: int) -> tuple[bytes, int]:
    """Give bytes that no two clips share; nobody plays them."""
    data = random.Random(number).randbytes(size)
    return data, max(1, size // 209)


def tones(number: int, size: int) -> tuple[bytes, int]:
    """Give real MPEG frames of a tone of about so many bytes."""
    import numpy as np

    from roadcast.mixing import encode, framing

    seconds = size * 8 / (FORMAT.kbps * 1000)
    moments = np.arange(int(seconds * FORMAT.rate)) / FORMAT.rate
    signal = (
        0.2 * np.sin(2 * np.pi * (220 + 40 * (number % 12)) * moments) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * moments))
    )
    data = encode.encode(signal.astype(np.float32), FORMAT)
    return data, sum(1 for _ in framing.frames(data, FORMAT))


def make_show(name: str = "morning", **told: object) -> Show:
    values: dict[str, object] = {
        "title": f"The {name.capitalize()} Briefing",
        "description": "What changed, what to say about it, and a story from the road: before the first visit of the day.",
        "company": "Northwind Instruments",
        "presenters": (Presenter(name="Alex"), Presenter(name="Sam")),
        "kinds": (),
    }
    return Show(id=ShowId(name), **(values | told))  # type: ignore[arg-type]


@dataclass
class Stage:
    """A site, and the hands to change what is on it.

    Attributes:
        plays, polls: what the server noted.
        now: the moment, moved by tests.
    """

    root: Path
    catalogue: Catalogue
    store: Store
    circulation: Circulation
    shows: dict[ShowId, Show]
    covers: dict[ShowId, Enclosure]
    plays: list[Play] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)
    now: datetime = NOON

    def site(self, **changed: object) -> Site:
        values: dict[str, object] = {
            "circulation": self.circulation,
            "frame": lambda show: Frame(show=self.shows[show], guid=_guid(show), artwork=self.covers[show]),
            "episodes": self.catalogue.editions.episodes,
            "pulse": self.catalogue.pulse,
            "store": self.store,
            "feeds": self.root / "feeds",
            "record": self._record,
            "app_of": lambda agent: agent[:20],
            "clock": lambda: self.now,
            "shows": self.shows,
        }
        return Site(**(values | changed))  # type: ignore[arg-type]

    def _record(self, plays: Sequence[Play], polls: Sequence[Poll]) -> None:
        self.plays += plays
        self.polls += polls

    def enrol(self, name: str, *shows: str, groups: Sequence[str] = ()) -> str:
        """Subscribe somebody, and give the token of the first show."""
        wanted = tuple(ShowId(show) for show in shows) or tuple(self.shows)[:1]
        entry = Entry(name=name.capitalize(), email=f"{name}@example.com", shows=wanted, groups=frozenset(groups))
        (verdict,) = enrolment.enrol(self.circulation, [entry])
        assert verdict.outcome.value == "added", verdict
        return self.token(name, wanted[0])

    def token(self, name: str, show: str) -> str:
        url = self.access(name, show).feed_url
        assert url is not None
        return url.split("/private/s/")[1].split("/")[0]

    def invite(self, name: str, show: str) -> str:
        url = self.access(name, show).invite_url
        assert url is not None
        return url.rpartition("/")[2]

    def access(self, name: str, show: str) -> people.Access:
        card = people.card(self.circulation, f"{name}@example.com")
        return next(access for access in card.shows if access.show == show)

    def publish(
        self,
        show: str,
        day: date,
        *,
        clips: int = 3,
        size: int = 40_000,
        seed: int = 0,
        voice: Voice = noise,
        groups: Sequence[str] = (),
        at: datetime | None = None,
    ) -> Episode:
        """Publish an edition whose clips are made of noise, or of what `voice` gives."""
        edition = Edition(show=ShowId(show), date=day)
        row = [self._clip(hash_of(show, day.toordinal(), seed, n), size, voice) for n in range(clips)]
        ends = [0.0]
        for clip in row:
            ends.append(ends[-1] + clip.seconds)
        chapters = tuple(
            Chapter(title=f"Chapter {n + 1} of {clips}", start=a, end=b) for n, (a, b) in enumerate(pairwise(ends))
        )
        title = f"{day:%A}, {day.day} {day:%B}: Starter plan changes, and {clips - 1} more"
        tag = Tag(title=title, album=self.shows[edition.show].title, artist="Northwind", date=day)
        recording = assembly.join(row, chapters=chapters, tag=tag)
        self.store.keep_recording(edition, recording)
        episode = self._episode(edition, recording.digest[:8], recording.size, ends, chapters, title)
        episode = _replace(
            episode, groups=frozenset(groups), published=at or datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        )
        rundown = Rundown(
            edition=edition, entries=(), left_out=(), target=timedelta(0), pause=timedelta(0), lead_in=timedelta(0)
        )
        self.catalogue.editions.remember(edition, digest=str(seed), rundown=rundown, episode=episode)
        return episode

    def bytes_of(self, episode: Episode) -> bytes:
        recording = self.store.recording(episode.edition)
        return recording.head + b"".join(self.store.read(clip) for clip in recording.clips)

    def _clip(self, number: int, size: int, voice: Voice) -> Clip:
        data, frames = voice(number, size)
        clip = Clip(
            key=ClipKey(hashlib.sha256(f"{number} {size} {voice.__name__}".encode()).hexdigest()),
            format=FORMAT,
            frames=frames,
            size=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            levels=Levels(energies=(), true_peak=-3.0),
        )
        self.store.keep(clip, data)
        return clip

    def _episode(
        self, edition: Edition, digest: str, size: int, ends: list[float], chapters: tuple[Chapter, ...], title: str
    ) -> Episode:
        name = f"{edition.show}-{edition.date.isoformat()}"
        told = [{"startTime": c.start, "title": c.title} for c in chapters]
        segments = [
            {
                "speaker": ("Alex", "Sam")[int(start // 12) % 2],
                "startTime": start,
                "endTime": start + 3,
                "body": _line(n),
            }
            for n, start in enumerate(3.0 * i for i in range(int(ends[-1] // 3)))
        ]
        files = {
            "c/{}.json": json.dumps({"version": "1.2.0", "chapters": told}).encode(),
            "t/{}.vtt": f"WEBVTT\n\n00:00.000 --> 00:03.000\n{_line(0)}\n".encode(),
            "t/{}.json": json.dumps({"version": "1.0.0", "segments": segments}).encode(),
            "t/{}.srt": f"1\n00:00:00,000 --> 00:00:03,000\n{_line(0)}\n".encode(),
        }
        types = ("application/json+chapters", "text/vtt", "application/json", "application/x-subrip")
        placed = []
        for (path, data), kind in zip(files.items(), types, strict=True):
            hashed = path.format(f"{name}-{hashlib.sha256(data).hexdigest()[:8]}")
            write(self.root / "feeds" / hashed, data)
            placed.append(Enclosure(path=hashed, type=kind, size=len(data)))
        return Episode(
            edition=edition,
            guid=f"guid-{edition.show}-{edition.date}",
            title=title,
            published=NOON,
            season=edition.date.year,
            number=edition.date.timetuple().tm_yday,
            seconds=ends[-1],
            notes="<p>Notes</p>",
            summary=f"{title}.\n\n00:00:00 {chapters[0].title}",
            audio=Enclosure(path=f"m/{name}-{digest}.mp3", type="audio/mpeg", size=size),
            chapters_file=placed[0],
            transcripts=tuple(placed[1:]),
            artwork=self.covers[edition.show],
            chapters=chapters,
        )


def open_stage(root: Path, *shows: Show, base_url: str = "http://127.0.0.1:8000/", small: bool = True) -> Stage:
    """Open a workspace without people or episodes; a small one has covers of a few bytes."""
    known = {show.id: show for show in shows or (make_show(),)}
    catalogue = Catalogue.open(f"sqlite:///{root / '.roadcast' / 'catalogue.db'}")
    store = Store(root / "audio_out")
    store.clips.mkdir(parents=True, exist_ok=True)
    covers = {}
    for show in known.values():
        data = show.id.encode() * 9 if small else artwork.cover(show.title, subtitle=show.company, colours=show.colours)
        path = f"a/{hashlib.sha256(data).hexdigest()[:16]}.jpg"
        write(root / "feeds" / path, data)
        covers[show.id] = Enclosure(path=path, type="image/jpeg", size=len(data))
    stage = Stage(root=root, catalogue=catalogue, store=store, circulation=None, shows=known, covers=covers)  # type: ignore[arg-type]
    stage.circulation = Circulation(
        catalogue=catalogue,
        key=KEY,
        base_url=base_url,
        shows={show.id: show.title for show in known.values()},
        who="tests",
        clock=lambda: stage.now,
    )
    return stage


def write_settings(stage: Stage) -> None:
    """Make the stage a workspace that `roadcast serve` can open."""
    lines = [f'base_url = "{stage.circulation.base_url}"']
    for show in stage.shows.values():
        lines += [f"[shows.{show.id}]", f'title = "{show.title}"', f'description = "{show.description}"']
        lines += [f'company = "{show.company}"', f"[[shows.{show.id}.presenters]]", 'name = "Alex"']
    (stage.root / "roadcast.toml").write_text("\n".join(lines), encoding="utf-8")
    key = stage.root / ".roadcast" / "key"
    key.touch(mode=0o600)
    key.write_bytes(KEY)


def hash_of(*told: object) -> int:
    return int(hashlib.sha256(repr(told).encode()).hexdigest()[:8], 16)


def _guid(show: ShowId) -> str:
    import uuid

    return str(uuid.uuid5(uuid.NAMESPACE_URL, show))


def _replace(episode: Episode, **changed: object) -> Episode:
    from dataclasses import replace

    return replace(episode, **changed)  # type: ignore[arg-type]


def _line(number: int) -> str:
    lines = (
        "The starter plan now includes five seats instead of three.",
        "If a customer asks about the price, it stays as it was until the end of the quarter.",
        "In the north, a renewal was won by showing the new report on the first visit.",
        "Ask who else in the team would use it, and note the names.",
    )
    return lines[number % len(lines)]
