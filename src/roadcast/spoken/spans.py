"""Say days in a row: Tues 9 to Thurs 11 June, Mon 12–Thu 15 Oct, 24, 25 and 26 December, Dec. 24, 25 and 26."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from roadcast.spoken.dates import DAYS, month, month_names
from roadcast.spoken.numbers import ordinal
from roadcast.spoken.patterns import pattern
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


_LIST = rf"(?P<days>{_DAY}(?:st|nd|rd|th)?(?:,\s{_DAY}(?:st|nd|rd|th)?){{1,5}})"
_LAST = rf"(?P<joint>,?\s(?:and|&|or)\s)(?P<last>{_DAY})(?:st|nd|rd|th)?"
_FIGURES = pattern(r"\d+")
# What has such numbers of its own, so that no day is meant.
_NUMBERED = pattern(
    r"\b(?i:in|rooms?|suites?|units?|nos?\.?|numbers?|pages?|gates?|halls?|booths?|stands?|lots?|tables?|ages?d?|levels?|versions?|weeks?|"
    r"phases?|steps?|items?|bays?|flats?|of|by|chapters?|sections?|figures?|lines?|routes?|grades?|years?|zones?)\s\Z"
)


def _rising(days: Sequence[str]) -> bool:
    return all(int(one) < int(other) for one, other in pairwise(days))


def _row(match: re.Match[str]) -> tuple[str, ...] | None:
    """List the days of a row; None if they are no days."""
    days = tuple(_FIGURES.findall(f"{match['days']} {match['last']}"))
    if not _rising(days) or _NUMBERED.search(match.string, max(0, match.start() - 12), match.start()):
        return None
    return tuple(ordinal(day.lstrip("0")) for day in days)


def _joined(days: Sequence[str], joint: str) -> str:
    return f"{', '.join(days[:-1])} {'or' if 'or' in joint else 'and'} {days[-1]}"


def _days_of(match: re.Match[str], reading: Reading) -> str:
    """Say 24, 25 and 26 December."""
    del reading
    if (days := _row(match)) is None:
        return match.group()
    the = "" if match["the"] else "the "
    return f"{match['the'] or ''}{the}{_joined(days, match['joint'])} of {month(match['month'])}"


def _month_of(match: re.Match[str], reading: Reading) -> str:
    """Say Dec. 24, 25 and 26."""
    del reading
    if (days := _row(match)) is None:
        return match.group()
    return f"{month(match['month'])} {_joined(days, match['joint'])}"


def _next_day(match: re.Match[str], reading: Reading) -> str:
    """Say 30, 31 December: two days of which one is the other's morrow."""
    del reading
    if int(match["last"]) != int(match["first"]) + 1:
        return match.group()
    the = "" if match["before"].endswith("the ") else "the "
    days = " and ".join(ordinal(match[name].lstrip("0")) for name in ("first", "last"))
    return f"{match['before']}{the}{days} of {month(match['month'])}"


# What shows that days follow a month, and no things: closed Dec. 24, 25 and 26, but not "In Dec. 24, 25 and 26 units".
_ENDED = (
    r"(?=[.,;:)!?]|$|\s\(|\s(?:in|at|for|to|from|and|we|are|is|will|were|only|with|due|as|the|our|by|on|this|if)\b)"
)

RULES = (
    rule(
        rf"(?P<in>\b[Ii]n\s)(?P<month>{_MONTH})\.?\s(?=\d\d?,\s\d\d?,?\s(?:and|or)\s\d\d?\s[a-z]{{3,}}s\b)",
        lambda m, _r: f"{m['in']}{month(m['month'])}, ",
        marks=",",
        cues=month_names(),
        needs=r"\d,\s\d",
    ),
    rule(
        rf"(?P<the>\b[Tt]he\s)?(?<![\w.,/:$€£-]){_LIST}{_LAST}\s(?:of\s)?(?P<month>{_MONTH})\b(?:\.(?=[,;)]|\s[a-z]))?(?!\s\d\d?(?!\d))",
        _days_of,
        marks=",",
        cues=month_names(),
        needs=r"\d(?:st|nd|rd|th)?,\s\d",
    ),
    rule(
        rf"(?<![\w-])(?P<month>{_MONTH})\.?\s{_LIST}{_LAST}(?!\w){_ENDED}",
        _month_of,
        marks=",",
        cues=month_names(),
        needs=r"\d(?:st|nd|rd|th)?,\s\d",
    ),
    rule(
        rf"(?P<before>\b(?:[Oo]n|[Cc]losed|[Oo]pen|[Oo]ff|[Ff]or|[Dd]ates?:?|[Dd]ays?:?|[Tt]he|[Aa]re|[Ii]s|[Hh]eld|[Aa]round|[Ff]ree|[Aa]way)\s|^|[:;(]\s?)"
        rf"(?P<first>{_DAY})(?:st|nd|rd|th)?,\s(?P<last>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b(?:\.(?=[,;)]|\s[a-z]))?(?!\s\d\d?(?!\d))",
        _next_day,
        marks=",",
        cues=month_names(),
        needs=r"\d(?:st|nd|rd|th)?,\s\d",
    ),
    rule(
        rf"(?<![\w-])(?P<from>{_WEEKDAY})\.?,?\s(?:the\s)?(?P<first>{_DAY})(?:st|nd|rd|th)?"
        rf"(?P<joint>\s?(?:-|–|—|\bto\b|\btill?\b|\buntil\b|\bthrough\b|\band\b|[&+])\s?)"
        rf"(?P<until>{_WEEKDAY})\.?,?\s(?:the\s)?(?P<last>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b(?:\.(?=[,;)]|\s[a-z]))?",
        _span,
        cues=_NAMES,
        needs=r"[a-z]\.?,?\s(?:the\s)?\d\d?(?:st|nd|rd|th)?\s?(?:[-–—&+]|to|till?|until|through|and)",
    ),
)
