"""The running order of an edition, and the words that are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise

from roadcast.model.show import ContentItem, Day, Edition, Place, Sentence, Slug


class Role(StrEnum):
    """What a segment is for."""

    OPENING = "opening"
    MENU = "menu"
    ITEM = "item"
    ACTIONS = "actions"
    CLOSING = "closing"


class Announcement(StrEnum):
    """Why an item is told now: for the first time, because it changed, or to be remembered."""

    NEW = "new"
    UPDATE = "update"
    REVIEW = "review"


class Origin(StrEnum):
    """Who wrote a passage: the item's author, the show's template, or an editor of the script."""

    SOURCE = "source"
    TEMPLATE = "template"
    EDITED = "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One length of an item: "headline", "brief", "lead-3" (its first three sentences) or "full"."""

    name: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One block of an edition.

    An item segment has an item and a variant; the opening has the items that it promises, for its menu
    is heard over the same music, or a menu that stands alone; the actions segment those whose actions it repeats.
    """

    role: Role
    item: ContentItem | None = None
    variant: Variant | None = None
    announcement: Announcement = Announcement.NEW
    items: tuple[ContentItem, ...] = ()

    def __post_init__(self) -> None:
        if (self.role is Role.ITEM) != (self.item is not None and self.variant is not None):
            raise ValueError("an item segment, and only that, has an item and a variant")

    @property
    def told(self) -> tuple[ContentItem, ...]:
        """List the items that the segment tells, promises or repeats."""
        return (self.item, *self.items) if self.item else self.items

    @property
    def name(self) -> str:
        """Name the segment within its edition."""
        return self.item.slug if self.item else self.role.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a rundown.

    Attributes:
        start: from the beginning of the episode.
        length: the segment without the pause behind it; predicted, or true where `known`.
        known: whether a clip exists, so that `length` is measured.
        why: the reason for its being in, for people.
    """

    segment: Segment
    start: timedelta
    length: timedelta
    known: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An item that is not told, and why not.

    Attributes:
        least: how long it is when told as shortly as it can be, if that is more than a short edition has room for.
    """

    slug: Slug
    why: str
    least: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rundown:
    """The ordered running list of an edition.

    Attributes:
        pause: silence between two segments.
        lead_in: silence before the first word, so that no player swallows it.
        target: the length asked for.
        short: whether the pool was too small to reach the target.
    """

    edition: Edition
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]
    target: timedelta
    pause: timedelta
    lead_in: timedelta
    short: bool = False

    @property
    def segments(self) -> tuple[Segment, ...]:
        """List what is told, in order."""
        return tuple(entry.segment for entry in self.entries)

    @property
    def length(self) -> timedelta:
        """Add up the edition: the end of its last entry."""
        last = self.entries[-1]
        return last.start + last.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """An item told in an earlier edition.

    Attributes:
        digest: of what the item said then; another one today makes it an update.
        ordinal: running number of that edition within the show, from 1; the distance of two ordinals
            counts editions, for spaced review.
    """

    slug: Slug
    digest: str
    date: Day
    ordinal: int


class CueKind(StrEnum):
    """What a cue does."""

    STING = "sting"
    BED = "bed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """An instruction for the mix of one segment: a sting before it, or a bed under it.

    Attributes:
        sound: the name of the sound, looked up in the workspace and then among the packaged ones.
    """

    kind: CueKind
    sound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LexiconEntry:
    """How the team says a term.

    Attributes:
        scope: a show's id, a kind's name or a part of the programme (`Role`); empty means everywhere.
        line: of the team's file, from 1; 0 elsewhere. It makes no difference.
    """

    term: str
    say_as: str
    scope: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A text for the ear: letters, spaces and the punctuation of breath, no digit and no symbol.

    Attributes:
        entries: the lexicon entries that it used, in order of first use.
    """

    text: str
    entries: tuple[LexiconEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One breath of a script.

    Attributes:
        presenter: index into the show's presenters.
        text: as written, figures and all.
        spoken: the same for the ear.
        pause: silence after it.
        item: the item it tells, or None for the frame of the programme.
        place: where its words come from: the item's line, the template's, or the edited script's.
    """

    presenter: int
    text: str
    spoken: Spoken
    pause: timedelta
    origin: Origin
    place: Place
    item: Slug | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where a script turns to something else: a heading on paper, a chapter in a player.

    Attributes:
        passage: index of the first passage under it.
        name: on paper; title: of the chapter.
    """

    passage: int
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The words of one segment, and the cues of its mix.

    Attributes:
        name: of the segment; title: of its chapter.
        recording: a file to play instead of voicing the passages (they stay as the transcript).
        headings: in order, without the first, which is the script's own name and title.
    """

    name: str
    role: Role
    title: str
    passages: tuple[Passage, ...]
    cues: tuple[Cue, ...] = ()
    recording: str | None = None
    headings: tuple[Heading, ...] = ()

    def __post_init__(self) -> None:
        edges = [0, *(heading.passage for heading in self.headings), len(self.passages)]
        if self.headings and any(first >= last for first, last in pairwise(edges)):
            raise ValueError("every heading of a script has a passage under it")
