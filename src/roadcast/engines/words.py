"""Look at a text the way an engine does."""

from __future__ import annotations

import re

_TAGS = re.compile(r"[<>&\x00-\x1f\x7f]+")


def has_words(text: str) -> bool:
    """Tell whether there is anything to say."""
    return any(character.isalnum() for character in text)


def plain(text: str) -> str:
    """Take out what an engine would read as markup or choke on: angle brackets, ampersands, control characters."""
    return " ".join(_TAGS.sub(" ", text).split())
