"""Put an episode and the files beside it together."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from roadcast.errors import PublishingError
from roadcast.model import Enclosure, Episode, Recording
from roadcast.publishing.notes import disclosure, guests, notes_html, notes_text, title
from roadcast.publishing.programme import Programme
from roadcast.publishing.text import plain
from roadcast.publishing.transcripts import srt, transcript, vtt

# https://podcastnamespace.org/tag/guid: the namespace of podcast guids
_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_CHAPTERS_VERSION = "1.2.0"
# suffix, media type, and who writes it
_TRANSCRIPTS = (
    ("vtt", "text/vtt", vtt),
    ("json", "application/json", transcript),
    ("srt", "application/x-subrip", srt),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file to put beside the feed; its path is relative to the feed."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """An episode, ready to be shown.

    Attributes:
        files: what it needs beside its audio, in the order in which they are to be written: all of them after
            the audio at `episode.audio.path` and before the feed.
    """

    episode: Episode
    files: tuple[File, ...]


def show_guid(address: str) -> str:
    """Derive a show's guid from its canonical address, which must hold no token.

    It is for life: keep it when the show moves to another host. UUIDv5 of the address without scheme and
    trailing slashes, as the podcast namespace defines it.
    """
    return str(uuid.uuid5(_NAMESPACE, address.partition("://")[2].rstrip("/") or address.rstrip("/")))


def publish(
    programme: Programme,
    recording: Recording,
    *,
    show_guid: str,
    published: datetime,
    number: int,
    artwork: Enclosure,
) -> Publication:
    """Make an episode of a recording.

    Args:
        programme: what the recording was joined from.
        recording: the clips in order, with their head.
        show_guid: what `show_guid` gave for the show, once.
        published: the moment of publication, aware UTC.
        number: of the edition within its year, from 1.
        artwork: the episode's picture, already beside the feed.

    Raises:
        PublishingError: if the recording is not of this programme, or a clip does not say its script.
    """
    if recording.clips != programme.clips:
        raise PublishingError(f"{programme.rundown.edition}: the recording has other clips than the programme")
    edition = programme.rundown.edition
    name = f"{edition.show}-{edition.date.isoformat()}"
    chapters_file = _file("c", name, "json", _chapters_json(programme, recording))
    transcripts = [(_file("t", name, suffix, write(programme)), kind) for suffix, kind, write in _TRANSCRIPTS]
    episode = Episode(
        edition=edition,
        guid=str(uuid.uuid5(uuid.UUID(show_guid), edition.date.isoformat())),
        title=title(programme),
        published=published,
        season=edition.date.year,
        number=number,
        seconds=recording.seconds,
        notes=notes_html(programme),
        summary=notes_text(programme),
        audio=Enclosure(path=f"m/{name}-{recording.digest[:8]}.mp3", type="audio/mpeg", size=recording.size),
        chapters_file=_enclosure(chapters_file, "application/json+chapters"),
        transcripts=tuple(_enclosure(file, kind) for file, kind in transcripts),
        artwork=artwork,
        chapters=recording.chapters,
        groups=programme.show.listeners,
        guests=guests(programme),
        synthetic=bool(disclosure(programme)),
    )
    return Publication(episode=episode, files=(chapters_file, *(file for file, _ in transcripts)))


def _chapters_json(programme: Programme, recording: Recording) -> bytes:
    """Write the podcast namespace's JSON chapters, version 1.2."""
    listed = [
        {"startTime": round(chapter.start, 3), "endTime": round(chapter.end, 3), "title": chapter.title}
        | ({"url": chapter.link} if chapter.link else {})
        for chapter in recording.chapters
    ]
    whole = {
        "version": _CHAPTERS_VERSION,
        "title": title(programme),
        "podcastName": plain(programme.show.title),
        "chapters": listed,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _file(folder: str, name: str, suffix: str, data: bytes) -> File:
    """Name a file by its content, so that apps that keep files by address see every change."""
    return File(path=f"{folder}/{name}-{hashlib.sha256(data).hexdigest()[:8]}.{suffix}", data=data)


def _enclosure(file: File, kind: str) -> Enclosure:
    return Enclosure(path=file.path, type=kind, size=len(file.data))
