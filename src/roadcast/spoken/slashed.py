"""Say dates that are all figures: 11/30/2026, 30.11.2026, 11/30, 10/6-10/17."""

from __future__ import annotations

import re
from dataclasses import replace
from math import gcd

from roadcast.spoken.dates import END, MONTHS, START
from roadcast.spoken.numbers import ordinal, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule

# Days and months of all dates in a sentence stand in one order: 1/12/2026 to 24/12/2026.
_LATE_FIRST = pattern(r"(?<![\w./])(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/(?:\d{4}|\d\d)(?![\w/])")
_LATE_SECOND = pattern(r"(?<![\w./])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:\d{4}|\d\d)(?![\w/])")


def _figures(match: re.Match[str], reading: Reading) -> str:
    """Say 11/30/2026 and 30.11.2026; where only one order makes a date, that one."""
    first, second = int(match["a"]), int(match["b"])
    day_first = match["by"] == "." or _days_first(match.string, reading)
    day, of = (first, second) if day_first else (second, first)
    if of > 12:
        day, of = of, day
    if of > 12 or day > 31 or 0 in {day, of}:
        return match.group()
    full = match["y"] if len(match["y"]) == 4 else ("20" if int(match["y"]) < 70 else "19") + match["y"]
    return f"{MONTHS[of - 1]} {ordinal(str(day))}, {year(full, zero=reading.zero)}"


def _days_first(text: str, reading: Reading) -> bool:
    """Tell in which order a sentence writes its dates: as one of them shows, or else as the team does."""
    shown = bool(_LATE_FIRST.search(text)), bool(_LATE_SECOND.search(text))
    return shown[0] if shown[0] != shown[1] else reading.day_first


# What a pair of figures sums up, and is no day.
BALANCE = pattern(
    r"\b(?:[Oo]dds(?:\s(?:are|is|of|at|were|to))?|[Ff]avou?rite\sat|[Oo]utsider\sat|[Ww]in/[Ll]oss|[Ww]on/[Ll]ost|W/L|[Ii]n/[Oo]ut|[Oo]pen/[Cc]losed?):?\s$"
)
# What is cut into parts: 9/4 inches, a 3/2 split.
_PARTED = pattern(
    r"-?\s?(?:in\b(?!\s(?:[A-Z]|the\b|our\b|their\b|a\b))|inch|\"|cup|mile|hour|lbs?\b|yard|ratio|split|mix|odds|blend|time\b|win\b|of\b|"
    r"[KMGT]B\b|[KMG]?Hz\b|[MG]bps\b|mm\b|nm\b|kg\b|oz\b|V\b|A\b|W\b|AWG\b)"
)
# What makes 10/12 a day: another one before it, an appointment, an hour behind it, the beginning of a note.
_APPOINTED = pattern(
    r"(?:\d/\d\d?\s(?:to|through)|\d/(?:1[3-9]|2\d|3[01])\s(?:and|or)|\b(?:moved?|push(?:ed)?|slip(?:ped)?|rescheduled?|postponed?|delayed|extended|extension|ext\.?)"
    r"\s(?:\w+\s){0,2}to)\s$"
)
_AT = pattern(r"\s?(?:@|at)\s?\d|,?\s(?:\d\d?(?::\d\d)?\s?[AaPp]\.?[Mm]\b|\d\d?:\d\d)")
_NOTED = pattern(r":\s|\s?[-–—]\s")
_BEFORE = (
    r"(?P<when>\b(?:on|by|By|due|before|after|until|till|til|from|since|through|thru|as of|(?i:VM|LVM|LM|starting|"
    r"starts?|ends?|ending|commencing|week of|wk of|w/c|w/e|EOD|COB|EOB|BOD|meeting|mtg|call|demo|onsite|visits?|"
    r"kickoff|launch(?:es)?|go-live|QBR|EBR|UAT|outage|incident|webinar|summit|interview|review|check-in|kick-off|trial|pilot|"
    r"back|closed?|closes|renews|renewal|expires?|effective|eff\.|dated|signed|sent|received|recd|rec'd|"
    r"rcvd|shipped|arrives|departs|returns|deadline|ETA|RSVP|opens|live|payable|(?:\w+[- ])?date|left|emailed|called|"
    r"met|pinged|submitted|booked|rcv'd|cut-?off|vote|dinner|lunch|breakfast|expo|trade ?show|conference|tasting|"
    r"party|hearing|inspection|walk-?through|pick-?up|p/u|rcpt|receipt|shipment|mandate|closing|move-?in|install|seen|DOL|ETD|"
    r"no[- ]show|resched(?:'d|uled)?|scheduled|posted|updated|issued|ordered|paid|invoiced|delivered|joined|filed|"
    r"last (?:contact(?:ed)?|log-?in|seen|touch(?:ed)?|visit|activity|order|meeting|call|email)|next step)"
    r"|[A-Z][a-z]+day,?):?\s(?:[A-Z]{2,4}\s)?)?"
)


# One day behind another: LM 3/3, 3/5, 3/8.
_CHAIN = pattern(_BEFORE.removesuffix("?") + r"(?:\d\d?/\d\d?(?:,|\s&|,?\sand)\s)+$")
_DAY = pattern(r"(?<![\w./])(?P<a>0?[1-9]|1[0-2])/(?P<b>0?[1-9]|[12]\d|3[01])(?=[,;.](?:\s|$)|$)")
# What a fraction may follow as well: half closed, half open, back a third.
_WEAK = pattern(r"(?i:left|met|paid|ordered|delivered|filed|booked|back|live|opens|closed?|demo|call|ends?)\b")
_COMMON = frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")})


def _day(a: str, b: str, reading: Reading, *, told: bool) -> str | None:
    """Say two figures as a day if they can be one: where it was told, or where they are no part of one."""
    first, second = int(a), int(b)
    day, of = (first, second) if reading.day_first else (second, first)
    if of > 12 and told:
        day, of = of, day
    if of > 12 or day > 31 or 0 in {day, of} or not (told or _sure(a, b, reading)):
        return None
    return f"{MONTHS[of - 1]} {ordinal(str(day))}"


def _sure(a: str, b: str, reading: Reading) -> bool:
    """Tell a day from a fraction: 11/30 and 11/9."""
    first, second = int(a), int(b)
    return (first if reading.day_first else second) > 12 or first > second > 0


def _listed(text: str, start: int, reading: Reading) -> bool:
    """Tell whether a day stands shortly before or behind: RC 3/22, GA 4/5."""
    return any(_sure(one["a"], one["b"], reading) for one in _DAY.finditer(text, max(0, start - 24), start + 24))


# Sevenths and ninths are nobody's; but 4/7 may be a mark, a step, or a share of something.
_MARKS = pattern(
    r"(?:\b(?:is|was|were|are|got|gets?|scored?|rated|rating|rank(?:ed|s)?|passed|won|hit|of|at|only|just|about|nearly|almost|some|and|or|to|than|"
    r"step|page|part|slide|phase|week|day|round|item|thread|tweet|post|lesson|episode|module|chapter|size|NPS|CSAT)\s"
    r"|[\d.,%$€£:=~<>(+-]\s?)$",
    re.IGNORECASE,
)
# What is so wide and so high, or so many hours of so many.
_SHAPES = frozenset({"16/9", "16/10", "21/9", "18/9", "16/8", "18/6", "20/4", "24/5", "24/6", "24/7", "20/10"})
_EVENT = pattern(r"\s(?:deadline|meeting|mtg|call|demo|launch|close|event|visit|webinar|release|workshop|session)\b")
_CLOSED = pattern(r"[,;.)](?:\s|$)|\s\(|$")


def _odd(match: re.Match[str]) -> bool:
    """Tell a day that would make an odd fraction, "call Jo 4/7.", behind a word and at the end of what is said."""
    text, start, end = match.string, match.start(), match.end()
    late = int(match["a"]) > 12 >= int(match["b"]) > 0 and match.group() not in _SHAPES  # 31/3 is no fraction
    if not (late or match["b"] in {"7", "9", "11"}) or (match["a"], match["b"]) == ("9", "11") or start == 0:
        return False
    if late and _EVENT.match(text, end):
        return True
    return _CLOSED.match(text, end) is not None and (late or _MARKS.search(text, max(0, start - 12), start) is None)


def _among(match: re.Match[str], reading: Reading) -> bool:
    """Tell a day that begins a note, or stands with other days."""
    text, start, end = match.string, match.start(), match.end()
    if start == 0 and _NOTED.match(text, end):
        return True
    return _CHAIN.search(text, max(0, start - 40), start) is not None or _listed(text, start, reading)


_MIXED = pattern(r"\d\s$")
_PARTS = frozenset({("1", "2"), ("1", "4"), ("3", "4"), ("1", "8"), ("3", "8"), ("5", "8"), ("7", "8")})


# By what part something changed: cut energy use by 1/3, a bill down by 1/4; and what is due then all the same.
_CHANGED = pattern(
    r"\b(?i:cut(?:s|ting)?(?!\s?over)|(?:reduc|lower|trimm?|decreas|declin|increas|slash|shorten|shav|improv|rais|expand|widen|"
    r"narrow|slow|lift|boost|climb|soften|swell|multipl|shrink|exceed|outpac|outperform|undercut|rebound|dip|slump|surg|soar|"
    r"plung|jump|contract|shift)(?:s|es|e|ed|ing|ies|ied)?|reduction|shrank|shrunk|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?(?!\s?off)"
    r"|r[io]se[sn]?|rising|gr[eo]w(?:s|n|ing|th)?|up|down|ahead|behind|short)\b(?:[^.;!?:]|\.\d){0,70}$"
)
_DUE = pattern(
    r"\b(?:due|done|effect|place|signed|ready|live|back|in|out|here|effective|approved|sent|submitted|shipped|complete[d]?)\s$"
)
_COMPARED = pattern(r"\s(?:compared|versus|vs|relative|over\sthe|on\saverage|from\sits|thanks\sto|year\sover)\b")


_BESIDE = pattern(r"\s(?:to|or|and)\s\d{1,2}/(\d{2,3})(?![\d/])")


def _is_change(match: re.Match[str]) -> bool:
    """Tell by what part something changed from the day by which it shall."""
    text, start = match.string, match.start()
    above, below = int(match["a"]), int(match["b"])
    if (
        match["when"] not in {"by ", "By "}
        or not 0 < above < below <= 10
        or gcd(above, below) > 1
        or match["a"][0] == "0"
    ):
        return False
    if _DUE.search(text, max(0, start - 12), start):
        return False
    return bool(_COMPARED.match(text, match.end()) or _CHANGED.search(text, max(0, start - 90), start))


def _enclosed(match: re.Match[str]) -> bool:
    """Tell a day in brackets of its own: Friday (27/11)."""
    text, start, end = match.string, match.start(), match.end()
    return int(match["a"]) > 12 >= int(match["b"]) and text[start - 1 : start] == "(" and text[end : end + 1] == ")"


def _without_year(match: re.Match[str], reading: Reading) -> str:
    """Say 11/30 as a date where it can be nothing else, or where "on" or "by" tells that it is one."""
    text, start, end = match.string, match.start(), match.end()
    balance = BALANCE.search(text, max(0, start - 24), start)
    if (
        (match["a"], match["b"]) == ("24", "7") or balance or _PARTED.match(text, end) or _is_change(match)
    ):  # "on 24/7 rotation" is no day in July
        return match.group()
    if _MIXED.search(text, max(0, start - 2), start) and (match["a"], match["b"]) in _PARTS:  # +9 1/2
        return match.group()
    told = (
        match["when"] or _enclosed(match) or _APPOINTED.search(text, max(0, start - 32), start) or _AT.match(text, end)
    )
    if (other := _BESIDE.match(text, end)) and int(other[1]) > 31:  # down from 1/20 to 1/50
        return match.group()
    weak = told and _WEAK.match(text, start) and not _AT.match(text, end) and (match["a"], match["b"]) in _COMMON
    if weak and not _listed(text, start, reading):
        return match.group()
    told = told or _odd(match) or _among(match, reading)
    day = _day(match["a"], match["b"], reading, told=bool(told))
    return f"{match['when'] or ''}{day}" if day else match.group()


def _range(match: re.Match[str], reading: Reading) -> str:
    ends = ((match["a"], match["b"]), (match["c"], match["d"]))
    if any(int(second) > 12 for _first, second in ends) != any(int(first) > 12 for first, _second in ends):
        reading = replace(reading, day_first=any(int(first) > 12 for first, _second in ends))  # 24/12–2/1
    told = bool(match["when"]) or any(_sure(a, b, reading) for a, b in ends)
    days = [_day(a, b, reading, told=told) for a, b in ends]
    if None in days or _PARTED.match(match.string, match.end()):
        return match.group()
    return f"{match['when'] or ''}{days[0]} to {days[1]}"


# Threads are written like days: a 1/4-20 screw.
_SCREW = pattern(r"\b(?i:screws?|bolts?|nuts?|thread\w*|taps?|tapped|UN[CF]|studs?|holes?)\b")


def _days(match: re.Match[str], reading: Reading) -> str:
    """Say 10/14-16."""
    told = bool(match["when"]) or _SCREW.search(match.string) is None or _sure(match["a"], match["b"], reading)
    day = _day(match["a"], match["b"], reading, told=told)
    if reading.day_first or day is None or not int(match["b"]) < int(match["until"]) <= 31:
        return match.group()
    return f"{match['when'] or ''}{day} to {ordinal(match['until'])}"


def _of_month(match: re.Match[str], reading: Reading) -> str:
    """Say 12–16/10, days of a month, which no fraction is: 2-13/16 has more below than above."""
    del reading
    first, last, of = (int(match[name]) for name in ("first", "last", "of"))
    if not (0 < first < last and 12 < last <= 31 and 0 < of <= 12):
        return match.group()
    return f"the {ordinal(str(first))} to {ordinal(str(last))} of {MONTHS[of - 1]}"


RULES = (
    rule(
        r"(?<![\w./-])(?P<first>\d\d?/\d\d?/(?:20)?\d\d)\s?[-–—]\s?(?=\d\d?/\d\d?/(?:20)?\d\d(?![\w/]))",
        lambda m, _r: m["first"] + " to ",
        marks="/",
        needs=r"/\d+/\d+\s?[-–—]",
    ),
    rule(
        rf"{START}(?P<a>\d\d?)(?P<by>[/.-])(?P<b>\d\d?)(?P=by)(?P<y>(?:1\d|20)\d\d|(?<=/)\d\d){END}",
        _figures,
        marks="-/.",
        needs=r"\d[-/.]\d",
    ),
    rule(
        rf"{START}(?<![–-])(?P<first>\d\d?)\s?–\s?(?P<last>\d\d?)/(?P<of>\d\d?){END}",
        _of_month,
        marks="–",
        needs=r"\d\s?–\s?\d\d/\d",
    ),
    rule(
        rf"{_BEFORE}{START}(?P<a>\d\d?)/(?P<b>\d\d?)\s?[-–—]\s?(?P<c>\d\d?)/(?P<d>\d\d?){END}",
        _range,
        marks="/",
        needs=r"\d/\d\d?\s?[-–—]\s?\d\d?/",
    ),
    rule(
        rf"{_BEFORE}{START}(?P<a>\d\d?)/(?P<b>\d\d?)[-–](?P<until>\d\d?){END}",
        _days,
        marks="/",
        needs=r"\d/\d\d?[-–]\d",
    ),
    rule(rf"{_BEFORE}{START}(?P<a>\d\d?)/(?P<b>\d\d?){END}", _without_year, marks="/", needs=r"\d/\d"),
)
