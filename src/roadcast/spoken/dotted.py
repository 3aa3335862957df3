"""Write units that print ends with a full stop as the rules know them: 40 hrs./wk., a 5-yr./500K-mi. warranty."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import NUMBER, cardinal, number
from roadcast.spoken.rules import Reading, rule, word

_SHORT = r"(?:hrs?|yrs?|mos?|mths?|wks?|mins?|secs?|in|ft|yds?|mi|lbs?|oz|gals?|qts?|bbls?|bu|cu\sft|sq\sft|pcs?|tons?)"
_EVERY = r"(?:hr|yr|mo|mth|wk|day|min|sec|s|h|in|ft|mi|lb|gal|acre|bbl|shift|person|unit|case|load|week|month|year)"
_WHOLE = {
    "yr": "year", "mo": "month", "mth": "month", "wk": "week", "hr": "hour", "mi": "mile", "km": "kilometer",
    "lb": "pound", "gal": "gallon", "ft": "foot", "acre": "acre", "unit": "unit", "cycle": "cycle", "day": "day",
}  # fmt: skip
_WHOLE |= {name: name for name in _WHOLE.values()}
_SCALES = {"k": "thousand", "K": "thousand", "M": "million"}
_FAR = {"km": "kilometer", "mi": "mile", "miles": "mile", "mile": "mile", "hrs": "hour", "hours": "hour"}
_NOUN = r"(?=\s(?!(?:last|this|in|of|and|or|to|per|at|by|from)\b)[a-z])"
_ONE = "|".join(_WHOLE)


def _term(match: re.Match[str], reading: Reading) -> str:
    """Say 5-yr./500K-mi. before what lasts so long."""
    del reading
    more = f" {_SCALES[match['scale']]}" if match["scale"] else ""
    return f"{cardinal(match['long'])} {_WHOLE[match['one']]}, {number(match['far'])}{more} {_WHOLE[match['other']]}"


def _rate(match: re.Match[str], reading: Reading) -> str:
    """Write 40 hrs./wk. without its full stops."""
    del reading
    unit = "inches" if match["unit"] == "in" else match["unit"]
    return f"{match['amount']}{' ' if unit == 'inches' else match['gap']}{unit}/{match['every']}"


def _covered(match: re.Match[str], reading: Reading) -> str:
    """Say 5yr/150,000km before what is covered for so long."""
    del reading
    far = number(match["far"]) + (f" {_SCALES[match['scale']]}" if match["scale"] else "")
    return f"{cardinal(match['long'])} year, {far} {_FAR[match['unit']]} "


RULES = (
    rule(
        rf"(?<![\w.,$/])(?P<long>\d\d?)[-\s]?(?:yrs?|years?)\.?\s?/\s?(?P<far>{NUMBER})(?P<scale>[Kk])?[-\s]?(?P<unit>{'|'.join(_FAR)})\b\.?\s"
        r"(?=(?:[a-z]+\s)?(?:warranty|wty|warr|guarantee|cover|plan|service|powertrain)\b)",
        _covered,
        marks="/",
    ),
    word(
        r"(?<=\d\s)(?:lbs?\.?|psi)\s?/\s?sq\.?\s?in\b(?:\.(?=[,;:)]|\s[a-z]))?", "psi", cues=("lb", "lbs"), figures=True
    ),
    rule(
        rf"(?<![\w.,$/])(?P<long>\d\d?)-(?P<one>{_ONE})\.?\s?/\s?(?P<far>{NUMBER})(?P<scale>[KkM])?-(?P<other>{_ONE})\b\.?(?!\w)",
        _term,
        marks="/",
        needs=r"\d-[a-z]+\.?\s?/\s?\d",
    ),
    rule(
        rf"(?<![\w.,$/])(?P<far>{NUMBER})(?P<scale>[KkM])-(?P<other>{_ONE})\b\.?{_NOUN}",
        lambda m, _r: f"{number(m['far'])} {_SCALES[m['scale']]} {_WHOLE[m['other']]}",
        marks="-",
        needs=r"\d[KkM]-[a-z]",
    ),
    rule(
        rf"(?P<amount>\d)(?P<gap>[\s-]?)(?P<unit>{_SHORT})\./(?P<every>{_EVERY})\b(?:\.(?=[,;:)]|\s[a-z\d(]))?(?!/)",
        _rate,
        marks="/",
        needs=r"[a-z]\./[a-z]",
    ),
)
