"""Look into what a feed names: sound, picture, chapters, transcripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from roadcast.feedcheck.files import Sound, picture, sound
from roadcast.feedcheck.privacy import attachments
from roadcast.feedcheck.subject import Node, Subject, name
from roadcast.feedcheck.verdict import Finder, Rule, State

_LOOKED_INTO = 5  # newest episodes whose files are read; sizes are asked for all
_SIZES = 200
_CLOCK = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})")
_TIMESTAMP = re.compile(r"\b(\d{1,2}:\d\d(?::\d\d)?)\b")
_MARKUP = re.compile(r"<[^>]*>|&\w+;")


def _inside(subject: Subject, item: Node) -> str:
    """Give the address of an item's sound, if it can be asked for."""
    url = item.attribute("enclosure", "url")
    return "" if subject.site.outside(url) else url


def _newest(subject: Subject) -> list[Node]:
    return subject.episodes[:_LOOKED_INTO]


def _there(subject: Subject) -> Iterator[str]:
    for url in dict.fromkeys(list(attachments(subject))[:_SIZES]):
        if not subject.site.outside(url) and subject.site.size(url) is None:
            yield f"{url.rpartition('/')[2]} cannot be fetched"


def _elsewhere(subject: Subject) -> Iterator[str]:
    hosts = {urlsplit(url).hostname for url in attachments(subject) if subject.site.outside(url)}
    yield from (f"files at {host} were not looked at" for host in sorted(map(str, hosts)))


def _lengths(subject: Subject) -> Iterator[str]:
    for item in subject.episodes[:_SIZES]:
        url = _inside(subject, item)
        size = subject.site.size(url) if url else None
        if size is not None and str(size) != item.attribute("enclosure", "length"):
            yield f"{name(item)}: {item.attribute('enclosure', 'length')} in the feed, {size} in the file"


def _sound(subject: Subject, item: Node) -> Sound | None:
    url = _inside(subject, item)
    if not url or item.attribute("enclosure", "type") != "audio/mpeg":
        return None
    size = subject.site.size(url)
    answer = subject.site.start(url)
    return sound(answer.body, size=size) if size and answer.status in (200, 206) else None


def _durations(subject: Subject) -> Iterator[str]:
    for item in _newest(subject):
        heard, told = _sound(subject, item), item.text("itunes:duration")
        if heard is None or not told.isdecimal():
            continue
        if heard.seconds is None:
            yield f"{name(item)}: the file does not start with MP3 sound"
        elif abs(heard.seconds - int(told)) > 1:
            yield f"{name(item)}: {told} s in the feed, {heard.seconds:.1f} s in the file"


def _artwork(subject: Subject) -> Iterator[str]:
    images = subject.channel.attributes("itunes:image", "href")
    images += [one for item in _newest(subject) for one in item.attributes("itunes:image", "href")]
    if not subject.channel.has("itunes:image"):
        yield "there is no itunes:image"
    for url in dict.fromkeys(images):
        answer = subject.site.start(url)
        if answer.status not in (200, 206):
            continue
        found = picture(answer.body)
        file = urlsplit(url).path.rpartition("/")[2]
        if found is None:
            yield f"{file} is neither JPEG nor PNG"
        elif not (found[1] == found[2] and 1400 <= found[1] <= 3000):
            yield f"{file} has {found[1]} x {found[2]} pixels"
        elif not file.lower().endswith((".png",) if found[0] == "image/png" else (".jpg", ".jpeg")):
            yield f"{file} is {found[0]}"


def _listed(subject: Subject, item: Node) -> list[tuple[float, str]] | str:
    """Read an episode's chapters file: its chapters, or what is wrong with it."""
    url = item.attribute("podcast:chapters", "url")
    answer = subject.site.whole(url) if url else None
    if answer is None or answer.status != 200:  # whether it is there is another rule's question
        return []
    try:
        told = json.loads(answer.body)
        if not told["version"].startswith("1."):
            return "has no version 1"
        return [(float(one["startTime"]), str(one.get("title", ""))) for one in told["chapters"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "is not JSON chapters 1.2"


def _chapters(subject: Subject) -> Iterator[str]:
    for item in _newest(subject):
        found = _listed(subject, item)
        if isinstance(found, str):
            yield f"{name(item)}: the file {found}"
            continue
        starts = [start for start, _ in found]
        length = item.text("itunes:duration")
        if starts and (starts != sorted(set(starts)) or starts[0] != 0):
            yield f"{name(item)}: they start at {starts[:4]}"
        elif starts and length.isdecimal() and starts[-1] >= int(length):
            yield f"{name(item)}: the last starts at {starts[-1]} s, the episode has {length} s"


def _same_chapters(subject: Subject) -> Iterator[str]:
    for item in _newest(subject):
        heard, listed = _sound(subject, item), _listed(subject, item)
        if heard is None or isinstance(listed, str) or not listed:
            continue
        if not heard.listed:
            yield f"{name(item)}: the sound has no table of contents (CTOC)"
        elif len(heard.chapters) != len(listed) or any(
            abs(one[0] - other[0]) > 0.1 or one[1] != other[1]
            for one, other in zip(heard.chapters, listed, strict=True)
        ):
            yield f"{name(item)}: {len(heard.chapters)} in the sound, {len(listed)} in the file, or others"


def _timestamps(subject: Subject) -> Iterator[str]:
    for item in _newest(subject):
        found = _TIMESTAMP.findall(_MARKUP.sub(" ", item.text("description")))
        if not found or set(found[0]) - set("0:") or len(found) < 3:
            yield f"{name(item)}: {len(found)} timestamps, starting with {found[:1]}"


def _transcripts(subject: Subject) -> Iterator[tuple[Node, str, str]]:
    """Read the transcripts of the newest episodes: item, type, text."""
    for item in _newest(subject):
        links = zip(*(item.attributes("podcast:transcript", one) for one in ("url", "type")), strict=True)
        for url, kind in links:
            answer = subject.site.whole(url)
            if answer.status == 200:
                yield item, kind, answer.body.decode(errors="replace").replace("\r\n", "\n")


def _readable(subject: Subject) -> Iterator[str]:
    for item, kind, text in _transcripts(subject):
        if kind == "text/vtt" and not text.startswith("WEBVTT"):
            yield f"{name(item)}: the WebVTT file does not start with WEBVTT"
        elif kind in ("text/vtt", "application/x-subrip") and not _CLOCK.search(text):
            yield f"{name(item)}: the {kind} file has no cue"
        elif kind == "application/json" and not _is_transcript(text):
            yield f"{name(item)}: the JSON file is no transcript of version 1.0.0"


def _is_transcript(text: str) -> bool:
    try:
        told = json.loads(text)
        return told["version"] == "1.0.0" and all(one["body"] and one["startTime"] >= 0 for one in told["segments"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def _widths(subject: Subject) -> Iterator[str]:
    limits = {"text/vtt": (65, 9), "application/x-subrip": (32, 2)}
    for item, kind, text in _transcripts(subject):
        for cue in text.split("\n\n") if kind in limits else ():
            lines = [re.sub(r"<[^>]*>", "", line) for line in cue.strip().split("\n") if not _CLOCK.search(line)]
            said = lines[1:] if kind == "application/x-subrip" else lines
            width, height = limits[kind]
            if len(said) > height or any(len(re.sub(r"&\w+;", "x", line)) > width for line in said):
                yield f"{name(item)}: {said[0][:40]!r} in {kind}"
                break


def _ends(subject: Subject) -> Iterator[str]:
    for item, kind, text in _transcripts(subject):
        clocks = _CLOCK.findall(text)
        length = item.text("itunes:duration")
        if clocks and length.isdecimal():
            hours, minutes, seconds, thousandths = clocks[-1][4:]
            end = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
            if end > int(length) + 1:
                yield f"{name(item)}: {kind} ends at {end:.1f} s, the episode at {length} s"


def _rule(area: str, name: str, advice: str, find: Finder, breach: State = State.FAIL) -> Rule:
    return Rule(area=area, name=name, advice=advice, find=find, breach=breach)


_W = State.WARN

RULES: tuple[Rule, ...] = (
    _rule("media", "everything is there", "put the files where the feed says", _there),
    _rule("media", "everything could be looked at", "keep files on the feed's host", _elsewhere, _W),
    _rule("media", "lengths in bytes", "write the size of the file", _lengths),
    _rule("media", "durations", "write the length of the sound", _durations),
    _rule("media", "artwork", "use a square JPEG or PNG of 1400 to 3000 pixels", _artwork),
    _rule("chapters", "chapters file", "start at 0, go up, end before the sound", _chapters),
    _rule("chapters", "the same in the sound", "write ID3 CTOC and CHAP frames", _same_chapters, _W),
    _rule("chapters", "timestamps in the notes", "list at least three, from 00:00:00", _timestamps, _W),
    _rule("transcripts", "readable", "write them as their type says", _readable),
    _rule("transcripts", "short lines", "65 characters in WebVTT, 2 x 32 in SRT", _widths, _W),
    _rule("transcripts", "end with the sound", "time the cues by the sound", _ends),
)
