"""Order one clip: what a worker is given."""

from __future__ import annotations

from dataclasses import dataclass, field

from roadcast.model import AudioFormat, ClipKey, Confidentiality, Presenter, Script
from roadcast.narration import Pace

SOUNDS = "sounds"
"""Folder of the team's own music, over the packaged sounds."""

PRODUCTION = 4
"""Version of the way clips are mixed; counted up when the same words would sound different."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One clip to be made, in a form that can be sent to another process or machine."""

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

    def __str__(self) -> str:
        return f"clip '{self.script.name}'"
