"""Put encoded clips in a row: a head of our own, then every clip's bytes untouched.

A clip encoded from its first sample borrows no bits, and its encoder pads both ends with silence; so whole
clips of one constant bit rate follow one another bit-exactly, without a click and without a decoder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence

from roadcast.assembly.info import info_frame
from roadcast.assembly.tag import Tag, id3
from roadcast.errors import FormatMismatch, ProductionError
from roadcast.model import Chapter, Clip, Recording

_TOLERANCE = 0.001  # seconds: chapters are told in milliseconds


def join(clips: Sequence[Clip], *, chapters: Sequence[Chapter], tag: Tag) -> Recording:
    """Put encoded clips in order without decoding them.

    Raises:
        FormatMismatch: if one clip was encoded differently from the first.
        ProductionError: if there is no clip, or a chapter lies outside the recording or before the one above it.
    """
    if not clips:
        raise ProductionError("nothing to join: the edition has no clip")
    kind = clips[0].format
    for number, clip in enumerate(clips):
        if clip.format != kind:
            raise FormatMismatch(f"clip {number} ({clip.key}) is {clip.format}, the first is {kind}; render it again")
    count = sum(clip.frames for clip in clips)
    seconds = float(kind.seconds(count))
    _check(chapters, seconds)
    head = id3(tag, chapters, seconds=seconds) + info_frame(kind, count=count, size=sum(clip.size for clip in clips))
    return Recording(format=kind, head=head, clips=tuple(clips), chapters=tuple(chapters))


def write(recording: Recording, read: Callable[[Clip], bytes]) -> Iterator[bytes]:
    """Give the bytes of the whole file, a clip at a time.

    Args:
        recording: what `join` made.
        read: finds a clip's bytes.

    Raises:
        ProductionError: before the first wrong byte is given, if a clip is not what was joined.
    """
    yield recording.head
    for clip in recording.clips:
        data = read(clip)
        if len(data) != clip.size or hashlib.sha256(data).hexdigest() != clip.digest:
            raise ProductionError(
                f"clip {clip.key} is damaged: {len(data)} bytes that are not its own; render it again"
            )
        yield data


def _check(chapters: Sequence[Chapter], seconds: float) -> None:
    """Refuse chapters that no player can show."""
    before = 0.0
    for chapter in chapters:
        if chapter.start < before or chapter.end < chapter.start or chapter.end > seconds + _TOLERANCE:
            raise ProductionError(
                f"chapter {chapter.title!r} ({chapter.start:.3f} to {chapter.end:.3f} s) does not fit its place "
                f"in a recording of {seconds:.3f} s"
            )
        before = chapter.start
    if chapters and chapters[0].start:
        raise ProductionError(
            f"the first chapter, {chapters[0].title!r}, starts at {chapters[0].start:.3f} s, not at 0"
        )
