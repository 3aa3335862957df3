"""Have a speech recogniser listen to finished clips: proof, passage by passage, that what was written was said."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from roadcast import codec, mixing, rendering
from roadcast.engines import recogniser
from roadcast.engines.recogniser import Heard
from roadcast.errors import BadSpeech, EngineUnavailable
from roadcast.model import Clip, Rundown, Script
from roadcast.model.language import language_of
from roadcast.store import Store, write
from roadcast.workflow.order import Progress

if TYPE_CHECKING:
    from roadcast.workflow.desk import Desk

logger = logging.getLogger(__name__)

LANGUAGE = "en"
"""The recogniser's packaged model knows US English."""

MARGIN = 0.05  # seconds heard before and after a passage: its clip begins with the encoder's delay


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One clip to be listened to, in a form that can be sent to another process or machine."""

    clip: Clip
    said: tuple[tuple[str, float, float], ...]  # a text for the ear, and from when to when it is said
    store: str

    def __str__(self) -> str:
        return f"clip {self.clip.key[:12]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was heard of one segment."""

    segment: str
    heard: Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """A hearing on disk: it holds for these very bytes and this recogniser."""

    digest: str
    recogniser: str
    heard: Heard


def able(desk: Desk, progress: Progress) -> bool:
    """Tell whether the recogniser can listen to this edition; if not, the report says why.

    Raises:
        EngineUnavailable: if it cannot, and the team wants no episode published unheard.
    """
    try:
        recogniser.ready()
        spoken = desk.show.language
        if language_of(spoken) != LANGUAGE:
            raise EngineUnavailable(f"the recogniser knows English, and {desk.show.title} speaks {spoken}")
    except EngineUnavailable as error:
        if desk.studio.settings.verify.blocks:
            raise EngineUnavailable(f"{error}; [verify] block_over wants every segment heard") from error
        progress.warnings.append(f"not verified: {error}")
        return False
    return True


def verify(desk: Desk, rundown: Rundown, progress: Progress) -> tuple[Hearing, ...]:
    """Listen to every segment in which somebody speaks; what was listened to before is not heard again.

    Raises:
        BadSpeech: if more words are missing from a segment than [verify] block_over allows; all clips are kept.
        EngineUnavailable: if a segment could not be heard, and the team wants no episode published unheard.
    """
    jobs: dict[str, Job] = {}
    for entry in rundown.entries:
        script = desk.script(entry.segment)
        if (clip := desk.clip(script)) is not None:
            jobs[entry.segment.name] = Job(clip=clip, said=_said(script, clip), store=str(desk.studio.store.root))
    heard = _all(desk, list(jobs.values()), progress)
    hearings = tuple(
        Hearing(segment=name, heard=heard[job.clip.key]) for name, job in jobs.items() if job.clip.key in heard
    )
    _judge(desk, hearings, {name: job.clip for name, job in jobs.items()})
    return hearings


def listen(job: Job) -> Heard:
    """Listen to one clip, and keep what was heard: what a worker does.

    Raises:
        StorageError: if the clip is gone or damaged.
        ProductionError: if it cannot be decoded.
        EngineUnavailable: if the recogniser is not installed.
    """
    store = Store(Path(job.store))
    sound = mixing.decode(store.read(job.clip))
    samples = np.frombuffer(sound.pcm, dtype="<i2").reshape(-1, sound.channels).mean(axis=1).astype("<i2")
    parts = []
    for text, start, end in job.said:
        first, last = (max(0, round(moment * sound.rate)) for moment in (start - MARGIN, end + MARGIN))
        parts.append(recogniser.listen(samples[first:last].tobytes(), sound.rate, text))
    heard = Heard(
        asked=sum(part.asked for part in parts), missing=tuple(word for part in parts for word in part.missing)
    )
    kept = _Kept(digest=job.clip.digest, recogniser=recogniser.version(), heard=heard)
    write(_path(store, job.clip), codec.dump(kept).encode())
    return heard


def _all(desk: Desk, jobs: Sequence[Job], progress: Progress) -> dict[str, Heard]:
    """Give what was heard of each clip, by its key; a clip that nobody could listen to becomes a warning."""
    known = {job.clip.key: _known(desk.studio.store, job.clip) for job in jobs}
    heard: dict[str, Heard] = {key: before for key, before in known.items() if before is not None}
    wanted = {job.clip.key: job for job in jobs if job.clip.key not in heard}
    progress.listening(len(wanted))
    workers = desk.studio.settings.workers
    for outcome in rendering.render(list(wanted.values()), listen, workers=workers, beside=progress.beside):
        if outcome.made is not None:
            heard[outcome.job.clip.key] = outcome.made
        else:
            progress.warnings.append(f"not verified: {outcome.job}: {outcome.error}")
        progress.heard()
    logger.info("verified %s: %d clips heard, %d before", desk.edition, len(wanted), len(jobs) - len(wanted))
    return heard


def _said(script: Script, clip: Clip) -> tuple[tuple[str, float, float], ...]:
    """Tell which words are said when; of a person's recording only the whole is known."""
    texts = [passage.spoken.text for passage in script.passages]
    if script.recording:
        return ((" ".join(texts), clip.passages[0][0], clip.passages[-1][1]),)
    return tuple((text, start, end) for text, (start, end) in zip(texts, clip.passages, strict=True))


def _known(store: Store, clip: Clip) -> Heard | None:
    try:
        kept = codec.load(_Kept, _path(store, clip).read_bytes())
    except (OSError, ValueError):
        return None
    return kept.heard if (kept.digest, kept.recogniser) == (clip.digest, recogniser.version()) else None


def _path(store: Store, clip: Clip) -> Path:
    """Name the file that keeps what was heard: beside the clip, and swept with it."""
    return store.path_of(clip).with_suffix(".heard")


def _judge(desk: Desk, hearings: Sequence[Hearing], clips: dict[str, Clip]) -> None:
    limit = desk.studio.settings.verify.block_over
    worst = max(hearings, key=lambda hearing: hearing.heard.share, default=None)
    if worst is not None and worst.heard.share > limit:
        path = desk.studio.store.path_of(clips[worst.segment]).relative_to(desk.studio.root)
        raise BadSpeech(
            f"{desk.edition}: {worst.heard.share:.0%} of the words of '{worst.segment}' were not heard, over "
            f"{limit:.0%} ([verify] block_over); not published; listen to {path} for {_few(worst.heard.missing)}"
        )
    if desk.studio.settings.verify.blocks and len(hearings) < len(clips):
        unheard = sorted(clips.keys() - {hearing.segment for hearing in hearings})
        raise EngineUnavailable(
            f"{desk.edition}: nobody could listen to {', '.join(unheard)}, and [verify] block_over wants every "
            "segment heard; not published; run 'roadcast build' again"
        )


def _few(missing: Sequence[str]) -> str:
    return ", ".join(missing[:8]) + (f" and {len(missing) - 8} more" if len(missing) > 8 else "")
