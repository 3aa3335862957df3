"""Tables that several commands print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from rich.markup import escape
from rich.table import Table

from roadcast.model import Rundown

_FIGURES = frozenset(("at", "predicted", "true", "seconds"))


def rundown_table(
    rundown: Rundown,
    title: str,
    missing: Mapping[str, str] | None = None,
    *,
    predicted: Sequence[float] | None = None,
) -> Table:
    """Show a rundown: start, segment, variant, seconds, and why it is in.

    Args:
        rundown: the running list.
        title: above the table.
        missing: how many words of each segment a recogniser missed, if one has listened.
        predicted: seconds of each segment, to stand beside the true ones, which are there once a clip is.
    """
    table = Table(title=escape(title), title_justify="left", show_edge=False, pad_edge=False)
    for name in ("at", "segment", "variant", *(["predicted", "true"] if predicted else ["seconds"]), "why"):
        table.add_column(name, justify="right" if name in _FIGURES else "left", overflow="fold")
    if missing is not None:
        table.add_column("words missing", justify="right", no_wrap=True)
    for number, entry in enumerate(rundown.entries):
        segment = entry.segment
        variant = segment.variant.name if segment.variant else ""
        if segment.announcement.value != "new":
            variant += f" ({segment.announcement})"
        table.add_row(
            clock(entry.start),
            segment.name,
            variant,
            *([f"{predicted[number]:.1f}"] if predicted else []),
            f"{entry.length.total_seconds():.1f}" if entry.known or not predicted else "",
            escape(entry.why),
            *([missing.get(segment.name, "")] if missing is not None else []),
        )
    return table


def clock(span: timedelta) -> str:
    """Write a moment of an episode as minutes and seconds."""
    seconds = int(span.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"
