"""Say what is known by letters and figures in groups: standards, spare parts, addresses of machines."""

from __future__ import annotations

import re

from roadcast.spoken.codes import code
from roadcast.spoken.numbers import cardinal, number, pairs, spelled, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule

# Who sets a standard, or whose it is; its parts stand behind a hyphen.
_BODIES = (
    *("ISO", "IEC", "EN", "DIN", "ASTM", "BS", "ANSI", "IEEE", "UL", "AS", "JIS", "ASC", "SFAS", "FAS", "AASB"),
    *(
        "FIPS",
        "NIST",
        "NIST SP",
        "SP",
        "ETSI",
        "CISPR",
        "CSA",
        "NFPA",
        "NEMA",
        "SAE",
        "API",
        "IPC",
        "TIA",
        "EIA",
        "ICAO",
    ),
    *(
        "GB",
        "GB/T",
        "AS/NZS",
        "AAMI",
        "ASHRAE",
        "IATF",
        "SEMI",
        "USP",
        "NSF",
        "GOST",
        "PAS",
        "IFRS",
        "CEN",
        "VDE",
        "VDI",
        "ONORM",
    ),
    *("MIL-STD", "MIL-PRF", "MIL-DTL", "MIL-HDBK", "DO", "ED", "TIA/EIA", "ANSI/TIA", "IPC-A", "CFR"),
)
_SHARED = r"(?:[/ ](?:IEC|EN|ISO|IEEE|ASTM|TS|TR|AAMI))?"
_MILITARY = {"STD": "standard", "PRF": "P R F", "DTL": "D T L", "HDBK": "handbook"}
_YEARLY = pattern(r"(?:19|20)\d\d")


def _number(figures: str) -> str:
    """Say the number of a standard as those who keep it do: one forty, eight hundred, sixty two thousand."""
    if "." in figures:
        return number(figures)
    return pairs(figures) if len(figures) == 3 and figures[0] != "0" and figures[1] != "0" else cardinal(figures)


def _standard(match: re.Match[str], reading: Reading) -> str:
    """Say ISO 14001-2, FIPS 140-3 and NIST SP 800-53."""
    first, *parts = match["code"].split("-")
    said = (year(part, zero=reading.zero) if _YEARLY.fullmatch(part) else cardinal(part) for part in parts)
    what = match["what"] + (" " if match["what"][-1].isalpha() else "")
    return ", ".join((what + (_number(first) if match["short"] else number(first)), *said))


def _act(match: re.Match[str], reading: Reading) -> str:
    """Say Regulation (EU) 2017/745 and 2014/68/EU."""
    first = year(match["year"] or match["year2"], zero=reading.zero)
    of = match["of"] or match["of2"]
    return f"{match['what'] or ''}{first}, {_number(match['figures'] or match['figures2'])}" + (
        f", {' '.join(of)}" if of else ""
    )


def _military(match: re.Match[str], reading: Reading) -> str:
    """Say MIL-STD-810H."""
    del reading
    return f"mil {_MILITARY[match['kind']]} {_number(match['figures'])} {match['letter']}".rstrip()


def _part(match: re.Match[str], reading: Reading) -> str:
    """Say 4417-06-B figure by figure; short groups as numbers."""
    groups = match["code"].split("-")
    return " ".join(_group(group, reading) for group in groups)


def _group(group: str, reading: Reading) -> str:
    if _YEARLY.fullmatch(group):
        return year(group, zero=reading.zero)
    return spelled(group) if group.isdecimal() and len(group) > 2 else code(group, reading)


def _letters(group: str) -> str:
    return " ".join(spelled(one) if one.isdecimal() else one.upper() for one in group)


def _machine(match: re.Match[str], reading: Reading) -> str:
    """Say the address of a card, 00:1A:2B:3C:4D:5E."""
    del reading
    return ", ".join(map(_letters, re.split("[:-]", match.group())))


def _network(match: re.Match[str], reading: Reading) -> str:
    """Say 2001:db8::1 and its /32."""
    del reading
    groups = [_letters(group) if group else "colon" for group in match["groups"].rstrip(":").split(":")]
    wide = f", slash {cardinal(match['wide'])}" if match["wide"] else ""
    return ", ".join(groups) + wide


# Whose acts are called by their year and number.
_ACTS = r"(?:\(?(?:EU|EC)\)|MDR|IVDR|PED|LVD|EMCD|GPSR|Regulation|Directive|Decision)"

RULES = (
    rule(
        rf"(?P<what>\b{_ACTS}\s(?:\((?:EU|EC)\)\s)?|\((?:EU|EC)\)\s)(?:No\.?\s)?(?P<year>(?:19|20)\d\d)/(?P<figures>\d{{1,4}})(?:/(?P<of>EU|EC|EEC))?(?![\w/])"
        r"|(?<![\w/])(?P<year2>(?:19|20)\d\d)/(?P<figures2>\d{1,4})/(?P<of2>EU|EC|EEC)\b",
        _act,
        marks="/",
    ),
    rule(
        r"(?<![\w:.-])(?:[\dA-Fa-f]{2}:){5}[\dA-Fa-f]{2}(?![\w:-])|(?<![\w:.-])(?=[\d-]*[A-Fa-f])(?:[\dA-Fa-f]{2}-){5}[\dA-Fa-f]{2}(?![\w:-])",
        _machine,
        marks=":-",
        needs=r"(?:[:-][\dA-Fa-f]{2}){5}",
    ),
    rule(
        r"(?<![\w:.-])(?P<groups>(?=[\dA-Fa-f]{0,3}[\d:][\dA-Fa-f:]*::|(?:[\dA-Fa-f]{1,4}:){7})[\dA-Fa-f]{1,4}"
        r"(?::{1,2}[\dA-Fa-f]{1,4}){1,7}(?:::)?)(?:/(?P<wide>\d{1,3}))?(?![\w:])",
        _network,
        marks=":",
        needs=r"[\dA-Fa-f]::|(?::[\dA-Fa-f]+){7}",
    ),
    rule(
        r"\bMIL-(?P<kind>STD|PRF|DTL|HDBK)-(?P<figures>\d{2,5})(?P<letter>[A-Z])?(?![\w-]|[.,]\d)",
        _military,
        cues=("MIL",),
    ),
    rule(
        rf"(?P<what>\b(?:(?P<short>FIPS|NIST|NIST SP|SP)|{either(_BODIES)}){_SHARED}[ -][A-Z]?)"
        r"(?P<code>\d{2,5}(?:\.\d{1,2})?(?:-\d{1,4}){1,3})(?![\w-])",
        _standard,
        marks="-",
        cues=_BODIES,
        needs=r"\d-\d",
    ),
    rule(
        r"(?P<what>\b[HM]?AWB\s(?:no\.?\s|number\s)?)(?P<figures>\d{3}[- ]?\d{4}\s?\d{4})(?![\w-])",
        lambda m, _r: m["what"] + ", ".join(map(spelled, re.findall(r"\d+", m["figures"]))),
        cues=("AWB", "HAWB", "MAWB"),
    ),
    rule(
        r"(?P<what>\bHT?S(?:\s(?:code|heading|tariff|no\.|number))?\s)(?P<figures>\d{4}(?:\.\d{2,4}){1,3})(?![\w-])",
        lambda m, _r: m["what"] + " point ".join(map(spelled, m["figures"].split("."))),
        cues=("HS", "HTS"),
    ),
    rule(
        r"(?P<what>\b(?:[Nn]umber|[Nn]r\.)\s)(?P<year>20[12]\d)-(?P<figures>\d{1,6})(?![\w-]|[.,]\d)",
        lambda m, r: f"{m['what'].replace('r. ', 'umber ')}{year(m['year'], zero=r.zero)}, {_number(m['figures'])}",
        marks="-",
        cues=("number", "Number", "nr", "Nr"),
    ),
    rule(
        r"(?P<what>\bNDC(?:\sis|\sno\.|\snumber)?:?\s)(?P<figures>\d{4,5}-\d{3,4}-\d{1,2})(?![\w-])",
        lambda m, _r: m["what"] + ", ".join(map(spelled, m["figures"].split("-"))),
        cues=("NDC",),
    ),
    rule(
        r"(?P<what>\b[Nn]umber\s)(?P<term>\d\d)-(?P<figures>[1-9]\d{2,3})(?![\w-]|[.,]\d)",
        lambda m, _r: f"{m['what']}{cardinal(m['term'])}, {cardinal(m['figures'])}",
        marks="-",
        cues=("number", "Number"),
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<code>\d{3,6}-\d{1,4}-[A-Z]{1,3})(?![\w-]|[.,]\d)",
        _part,
        marks="-",
        needs=r"\d-\d+-[A-Z]",
    ),
)
