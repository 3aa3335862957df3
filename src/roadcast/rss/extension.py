"""Own every itunes, podcast and atom element of a feed, as a pair of feedgen extensions.

feedgen's own "podcast" extension refuses `true`, drops artwork that does not end in .jpg, writes deprecated
elements and knows nothing of the podcast namespace; so it is never loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import format_datetime
from typing import Any, TypeAlias

import lxml.etree  # before feedgen, which relies on somebody having imported it
from feedgen.ext.base import BaseEntryExtension, BaseExtension

from roadcast.errors import PublishingError
from roadcast.model import Enclosure, Episode, Feed
from roadcast.model.categories import is_category
from roadcast.rss.text import clean, line

NAME = "roadcast"
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
_CAPTIONS = frozenset({"text/vtt", "application/x-subrip"})  # formats that are shown in time with the sound
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Element: TypeAlias = Any  # lxml has no types


def add(parent: Element, name: str, text: str | None = None, attributes: Mapping[str, str] | None = None) -> Element:
    """Append an element named "prefix:local", or "local" for RSS's own."""
    prefix, _, local = name.rpartition(":")
    element = lxml.etree.SubElement(parent, f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local)
    element.text = None if text is None else clean(text)
    for key, value in (attributes or {}).items():
        element.set(key, clean(value))
    return element


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """What a feed says beyond plain RSS."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespaces once, at the root."""
        return NAMESPACES

    def extend_rss(self, root: Element) -> Element:
        """Append to the channel."""
        channel, feed, show = root[0], self.feed, self.feed.show
        add(channel, "lastBuildDate", format_datetime(feed.updated))
        add(channel, "atom:link", attributes={"href": feed.address, "rel": "self", "type": "application/rss+xml"})
        _itunes_channel(channel, feed)
        _privacy(channel)
        add(channel, "podcast:guid", feed.guid)
        add(channel, "podcast:medium", "podcast")
        if show.frequency:
            rule = {"rrule": show.rrule} if show.rrule else {}
            add(channel, "podcast:updateFrequency", line(show.frequency, 128), rule)
        add(channel, "podcast:txt", "true", {"purpose": "ai-content"})
        for presenter in show.presenters:
            _person(channel, presenter.name, role="host")
        return root


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """What an episode says beyond plain RSS; nothing for a notice, which has no episode."""

    feed: Feed
    episode: Episode | None = None

    def extend_rss(self, item: Element) -> Element:
        """Append to the item."""
        add(item, "pubDate", format_datetime(self.episode.published if self.episode else self.feed.updated))
        add(item, "itunes:explicit", "false")
        if self.episode:
            _itunes_item(item, self.feed, self.episode)
            _podcast_item(item, self.feed, self.episode)
        return item


def _itunes_channel(channel: Element, feed: Feed) -> None:
    show = feed.show
    if not is_category(show.category, show.subcategory):
        chosen = f"{show.category} > {show.subcategory}" if show.subcategory else show.category
        raise PublishingError(f"show {show.id}: {chosen} is no category of Apple's list; see docs/feeds.md")
    add(channel, "itunes:author", line(show.author) or line(show.company) or line(show.title))
    category = add(channel, "itunes:category", attributes={"text": show.category})
    if show.subcategory:
        add(category, "itunes:category", attributes={"text": show.subcategory})
    add(channel, "itunes:explicit", "false")
    if not feed.notice:  # who may hear nothing may see nothing either
        add(channel, "itunes:image", attributes={"href": feed.base_url + feed.artwork.path})
    add(channel, "itunes:type", "episodic")


def _privacy(channel: Element) -> None:
    """Keep the feed out of every directory; without an owner, whose address everybody could read."""
    add(channel, "itunes:block", "Yes")  # Apple: no other value has an effect
    add(channel, "podcast:block", "yes")
    add(channel, "podcast:locked", "yes")


def _itunes_item(item: Element, feed: Feed, episode: Episode) -> None:
    add(item, "itunes:title", line(episode.title) or episode.edition.date.isoformat())
    add(item, "itunes:duration", str(max(1, round(episode.seconds))))
    add(item, "itunes:image", attributes={"href": feed.base_url + episode.artwork.path})
    add(item, "itunes:season", str(episode.season))
    add(item, "itunes:episode", str(episode.number))
    add(item, "itunes:episodeType", "full")


def _podcast_item(item: Element, feed: Feed, episode: Episode) -> None:
    day = episode.edition.date
    quarter = f"{day.year} Q{(day.month + 2) // 3}"
    add(item, "podcast:season", str(episode.season), {"name": str(episode.season)})
    add(item, "podcast:episode", str(episode.number), {"display": f"{day.day} {_MONTHS[day.month - 1]}, {quarter}"})
    for transcript in episode.transcripts:
        _transcript(item, feed, transcript)
    chapters = {"url": feed.base_url + episode.chapters_file.path, "type": episode.chapters_file.type}
    add(item, "podcast:chapters", attributes=chapters)
    if episode.guests:  # an item's list replaces the channel's
        for presenter in feed.show.presenters:
            _person(item, presenter.name, role="host")
        for guest in episode.guests:
            _person(item, guest, role="guest")
    add(item, "podcast:txt", "true" if episode.synthetic else "false", {"purpose": "ai-content"})


def _transcript(item: Element, feed: Feed, transcript: Enclosure) -> None:
    attributes = {"url": feed.base_url + transcript.path, "type": transcript.type, "language": feed.show.language}
    if transcript.type in _CAPTIONS:
        attributes["rel"] = "captions"
    add(item, "podcast:transcript", attributes=attributes)


def _person(parent: Element, name: str, *, role: str) -> None:
    if line(name):
        add(parent, "podcast:person", line(name, 128), {"role": role})
