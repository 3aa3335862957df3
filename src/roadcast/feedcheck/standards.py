"""Ask for what PSP-1, Apple and the podcast namespace ask for in the feed's XML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from roadcast.feedcheck.subject import NAMESPACES, Node, Subject, moment, name
from roadcast.feedcheck.verdict import Finder, Rule, State
from roadcast.model.categories import is_category

_LONGEST_TEXT, _LONGEST_DESCRIPTION = 255, 4_000  # characters; bytes
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MEDIA = {  # Apple and PSP-1: types, and the endings that must go with them
    "audio/mpeg": ("mp3",),
    "audio/x-m4a": ("m4a",),
    "audio/mp4": ("m4a", "mp4"),
    "video/mp4": ("mp4",),
    "video/x-m4v": ("m4v",),
    "video/quicktime": ("mov",),
}
_TRANSCRIPTS = {"text/vtt", "application/x-subrip", "application/srt", "application/json", "text/html", "text/plain"}
_MEDIUMS = "podcast music video film audiobook newsletter blog publisher course"
_NUMBER_IN_TITLE = re.compile(r"\b(episode|season|ep\.?|s\d+e\d+)\s*\d", re.IGNORECASE)
_UUID_5 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def _missing(*names: str) -> Finder:
    def find(subject: Subject) -> Iterator[str]:
        yield from (f"<{one}> is missing or empty" for one in names if not subject.channel.text(one))

    return find


def _namespaces(subject: Subject) -> Iterator[str]:
    for prefix in ("itunes", "podcast", "atom"):
        told = subject.root.nsmap.get(prefix)
        if told != NAMESPACES[prefix]:
            yield f"xmlns:{prefix} is {told!r}, not {NAMESPACES[prefix]!r} at the root"


def _self_link(subject: Subject) -> Iterator[str]:
    links = zip(*(subject.channel.attributes("atom:link", one) for one in ("rel", "href", "type")), strict=True)
    own = [(href, kind) for rel, href, kind in links if rel == "self"]
    if not own:
        yield "there is no atom:link rel=self"
    elif own[0][1] != "application/rss+xml":
        yield f"atom:link rel=self has type {own[0][1]!r}"
    elif own[0][0] not in (subject.address, subject.secret_address):
        yield "atom:link rel=self is another address than the one checked"


def _category(subject: Subject) -> Iterator[str]:
    element = subject.channel.element.find(f"{{{NAMESPACES['itunes']}}}category")
    category = subject.channel.attribute("itunes:category", "text")
    inner = Node(element).attribute("itunes:category", "text") if element is not None else ""
    if not is_category(category, inner):
        yield f"{category!r} > {inner!r} is not in Apple's list"


def _explicit(subject: Subject) -> Iterator[str]:
    if subject.channel.text("itunes:explicit") not in ("true", "false"):
        yield f"the channel says {subject.channel.text('itunes:explicit')!r}"
    yield from subject.each(
        lambda item: (
            "" if item.text("itunes:explicit") in ("true", "false", "") else f"says {item.text('itunes:explicit')!r}"
        )
    )


def _descriptions(subject: Subject) -> Iterator[str]:
    for node in (subject.channel, *subject.items):
        size = len(node.text("description").encode())
        if size > _LONGEST_DESCRIPTION:
            yield f"{name(node)}: {size} bytes"


def _long_texts(subject: Subject) -> Iterator[str]:
    for node in (subject.channel, *subject.items):
        for one in ("title", "itunes:title", "itunes:author", "link", "guid"):
            if any(len(text) > _LONGEST_TEXT for text in node.texts(one)):
                yield f"<{one}> of {name(node)}"


def _language(subject: Subject) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(subject.channel.text("language")):
        yield f"{subject.channel.text('language')!r} is no language code"


def _items(subject: Subject) -> Iterator[str]:
    for item in subject.items:
        yield from (f"{name(item)}: <{one}> is missing" for one in ("title", "guid") if not item.text(one))


def _enclosures(subject: Subject) -> Iterator[str]:
    def problem(item: Node) -> str:
        length, kind, url = (item.attribute("enclosure", one) for one in ("length", "type", "url"))
        if not url:
            return "the enclosure has no url"
        if not (length.isdecimal() and int(length)):
            return f"the length is {length!r}"
        ending = urlsplit(url).path.rpartition(".")[2].lower()
        return "" if ending in _MEDIA.get(kind, ()) else f"the type is {kind!r} and the address ends in {ending[:12]!r}"

    return subject.each(problem)


def _repeated(values: Iterable[str]) -> Iterator[str]:
    yield from (f"{value[:100]!r} occurs {count} times" for value, count in Counter(values).items() if count > 1)


def _shared_files(subject: Subject) -> Iterator[str]:
    """Compare whole addresses, but tell only the files' names: an address holds the secret."""
    urls = Counter(item.attribute("enclosure", "url") for item in subject.episodes)
    yield from (f"{urlsplit(url).path.rpartition('/')[2]} occurs {n} times" for url, n in urls.items() if n > 1)


def _recommended(subject: Subject) -> Iterator[str]:
    def problem(item: Node) -> str:
        asked = ("link", "pubDate", "description", "itunes:duration")
        absent = [one for one in asked if not item.text(one)]
        absent += [one for one in ("itunes:image", "podcast:transcript") if not item.has(one)]
        return f"lacks {', '.join(absent)}" if absent else ""

    return subject.each(problem)


def _durations(subject: Subject) -> Iterator[str]:
    return subject.each(
        lambda item: (
            "" if item.text("itunes:duration").isdecimal() else f"itunes:duration is {item.text('itunes:duration')!r}"
        )
    )


def _numbers(subject: Subject) -> Iterator[str]:
    def problem(item: Node) -> str:
        for one in ("itunes:season", "itunes:episode"):
            if any(not text.isdecimal() or not int(text) for text in item.texts(one)):
                return f"{one} is {item.text(one)!r}"
        return ""

    return subject.each(problem)


def _titles(subject: Subject) -> Iterator[str]:
    return subject.each(lambda item: "has it" if _NUMBER_IN_TITLE.search(item.text("title")) else "")


def _dates(subject: Subject) -> Iterator[str]:
    for item in subject.items:
        when = moment(item.text("pubDate"))
        if when is None:
            yield f"{name(item)}: pubDate {item.text('pubDate')!r} is no date with a zone"
        elif when > subject.now + timedelta(minutes=5):
            yield f"{name(item)}: is dated in the future, {item.text('pubDate')}"


def _order(subject: Subject) -> Iterator[str]:
    serial = subject.channel.text("itunes:type") == "serial"
    dated = [(item, when) for item in subject.items if (when := moment(item.text("pubDate")))]
    for (first, earlier), (second, later) in pairwise(dated):
        apart = (earlier - later).total_seconds() * (-1 if serial else 1)
        if apart < 60:
            yield f"{name(first)} and {name(second)} are {apart:.0f} seconds apart"


def _ascii(subject: Subject) -> Iterator[str]:
    return subject.each(lambda item: "" if item.attribute("enclosure", "url").isascii() else "the address is not ASCII")


def _guid(subject: Subject) -> Iterator[str]:
    if not _UUID_5.fullmatch(subject.channel.text("podcast:guid")):
        yield f"podcast:guid is {subject.channel.text('podcast:guid')!r}"


def _transcripts(subject: Subject) -> Iterator[str]:
    def problem(item: Node) -> str:
        kinds = item.attributes("podcast:transcript", "type")
        if any(kind not in _TRANSCRIPTS for kind in kinds) or not all(item.attributes("podcast:transcript", "url")):
            return f"types {kinds}, or no url"
        return ""

    return subject.each(problem)


def _chapters(subject: Subject) -> Iterator[str]:
    def problem(item: Node) -> str:
        kinds = item.attributes("podcast:chapters", "type")
        right = kinds == ["application/json+chapters"] and all(item.attributes("podcast:chapters", "url"))
        return "" if right or not kinds else f"types {kinds}, or no url"

    return subject.each(problem)


def _people(subject: Subject) -> Iterator[str]:
    for node in (subject.channel, *subject.items):
        if any(not 0 < len(text) <= 128 for text in node.texts("podcast:person")):
            yield f"{name(node)}: a name is empty or longer than 128 characters"


def _medium(subject: Subject) -> Iterator[str]:
    told = subject.channel.text("podcast:medium")
    if told and told.removesuffix("L") not in (*_MEDIUMS.split(), "mixed"):
        yield f"podcast:medium is {told!r}"


def _frequency(subject: Subject) -> Iterator[str]:
    if not subject.channel.attribute("podcast:updateFrequency", "rrule").startswith("FREQ="):
        yield "there is no podcast:updateFrequency with an rrule"


def _ai(subject: Subject) -> Iterator[str]:
    for node in (subject.channel, *subject.items):
        told = dict(zip(node.attributes("podcast:txt", "purpose"), node.texts("podcast:txt"), strict=True))
        if told.get("ai-content", "true") not in ("true", "false"):
            yield f"{name(node)}: ai-content is {told['ai-content']!r}"
    if "ai-content" not in subject.channel.attributes("podcast:txt", "purpose"):
        yield "the channel does not say whether voices are synthetic"


def _built(subject: Subject) -> Iterator[str]:
    when = moment(subject.channel.text("lastBuildDate"))
    if when is None or when > subject.now + timedelta(minutes=5):
        yield f"lastBuildDate is {subject.channel.text('lastBuildDate')!r}"


def _type(subject: Subject) -> Iterator[str]:
    told = subject.channel.text("itunes:type")
    if told not in ("episodic", "serial"):
        yield f"itunes:type is {told!r}"
    elif told == "serial":
        yield from subject.each(lambda item: "" if item.text("itunes:episode") else "has no itunes:episode")


_P, _A, _N, _W = "PSP-1", "Apple", "podcast namespace", State.WARN

RULES: tuple[Rule, ...] = (
    Rule(area=_P, name="namespaces as defined", advice="declare them exactly so", find=_namespaces),
    Rule(area=_P, name="a link to itself", advice="add atom:link rel=self with the feed's address", find=_self_link),
    Rule(
        area=_P, name="title, description and link", advice="fill them", find=_missing("title", "description", "link")
    ),
    Rule(area=_P, name="language", advice="write one like en or sv-SE", find=_language),
    Rule(area=_P, name="category", advice="choose one of Apple's", find=_category),
    Rule(area=_P, name="explicit is true or false", advice="write nothing else", find=_explicit),
    Rule(area=_P, name="descriptions of 4000 bytes", advice="shorten them", find=_descriptions),
    Rule(area=_P, name="texts of 255 characters", advice="shorten them", find=_long_texts),
    Rule(area=_P, name="author", advice="add itunes:author", find=_missing("itunes:author"), breach=_W),
    Rule(area=_P, name="title and guid of items", advice="add them", find=_items),
    Rule(area=_P, name="enclosures", advice="give url, bytes and a type that fits the ending", find=_enclosures),
    Rule(area=_P, name="recommended parts of items", advice="add them", find=_recommended, breach=_W),
    Rule(area=_P, name="no numbers in titles", advice="use itunes:season and :episode", find=_titles, breach=_W),
    Rule(area=_P, name="durations in whole seconds", advice="write seconds", find=_durations, breach=_W),
    Rule(area=_P, name="season and episode numbers", advice="write whole numbers from 1", find=_numbers),
    Rule(area=_A, name="type", advice="write episodic, or serial with numbers", find=_type),
    Rule(
        area=_A,
        name="guids unique",
        advice="give every item its own",
        find=lambda s: _repeated(item.text("guid") for item in s.items),
    ),
    Rule(
        area=_A,
        name="enclosures unique",
        advice="give every episode its own file",
        find=_shared_files,
    ),
    Rule(area=_A, name="addresses in ASCII", advice="rename the files", find=_ascii),
    Rule(area=_A, name="dates", advice="write RFC 2822 dates that have passed", find=_dates),
    Rule(area=_A, name="newest first, a minute apart", advice="sort and space the items", find=_order, breach=_W),
    Rule(area=_A, name="date of the feed", advice="write when the content last changed", find=_built, breach=_W),
    Rule(area=_N, name="guid", advice="derive a UUIDv5 from the feed's address", find=_guid, breach=_W),
    Rule(area=_N, name="transcripts", advice="give url and a known type", find=_transcripts),
    Rule(area=_N, name="chapters", advice="use type application/json+chapters", find=_chapters),
    Rule(area=_N, name="people", advice="write names of 1 to 128 characters", find=_people),
    Rule(area=_N, name="medium", advice="write podcast", find=_medium),
    Rule(area=_N, name="update frequency", advice="say when episodes come", find=_frequency, breach=_W),
    Rule(area=_N, name="synthetic voices declared", advice='add podcast:txt purpose="ai-content"', find=_ai, breach=_W),
)
