"""Say feet, inches and what is so long by so wide: 6'2", a 5" screen, 5 ft 6 in, 9' x 11'."""

from __future__ import annotations

import re

from roadcast.spoken.attributive import noun_behind, of_measure
from roadcast.spoken.measures import START, plain
from roadcast.spoken.numbers import NUMBER, fraction
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule


def _height(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{plain(match['feet'] or match['far'])} foot {plain(match['inches'] or match['more'])}"


def _inches(match: re.Match[str], reading: Reading) -> str:
    del reading
    if match["mark"] and _quoted(match):
        return match.group()
    joined = match.string[match.end() : match.end() + 1] == "-" or _of_kind(match)
    return f"{plain(match['amount'])} {'inch' if match['amount'] == '1' or joined else 'inches'}"


def _of_kind(match: re.Match[str]) -> bool:
    """Tell whether inches say of what kind something is: a 27" monitor, the 2 1/2" version, 2" washers."""
    text, start, end = match.string, match.start(), match.end()
    return any(one.match(text, end) for one in (_WIDE, _PIECE, _MADE)) or of_measure(text, start, end)


# What has so many inches: a 27" monitor.
_WIDE = pattern(
    r"\s(?:[a-z]+\s|(?:[48]K|U?HD|FHD|QHD|smart)\s)?(?:QLED|LED|monitor|display|screen|laptop|tablet|TV|panel|notebook|model|disk|drive|wheel|rack|pipe|touchscreen|SSD|HDD|LCD|OLED|pitch|tyre|tire|rim)s?\b"
)


def _feet(match: re.Match[str], reading: Reading) -> str:
    del reading
    if _OPENED.search(match.string, 0, match.start()):
        return match.group()
    if _TIMED.search(match.string):
        return f"{plain(match['amount'])} minutes"
    of_kind = of_measure(match.string, match.start(), match.end()) or _BOX.match(match.string, match.end())
    return f"{plain(match['amount'])} {'foot' if of_kind else 'feet'}"


def _part_of(match: re.Match[str]) -> str:
    return fraction(match["above"], match["below"]) if match["above"] else plain(match["amount"])


_PIECE = pattern(
    r"(?:\s(?:or|and|to)\s[^,.;]{1,32}?(?:\"|\binch))?\s(?:[A-Z]{2,4}\s)?(?:[a-z]+\s)?(?:pipes?|flanges?|valves?|pipework|fittings?|bolts?|"
    r"screws?|hoses?|valves?|vlvs?|flanges?|flgs?|drives?|threads?|plywood|tub(?:e|es|ing)|rebar|nipples?|couplings?|elbows?|bits?|sockets?|"
    r"plate|board|rods?|nuts?|studs?)\b"
)


# What is made in sizes of so many inches.
_MADE = pattern(
    r"\s(?:(?:and|or|to)\s\d[\d/ ]*\"\s)?(?:[a-z]+\s)?(?:versions?|models?|sizes?|variants?|washers?|gaskets?|hinges?|"
    r"casters?|brackets?|clamps?|strips?|tiles?|labels?|cards?|envelopes?|boxes|panels?|sheets?|blades?|filters?|fans?|"
    r"ducts?|vents?|grilles?|reducers?|adapters?|connectors?|inlets?|outlets?|mains?|lines?|studs?|ply|plywood|drill|chisels?|stock|planks?|beams?|"
    r"joists?|posts?|slabs?|layers?|gaps?|reveals?|pizzas?|cakes?|pans?|trays?|subs?|mattress(?:es)?|binders?|tape|foam|"
    r"insulation|conduits?|cables?|wires?|guidewires?|needles?|stents?|bearings?|shafts?|impellers?|pulleys?|belts?|wheels?|rims|tires)(?![\w'])"
)


def _of_inches(match: re.Match[str], part: str, whole: str = "") -> str:
    """Say a part of an inch, 3/4 of it or more: three quarter inch pipe, two and a half inches."""
    if whole and match["above"] == "1":
        part = part.replace("one ", "an " if match["below"] == "8" else "a ", 1)
    if "-in" in match.group() or _of_kind(match):
        return f"{whole}{part.replace('quarters', 'quarter')} inch"
    return f"{whole}{part} {'inches' if whole else 'inch'}"


def _quoted(match: re.Match[str]) -> bool:
    """Tell whether the mark behind a number closes a quotation rather than meaning inches."""
    before = match.string[max(0, match.start() - 200) : match.start()]
    opened = max(before.rfind(' "'), before.rfind('("'), -1 if not before.startswith('"') else 0)
    return opened >= 0 and not re.search(r'[^\s\d]"', before[opened + 2 :])


# A text about an agenda counts minutes.
_TIMED = pattern(
    r"(?i:\b(?:agenda|keynote|coffee|break|q&a|rounds?|minutes?|interview|session|workshop|talk|trains?|delay|departure|boarding|gate)\b)"
)
_BOX = pattern(r"\s(?:HC|DV|GP|RF|FR|OT|HQ|RH)\b")  # kinds of containers
# An opening quote: what stands behind a number may close it.
_OPENED = pattern(r"(?<!\w)'(?!\d)")

RULES = (
    rule(
        rf"{START}(?P<low>{NUMBER})\s?[-–]\s?(?P<high>{NUMBER})(?:\"|\s?in\.)(?=[\s,;)]|$)",
        lambda m, _r: m.group() if _quoted(m) else f"{plain(m['low'])} to {plain(m['high'])} inches",
        marks="-–",
        needs=r'\d\s?[-–]\s?\d[\d.]*(?:"|\s?in\.)',
    ),
    rule(
        rf"{START}(?P<whole>\d{{1,3}})[ -](?P<above>\d\d?)/(?P<below>[248]|16|32|64)"
        r"(?:\"|[\s-]?in\.)(?=[\s,;:)]|\.?$|\.\s)",
        lambda m, _r: _of_inches(m, fraction(m["above"], m["below"]), f"{plain(m['whole'])} and "),
        marks="/",
        needs=r'\d/\d\d?(?:"|[\s-]?in\.)',
    ),
    rule(
        rf"{START}(?P<feet>\d+)\s?(?:ft|feet|foot)\.?,?\s(?P<inches>\d+)\s?in(?:ch(?:es)?|\.)?(?!\w)",
        lambda m, _r: f"{plain(m['feet'])} feet {plain(m['inches'])} inches",
        cues=("ft", "feet", "foot"),
    ),
    rule(
        rf"{START}(?P<sides>{NUMBER}\"(?:\s?[xX×]\s?{NUMBER}\")+|{NUMBER}(?:\s?[xX×]\s?{NUMBER})+(?:\"|\sin(?:ch(?:es)?\b|\.(?=\s[a-z(]|[,;:)])|(?=$|[.,;)]))))(?:\s?[xX×]\s?(?P<feet>\d+)')?",
        lambda m, _r: (
            f"{' by '.join(map(plain, re.findall(NUMBER, m['sides'])))} inch"
            + (f"es by {plain(m['feet'])} feet" if m["feet"] else "" if _of_kind(m) else "es")
        ),
        marks="xX×",
        needs=r"[xX×]\s?[\d.]+(?:\"|\sin\b)",
    ),
    rule(
        rf"{START}(?P<wide>{NUMBER})'\s?[xX×]\s?(?P<high>{NUMBER})'(?:\s?[xX×]\s?(?P<above>\d\d?)/(?P<below>\d\d?)\")?",
        lambda m, _r: (
            f"{plain(m['wide'])} by {plain(m['high'])} {'foot' if noun_behind(m.string, m.end()) else 'feet'}"
            + (f" by {fraction(m['above'], m['below'])} inch" if m["above"] else "")
        ),
        marks="'",
    ),
    rule(
        rf"{START}(?:(?P<above>\d\d?)/(?P<below>\d\d?)|(?P<amount>{NUMBER}))\"\s?[xX×]\s?(?P<feet>\d+)'(?!\w)",
        lambda m, _r: f"{_part_of(m)} inch by {plain(m['feet'])} feet",
        marks="'",
    ),
    rule(
        rf"{START}(?P<amount>{NUMBER})'(?=\s(?:wide|deep|tall|long|high|by|[x×])\b)",
        lambda m, _r: f"{plain(m['amount'])} feet",
        marks="'",
    ),
    rule(
        rf"{START}(?P<above>\d\d?)/(?P<below>[248]|16|32)(?:\"|[\s-]?in\.)(?=[\s,;:)]|\.?$|\.\s)",
        lambda m, _r: _of_inches(m, fraction(m["above"], m["below"])),
        marks="/",
        needs=r'\d/\d\d?(?:"|[\s-]?in\.)',
    ),
    rule(
        rf"{START}(?:(?P<feet>\d)'\s?(?P<inches>\d\d?)(?:\"|'')?|(?P<far>\d{{2,3}})'(?P<more>1?\d)(?:\"|''))(?!\w)",
        _height,
        marks="'",
    ),
    rule(
        rf"{START}(?P<amount>{NUMBER})(?:(?P<mark>\"|'')|-?in(?!\w)(?:(?<=-in)\.(?=\s[a-z]))?|\sin(?:\.(?=\s[a-z]|[,;:)])|(?=$|[.,;)])))(?!\w)",
        _inches,
        needs=r"\d(?:\"|''|-?in|\sin\b)",
    ),
    rule(
        rf"{START}(?P<amount>\d{{2,3}}|\d{{1,3}}\.\d)'(?=[\s,;.)]|$)",
        _feet,
        marks="'",
    ),
    rule(
        rf"{START}(?P<amount>\d)'(?=[,;.)]|$)",
        _feet,
        marks="'",
        needs=r"\b(?:[Rr]oom|[Cc]eilings?|beam|draft|[Dd]oors?|[Ff]ence|[Bb]oard|[Cc]learance)\b",
    ),
)
