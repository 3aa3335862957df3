"""Compare languages by their tags (BCP 47)."""

from __future__ import annotations


def language_of(tag: str) -> str:
    """Give the language of a tag without script and region, in small letters: "en" of "en-GB"."""
    return tag.split("-")[0].lower()
