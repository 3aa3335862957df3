"""Choose what somebody may have of a show at a moment, and find the files that belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from roadcast.model import Audience, Enclosure, Episode

# m/morning-2026-11-21-0f3c9a1e.mp3: the hash is the content's. Apps keep addresses for weeks, so after a
# rebuild the old hash leads to the new content.
_HASHED = re.compile(r"([mtc]/[a-z0-9-]+)-[0-9a-f]{8,64}(\.[a-z0-9]{2,4})")
NAME = re.compile(r"[mtca]/[A-Za-z0-9._-]{1,200}")


class File(NamedTuple):
    """A file of an episode; artwork of the whole show has no episode."""

    enclosure: Enclosure
    episode: Episode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The episodes that are due and meant for somebody, newest first, and their files.

    Attributes:
        until: the moment at which the next episode becomes due; None if none is waiting.
    """

    episodes: tuple[Episode, ...]
    files: Mapping[str, File]
    until: datetime | None

    def holds(self, now: datetime) -> bool:
        """Tell whether it is still the choice at this moment, of the same episodes."""
        return self.until is None or now < self.until

    def find(self, path: str) -> File | None:
        """Find a file by its path relative to the feed, also under the hash of an earlier build."""
        return self.files.get(path) or self.files.get(_without_hash(path))


def select(episodes: Iterable[Episode], groups: frozenset[str], *, artwork: Enclosure, now: datetime) -> Selection:
    """Choose the episodes for somebody in these groups."""
    meant = [episode for episode in episodes if Audience(groups=episode.groups).admits(groups)]
    due = tuple(episode for episode in meant if episode.published <= now)
    return Selection(
        episodes=due,
        files=_files(due, artwork),
        until=min((episode.published for episode in meant if episode.published > now), default=None),
    )


def _files(episodes: Iterable[Episode], artwork: Enclosure) -> dict[str, File]:
    files = {artwork.path: File(artwork, None)}
    for episode in episodes:
        for enclosure in (episode.audio, episode.chapters_file, episode.artwork, *episode.transcripts):
            files[enclosure.path] = files[_without_hash(enclosure.path)] = File(enclosure, episode)
    return files


def _without_hash(path: str) -> str:
    match = _HASHED.fullmatch(path)
    return "".join(match.groups()) if match else path
