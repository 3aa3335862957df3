"""Write the newscast cut, a rundown of its own: who calls, what is new, what to do, and how to make it stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from roadcast.errors import VoicemailError
from roadcast.model import Confidentiality, ContentItem, LeftOut, Slug
from roadcast.voicemail import numbers
from roadcast.voicemail.chain import NARROW, PACKET, WIDE, Shape
from roadcast.voicemail.level import Signal
from roadcast.voicemail.sender import Sender, Wording

_PAUSE, LONG_PAUSE = 0.35, 0.6  # s: between sentences, and between items
_TOP = 3  # headlines that go before what to do; a fourth must not push it out
_CANDIDATES = 12  # items voiced at most: more do not fit into two minutes
_SLOWEST, _FASTEST = 6.0, 40.0  # letters a second: outside of this a line was not said
_FAINTEST = 10 ** (-50 / 20)  # RMS of a line that can be heard


class Role(StrEnum):
    """What a line is for."""

    IDENTIFICATION = "identification"
    OPT_OUT = "opt-out"
    ITEM = "item"
    ACTION = "action"
    DETAILS = "details"
    CALL_BACK = "call-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence of the message, as written; `item` is what it tells, None for the frame."""

    role: Role
    text: str
    item: Slug | None = None


# Given a line and the number of the attempt, give its sound: 16 kHz, full scale 1, without silence at either end.
Voice = Callable[[Line, int], Signal]

# Given a line and its sound, tell whether somebody who listens can make out its words.
Ear = Callable[[Line, Signal], bool]

REQUIRED = frozenset({Role.IDENTIFICATION, Role.CALL_BACK, Role.OPT_OUT})
"""The lines without which a message must not leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The words of a message, their sound, and what found no room.

    Attributes:
        passages: the sound of each line, with the seconds of pause behind it.
    """

    lines: tuple[Line, ...]
    passages: tuple[tuple[Signal, float], ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def text(self) -> str:
        """Give all that is said, one sentence per line."""
        return "".join(f"{line.text}\n" for line in self.lines)


def allowed(
    items: Iterable[ContentItem], *, sender: Sender, groups: frozenset[str]
) -> tuple[tuple[ContentItem, ...], tuple[LeftOut, ...]]:
    """Keep what may leave the house and is meant for these listeners; give the rest with its reason."""
    found = [(item, why_not(item, sender=sender, groups=groups)) for item in items]
    keep = tuple(item for item, why in found if not why)
    return keep, tuple(LeftOut(slug=item.slug, why=why) for item, why in found if why)


def why_not(item: ContentItem, *, sender: Sender, groups: frozenset[str]) -> str:
    """Say why an item is not told to these listeners; "" if it is."""
    if item.confidentiality not in {Confidentiality.PUBLIC, sender.allow}:
        return f"{item.confidentiality}: it may not leave the house"
    if not item.audience.admits(groups):
        return f"for {', '.join(sorted(item.audience.groups))} only"
    return ""


def nothing(show: str, day: date, kept_in: Sequence[LeftOut]) -> VoicemailError:
    """Say why there is nothing to tell: there is nothing on that day, or all of it is kept in."""
    if not kept_in:
        return VoicemailError(
            f"nothing to tell: no item is told on {day}; 'roadcast plan {show} --date {day}' says why; "
            "or name another day"
        )
    more = f", and {len(kept_in) - 1} more" if len(kept_in) > 1 else ""
    return VoicemailError(
        f"nothing to tell: no item of {day} may leave the house for these listeners "
        f"({kept_in[0].slug}: {kept_in[0].why}{more}); mark one 'confidentiality: public'"
    )


def frame(sender: Sender, wording: Wording, *, show: str, day: date, part: str = "") -> tuple[list[Line], list[Line]]:
    """Write what comes before and after the items."""
    opening = wording.fill("identification", business=sender.business, show=show, day=_spoken_day(day))
    before = [Line(role=Role.IDENTIFICATION, text=opening)]
    if sender.toll_free_opt_out:
        number = numbers.for_reading(sender.toll_free_opt_out)
        before.append(Line(role=Role.OPT_OUT, text=wording.fill("opt_out", opt_out=number)))
    if part:
        before.append(Line(role=Role.DETAILS, text=part))
    call_back = wording.fill("call_back", call_back=numbers.for_reading(sender.call_back))
    opt_out = _sentence(sender.opt_out_line(wording))
    after = [
        Line(role=Role.DETAILS, text=wording.fill("details")),
        Line(role=Role.CALL_BACK, text=call_back),
        Line(role=Role.OPT_OUT, text=opt_out),
    ]
    return before, after


def _spoken_day(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}"


def compose(
    before: Sequence[Line],
    items: Sequence[ContentItem],
    after: Sequence[Line],
    *,
    seconds: float,
    voice: Voice,
    shape: Shape | None = None,
) -> Cut:
    """Choose what fits, by the sound itself: three headlines, what to do, more headlines, a second sentence each.

    Args:
        before: lines that come first, whatever fits.
        items: best first, all of them allowed to leave the house.
        after: lines that come last, whatever fits.
        seconds: the whole message must not be longer.
        voice: makes the sound of a line.
        shape: of the finished message.

    Raises:
        VoicemailError: if there is no room for a single item.
    """
    assert items, "there is something to tell"
    table = _Table(voice=voice, before=before, after=after, seconds=seconds, shape=shape or Shape())
    if table.room < 0:
        raise VoicemailError(
            f"identification, call-back and opt-out alone take {seconds - table.room:.1f} s of {seconds:g}; "
            "allow more --seconds or shorten the wording"
        )
    for item in items[:_CANDIDATES]:
        if len(table.told) == _TOP and table.action is None:
            table.add_action()
        table.tell(item)
    if not table.told:
        raise VoicemailError(f"no headline fits into {seconds:g} s; allow more --seconds or write shorter headlines")
    if table.action is None:
        table.add_action()
    for item in tuple(table.told):
        table.add_second(item)
    late = [LeftOut(slug=item.slug, why="too far down the list for a cut this short") for item in items[_CANDIDATES:]]
    return table.cut(late)


@dataclass(slots=True, kw_only=True)
class _Table:
    """A cut while it is made: what is told, and the seconds that are left."""

    voice: Voice
    before: Sequence[Line]
    after: Sequence[Line]
    seconds: float
    shape: Shape
    told: dict[ContentItem, list[Line]] = field(default_factory=dict)
    action: Line | None = None
    left_out: list[LeftOut] = field(default_factory=list)
    _sounds: dict[Line, Signal] = field(default_factory=dict)

    @property
    def room(self) -> float:
        """Tell how many seconds are left."""
        return self.seconds - length(self._passages(), self.shape)

    def tell(self, item: ContentItem) -> None:
        """Take an item's headline if there is room."""
        self.told[item] = [Line(role=Role.ITEM, text=_sentence(item.headline.text), item=item.slug)]
        if self.room < 0:
            del self.told[item]
            self.left_out.append(LeftOut(slug=item.slug, why="no room within the seconds"))

    def add_action(self) -> None:
        """Take the first item's call to action that fits."""
        for item in self.told:
            if item.action is not None:
                self.action = Line(role=Role.ACTION, text=_sentence(item.action.text), item=item.slug)
                if self.room >= 0:
                    return
                self.action = None

    def add_second(self, item: ContentItem) -> None:
        """Take an item's brief, or its first sentence, if there is room."""
        second = item.brief or next(iter(item.sentences), None)
        lines = self.told[item]
        if second is None or _sentence(second.text) == lines[0].text:
            return
        lines.append(Line(role=Role.ITEM, text=_sentence(second.text), item=item.slug))
        if self.room < 0:
            lines.pop()

    def cut(self, late: Iterable[LeftOut]) -> Cut:
        return Cut(lines=self._lines(), passages=self._passages(), left_out=(*self.left_out, *late))

    def _lines(self) -> tuple[Line, ...]:
        items = [line for lines in self.told.values() for line in lines]
        return (*self.before, *items, *([self.action] if self.action else []), *self.after)

    def _passages(self) -> tuple[tuple[Signal, float], ...]:
        lines = self._lines()
        following = [*(line.item for line in lines[1:]), None]
        return tuple(
            (self._sound(line), _PAUSE if line.item == after and line.item else LONG_PAUSE)
            for line, after in zip(lines, following, strict=True)
        )

    def _sound(self, line: Line) -> Signal:
        if line not in self._sounds:
            self._sounds[line] = self.voice(line, 0)
        return self._sounds[line]


def length(passages: Sequence[tuple[Signal, float]], shape: Shape) -> float:
    """Tell how long the finished message is at most, in seconds; whole packets included."""
    samples = sum(len(signal) for signal, _ in passages)
    pauses = sum(min(pause, shape.pause) for _, pause in passages[:-1])
    return shape.lead + samples / WIDE + pauses + shape.tail + 2 * PACKET / NARROW


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def verify(cut: Cut, sender: Sender) -> None:
    """Make sure that the message says who calls, where to call back and how to make it stop, and that it is heard.

    Raises:
        VoicemailError: naming what is missing; such a message must not leave.
    """
    lines = cut.lines
    _require(lines[:1], sender.business, "the first sentence must name the business")
    _require(lines[-2:], numbers.for_reading(sender.call_back), "the last sentences must give the call-back number")
    opt_out = numbers.for_reading(sender.opt_out) if sender.opt_out.startswith("+") else sender.opt_out
    _require(lines[-2:], opt_out, "the last sentences must say how to opt out")
    for line, (signal, _) in zip(lines, cut.passages, strict=True):
        if line.role in REQUIRED:
            _require_audible(line, signal)


def _require(lines: Sequence[Line], wanted: str, why: str) -> None:
    said = " ".join(" ".join(line.text.split()) for line in lines).casefold()
    if " ".join(wanted.split()).casefold() not in said:
        raise VoicemailError(f"the script does not say {wanted!r}: {why}; check voicemail/wording.toml")


def _require_audible(line: Line, signal: Signal) -> None:
    seconds = len(signal) / WIDE
    letters = sum(ch.isalnum() for ch in line.text)
    loud = float((signal @ signal / max(1, len(signal))) ** 0.5)
    if loud < _FAINTEST or not letters / _FASTEST <= seconds <= letters / _SLOWEST + 8:
        raise VoicemailError(f"the {line.role} cannot be heard: {seconds:.1f} s of sound for {line.text!r}")
