"""Options that many commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from roadcast.errors import SettingsError
from roadcast.workspace import find_workspace

F = TypeVar("F", bound=Callable[..., Any])

_YEARS = (1900, 9998)
"""The years of a day that may be named; at the ends of the calendar, other time zones have no day left."""


class _Day(click.DateTime):
    """A day; for ever, which some write as 9999-12-31, is none."""

    name = "day"

    def get_metavar(self, *_: Any) -> str:
        """Show the form as people write it, not as strptime does."""
        return "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a day."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write it as YYYY-MM-DD.", param, ctx)
        if not _YEARS[0] <= day.year <= _YEARS[1]:
            self.fail(f"{value!r} is not between the years {_YEARS[0]} and {_YEARS[1]}.", param, ctx)
        return day


DATE = _Day(formats=["%Y-%m-%d"])


class _Minutes(click.FloatRange):
    """A length that a show may have; "nan" lies in every range, for click compares only."""

    name = "number of minutes"

    def get_metavar(self, *_: Any) -> str:
        """Name what is wanted in one word."""
        return "MINUTES"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        minutes: float = super().convert(value, param, ctx)
        if math.isnan(minutes):
            self.fail(f"{value!r} is no number of minutes.", param, ctx)
        return minutes


minutes_option = click.option("--minutes", type=_Minutes(1, 20), help="Length, instead of the show's own.")


WORKSPACE = click.Path(exists=True, file_okay=False, path_type=Path)
"""The type of `--workspace`: a folder that is there."""


def workspace_of(named: Path | None) -> Path:
    """Find the workspace that was named, or else the nearest one upward.

    Raises:
        SettingsError: if there is none.
    """
    return find_workspace((named or Path()).resolve())


def workspace_if_any(named: Path | None) -> Path | None:
    """Find the workspace as `workspace_of` does; None if none was named and there is none upward.

    Raises:
        SettingsError: if there is none where one was named.
    """
    try:
        return workspace_of(named)
    except SettingsError:
        if named is not None:
            raise
        return None


def workspace_option(command: F) -> F:
    """Give a command `--workspace DIR`: its `workspace` argument is the folder with the settings file."""

    @click.option(
        "--workspace",
        type=WORKSPACE,
        help="The workspace's folder; by default the nearest one upward with a roadcast.toml.",
    )
    @wraps(command)
    def wrapper(*args: Any, workspace: Path | None, **kwargs: Any) -> Any:
        return command(*args, workspace=workspace_of(workspace), **kwargs)

    return wrapper  # type: ignore[return-value]  # the same parameters, by name


def date_option(command: F) -> F:
    """Give a command `--date YYYY-MM-DD`: its `date` argument is a date or None."""

    @click.option("--date", type=DATE, help="The edition's date; today by default.")
    @wraps(command)
    def wrapper(*args: Any, date: datetime | None, **kwargs: Any) -> Any:
        return command(*args, date=date.date() if date else None, **kwargs)

    return wrapper  # type: ignore[return-value]  # the same parameters, by name


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on standard output.")
