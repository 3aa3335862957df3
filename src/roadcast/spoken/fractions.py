"""Say fractions, mixed numbers and pairs of figures: 3/4, 1 1/2, 24/7, 60/40."""

from __future__ import annotations

import re
from math import gcd

from roadcast.spoken.numbers import cardinal, fraction, number, pairs, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule, word
from roadcast.spoken.slashed import BALANCE

# What people call by its figures.
_PAIRS = frozenset({"24/7", "24/6", "24/5", "9/11", "7/7", "20/20", "7/24", "50/50", "9/80"})


def _models(match: re.Match[str], reading: Reading) -> str:
    """Say the names of models, Firepower 4150/4140."""
    del reading
    return f"{match['name']}{', '.join(map(pairs, match['models'].split('/')))}"


def _mixed(match: re.Match[str], reading: Reading) -> str:
    del reading
    part = fraction(match["above"], match["below"])
    if match["above"] == "1":
        part = part.replace("one ", "an " if match["below"] == "8" else "a ", 1)
    return f"{cardinal(match['whole'])} and {part}"


def _pair(match: re.Match[str], reading: Reading) -> str:
    """Say two figures with a slash: a fraction, or a pair like 60/40."""
    del reading
    above, below = match["above"], match["below"]
    if (between := _between(match)) is not None:
        return " ".join(filter(None, (cardinal(above), between, cardinal(below))))
    if _is_fraction(above, below) and match.group() not in _PAIRS:
        return fraction(above, below)
    if len(below) > 2 and below[0] == "0":  # a paper of a year: PO 2026/0147
        return f"{year(above)} {cardinal(below)}"
    return f"{cardinal(above)} {cardinal(below)}"


def _between(match: re.Match[str]) -> str | None:
    """Give the word between two figures where what stands around tells it; None where nothing does."""
    text, start, end = match.string, match.start(), match.end()
    if _STEP.search(text, max(0, start - 9), start):
        return "of"
    if text[max(0, start - 1) : start] == "-":  # HPV-16/18
        return ""
    if _PRESSED.search(text, max(0, start - 30), start) or _is_pressure(match):
        return "over"
    if BALANCE.search(text, max(0, start - 24), start):
        return "to"
    if _is_mark(match):
        return "out of"
    if _is_count(match):
        return "of"
    business_year = 17 <= int(match["above"]) == int(match["below"]) - 1 <= 48
    return "to" if business_year and not _LENGTH.match(text, end) else None


_PRESSURE = pattern(r"\b(?:mmHg|of mercury|[Bb]lood pressure|BP|[Hh]yperten\w+|systolic)\b")


def _is_pressure(match: re.Match[str]) -> bool:
    """Tell the pressure of blood, 120/80, where a text is about it."""
    high, low = int(match["above"]), int(match["below"])
    return 70 <= high <= 260 and 30 <= low < high and _PRESSURE.search(match.string) is not None


_PRESSED = pattern(r"\b(?:[Bb]lood pressure|BP)\b\D*$")
_STEP = pattern(
    r"\b(?:[Tt]hread|[Tt]weet|[Pp]ost|[Ll]esson|[Ee]pisode|[Mm]odule|[Ss]tep|[Pp]age|[Pp]art|[Ss]lide|[Pp]hase|[Ww]eek|[Dd]ay|[Rr]ound|[Ii]tem)\s$"
)
_STARS = pattern(r"\s(?:stars?|points?|rating)\b")
_RATED = pattern(r"\b(?:[Rr]at(?:ed|ing)|[Ss]cor(?:ed?|ing)|NPS|CSAT):?\s(?:\w+\s)?$")
_PORTION = pattern(r"\s?(?:of\b|inch|mile|in\b|\")")


def _is_mark(match: re.Match[str]) -> bool:
    """Tell a mark, 8/10 or 4/5 stars, from a fraction."""
    text, start, end = match.string, match.start(), match.end()
    if match.group() == "10/10":
        return True
    if text[max(0, start - 3) : start] == "by ":
        return False
    if int(match["above"]) > int(match["below"]) or _PORTION.match(text, end):
        return False
    rated = _STARS.match(text, end) or _RATED.search(text, max(0, start - 24), start)
    return match["below"] == "10" or rated is not None


_LENGTH = pattern(r"\s?(?:of\b|inch|mile|in\.|\"|time\b)")
_DONE = pattern(
    r"\s(?:complete|done|closed|won|lost|hired|signed|filled|passed|failed|booked|ramped|live|answered|replied|attended|"
    r"used|full|filled|sold|taken|assigned|activated|licensed|occupied|confirmed|accepted|renewed|paid|shipped|delivered|tests|checks|reps|criteria|requirements|targets|goals|milestones|questions|objectives|KPIs|OKRs|met\b|calls|deals|accounts|seats|slots|steps|stages)"
)


# What a plan allows so many of: 45/100 invoices; seconds and inches are cut in parts.
_USED = pattern(r"\s(?!(?:seconds|inches|miles|degrees|cents|odds|points|splits?)\b)[a-z]{3,}s\b")


# A part of what was told before, with 2/3 delivered and about 1/2 shipped.
_ABOUT = pattern(
    r"\b(?:[Ww]ith|[Aa]bout|[Rr]oughly|[Nn]early|[Aa]lmost|[Oo]ver|some|[Aa]round|[Oo]nly|than|just)\s(?:about\s|over\s)?$"
)
_DONE_WITH = pattern(r"\s(?:[a-z]+ed|sold|won|lost|paid|met|full|done|complete|taken)\b")
_COMMON = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})


def _is_part(match: re.Match[str]) -> bool:
    if match.group() not in _COMMON or not _DONE_WITH.match(match.string, match.end()):
        return False
    return _ABOUT.search(match.string, max(0, match.start() - 16), match.start()) is not None


def _is_count(match: re.Match[str]) -> bool:
    """Tell how many of how many, 5/7 closed or 6/8: a fraction is written in its lowest terms."""
    above, below = int(match["above"]), int(match["below"])
    if above == below and match["below"] in {"3", "4", "5", "6", "8", "10", "12"}:
        return not _LENGTH.match(match.string, match.end())
    behind = match.string[match.end() :]
    if 20 <= below > above and _USED.match(behind) and match["above"][0] != "0" * (len(match["above"]) > 1):
        return True
    if not 0 < above < below or match["above"][0] == "0" or above + below == 100 or _is_part(match):
        return False
    if _DONE.match(behind):
        return True
    return gcd(above, below) > 1 and below not in {10, 100, 1000} and not _LENGTH.match(behind)


def _is_fraction(above: str, below: str) -> bool:
    """Tell a fraction from a split of a hundred, a schedule or a score."""
    high, low = int(above), int(below)
    if above[0] == "0" or below[0] == "0" or low < 2 or high + low == 100:
        return False
    return high < low or gcd(high, low) == 1


RULES = (
    word(
        r"(?<=\b[Ee]very\s)1/2(?=[\s-](?:hr|hour|mile|year|inch|meter|metre|second|point)\b)",
        "half",
        marks="/",
        cues=("every", "Every"),
    ),
    rule(
        r"(?<![\w.,/$-])(?P<above>[1-9])/(?P<below>[2-9]|10)\s?[x×](?!\w|\s?\d)",
        lambda m, _r: fraction(m["above"], m["below"]),
        marks="x×",
    ),
    rule(
        r"(?P<name>\b[A-Z][A-Za-z]+\s)(?P<models>(?!(?:19|20)\d\d)\d{4}(?:/\d{4})+)(?![\w/]|[.,]\d)",
        _models,
        marks="/",
        needs=r"\d{4}/\d{4}",
    ),
    rule(
        r"(?<![\w.,/$-])(?P<above>[1-9])/(?P<below>[3-9]|10)(?:rd|th)s?(?!\w)",
        lambda m, _r: fraction(m["above"], m["below"]),
        marks="/",
        needs=r"\d/\d\d?[rt]",
    ),
    rule(r"(?<=\d/\d)'s(?=\s(?:inch|mile))", lambda _m, _r: "", marks="/"),
    rule(r"(?<=\d/\d)\s?[-–]\s?(?=\d\d?/\d)", lambda _m, _r: " to ", marks="/"),
    rule(
        r"(?<![\w.,/$])(?P<whole>\d{1,4})(?:\s|-|\sand\s)(?P<above>[1-9]\d?)/(?P<below>[2-9]|1[0-9]|32|64)(?![\w/]|[.,]\d)",
        _mixed,
        marks="/",
    ),
    rule(
        r"(?<![\w.,/$])(?P<above>\d+\.\d+)/(?P<below>\d+(?:\.0)?)(?![\w/]|[.,]\d)",
        lambda m, _r: f"{number(m['above'])} out of {number(m['below'])}",
        marks="/",
    ),
    rule(r"(?<![\w.,/$])365/24/7(?![\w/])", lambda _m, _r: "three sixty five twenty four seven", marks="/"),
    rule(r"(?<![\w.,/$])24/7/365(?![\w/])", lambda _m, _r: "twenty four seven three sixty five", marks="/"),
    rule(r"(?<![\w.,/$])(?P<above>\d{1,7})\s?/\s?(?P<below>\d{1,7})(?![\w/]|[.,]\d)", _pair, marks="/"),
    rule(
        r"(?<![\w.,/$])\d{1,3}(?:/\d{1,3}){2,4}(?![\w/]|[.,]\d)",
        lambda m, _r: " ".join(map(cardinal, m.group().split("/"))),
        marks="/",
    ),
)
