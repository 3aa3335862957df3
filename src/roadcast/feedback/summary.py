"""Add up plays: per listener and episode, and per segment.

A download is not a listen. Bytes tell what an app fetched, and most apps fetch a whole episode at once;
only our own player reports what was heard. So the two are added up apart, and never named alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from roadcast.feedback.agents import is_crawler
from roadcast.feedback.spans import Span, covered, union
from roadcast.model import Audience, Chapter, Edition, Episode, Listening, Play, Poll, ShowId, Slug, SubscriberId

PROBE = 2
"""Bytes of a request that only asks whether ranges work, and starts nothing (IAB 2.1; OP3, downloads.ts)."""

COUNTED = 60.0
"""Seconds of audio after the tag that make a download count (IAB podcast measurement 2.1)."""

DOWNLOADED = 0.9
"""Share of the audio that makes a download whole: players leave out the last seconds."""

MOMENTS = 120
"""Moments at which listeners are counted: one every four seconds of an eight-minute episode."""

_RATES = (320, 256, 224, 192, 160, 128, 112, 96, 80, 64, 56, 48, 40, 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where the sound of an episode lies in its file.

    Attributes:
        head: bytes before the first sound; rate: bytes per second.
    """

    head: float
    size: int
    rate: float
    seconds: float

    def bytes_of(self, start: float, end: float) -> Span:
        """Find the bytes of a stretch of seconds: the bit rate is constant."""
        return self.head + start * self.rate, self.head + end * self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentShare:
    """How many listeners got through a segment.

    Attributes:
        start, end: seconds from the start of the episode.
        fetched: by those whose apps fetched more than half of it; heard: in our own player.
    """

    edition: Edition
    title: str
    item: Slug | None
    start: float
    end: float
    fetched: int
    heard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How many listeners an episode had at each of `MOMENTS` moments, evenly spread over it; empty without length.

    Attributes:
        fetched: whose apps fetched that moment; heard: in our own player.
    """

    edition: Edition
    fetched: tuple[int, ...]
    heard: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    ranges: list[tuple[int, int]]
    heard: list[tuple[float, float]]


def shape(episode: Episode) -> Shape:
    """Find where the sound lies: the highest standard bit rate that fits, and the tag before it."""
    size, seconds = episode.audio.size, episode.seconds
    if seconds <= 0:
        return Shape(head=0.0, size=size, rate=0.0, seconds=0.0)
    rate = next((kbps * 125.0 for kbps in _RATES if kbps * 125 * seconds <= size), size / seconds)
    return Shape(head=size - rate * seconds, size=size, rate=rate, seconds=seconds)


def summarise(
    episodes: Iterable[Episode],
    plays: Iterable[Play],
    polls: Iterable[Poll] = (),
    *,
    groups: Mapping[SubscriberId, frozenset[str]] | None = None,
) -> tuple[Listening, ...]:
    """Add up, for each listener and episode that their app was offered, what was fetched and heard.

    Crawlers and probes of two bytes do not count. Ordered by edition, newest first, then by listener.

    Args:
        episodes: to report on.
        plays: of these and perhaps others.
        polls: a feed fetched after an episode came out has delivered it.
        groups: of each listener; an episode for other groups only was not delivered.
    """
    known = {episode.edition: episode for episode in episodes}
    seen = _gather(play for play in plays if play.edition in known)
    offered = set(seen) | {
        (who, episode.edition)
        for (who, show), at in _last_polls(polls).items()
        for episode in known.values()
        if episode.edition.show == show
        and episode.published <= at
        and Audience(groups=episode.groups).admits((groups or {}).get(who, frozenset()))
    }
    nothing = _Seen(ranges=[], heard=[])
    ordered = sorted(offered, key=lambda pair: (-pair[1].date.toordinal(), pair[1].show, pair[0]))
    return tuple(_listening(who, known[edition], seen.get((who, edition), nothing)) for who, edition in ordered)


def segments(episode: Episode, plays: Iterable[Play]) -> tuple[SegmentShare, ...]:
    """Count for each chapter of an episode who fetched, and who heard, more than half of it."""
    seen = _gather(play for play in plays if play.edition == episode.edition)
    file = shape(episode)
    return tuple(
        SegmentShare(
            edition=episode.edition,
            title=chapter.title,
            item=chapter.item,
            start=chapter.start,
            end=chapter.end,
            fetched=sum(_past_half(one.ranges, *file.bytes_of(chapter.start, chapter.end)) for one in seen.values()),
            heard=sum(_past_half(one.heard, chapter.start, chapter.end) for one in seen.values()),
        )
        for chapter in _lasting(episode.chapters)
    )


def attendance(episode: Episode, plays: Iterable[Play]) -> Attendance:
    """Count listeners along an episode: at the middle of each of `MOMENTS` equal stretches, if it lasts at all."""
    seen = _gather(play for play in plays if play.edition == episode.edition)
    file = shape(episode)
    moments = [(number + 0.5) / MOMENTS * file.seconds for number in range(MOMENTS if file.seconds else 0)]
    return Attendance(
        edition=episode.edition,
        fetched=_present((one.ranges for one in seen.values()), [file.bytes_of(at, at)[0] for at in moments]),
        heard=_present((one.heard for one in seen.values()), moments),
    )


def _present(listeners: Iterable[Iterable[Span]], moments: Sequence[float]) -> tuple[int, ...]:
    """Count at each moment, in order, the listeners who have it in one of their stretches."""
    comings = [0] * (len(moments) + 1)
    for spans in listeners:
        for start, end in union(spans):
            comings[bisect_left(moments, start)] += 1
            comings[bisect_left(moments, end)] -= 1
    return tuple(accumulate(comings[:-1]))


def _gather(plays: Iterable[Play]) -> Mapping[tuple[SubscriberId, Edition], _Seen]:
    seen: dict[tuple[SubscriberId, Edition], _Seen] = {}
    for play in plays:
        if is_crawler(play.app):
            continue
        one = seen.setdefault((play.subscriber, play.edition), _Seen(ranges=[], heard=[]))
        one.ranges.extend(span for span in play.ranges if span[1] - span[0] > PROBE)
        one.heard.extend(play.heard)
    return seen


def _last_polls(polls: Iterable[Poll]) -> Mapping[tuple[SubscriberId, ShowId], datetime]:
    last: dict[tuple[SubscriberId, ShowId], datetime] = {}
    for poll in polls:
        key = (poll.subscriber, poll.show)
        last[key] = max(poll.at, last.get(key, poll.at))
    return last


def _listening(who: SubscriberId, episode: Episode, seen: _Seen) -> Listening:
    file = shape(episode)
    fetched = covered(seen.ranges, file.head, file.size)
    seconds = fetched / file.rate if file.rate else 0.0
    return Listening(
        subscriber=who,
        edition=episode.edition,
        started=bool(seen.ranges),
        counted=seconds > 0 and seconds >= min(COUNTED, file.seconds),
        downloaded=seconds > 0 and seconds >= DOWNLOADED * file.seconds,
        fetched_seconds=seconds,
        heard_seconds=covered(seen.heard, 0.0, file.seconds),
    )


def _past_half(spans: Iterable[Span], start: float, end: float) -> bool:
    return covered(spans, start, end) > (end - start) / 2


def _lasting(chapters: Iterable[Chapter]) -> Iterable[Chapter]:
    return (chapter for chapter in chapters if chapter.end > chapter.start)
