"""Engines that lie in a folder of their own, named as the settings name them: ROADCAST_ENGINES__RHVOICE__LIBRARY ..."""

from __future__ import annotations

import os

PREFIX = "ROADCAST_ENGINES__"


def options() -> dict[str, dict[str, str]]:
    """Give the options of engines that the environment holds, by engine."""
    found: dict[str, dict[str, str]] = {}
    for name, value in os.environ.items():
        engine, _, option = name.removeprefix(PREFIX).lower().partition("__")
        if name.startswith(PREFIX) and option:
            found.setdefault(engine, {})[option] = value
    return found
