"""Tables that several commands print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from rich.markup import escape
from rich.table import Table

from roadcast.model import Rundown


def rundown_table(rundown: Rundown, title: str, missing: Mapping[str, str] | None = None) -> Table:
    """Show a rundown: start, segment, variant, seconds (~ before a predicted figure), and why it is in.

    Args:
        rundown: the running list.
        title: above the table.
        missing: how many words of each segment a recogniser missed, if one has listened.
    """
    table = Table(title=escape(title), title_justify="left", show_edge=False, pad_edge=False)
    for name, justify in (
        ("at", "right"),
        ("segment", "left"),
        ("variant", "left"),
        ("seconds", "right"),
        ("why", "left"),
    ):
        table.add_column(name, justify=justify, overflow="fold")  # type: ignore[arg-type]  # literals of rich
    if missing is not None:
        table.add_column("words missing", justify="right", no_wrap=True)
    for entry in rundown.entries:
        segment = entry.segment
        variant = segment.variant.name if segment.variant else ""
        if segment.announcement.value != "new":
            variant += f" ({segment.announcement})"
        table.add_row(
            clock(entry.start),
            segment.name,
            variant,
            f"{'' if entry.known else '~'}{entry.length.total_seconds():.1f}",
            escape(entry.why),
            *([missing.get(segment.name, "")] if missing is not None else []),
        )
    return table


def clock(span: timedelta) -> str:
    """Write a moment of an episode as minutes and seconds."""
    seconds = int(span.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"
