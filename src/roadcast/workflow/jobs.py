"""Order one clip: what a worker is given, and what it is to do with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadcast.model import AudioFormat, Clip, ClipKey, Confidentiality, Presenter, Script
from roadcast.narration import Pace

SOUNDS = "sounds"
"""Folder of the team's own music, over the packaged sounds."""

PRODUCTION = 7
"""Version of the way clips are mixed; counted up when the same words would sound different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One clip to be made, in a form that can be sent to another process or machine.

    Attributes:
        sections: of a long script; each is made and kept as a clip of its own, and the whole spliced from them.
    """

    key: ClipKey
    script: Script
    presenters: tuple[Presenter, ...]
    paces: tuple[Pace | None, ...]  # of their voices, as far as known
    confidentiality: Confidentiality
    options: str = field(repr=False)  # may hold keys
    online: bool
    format: AudioFormat
    loudness: float
    root: str
    store: str
    sections: tuple[Job, ...] = ()

    def __str__(self) -> str:
        return f"clip '{self.script.name}'"


def make(job: Job) -> Clip:
    """Make a clip: see `making.make`. Who only orders clips need not load what makes them.

    Raises:
        NarrationError: if the engine does not say it.
        ProductionError: if it cannot be mixed.
        StorageError: if the disk refuses.
    """
    from roadcast.workflow import making

    return making.make(job)
