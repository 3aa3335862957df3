"""Decide where everything in a segment begins and ends; numbers only, no sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from roadcast.errors import ProductionError
from roadcast.model import Narration, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A segment in seconds from its start.

    Attributes:
        speech: start and end of each take.
        sting: start of the sting, if there is one.
        end: of the segment; the pause behind it belongs to the episode.
    """

    speech: tuple[tuple[float, float], ...]
    sting: float | None
    end: float


def lay_out(narration: Narration, *, lead_in: float, sting: float = 0.0) -> Timeline:
    """Put the lead-in, a sting of `sting` seconds, and the takes with their pauses in a row.

    The pause of the last take is left to the episode, which puts its own silence between segments.
    """
    moment = lead_in + sting
    speech = []
    for take in narration.takes:
        end = moment + take.speech.seconds
        speech.append((moment, end))
        moment = end + take.pause
    return Timeline(
        speech=tuple(speech),
        sting=lead_in if sting else None,
        end=speech[-1][1] if speech else moment,
    )


def passages(script: Script, spoken: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Tell when each passage is heard.

    A recording is one take for the whole script: its passages share the time by their letters.

    Raises:
        ProductionError: if takes and passages do not belong together.
    """
    if len(spoken) == len(script.passages):
        return tuple(spoken)
    if not script.recording or len(spoken) != 1:
        raise ProductionError(f"{script.name}: {len(script.passages)} passages but {len(spoken)} takes")
    (start, end), letters = spoken[0], [max(1, len(p.spoken.text)) for p in script.passages]
    edges = [start + (end - start) * sum(letters[:n]) / sum(letters) for n in range(len(letters) + 1)]
    return tuple(pairwise(edges))
