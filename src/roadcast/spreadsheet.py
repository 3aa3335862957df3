"""Keep spreadsheets from running a text: which ones they take for a formula, and how to write those."""

from __future__ import annotations

import re

# OWASP, "CSV Injection", and ASVS 5.0, 1.2.10: signs, also in full width; a tab, line end or NUL at the beginning.
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# What is dropped on the way into a cell, or not seen in it: quotes, spaces, control characters, marks without width.
_BEFORE = r"\"'\uff02\uff07\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_FORMULA = re.compile(rf"[\t\n\r\0]|[{_BEFORE}]*[{_SIGNS}]")


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula, also without what nobody sees before it."""
    return _FORMULA.match(text) is not None


def disarm(text: str) -> str:
    """Put a quote before a text that a spreadsheet may take for a formula; others stay as they are."""
    return f"'{text}" if is_formula(text) else text
