"""Make one clip: what a worker does. It imports as little as it can, for every worker pays for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from roadcast import engines, mixing, narration
from roadcast.model import (
    AudioFormat,
    Clip,
    ClipKey,
    Confidentiality,
    Narration,
    Presenter,
    Script,
    Take,
)
from roadcast.narration import Cast, Pace
from roadcast.store import Store

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


def make(job: Job) -> Clip:
    """Narrate and mix one script, and keep the clip: what a worker does.

    Raises:
        NarrationError: if the engine does not say it.
        ProductionError: if it cannot be mixed.
        StorageError: if the disk refuses.
    """
    store = Store(Path(job.store))
    if (clip := store.clip(job.key)) is not None:
        return clip  # another build was quicker
    said = _recorded(job) if job.script.recording else _narrated(job)
    names = [cue.sound for cue in job.script.cues]
    sounds = _sounds(str(Path(job.root) / SOUNDS), tuple(names), job.format.rate)
    clip, data = mixing.mix(job.script, said, sounds, format=job.format, loudness=job.loudness, key=job.key)
    store.keep(clip, data)
    return clip


def _narrated(job: Job) -> Narration:
    chains = _cast(job.presenters, job.options).chains
    paced = tuple((replace(part, pace=pace),) for (part,), pace in zip(chains, job.paces, strict=True))
    return narration.narrate(job.script, Cast(chains=paced), confidentiality=job.confidentiality, online=job.online)


def _recorded(job: Job) -> Narration:
    """Take a real person's recording in place of an engine's voice."""
    assert job.script.recording
    speech = mixing.read_foreign(Path(job.root) / job.script.recording)
    return Narration(takes=(Take(speech=speech, pause=0.0, starts=(0.0,)),), engines=("recorded",))


@cache
def _cast(presenters: tuple[Presenter, ...], options: str) -> Cast:
    """Load each engine once per process."""
    tables: dict[str, dict[str, Any]] = json.loads(options)
    chains = [[engines.find(presenter.engine, options=tables)] for presenter in presenters]
    return narration.cast(presenters, chains)


@cache
def _sounds(folder: str, names: tuple[str, ...], rate: int) -> mixing.Sounds:
    return mixing.load_sounds(Path(folder), names, rate=rate)
