"""What an edition was made of, in the order in which it is heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadcast.model import Chapter, Clip, ContentItem, Role, Rundown, Script, Show
from roadcast.publishing.text import plain, url


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A clip in its place, and the script that it says; silence between segments says none."""

    clip: Clip
    script: Script | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """An edition, rendered but not yet published.

    Attributes:
        parts: every clip of the recording in playing order, silences included.
    """

    show: Show
    rundown: Rundown
    parts: tuple[Part, ...]

    @property
    def clips(self) -> tuple[Clip, ...]:
        """List what is to be joined."""
        return tuple(part.clip for part in self.parts)

    @property
    def items(self) -> tuple[ContentItem, ...]:
        """List what is told, in the order of the rundown."""
        return tuple(e.segment.item for e in self.rundown.entries if e.segment.role is Role.ITEM and e.segment.item)

    def item(self, script: Script) -> ContentItem | None:
        """Find the item that a script tells; the frame of the programme tells none."""
        return next((item for item in self.items if item.slug == script.name), None)

    def scripts(self) -> Iterator[tuple[float, Clip, Script]]:
        """Walk over what is said: its start in seconds from the beginning of the recording, its clip, its script."""
        frames = 0
        for part in self.parts:
            if part.script is not None:
                yield float(part.clip.format.seconds(frames)), part.clip, part.script
            frames += part.clip.frames

    @property
    def seconds(self) -> float:
        """Tell how long all parts play, one after the other."""
        frames = sum(clip.frames for clip in self.clips)
        return float(self.clips[0].format.seconds(frames)) if frames else 0.0


def chapters(programme: Programme) -> tuple[Chapter, ...]:
    """Name the stretches of a programme by its scripts; one without a title belongs to the chapter before it.

    The first starts at 0, each ends where the next starts, and the last ends with the recording.
    """
    found: list[Chapter] = []
    for start, clip, script in programme.scripts():
        item = programme.item(script)
        slug, link = (item.slug, url(item.source)) if item else (None, "")
        for title, begin in ((script.title, start), *_headings(start, clip, script)):
            if plain(title):
                begin = begin if found else 0.0
                found.append(Chapter(title=plain(title), start=begin, end=begin, item=slug, link=link))
    ends = [chapter.start for chapter in found[1:]] + [programme.seconds]
    return tuple(replace(chapter, end=end) for chapter, end in zip(found, ends, strict=False))


def _headings(start: float, clip: Clip, script: Script) -> Iterator[tuple[str, float]]:
    """Give the further titles in a script, each from the middle of the pause before its first word."""
    for heading in script.headings:
        (_, before), (after, _) = clip.passages[heading.passage - 1 : heading.passage + 1]
        yield heading.title, start + (before + after) / 2
