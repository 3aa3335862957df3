"""Ask whether the document is one feed that every app reads alike, before what is in it counts."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from roadcast.feedcheck.subject import Subject, name
from roadcast.feedcheck.verdict import Rule, State


def _version(subject: Subject) -> Iterator[str]:
    if subject.root.get("version") != "2.0":
        yield f"<rss> has version {subject.root.get('version')!r}"


def _encoding(subject: Subject) -> Iterator[str]:
    declared = subject.root.getroottree().docinfo.encoding or "UTF-8"  # XML 1.0, 4.3.3: what stands for none
    if declared.upper() != "UTF-8":
        yield f"it is declared as {declared}"


def _alone(subject: Subject) -> Iterator[str]:
    if len(subject.root.findall("channel")) > 1:
        yield "there are two channels, and apps read one"
    for item in subject.episodes:
        if len(item.attributes("enclosure", "url")) > 1:
            yield f"{name(item)}: has two enclosures, and apps take the first or the last"


def _something(subject: Subject) -> Iterator[str]:
    if not subject.items:
        yield "there is no item, so there is nothing to check in it"


def _links(subject: Subject) -> Iterator[str]:
    """RSS 2.0: a guid is the address of a page unless isPermaLink says false."""
    for item in subject.items:
        told = item.attribute("guid", "isPermaLink")
        if item.text("guid") and told != "false" and not urlsplit(item.text("guid")).scheme.startswith("http"):
            yield f"{name(item)}: the guid is no address, and isPermaLink is {told or 'missing'}"


def _trimmed(subject: Subject) -> Iterator[str]:
    for node in (subject.channel, *subject.items):
        title = node.element.findtext("title") or ""
        if title != title.strip():
            yield f"{name(node)}: has a space or line break before or after it"


_P, _W = "PSP-1", State.WARN

RULES: tuple[Rule, ...] = (
    Rule(area=_P, name="RSS 2.0", advice='write <rss version="2.0">', find=_version),
    Rule(area=_P, name="UTF-8", advice="write and declare it as UTF-8", find=_encoding),
    Rule(area=_P, name="one channel, one enclosure an item", advice="leave the others out", find=_alone),
    Rule(area=_P, name="something to hear", advice="publish an episode, and check again", find=_something, breach=_W),
    Rule(area=_P, name="guids that are no addresses", advice='say isPermaLink="false"', find=_links, breach=_W),
    Rule(area=_P, name="titles without spaces around them", advice="trim them", find=_trimmed, breach=_W),
)
