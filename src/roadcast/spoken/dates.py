"""Say dates, ranges of dates, years and decades."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, ordinal, pairs, plural, year
from roadcast.spoken.rules import Reading, either, rule, word

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_BY_NAME = {**{month: month for month in MONTHS}, **_SHORT}
_BY_NAME |= {name.upper(): month for name, month in _BY_NAME.items()}
_BY_NAME |= {name.lower(): month for name, month in _BY_NAME.items() if name.title() not in {"May", "March", "Mar"}}

_WEEKDAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Thur": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip

_DOT = r"(?![A-Za-z])(?:\.(?=,|\s?[-–—]|\s[\da-z']))?"  # not the full stop of the sentence
_MONTH = rf"(?P<month>(?:{either(_BY_NAME)})){_DOT}"
_UNTIL_MONTH = rf"(?P<until_month>(?:{either(_BY_NAME)})){_DOT}"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|(?<=[23])d)?"
_UNTIL = r"(?P<until>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:,?\s|-)(?P<year>1\d{3}|2[01]\d\d)|(?:,?\s'|(?<=[A-Za-z])-)(?P<short>\d\d))"
_DASH = r"\s?(?:-|–|—|to|through)\s?"
_END = r"(?![\w]|[.,:/-]\d|%)"
_START = r"(?<![\w$€£])(?<!\d[.,:/-])"


def month(name: str) -> str:
    """Give the whole name of a month."""
    return _BY_NAME[name]


def _day(figures: str) -> str:
    return ordinal(figures.lstrip("0"))


def _year(match: re.Match[str], reading: Reading) -> str:
    if match["year"]:
        return f", {year(match['year'], zero=reading.zero)}"
    return f", {pairs(match['short'])}" if match["short"] else ""


def _the(match: re.Match[str]) -> str:
    """Do not say "the the"."""
    before = match.string[max(0, match.start() - 4) : match.start()].lower()
    return "" if before.endswith("the ") else "the "


_BUILD = re.compile(r"\b(?:[Bb]uild|[Vv]ersion|[Rr]elease|v\.?)\s?$")


def _iso(match: re.Match[str], reading: Reading) -> str:
    if _BUILD.search(match.string, max(0, match.start() - 9), match.start()):
        return match.group()
    return f"{MONTHS[int(match['m']) - 1]} {_day(match['d'])}, {year(match['y'], zero=reading.zero)}"


def _figures(match: re.Match[str], reading: Reading) -> str:
    """Say 11/30/2026 and 30.11.2026; where only one order makes a date, that one."""
    first, second = int(match["a"]), int(match["b"])
    day_first = reading.day_first or match["by"] == "."
    day, of = (first, second) if day_first else (second, first)
    if of > 12:
        day, of = of, day
    if of > 12 or day > 31 or 0 in {day, of}:
        return match.group()
    full = match["y"] if len(match["y"]) == 4 else ("20" if int(match["y"]) < 70 else "19") + match["y"]
    return f"{MONTHS[of - 1]} {ordinal(str(day))}, {year(full, zero=reading.zero)}"


_INCHES = re.compile(r"\s?(?:in\b|inch|\")")


# What makes 10/12 a day: another one before it, an appointment, an hour behind it.
_APPOINTED = re.compile(
    r"(?:\d/\d\d?\s(?:to|and|through|or)|\b(?:moved?|push(?:ed)?|slip(?:ped)?|rescheduled?|postponed?|delayed|extended)"
    r"\s(?:\w+\s){0,2}to)\s$"
)
_AT = re.compile(r"\s?(?:@|at)\s?\d")


def _without_year(match: re.Match[str], reading: Reading) -> str:
    """Say 11/30 as a date where it can be nothing else, or where "on" or "by" tells that it is one."""
    first, second = int(match["a"]), int(match["b"])
    day, of = (first, second) if reading.day_first else (second, first)
    told = match["when"] or _APPOINTED.search(match.string, max(0, match.start() - 32), match.start())
    told = told or _AT.match(match.string, match.end())
    if match["b"] in {"16", "32", "64"} and _INCHES.match(match.string, match.end()):
        return match.group()
    if (match["a"], match["b"]) == ("24", "7"):  # "on 24/7 rotation" is no day in July
        return match.group()
    if of > 12 and told:
        day, of = of, day
    if of > 12 or day > 31 or 0 in {day, of} or not (told or day > 12):
        return match.group()
    return f"{match['when'] or ''}{MONTHS[of - 1]} {ordinal(str(day))}"


def _day_month(match: re.Match[str], reading: Reading) -> str:
    return f"{_the(match)}{_day(match['day'])} of {month(match['month'])}{_year(match, reading)}"


def _month_day(match: re.Match[str], reading: Reading) -> str:
    return f"{month(match['month'])} {_day(match['day'])}{_year(match, reading)}"


def _days_month(match: re.Match[str], reading: Reading) -> str:
    joint = "and" if match["joint"].strip() in {"and", "&"} else "to"
    days = f"{_the(match)}{_day(match['day'])} {joint} {_day(match['until'])}"
    return f"{days} of {month(match['month'])}{_year(match, reading)}"


def _month_days(match: re.Match[str], reading: Reading) -> str:
    joint = "and" if match["joint"].strip() in {"and", "&"} else "to"
    return f"{month(match['month'])} {_day(match['day'])} {joint} {_day(match['until'])}{_year(match, reading)}"


def _months_days(match: re.Match[str], reading: Reading) -> str:
    return (
        f"{month(match['month'])} {_day(match['day'])} to {month(match['until_month'])} {_day(match['until'])}"
        f"{_year(match, reading)}"
    )


def _days_months(match: re.Match[str], reading: Reading) -> str:
    return (
        f"{_the(match)}{_day(match['day'])} of {month(match['month'])} to the {_day(match['until'])} of"
        f" {month(match['until_month'])}{_year(match, reading)}"
    )


def _month_year(match: re.Match[str], reading: Reading) -> str:
    return f"{month(match['month'])}{_year(match, reading).replace(',', '')}"


def _months(match: re.Match[str], reading: Reading) -> str:
    return f"{month(match['month'])} to {month(match['until_month'])}{_year(match, reading).replace(',', '')}"


def _month_figures(match: re.Match[str], reading: Reading) -> str:
    """Say 03/2025."""
    return f"{MONTHS[int(match['m']) - 1]} {year(match['y'], zero=reading.zero)}"


def _months_years(match: re.Match[str], reading: Reading) -> str:
    """Say Jan 2025 - Mar 2026."""
    first, second = (year(match[name], zero=reading.zero) for name in ("from_year", "year"))
    return f"{month(match['month'])} {first} to {month(match['until_month'])} {second}"


def _years(match: re.Match[str], reading: Reading) -> str:
    """Say 2024-26 and 2019/20."""
    until = match["until"]
    joint = " " if match["joint"] == "/" else " to "
    if len(until) == 4:
        return f"{year(match['year'], zero=reading.zero)}{joint}{year(until, zero=reading.zero)}"
    short = pairs(until) if until[0] != "0" else f"{reading.zero} {cardinal(until[1])}"
    return (
        f"{year(match['year'], zero=reading.zero)}{joint}{short}"
        if int(until) > int(match["year"][2:])
        else match.group()
    )


def _decade(match: re.Match[str], reading: Reading) -> str:
    figures = match["year"]
    if figures in {"00", "10"}:
        return "two thousands" if figures == "00" else "twenty tens"
    return plural(year(figures, zero=reading.zero)) if len(figures) == 4 else plural(cardinal(figures))


def _short(match: re.Match[str], reading: Reading) -> str:
    """Say '26 and '05."""
    figures = match["short"]
    return f"{reading.zero} {cardinal(figures[1])}" if figures[0] == "0" else pairs(figures)


def _weekday(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _WEEKDAYS[match["weekday"]]


def _weekdays(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{_WEEKDAYS[match['weekday']]} to {_WEEKDAYS[match['until']]}"


_FULL = (*MONTHS, *dict.fromkeys(_WEEKDAYS.values()))
_WEEKDAY = either(_WEEKDAYS)
_JOINT = r"(?P<joint>\s?(?:-|–|—|\bto\b|\bthrough\b|\band\b|&)\s?)"
_OF = r"(?:\s|\sof\s)"
_NOT_DECADE = r"(?!\s?(?:timeout|delay|interval|window|cooldown|clip|spot|ad)\b)"

_HAS_FIGURES = r"\d[-/.]\d"

RULES = (
    rule(
        rf"\b(?P<first>{either(_FULL)})\s?[-–]\s?(?=(?:{either(_FULL)})\b)",
        lambda m, _r: f"{m['first']} to ",
        cues=_FULL,
        marks="-–",
        figures=False,
    ),
    word(r"(?<![\w-])M\s?[-–]\s?F(?![\w-])", "Monday to Friday", cues="M"),
    rule(
        rf"(?<![\w-])(?P<weekday>{_WEEKDAY})\.?\s?(?:-|–|to)\s?(?P<until>{_WEEKDAY})\b",
        _weekdays,
        figures=False,
        cues=_WEEKDAYS,
    ),
    rule(
        rf"(?:(?<=day/)|(?<![\w-]))(?P<weekday>{_WEEKDAY})"
        rf"(?:\.(?=,|\s[a-z\d])|(?=,?\s(?:\d|{either(_BY_NAME)})|\s?[/&,]\s?(?:{_WEEKDAY})\b)|\b(?<=/...)|\b(?<=/....))",
        _weekday,
        figures=False,
        cues=_WEEKDAYS,
    ),
    rule(
        rf"{_START}(?P<y>1\d{{3}}|20\d\d)(?P<by>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=by)"
        rf"(?P<d>0?[1-9]|[12]\d|3[01])(?=T?\d\d:\d\d|{_END})",
        _iso,
        marks="-/.",
        needs=_HAS_FIGURES,
    ),
    rule(
        rf"{_START}(?P<a>\d\d?)(?P<by>[/.-])(?P<b>\d\d?)(?P=by)(?P<y>(?:1\d|20)\d\d|(?<=/)\d\d){_END}",
        _figures,
        marks="-/.",
        needs=_HAS_FIGURES,
    ),
    rule(
        rf"(?P<when>\b(?:on|by|due|before|after|until|till|from|since|through|starting|ends|week of|"
        rf"[A-Z][a-z]+day,?)\s)?{_START}"
        rf"(?P<a>\d\d?)/(?P<b>\d\d?){_END}",
        _without_year,
        marks="/",
    ),
    rule(rf"{_START}{_DAY}{_JOINT}{_UNTIL}{_OF}{_MONTH}{_YEAR}?{_END}", _days_month, cues=_BY_NAME),
    rule(
        rf"{_START}{_MONTH}\s{_DAY}{_JOINT}{_UNTIL}(?!\s?(?:{either(_BY_NAME)})){_YEAR}?{_END}",
        _month_days,
        cues=_BY_NAME,
    ),
    rule(rf"{_START}{_MONTH}\s{_DAY}{_DASH}{_UNTIL_MONTH}\s{_UNTIL}{_YEAR}?{_END}", _months_days, cues=_BY_NAME),
    rule(rf"{_START}{_DAY}{_OF}{_MONTH}{_DASH}{_UNTIL}{_OF}{_UNTIL_MONTH}{_YEAR}?{_END}", _days_months, cues=_BY_NAME),
    rule(rf"{_START}{_DAY}(?:{_OF}|-){_MONTH}(?:{_YEAR})?{_END}", _day_month, cues=_BY_NAME),
    rule(rf"{_START}{_MONTH}[\s-](?:the\s)?{_DAY}{_YEAR}?{_END}", _month_day, cues=_BY_NAME),
    rule(
        rf"{_START}{_MONTH},?\s(?P<from_year>20\d\d){_DASH}{_UNTIL_MONTH},?\s(?P<year>20\d\d){_END}",
        _months_years,
        cues=_BY_NAME,
    ),
    rule(rf"{_START}{_MONTH}{_DASH}{_UNTIL_MONTH}{_YEAR}{_END}", _months, cues=_BY_NAME),
    rule(rf"{_START}(?P<m>0[1-9]|1[0-2])/(?P<y>20\d\d){_END}", _month_figures, marks="/"),
    rule(rf"{_START}{_MONTH}{_YEAR}{_END}", _month_year, cues=_BY_NAME),
    rule(
        r"(?<![\w$€£.,/-])(?P<year>1[1-9]\d\d|20\d\d)(?P<joint>/|\s?[-–—]\s?)"
        rf"(?P<until>(?:1[1-9]|20)\d\d|\d\d){_END}",
        _years,
        marks="-–—/",
    ),
    word(r"(?<=0s)\s?[-–]\s?(?='?(?:(?:19|20)\d|[2-9])0s\b)", " to ", cues="s"),
    rule(
        rf"(?<![\w.,$])'?(?P<year>(?:1[1-9]|20)\d0|[2-9]0|(?<=')[01]0)(?:'?s|\ss)\b{_NOT_DECADE}",
        _decade,
        cues="s",
    ),
    rule(r"(?<!\w)'(?P<short>\d\d)(?!\w)", _short, marks="'"),
)

# A year that stands alone: 1100 to 2099, unless it counts something.
_NOT_COUNTED = (
    r"(?!(?:is|was|has|as|this|its|his|less|does|across|plus|minus|versus|vs|thus|yes|us|focus|status|process|business|"
    r"access|success|sales|earnings|results|elections|games|olympics|series|tens|hundreds|[a-z]+ties)\b)"
)
_NOUNS = r"(?:[a-z]{2,}s|people|men|women|children|percent|million|billion)\b"
_COUNTED_NEXT = re.compile(rf"\s{_NOT_COUNTED}{_NOUNS}")
_COUNTING = re.compile(
    rf"\s(?:(?!(?:it|he|she|the|and|or|to|in|of|a|we|they)\b){_NOT_COUNTED}[a-z]+ )?{_NOT_COUNTED}{_NOUNS}"
)
_YEARLY = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|of|year|circa|early|late|mid|around|during|before|after|for|through|to|between|"
    r"summer|spring|autumn|fall|winter|and|class|calendar|fiscal)\s|[(,]\s?)$",
    re.IGNORECASE,
)


def _alone(match: re.Match[str], reading: Reading) -> str:
    figures = match.group()
    text = match.string
    told = _YEARLY.search(text, max(0, match.start() - 12), match.start()) is not None
    counts = (_COUNTED_NEXT if told else _COUNTING).match(text, match.end()) is not None
    if int(figures) >= 1900:
        return year(figures, zero=reading.zero) if told or not counts else cardinal(figures)
    if counts or (int(figures) < 1500 and not told):
        return cardinal(figures)
    return year(figures, zero=reading.zero)


YEARS = (rule(r"(?<![\w.,$€£#+])(?<!\d[-:/])(?<![A-Z]-)(?:1\d|20)\d\d(?![\w%°]|[.,:/]\d|-\d)", _alone),)
