"""Ask whether a private feed stays private: out of directories, without addresses, all of it behind one secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from roadcast.feedcheck.subject import Subject, name
from roadcast.feedcheck.verdict import Rule, State

_MAIL = re.compile(rb"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_SECRET = re.compile(r"[A-Za-z0-9_.~-]{20,}")  # 20 letters of base 64 are 120 bits
_ATTACHED = (
    ("enclosure", "url"),
    ("itunes:image", "href"),
    ("podcast:transcript", "url"),
    ("podcast:chapters", "url"),
)


def attachments(subject: Subject) -> Iterator[str]:
    """List the addresses of everything that belongs to the feed: sound, pictures, transcripts, chapters."""
    for node in (subject.channel, *subject.items):
        for element, attribute in _ATTACHED:
            yield from filter(None, node.attributes(element, attribute))


def _blocked(subject: Subject) -> Iterator[str]:
    if subject.channel.text("itunes:block") != "Yes":
        yield f"itunes:block is {subject.channel.text('itunes:block')!r}, and nothing but 'Yes' has an effect"
    if "yes" not in subject.channel.texts("podcast:block"):
        yield "there is no podcast:block yes"
    if subject.channel.text("podcast:locked") != "yes":
        yield f"podcast:locked is {subject.channel.text('podcast:locked')!r}"


def _mail(subject: Subject) -> Iterator[str]:
    if any(subject.channel.attributes("podcast:locked", "owner")):
        yield "podcast:locked tells its owner"
    yield from ("a mail address is in the feed" for _ in _MAIL.finditer(subject.xml))


def _together(subject: Subject) -> Iterator[str]:
    """Everything must lie under the folder of the feed, which holds the secret."""
    base = subject.secret_address.partition("?")[0].rpartition("/")[0] + "/"
    outside = (url for url in attachments(subject) if not url.startswith(base))
    yield from (f"{_shown(url)} does not lie under the feed's folder" for url in outside)


def _shown(url: str) -> str:
    """Show an address without what may be secret in it: folders, query, login."""
    parts = urlsplit(url)
    return f"{parts.hostname}/…/{parts.path.rpartition('/')[2]}"


def _query(subject: Subject) -> Iterator[str]:
    for url in (subject.address, *attachments(subject)):
        if urlsplit(url).query:
            yield f"{_shown(url)} is asked for with a query string, where the secret may be"


def _moved(subject: Subject) -> Iterator[str]:
    """Apps go to a new address by themselves, and so does the secret in it."""
    here = urlsplit(subject.address).hostname
    for told in subject.channel.texts("itunes:new-feed-url"):
        if urlsplit(told).hostname != here:
            yield f"itunes:new-feed-url leads to {urlsplit(told).hostname or 'no host'}"


def _guids(subject: Subject) -> Iterator[str]:
    secrets = [part for part in urlsplit(subject.secret_address).path.split("/") if _SECRET.fullmatch(part)]
    for item in subject.items:
        guid = item.text("guid")
        if "://" in guid or any(secret in guid for secret in secrets):
            yield f"{name(item)}: the guid is an address or holds the secret"


def _encrypted(subject: Subject) -> Iterator[str]:
    for url in (subject.address, *attachments(subject)):
        parts = urlsplit(url)
        if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            yield f"{parts.hostname} is asked without encryption"


_AREA = "privacy"

RULES: tuple[Rule, ...] = (
    Rule(area=_AREA, name="kept out of directories", advice="set all three", find=_blocked),
    Rule(area=_AREA, name="no mail address", advice="leave owners out", find=_mail),
    Rule(
        area=_AREA, name="all of it behind one secret", advice="put every file under the feed's folder", find=_together
    ),
    Rule(
        area=_AREA,
        name="secret in the path",
        advice="apps and logs drop or keep query strings; use the path",
        find=_query,
        breach=State.WARN,
    ),
    Rule(
        area=_AREA,
        name="stays on its host",
        advice="take itunes:new-feed-url out unless the feed is moving",
        find=_moved,
        breach=State.WARN,
    ),
    Rule(area=_AREA, name="guids without secrets", advice="use opaque ids that never change", find=_guids),
    Rule(area=_AREA, name="encrypted", advice="use https", find=_encrypted),
)
