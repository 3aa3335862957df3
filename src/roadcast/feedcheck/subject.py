"""A feed that is being checked: its XML, read with care, and where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

import lxml.etree

from roadcast.errors import PublishingError
from roadcast.feedcheck.site import Site

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
_NAMED = re.compile(r"(itunes|podcast|atom|content):([\w-]+)")

Element: TypeAlias = Any  # lxml has no types


@dataclass(frozen=True, slots=True)
class Node:
    """A channel or an item, asked by names such as "itunes:author"."""

    element: Element

    def texts(self, name: str) -> list[str]:
        """Give the texts of all children of a name."""
        return [(child.text or "").strip() for child in self._children(name)]

    def text(self, name: str) -> str:
        """Give the text of the first child of a name, or nothing."""
        return next(iter(self.texts(name)), "")

    def attributes(self, name: str, attribute: str) -> list[str]:
        """Give an attribute of all children of a name; "" where a child lacks it."""
        return [child.get(attribute, "") for child in self._children(name)]

    def attribute(self, name: str, attribute: str) -> str:
        """Give an attribute of the first child of a name, or nothing."""
        return next(iter(self.attributes(name, attribute)), "")

    def has(self, name: str) -> bool:
        """Tell whether there is a child of this name."""
        return bool(self._children(name))

    def _children(self, name: str) -> list[Element]:
        found: list[Element] = self.element.findall(_NAMED.sub(lambda m: f"{{{NAMESPACES[m[1]]}}}{m[2]}", name))
        return found


@dataclass(frozen=True, slots=True)
class Subject:
    """A feed, and what is needed to judge it.

    Attributes:
        xml: its bytes; now: the moment of the check, aware.
    """

    site: Site
    xml: bytes
    root: Element
    now: datetime

    @property
    def channel(self) -> Node:
        """Give the channel."""
        return Node(self.root.find("channel"))

    @property
    def items(self) -> list[Node]:
        """List the items in the order of the feed."""
        return [Node(item) for item in self.root.findall("channel/item")]

    @property
    def episodes(self) -> list[Node]:
        """List the items that have sound; a notice has none."""
        return [item for item in self.items if item.has("enclosure")]

    @property
    def address(self) -> str:
        """Give the URL of the feed: where it is on the web, else where it says that it is."""
        if "://" in self.site.address:
            return self.site.address
        return next(iter(self._self_links()), self.site.address)

    @property
    def secret_address(self) -> str:
        """Give the URL whose path holds the secret: most apps log in for the feed only, so that its files carry one."""
        return next(self._self_links(), self.address) if self.site.guarded else self.address

    def _self_links(self) -> Iterator[str]:
        for element in self.channel._children("atom:link"):
            if element.get("rel") == "self":
                yield element.get("href", "")

    def each(self, problem: Callable[[Node], str]) -> Iterator[str]:
        """Ask about every episode and name those with a problem."""
        for item in self.episodes:
            found = problem(item)
            if found:
                yield f"{name(item)}: {found}"


def name(item: Node) -> str:
    """Name an item in a message."""
    return repr(item.text("title")[:60] or item.text("guid")[:60])


def moment(text: str) -> datetime | None:
    """Read a date of RSS (RFC 2822), if it is one with a zone."""
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    return found if found.tzinfo else None


def read(site: Site, xml: bytes, *, now: datetime) -> Subject:
    """Read a feed's XML: no entities, no documents from elsewhere, no depth without end.

    Raises:
        PublishingError: if it is no feed, or no XML that is safe to read.
    """
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise PublishingError("it declares a document type, or is not UTF-8; apps refuse it, and so does this check")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(xml, parser)
    except lxml.etree.XMLSyntaxError as cause:
        raise PublishingError(f"it is no XML: {cause.msg}") from cause
    if root.getroottree().docinfo.internalDTD is not None:
        raise PublishingError("it declares a document type; apps refuse it, and so does this check")
    if root.tag != "rss" or root.find("channel") is None:
        raise PublishingError(f"its root is <{root.tag}>, not <rss> with a <channel>")
    return Subject(site, xml, root, now)
