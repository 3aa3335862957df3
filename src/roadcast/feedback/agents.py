"""Name the app behind a User-Agent header, and tell crawlers from listeners."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from roadcast.errors import SettingsError

KINDS = ("bots", "apps", "libraries", "browsers")
"""In this order, the first entry that matches wins (opawg/user-agents-v2, README)."""

LONGEST = 512
"""Characters of a header that are looked at; longer ones are nobody's app."""

_CRAWLER = " (crawler)"
_PACKAGED = Path(__file__).with_name("user_agents")


class Agents:
    """A table of apps, in the form of the runtime files of opawg/user-agents-v2."""

    def __init__(self, folder: Path = _PACKAGED) -> None:
        """Read the table: <kind>.runtime.json for each of `KINDS`.

        Raises:
            SettingsError: if a file is missing or has another form.
        """
        self._entries = [(kind, name, pattern) for kind in KINDS for name, pattern in _read(folder, kind)]
        self.app_of: Callable[[str], str] = lru_cache(maxsize=4096)(self._app_of)

    def _app_of(self, user_agent: str) -> str:
        """Name the app; a crawler's name says so, and an unknown app's is empty."""
        text = " ".join(user_agent[:LONGEST].split())
        for kind, name, pattern in self._entries:
            if pattern.search(text):
                return name + _CRAWLER if kind == "bots" else name
        return ""


def is_crawler(app: str) -> bool:
    """Tell whether a name given by `Agents.app_of` is a crawler's."""
    return app.endswith(_CRAWLER)


def _read(folder: Path, kind: str) -> list[tuple[str, re.Pattern[str]]]:
    path = folder / f"{kind}.runtime.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
        return [(str(entry["name"]), re.compile(entry["pattern"])) for entry in entries]
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, re.error) as error:
        raise SettingsError(f"{path}: not a runtime file of opawg/user-agents-v2: {error}") from error
