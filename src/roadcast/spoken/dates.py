"""Say dates, ranges of dates, years and decades."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, ordinal, pairs, plural, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_BY_NAME = {**{month: month for month in MONTHS}, **_SHORT}
_BY_NAME |= {name.upper(): month for name, month in _BY_NAME.items()}
_BY_NAME |= {name.lower(): month for name, month in _BY_NAME.items() if name.title() not in {"May", "March", "Mar"}}

DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Weds": "Wednesday",
    "Thu": "Thursday", "Thur": "Thursday",
    "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip

_LETTER_DAYS = {
    "M": "Monday", "T": "Tuesday", "Tu": "Tuesday", "W": "Wednesday", "Th": "Thursday", "F": "Friday", "Sa": "Saturday",
    "Su": "Sunday",
}  # fmt: skip

_DOT = r"(?![A-Za-z])(?:\.(?=[,:;]|\s?[-–—]|\s[\da-z']))?"  # not the full stop of the sentence
_MONTH = rf"(?P<month>(?:{either(_BY_NAME)})){_DOT}"
_UNTIL_MONTH = rf"(?P<until_month>(?:{either(_BY_NAME)})){_DOT}"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|(?<=[23])d)?"
_UNTIL = r"(?P<until>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:,?\s|-)(?P<year>1\d{3}|2[01]\d\d)|(?:,?\s'|(?<=[A-Za-z])-)(?P<short>\d\d))"
_DASH = r"\s?(?:-|–|—|to|through)\s?"
END = r"(?![\w]|[.,:/-]\d|%)"
START = r"(?<![\w$€£])(?<!\d[.,:/-])"


def month_names() -> tuple[str, ...]:
    """List the names of months, long and short."""
    return tuple(_BY_NAME)


def month(name: str) -> str:
    """Give the whole name of a month."""
    return _BY_NAME[name]


def _day(figures: str) -> str:
    return ordinal(figures.lstrip("0"))


_HOUR_BEHIND = pattern(r"\s\d\d?:\d\d")


def _year(match: re.Match[str], reading: Reading) -> str:
    if match["year"]:
        pause = "," if _HOUR_BEHIND.match(match.string, match.end()) else ""
        return f", {year(match['year'], zero=reading.zero)}{pause}"
    return f", {pairs(match['short'])}" if match["short"] else ""


def _the(match: re.Match[str]) -> str:
    """Do not say "the the"."""
    before = match.string[max(0, match.start() - 4) : match.start()].lower()
    return "" if before.endswith("the ") else "the "


_BUILD = pattern(r"\b(?:[Bb]uild|[Vv]ersion|[Rr]elease|v\.?)\s?$")


# The version of a program that counts by years: 2026.1.3 has no noughts, 2026.01.03-rc1 a tail.
_CANDIDATE = pattern(r"-(?:rc|alpha|beta|dev|pre|hotfix)\b|-[a-z]+\.?\d|[+.]\d")


def _iso(match: re.Match[str], reading: Reading) -> str:
    if _BUILD.search(match.string, max(0, match.start() - 9), match.start()):
        return match.group()
    if match["by"] == "." and (len(match.group()) < 10 or _CANDIDATE.match(match.string, match.end())):
        return match.group()
    return f"{MONTHS[int(match['m']) - 1]} {_day(match['d'])}, {year(match['y'], zero=reading.zero)}"


def _day_month(match: re.Match[str], reading: Reading) -> str:
    return f"{_the(match)}{_day(match['day'])} of {month(match['month'])}{_year(match, reading)}"


def _month_day(match: re.Match[str], reading: Reading) -> str:
    if match["by"] == "-" and not match["year"] and int(match["day"]) >= 20:  # Dec-24, as tables have it
        return f"{month(match['month'])} {pairs(match['day'])}"
    return f"{month(match['month'])} {_day(match['day'])}{_year(match, reading)}"


_TOGETHER = frozenset({"and", "&", "+", "/"})


def _days_month(match: re.Match[str], reading: Reading) -> str:
    joint = "and" if match["joint"].strip() in _TOGETHER else "to"
    days = f"{_the(match)}{_day(match['day'])} {joint} {_day(match['until'])}"
    return f"{days} of {month(match['month'])}{_year(match, reading)}"


def _month_days(match: re.Match[str], reading: Reading) -> str:
    joint = "and" if match["joint"].strip() in _TOGETHER else "to"
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
    """Say Jan-Mar 2026 and Oct-Dec."""
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
    if int(until) > int(match["year"][2:]):
        return f"{year(match['year'], zero=reading.zero)}{joint}{short}"
    if (
        match["joint"] in {"-", "/"} and 1 <= int(until) <= 12 and match["year"] > "2000"
    ):  # 2027-09, as dates are sorted
        return f"{MONTHS[int(until) - 1]} {year(match['year'], zero=reading.zero)}"
    return match.group()


# What takes 30s, and lasts no ten years.
_LASTING = pattern(
    r"(?:\b(?:from|from \d0s to|(?<!0s )to|every|within|after|for|at|in|of|takes|took|under|over|than|only|or"
    r"|equals|about|timeout)\s"
    r"|[(<>~=/]\s?)$"
)


def _decade(match: re.Match[str], reading: Reading) -> str:
    figures, start = match["year"] or match["apart"], match.start()
    if figures in {"00", "10"}:
        return "two thousands" if figures == "00" else "twenty tens"
    if (
        match.group() == figures + "s"
        and len(figures) == 2
        and _LASTING.search(match.string, max(0, start - 12), start)
    ):
        return match.group()
    return plural(year(figures, zero=reading.zero)) if len(figures) == 4 else plural(cardinal(figures))


def _short(match: re.Match[str], reading: Reading) -> str:
    """Say '26 and '05."""
    figures = match["short"]
    return f"{reading.zero} {cardinal(figures[1])}" if figures[0] == "0" else pairs(figures)


def _weekday(match: re.Match[str], reading: Reading) -> str:
    del reading
    return DAYS[match["weekday"]]


def _weekdays(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{DAYS[match['weekday']]} to {DAYS[match['until']]}"


def _alone_month(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{match['before'] or ''}{month(match['month'])}"


# What is nobody's name, and what may be one but behind these.
_SURE_MONTHS = ("Feb", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec")
_SURE_DAYS = ("Tue", "Tues", "Thurs", "Thur", "Wed", "Weds", "Fri")
_WHEN = (
    r"(?P<before>\b(?:(?:[Mm]id|[Ee]arly|[Ll]ate)[-\s]|(?:[Ii]n|[Ss]ince|[Uu]ntil|[Tt]ill|[Nn]ext|[Ll]ast|[Tt]his|[Ee]very|"
    r"[Ee]nd of|start of|beginning of|half|vs\.?|versus|[Cc]lose[sd]?|[Dd]ue|[Ee]xp(?:\.|ires|iring)?|til|thru|"
    r"[Ss]tart(?:s|ed|ing)?|[Ee]nd(?:s|ed|ing)?|[Rr]enew(?:s|al)|[Ll]aunch(?:es)?|live|ETA|ETD|[Pp]ayable|"
    r"[Dd]eliver(?:y|ed)|year[- ]end|FYE|YE|"
    r"(?:[Ss]lip(?:s|ped)?|[Mm]oved?|[Pp]ush(?:ed)?|[Dd]elayed|[Ee]xtended|[Rr]olled|[Pp]ostponed)\s(?:out\s|back\s)?(?:to|into))\s))"
)

_FULL = (*MONTHS, *dict.fromkeys(DAYS.values()))
_WEEKDAY = either(DAYS)
_JOINT = r"(?P<joint>\s?(?:-|–|—|\bto\b|\bthrough\b|\band\b|[&+])\s?)"
_OF = r"(?:\s|\sof\s)"
_NOT_DECADE = r"(?!\s?(?:timeout|delay|interval|window|cooldown|clip|spot|ad)\b)"

_HAS_FIGURES = r"\d[-/.]\d"

# Behind all dates: what is left of short names of months and days.
SHORT = (
    rule(
        rf"(?P<before>(?<![\w.'-])|(?<=[Mm]id-)|(?<=early-)|(?<=late-))(?P<month>{either(_SURE_MONTHS)})(?![\w'-]|\s?[-–]\s?\w){_DOT}",
        _alone_month,
        figures=False,
        cues=_SURE_MONTHS,
    ),
    rule(
        rf"{_WHEN}(?P<month>Jan|Mar|Jun|Jul|Sep)(?![\w'-]){_DOT}",
        _alone_month,
        figures=False,
        cues=("Jan", "Mar", "Jun", "Jul", "Sep"),
    ),
    rule(
        r"(?P<before>)(?P<month>\b(?:Jan|Mar|Jun|Jul|Sep))\b\.?(?=\s(?:vs|versus)\b)",
        _alone_month,
        figures=False,
        cues=("vs", "versus"),
    ),
    rule(
        rf"(?<=\()(?P<before>)(?P<month>{either(_SHORT)})\.?(?=\))",
        _alone_month,
        marks="(",
        figures=False,
        cues=_SHORT,
    ),
    rule(
        r"(?P<before>)\b(?P<month>Jan|Mar|Jun|Jul|Sep)\.(?=\s(?:[a-z]|[YMQ]TD\b)|[,;:)])",
        _alone_month,
        marks=".",
        figures=False,
        cues=("Jan", "Mar", "Jun", "Jul", "Sep"),
    ),
    rule(
        r"(?P<before>\b(?:to|until|till|by|from|through|thru|into|of)\s)(?P<month>Jan|Mar|Jun|Jul|Sep)(?=[.,;)]|$)",
        _alone_month,
        cues=("Jan", "Mar", "Jun", "Jul", "Sep"),
        figures=False,
        needs=rf"\d/\d|\bQ (?:one|two|three|four)\b|\b(?:{either(MONTHS)})\b",
    ),
    rule(
        rf"(?<![\w.'-])(?P<weekday>{either(_SURE_DAYS)})(?![\w'-])",
        _weekday,
        figures=False,
        cues=_SURE_DAYS,
    ),
    rule(
        r"(?<=[Oo]n\s|[Bb]y\s)(?P<weekday>Mon|Thu|Sat|Sun(?=[.,;)]|$|\s?@|\s(?:at|from|and|\d)))(?![\w'-])|(?<=ext\s|ast\s|his\s)(?P<weekday2>Mon|Thu|Sat|Sun)(?![\w'-])"
        r"|(?:(?<=\ba\s)|(?<=[Cc]losed\s)|(?<=[Oo]pen\s))(?P<weekday3>Mon|Thu|Sat|Sun)\b(?:\.(?=\s[&+])|\.?(?=[),;.]|$))"
        r"|(?<![\w.'-])(?P<weekday5>Mon|Thu)(?=\.?$|[,;)])"
        r"|(?:(?<=[Bb]ack\s)|(?<=[Cc]all\s)|(?<=[Mm]eet\s)|(?<=ntil\s)|(?<=till\s)|(?<=[Dd]ue\s)|(?<=EOD\s)|(?<=COB\s)|(?<=ffice\s)|(?<=gain\s)|(?<=ming\s))(?P<weekday6>Sat|Sun)(?=\.?$|[,;)])"
        r"|\b(?P<weekday4>Mon|Thu)(?=\s(?:till?|until|from|at|only|noon|am\b|pm\b|AM\b|PM\b|\d))",
        lambda m, _r: DAYS[
            m["weekday"] or m["weekday2"] or m["weekday3"] or m["weekday4"] or m["weekday5"] or m["weekday6"]
        ],
        figures=False,
        cues=("Mon", "Thu", "Sat", "Sun"),
    ),
)

WEEKDAYS = (
    rule(
        r"(?P<before>\b(?:[AaPp]\.?[Mm]\.?|\d\d?:[0-5]\d|until|till?|through|thru|to|from|since|before|back|next|last|every|each|except|excluding)\s)"
        r"(?P<weekday>Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?:\.(?=[,;)])|(?=[,;)]|\.?$|\s\())",
        lambda m, _r: m["before"] + DAYS[m["weekday"]],
        figures=False,
        cues=DAYS,
    ),
    rule(
        rf"\b(?P<first>{either(_FULL)})\s?[-–]\s?(?=(?:{either(_FULL)})\b)",
        lambda m, _r: f"{m['first']} to ",
        cues=_FULL,
        marks="-–",
        figures=False,
    ),
    word(r"(?<![\w-])M\s?[-–]\s?F(?![\w-])", "Monday to Friday", cues="M"),
    rule(
        r"(?<![\w-])(?P<first>M|Tu|T|W|Th|F|Sa)[-–](?P<last>Tu|W|Th|F|Sa|Su)(?=:?,?\s\d)",
        lambda m, _r: f"{_LETTER_DAYS[m['first']]} to {_LETTER_DAYS[m['last']]}",
        cues=("M", "Tu", "T", "W", "Th", "F", "Sa"),
    ),
    rule(
        rf"(?<![\w-])(?P<weekday>{_WEEKDAY})\.?\s?(?:-|–|to)\s?(?P<until>{_WEEKDAY})\b(?:\.(?=\s\d))?",
        _weekdays,
        figures=False,
        cues=DAYS,
    ),
    rule(
        rf"(?:(?<=day/)|(?<![\w-]))(?P<weekday>{_WEEKDAY})"
        rf"(?:\.(?=[,;:)]|\s[a-z\d])|(?=,?\s(?:\d|{either(_BY_NAME)})|\s?[/&,]\s?(?:{_WEEKDAY})\b)|\b(?<=/...)|\b(?<=/....))",
        _weekday,
        figures=False,
        cues=DAYS,
    ),
)

RULES = (
    rule(
        rf"{START}(?P<y>1\d{{3}}|20\d\d)(?P<by>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=by)"
        rf"(?P<d>0?[1-9]|[12]\d|3[01])(?=T?\d\d:\d\d|{END})",
        _iso,
        marks="-/.",
        needs=_HAS_FIGURES,
    ),
    rule(
        rf"{START}(?P<day>\d\d?)\.\s?[-–]\s?(?P<until>\d\d?)\.\s?(?=(?:{either(_BY_NAME)})\b)",
        lambda m, _r: f"{m['day']}-{m['until']} ",
        marks="-–",
        cues=_BY_NAME,
        needs=r"\d\.\s?[-–]",
    ),
    rule(rf"{START}{_DAY}{_JOINT}{_UNTIL}{_OF}{_MONTH}{_YEAR}?{END}", _days_month, cues=_BY_NAME),
    rule(
        rf"{START}{_MONTH}\s{_DAY}{_JOINT}{_UNTIL}(?!\s?(?:{either(_BY_NAME)})){_YEAR}?{END}",
        _month_days,
        cues=_BY_NAME,
    ),
    rule(
        rf"{START}{_MONTH}\s{_DAY}(?P<joint>/){_UNTIL}{_YEAR}?{END}",
        lambda m, r: _month_days(m, r) if int(m["until"]) == int(m["day"]) + 1 else m.group(),
        cues=_BY_NAME,
        marks="/",
    ),
    rule(
        rf"{START}{_DAY}(?P<joint>/){_UNTIL}\s{_MONTH}{_YEAR}?{END}",
        lambda m, r: _days_month(m, r) if int(m["until"]) == int(m["day"]) + 1 else m.group(),
        cues=_BY_NAME,
        marks="/",
    ),
    word(
        rf"(?:(?<=day\s)|(?<=day,\s))(?=(?:[12]?\d|3[01])(?:st|nd|rd|th)\b(?!\s(?:of|stg|stage|round|interview|floor|flr|call|visit|attempt|time|half|shift|fix|{either(MONTHS)}|{either(_SHORT)})\b))",
        "the ",
        figures=True,
        needs=r"day,?\s\d",
    ),
    rule(rf"{START}{_MONTH}\s{_DAY}{_DASH}{_UNTIL_MONTH}\s{_UNTIL}{_YEAR}?{END}", _months_days, cues=_BY_NAME),
    rule(rf"{START}{_DAY}{_OF}{_MONTH}{_DASH}{_UNTIL}{_OF}{_UNTIL_MONTH}{_YEAR}?{END}", _days_months, cues=_BY_NAME),
    rule(rf"{START}{_DAY}(?:{_OF}|-){_MONTH}(?:{_YEAR})?{END}", _day_month, cues=_BY_NAME),
    rule(rf"{START}{_MONTH}(?P<by>[\s-])(?:the\s)?{_DAY}{_YEAR}?{END}", _month_day, cues=_BY_NAME),
    rule(
        rf"(?P<first>\b(?:{either(_BY_NAME)})\.?\s'\d\d)\s?[-–]\s?(?=(?:{either(_BY_NAME)})\b)",
        lambda m, _r: m["first"] + " to ",
        marks="'",
        cues=_BY_NAME,
    ),
    rule(
        rf"{START}{_MONTH},?\s(?P<from_year>20\d\d){_DASH}{_UNTIL_MONTH},?\s(?P<year>20\d\d){END}",
        _months_years,
        cues=_BY_NAME,
    ),
    rule(rf"{START}{_MONTH}{_DASH}{_UNTIL_MONTH}(?:{_YEAR})?{END}", _months, figures=False, cues=_BY_NAME),
    rule(
        rf"(?<![\w.'/-])(?P<month>{either(_SHORT)})/(?P<other>{either(_SHORT)})(?![\w'/-])",
        lambda m, _r: f"{month(m['month'])} slash {month(m['other'])}",
        marks="/",
        figures=False,
        cues=_SHORT,
    ),
    rule(rf"{START}(?P<m>0?[1-9]|1[0-2])/(?P<y>20\d\d){END}", _month_figures, marks="/"),
    rule(rf"{START}{_MONTH}{_YEAR}{END}", _month_year, cues=_BY_NAME),
    *SHORT,
    rule(
        r"(?<![\w$€£.,/-])(?P<year>1[1-9]\d\d|20\d\d)(?P<joint>/|\s?[-–—]\s?)"
        rf"(?P<until>(?:1[1-9]|20)\d\d|\d\d){END}",
        _years,
        marks="-–—/",
    ),
    word(r"(?<=0s)\s?[-–]\s?(?='?(?:(?:19|20)\d|[2-9])0s\b)", " to ", cues="s"),
    rule(
        rf"(?<![\w.,$])'?(?:(?P<year>(?:1[1-9]|20)\d0|[2-9]0|(?<=')[01]0)'?s|(?P<apart>(?:1[1-9]|20)\d0)\ss)\b{_NOT_DECADE}",
        _decade,
        cues="s",
    ),
    rule(r"(?<!\w)'(?P<short>\d\d)(?!\w)", _short, marks="'"),
)
