"""Ask the server for what apps ask it: HEAD, ranges, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from roadcast.feedcheck.privacy import attachments
from roadcast.feedcheck.site import Answer, Web
from roadcast.feedcheck.subject import Subject
from roadcast.feedcheck.verdict import Finder, Rule, State

_COMPARED = ("content-type", "etag", "last-modified", "cache-control")


def _web(subject: Subject) -> Web:
    return cast("Web", subject.site)


def _feed(subject: Subject) -> Answer:
    return _web(subject).ask(subject.address)


def _newest(subject: Subject) -> str:
    """Give the address of the newest episode's sound, if it can be asked for."""
    urls = [episode.attribute("enclosure", "url") for episode in subject.episodes[:1]]
    return next((url for url in urls if not subject.site.outside(url)), "")


def _samples(subject: Subject) -> dict[str, str]:
    """Give one address of each kind of file that can be asked for."""
    found: dict[str, str] = {}
    for url in attachments(subject):
        if not subject.site.outside(url):
            found.setdefault(url.rpartition(".")[2], url)
    return found


def _head(subject: Subject) -> Iterator[str]:
    for url in (subject.address, *_samples(subject).values()):
        head = _web(subject).ask(url, "HEAD")
        file = url.rpartition("/")[2]
        if head.status != 200 or head.body:
            yield f"HEAD of {file} gives status {head.status} and {len(head.body)} bytes"
        elif url == subject.address:
            differing = [one for one in _COMPARED if head.headers.get(one) != _feed(subject).headers.get(one)]
            yield from (f"HEAD of {file} tells another {one} than GET" for one in differing)


def _type(subject: Subject) -> Iterator[str]:
    if _feed(subject).type not in ("application/rss+xml", "application/xml", "text/xml"):
        yield f"the feed is sent as {_feed(subject).type!r}"


def _tagged(subject: Subject) -> Iterator[str]:
    if not {"etag", "last-modified"} & _feed(subject).headers.keys():
        yield "the feed has neither ETag nor Last-Modified"


def _unchanged(subject: Subject) -> Iterator[str]:
    for known, asked in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        value = _feed(subject).headers.get(known)
        again = _web(subject).ask(subject.address, headers={asked: value}) if value else None
        if again and (again.status != 304 or again.body):
            yield f"{asked} is answered with status {again.status} and {len(again.body)} bytes"


def _stable(subject: Subject) -> Iterator[str]:
    again = _web(subject).ask(subject.address, headers={"Accept": "*/*"})  # another key, so really asked again
    if again.body != subject.xml:
        yield "two requests in a row got two different feeds"


def _private(subject: Subject) -> Iterator[str]:
    caching = _feed(subject).headers.get("cache-control", "")
    if "private" not in caching and "no-store" not in caching:
        yield f"Cache-Control is {caching!r}"
    if "noindex" not in _feed(subject).headers.get("x-robots-tag", ""):
        yield "there is no X-Robots-Tag noindex"


def _ranges(subject: Subject) -> Iterator[str]:
    url = _newest(subject)
    size = subject.site.size(url) if url else None
    if not size:
        return
    middle = size // 2
    asked = {"0-0": (0, 0), f"{middle}-{middle + 9}": (middle, middle + 9), "-7": (size - 7, size - 1)}
    for value, (first, last) in asked.items():
        part = _web(subject).ask(url, headers={"Range": f"bytes={value}"})
        told = part.headers.get("content-range")
        if (part.status, told, len(part.body)) != (206, f"bytes {first}-{last}/{size}", last - first + 1):
            yield f"bytes={value} is answered with status {part.status}, Content-Range {told!r}"
    beyond = _web(subject).ask(url, headers={"Range": f"bytes={size + 1}-"})
    if (beyond.status, beyond.headers.get("content-range")) != (416, f"bytes */{size}"):
        yield f"a range beyond the end is answered with status {beyond.status}"


def _resumed(subject: Subject) -> Iterator[str]:
    """A download that was begun before the file changed must get the whole new file, not the rest of it."""
    url = _newest(subject)
    if url:
        stale = {"Range": "bytes=10-19", "If-Range": '"another build"'}
        status = _web(subject).ask(url, headers=stale, most=64).status
        if status != 200:
            yield f"If-Range with a stale tag is answered with status {status}"


def _plain(subject: Subject) -> Iterator[str]:
    url = _newest(subject)
    if url:
        part = _web(subject).ask(url, headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
        if part.headers.get("content-encoding", "identity") != "identity":
            yield "the sound is compressed once more"


def _types(subject: Subject) -> Iterator[str]:
    for item in subject.episodes[:1]:
        for element in ("enclosure", "podcast:chapters", "podcast:transcript"):
            links = zip(item.attributes(element, "url"), item.attributes(element, "type"), strict=True)
            for url, kind in links:
                sent = "" if subject.site.outside(url) else _web(subject).ask(url, "HEAD").type
                if sent and sent != kind:
                    yield f"{url.rpartition('/')[2]} is {kind} in the feed and sent as {sent}"


def _open(subject: Subject) -> Iterator[str]:
    for item in subject.episodes[:1]:
        for element in ("podcast:chapters", "podcast:transcript"):
            for url in item.attributes(element, "url"):
                asked = {"Origin": "https://player.example"}
                answer = Answer(0) if subject.site.outside(url) else _web(subject).ask(url, headers=asked)
                if answer.status == 200 and "access-control-allow-origin" not in answer.headers:
                    yield f"{url.rpartition('/')[2]} has no Access-Control-Allow-Origin"


_AREA = "HTTP"


def _rule(name: str, advice: str, find: Finder, breach: State = State.FAIL) -> Rule:
    return Rule(area=_AREA, name=name, advice=advice, find=find, breach=breach, web=True)


RULES: tuple[Rule, ...] = (
    _rule("HEAD", "answer HEAD like GET, without the body", _head),
    _rule("type of the feed", "send application/rss+xml", _type),
    _rule("feed can be asked for changes", "send a strong ETag", _tagged, State.WARN),
    _rule("an unchanged feed is not sent", "answer 304 without a body", _unchanged, State.WARN),
    _rule("same state, same bytes", "leave the time of the request out of the feed", _stable, State.WARN),
    _rule("private caching, no search engines", "send private and noindex", _private, State.WARN),
    _rule("ranges", "answer 206 with Content-Range, and 416 beyond the end", _ranges),
    _rule("resuming after a change", "honour If-Range", _resumed),
    _rule("sound sent as it is", "leave Content-Encoding to text", _plain),
    _rule("types as in the feed", "send what the feed says", _types),
    _rule("chapters and transcripts for players in browsers", "allow other origins", _open, State.WARN),
)
