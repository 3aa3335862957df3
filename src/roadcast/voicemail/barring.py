"""Read the addresses of those who must not be reached, whatever a spreadsheet or a keyboard has made of them.

Whoever is to be reached must be written well; whoever is not must be recognised however written.
"""

from __future__ import annotations

import re
import unicodedata

from roadcast.voicemail import numbers

_LOCAL = 7  # digits: so many are a telephone number that must be readable; fewer may name a mailbox


def addresses(text: str, *, region: str) -> frozenset[str]:
    """Give the number (E.164) or the mailbox that a text means, both where it may be either; none if it is neither."""
    plain = _plain(text)
    if "@" in plain:
        return frozenset(filter(None, [mailbox(plain)]))
    number = numbers.identify(plain, region=region)
    digits = sum(ch.isdigit() for ch in plain)
    box = mailbox(plain) if 0 < digits < _LOCAL or (number and plain.isdigit()) else ""
    return frozenset(filter(None, (number, box)))


def mailbox(text: str) -> str:
    """Give the mailbox that a text means, "1001" or "1001@context"; empty if it is none.

    A mailbox becomes part of a path and of a configuration file.
    """
    plain = _plain(text)
    return plain if re.fullmatch(r"[A-Za-z0-9_-]{1,40}(@[A-Za-z0-9_-]{1,40})?", plain) else ""


def _plain(text: str) -> str:
    """Take off what input methods and spreadsheets add: wide figures, hidden marks, `=`, quotes and `.0`."""
    shown = "".join(ch for ch in unicodedata.normalize("NFKC", text) if unicodedata.category(ch) != "Cf")
    bare = shown.strip(" \t\r\n='\"\u2018\u2019\u201c\u201d`")
    return re.sub(r"^(\+?\d+)[.,]0{1,2}$", r"\1", bare)
