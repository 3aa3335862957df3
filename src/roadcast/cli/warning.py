"""Say what people should know of an edition that an error keeps from being reported."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from roadcast.errors import RoadcastError
from roadcast.workflow.order import Progress


@contextmanager
def warned() -> Iterator[Progress]:
    """Follow an edition; if it fails, what was left out or replaced by then goes before the error, line by line."""
    progress = Progress()
    try:
        yield progress
    except RoadcastError:
        for warning in progress.warnings:
            click.echo(f"warning: {warning}", err=True)
        raise
