"""Say abbreviations, titles and street names in full: Dr., approx., w/, e.g., Main St., St. Louis."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, pairs
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

_TITLES = tables.pairs("abbreviations", kind="title")
_FIRMS = tables.pairs("abbreviations", kind="firm")
# With a full stop only: without it they are words of their own.
_DOTTED = tables.pairs("abbreviations", kind="dotted")
# Behind a number these are units.
_MEASURED = frozenset(row[0] for row in tables.rows("units"))
_COUNTED = pattern(r"(?:\d|thousand|million|billion|lakh|crore)\s?(?:(?:sq|cu)\.?\s)?$")
# Only before a number.
_NUMBERED = tables.pairs("abbreviations", kind="numbered")
# Also without a full stop, since they are nothing else.
_BARE = tables.pairs("abbreviations", kind="bare")
_BARE |= {short.capitalize(): said.capitalize() for short, said in _BARE.items() if short.islower() and len(short) > 2}
_SLASHED = tables.pairs("abbreviations", kind="slashed")
_STREETS = tables.pairs("abbreviations", kind="street")
_SIDES = tables.pairs("abbreviations", kind="side")
_SAINTS = either(tables.pairs("abbreviations", kind="saint"))
# Behind a grade: 4.1% Cu.
_METALS = tables.pairs("abbreviations", kind="metal")


def ended(said: str, match: re.Match[str]) -> str:
    """Keep the full stop of an abbreviation that ends its sentence."""
    text, end = match.string, match.end()
    behind = text[end : end + 40].lstrip("\"')] ")
    return said + ("." if not behind else "")


def _dotted(match: re.Match[str], reading: Reading) -> str:
    del reading
    if match["short"] in _MEASURED and _COUNTED.search(match.string, max(0, match.start() - 14), match.start()):
        return match.group()
    return ended(_DOTTED[match["short"]], match)


# A list that is called by a magazine, and no firm.
_LISTED = pattern(r"Inc\.?\s(?:5,?000?|five (?:hundred|thousand))\b")


def _title(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _TITLES[match["title"]]


def _firm(match: re.Match[str], reading: Reading) -> str:
    del reading
    if _LISTED.match(match.string, match.start()):
        return "Inc"
    return ended(_FIRMS[match["firm"]], match)


def _bare(match: re.Match[str], reading: Reading) -> str:
    del reading
    if match["short"] in _MEASURED and _COUNTED.search(match.string, max(0, match.start() - 14), match.start()):
        return match.group()
    if _LISTED.match(match.string, match.start()):
        return match.group()
    return _BARE[match["short"]]


def _slashed(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _SLASHED[match["short"]] + " "


def _numbered(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _NUMBERED[match["short"]] + " "


def _house(match: re.Match[str], reading: Reading) -> str:
    """Say a street address: "1599 Curtis Bridge Rd." is fifteen ninety nine Curtis Bridge Road."""
    del reading
    house = match["house"]
    said = pairs(house) if len(house) in {3, 4} and house[1:] != "000" else cardinal(house)
    side = f" {_SIDES[match['side']]}" if match["side"] else ""
    street = _STREETS.get(match["kind"], match["kind"])
    behind = f" {_SIDES[match['behind']]}" if match["behind"] else ""
    return ended(f"{said}{side} {match['name'].strip()} {street}{behind}", match)


def _street(match: re.Match[str], reading: Reading) -> str:
    del reading
    return ended(f"{match['name']} {_STREETS[match['kind']]}", match)


# Signs of an address that was told: inside it nothing is short for anything.
_IN_ADDRESS = r"(?<!dot )(?<!slash )(?<!dash )(?<!underscore )"
_NAME = r"(?:[A-Z][a-z']+|\d{1,3}(?:st|nd|rd|th))"
_KIND = either(_STREETS)

RULES = (
    word(r"\b[Ee]\.\s?[Gg]\.,?", "for example,", cues=("g", "G")),
    word(r"\b[Ii]\.\s?[Ee]\.,?", "that is,", cues=("e", "E")),
    word(r"\ba\.k\.a\.", "also known as", cues=("k",)),
    word(r"\bp\.\s?a\.(?!\w)", "per annum", cues=("p",)),
    word(r"(?:(?<=\d\s)|(?<=sand\s)|(?<=lion\s))reqs?(?=/)", "requests", marks="/", cues=("req", "reqs")),
    word(r"\bet al\.", "et al", cues=("al",)),
    rule(
        rf"(?<![\w/])(?:(?<!\d\s)|(?=w/\s))(?![Ww]/[Ww](?!\w)|W/[A-Z](?!\w))(?P<short>{either(_SLASHED)})(?:(?<=[Ww]/)|(?!\w))(?![/²]|(?:m|ft)[²³])",
        _slashed,
        figures=False,
        marks="/",
        cues=_SLASHED,
    ),
    rule(
        rf"(?<![\w.,$/-])(?P<house>\d{{1,5}})\s(?:(?P<side>N|S|E|W|NE|NW|SE|SW)\.?\s)?(?P<name>(?:{_NAME}\s){{1,4}}?)"
        rf"(?P<kind>{_KIND}|{either(_STREETS.values())}|Way|Bridge)\b\.?"
        r"(?:\s(?P<behind>N|S|E|W|NE|NW|SE|SW)\b\.?)?",
        _house,
        cues=(*_STREETS, *_STREETS.values(), "Way", "Bridge"),
    ),
    rule(
        rf"\b(?P<name>{_NAME})\s(?P<kind>St|Ave|Blvd|Rd|Ln|Hwy|Pkwy|Sq|Pl|Cres|Tce|Pde|Gdns|Bvd|Ter|Ct)\b(?:\.|(?=,|$|\sand\s))"
        r"(?!\s[A-Z][a-z]+\s(?:St|Ave|Street))",
        _street,
        figures=False,
        cues=(
            "St",
            "Ave",
            "Blvd",
            "Rd",
            "Ln",
            "Hwy",
            "Pkwy",
            "Sq",
            "Pl",
            "Cres",
            "Tce",
            "Pde",
            "Gdns",
            "Bvd",
            "Ter",
            "Ct",
        ),
    ),
    word(
        rf"\bSt\.\s(?=[A-Z])|\bSt\s(?=(?:{_SAINTS})\b)",
        "Saint ",
        cues=("St",),
    ),
    word(r"\bST\.\s(?=[A-Z]{3})", "SAINT ", cues=("ST",)),
    word(r"\bper cent\.(?=\s[a-z(])", "per cent", marks=".", cues=("cent",)),
    word(r"(?<=\d\s)stg\b|(?<=lion\s)stg\b", "pounds", cues=("stg",)),
    rule(
        rf"(?:(?<=%\s)|(?<=g/t\s)|(?<=tonne\s)|(?<=grams per ton\s))(?P<metal>{either(_METALS)})(?!\w)",
        lambda m, _r: _METALS[m["metal"]],
        cues=_METALS,
    ),
    word(r"\bSts\.\s(?=[A-Z])", "Saints ", cues=("Sts",)),
    word(r"(?<!\d\s)\bMt\.?\s(?=[A-Z])", "Mount ", cues=("Mt",)),
    word(r"\bFt\.\s(?=[A-Z])", "Fort ", cues=("Ft",)),
    rule(
        rf"\b(?P<title>{either(_TITLES)})\.(?=\s?[A-ZÀ-ÖØ-ÞČĎĐĽŁŃŘŚŠŤŹŻŽİ]|\s(?:and|&)\s|\s?,\sretired)",
        _title,
        figures=False,
        marks=".",
        cues=_TITLES,
    ),
    rule(
        r"(?<![\w.'/-])(?<!\d\s)(?P<title>mrs?|dr|prof)(?:\.\s?|\s)(?=[A-ZÀ-ÖØ-ÞČĎĐĽŁŃŘŚŠŤŹŻŽİ][^\W\d_A-Z])",
        lambda m, _r: f"{_TITLES[m['title'].capitalize()]} ",
        figures=False,
        cues=("mr", "mrs", "dr", "prof"),
    ),
    rule(
        rf"(?<![\w.])(?P<short>{either(_NUMBERED)})\.\s?(?=#?\d|(?<=emp\.\s)[-–]\d|\(\d|[IVXL]+\b|(?<=[pghtxcm]\.\s)[B-H]\b(?!'))",
        _numbered,
        figures=False,
        marks=".",
        cues=_NUMBERED,
    ),
    rule(rf"\b(?P<firm>{either(_FIRMS)})\.", _firm, figures=False, marks=".", cues=_FIRMS),
    rule(
        rf"(?<![\w.'/-])(?<!dot )(?P<short>{either(_DOTTED)})\.(?!\w)",
        _dotted,
        figures=False,
        marks=".",
        cues=_DOTTED,
    ),
    rule(
        rf"(?<![\w.'/-]){_IN_ADDRESS}(?P<short>{either(_BARE)})(?![\w/]|'(?!s\b)|-[a-z]|\sdot\s)(?:\.(?=[,;:)]|\s[a-z\d]))?",
        _bare,
        figures=False,
        cues=_BARE,
    ),
)
