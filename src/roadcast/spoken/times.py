"""Say clock times, ranges of them, and how long a race took."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import ONES, cardinal, number, spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule, word

_HALF = r"(?P<half>\s?(?:[AaPp]\.?\s?[Mm]\b\.?(?!\w)))"
_START = r"(?<![\w.,$/:-])"


def _minutes(figures: str, reading: Reading) -> str:
    return f" {reading.zero} {ONES[int(figures)]}" if figures[0] == "0" else f" {cardinal(figures)}"


def _half(written: str | None) -> str:
    """Say AM and p.m. by letters; a full stop behind it that ends a sentence is put back by `_stop`."""
    if not written:
        return ""
    return " A M" if "a" in written.lower() else " P M"


def _stop(match: re.Match[str]) -> str:
    """Give back the full stop that ended the sentence as well as "p.m."."""
    text, end = match.string, match.end()
    behind = text[end:].lstrip()[:1] if len(text) - end < 4 else text[end : end + 4].lstrip()[:1]
    return "." if match.group().endswith(".") and (not behind or behind.isupper()) else ""


def clock(hour: str, minute: str | None, half: str | None, reading: Reading) -> str:
    """Say a time of day: three thirty P M, ten o'clock, fifteen hundred, nine oh five."""
    said = cardinal(str(int(hour)))
    if minute and minute != "00":
        return said + _minutes(minute, reading) + _half(half)
    if half or not minute:
        return said + _half(half)
    return f"{said} o'clock" if 0 < int(hour) <= 12 else f"{said} hundred"


# What runs from 00:00 on, and is no time of day.
_ELAPSED = pattern(
    r"\b(?i:recordings?|video|clip|audio|podcast|episode|track|song|elapsed|remaining|laps?|splits?|pace|duration|timestamps?|runtime|"
    r"countdown|verses?|scores?|scored|timer|stopwatch|"
    r"personal best|time of|in a time|mm:ss|min:sec)\b|:\d\d\s?(?:mins?|minutes|per|/)\b"
)


# An hour of the afternoon beside it tells which half of the day 07:20 is in; so does Zulu time.
_FULL_CLOCK = pattern(r"(?<![\d:.,])(?:1[3-9]|2[0-3]):[0-5]\d(?!\d)|\d:\d\d U T C\b")


def _morning(hour: str, minute: str, text: str) -> str:
    """Say AM for 05:00: with the nought before it the hour is one of twenty four."""
    if hour[0] != "0" or not int(hour) or _ELAPSED.search(text):
        return ""
    return "" if minute != "00" and _FULL_CLOCK.search(text) else " A M"


def _counted(unit: str, figures: str) -> str:
    return f"{cardinal(str(int(figures)))} {unit}{'' if int(figures) == 1 else 's'}"


def _time(match: re.Match[str], reading: Reading) -> str:
    if match["seconds"]:
        if match["half"] or _IN_ZONE.match(match.string, match.end()):
            clocked = clock(match["hour"], match["minute"], None, reading)
            return f"{clocked} and {_counted('second', match['seconds'])}{_half(match['half'])}{_stop(match)}"
        parts = zip(("hour", "minute", "second"), (match["hour"], match["minute"], match["seconds"]), strict=True)
        hours, minutes, seconds = (_counted(unit, figures) for unit, figures in parts)
        return f"{hours} {minutes} and {seconds}{_half(match['half'])}{_stop(match)}"
    early = "" if match["half"] else _morning(match["hour"], match["minute"], match.string)
    said = clock(match["hour"], match["minute"], early or match["half"], reading)
    return said + _stop(match)


def _military(match: re.Match[str], reading: Reading) -> str:
    """Say 0630 hrs and 1400 hours."""
    hour, minute = match["hour"], match["minute"]
    said = f"{reading.zero} {ONES[int(hour)]}" if hour[0] == "0" else cardinal(hour)
    return f"{said}{' hundred' if minute == '00' else _minutes(minute, reading)} hours"


def _hour(match: re.Match[str], reading: Reading) -> str:
    return clock(match["hour"], None, match["half"], reading) + _stop(match)


def _between(match: re.Match[str], reading: Reading) -> str:
    """Say hours from and to on one clock: nine to eighteen hundred hours, eight to eleven A M."""
    low, high, text = match["low"], match["hour"], match.string
    before, after = match["low_minute"], match["minute"]
    joint = "and" if match["joint"].strip() == "and" else "to"
    if int(low) > 12 or int(high) > 12:
        first = clock(low, before if before != "00" or int(low) > 12 else None, None, reading)
        last = _on_full_clock(high, after, reading)
        last += " hours" if after == "00" and int(low) <= 12 else ""
    else:
        half = _morning(low, "00", text) and (" A M" if int(low) < int(high) < 12 or high[0] == "0" else "")
        first = clock(low, None if before == "00" else before, None, reading)
        last = clock(high, after, half, reading)
    return f"{first} {joint} {last}"


def _on_full_clock(hour: str, minute: str, reading: Reading) -> str:
    """Say 18:00 as eighteen hundred, 06:00 as oh six hundred and 06:30 as oh six thirty."""
    said = f"{reading.zero} {ONES[int(hour)]}" if hour[0] == "0" else cardinal(hour)
    return said + (" hundred" if minute == "00" else _minutes(minute, reading))


def _range(match: re.Match[str], reading: Reading) -> str:
    low_half = match["low_half"]
    minute = match["low_minute"]
    plain_hour = minute == "00" and (match["half"] or low_half)
    low = clock(match["low"], None if plain_hour else minute, low_half, reading)
    return f"{low} to {clock(match['hour'], match['minute'], match['half'], reading)}{_stop(match)}"


def _lap(match: re.Match[str], reading: Reading) -> str:
    """Say 7:39.89, minutes and seconds with decimals."""
    seconds, _, decimals = match["seconds"].partition(".")
    return f"{cardinal(match['minutes'])}{_minutes(seconds, reading)} point {spelled(decimals)}"


def _zone(match: re.Match[str], reading: Reading) -> str:
    """Say the letters of a time zone, not "estimated"."""
    del reading
    return f" {' '.join(re.findall('[A-Za-z]', match['zone'])).upper()}"


def _offset(match: re.Match[str], reading: Reading) -> str:
    """Say GMT+1 and UTC-5."""
    sign = "plus" if match["sign"] == "+" else "minus"
    minute = _minutes(match["minute"], reading) if match["minute"] and match["minute"] != "00" else ""
    return f"{match['zone']} {sign} {cardinal(str(int(match['hour'])))}{minute}"


def _zulu(match: re.Match[str], reading: Reading) -> str:
    early = _morning(match["hour"], match["minute"], match.string)
    return " " + clock(match["hour"], match["minute"], early, reading) + (" U T C" if match["zulu"] else "")


_LAPSED = pattern(r"\d\d:0[1-9]")


def _ratio(match: re.Match[str], reading: Reading) -> str:
    if _LAPSED.fullmatch(match.group()):  # forty one minutes and seven seconds
        return f"{cardinal(match['a'])}{_minutes(match['b'], reading)}"
    return f"{number(match['a'].replace(',', ''))} to {number(match['b'])}"


_MINUTE = r"(?P<minute>[0-5]\d)"
_HOUR = r"(?P<hour>[01]?\d|2[0-4])"

_ZONE = r"(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|IST)\b"
_IN_ZONE = pattern(rf"\s\(?{_ZONE}")
_CLOCK = r"(?:1[0-2]|[1-9])"
_WORDED = ("noon", "midnight", "midday", "Noon", "Midnight", "Midday")

# Where hours are told, so that 2-10p is no price.
_OPEN = (
    r"\b(?:[Oo]pen|[Hh]ours|[Ss]hifts?|[Dd]aily|[Ww]eek(?:day|end)s?|[Ww]indow|[Ss]lots?|[Dd]elivery|[Hh]appy|[Mm]eetings?|"
    r"[Bb]runch|[Ll]unch|[Dd]inner|[Cc]lass|[Mm]tg|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Tues|Thur|Thurs)(?:days?)?|[ECMP][SD]?T)\b"
)
_OPENED = pattern(_OPEN)
_PRICED = pattern(r"(?i:\b(?:shares?|dividends?|prices?|pence|stocks?|lit(?:re|er)s?|kWh|bids?)\b|£)")


def _short(match: re.Match[str], reading: Reading) -> str:
    """Write out 11a-12:30p and 10p-6a, unless both are pence."""
    del reading
    first, half = (match[part].strip().lower()[:1] for part in ("first", "half"))
    if first in {"", "p"} and half == "p" and (_PRICED.search(match.string) or not _OPENED.search(match.string)):
        return match.group()
    return f"{match['low']}{first and first + 'm'}-{match['high']}{half}m"


# Before money, which would take the "p" of 2:30p for pence.
EARLY = (
    rule(r"(?<=\d:\d\d)[ap](?![\w'])", lambda m, _r: f" {m[0].upper()}M", marks=":", cues="ap"),
    rule(
        rf"(?<![\w.,$€£:-])(?P<low>{_CLOCK}(?::[0-5]\d)?)(?P<first>[ap]|\s?[AP]M)\s?[-–]\s?"
        rf"(?P<high>{_CLOCK}(?::[0-5]\d)?)(?P<half>[ap]|\s?[AP]M)(?![\w'])",
        _short,
        marks="-–",
        cues=("a", "p", "AM", "PM"),
        needs=r"\d[ap](?:\s?[-–]|\b)",
    ),
    rule(
        rf"(?<![\w.,$€£:-])(?P<low>{_CLOCK})(?P<first>)\s?[-–]\s?(?P<high>{_CLOCK})(?P<half>[ap])(?![\w'])",
        _short,
        marks="-–",
        cues="ap",
        needs=_OPEN,
    ),
    rule(
        rf"(?<![\w.,$€£:-])(?P<hour>{_CLOCK}(?::[0-5]\d)?)(?P<half>[ap])(?=\s?[-–]\s?(?:noon|mid(?:night|day))\b)"
        rf"|(?<=noon-|noon–)(?P<until>{_CLOCK}(?::[0-5]\d)?)(?P<late>[ap])(?![\w'])",
        lambda m, _r: f"{m['hour'] or m['until']}{m['half'] or m['late']}m",
        cues=_WORDED,
    ),
    rule(
        rf"(?P<when>\b(?:[Dd]ue|EOD|COB|[Uu]ntil|[Tt]ill?|ETA|[Ss]tarts|[Ee]nds|[Oo]pens|[Aa]rrives|[Dd]eadline|[Mm]tg|[Mm]eeting|[Dd]emo|"
        rf"[Ss]tandup|[Pp]ickup):?\s(?:at\s)?)(?P<hour>{_CLOCK})(?P<half>[ap])(?![\w'/]|\s(?:an?|per|each|dividend|more|less|off|higher|lower|above|below|up|down|ahead|stronger|weaker)\b)",
        lambda m, _r: f"{m['when']}{m['hour']} {m['half'].upper()}M",
        cues="ap",
        needs=r"\d[ap]\b",
    ),
    rule(
        rf"(?<![\w.,$€£:-])(?P<low>{_CLOCK})"
        rf"(?P<first>a|(?=\s?[-–]\s?\d\d?[ap]\s{_ZONE})p?|(?:(?<=day\s\d)|(?<=day\s\d\d)|(?<=@\s\d))p?)\s?[-–]\s?"
        rf"(?P<high>{_CLOCK})(?P<half>[ap])(?![\w'])",
        lambda m, _r: f"{m['low']}{m['first'] and m['first'] + 'm'}-{m['high']}{m['half']}m",
        marks="-–",
        cues="ap",
        needs=r"\d[ap]\b",
    ),
    rule(
        rf"(?:(?<=@)|(?<=@\s)|(?<=day\s)|(?<=Mon\s|Tue\s|Wed\s|Thu\s|Fri\s)|(?<=Thurs\s)|(?={_CLOCK}[ap]\s{_ZONE}))"
        rf"(?<![\w.,$€£:-])(?P<hour>{_CLOCK})(?P<half>[ap])(?![\w'])",
        lambda m, _r: f"{m['hour']} {m['half'].upper()}M",
        cues="ap",
        needs=r"\d[ap]\b",
    ),
)

_HALVES = ("am", "pm", "AM", "PM", "Am", "Pm", "aM", "pM", "m", "M")

RULES = (
    rule(
        r"\b(?P<zone>UTC|GMT)\s?(?P<sign>[-–+])\s?(?P<hour>\d\d?)(?::?(?P<minute>[0-5]\d))?(?![\w:])",
        _offset,
        cues=("UTC", "GMT"),
    ),
    rule(
        r"(?<=\d)(?P<half>\s?[AaPp]\.?\s?[Mm]\b\.?)\s?(?P<zone>[ecmp]\.?[sd]\.?t|[ecmp]\.?t|gmt|utc|bst|c\.?e\.?s?\.?t|ist)\b\.?(?=\W|$)",
        lambda m, r: m["half"] + _zone(m, r),
        cues=_HALVES,
    ),
    word(r"(?<=\d:\d\d)Z(?!\w)", " U T C", cues="Z", marks=":"),
    rule(rf"(?<=[a-z\d])T{_HOUR}:{_MINUTE}(?::00)?(?P<zulu>Z)?(?![\w:])", _zulu, marks="T"),
    rule(rf"{_START}(?P<minutes>\d{{1,2}}):(?P<seconds>[0-5]\d\.\d+)(?![\w:])", _lap, marks=":"),
    rule(
        rf"(?<=\d){_HALF}?\s?[-–—]\s?(?=(?:{'|'.join(_WORDED)})\b)",
        lambda m, _r: f"{_half(m['half'])} to ",
        cues=_WORDED,
    ),
    rule(rf"\b(?P<low>{'|'.join(_WORDED)})\s?[-–—]\s?(?=\d)", lambda m, _r: f"{m['low']} to ", cues=_WORDED),
    rule(
        r"(?<![\w.,$/:-])(?P<low>[01]?\d|2[0-4])(?::(?P<low_minute>[0-5]\d))?(?P<low_half>\s?[AaPp]\.?[Mm]\.?)?"
        rf"\s?(?:-|–|—|to)\s?(?P<hour>[01]?\d|2[0-4])(?::(?P<minute>[0-5]\d))?{_HALF}",
        _range,
        cues=_HALVES,
    ),
    rule(
        rf"{_START}(?P<low>[01]?\d|2[0-4]):(?P<low_minute>[0-5]\d)"
        rf"(?P<joint>\s?[-–—]\s?|\s(?:to|until|till?)\s|(?:(?<=between\s\d:\d\d)|(?<=between\s\d\d:\d\d))\sand\s)"
        rf"{_HOUR}:{_MINUTE}(?!\w|:\d|\.\d|\s?[AaPp]\.?[Mm]\b)",
        _between,
        marks=":",
    ),
    rule(
        rf"{_START}(?P<low>{_CLOCK})(?P<low_half>)(?P<low_minute>)\s?[-–]\s?{_HOUR}:{_MINUTE}(?P<half>)(?![\w:-]|\.\d)",
        _range,
        marks=":",
        needs=r"\d\s?[-–]\s?\d\d?:",
    ),
    rule(
        rf"{_START}(?P<low>{_CLOCK}):(?P<low_minute>[0-5]\d)(?P<low_half>)\s?[-–]\s?(?P<hour>{_CLOCK})(?P<minute>)(?P<half>)"
        r"(?![\w:%-]|[.,/]\d)",
        _range,
        marks=":",
        needs=r":\d\d\s?[-–]\s?\d",
    ),
    rule(rf"{_START}{_HOUR}:{_MINUTE}(?::(?P<seconds>[0-5]\d))?(?!:?\d|\.\d){_HALF}?", _time, marks=":"),
    rule(rf"{_START}(?P<hour>1[0-2]|0?[1-9])\.(?P<minute>[0-5]\d)(?P<seconds>)?{_HALF}", _time, cues=_HALVES),
    rule(rf"{_START}(?P<hour>1[0-2]|0?[1-9]){_HALF}", _hour, cues=_HALVES),
    rule(
        rf"(?:{_START}(?=0)|(?<=\b[Aa]t\s|\b[Bb]y\s|\b[Tt]o\s)|(?<=from\s)|(?<=until\s)|(?<=after\s)|(?<=before\s))"
        rf"(?P<hour>[01]\d|2[0-3]){_MINUTE}\s?(?:hrs|hours)\b",
        _military,
        cues=("hrs", "hours"),
    ),
    rule(
        r"(?<![\w.,:/$€£-])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s(?P<zone>[ECMP][SD]?T|GMT|UTC|CES?T|BST|IST|AE[SD]T|SGT|LT|Z(?:ulu)?)\b",
        lambda m, r: _military(m, r).removesuffix("hours") + m["zone"],
        needs=r"\d{4}\s[A-Z]",
    ),
    rule(
        r"(?<=@\s)(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w%]|[.,:/]\d)",
        lambda m, r: _military(m, r).removesuffix(" hours"),
        needs=r"@\s0\d{3}",
    ),
    rule(
        r"(?<![\w.,:/-])(?P<a>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?::|\s:\s|(?<=ratio\sof\s\d):\s)(?P<b>\d+(?:\.\d+)?)(?![\w:])",
        _ratio,
        marks=":",
    ),
)
