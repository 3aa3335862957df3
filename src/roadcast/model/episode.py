"""What a podcast app shows, and what comes back from listeners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roadcast.model.audio import Chapter
from roadcast.model.people import SubscriberId
from roadcast.model.show import Edition, Show, ShowId


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """One line of a transcript, in seconds from the start of the episode."""

    speaker: str
    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to an episode.

    Attributes:
        path: relative to the feed, ASCII, with the content's hash in the name.
        size: bytes.
    """

    path: str
    type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where an item of the episode came from, for the show notes."""

    headline: str
    source: str
    credit: str
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One published edition.

    Attributes:
        guid: opaque, for life; free of URL and token.
        number: of the edition within its season, from 1; season: the calendar year.
        published: aware UTC, never in the future when it is shown.
        notes: sanitised HTML, at most 4000 bytes; summary: the same as plain text.
        transcripts: WebVTT, JSON and SRT, in this order.
        guests: people whose stories are told; synthetic: whether any voice in it is a machine's.
    """

    edition: Edition
    guid: str
    title: str
    published: datetime
    season: int
    number: int
    seconds: float
    notes: str
    summary: str
    audio: Enclosure
    chapters_file: Enclosure
    transcripts: tuple[Enclosure, ...]
    artwork: Enclosure
    chapters: tuple[Chapter, ...] = ()
    groups: frozenset[str] = frozenset()
    guests: tuple[str, ...] = ()
    synthetic: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A show with its episodes, newest first.

    Attributes:
        base_url: everything in the feed lies under it; ends with a slash.
        address: the feed's own URL, for atom:link rel=self.
        guid: UUIDv5 of the show's canonical, secret-free address; the same in everybody's feed.
        notice: a message that takes the place of episodes (a suspended subscription).
    """

    show: Show
    guid: str
    base_url: str
    address: str
    artwork: Enclosure
    episodes: tuple[Episode, ...]
    updated: datetime
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One fetch of a feed; app and network as in `Play`."""

    subscriber: SubscriberId
    show: ShowId
    at: datetime
    app: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """What an app fetched of an episode's audio, or our own player reported, at about one moment.

    Attributes:
        ranges: half-open byte ranges that were sent.
        heard: half-open stretches in seconds that the player reported as heard.
        app: name of the client by its user agent; network: a daily keyed hash, never an address.
    """

    subscriber: SubscriberId
    edition: Edition
    at: datetime
    app: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    heard: tuple[tuple[float, float], ...] = ()
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """What a subscriber's plays of one episode that was delivered to them add up to."""

    subscriber: SubscriberId
    edition: Edition
    started: bool = False
    counted: bool = False
    downloaded: bool = False
    fetched_seconds: float = 0.0
    heard_seconds: float = 0.0
