"""Hold a recording session: voice the clips that a rundown lacks, and let another engine step in where one fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from roadcast import mixing, rendering
from roadcast.errors import NarrationError, PassageRejected
from roadcast.model import ClipKey, Confidentiality, Presenter, Rundown, Script
from roadcast.narration import Part
from roadcast.workflow import jobs
from roadcast.workflow.clips import Voicing
from roadcast.workflow.desk import Desk, confidentiality, strictest
from roadcast.workflow.jobs import Job
from roadcast.workflow.order import Progress


def voice(desk: Desk, rundown: Rundown, progress: Progress) -> None:
    """Make the clips that a rundown lacks; where an engine fails, the next one speaks the whole presenter."""
    _change(
        desk,
        confined(desk, rundown),
        "it sends words out, and only public ones may go, where [engines] online allows it",
        progress,
    )
    while missing := _missing(desk, rundown):
        progress.planned(len(missing))
        refused = _render(missing, progress, workers=desk.studio.settings.workers)
        progress.rendered += len(missing) - len(refused)
        progress.retries += sum(error.retries for _, error in refused)
        desk.learn([job.script for job in missing])
        if not refused:
            return
        _step_in(desk, refused, progress)


def _missing(desk: Desk, rundown: Rundown) -> list[Job]:
    """Order the clips that a rundown lacks, each once: segments that say the same share one."""
    found: dict[ClipKey, Job] = {}
    for segment in rundown.segments:
        script = desk.script(segment)
        if desk.clip(script) is None:
            job = _job(desk, script, confidentiality(segment))
            found[job.key] = job
    return list(found.values())


def _step_in(desk: Desk, refused: Sequence[tuple[Script, Exception]], progress: Progress) -> None:
    script, error = refused[0]
    presenters = sorted({passage.presenter for passage in script.passages})
    after = desk.voicing.next(presenters)
    if after is None:
        raise error
    _change(desk, after, str(error), progress)


def _change(desk: Desk, after: Voicing, why: str, progress: Progress) -> None:
    """Let others speak, and say so."""
    for presenter, known in enumerate(desk.show.presenters):
        if (now := after.part(presenter)) != (before := desk.voicing.part(presenter)):
            progress.warnings.append(f"{known.name} is spoken by {now} instead of {before}: {why}")
    desk.voicing = after


def confined(desk: Desk, rundown: Rundown) -> Voicing:
    """Let each presenter be spoken by an engine that may be given all of what that presenter says."""
    if not any(desk.voicing.part(presenter).narrator.limits.online for presenter in range(len(desk.show.presenters))):
        return desk.voicing
    said = [
        (passage.presenter, confidentiality(segment))
        for segment in rundown.segments
        for passage in desk.script(segment).passages
    ]
    secrets = {presenter: strictest(secret for who, secret in said if who == presenter) for presenter, _ in said}
    return desk.voicing.confined(secrets, online=desk.studio.settings.engines.online)


def _job(desk: Desk, script: Script, secrecy: Confidentiality) -> Job:
    studio, show = desk.studio, desk.show
    parts = [desk.voicing.part(index) for index in range(len(show.presenters))]
    whole = Job(
        key=desk.key(script),
        script=script,
        presenters=tuple(_presenter(part) for part in parts),
        paces=tuple(part.pace for part in parts),
        confidentiality=secrecy,
        options=json.dumps(studio.settings.engines.options, default=str),
        online=studio.settings.engines.online,
        format=studio.format,
        loudness=show.loudness,
        root=str(studio.root),
        store=str(studio.store.root),
    )
    cut = mixing.sections(script)
    return replace(
        whole, sections=tuple(replace(whole, key=desk.key(part), script=part) for part in cut if len(cut) > 1)
    )


def _presenter(part: Part) -> Presenter:
    return Presenter(name=str(part), engine=part.narrator.name, voice=part.voice.name, rate=part.rate)


def _render(wanted: Sequence[Job], progress: Progress, *, workers: int) -> list[tuple[Script, NarrationError]]:
    """Make clips on all cores; give the scripts that their engines could not say, and why.

    Raises:
        RoadcastError: what a worker met that no other engine would mend; everything finished is kept.
    """
    ordered = sorted(wanted, key=_characters, reverse=True)  # the longest first, or one core ends with it alone
    refused: list[tuple[Script, NarrationError]] = []
    failed = None
    preload = "roadcast.workflow.making"
    for outcome in rendering.render(ordered, jobs.make, workers=workers, preload=preload, beside=progress.beside):
        if outcome.made is not None:
            progress.done(outcome.job.script)
        elif isinstance(outcome.error, NarrationError) and not isinstance(outcome.error, PassageRejected):
            refused.append((outcome.job.script, outcome.error))
        else:
            failed = failed or outcome.error
    if failed is not None:
        raise failed
    return refused


def _characters(job: Job) -> int:
    return sum(len(passage.spoken.text) for passage in job.script.passages)
