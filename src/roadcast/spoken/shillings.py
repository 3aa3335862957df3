"""Say pounds, shillings and pence as they were until 1971: £3 10s., £12 7s. 6d., 4s. 6d."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal
from roadcast.spoken.rules import Reading, rule


def _counted(many: str, one: str, more: str) -> str:
    return f"{cardinal(many.replace(',', ''))} {one if many == '1' else more}"


def _old(match: re.Match[str], reading: Reading) -> str:
    """Say how many of each there were; the full stop that ends a sentence stays."""
    del reading
    said = [_counted(match["pounds"], "pound", "pounds")] if match["pounds"] else []
    said.append(_counted(match["shillings"], "shilling", "shillings"))
    if match["pence"]:
        said.append(_counted(match["pence"], "penny", "pence"))
    ended = match[0].endswith(".") and not match.string[match.end() :].strip()
    return " ".join(said) + ("." if ended else "")


_SHILLINGS = r"(?P<shillings>1?\d)s\b\.?"
_PENCE = r"(?P<pence>1[01]|\d)(?:\s?1/2)?d\b\.?"

RULES = (
    rule(
        rf"£(?P<pounds>\d[\d,]*),?\s{_SHILLINGS}(?:,?\s?{_PENCE})?(?!\w|\s(?:ads?|spots?|clips?|slots?|timeouts?|delays?)\b)",
        _old,
        marks="£",
        cues="s",
    ),
    rule(
        rf"(?<![\w.,:/$€£-])(?P<pounds>(?!)\d)?{_SHILLINGS},?\s?{_PENCE}(?!\w)",
        _old,
        cues="d",
        needs=r"\ds\.?,?\s?\d+d\b",
    ),
)
