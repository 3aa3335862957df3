"""Turn the segments of a rundown into scripts: lines of a template become passages that know their source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from roadcast.errors import PassageRejected, ScriptError
from roadcast.model import (
    Announcement,
    ContentItem,
    Cue,
    Edition,
    Heading,
    Origin,
    Passage,
    Place,
    Role,
    Script,
    Segment,
    Sentence,
    Show,
    Spoken,
)
from roadcast.model.rundown import CueKind
from roadcast.scripting.templates import Templates

SENTENCE_PAUSE = timedelta(seconds=0.35)
PARAGRAPH_PAUSE = timedelta(seconds=0.6)

BED_PAUSE = timedelta(seconds=1.8)
"""Between the greeting and what is coming up: long enough for the bed to rise and give way again."""

TURN_PAUSE = timedelta(seconds=0.8)
"""The same in a show without a bed."""

Speak = Callable[[str, frozenset[str]], Spoken]
"""Written text and the scopes it is read in -> the same for the ear; raises PassageRejected."""

# Marks around a sentence inside rendered text; private-use characters, which markup never lets through.
_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}(\\d+){_MIDDLE}|{_CLOSE}")
_TITLES = {
    Role.OPENING: "Welcome",
    Role.MENU: "In this briefing",
    Role.ACTIONS: "What to do today",
    Role.CLOSING: "Closing",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all segments of an edition share.

    Attributes:
        minutes: the length of the edition, in whole minutes, as the opening may say it.
    """

    show: Show
    edition: Edition
    minutes: int


class _Told:
    """A sentence inside a template: it prints itself between marks, so that its source is not lost."""

    def __init__(self, sentence: Sentence, item: ContentItem, index: int) -> None:
        self._sentence, self.item_, self._index = sentence, item, index

    def __str__(self) -> str:
        text = re.sub(f"[{_OPEN}-{_CLOSE}]", "", self._sentence.text)
        return f"{_OPEN}{self._index}{_MIDDLE}{text}{_CLOSE}"

    @property
    def place(self) -> Place:
        return self._sentence.place

    @property
    def paragraph(self) -> int:
        return self._sentence.paragraph


class _Handed:
    """The sentences handed to one template, numbered as they are handed out."""

    def __init__(self) -> None:
        self.told: list[_Told] = []

    def hand(self, sentence: Sentence, item: ContentItem) -> _Told:
        self.told.append(_Told(sentence, item, len(self.told)))
        return self.told[-1]

    def story(self, item: ContentItem) -> dict[str, object]:
        """Show an item to a template: its text as sentences with a source, the rest as plain words."""
        return {
            "slug": item.slug,
            "kind": item.kind,
            "headline": self.hand(item.headline, item),
            "action": self.hand(item.action, item) if item.action else None,
            "credit": item.credit,
            "source": item.source,
            "must_hear": item.must_hear,
        }


def write(segment: Segment, frame: Frame, templates: Templates, speak: Speak) -> Script:
    """Write the script of one segment. Same segment, date and templates: same words, wherever it stands.

    Raises:
        ScriptError: if a template fails, or a line cannot be spoken; names file and line.
    """
    if segment.role is Role.OPENING and segment.items:
        greeting = write(replace(segment, items=()), frame, templates, speak)
        menu = write(replace(segment, role=Role.MENU), frame, templates, speak)
        pause = BED_PAUSE if frame.show.bed else TURN_PAUSE
        return followed(greeting, menu, pause=pause)
    return _written(segment, frame, templates, speak)


def followed(script: Script, other: Script, *, pause: timedelta) -> Script:
    """Let the words of another script follow in this one, under their own heading and over the same music."""
    *before, last = script.passages
    return replace(
        script,
        passages=(*before, replace(last, pause=pause), *other.passages),
        headings=(Heading(passage=len(script.passages), name=other.name, title=other.title),),
    )


def _written(segment: Segment, frame: Frame, templates: Templates, speak: Speak) -> Script:
    handed = _Handed()
    name = _template(segment, frame.show, templates)
    lines = templates.render(name, _values(segment, frame, handed))
    scopes = frozenset({str(frame.show.id), segment.item.kind if segment.item else segment.role.value})
    default = frame.show.kind(segment.item.kind).presenter if segment.item else 0
    drafts = [_draft(line, handed, name, default) for line in lines if line.strip()]
    recording = _recording(segment)
    if recording:  # the voice on it says the item's words and no others
        drafts = [draft for draft in drafts if draft.source]
    if not drafts:
        raise ScriptError(f"scripts/{name}: it, or a template that it includes, writes nothing for '{segment.name}'")
    return Script(
        name=segment.name,
        role=segment.role,
        title=segment.item.headline.text.rstrip(".") if segment.item else _TITLES[segment.role],
        passages=_passages(drafts, len(frame.show.presenters), lambda text: speak(text, scopes)),
        cues=_cues(segment, frame.show),
        recording=recording,
    )


def _recording(segment: Segment) -> str | None:
    """Give the recording that is played for a segment: it tells an item in full."""
    full = segment.variant is not None and segment.variant.name == "full"
    return segment.item.recording if segment.item and full else None


def _template(segment: Segment, show: Show, templates: Templates) -> str:
    if segment.item is None:
        return f"{segment.role}.j2"
    name = show.kind(segment.item.kind).template
    return name if templates.has(name) else "item.j2"


def _values(segment: Segment, frame: Frame, handed: _Handed) -> dict[str, object]:
    show, date = frame.show, frame.edition.date
    values: dict[str, object] = {
        "show": {"title": show.title, "company": show.company, "author": show.author, "description": show.description},
        "presenters": [presenter.name for presenter in show.presenters],
        "minutes": frame.minutes,
        "date": f"{date:%A}, {date.day} {date:%B}",
        "weekday": f"{date:%A}",
        "rotate": _rotate(frame.edition),
        "pick": _pick(f"{date.isoformat()} {segment.name}"),
        "items": [handed.story(item) for item in segment.items],
        "role": segment.role.value,
    }
    if segment.item and segment.variant:
        values |= {
            "item": handed.story(segment.item),
            "kind": show.kind(segment.item.kind),
            "variant": segment.variant.name,
            "sentences": [handed.hand(sentence, segment.item) for sentence in segment.variant.sentences],
            "is_update": segment.announcement is Announcement.UPDATE,
            "is_review": segment.announcement is Announcement.REVIEW,
        }
    return values


def _rotate(edition: Edition) -> Callable[[Sequence[str]], str]:
    """Choose by date, each choice once before any comes again; lists of coprime lengths combine freshly."""

    def rotate(choices: Sequence[str]) -> str:
        return choices[edition.date.toordinal() % len(choices)]

    return rotate


def _pick(seed: str) -> Callable[[Sequence[str]], str]:
    """Choose as by a die that falls alike for the same date and segment."""
    throws = 0

    def pick(choices: Sequence[str]) -> str:
        nonlocal throws
        throws += 1
        return choices[hashlib.sha256(f"{seed} {throws}".encode()).digest()[0] % len(choices)]

    return pick


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    presenter: int
    text: str
    place: Place
    source: _Told | None


def _draft(line: str, handed: _Handed, template: str, presenter: int) -> _Draft:
    """Read one rendered line: '2: Text' is said by the second presenter."""
    named = re.match(r"\s*([1-9]):\s+", line)
    if named:
        presenter, line = int(named[1]) - 1, line[named.end() :]
    marks = [handed.told[int(mark[1])] for mark in _MARK.finditer(line) if mark[1]]
    if len({told.item_.slug for told in marks}) > 1:
        raise ScriptError(f"scripts/{template}: one line tells two items; put each on a line of its own")
    source = marks[0] if marks else None
    place = source.place if source else Place(path=f"scripts/{template}", line=1)
    return _Draft(presenter=presenter, text=_tidy(_MARK.sub("", line)), place=place, source=source)


@lru_cache(maxsize=4096)  # a sentence is in many variants of its item
def _tidy(text: str) -> str:
    """One space between words, one mark at the end; 'Price list.; then' keeps the mark of the frame."""
    text = " ".join(text.split())
    text = re.sub(r"([.!?])([,;:.])(?=\s|$)", r"\2", text)
    return text if re.search(r"[.!?…:]['\"”’)]*$", text) else f"{text}."


def _passages(drafts: Sequence[_Draft], presenters: int, speak: Callable[[str], Spoken]) -> tuple[Passage, ...]:
    passages = []
    for number, draft in enumerate(drafts):
        after = drafts[number + 1] if number + 1 < len(drafts) else None
        try:
            spoken = speak(draft.text)
        except PassageRejected as error:
            raise ScriptError(f"{draft.place}: cannot be spoken: {error}: “{draft.text}”") from error
        passages.append(
            Passage(
                presenter=draft.presenter % presenters,
                text=draft.text,
                spoken=spoken,
                pause=_pause(draft, after),
                origin=Origin.SOURCE if draft.source else Origin.TEMPLATE,
                place=draft.place,
                item=draft.source.item_.slug if draft.source else None,
            )
        )
    return tuple(passages)


def _pause(draft: _Draft, after: _Draft | None) -> timedelta:
    if after is None:
        return timedelta()
    if draft.presenter != after.presenter:
        return PARAGRAPH_PAUSE
    turns = draft.source and after.source and draft.source.paragraph != after.source.paragraph
    return PARAGRAPH_PAUSE if turns else SENTENCE_PAUSE


def _cues(segment: Segment, show: Show) -> tuple[Cue, ...]:
    match segment.role:
        case Role.ITEM:
            assert segment.item is not None
            return (Cue(kind=CueKind.STING, sound=show.kind(segment.item.kind).sting),)
        case Role.ACTIONS:
            return (Cue(kind=CueKind.STING, sound="actions"),)
        case Role.OPENING:
            return (Cue(kind=CueKind.STING, sound="opening"), Cue(kind=CueKind.BED, sound=show.bed))
        case Role.MENU:
            return (Cue(kind=CueKind.BED, sound=show.bed),)
        case Role.CLOSING:
            return (Cue(kind=CueKind.BED, sound=show.bed), Cue(kind=CueKind.STING, sound="closing"))
