"""Say the states and territories that stand behind a town: Toledo, OH; Boise, ID; Erie, Pa.; Carlton VIC 3053."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.abbreviations import ended
from roadcast.spoken.numbers import spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule

_STATES = tables.pairs("abbreviations", kind="state")
_DATELINES = tables.pairs("abbreviations", kind="dateline")
_TERRITORIES = tables.pairs("abbreviations", kind="territory")
# Codes that are also words, or other abbreviations.
_UNSURE = "(?:IN|ON|AB|OR|ME|OK|HI|OH|MA|PA|AL|LA|CO|DE|ID|AR)"


def _state(match: re.Match[str], reading: Reading) -> str:
    del reading
    zip_code = f" {spelled(match['zip'])}" if match["zip"] else ""
    four = f" {spelled(match['four'])}" if match["four"] else ""
    return f", {_STATES[match['state']]}{zip_code}{four}"


# Towns of the states whose codes are words: in Boise, ID, from Bangor, ME; OH and OR are nothing else behind a comma.
_AT = r"\b(?:[Ii]n|[Ff]rom|[Nn]ear|[Tt]o|[Aa]t|[Oo]f|[Oo]utside|[Vv]ia|[Aa]nd|[Oo]ur|FOB|[Bb]ased in|[Tt]he)"
_TOWN = r"(?:[A-Z][a-z]+\.?[\s-]){0,2}[A-Z][a-z]+"
_PLACED = pattern(rf"{_AT}(?:\s[A-Z][a-z]+)?\s\Z")


# Who is an MD, the managing director of something; a doctor was told with the names.
_OFFICE = pattern(r"\s(?:of\s(?!all\b)|(?:at|for)\s[A-Z]|to\s(?:the|our|its)\s(?:[A-Z]{2,4}\b|board|chair))")


def _is_office(match: re.Match[str]) -> bool:
    """Tell an office from a state: Tom Hale, MD of Lagos."""
    if match["state"] not in {"MD", "PA", "DC", "VP"}:
        return False
    return _OFFICE.match(match.string, match.end("state")) is not None


def _city(match: re.Match[str], reading: Reading) -> str:
    """Say the state behind a city, unless it is what somebody is."""
    del reading
    return match.group() if _is_office(match) else f"{match['city']}, {_STATES[match['state']]}"


def _town(match: re.Match[str], reading: Reading) -> str:
    """Say the state of a town, where the code can be nothing else or something tells that it is a town."""
    del reading
    placed = _PLACED.search(match.string, max(0, match.start() - 24), match.start())
    based = match.string.startswith("-based", match.end())
    if _is_office(match) or (not (placed or based) and match["state"] not in {"OH", "OR", "IN"}):
        return match.group()
    return f"{match['city']}, {_STATES[match['state']]}"


RULES = (
    rule(
        rf",\s(?P<state>{either(_STATES)})(?:\s(?P<zip>\d{{5}})(?:-(?P<four>\d{{4}}))?(?!\w)|(?=\s[A-Z]\d[A-Z]\s?\d[A-Z]\d\b))",
        _state,
        cues=_STATES,
    ),
    rule(
        rf"(?P<city>\b[A-Z][a-z]+),\s(?P<state>(?!{_UNSURE})(?:{either(_STATES)}))(?=$|[.,;)]|\s[a-z])",
        _city,
        marks=",",
        cues=_STATES,
        figures=False,
    ),
    rule(
        rf"(?P<city>\b[A-Z](?:[a-z]+|[A-Z]{{3,}})),\s(?P<state>{either(_STATES)})(?=[,;)]|\s?[(—–]|\s-\s)",
        _city,
        marks=",",
        cues=_STATES,
        figures=False,
    ),
    rule(
        rf"(?P<city>{_TOWN}),\s(?P<state>{either(_STATES)})(?=$|[.,;)]|\s(?:[a-z]|\d|[(–—-])|-based\b)",
        _town,
        marks=",",
        cues=_STATES,
        figures=False,
    ),
    rule(
        rf"(?<=[A-Za-z],\s)(?P<state>{either(_DATELINES)})\.(?=[,;:)]|\s?[-–—(/]|$)",
        lambda m, _r: _DATELINES[m["state"]],
        marks=".",
        cues=_DATELINES,
        figures=False,
    ),
    rule(
        rf"(?P<to>\b(?:in|of|to|from|near|across|northern|southern|eastern|western)\s)(?P<state>{either(_DATELINES)})\.",
        lambda m, _r: ended(m["to"] + _DATELINES[m["state"]], m),
        marks=".",
        cues=_DATELINES,
        figures=False,
    ),
    rule(
        r"(?<=[a-z]),?\s(?P<state>NSW|VIC|QLD|TAS|SA|WA|NT|ACT)\s(?P<code>\d{4})(?!\w|[.,]\d)",
        lambda m, _r: f", {_TERRITORIES[m['state']]} {spelled(m['code'])}",
        cues=_TERRITORIES,
    ),
)
