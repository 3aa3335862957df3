"""Find that an edition stands as it was published, so that a build with nothing to do does next to nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import lru_cache

from roadcast import __version__, codec
from roadcast.errors import StorageError
from roadcast.model import Episode, Recording
from roadcast.planning import Brief
from roadcast.workflow import identity, publication
from roadcast.workflow.desk import Desk
from roadcast.workflow.jobs import PRODUCTION
from roadcast.workflow.order import Progress
from roadcast.workflow.report import Report


def standing(desk: Desk, digest: str, progress: Progress) -> Report | None:
    """Report an edition again if it was published from the very same inputs, and all that was made of it is there.

    Its feed is written in any case: other episodes may have become due.

    Args:
        desk: with the edition and who would speak it now.
        digest: of the inputs that a plan would be made from now.
        progress: with what was found out so far.

    Returns:
        None if anything is to be made: a clip, a file, or a plan.
    """
    studio, edition = desk.studio, desk.edition
    kept = studio.catalogue.editions.plan_of(edition)
    if kept is None or kept.digest != digest:
        return None
    episode = studio.catalogue.editions.episode(edition)
    try:
        recording = studio.store.recording(edition)
    except StorageError:
        return None
    if episode is None or not (_whole(desk, recording) and _as_would_be(desk, episode) and _written(desk, episode)):
        return None
    feed = publication.write_feed(studio, desk.show)
    sound = publication.measured(recording.clips)
    report = publication.reported(
        desk, kept.rundown, episode, recording.clips, sound=sound, feed=feed, progress=progress
    )
    return replace(report, stood=True)


def _whole(desk: Desk, recording: Recording) -> bool:
    """Tell whether every clip is there and undamaged."""
    return all(desk.studio.store.clip(clip.key) == clip for clip in recording.clips)


def _as_would_be(desk: Desk, episode: Episode) -> bool:
    """Tell whether an episode is what it would be if published now, as far as its plan does not tell."""
    studio, edition = desk.studio, desk.edition
    cover, _ = identity.artwork_of(studio, desk.show)
    told = (episode.number, episode.published, episode.artwork, episode.groups)
    number = studio.catalogue.editions.number_of(edition)
    return told == (number, studio.moment(edition), cover, desk.show.listeners)


def _written(desk: Desk, episode: Episode) -> bool:
    """Tell whether the files of an episode are there, in full length; their names hold what is in them."""
    for file in (episode.audio, episode.chapters_file, *episode.transcripts, episode.artwork):
        path = desk.studio.feeds / file.path
        if not (path.is_file() and path.stat().st_size == file.size):
            return False
    return True


def digest_of(desk: Desk, brief: Brief) -> str:
    """Identify everything that a plan is made from, so that an unchanged edition is not planned anew."""
    parts = [desk.voicing.part(index) for index in range(len(brief.show.presenters))]
    made_of = [
        __version__,
        _told(replace(brief, left_out=(), before=None)),
        codec.dump(desk.studio.lexicon),
        codec.dump(desk.studio.reading),
        str(desk.studio.format),
        str(PRODUCTION),
        *(f"{part} {part.narrator.version} {part.rate}" for part in parts),
        *(f"{name} {digest}" for name, digest in sorted(desk.sounds.items())),
        *desk.studio.templates.digests(),
    ]
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()


@lru_cache(maxsize=4)
def _told(brief: Brief) -> str:
    """Write down what may be told; a build asks three times for the same."""
    heard_by_all = replace(brief.show, listeners=frozenset())  # who may listen changes nothing of what is said
    return codec.dump(replace(brief, show=heard_by_all))
