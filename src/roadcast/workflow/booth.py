"""Speak voicemail messages: the newscast cut of an edition, or all of it in parts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from roadcast import narration
from roadcast.errors import NarrationError, PassageRejected, VoicemailError
from roadcast.model import (
    ContentItem,
    LeftOut,
    Origin,
    Passage,
    Place,
    Script,
    Segment,
    Speech,
    Spoken,
)
from roadcast.model import Role as SegmentRole
from roadcast.narration import Cast
from roadcast.store import write
from roadcast.voicemail import chain, cut, export
from roadcast.voicemail.cut import Cut, Line, Role
from roadcast.voicemail.level import Signal
from roadcast.voicemail.sender import Sender, Wording
from roadcast.workflow.desk import Desk
from roadcast.workspace import STATE

_SLOWER = 0.96  # of the rate: a line that sounds like a key is said a little more slowly
_LONGEST_PART = 115.0  # s: a part of a whole episode where no target says less

Said = tuple[Line, Signal, float]
"""A line, its sound, and the seconds of pause behind it."""


T = TypeVar("T")


class _Failed(Exception):
    """A presenter's engine could not say a line."""

    def __init__(self, presenter: int, error: NarrationError) -> None:
        super().__init__(str(error))
        self.presenter = presenter
        self.error = error


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """Where the messages of one edition are spoken; `ear` listens to them, if somebody here can.

    A presenter has one voice in all of them. All of them count as what may leave the house at most, so an engine
    that may not be given that is passed over from the start; one that fails is replaced, and everything is said anew.

    Attributes:
        warnings: gathers who was replaced, and why.
    """

    desk: Desk
    sender: Sender
    wording: Wording
    groups: frozenset[str]
    ear: cut.Ear | None = None
    warnings: list[str] = field(default_factory=list)

    def newscast(self, items: Sequence[ContentItem], *, seconds: float) -> tuple[export.Message, tuple[LeftOut, ...]]:
        """Make the newscast cut of the items, best first.

        Raises:
            NarrationError: if no engine says everything.
            VoicemailError: if there is nothing to tell.
        """
        return self._in_one_voice(lambda: self._newscast(items, seconds))

    def whole(
        self, told: Iterable[Segment], *, longest: float
    ) -> tuple[tuple[export.Message, ...], tuple[LeftOut, ...]]:
        """Make the whole episode in parts that every target takes, cut between segments, or else between passages.

        Raises:
            NarrationError: if no engine says everything.
        """
        segments = tuple(told)
        return self._in_one_voice(lambda: self._whole(segments, longest))

    def _in_one_voice(self, make: Callable[[], T]) -> T:
        """Make messages, from the beginning whenever another engine steps in."""
        desk = self.desk
        secrets = dict.fromkeys(range(len(desk.show.presenters)), self.sender.allow)
        desk.voicing = desk.voicing.confined(secrets, online=desk.studio.settings.engines.online)
        while True:
            try:
                return make()
            except _Failed as failed:
                after = desk.voicing.next({failed.presenter})
                if after is None:
                    raise failed.error from None
                self.warnings.append(
                    f"{desk.show.presenters[failed.presenter].name} is spoken by {after.part(failed.presenter)} "
                    f"instead of {desk.voicing.part(failed.presenter)}: {failed.error}"
                )
                desk.voicing = after

    def _newscast(self, items: Sequence[ContentItem], seconds: float) -> tuple[export.Message, tuple[LeftOut, ...]]:
        told, kept_in = cut.allowed(items, sender=self.sender, groups=self.groups)
        if not told:
            raise cut.nothing(self.desk.show.id, self.desk.edition.date, kept_in)
        before, after = self._frame()
        made = cut.compose(before, told, after, seconds=seconds, voice=self.voice)
        finished = export.finish(made, sender=self.sender, voice=self.voice, ear=self.ear)
        return finished, (*kept_in, *made.left_out)

    def _whole(self, told: Sequence[Segment], longest: float) -> tuple[tuple[export.Message, ...], tuple[LeftOut, ...]]:
        found = [(segment, self._why_not(segment)) for segment in told]
        keep = [segment for segment, why in found if not why]
        left = [LeftOut(slug=segment.item.slug, why=why) for segment, why in found if segment.item is not None and why]
        if not any(segment.item for segment in keep):
            raise cut.nothing(self.desk.show.id, self.desk.edition.date, left)
        blocks = [self._block(segment) for segment in keep]
        frame = self._part([], number=99, count=99)
        room = min(longest, _LONGEST_PART) - cut.length(frame.passages, chain.Shape())
        parts = _parts(blocks, room)
        made = [self._part(part, number=i, count=len(parts)) for i, part in enumerate(parts, 1)]
        messages = tuple(export.finish(part, sender=self.sender, voice=self.voice, ear=self.ear) for part in made)
        return messages, tuple(left)

    def _why_not(self, segment: Segment) -> str:
        """Say why a segment is not told: because of the first item in it that is kept in; "" if it is."""
        whys = (cut.why_not(item, sender=self.sender, groups=self.groups) for item in segment.told)
        return next(filter(None, whys), "")

    def voice(self, line: Line, attempt: int) -> Signal:
        """Say a line of the newscast in the voice of the show's first presenter."""
        scopes = frozenset({str(self.desk.show.id)})
        return self._say(line.text, self.desk.say(line.text, scopes), 0, attempt)

    def _say(self, text: str, spoken: Spoken, presenter: int, attempt: int = 0) -> Signal:
        place = Place(path="voicemail", line=1)
        passage = Passage(
            presenter=presenter,
            text=text,
            spoken=spoken,
            pause=timedelta(),
            origin=Origin.TEMPLATE,
            place=place,
        )
        script = Script(name="voicemail", role=SegmentRole.ITEM, title="", passages=(passage,))
        path = self._kept(spoken, presenter, attempt)
        speech = _read(path)
        if speech is None:
            online = self.desk.studio.settings.engines.online
            try:
                said = narration.narrate(script, self._cast(attempt), confidentiality=self.sender.allow, online=online)
            except PassageRejected:
                raise
            except NarrationError as error:
                raise _Failed(presenter, error) from error
            speech = said.takes[0].speech
            write(path, f"{speech.rate}\n".encode() + speech.pcm)
        return chain.signal_of(speech)

    def _kept(self, spoken: Spoken, presenter: int, attempt: int) -> Path:
        """Name the file that keeps a line: what it says, and who says it how.

        An engine may say the same words differently each time (Pico does); kept lines make equal drops equal.
        """
        (part,) = self._cast(attempt).chain(presenter)
        said = (part.narrator.name, part.narrator.version, part.voice.name, f"{part.rate:.4f}", spoken.text)
        digest = hashlib.sha256("\n".join(said).encode()).hexdigest()
        return self.desk.studio.root / STATE / "lines" / f"{digest}.pcm"

    def _cast(self, attempt: int) -> Cast:
        """Give each presenter the one part that speaks now; nobody steps in for a single line."""
        parts = [self.desk.voicing.part(presenter) for presenter in range(len(self.desk.show.presenters))]
        return Cast(chains=tuple((replace(part, rate=part.rate * _SLOWER**attempt),) for part in parts))

    def _frame(self, part: str = "") -> tuple[list[Line], list[Line]]:
        edition = self.desk.edition
        return cut.frame(self.sender, self.wording, show=self.desk.show.title, day=edition.date, part=part)

    def _block(self, segment: Segment) -> list[Said]:
        script = self.desk.script(segment)
        slug = segment.item.slug if segment.item else None
        return [
            (
                Line(role=Role.ITEM, text=passage.text, item=slug),
                self._say(passage.text, passage.spoken, passage.presenter),
                passage.pause.total_seconds(),
            )
            for passage in script.passages
        ]

    def _part(self, said: Sequence[Said], *, number: int, count: int) -> Cut:
        before, after = self._frame(self.wording.fill("part", number=number, count=count) if count > 1 else "")
        framed = [(line, self.voice(line, 0), cut.LONG_PAUSE) for line in before]
        framed += said
        framed += [(line, self.voice(line, 0), cut.LONG_PAUSE) for line in after]
        return Cut(
            lines=tuple(line for line, *_ in framed), passages=tuple((sound, pause) for _, sound, pause in framed)
        )


def _read(path: Path) -> Speech | None:
    """Read a kept line; one that is not whole is said again."""
    try:
        rate, _, pcm = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return Speech(pcm=pcm, rate=int(rate)) if rate.isdigit() and pcm and len(pcm) % 2 == 0 else None


def _parts(blocks: Iterable[Sequence[Said]], room: float) -> list[list[Said]]:
    """Fill parts block by block; a block that is longer than a part is cut between its passages.

    Raises:
        VoicemailError: if a single passage does not fit.
    """
    parts: list[list[Said]] = [[]]
    left = room
    for block in blocks:
        if _seconds(block) > left and parts[-1]:
            parts.append([])
            left = room
        for passage in block:
            if _seconds([passage]) > left and parts[-1]:
                parts.append([])
                left = room
            if _seconds([passage]) > left:
                raise VoicemailError(
                    f"a passage takes {_seconds([passage]):.0f} s, and a part has room for {room:.0f}; leave out the "
                    "target with the least seconds"
                )
            parts[-1].append(passage)
            left -= _seconds([passage])
    return parts


def _seconds(block: Sequence[Said]) -> float:
    return sum(len(sound) / chain.WIDE + pause for _, sound, pause in block)
