"""Make room: remove the clips that no episode is made of any more."""

from __future__ import annotations

from roadcast.workflow.studio import Studio


def sweep(studio: Studio) -> int:
    """Remove clips that are in no kept recording, and leftovers of killed runs; tell how many files went.

    What a build may be about to use, an hour old or younger, stays. Nothing goes if one recording cannot be read, for
    what it is made of would not be known.

    Raises:
        StorageError: if a recording cannot be read.
    """
    with studio.alone():
        recordings = [studio.store.recording(edition) for edition in studio.store.editions()]
        return studio.store.sweep({clip.key for recording in recordings for clip in recording.clips})
