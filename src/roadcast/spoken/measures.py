"""Say percentages, multiples and measures: 12%, 5-10%, 3x, 120ms, 10 GB/s, 1920x1080."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.attributive import noun_behind, of_measure
from roadcast.spoken.numbers import NUMBER, ONES, cardinal, number, plural
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule

UNITS = {written: (one, many) for written, one, many, _ in tables.rows("units")}
# Only right behind the figure: "5s" is a time, "5 s" hardly ever.
CLOSE = frozenset(row[0] for row in tables.rows("units") if row[3] == "close")
PER = tables.pairs("per")
# Behind "per" without a figure, where they can be nothing else.
_ALONE = (
    "gal",
    "km",
    "lb",
    "lbs",
    "kg",
    "kWh",
    "MWh",
    "sq ft",
    "sqm",
    "mi",
    "oz",
    "yr",
    "wk",
    "mo",
    "hr",
    "bbl",
    "GB",
    "TB",
    "MB",
)

_UNIT = (
    rf"(?:\s?-?(?P<unit>{either(set(UNITS) - CLOSE)})|(?P<close>{either(CLOSE)}))"
    rf"(?P<per>(?:/(?:{either(PER)})){{1,3}})?"
    r"(?:(?<=[a-z])\.(?=[,;:)]|\s[a-z&(]))?(?![\w²³]|-\d|/[^\W\d])"
)
_DASH = r"(?:\s?(?:-|–|to)\s?|—)"  # a long dash with spaces parts sentences
START = r"(?<![\w.,/:])(?<![A-Za-z]-)(?<![A-Za-z]\d-)"
SIGN = r"(?P<sign>[-–+±~<>])?"
_MAGNITUDE = r"(?P<magnitude>\s(?:hundred|thousand|million|billion|trillion|lakh|crore))?"

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
        or (_ATTACHED.search(match.group()) is not None and noun_behind(match.string, match.end()))
    )
    one = (match["amount"] == "1" and not magnitude) or (joined and match["unit"] != "%")
    return f"{sign(match['sign'])}{plain(match['amount'])}{magnitude} {_unit(match, one=one)}"


# A minus rather than "to", where the first is the larger: 73.8 -2.8 pts.
_MINUS = pattern(r"\s[-–]")


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
    one = one or match.group().endswith("-" + (match["unit"] or "%"))
    one = one or (match["unit"] not in _SHARES and of_measure(match.string, match.start(), match.end()))
    return f"{sign(match['sign'])}{low} to {sign(match['sign2'])}{high} {_unit(match, one=one)}"


_TIMES = r"\s?[xX×]\s?"
_ATTACHED = pattern(r"\d(?:oz|yr|mo|wk|hr|min)$")
_SIDED = frozenset({"mm", "cm", "dm", "m", "km", "in", "ft", "yd", "mi", "px", "nm", "µm"})


def _by(match: re.Match[str], reading: Reading) -> str:
    """Say 1920x1080 and 3 x 4 m; in a sum it is "times"."""
    del reading
    if match.string[match.end() :].lstrip().startswith(("=", "equals")):
        return match.group()
    sides = re.split(_TIMES, match["sides"])
    counted = match["unit"] or match["close"]
    joined = re.search("-[A-Za-z]", match.group()) is not None
    if counted and counted not in _SIDED and len(sides) == 2 and not joined:  # 4 x 1.5 V
        return f"{plain(sides[0])} x {re.split(_TIMES, match.group(), maxsplit=1)[1]}"
    if not counted and len(sides) == 2 and " " in match.group() and _far(*sides):  # 5 x 500 sheets
        return f"{plain(sides[0])} times {plain(sides[1])}"
    one = joined or of_measure(match.string, match.start(), match.end())
    unit = f" {_unit(match, one=one)}" if counted else ""
    return " by ".join(map(plain, sides)) + unit


def _sided(match: re.Match[str], reading: Reading) -> str:
    """Say 2.5 m x 4 m, and a 2.5 m x 4 m base."""
    del reading
    of_kind = of_measure(match.string, match.start(), match.end())
    sides = ((match["wide"], match["first"]), (match["long"], match["unit"]))
    return " by ".join(f"{plain(side)} {UNITS[unit][0 if of_kind or side == '1' else 1]}" for side, unit in sides)


def _far(few: str, many: str) -> bool:
    """Tell what is counted so many times from the sides of something."""
    return few.isdecimal() and int(few) < 10 and float(many.replace(",", "")) >= 10 * int(few)


_OFTEN = pattern(r"\s?/[a-z]|\s(?:per|an?|each|every|daily|weekly|monthly|quarterly|yearly|annually)\b")


def _multiple(match: re.Match[str], reading: Reading) -> str:
    del reading
    mark = " times" if match["mark"] == "×" or _OFTEN.match(match.string, match.end()) else " x"
    again = mark if match["first"] and "to" in match["joint"] else ""
    low = f"{plain(match['low'])}{again} to " if match["low"] else ""
    return f"{sign(match['sign'])}{low}{plain(match['amount'])}{mark}{' plus' if match['plus'] else ''}"


def _more(match: re.Match[str], reading: Reading) -> str:
    """Say 10+ GB, whose plus is told already."""
    del reading
    return f"{plain(match['amount'])} plus {_unit(match, one=False)}"


_PACK = pattern(r"\b(?i:(?:multi-?)?pack|case|cs|carton|ctn|tray|pk)s?(?:\s(?:of|is|was))?:?\s\Z")


def _packed(match: re.Match[str], reading: Reading) -> str:
    """Say 12/1-lb and 6/750ml, so many in a case; 1/2 lb is a fraction."""
    del reading
    packed = _PACK.search(match.string, max(0, match.start() - 16), match.start())
    if not (packed or int(match["count"]) > float(match["size"]) or float(match["size"]) >= 100):
        return match.group()
    return f"{plain(match['count'])}, {match['size']}"


def _amps(match: re.Match[str], reading: Reading) -> str:
    del reading
    one = match["amount"] == "1" or _FUSED_BY.match(match.string, match.end())
    return f"{plain(match['amount'])} {'amp' if one else 'amps'}"


_SIDES = {"N": "north", "S": "south", "E": "east", "W": "west"}
_SCALES = {"F": "Fahrenheit", "C": "Celsius"}
# What may be counted in thousands and millions: 30k mi.
_COUNTABLE = "h|mi|km|ft|sq ft|sqft|sf|lbs?|kg|kWh|MWh|GWh|kW|MW|GW|psi|hrs?|yrs?|bbl|oz|gal|ha|bu"
_GLUED = "(?:nm|mm|cm|ms|kg|km|GB|TB|MB|mAh|Wh|Ah|kW|W|V)"
_FUSED_BY = pattern(r"\s(?!max|at\b|or\b|and\b|each\b|per\b|of\b)[a-z]{3,}")
_FUSED = r"(?:service|svc|supply|panel|main|isolator|fuse|breaker|circuit|current|charger|plug|socket|max\b)"
_BOXES = r"\b(?i:containers?|cntrs?|ctrs?|reefers?|FCL|TEUs?|FEUs?|flat ?racks?|open tops?|vessel|sailing|HC|DV|port)\b"
_SIDE = either(_SIDED)
_NUMBERS = f"{'|'.join(ONES)}|[a-z]+ty(?:-[a-z]+)?"
_NOUN = rf"(?!(?:of|and|or|to|at|for|in|each|per|with|plus|from|on|is|are|equals|{_NUMBERS})\b)[a-z]{{3,}}"
_SHARED = r"(?:\s?(?P<first>%|°C|°F|°|km|kg|GB|TB|MB|ms))?"

_SQUARES = {"ft": "foot", "foot": "foot", "m": "meter", "mi": "mile", "yd": "yard", "km": "kilometer"}

RULES = (
    rule(
        rf"{START}(?P<amount>{NUMBER})-sq(?:uare)?[.\s-]{{1,2}}(?P<side>ft|foot|mi|m|yd|km)\b\.?(?=\s)",
        lambda m, _r: f"{plain(m['amount'])} square {_SQUARES[m['side']]}",
        marks="-",
        cues=("sq", "square"),
    ),
    rule(
        rf"{START}(?P<amount>\d{{1,3}})\s?-?pc(?=\s(?:[a-z]+\s)?(?:sets?|kits?|packs?|boxe?s?|meals?|bundles?|tools?|chicken|nuggets|wings|tenders)\b)",
        lambda m, _r: f"{plain(m['amount'])} piece",
        cues=("pc",),
    ),
    rule(
        r"(?<=°)\s?(?P<side>[NSEW])(?![\w/])",
        lambda m, _r: f" {_SIDES[m['side']]}",
        marks="°",
    ),
    rule(rf"(?:(?<=\dV)|(?<=\d\sV))\s?/\s?(?={NUMBER}\s?m?A\b)", lambda _m, _r: ", ", marks="/", cues="A"),
    rule(
        rf"{START}(?<!ction\s)(?<!Rule\s)(?<!ause\s)"
        rf"(?P<amount>\d+\.\d+(?=A|\sA(?:[,.;)]|$|\smax|\sat\s\d))|(?<=use\s)\d+(?=A)|(?:(?<=V, )|(?<=Hz, )|"
        rf"(?<=V[AD]C )"
        rf"|(?<=\dV )|(?<=\d V )|"
        rf"(?<=[Bb]reaker )|(?<=[Bb]reaker is )|(?<=[Ff]use is )|(?<=[Ff]use )|(?<=[Ff]eed, )"
        rf"|(?<=\bat )(?=\d+\sA(?:[.,;)]|$))){NUMBER}(?=\s?A(?![\w-]))"
        rf"|\d+(?=\s?A\s{_FUSED}))\s?A(?!\w)",
        _amps,
        cues="A",
    ),
    rule(
        rf"{START}(?P<low>\d{{2,}})/(?P<high>\d{{2,}})(?=\s?(?:[kMG]?Hz|k?V|k?W|[MGT]B|[MG]bps|bar|psi|rpm)(?!\w))",
        lambda m, _r: f"{plain(m['low'])} or {m['high']}",
        marks="/",
    ),
    rule(
        rf"{START}(?P<low>\d\.\d|\d{{1,2}})/(?P<high>\d{{1,2}})(?=\s?kV\b)",
        lambda m, _r: f"{plain(m['low'])}, {m['high']}",
        marks="/",
        cues=("kV",),
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
        r"(?<![\w.,)/-])(?P<minus>[-–])?(?P<amount>(?<=[-–])\d{1,3}|\d{1,3}\.\d)\s?(?P<scale>[FC])(?!\w|[.-]\d)",
        lambda m, _r: f"{'minus ' if m['minus'] else ''}{plain(m['amount'])} degrees {_SCALES[m['scale']]}",
        marks="FC",
        needs=r"\d\s?[FC]\b",
    ),
    rule(
        r"(?<![\w.,$-])(?P<low>16|18|25|35|45|55|65)[-–](?P<high>24|25|29|30|34|35|39|40|44|49|54|64|74)s(?!\w)",
        lambda m, _r: f"{cardinal(m['low'])} to {plural(cardinal(m['high']))}",
        marks="-–",
        cues="s",
    ),
    rule(
        rf"(?<=\bper\s)(?P<unit>{either(_ALONE)})(?![\w/'-])",
        lambda m, _r: PER[m["unit"]],
        cues=("per",),
        figures=False,
    ),
    rule(
        rf"\b(?P<scale>thousand|million|billion|lakh|crore)\s(?P<unit>{_COUNTABLE})(?![\w/])",
        lambda m, _r: f"{m['scale']} {UNITS[m['unit']][1]}",
        cues=("thousand", "million", "billion", "lakh", "crore"),
        figures=False,
    ),
    rule(
        rf"{START}(?P<wide>{NUMBER})\s?(?P<first>{_SIDE})\s?(?:[x×]|by)\s?(?P<long>{NUMBER})\s?(?P<unit>{_SIDE})"
        r"(?![\w²³/]|\s?[x×]|\sby\b)",
        _sided,
        cues=("x", "×", "by"),
        needs=r"[a-z]\s?(?:[x×]|by)\s?\d",
    ),
    rule(
        rf"{START}(?P<many>\d{{1,4}})\s?[x×]\s?(?P<long>20|40|45)[\s-]?(?:ft\.?|foot|')(?=\s?(?:HC|HQ|DV|GP|RF|OT|FR|[a-z]|[.,;)]|$))",
        lambda m, _r: f"{cardinal(m['many'])} {cardinal(m['long'])} foot",
        marks="x×",
        needs=_BOXES,
    ),
    rule(
        rf"{START}(?P<many>\d)\s?[x×]\s?(?=\d{{1,3}}[\s-]?(?:h|hrs?|min)\s(?:slots?|sessions?|calls?|meetings?|workshops?|blocks?|demos?|shifts?|webinars?)\b)",
        lambda m, _r: f"{cardinal(m['many'])} ",
        marks="x×",
    ),
    rule(
        rf"{START}(?P<many>[1-9]\d?)\s?[x×]\s(?={NUMBER}\s?(?:{either(set(UNITS) - _SIDED)})\s"
        rf"(?:[A-Z]\w*[a-z]\w*\s)?{_NOUN})",
        lambda m, _r: f"{cardinal(m['many'])} ",
        marks="x×",
        needs=r"\d\s?[x×]\s\d",
    ),
    rule(
        rf"{START}(?P<many>[2-9]|[1-9]\d)\s?[x×]\s(?={NUMBER}\s?(?:mm|cm|m|ft|in)\s"
        r"(?:pallets|lengths|rolls|cables|poles|ladders|planks|boards|leads|bars|tubes|pipes|hoses|cords|strips|containers)\b)",
        lambda m, _r: f"{cardinal(m['many'])} ",
        marks="x×",
        needs=r"\d\s?[x×]\s\d",
    ),
    rule(
        rf"{START}(?P<sides>{NUMBER}(?:[xX×]{NUMBER}|\s[x×]\s{NUMBER})+)(?:{_UNIT}|(?![\w]))",
        _by,
        marks="xX×",
        needs=r"\d(?:[xX×]|\s[x×]\s)\.?\d",
    ),
    rule(
        rf"{START}{SIGN}(?P<low>{NUMBER}){_SHARED}(?P<joint>{_DASH})(?P<sign2>[-+])?(?P<high>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _range,
        cues=("-", "–", "—", "to"),
        needs=r"\d\D{0,5}(?:[-–—]|to)\s?[-+]?\.?\d",
    ),
    rule(
        rf"{START}(?P<amount>\d,\d{{3}})\s?nm(?!\w)", lambda m, _r: f"{plain(m['amount'])} nautical miles", cues=("nm",)
    ),
    rule(rf"{START}(?P<amount>{NUMBER})\splus{_UNIT}", _more, cues=("plus",)),
    rule(
        rf"{START}{SIGN}(?<![\w.,:])(?P<amount>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _measure,
        cues=UNITS,
    ),
    rule(
        rf"{START}{SIGN}(?:(?P<low>{NUMBER})(?P<first>[xX×])?(?P<joint>{_DASH}))?(?P<amount>{NUMBER})\s?(?P<mark>[xX×])(?P<plus>\+)?"
        r"(?![\w]|\s?\d)",
        _multiple,
        marks="xX×",
    ),
)
