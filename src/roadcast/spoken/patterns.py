"""Write patterns down where they belong, and compile those that a text needs."""

from __future__ import annotations

import re
from typing import Any, cast


class _Written:
    """A pattern that is compiled at its first use; what was asked of it is then at hand like any attribute."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern, self._flags)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Write a pattern down; a mistake in it shows when it is used. For `re.compile` where a text may never need it."""
    return cast("re.Pattern[str]", _Written(source, flags))
