"""Show everybody their own feed, rendered once for all who may hear the same."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from roadcast import __version__, codec, rss
from roadcast.catalogue.pulse import Beat
from roadcast.model import Episode, Feed, ShowId
from roadcast.web import conditions
from roadcast.web.answers import Ready
from roadcast.web.fields import Fields, accepts
from roadcast.web.memory import Memory
from roadcast.web.selection import Selection, select
from roadcast.web.site import Site

MEDIA_TYPE = b"application/rss+xml; charset=utf-8"
# An entity tag and no Last-Modified: with a date, AntennaPod fetches the whole feed once it is three days old.
_ALWAYS = ((b"cache-control", b"private, no-cache"), (b"vary", b"Accept-Encoding, Sec-Fetch-Dest"))
REMEMBERED = 256  # audiences; more only means rendering again
_GZIP = 16 + zlib.MAX_WBITS
_PLACEHOLDER = rss.PLACEHOLDER.encode()
_NEVER = datetime.fromtimestamp(0, UTC)  # a feed that never had an episode


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one audience of a show may have now.

    Attributes:
        tag: identifies it, on every server alike; known before anything is rendered.
    """

    show: ShowId
    known: tuple[Episode, ...]
    selection: Selection
    tag: str


class Feeds:
    """The feeds of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._episodes: Memory[ShowId, tuple[Episode, ...]] = Memory(site.pulse, site.episodes, most=REMEMBERED)
        self._offers: dict[tuple[ShowId, frozenset[str]], Offer] = {}
        self._rendered: dict[tuple[str, str], tuple[bytes, ...]] = {}
        self._rendering = asyncio.Lock()

    async def offer(self, show: ShowId, groups: frozenset[str], *, beat: Beat) -> Offer:
        """Tell what somebody in these groups may have of a show now; the beat is the catalogue's of this moment."""
        episodes = await self._episodes.recall(show, beat) or ()
        now = self._site.clock()
        kept = self._offers.get((show, groups))
        if kept is not None and kept.selection.holds(now):
            if kept.known is episodes:
                return kept
            if kept.known == episodes:  # something else in the catalogue has changed
                kept = replace(kept, known=episodes)
                return self._keep(show, groups, kept)
        return self._keep(show, groups, await asyncio.to_thread(self._offer, show, groups, episodes, now))

    def _keep(self, show: ShowId, groups: frozenset[str], offer: Offer) -> Offer:
        if len(self._offers) >= REMEMBERED:
            self._offers.clear()
        self._offers[show, groups] = offer
        return offer

    def _offer(self, show: ShowId, groups: frozenset[str], episodes: tuple[Episode, ...], now: datetime) -> Offer:
        frame = self._site.frame(show)
        selection = select(episodes, groups, artwork=frame.artwork, now=now)
        told = (__version__, codec.dump(frame), codec.dump(selection.episodes))
        return Offer(show=show, known=episodes, selection=selection, tag=_digest(*told))

    async def answer(self, offer: Offer, headers: Fields, *, token: str, notice: str) -> Ready:
        """Answer one request for a feed; a notice takes the place of the episodes.

        Raises:
            PublishingError: if an episode cannot stand in a feed.
        """
        base = self._site.home(token)
        tag = _digest(offer.tag, notice, base)
        plain, packed = f'"{tag}"', f'"{tag}-gzip"'
        zipped = accepts(headers.get("accept-encoding", ""), "gzip")
        told = [(b"etag", (packed if zipped else plain).encode()), *_ALWAYS]
        if conditions.unchanged(headers, plain) or conditions.unchanged(headers, packed):
            return Ready(304, told)
        pieces = await self._neutral(offer, notice)
        xml = rss.personalise(_PLACEHOLDER, base).join(pieces)  # a fifth of the time of replacing
        told.append((b"content-type", MEDIA_TYPE))
        if zipped:
            xml = await asyncio.to_thread(_zip, xml)
            told.append((b"content-encoding", b"gzip"))
        return Ready(200, told, xml)

    async def _neutral(self, offer: Offer, notice: str) -> tuple[bytes, ...]:
        key = (offer.tag, notice)
        if key not in self._rendered:
            async with self._rendering:  # a hundred phones that wake up together wait for one rendering
                if key not in self._rendered:
                    xml = await asyncio.to_thread(self._render, offer, notice)
                    if len(self._rendered) >= REMEMBERED:
                        self._rendered.clear()
                    self._rendered[key] = tuple(xml.split(_PLACEHOLDER))
        return self._rendered[key]

    def _render(self, offer: Offer, notice: str) -> bytes:
        frame = self._site.frame(offer.show)
        episodes = () if notice else offer.selection.episodes
        feed = Feed(
            show=frame.show,
            guid=frame.guid,
            base_url=rss.PLACEHOLDER,
            address=f"{rss.PLACEHOLDER}{offer.show}.xml",
            artwork=frame.artwork,
            episodes=episodes,
            updated=max((episode.published for episode in offer.selection.episodes), default=_NEVER),
            notice=notice,
        )
        return rss.render(feed)


def paused(title: str) -> str:
    """Say what a suspended listener is to know and do."""
    return (
        f"Your subscription to {title} is paused. Nothing is wrong with your app: keep it subscribed, and new "
        "episodes will be here as soon as your team resumes it. Please ask whoever invited you."
    )


def _digest(*told: str) -> str:
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _zip(data: bytes) -> bytes:
    # Without a time in its header, so that the same feed is the same bytes.
    pressed = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    return pressed.compress(data) + pressed.flush()
