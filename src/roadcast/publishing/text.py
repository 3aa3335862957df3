"""Make any text one line that every format can hold."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Leave out control characters and halves of surrogate pairs; make every gap one space."""
    return " ".join(_UNWRITABLE.sub("", text).split())


def short(text: str, limit: int) -> str:
    """Make one line of at most `limit` characters."""
    flat = plain(text)
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip(" ,;:.") + "…"


def headline(text: str) -> str:
    """Make one line without the full stop that an author may have put behind a headline."""
    flat = plain(text)
    return flat[:-1] if flat.endswith(".") and not flat.endswith("..") else flat


def name(credit: str) -> str:
    """Take the person's name out of a credit such as "Dana Okafor, finance"."""
    return plain(credit).partition(",")[0].strip()


def url(text: str) -> str:
    """Give back a web address, and nothing for any other text."""
    return text if text.startswith(("https://", "http://")) and text.isascii() and plain(text) == text else ""
