"""The tables that the rules go by, as data: what is written, and how it is said."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a table without its header."""
    text = Path(__file__).with_name(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(tuple(row) for row in csv.reader(text.splitlines()))[1:]


def pairs(name: str, *, kind: str | None = None) -> dict[str, str]:
    """Read the first two columns of a table; with a kind, only its rows."""
    return {row[0]: row[1] for row in rows(name) if kind is None or row[2] == kind}
