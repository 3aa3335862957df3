"""Name the app behind a User-Agent header, and tell crawlers from listeners."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeAlias

from roadcast.errors import SettingsError

KINDS = ("bots", "apps", "libraries", "browsers")
"""Files of opawg/user-agents-v2, <kind>.runtime.json, in the order in which it has them read."""

EXTRA = "extra.json"
"""Our own entries, three lists of them, each in its place among those files."""

ORDER = ("listeners", "bots", "crawlers", "apps", "libraries", "suspects", "browsers")
"""In this order, the first entry that matches wins.

What people run themselves goes before the bots, among which OPAWG counts it: each of our addresses is one person's.
Words such as "spider" are looked for late, for apps have them in their names, but before the browsers, which crawlers
say they are.
"""

LONGEST = 512
"""Characters of a header that are looked at; longer ones are nobody's app."""

REMEMBERED = 4096
"""Headers whose app is remembered: a team's apps in all their versions, in 3 MB at the most."""

_CRAWLER = " (crawler)"
_NAMELESS = f"No name{_CRAWLER}"
_PACKAGED = Path(__file__).with_name("user_agents")
_CRAWLERS = frozenset({"bots", "crawlers", "suspects"})

Entry: TypeAlias = tuple[str, Callable[[str], object]]
"""The name of an app, and what finds it in a header."""


class Agents:
    """A table of apps."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read a table of the team's own, or else the packaged one, that only when an app is first asked for.

        Args:
            folder: with a file for each of `KINDS`; `EXTRA` may be left out, and is the packaged one then.

        Raises:
            SettingsError: if a file is missing or has another form.
        """
        self._own = None if folder is None else _table(folder)
        self._remembered: Callable[[str], str] = lru_cache(maxsize=REMEMBERED)(self._look_up)

    def app_of(self, user_agent: str) -> str:
        """Name the app; a crawler's name says so, and an unknown app's is empty. No header at all is a crawler's."""
        return self._remembered(user_agent[:LONGEST])

    def _look_up(self, user_agent: str) -> str:
        text = _legible(user_agent)
        if not text:
            return _NAMELESS
        return next((name for name, finds in self._own or _packaged() if finds(text)), "")


def is_crawler(app: str) -> bool:
    """Tell whether a name given by `Agents.app_of` is a crawler's."""
    return app.endswith(_CRAWLER)


def _legible(user_agent: str) -> str:
    """Put a header on one line, and undo Latin-1, as which servers read it, where an app wrote UTF-8."""
    if not user_agent.isascii():
        with suppress(UnicodeError):
            user_agent = user_agent.encode("latin-1").decode()
    return " ".join(user_agent.splitlines()).strip()


@cache
def _packaged() -> tuple[Entry, ...]:
    return _table(_PACKAGED)


def _table(folder: Path) -> tuple[Entry, ...]:
    extra = folder / EXTRA if (folder / EXTRA).is_file() else _PACKAGED / EXTRA
    return tuple(
        entry
        for part in ORDER
        for entry in (
            _read(folder / f"{part}.runtime.json", "entries", part) if part in KINDS else _read(extra, part, part)
        )
    )


def _read(path: Path, key: str, part: str) -> Iterator[Entry]:
    try:
        for entry in json.loads(path.read_text(encoding="utf-8"))[key]:
            crawls = part in _CRAWLERS or entry.get("category") == "bot"
            yield str(entry["name"]) + _CRAWLER * crawls, _finder(entry["pattern"])
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, re.error) as error:
        raise SettingsError(f"{path}: not a runtime file of opawg/user-agents-v2: {error}") from error


def _finder(pattern: str) -> Callable[[str], object]:
    """Compile a pattern; one that matches from the start or not at all is tried there alone, as `search` would not."""
    compiled = re.compile(pattern, re.ASCII)  # \d is the one of JavaScript
    anchored = all(part.startswith(("^", ".*", ".+")) for part in pattern.split("|"))
    return compiled.match if anchored else compiled.search
