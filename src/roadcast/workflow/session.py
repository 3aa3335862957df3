"""Hold a recording session: voice the clips that a rundown lacks, and let another engine step in where one fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from roadcast import rendering
from roadcast.errors import NarrationError, PassageRejected
from roadcast.model import ClipKey, Confidentiality, Presenter, Rundown, Script, Show
from roadcast.narration import Part
from roadcast.workflow import jobs
from roadcast.workflow.clips import Voicing
from roadcast.workflow.desk import Desk, confidentiality, strictest
from roadcast.workflow.order import Progress
from roadcast.workflow.studio import Studio

Done = Callable[[Script], None]
"""Called for each clip that was rendered."""


def voice(desk: Desk, rundown: Rundown, progress: Progress) -> None:
    """Make the clips that a rundown lacks; where an engine fails, the next one speaks the whole presenter."""
    _change(
        desk,
        confined(desk, rundown),
        "it sends words out, and only public ones may go, where [engines] online allows it",
        progress,
    )
    while True:
        missing = {
            desk.key(script): (script, confidentiality(segment))
            for segment in rundown.segments
            if desk.clip(script := desk.script(segment)) is None
        }
        if not missing:
            return
        progress.planned(len(missing))
        wanted = [(key, script, secret) for key, (script, secret) in missing.items()]
        refused = _render(desk.studio, desk.show, wanted, desk.voicing, progress.done)
        progress.rendered += len(wanted) - len(refused)
        progress.retries += sum(error.retries for _, error in refused)
        desk.learn([script for _, script, _ in wanted])
        if not refused:
            return
        _step_in(desk, refused, progress)


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
    if not any(part.narrator.limits.online for chain in desk.voicing.cast.chains for part in chain):
        return desk.voicing
    said = [
        (passage.presenter, confidentiality(segment))
        for segment in rundown.segments
        for passage in desk.script(segment).passages
    ]
    secrets = {presenter: strictest(secret for who, secret in said if who == presenter) for presenter, _ in said}
    return desk.voicing.confined(secrets, online=desk.studio.settings.engines.online)


def _render(
    studio: Studio, show: Show, scripts: Sequence[tuple[ClipKey, Script, Confidentiality]], voicing: Voicing, done: Done
) -> list[tuple[Script, NarrationError]]:
    """Make clips on all cores; give the scripts that their engines could not say, and why.

    Raises:
        RoadcastError: what a worker met that no other engine would mend; everything finished is kept.
    """
    parts = [voicing.part(index) for index in range(len(show.presenters))]
    orders = [
        jobs.Job(
            key=key,
            script=script,
            presenters=tuple(_presenter(part) for part in parts),
            paces=tuple(part.pace for part in parts),
            confidentiality=confidentiality,
            options=json.dumps(studio.settings.engines.options, default=str),
            online=studio.settings.engines.online,
            format=studio.format,
            loudness=show.loudness,
            root=str(studio.root),
            store=str(studio.store.root),
        )
        for key, script, confidentiality in sorted(scripts, key=_letters, reverse=True)  # no long one comes last
    ]
    refused: list[tuple[Script, NarrationError]] = []
    failed = None
    for outcome in rendering.render(
        orders, jobs.make, workers=studio.settings.workers, preload="roadcast.workflow.making"
    ):
        if outcome.made is not None:
            done(outcome.job.script)
        elif isinstance(outcome.error, NarrationError) and not isinstance(outcome.error, PassageRejected):
            refused.append((outcome.job.script, outcome.error))
        else:
            failed = failed or outcome.error
    if failed is not None:
        raise failed
    return refused


def _letters(wanted: tuple[ClipKey, Script, Confidentiality]) -> int:
    return sum(len(passage.spoken.text) for passage in wanted[1].passages)


def _presenter(part: Part) -> Presenter:
    return Presenter(name=str(part), engine=part.narrator.name, voice=part.voice.name, rate=part.rate)
