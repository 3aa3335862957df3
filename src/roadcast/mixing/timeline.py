"""Decide where everything in a segment begins and ends; numbers only, no sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from roadcast.errors import ProductionError
from roadcast.mixing.library import sting_seconds
from roadcast.model import Narration, Role, Script, Speech, Take
from roadcast.model.rundown import CueKind

PARAGRAPH = 0.5  # seconds: a longer pause ends a paragraph

_UNDER_STING = 0.3  # seconds of a sting's end that are soft enough to speak over
_BED_BEFORE = 0.8  # seconds of bed alone before the first word,
_BED_AFTER = 0.8  # and behind the last one
_BED_FROM_STING = 1.0  # seconds for which a bed rises under the end of a sting
_BREATH = 0.25  # seconds from the last word to the closing sting

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A segment in seconds from its start.

    Attributes:
        speech: start and end of each take.
        sting: start and end of the sting, if there is one.
        bed: start and end of the bed, if there is one.
        end: of the segment; the pause behind it belongs to the episode.
    """

    speech: tuple[Span, ...]
    sting: Span | None = None
    bed: Span | None = None

    @property
    def end(self) -> float:
        """Tell when the last of its sounds has ended."""
        return max(end for _, end in (*self.speech, *filter(None, (self.sting, self.bed))))


def lay_out(narration: Narration, role: Role, *, lead_in: float, sting: float, bed: bool) -> Timeline:
    """Put the lead-in, the takes with their pauses, a sting of `sting` seconds (0: none) and a bed in order.

    A sting opens its segment; the one of the closing ends it. No bed sounds at either end of a segment, so
    every segment can follow every other one. The pause of the last take is left to the episode, which
    puts its own silence between segments.

    Raises:
        ProductionError: if there is no take.
    """
    if not narration.takes:
        raise ProductionError("nothing to mix: the narration has no take")
    opens = bool(sting) and role is not Role.CLOSING
    first_word = lead_in + (sting - _UNDER_STING if opens else _BED_BEFORE if bed else 0.0)
    speech = _in_a_row(narration, max(lead_in, first_word))
    last_word = speech[-1][1]
    bed_start = max(lead_in, lead_in + sting - _BED_FROM_STING) if opens else lead_in
    return Timeline(
        speech=speech,
        sting=_sting(sting, lead_in if opens else last_word + _BREATH),
        bed=(bed_start, last_word + _BED_AFTER) if bed else None,
    )


def music_seconds(script: Script) -> float:
    """Tell how many seconds the cues of a script add to its words, as far as the packaged music goes."""
    names = {cue.kind: cue.sound for cue in script.cues if cue.sound}
    sting = sting_seconds(names[CueKind.STING]) if CueKind.STING in names else 0.0
    return _unspoken(script.role, sting=sting, bed=CueKind.BED in names)


def _unspoken(role: Role, *, sting: float, bed: bool) -> float:
    """Tell how many seconds of a segment lie before its first and behind its last word."""
    silence = Speech(pcm=bytes(2), rate=1)  # a second of it
    take = Take(speech=silence, pause=0.0, starts=(0.0,))
    timeline = lay_out(Narration(takes=(take,), engines=()), role, lead_in=0.0, sting=sting, bed=bed)
    return timeline.end - silence.seconds


def _in_a_row(narration: Narration, moment: float) -> tuple[Span, ...]:
    speech = []
    for take in narration.takes:
        speech.append((moment, moment + take.speech.seconds))
        moment = speech[-1][1] + take.pause
    return tuple(speech)


def _sting(seconds: float, start: float) -> Span | None:
    return (start, start + seconds) if seconds else None


def passages(script: Script, speech: Sequence[Span]) -> tuple[Span, ...]:
    """Tell when each passage is heard.

    A recording is one take for the whole script: its passages share the time by their letters.

    Raises:
        ProductionError: if takes and passages do not belong together.
    """
    if len(speech) == len(script.passages):
        return tuple(speech)
    if not script.recording or len(speech) != 1 or not script.passages:
        raise ProductionError(f"{script.name}: {len(script.passages)} passages but {len(speech)} takes")
    (start, end), letters = speech[0], [max(1, len(p.spoken.text)) for p in script.passages]
    edges = [start + (end - start) * sum(letters[:n]) / sum(letters) for n in range(len(letters) + 1)]
    return tuple(pairwise(edges))


def merged(spans: Sequence[Span], *, gap: float) -> tuple[Span, ...]:
    """Join spans, given in order of time, that lie less than `gap` seconds apart."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
