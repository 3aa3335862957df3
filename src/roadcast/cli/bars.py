"""Draw how far a build is, for somebody at a terminal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from roadcast.model import Edition
from roadcast.workflow import order

_TICK = 0.1  # seconds from one picture of the bar to the next


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
        auto_refresh=False,
    )
    with bar:
        task = bar.add_task(f"voicing {edition}", total=None)
        progress.planned = lambda count: bar.update(task, total=(bar.tasks[0].completed + count), refresh=True)
        progress.done = lambda _script: bar.advance(task)
        progress.listening = lambda count: bar.reset(task, description=f"listening to {edition}", total=count)
        progress.heard = lambda: bar.advance(task)
        progress.beside = partial(_drawing, bar)
        yield


@contextmanager
def _drawing(bar: Progress) -> Iterator[None]:
    """Draw the bar again and again, in a thread that no worker inherits; rich's own runs from the beginning."""
    over = threading.Event()

    def draw() -> None:
        while not over.wait(_TICK):
            bar.refresh()

    thread = threading.Thread(target=draw, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        bar.refresh()
