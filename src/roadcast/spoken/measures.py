"""Say percentages, multiples, measures and plain ranges: 12%, 5-10%, 3x, 120ms, 10 GB/s, 6'2", 1920x1080."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.attributive import of_measure
from roadcast.spoken.numbers import NUMBER, cardinal, number, plural
from roadcast.spoken.rules import Reading, either, rule

UNITS = {written: (one, many) for written, one, many, _ in tables.rows("units")}
# Only right behind the figure: "5s" is a time, "5 s" hardly ever.
CLOSE = frozenset(row[0] for row in tables.rows("units") if row[3] == "close")
PER = tables.pairs("per")

_UNIT = (
    rf"(?:\s?-?(?P<unit>{either(set(UNITS) - CLOSE)})|(?P<close>{either(CLOSE)}))"
    rf"(?P<per>(?:/(?:{either(PER)})){{1,3}})?"
    r"(?:(?<=[a-z])\.(?=,|\s[a-z&(]))?(?![\w²³]|/[^\W\d])"
)
_DASH = r"(?:\s?(?:-|–|to)\s?|—)"  # a long dash with spaces parts sentences
START = r"(?<![\w.,/:])(?<![A-Za-z]-)(?<![A-Za-z]\d-)"
_SIGN = r"(?P<sign>[-–+±~<>])?"
_MAGNITUDE = r"(?P<magnitude>\s(?:hundred|thousand|million|billion|trillion))?"

_SIGNS = {
    "-": "minus ", "–": "minus ", "+": "plus ", "~": "about ", "<": "less than ", ">": "more than ",
    "±": "plus or minus ",
}  # fmt: skip


def sign(written: str | None) -> str:
    """Say what stands before a number."""
    return _SIGNS.get(written or "", "")


def plain(written: str) -> str:
    """Say a number as it is written."""
    return number(written)


def _unit(match: re.Match[str], *, one: bool) -> str:
    singular, plural = UNITS[match["unit"] or match["close"]]
    per = "".join(f" per {PER[part]}" for part in (match["per"] or "").split("/")[1:])
    return (singular if one else plural) + per


def _measure(match: re.Match[str], reading: Reading) -> str:
    del reading
    magnitude = match["magnitude"] or ""
    joined = (
        "-" in match.group()[1:].removesuffix(match["unit"] or "")
        or match.string[match.end() : match.end() + 1] == "-"
        or of_measure(match.string, match.start(), match.end())
    )
    one = (match["amount"] == "1" and not magnitude) or (joined and match["unit"] != "%")
    return f"{sign(match['sign'])}{plain(match['amount'])}{magnitude} {_unit(match, one=one)}"


# A minus rather than "to", where the first is the larger: 73.8 -2.8 pts.
_MINUS = re.compile(r"\s[-–]")


def _rises(match: re.Match[str]) -> bool:
    return float(match["low"].replace(",", "")) <= float(match["high"].replace(",", ""))


_SHARES = frozenset({"%", "pct", "pts", "pp", "ppt", "ppts", "bps", "bp"})


def _range(match: re.Match[str], reading: Reading) -> str:
    del reading
    if _MINUS.fullmatch(match["joint"]) and not _rises(match):
        return match.group()
    low, high = plain(match["low"]), f"{plain(match['high'])}{match['magnitude'] or ''}"
    first = match["first"]
    if first and ("to" in match["joint"] or first != (match["unit"] or match["close"])):
        low += " " + UNITS[first][0 if match["low"] == "1" else 1]
    one = match["high"] == "1" and not match["magnitude"] and bool(first or "to" in match["joint"])
    one = one or (match["unit"] not in _SHARES and of_measure(match.string, match.start(), match.end()))
    return f"{sign(match['sign'])}{low} to {sign(match['sign2'])}{high} {_unit(match, one=one)}"


_TIMES = r"\s?[xX×]\s?"
_SIDED = frozenset({"mm", "cm", "dm", "m", "km", "in", "ft", "yd", "mi", "px", "nm", "µm"})


def _by(match: re.Match[str], reading: Reading) -> str:
    """Say 1920x1080 and 3 x 4 m; in a sum it is "times"."""
    del reading
    if match.string[match.end() :].lstrip().startswith("="):
        return match.group()
    sides = re.split(_TIMES, match["sides"])
    counted = match["unit"] or match["close"]
    joined = re.search("-[A-Za-z]", match.group()) is not None
    if counted and counted not in _SIDED and len(sides) == 2 and not joined:  # 4 x 1.5 V
        return f"{plain(sides[0])} x {re.split(_TIMES, match.group(), maxsplit=1)[1]}"
    unit = f" {_unit(match, one=joined)}" if match["unit"] or match["close"] else ""
    return " by ".join(map(plain, sides)) + unit


_OFTEN = re.compile(r"\s?/[a-z]|\s(?:per|an?|each|every|daily|weekly|monthly|quarterly|yearly|annually)\b")


def _multiple(match: re.Match[str], reading: Reading) -> str:
    del reading
    mark = " times" if match["mark"] == "×" or _OFTEN.match(match.string, match.end()) else " x"
    again = mark if match["first"] and "to" in match["joint"] else ""
    low = f"{plain(match['low'])}{again} to " if match["low"] else ""
    return f"{sign(match['sign'])}{low}{plain(match['amount'])}{mark}{' plus' if match['plus'] else ''}"


def _between(match: re.Match[str], reading: Reading) -> str:
    """Say a plain range; a number that falls is a score or a code, and "to" is right for both; 80-20 is a split."""
    del reading
    shares = (match["low"], match["high"])
    if _CODE.fullmatch(match["high"]):  # no range ends with 0417
        return f"{plain(match['low'])} {plain(match['high'])}"
    split = _SPLIT.match(match.string, match.end()) and all(share.isdecimal() for share in shares)
    if shares == ("50", "50") or (split and sum(map(int, shares)) == 100):
        return " ".join(map(plain, shares))
    return f"{sign(match['sign'])}{plain(match['low'])} to {plain(match['high'])}"


_CODE = re.compile(r"0\d+")
_SPLIT = re.compile(r"\s(?:[a-z]+\s)?(?:rule|split|mix|ratio|model|principle|weighting|odds)\b")

_DURATION = {"d": "day", "h": "hour", "m": "minute", "s": "second"}


def _duration(match: re.Match[str], reading: Reading) -> str:
    """Say 2h 30m, 4m 30s and 1d 4h."""
    del reading
    parts = re.findall(r"(\d+)\s?([dhms])", match.group())
    return " ".join(
        f"{number(str(int(count)))} {_DURATION[unit]}{'' if int(count) == 1 else 's'}" for count, unit in parts
    )


def _part(match: re.Match[str], reading: Reading) -> str:
    """Say the unit behind a fraction: one quarter teaspoon, two and a half pounds."""
    del reading
    one, many = UNITS[match["unit"]]
    return f"{match['part']} {one if match['part'].startswith('one ') else many}"


def _many(match: re.Match[str], reading: Reading) -> str:
    """Say 1000s of leads."""
    del reading
    return plural(cardinal(match["amount"]).removeprefix("one "))


def _low(written: str | None) -> str:
    """Say the lower end of a range, 2500- of 2500-3000K."""
    return f"{cardinal(written.rstrip(' -–'))} to " if written else ""


def _per(match: re.Match[str], reading: Reading) -> str:
    """Say 5/day and 123.4/km²."""
    del reading
    return f"{plain(match['amount'])} per {PER[match['per']]}"


def _minutes(match: re.Match[str], reading: Reading) -> str:
    """Say "every 15m", which is no distance."""
    del reading
    return f"{match['when']} {cardinal(match['amount'])} {'minute' if match['amount'] == '1' else 'minutes'}"


def _packed(match: re.Match[str], reading: Reading) -> str:
    """Say 12/1-lb and 6/750ml, so many in a case; 1/2 lb is a fraction."""
    del reading
    if not (int(match["count"]) > float(match["size"]) or float(match["size"]) >= 100):
        return match.group()
    return f"{plain(match['count'])}, {match['size']}"


def _amps(match: re.Match[str], reading: Reading) -> str:
    del reading
    one = match["amount"] == "1" or _FUSED_BY.match(match.string, match.end())
    return f"{plain(match['amount'])} {'amp' if one else 'amps'}"


_SCALES = {"F": "Fahrenheit", "C": "Celsius"}
# What may be counted in thousands and millions: 30k mi.
_COUNTABLE = "mi|km|ft|sq ft|sqft|sf|lbs?|kg|kWh|MWh|GWh|kW|MW|GW|hrs?|yrs?|bbl|oz|gal|ha"
_GLUED = "(?:nm|mm|cm|ms|kg|km|GB|TB|MB|mAh|Wh|Ah|kW|W|V)"
_FUSED_BY = re.compile(r"\s(?!max|at\b|or\b|and\b|each\b|per\b|of\b)[a-z]{3,}")
_FUSED = r"(?:fuse|breaker|circuit|current|charger|plug|socket|max\b)"
_SHARED = r"(?:\s?(?P<first>%|°C|°F|°|km|kg|GB|TB|MB|ms))?"

# Where minutes are told with an "m": RPO 15m, retries after 1m, 5m, 2h.
_WAITED = (
    r"\b(?:RPO|RTO|MTTR|MTTD|TTL|[Rr]etr(?:y|ies|ied|ying)|[Bb]ackoff|[Tt]ime-?outs?|[Cc]ooldown)\b"
    r"|\d[hs],\s\d+m\b|\d+m,\s(?:\d+m,\s){0,8}\d+[hs]\b"
)

DURATIONS = (
    rule(
        r"(?<![\w.,$€£:/-])(?P<amount>\d\d?|(?:12|18|24|36|48|72)0)m(?:(?P<to>\s?[-–]\s?(?=\d+[mh]\b))|(?=$|[,.;:)/]|\s(?:and|or|to|then|after|for|interval|window|delay|max|apart|each|RPO|RTO|SLA|MTTR)\b"
        r"|\s\())",
        lambda m, _r: (
            f"{cardinal(m['amount'])} {'minute' if m['amount'] == '1' else 'minutes'}{' to ' if m['to'] else ''}"
        ),
        cues="m",
        needs=_WAITED,
    ),
    rule(r"\b(?P<when>every|ETA|TTL|[Tt]imeout|[Ii]nterval)\s(?P<amount>\d+)m(?!\w)", _minutes, cues="m"),
    rule(
        r"(?<![\w.,$€£])(?P<low>[1-9]\d00\s?[-–]\s?)?(?P<amount>[1-9]\d[05]0)K(?!\w|\s[a-z]+s\b)",
        lambda m, _r: f"{_low(m['low'])}{cardinal(m['amount'])} kelvin",
        cues="K",
    ),
    rule(
        rf"(?<![\w.,$€£])(?P<amount>{NUMBER})\sK(?![\w/&])",
        lambda m, _r: f"{plain(m['amount'])} kelvin",
        cues="K",
        needs=r"\b(?i:heat\w*|cool\w*|temperatures?|melt\w*|boil\w*|thermal|cryo\w*)\b",
    ),
    rule(r"(?<![\w.,$])(?P<amount>1(?:0{1,3}|0?0?,000))s(?=\sof\b)", _many, cues="s"),
    rule(
        r"(?<![\w.,/:])(?:\d+d\s?)?(?:\d+h\s?\d+m?(?:\s?\d+s)?|\d+m\s?\d+s|\d+d\s?\d+h)(?!\w)",
        _duration,
        cues="dhms",
    ),
)

PERCENT_AND_UNITS = (
    rule(
        rf"{START}(?P<amount>\d{{1,3}})\s?-?pc(?=\s(?:[a-z]+\s)?(?:sets?|kits?|packs?|boxe?s?|meals?|bundles?|tools?|chicken|nuggets|wings|tenders)\b)",
        lambda m, _r: f"{plain(m['amount'])} piece",
        cues=("pc",),
    ),
    rule(rf"(?<=\dV)\s?/\s?(?={NUMBER}\s?m?A\b)", lambda _m, _r: ", ", marks="/", cues="A"),
    rule(
        rf"{START}(?<!ction\s)(?<!Rule\s)(?<!ause\s)"
        rf"(?P<amount>\d+\.\d+(?=A|\sA(?:[,.;)]|$|\smax))|(?<=V, ){NUMBER}|\d+(?=\s?A\s{_FUSED}))\s?A(?!\w)",
        _amps,
        cues="A",
    ),
    rule(
        rf"{START}(?P<low>\d{{2,}})/(?P<high>\d{{2,}})(?=\s?(?:[kMG]?Hz|k?V|k?W|[MGT]B|[MG]bps)(?!\w))",
        lambda m, _r: f"{plain(m['low'])} or {m['high']}",
        marks="/",
    ),
    rule(
        rf"{START}(?P<all>{NUMBER}(?:/{NUMBER})+)(?=\s?(?:[MG]Hz|[MG]B/s|[MG]bps)(?!\w))",
        lambda m, _r: ", ".join((*map(plain, (all_ := m["all"].split("/"))[:-1]), all_[-1])),
        marks="/",
        cues=("Hz", "MHz", "GHz", "MB", "GB", "Mbps", "Gbps"),
    ),
    rule(
        rf"{START}(?P<low>\d{{1,3}})/(?P<high>\d{{1,3}})(?=(?P<unit>{_GLUED})(?!\w))",
        lambda m, _r: (
            f"{plain(m['low'])} and {m['high']}" if "nm" in m["unit"] or int(m["low"]) > int(m["high"]) else m.group()
        ),
        marks="/",
    ),
    rule(
        rf"{START}(?P<count>\d{{1,3}})/(?P<size>\d+(?:\.\d+)?)(?=[\s-]?(?:lbs?|oz|kg|g|ml|mL|L|gal|ct|pk)\b)",
        _packed,
        marks="/",
    ),
    rule(
        rf"{START}(?P<low>\d\d)/(?P<high>\d\d)(?=\s?mpg\b)",
        lambda m, _r: f"{plain(m['low'])}, {m['high']}",
        marks="/",
        cues=("mpg",),
    ),
    rule(
        rf"{START}(?P<low>\d{{2,3}})(?:°?[FC])?\s?[-–]\s?(?P<high>\d{{2,3}})(?P<scale>[FC])(?!\w)",
        lambda m, _r: f"{plain(m['low'])} to {plain(m['high'])} degrees {_SCALES[m['scale']]}",
        marks="FC",
    ),
    rule(
        rf"\b(?P<scale>thousand|million|billion)\s(?P<unit>{_COUNTABLE})(?![\w/])",
        lambda m, _r: f"{m['scale']} {UNITS[m['unit']][1]}",
        cues=("thousand", "million", "billion"),
        figures=False,
    ),
    rule(rf"{START}(?P<sides>{NUMBER}(?:[xX×]{NUMBER}|\s[x×]\s{NUMBER})+)(?:{_UNIT}|(?![\w]))", _by, marks="xX×"),
    rule(
        rf"{START}{_SIGN}(?P<low>{NUMBER}){_SHARED}(?P<joint>{_DASH})(?P<sign2>[-+])?(?P<high>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _range,
        cues=("-", "–", "—", "to"),
    ),
    rule(
        rf"{START}{_SIGN}(?<![\w.,:])(?P<amount>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _measure,
        cues=UNITS,
    ),
    rule(
        rf"{START}{_SIGN}(?:(?P<low>{NUMBER})(?P<first>[xX×])?(?P<joint>{_DASH}))?(?P<amount>{NUMBER})\s?(?P<mark>[xX×])(?P<plus>\+)?"
        r"(?![\w]|\s?\d)",
        _multiple,
        marks="xX×",
    ),
)

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

RANGES = (
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
    rule(rf"{START}(?P<amount>{NUMBER})/(?P<per>{either(PER)})(?![\w/²³])", _per, marks="/"),
    rule(
        rf"{START}(?P<amount>{NUMBER})\s?/\s?(?P<per>[a-z]{{3,14}})(?![\w/-])",
        lambda m, _r: f"{plain(m['amount'])} per {m['per']}",
        marks="/",
    ),
    rule(
        rf"{START}{_SIGN}(?<![#-])(?P<low>{NUMBER})(?:[–-]\s?|\s[–-]\s|\s–|—)(?P<high>{NUMBER})(?!\w|-(?![a-z])|[.,/:]\d)",
        _between,
        marks="-–—",
    ),
)
