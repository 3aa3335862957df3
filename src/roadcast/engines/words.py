"""Look at a text the way an engine does."""

from __future__ import annotations

import re
import unicodedata

from roadcast.errors import PassageRejected

_TAGS = re.compile(r"[<>&\x00-\x1f\x7f]+")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": ", ", "—": ", ", "…": "."})


def sayable(text: str) -> str:
    """Take out what an engine would read as markup or choke on: angle brackets, ampersands, control characters.

    Raises:
        PassageRejected: if no word is left.
    """
    clean = " ".join(_TAGS.sub(" ", text).split())
    if not any(character.isalnum() for character in clean):
        raise PassageRejected(f"nothing to say in {text!r}")
    return clean


def ascii_words(text: str) -> str:
    """Write a text for an engine that knows only ASCII: letters lose their accents, what has no such form goes."""
    plain = unicodedata.normalize("NFKD", sayable(text).translate(_TYPOGRAPHY))
    return sayable(plain.encode("ascii", "ignore").decode())
