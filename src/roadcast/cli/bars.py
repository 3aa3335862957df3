"""Draw how far a build is, for somebody at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from roadcast.model import Edition
from roadcast.workflow import order


@contextmanager
def watched(edition: Edition, progress: order.Progress) -> Iterator[None]:
    """Draw a bar of the clips to be made, then of those to be listened to; it goes when all is done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task(f"voicing {edition}", total=None)
        progress.planned = lambda count: bar.update(task, total=(bar.tasks[0].completed + count))
        progress.done = lambda _script: bar.advance(task)
        progress.listening = lambda count: bar.reset(task, description=f"listening to {edition}", total=count)
        progress.heard = lambda: bar.advance(task)
        yield
