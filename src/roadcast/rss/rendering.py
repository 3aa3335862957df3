"""Feed to XML: feedgen writes the RSS, our extension everything beyond it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from roadcast.errors import PublishingError
from roadcast.model import Enclosure, Episode, Feed
from roadcast.rss.extension import NAME, EntryExtension, FeedExtension
from roadcast.rss.personal import check_base_url
from roadcast.rss.text import TEXT_LIMIT, block, clean, line

_GENERATOR = "Roadcast"


class _Unwritten(datetime):
    """A moment that feedgen does not write, because it is false.

    feedgen formats dates by switching the locale of the whole process there and back, and writes "now" into a
    feed without a date: so it is given this, and our extension writes the real one.
    """

    def __bool__(self) -> bool:
        return False


def render(feed: Feed) -> bytes:
    """Write a feed as XML; the same feed gives the same bytes.

    Raises:
        PublishingError: if apps would refuse or confuse what is in it: no title, an unknown category, episodes
            that share a guid, an audio file or a title on one day, a path with other than ASCII, a time without
            zone.
    """
    _check(feed)
    generator = FeedGenerator()
    generator.register_extension(NAME, FeedExtension, EntryExtension, atom=False)
    generator.roadcast.feed = feed
    generator.title(line(feed.show.title))
    generator.link(href=_home(feed), rel="alternate")
    generator.description(_description(feed))
    generator.language(clean(feed.show.language))
    generator.generator(_GENERATOR)
    generator.lastBuildDate(_Unwritten.fromtimestamp(0, tz=feed.updated.tzinfo))
    if feed.notice:
        generator.add_entry(_notice(feed), order="append")
    else:
        for episode in sorted(feed.episodes, key=lambda one: (one.published, one.edition.date), reverse=True):
            generator.add_entry(_entry(feed, episode), order="append")
    xml: bytes = generator.rss_str(pretty=True)
    return xml


def _home(feed: Feed) -> str:
    """Find the page of the show; where it has none, the folder that holds the feed."""
    return clean(feed.show.link).strip() or feed.base_url


def _description(feed: Feed) -> str:
    """Describe the show. A notice comes first, since Apple's app hides items that have no sound."""
    text = block(feed.show.description) or line(feed.show.title)
    return block(f"{feed.notice}\n\n{text}" if feed.notice else text)


def _new_entry(feed: Feed, *, title: str, guid: str, text: str) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension(NAME, EntryExtension, atom=False)
    entry.roadcast.feed = feed
    entry.title(title)
    entry.guid(guid)
    entry.description(text)
    return entry


def _entry(feed: Feed, episode: Episode) -> FeedEntry:
    title = line(episode.title) or episode.edition.date.isoformat()
    text = block(episode.notes) or block(episode.summary) or title
    entry = _new_entry(feed, title=title, guid=episode.guid, text=text)
    entry.link(href=f"{_home(feed)}#{episode.edition.date.isoformat()}", rel="alternate")
    entry.enclosure(feed.base_url + episode.audio.path, str(episode.audio.size), episode.audio.type)
    entry.roadcast.episode = episode
    return entry


def _notice(feed: Feed) -> FeedEntry:
    """Say why there are no episodes; another text is another item."""
    guid = uuid.uuid5(uuid.UUID(feed.guid), f"notice:{line(feed.notice, TEXT_LIMIT)}")
    return _new_entry(feed, title=line(f"About {feed.show.title}"), guid=str(guid), text=block(feed.notice))


def _check(feed: Feed) -> None:
    check_base_url(feed.base_url)
    if not line(feed.show.title):
        raise PublishingError(f"show {feed.show.id} has no title; give it one in roadcast.toml")
    if feed.updated.tzinfo is None:
        raise PublishingError(f"show {feed.show.id}: the feed's time has no zone")
    _check_files([feed.artwork])
    for episode in feed.episodes:
        if episode.published.tzinfo is None:
            raise PublishingError(f"episode {episode.edition}: the time of publication has no zone")
        _check_files([episode.audio, episode.chapters_file, episode.artwork, *episode.transcripts])
    _check_unique("guid", ((one, one.guid) for one in feed.episodes))
    _check_unique("audio file", ((one, one.audio.path) for one in feed.episodes))
    # AntennaPod takes two items with one title and one day for the same episode
    _check_unique("title on one day", ((one, f"{one.published:%F} {line(one.title)}") for one in feed.episodes))


def _check_files(files: Iterable[Enclosure]) -> None:
    """Refuse names that apps cannot fetch: Apple takes letters, digits and plain punctuation of ASCII only."""
    for file in files:
        if not file.path.isascii() or not file.path.isprintable() or set(file.path) & set(' <>"\\?#&%'):
            raise PublishingError(f"{file.path!r} cannot stand in a feed; name it with ASCII letters and digits")
        if file.size <= 0:
            raise PublishingError(f"{file.path} is empty; build the edition again")


def _check_unique(what: str, values: Iterable[tuple[Episode, str]]) -> None:
    seen: dict[str, Episode] = {}
    for episode, value in values:
        if value in seen:
            raise PublishingError(f"editions {seen[value].edition} and {episode.edition} share one {what}")
        seen[value] = episode
