"""Make any text safe for XML and short enough for podcast apps."""

from __future__ import annotations

import re

# XML 1.0, production 2 (Char): everything else cannot be written, not even as a reference
_NOT_XML = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]|[\ud800-\udfff]|[\ufffe\uffff]")
NAME_LIMIT = 255  # PSP-1: characters of a node's text, unless said otherwise
TEXT_LIMIT = 4_000  # PSP-1 and Apple: bytes of a description


def line(text: str, limit: int = NAME_LIMIT) -> str:
    """Make one line of at most `limit` characters without spaces at its edges."""
    flat = " ".join(clean(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def block(text: str, limit: int = TEXT_LIMIT) -> str:
    """Keep paragraphs; cut at the last space before `limit` bytes of UTF-8."""
    whole = clean(text).strip()
    data = whole.encode()
    if len(data) <= limit:
        return whole
    kept = data[: limit - len("…".encode())].decode(errors="ignore")
    return (kept.rsplit(maxsplit=1)[0] if " " in kept else kept) + "…"


def clean(text: str) -> str:
    """Leave out what XML cannot say: control characters, halves of surrogate pairs, non-characters."""
    return _NOT_XML.sub("", text)
