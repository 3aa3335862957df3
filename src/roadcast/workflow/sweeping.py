"""Make room: remove the clips that no episode is made of any more."""

from __future__ import annotations

from roadcast.store import sweep_temporary
from roadcast.workflow.studio import Studio
from roadcast.workspace import STATE


def sweep(studio: Studio) -> int:
    """Remove clips that are in no kept recording, and leftovers of killed runs; tell how many files went.

    What a build may be about to use, an hour old or younger, stays.

    Raises:
        StorageError: if a recording cannot be read, for what it is made of would not be known; nothing goes then.
    """
    with studio.alone():
        others = (studio.feeds, studio.root / "scripts", studio.root / STATE)
        return studio.store.sweep() + sum(sweep_temporary(folder) for folder in others)
