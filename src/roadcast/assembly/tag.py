"""Write ID3 tags.

Version 2.3 and not 2.4: Windows, older car radios and many hardware players read only 2.3, and every podcast
app reads both. Chapters follow the "ID3v2 Chapter Frame Addendum 1.0": one top-level, ordered table of
contents, then the chapters in order of time, because ffmpeg and several apps list them in file order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from roadcast.errors import ProductionError
from roadcast.model import Chapter

_LATIN_1, _UTF_16 = 0, 1
_FRONT_COVER = 3
_TOP_LEVEL_AND_ORDERED = 0b11
_NO_OFFSET = b"\xff" * 8  # "use the times": byte offsets would be wrong as soon as a tag editor rewrites the file
_MOST_CHAPTERS = 255  # the table of contents counts them in one byte
_MOST_BYTES = 1 << 28  # the tag's size has four times seven bits
_SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a player that knows only the file can show.

    Attributes:
        comment: the disclosure that voices are synthetic.
        track: number of the edition within its season.
        cover: a JPEG or PNG picture, small: it is in every subscriber's download; empty for none.
    """

    title: str
    album: str
    artist: str
    date: date
    comment: str = ""
    track: int = 0
    genre: str = "Podcast"
    cover: bytes = b""


def id3(tag: Tag, chapters: Sequence[Chapter], *, seconds: float) -> bytes:
    """Write a tag for a recording that lasts this long.

    Raises:
        ProductionError: if the cover is no picture, or there are more chapters than a tag can list.
    """
    body = b"".join(
        [
            _text("TIT2", tag.title),
            _text("TPE1", tag.artist),
            _text("TALB", tag.album),
            _text("TCON", tag.genre),
            _text("TRCK", str(tag.track) if tag.track else ""),
            _text("TYER", f"{tag.date:%Y}"),
            _text("TDAT", f"{tag.date:%d%m}"),
            _text("TLEN", str(_milliseconds(seconds))),
            _comment(tag.comment),
            _contents(chapters),
            *(_chapter(number, chapter) for number, chapter in enumerate(chapters)),
            _picture(tag.cover),
        ]
    )
    if len(body) >= _MOST_BYTES:
        raise ProductionError(f"a tag of {len(body)} bytes; use a smaller cover")
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + len(body).to_bytes(4, "big") + b"\0\0" + body


def _encode(*texts: str) -> bytes:
    """Write an encoding byte and texts with a zero between them: Latin-1 where it can say all, else UTF-16."""
    clean = [_UNSPEAKABLE.sub("", text) for text in texts]
    try:
        return bytes([_LATIN_1]) + b"\0".join(text.encode("latin-1") for text in clean)
    except UnicodeEncodeError:
        return bytes([_UTF_16]) + b"\0\0".join(b"\xff\xfe" + text.encode("utf-16-le") for text in clean)


def _text(name: str, text: str) -> bytes:
    return _frame(name, _encode(text)) if text else b""


def _comment(text: str) -> bytes:
    if not text:
        return b""
    encoded = _encode("", text)
    return _frame("COMM", encoded[:1] + b"eng" + encoded[1:])


def _picture(data: bytes) -> bytes:
    if not data:
        return b""
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            body = bytes([_LATIN_1]) + kind.encode("ascii") + b"\0" + bytes([_FRONT_COVER]) + b"Cover\0" + data
            return _frame("APIC", body)
    raise ProductionError("the cover of a tag is neither JPEG nor PNG; convert the picture")


def _contents(chapters: Sequence[Chapter]) -> bytes:
    if not chapters:
        return b""
    if len(chapters) > _MOST_CHAPTERS:
        raise ProductionError(f"{len(chapters)} chapters; a tag can list {_MOST_CHAPTERS}")
    names = b"".join(_name(number) for number in range(len(chapters)))
    return _frame("CTOC", b"toc\0" + bytes([_TOP_LEVEL_AND_ORDERED, len(chapters)]) + names)


def _chapter(number: int, chapter: Chapter) -> bytes:
    times = b"".join(_milliseconds(second).to_bytes(4, "big") for second in (chapter.start, chapter.end))
    return _frame("CHAP", _name(number) + times + _NO_OFFSET + _text("TIT2", chapter.title) + _link(chapter.link))


def _link(url: str) -> bytes:
    """Write a link that is ASCII, as URLs on the wire are; anything else is left out rather than garbled."""
    return _frame("WXXX", bytes([_LATIN_1]) + b"\0" + url.encode("ascii")) if url and url.isascii() else b""


def _name(number: int) -> bytes:
    return f"ch{number}".encode("ascii") + b"\0"


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
