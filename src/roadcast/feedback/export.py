"""Write tables that a spreadsheet opens without running what is in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from roadcast.spreadsheet import disarm


def cell(value: object) -> str:
    """Write a value so that no spreadsheet takes it for a formula.

    Numbers are left alone; their sign is no formula.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return disarm(str(value))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table as CSV (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()
