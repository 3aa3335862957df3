"""Say days of the week that have their day of the month with them: Tues 9 to Thurs 11 June, Mon 12–Thu 15 Oct."""

from __future__ import annotations

import re

from roadcast.spoken.dates import DAYS, month, month_names
from roadcast.spoken.numbers import ordinal
from roadcast.spoken.rules import Reading, either, rule

_NAMES = {**DAYS, **{name: name for name in DAYS.values()}}
_WEEKDAY = either(_NAMES)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = either(month_names())


def _on(weekday: str, day: str) -> str:
    return f"{_NAMES[weekday]} the {ordinal(day.lstrip('0'))}"


def _span(match: re.Match[str], reading: Reading) -> str:
    del reading
    joint = "and" if match["joint"].strip() in {"and", "&", "+"} else "to"
    first = _on(match["from"], match["first"])
    return f"{first} {joint} {_on(match['until'], match['last'])} of {month(match['month'])}"


RULES = (
    rule(
        rf"(?<![\w-])(?P<from>{_WEEKDAY})\.?,?\s(?:the\s)?(?P<first>{_DAY})(?:st|nd|rd|th)?"
        rf"(?P<joint>\s?(?:-|–|—|\bto\b|\btill?\b|\buntil\b|\bthrough\b|\band\b|[&+])\s?)"
        rf"(?P<until>{_WEEKDAY})\.?,?\s(?:the\s)?(?P<last>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b(?:\.(?=[,;)]|\s[a-z]))?",
        _span,
        cues=_NAMES,
        needs=r"[a-z]\.?,?\s(?:the\s)?\d\d?(?:st|nd|rd|th)?\s?(?:[-–—&+]|to|till?|until|through|and)",
    ),
)
