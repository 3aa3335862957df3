"""Say business calendars: Q3, Q1-Q3, FY26, H1, 1Q26, Q3 FY26, CY25."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import ONES, ordinal, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule, word

_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"


_PREPOSITION = pattern(
    r"\b(?:in|on|of|for|from|to|vs\.?|versus|since|until|by|during|than|over|and|through|into|between|before|after|with|or)\s$",
    re.IGNORECASE,
)


def _year(figures: str | None) -> str:
    if not figures:
        return ""
    return " " + (year(figures) if len(figures) == 4 else _short(figures))


def _short(figures: str) -> str:
    """Say the two figures of a year: "05" is oh five."""
    return f"oh {ONES[int(figures)]}" if figures[0] == "0" else year(figures)


def _letters(written: str) -> str:
    return " ".join(written.upper())


def _period(match: re.Match[str], reading: Reading) -> str:
    """Say Q3, Q3'26, Q3FY26."""
    del reading
    fiscal = " F Y" if match["fiscal"] else ""
    return f"{match['kind'].upper()} {ONES[int(match['count'])]}{fiscal}{_year(match['year'])}"


def _range(match: re.Match[str], reading: Reading) -> str:
    del reading
    kind = match["kind"].upper()
    second = kind + " " if match["again"] else ""
    return f"{kind} {ONES[int(match['low'])]} to {second}{ONES[int(match['high'])]}"


def _leading(match: re.Match[str], reading: Reading) -> str:
    """Say 1Q26, the first quarter of twenty six, and 2H."""
    del reading
    kind = "quarter" if match["kind"] == "Q" else "half"
    fiscal = "F Y" if match["fiscal"] else ""
    behind = f"{fiscal}{_year(match['year'])}".strip() + (" E" if match["estimate"] else "")
    the = "the " if _PREPOSITION.search(match.string, max(0, match.start() - 8), match.start()) else ""
    business = "fiscal " if match["business"] else ""
    return f"{the}{business}{ordinal(match['count'])} {kind}" + (f" of {behind}" if behind else "")


def _fiscal(match: re.Match[str], reading: Reading) -> str:
    del reading
    again = f" {_letters(match['kind'])}" if match["again"] and match["joint"] == "to" else ""
    until, estimate = match["until"], f" {match['estimate'].upper()}" if match["estimate"] else ""
    last = f" {match['last'].upper()}" if match["last"] else ""
    said = f"{_letters(match['kind'])}{_year(match['year'])}{estimate}"
    return said + (f" to{again}{_year(until)}{last}" if until else "")


_PERIODS = ("Q", "q", "H", "h", "QFY", "HFY")

RULES = (
    rule(
        r"(?<![\w.,$€£-])(?P<months>[69]|12)M\s?(?=(?:FY|CY)\s?'?\d|20\d\d(?!\d)|'\d\d(?!\d)|(?<=9M)\d\d(?!\w))",
        lambda m, _r: f"{ONES[int(m['months'])]} months ",
        marks="M",
        cues=("M", "MFY", "MCY"),
    ),
    rule(
        r"(?<=\b[HQ][1-4]\s)(?P<year>20\d\d)/(?P<until>\d\d)(?![\d/])",
        lambda m, _r: f"{year(m['year'])} {_short(m['until'])}",
        marks="/",
    ),
    rule(
        r"(?<=\b[HQ][1-4]\s)(?P<year>\d\d)/(?P<until>\d\d)(?![\d/])",
        lambda m, _r: (
            f"{year(m['year'])} to {year(m['until'])}" if int(m["until"]) == int(m["year"]) + 1 else m.group()
        ),
        marks="/",
    ),
    word(
        r"(?<=\b[HQ][1-4][' ]\d\d)\s?[-–]\s?(?=[HQ][1-4]\b)|(?<=\b[HQ][1-4]\s20\d\d)\s?[-–]\s?(?=[HQ][1-4]\b)",
        " to ",
        marks="-–",
        figures=True,
    ),
    rule(
        r"\b(?P<kind>[QqH])(?P<low>[1-4])(?!\s[-–—]\s\d)\s?(?:-|–|—|to|/)\s?(?P<again>(?P=kind))?(?P<high>[1-4])"
        r"(?!\w|[-–.,]\d)",
        _range,
        cues="QqHh",
    ),
    rule(
        r"\b(?P<kind>[QqH])(?P<count>[1-4])"
        rf"(?:(?:\s?[/-]?\s?(?P<fiscal>FY|fy)\s?['-]?|\s?['/]\s?|[-\s](?=20\d\d\b)){_YEAR})?(?!\w)",
        _period,
        cues=_PERIODS,
    ),
    rule(
        r"(?P<when>\b(?:[Ii]n|[Oo]f|[Bb]y|[Ff]or|[Dd]uring|[Ss]ince|from|to|versus)\s)(?P<quarter>Q[1-4])(?P<year>0[5-9]|[12]\d)(?!\w)",
        lambda m, _r: f"{m['when']}Q {ONES[int(m['quarter'][1])]} {_short(m['year'])}",
        cues="Q",
        needs=r"Q[1-4]\d\d",
    ),
    rule(
        rf"\b(?P<business>F)?(?P<count>[1-4])(?P<kind>[QH])(?:\s?(?P<fiscal>FY))?\s?['-]?{_YEAR}?(?P<estimate>(?<=\d)[Ee])?(?!\w)",
        _leading,
        cues=(*_PERIODS, "F"),
    ),
    rule(
        rf"\b(?P<kind>FY|CY|fy)\s?['-]?{_YEAR}(?P<estimate>[EeA])?(?:\s?(?P<joint>[-–/]|to)\s?(?P<again>(?P=kind))?(?P<until>(?:20)?\d\d)(?P<last>[EeA])?(?![.,]\d|\s?%|\sper))?(?!\w)",
        _fiscal,
        cues=("FY", "CY", "fy"),
    ),
)
