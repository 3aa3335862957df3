"""What there is to tell, and the series it is told in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

Slug = NewType("Slug", str)
ShowId = NewType("ShowId", str)

Day = date
"""A date; inside a class with a field of that name, `date` would mean the field to who resolves annotations."""


class Confidentiality(StrEnum):
    """How far an item may travel: anywhere, inside the company, or only to named people."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a file, the way a message names it.

    Attributes:
        path: relative to the workspace, with forward slashes.
        line: counted from 1.
    """

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as its author wrote it, free of markup.

    Attributes:
        paragraph: counted from 0 within the item; a change of paragraph is a longer breath.
    """

    text: str
    place: Place
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A rule for who should hear an item; no groups means everybody."""

    groups: frozenset[str] = frozenset()

    def admits(self, groups: frozenset[str]) -> bool:
        """Tell whether somebody in these groups belongs to the audience."""
        return not self.groups or not self.groups.isdisjoint(groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentItem:
    """One thing worth telling.

    Attributes:
        kind: the name of a `Kind`.
        sentences: the body, in order.
        brief: the author's own one-sentence version, if there is one.
        action: what the listener is to do, if there is anything.
        published: first moment at which the item may be told, aware UTC.
        expires: first moment at which it may no longer be told.
        effective: the moment at which what it announces takes effect.
        priority: 1 (when there is room) to 5 (drop something else for it).
        recording: a file in the workspace with a real person's voice, told instead of the text.
    """

    slug: Slug
    kind: str
    headline: Sentence
    sentences: tuple[Sentence, ...]
    published: datetime
    place: Place
    brief: Sentence | None = None
    action: Sentence | None = None
    expires: datetime | None = None
    effective: datetime | None = None
    audience: Audience = Audience()
    priority: int = 3
    must_hear: bool = False
    credit: str = ""
    source: str = ""
    confidentiality: Confidentiality = Confidentiality.INTERNAL
    recording: str | None = None

    def __post_init__(self) -> None:
        for moment in (self.published, self.expires, self.effective):
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"{self.place}: a moment without time zone: {moment}")

    @property
    def lines(self) -> tuple[Sentence, ...]:
        """List all that the item says, in the order of its file: headline, brief, body and action."""
        return tuple(line for line in (self.headline, self.brief, *self.sentences, self.action) if line)

    @property
    def digest(self) -> str:
        """Identify what the item says: a changed date or priority is not news, a changed word is."""
        return hashlib.sha256("\n".join(sentence.text for sentence in self.lines).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of content: data, so that a team adds its own without code.

    Attributes:
        template: the narration template of its segments.
        sting: the name of the sound that opens its segments.
        presenter: which presenter of the show tells it (index from 0).
        weight: factor on the worth of its items.
        block: where in the programme it belongs: "news", "training" or "story".
        review: editions after which an item is told again; empty means never.
    """

    name: str
    label: str
    template: str
    sting: str = "update"
    presenter: int = 0
    weight: float = 1.0
    block: str = "news"
    review: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    """Somebody who speaks in a show.

    Attributes:
        engine: an engine's name, or "auto".
        voice: a voice of that engine, or "" for the engine's own choice.
        rate: speaking rate relative to the voice's normal rate of 1.0.
    """

    name: str
    engine: str = "auto"
    voice: str = ""
    rate: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """A series of briefings.

    Attributes:
        kinds: the kinds of content it tells, by name.
        target: how long an edition is to be.
        cap: the length it may never exceed.
        groups: whom the show is made for; an item for other groups only is not in it.
        listeners: the groups of those subscribers who get its episodes; none means every subscriber.
        loudness: LUFS of the whole programme.
        loudness_range: LU that lie between its soft and its loud stretches, at least and at most.
    """

    id: ShowId
    title: str
    description: str
    presenters: tuple[Presenter, ...]
    kinds: tuple[Kind, ...]
    company: str = ""
    language: str = "en"
    author: str = ""
    link: str = ""
    category: str = "Business"
    subcategory: str = "Management"
    target: timedelta = timedelta(minutes=7)
    cap: timedelta = timedelta(minutes=20)
    groups: frozenset[str] = frozenset()
    listeners: frozenset[str] = frozenset()
    cover: str = ""
    colours: tuple[str, str] = ("#0b3954", "#ff6663")
    rrule: str = "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"
    frequency: str = "Every working day"
    bed: str = "bed"
    loudness: float = -16.0
    loudness_range: tuple[float, float] = (3.0, 8.0)

    def kind(self, name: str) -> Kind:
        """Find a kind of content by its name.

        Raises:
            KeyError: if the show does not tell it.
        """
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One date of a show."""

    show: ShowId
    date: Day

    def __str__(self) -> str:
        return f"{self.show}/{self.date.isoformat()}"
