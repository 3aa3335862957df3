"""Write hours with a colon where people part them with a full stop: 10am-5.30pm, at 19.45, the 07.42 from Leeds."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern

_FREE = r"(?<![\w.,:/$€£+~<>-])"
_CLOCK = r"(1[0-2]|0?[1-9])\.([0-5]\d)"
_FULL = r"([01]?\d|2[0-3])\.([0-5]\d)"
_HALF = r"\s?[AaPp]\.?[Mm]\b"
_TO = r"\s?(?:[-–—]|to)\s?"

# Half a day behind it, or behind the end of a range, and nothing else is meant: 9.30-5.30pm.
_HALVED = pattern(
    rf"{_FREE}{_CLOCK}(?={_HALF}|{_TO}\d\d?(?:[.:][0-5]\d)?{_HALF})"
    rf"|(?:(?<=\d-)|(?<=\d–)|(?<=[AaPp][Mm]-)|(?<=[AaPp][Mm]–)){_CLOCK}(?={_HALF})"
)
# Noughts before the hour, 08.00–18.00: no figure of a measure is written so.
_RANGE = pattern(rf"{_FREE}(0\d)\.([0-5]\d)({_TO}){_FULL}(?![\w%]|[.,:]\d|\seach\b)")
_PLANNED_RANGE = pattern(rf"{_FREE}{_FULL}(\s?[-–]\s?){_FULL}(?![\w%]|[.,:]\d|\seach\b)")
# What goes at an hour and is called by it.
_NAMED = pattern(
    rf"(?<=\b[Tt]he\s){_FULL}(?=\s(?:(?:from|to|for|out\sof|via)\s[A-Z]|"
    r"(?:train|bus|coach|flight|ferry|tram|sailing|service|departure|crossing|slot)\b))"
)
# What begins at an hour and is called by it, or has it behind; hours of quarters, which no version has.
_QUARTER = r"([01]?\d|2[0-3])\.([03]0|[14]5)(?![\w%]|[.,:/-]\d)"
_HELD = (
    r"(?:sessions?|slots?|meetings?|mtg|calls?|demos?|webinars?|briefings?|workshops?|talks?|panels?|keynotes?|stand-?ups?|"
    r"kick-?offs?|appointments?|viewings?|tours?|screenings?|shows?|services?|sittings?|starts?|finish|repeat|deadlines?|"
    r"check-?ins?|matinees?|performances?|classes|lectures?|departures?|arrivals?|deliver(?:y|ies)|pick-?ups?|collections?)"
)
_OF_HOUR = pattern(
    rf"(?:(?<=\b[Tt]he\s)|(?<=\b[Oo]ur\s)|(?<=\byour\s)|(?<=\bthis\s)){_QUARTER}(?=\s(?:[a-z]+\s)?{_HELD}\b)"
)
_HELD_AT = pattern(
    rf"(?<![\w-])(?i:(?:{_HELD}|lunch|dinner|breakfast|drinks|coffee|doors|meet|arrive|today|tomorrow|tmrw|tonight|"
    rf"(?:mon|tues?|weds?|wednes|thu|thurs?|fri|satur|sat|sun)(?:day)?)(?:,?\s(?:is|at|@))?):?\s{_QUARTER}"
    r"(?=[,;)]|\.?$|\.\s|\s(?:CES?T|GMT|BST|IST|SGT|UTC|AEST|tmrw|tomorrow|today|sharp|in|at|with|w/|on|and|for|for|from)\b"
    r"|\s?[-–—]\s)"
)
_EARLY = pattern(r"(\b(?:[Aa]t|from|until|till|by|before|after)\s)(0\d)\.([0-5]\d)(?![\w%]|[.,:]\d|\seach\b)")
_AT = pattern(
    rf"(\b(?:at|from|until|till|to|by)\s){_FULL}(?=[,;)]|\.?$|\.\s|\s(?:at|from|in|on|and|to|for|with|sharp|every|each|daily|"
    r"today|tomorrow|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)\b)"
)
_AND = pattern(
    rf"(?:(?<=:\d\d\sand\s)|(?<=:\d\d\sor\s)|(?<=:\d\d,\s)){_FULL}(?=[,;)]|\.?$|\.\s|\s(?:and|or|from|to|on|daily|each|every)\b)"
)
# What people meet for; an hour beside its day, or a move from one to the other, is none of a price then.
_MEETING = pattern(
    r"\b(?i:mtgs?|meetings?|demos?|calls?|appts?|appointments?|visits?|interviews?|lunch|coffee|stand-?up|training|webinar|"
    r"class(?:es)?|sessions?|pick-?up|p/u|tour|viewings?|inspections?|survey|review|workshop|QBR|kick-?off|arriv\w+|slots?|"
    r"resched\w*|F2F|Zoom)\b"
)
# What goes from one figure to another, and is no hour.
_RATED = pattern(
    r"(?i:\b(?:pric\w+|rat(?:e|es|ing|ings|io)|scor\w+|costs?|yields?|index|EPS|GPA|CSAT|NPS|margins?|avg|average|multiple|"
    r"version|build|release|v|fees?|shares?|grades?|px|bids?|spread|odds)\b)[^,;]{0,30}$"
)
_FIVES = r"(1\d|2[0-3]|0?[1-9])\.([0-5][05])"
_MOVED = pattern(rf"{_FREE}{_FIVES}(\s+(?:to|or|until|till?)\s+|\s?[-–]\s?){_FIVES}(?![\w%]|[.,:]\d|\seach\b)")
_WHEN = (
    r"(?:(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)(?:day|sday|nesday|rsday|urday)?|tmrw|tmw|tomorrow|today|tonight)"
)
_PER = pattern(r"\s?(?:/|per\b|an?\s|%|each\b|points?\b|stars?\b|out of\b)")
_BEFORE_DAY = pattern(rf"{_FREE}{_FIVES}(?=\s(?:on\s)?{_WHEN}\b)")
_BEHIND_DAY = pattern(
    rf"(\b(?:{_WHEN}\.?|\d\d?/\d\d?|\d(?:st|nd|rd|th)|(?i:mtg|meeting|demo|call|appt|visit|interview|lunch)),?"
    rf"\s(?:@|at)?\s?){_FIVES}(?=[,;)]|\.?$|\.\s|\s+[A-Za-z(@&+-])"
    r"(?!\s(?:million|billion|each|per|percent|points?|stars?|out of|avg|NPS|km|kg|m|mi|ft|hrs?|hours)\b)"
)
# A text that tells of what begins then, and of no shares.
_PLANNED = pattern(
    r"\b(?i:flights?|trains?|bus|ferry|depart\w*|arriv\w*|doors|opens?|opening|closes|starts?|kick-?off|stand-?up|retro|lunch|"
    r"dinner|breakfast|coffee|meet(?:ing)?|session|keynote|curfew|registration|reception|bell|shift|hours|"
    r"(?:mon|tues?|wed|thu|thurs?|fri|sat|sun)(?:days?)?)\b(?!.*[%$€£])"
)
_LOOKS = pattern(r"\d\.[0-5]\d(?!\d)")


# Hours of four figures, of which one begins with a nought: 2100–0500.
_FOUR = r"([01]\d|2[0-3])([0-5]\d)"
_NIGHT = pattern(rf"{_FREE}(?=\d{{4}}\s?[-–]\s?0\d{{3}}\b|0\d{{3}}\s?[-–]){_FOUR}(\s?[-–]\s?){_FOUR}(?![\w%-]|[.,:]\d)")
_SHIFT = pattern(rf"{_FREE}{_FOUR}(\s?[-–]\s?){_FOUR}(?![\w%-]|[.,:]\d)")
# A zone behind it.
_ZONED = pattern(
    rf"(?<![\w.,:$€£+<>~-]){_FULL}(?=\s(?:GMT|BST|CES?T|EES?T|UTC|IST|SGT|HKT|JST|AE[SD]T|[ECMP][SD]T|SAST|EAT)\b)"
)
_TIDE = pattern(
    rf"(?<!\w)((?i:tide|sunset|sunrise|high water|low water|moonrise)s?(?:\s(?:at|is))?\s){_FULL}(?![\w%]"
    rf"|[.,:]\d|\sm\b)"
)


def _rated(match: re.Match[str]) -> bool:
    """Tell whether a price or a score is told shortly before, or what it is the price of behind."""
    before = _RATED.search(match.string, max(0, match.start() - 48), match.start())
    return before is not None or _PER.match(match.string, match.end()) is not None


def _at(match: re.Match[str]) -> str:
    return match.group() if _rated(match) else f"{match[1]}{match[2]}:{match[3]}"


def _moved(match: re.Match[str]) -> str:
    """Write two hours with colons, unless a price or a score went from one to the other."""
    if _rated(match):
        return match.group()
    return f"{match[1]}:{match[2]}{match[3]}{match[4]}:{match[5]}"


def with_colons(text: str) -> str:
    """Write the hours of a text with a colon: 5.30pm as 5:30pm."""
    if ("-" in text or "–" in text) and _NIGHT.search(text):
        text = _SHIFT.sub(r"\1:\2\3\4:\5", text)
    if not _LOOKS.search(text):
        return text
    text = _MOVED.sub(_moved, text) if _MEETING.search(text) else text
    text = _ZONED.sub(r"\1:\2", _TIDE.sub(r"\1\2:\3", text))
    text = _HALVED.sub(lambda m: f"{m[1] or m[3]}:{m[2] or m[4]}", text)
    text = _RANGE.sub(r"\1:\2\3\4:\5", text)
    text = _EARLY.sub(r"\1\2:\3", _OF_HOUR.sub(r"\1:\2", _NAMED.sub(r"\1:\2", text)))
    text = _HELD_AT.sub(lambda m: m[0].replace(f"{m[1]}.{m[2]}", f"{m[1]}:{m[2]}"), text)
    if _PLANNED.search(text):
        text = _AT.sub(_at, _PLANNED_RANGE.sub(r"\1:\2\3\4:\5", text))
    if _MEETING.search(text):
        text = _BEHIND_DAY.sub(r"\1\2:\3", _BEFORE_DAY.sub(r"\1:\2", text))
    return _AND.sub(r"\1:\2", _AND.sub(r"\1:\2", text))
