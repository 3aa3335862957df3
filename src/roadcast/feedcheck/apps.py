"""Do what podcast apps do with a feed, by their published source (AntennaPod 3, Pocket Casts 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import urlsplit

from roadcast.feedcheck.site import Web
from roadcast.feedcheck.subject import Node, Subject, moment, name
from roadcast.feedcheck.verdict import Rule, State

_SAME_LENGTH = 10 * 60  # seconds within which AntennaPod takes two episodes of one title and day for one
_SMALL = 100 * 1024  # bytes under which AntennaPod takes text for an error page
_POCKET_CASTS = re.compile(r"pktc://(subscribe|subscribehttps)/(.+)")


def _duplicates(subject: Subject) -> Iterator[str]:
    """AntennaPod, FeedItemDuplicateGuesser: title, day, length and class of media alike."""
    told = [(item, _day(item), _seconds(item), item.attribute("enclosure", "type")[:5]) for item in subject.episodes]
    for (one, day, length, kind), (other, other_day, other_length, other_kind) in combinations(told[:200], 2):
        alike = one.text("title") == other.text("title") and day == other_day and kind == other_kind
        if alike and abs(length - other_length) < _SAME_LENGTH:
            yield f"{name(one)} twice on {day}"


def _day(item: Node) -> str:
    when = moment(item.text("pubDate"))
    return when.date().isoformat() if when else ""


def _seconds(item: Node) -> int:
    text = item.text("itunes:duration")
    return int(text) if text.isdecimal() else 0


def _conditional(subject: Subject) -> Iterator[str]:
    """AntennaPod, HttpDownloader: a Last-Modified more than three days old makes it fetch the whole feed."""
    if isinstance(subject.site, Web):
        headers = subject.site.ask(subject.address).headers
        told = moment(headers.get("last-modified", ""))
        if told and (subject.now - told).days >= 3:
            yield f"Last-Modified is {(subject.now - told).days} days old, so the ETag is never used"


def _error_pages(subject: Subject) -> Iterator[str]:
    """AntennaPod rejects text that is small where sound was promised, and a length other than promised."""
    if isinstance(subject.site, Web):
        for item in subject.episodes[:1]:
            url = item.attribute("enclosure", "url")
            answer = subject.site.ask(url, "HEAD")
            if answer.type.startswith("text/") and int(answer.headers.get("content-length", "0") or 0) < _SMALL:
                yield f"{name(item)} is sent as {answer.type}"


def _links(subject: Subject) -> Iterator[str]:
    """Follow Pocket Casts' link as its DeepLinkFactory does: host and path are kept, the query is not."""
    scheme, _, bare = subject.address.partition("://")
    match = _POCKET_CASTS.fullmatch(f"pktc://subscribe{'https' if scheme == 'https' else ''}/{bare}")
    parts = urlsplit(f"//{match[2]}") if match else urlsplit("")
    asked = f"{'https' if match and match[1] == 'subscribehttps' else 'http'}://{parts.netloc}{parts.path}"
    if "://" in subject.address and asked != subject.address:
        yield "it would ask for the address without its query"


_AREA = "apps"

RULES: tuple[Rule, ...] = (
    Rule(
        area=_AREA,
        name="AntennaPod sees no duplicates",
        advice="give episodes of one day different titles",
        find=_duplicates,
    ),
    Rule(
        area=_AREA,
        name="AntennaPod asks for changes only",
        advice="send an ETag and no Last-Modified",
        find=_conditional,
        breach=State.WARN,
        web=True,
    ),
    Rule(area=_AREA, name="AntennaPod takes the sound", advice="send audio/mpeg", find=_error_pages, web=True),
    Rule(
        area=_AREA,
        name="Pocket Casts finds the feed by its link",
        advice="keep the address free of query and fragment",
        find=_links,
        breach=State.WARN,
    ),
)
