"""Make one clip: what a worker does. What it needs is loaded before workers are forked."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import soundfile  # noqa: F401  decodes clips: see above
from numpy.typing import NDArray

from roadcast.engines import find
from roadcast.errors import ProductionError, StorageError
from roadcast.mixing import MUSIC_VERSION, Sounds, load_sounds, mix, play, read_foreign, splice
from roadcast.model import Clip, Narration, Presenter, Take
from roadcast.narration import Cast, cast, narrate
from roadcast.store import Store, write
from roadcast.workflow.jobs import SOUNDS, Job

MUSIC = "music"
"""Folder of the store for packaged sounds as they were played."""


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
    clip, data = _spliced(job, store) if job.sections else _mixed(job, store)
    store.keep(clip, data)
    return clip


def _spliced(job: Job, store: Store) -> tuple[Clip, bytes]:
    """Make the sections that are missing, and put all in a row."""
    clips = [make(section) for section in job.sections]
    return splice([(clip, store.read(clip)) for clip in clips], job.script, key=job.key)


def _mixed(job: Job, store: Store) -> tuple[Clip, bytes]:
    said = _recorded(job) if job.script.recording else _narrated(job)
    names = [cue.sound for cue in job.script.cues]
    sounds = _sounds(str(Path(job.root) / SOUNDS), str(store.root / MUSIC), tuple(names), job.format.rate)
    return mix(job.script, said, sounds, format=job.format, loudness=job.loudness, key=job.key)


def _narrated(job: Job) -> Narration:
    chains = _cast(job.presenters, job.options).chains
    paced = tuple((replace(part, pace=pace),) for (part,), pace in zip(chains, job.paces, strict=True))
    return narrate(job.script, Cast(chains=paced), confidentiality=job.confidentiality, online=job.online)


def _recorded(job: Job) -> Narration:
    """Take a real person's recording in place of an engine's voice."""
    assert job.script.recording
    path, place = Path(job.root) / job.script.recording, job.script.passages[0].place
    try:
        speech = read_foreign(path)
    except ProductionError as error:
        raise ProductionError(f"{place}: audio: {str(error).replace(str(path), job.script.recording)}") from error
    return Narration(takes=(Take(speech=speech, pause=0.0, starts=(0.0,)),), engines=("recorded",))


@cache
def _cast(presenters: tuple[Presenter, ...], options: str) -> Cast:
    """Load each engine once per process."""
    tables: dict[str, dict[str, Any]] = json.loads(options)
    chains = [[find(presenter.engine, options=tables)] for presenter in presenters]
    return cast(presenters, chains)


@cache
def _sounds(own: str, music: str, names: tuple[str, ...], rate: int) -> Sounds:
    return load_sounds(Path(own), names, rate=rate, packaged=partial(_played, Path(music)))


@cache
def _played(folder: Path, name: str, rate: int) -> NDArray[np.float32]:
    """Give a packaged sound as it was played before, by another worker or another build; or play it, and keep it."""
    path = folder / f"{hashlib.sha256(f'{MUSIC_VERSION} {name} {rate}'.encode()).hexdigest()[:16]}.npy"
    try:
        kept: NDArray[np.float32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        kept = play(name, rate)
        file = io.BytesIO()
        np.save(file, kept, allow_pickle=False)
        with contextlib.suppress(StorageError):  # where nothing can be kept, the clip itself will say so
            write(path, file.getvalue())
    return kept
