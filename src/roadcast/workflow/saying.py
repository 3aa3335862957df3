"""Find what no voice can say and no player can play, before anybody plans with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from roadcast import intake, mixing, narration
from roadcast.errors import IntakeError, PassageRejected, ProductionError
from roadcast.model import ContentItem, Role, Sentence, Show
from roadcast.planning import Candidate
from roadcast.workflow import lengths
from roadcast.workflow.studio import Studio

REACH = 2.5
"""Times the target that the items which are looked at fill. A plan looks at 1.6 times the target, and no voice is
quicker than 0.74 of the usual pace; the thousands of items behind them would be said for nothing."""


def sayable(
    studio: Studio, show: Show, candidates: Sequence[Candidate], *, target: timedelta
) -> tuple[tuple[Candidate, ...], tuple[IntakeError, ...]]:
    """Part the candidates that can be told from those that cannot, with the first fault of each.

    They come in the order in which a plan looks at them; what is too far behind to be in it is not looked at.
    """
    room = REACH * target.total_seconds() * max(presenter.rate for presenter in show.presenters)
    told, faults = [], []
    for candidate in candidates:
        looked_at = room > 0 or candidate.item.must_hear
        fault = next(unsayable(studio, show, candidate.item), None) if looked_at else None
        if fault is None:
            told.append(candidate)
            seconds = _seconds(studio, show, candidate.item) if looked_at else 0
            room -= seconds if seconds <= target.total_seconds() else 0  # what is too long leaves others room
        else:
            faults.append(fault)
    return tuple(told), tuple(faults)


def unsayable(studio: Studio, show: Show, item: ContentItem) -> Iterator[IntakeError]:
    """List what stands in the way of telling an item in a show, with the line of each."""
    for sentence, scope in _lines(item):
        if fault := _fault(studio, sentence.text, show, scope):
            yield IntakeError(f"{sentence.place}: {fault}")
    if item.credit and (fault := _fault(studio, item.credit, show, item.kind)):
        yield IntakeError(f"{intake.place_of(studio.root, item, 'credit')}: credit: {fault}")
    if item.recording and (fault := _unplayable(studio, item.recording)):
        yield IntakeError(f"{intake.place_of(studio.root, item, 'audio')}: audio: {fault}")


def unsayable_names(studio: Studio, show: Show) -> Iterator[str]:
    """List what a show calls itself and its people, as far as no voice can say it."""
    named = {"title": show.title, "company": show.company}
    named |= {f"presenters.{number}.name": presenter.name for number, presenter in enumerate(show.presenters, 1)}
    for key, name in named.items():
        if name and (fault := _fault(studio, name, show, Role.OPENING)):
            yield f"roadcast.toml: shows.{show.id}.{key}: {fault}"


def _lines(item: ContentItem) -> Iterator[tuple[Sentence, str]]:
    """List what is said of an item, with the kind or the part of the programme that says it."""
    yield from ((sentence, item.kind) for sentence in (item.headline, item.brief, *item.sentences) if sentence)
    yield item.headline, Role.MENU
    if item.action:
        yield from ((item.action, item.kind), (item.action, Role.ACTIONS))


def _fault(studio: Studio, text: str, show: Show, scope: str) -> str:
    try:
        spoken = studio.say(text, frozenset({str(show.id), scope}))
    except PassageRejected as error:
        return f"cannot be spoken: {error}"
    return "" if any(character.isalnum() for character in spoken.text) else f"nothing to say in {text!r}"


def _unplayable(studio: Studio, name: str) -> str:
    path = studio.root / name
    try:
        mixing.recognise(path)  # before what may be no sound at all is read whole
        lengths.seconds_of(studio.root, name, lengths.digest_of(path))
    except ProductionError as error:
        return str(error).replace(str(path), name)
    return ""


def _seconds(studio: Studio, show: Show, item: ContentItem) -> float:
    """Tell how long an item that can be told takes in full: its recording, or else its words."""
    if item.recording:
        return lengths.seconds_of(studio.root, item.recording, lengths.digest_of(studio.root / item.recording))
    scopes = frozenset({str(show.id), item.kind})
    return sum(narration.estimate(studio.say(s.text, scopes).text) for s in (item.headline, *item.sentences))
