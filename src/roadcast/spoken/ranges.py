"""Say plain ranges, rates and portions: 3-5, 5/day, m² per box, half a mile; and what only looks like a range."""

from __future__ import annotations

import re

from roadcast.spoken.measures import PER, SIGN, START, UNITS, plain, sign
from roadcast.spoken.numbers import NUMBER, spelled, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule


def _between(match: re.Match[str], reading: Reading) -> str:
    """Say a plain range; a number that falls is a score or a code, and "to" is right for both; 80-20 is a split."""
    del reading
    shares = (match["low"], match["high"])
    if _CODE.fullmatch(match["high"]):  # no range ends with 0417
        low = year(match["low"]) if _YEAR.fullmatch(match["low"]) else plain(match["low"])
        return f"{low} {plain(match['high'])}"
    if _LONG.fullmatch(match.group()) and int(match["low"]) > int(match["high"]):  # nor falls from 4471 to 2209
        return f"{spelled(match['low'])}, {spelled(match['high'])}"
    split = _SPLIT.match(match.string, match.end()) and all(share.isdecimal() for share in shares)
    if shares == ("50", "50") or (split and sum(map(int, shares)) == 100):
        return " ".join(map(plain, shares))
    return f"{sign(match['sign'])}{plain(match['low'])} to {plain(match['high'])}"


_YEAR = pattern(r"20\d\d")
_CODE = pattern(r"0\d+")
_LONG = pattern(r"\d{4,}-\d{4,}")
_SPLIT = pattern(r"\s(?:[a-z]+\s)?(?:rule|split|mix|ratio|model|principle|weighting|odds)\b")


def _part(match: re.Match[str], reading: Reading) -> str:
    """Say the unit behind a fraction: one quarter teaspoon, two and a half pounds."""
    del reading
    one, many = UNITS[match["unit"]]
    return f"{match['part']} {one if match['part'].startswith('one ') else many}"


def _per(match: re.Match[str], reading: Reading) -> str:
    """Say 5/day and 123.4/km²."""
    del reading
    return f"{plain(match['amount'])} per {PER[match['per']]}"


_PART = ("half", "quarter", "quarters", "third", "thirds", "fifth", "fifths", "eighth", "eighths")
_PORTIONS = (
    "m²",
    "m³",
    "ft²",
    "ft³",
    "km²",
    "GB",
    "MB",
    "TB",
    "KB",
    "kWh",
    "MWh",
    "Mbps",
    "Gbps",
    "sq ft",
    "sq. ft.",
    "sqft",
    "sq m",
    "sqm",
)
_PARTS = either(
    unit for unit in UNITS if unit == "L" or (unit.isalpha() and len(unit) > 1 and (unit.islower() or unit[-1] == "B"))
)

# What is measured over an area, without a figure: the flux in W/m², m² per box.
_AREAS = ("m²", "m³", "ft²", "ft³", "km²")
_SPREAD = ("W", "kW", "kWh", "kg", "g", "mg", "t", "lb", "lbs", *_AREAS)

RULES = (
    rule(
        rf"(?<![\w/])(?P<unit>{either(_SPREAD)})/(?:(?P<area>{either(_AREAS)})|(?<=[²³]/)(?P<per>[a-z]{{2,12}}))(?![\w/])",
        lambda m, _r: f"{UNITS[m['unit']][1]} per {PER.get(m['area'] or m['per'], m['area'] or m['per'])}",
        marks="/",
        figures=False,
        needs="[²³]",
    ),
    rule(
        rf"(?P<per>[Pp]er[ -](?:(?:average|selling|gross|net|usable|rentable|leased|leasable)\s){{0,2}})"
        rf"(?P<unit>{either(_PORTIONS)})(?![\w/-])",
        lambda m, _r: m["per"] + UNITS[m["unit"]][0],
        figures=False,
        cues=_PORTIONS,
    ),
    rule(
        r"(?P<part>\b(?:one |a |two |three |five |seven )(?:half|quarters?|thirds?|fifths?|eighths?))"
        rf"\s(?P<unit>{_PARTS})"
        r"(?:\.(?=,|\s[a-z&]))?(?!\w)",
        _part,
        figures=False,
        cues=_PART,
    ),
    rule(
        rf"{START}(?P<amount>{NUMBER})/(?P<per>{either(PER)})(?![\w/²³])(?:(?<=[a-z])\.(?=[,;:)]|\s[a-z]))?",
        _per,
        marks="/",
    ),
    rule(
        rf"{START}(?P<amount>{NUMBER})/(?P<per>[a-z]{{3,14}})(?![\w/-])",
        lambda m, _r: f"{plain(m['amount'])} per {m['per']}",
        marks="/",
    ),
    rule(
        rf"{START}{SIGN}(?<![#-])(?P<low>{NUMBER})(?:[–-]\s?|\s[–-]\s|\s–|—)(?P<high>{NUMBER})(?!\w|-(?![a-z])|[.,/:]\d)",
        _between,
        marks="-–—",
    ),
)
