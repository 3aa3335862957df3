"""Say abbreviations, titles and street names in full: Dr., approx., w/, e.g., Main St., St. Louis."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, pairs, spelled
from roadcast.spoken.rules import Reading, either, rule, word

# Before a name.
_TITLES = {
    "Dr": "Doctor", "Mr": "Mister", "Mrs": "Missus", "Ms": "Miz", "Prof": "Professor", "Gen": "General",
    "Sen": "Senator", "Rep": "Representative", "Gov": "Governor", "Capt": "Captain", "Lt": "Lieutenant",
    "Col": "Colonel", "Sgt": "Sergeant", "Rev": "Reverend", "Hon": "Honorable", "Pres": "President",
    "Messrs": "Messieurs", "Cpl": "Corporal", "Maj": "Major", "Supt": "Superintendent", "Fr": "Father", "Cmdr": "Commander",
    "Adm": "Admiral", "Amb": "Ambassador",
}  # fmt: skip
_AFTER_NAME = {"Jr": "Junior", "Sr": "Senior", "Esq": "Esquire"}
_FIRMS = {"Inc": "Incorporated", "Corp": "Corporation", "Ltd": "Limited", "Co": "Company", "Bros": "Brothers"}

# With a full stop only: without it they are words of their own.
_DOTTED = {
    "approx": "approximately", "vs": "versus", "etc": "et cetera", "incl": "including", "excl": "excluding",
    "avg": "average", "dept": "department", "govt": "government", "mgr": "manager", "mgmt": "management",
    "est": "estimated", "misc": "miscellaneous", "max": "maximum", "min": "minimum", "temp": "temperature",
    "dist": "district", "assoc": "associate", "asst": "assistant", "intl": "international", "natl": "national",
    "univ": "university", "acct": "account", "appt": "appointment", "attn": "attention", "bldg": "building",
    "blvd": "boulevard", "cont": "continued", "corp": "corporation", "demo": "demo", "div": "division", "ed": "edition",
    "esp": "especially", "fig": "figure", "figs": "figures", "hr": "hour", "hrs": "hours", "mins": "minutes",
    "mo": "month", "mos": "months", "mt": "mount", "obs": "observed", "orig": "original", "pg": "page", "pp": "pages",
    "qty": "quantity", "qtr": "quarter", "ref": "reference", "sec": "second", "secs": "seconds", "sq": "square",
    "tel": "telephone", "vol": "volume", "wk": "week", "wks": "weeks", "yr": "year", "yrs": "years", "ca": "circa",
    "cf": "compare", "ft": "feet", "lb": "pound", "lbs": "pounds", "oz": "ounces", "ch": "chapter", "rev": "revised",
    "eg": "for example", "ie": "that is", "viz": "namely", "al": "al", "tbsp": "tablespoon", "tsp": "teaspoon",
    "no": "no", "art": "article", "sect": "section", "pt": "part", "pop": "population", "prev": "previous", "v": "versus",
}  # fmt: skip
# Also without a full stop, since they are nothing else.
_BARE = {
    "approx": "approximately", "vs": "versus", "incl": "including", "excl": "excluding", "avg": "average",
    "dept": "department", "govt": "government", "mgmt": "management", "mgr": "manager", "intl": "international",
    "acct": "account", "accts": "accounts", "attn": "attention", "qty": "quantity", "qtr": "quarter",
    "qtrs": "quarters", "pls": "please", "thru": "through", "tmrw": "tomorrow", "wks": "weeks", "yrs": "years", "hrs": "hours",
    "mins": "minutes", "mos": "months", "yr": "year", "hr": "hour", "wk": "week", "Mrs": "Missus", "Mr": "Mister",
    "Dr": "Doctor", "Ms": "Miz", "Prof": "Professor", "Jr": "Junior", "Sr": "Senior", "Ltd": "Limited", "Inc": "Incorporated", "Corp": "Corporation", "Messrs": "Messieurs",
    "YoY": "year over year", "yoy": "year over year", "YOY": "year over year", "QoQ": "quarter over quarter",
    "qoq": "quarter over quarter", "QOQ": "quarter over quarter", "MoM": "month over month", "Y/Y": "year over year", "y/y": "year over year",
    "Q/Q": "quarter over quarter", "q/q": "quarter over quarter", "WoW": "week over week", "y-o-y": "year over year", "q-o-q": "quarter over quarter",
    "etc": "et cetera", "blvd": "boulevard", "Blvd": "Boulevard", "PhD": "P H D", "PhDs": "P H Ds", "addl": "additional", "ppl": "people",
}  # fmt: skip

_SLASHED = {
    "w/o": "without", "W/o": "without", "w/": "with ", "W/": "with ", "b/c": "because", "w/in": "within", "c/o": "care of", "and/or": "and or", "n/a": "not applicable",
    "N/A": "not applicable", "s/he": "she or he", "a/k/a": "also known as", "d/b/a": "doing business as", "b/w": "between",
}  # fmt: skip

_STREETS = {
    "St": "Street", "Ave": "Avenue", "Av": "Avenue", "Blvd": "Boulevard", "Rd": "Road", "Dr": "Drive", "Ln": "Lane", "Ct": "Court",
    "Pl": "Place", "Sq": "Square", "Hwy": "Highway", "Pkwy": "Parkway", "Ter": "Terrace", "Cir": "Circle", "Expy": "Expressway", "Fwy": "Freeway", "Trl": "Trail", "Xing": "Crossing",
}  # fmt: skip
_SIDES = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NE": "Northeast",
    "NW": "Northwest",
    "SE": "Southeast",
    "SW": "Southwest",
}
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho",
    "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine",
    "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
    "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee",
    "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
    "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip


def _ended(said: str, match: re.Match[str]) -> str:
    """Keep the full stop of an abbreviation that ends its sentence."""
    text, end = match.string, match.end()
    behind = text[end : end + 40].lstrip("\"')] ")
    return said + ("." if not behind else "")


def _dotted(match: re.Match[str], reading: Reading) -> str:
    del reading
    written = match["short"]
    said = _DOTTED.get(written) or _DOTTED[written.lower()]
    return _ended(said.capitalize() if written[0].isupper() else said, match)


def _title(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _TITLES[match["title"]]


def _firm(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _ended((_FIRMS | _AFTER_NAME)[match["firm"]], match)


def _bare(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _BARE[match["short"]]


def _slashed(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _SLASHED[match["short"]]


def _number(match: re.Match[str], reading: Reading) -> str:
    del reading
    return ("Number" if match["no"][0] == "N" else "number") + ("s " if "s" in match["no"] else " ")


def _house(match: re.Match[str], reading: Reading) -> str:
    """Say a street address: "1599 Curtis Bridge Rd." is fifteen ninety nine Curtis Bridge Road."""
    del reading
    house = match["house"]
    said = pairs(house) if len(house) in {3, 4} else cardinal(house)
    side = f" {_SIDES[match['side']]}" if match["side"] else ""
    street = _STREETS.get(match["kind"], match["kind"])
    behind = f" {_SIDES[match['behind']]}" if match["behind"] else ""
    return _ended(f"{said}{side} {match['name'].strip()} {street}{behind}", match)


def _street(match: re.Match[str], reading: Reading) -> str:
    del reading
    return _ended(f"{match['name']} {_STREETS[match['kind']]}", match)


def _state(match: re.Match[str], reading: Reading) -> str:
    del reading
    zip_code = f" {spelled(match['zip'])}" if match["zip"] else ""
    four = f" {spelled(match['four'])}" if match["four"] else ""
    return f", {_STATES[match['state']]}{zip_code}{four}"


_NAME = r"(?:[A-Z][a-z']+|\d{1,3}(?:st|nd|rd|th))"
_KIND = either(_STREETS)

RULES = (
    word(r"\b[Ee]\.\s?[Gg]\.,?", "for example,", hint="."),
    word(r"\b[Ii]\.\s?[Ee]\.,?", "that is,", hint="."),
    word(r"\ba\.k\.a\.", "also known as", hint="."),
    word(r"\bet al\.", "et al", hint="."),
    rule(rf"(?<![\w/])(?P<short>{either(_SLASHED)})(?![/])", _slashed, hint="/"),
    rule(
        rf"(?<![\w.,$-])(?P<house>\d{{1,5}})\s(?:(?P<side>N|S|E|W|NE|NW|SE|SW)\.?\s)?(?P<name>(?:{_NAME}\s){{1,4}}?)"
        rf"(?P<kind>{_KIND}|Street|Avenue|Boulevard|Road|Drive|Lane|Court|Place|Square|Highway|Parkway|Way|Terrace|Circle|Bridge)\b\.?"
        r"(?:\s(?P<behind>N|S|E|W|NE|NW|SE|SW)\b\.?)?",
        _house,
    ),
    rule(rf",\s(?P<state>{either(_STATES)})(?:\s(?P<zip>\d{{5}})(?:-(?P<four>\d{{4}}))?)(?!\w)", _state),
    rule(
        rf"\b(?P<name>{_NAME})\s(?P<kind>St|Ave|Blvd|Rd|Ln|Hwy|Pkwy|Sq)\b(?:\.|(?=,|$|\sand\s))(?!\s[A-Z][a-z]+\s(?:St|Ave|Street))(?<!\bSt)",
        _street,
        hint="SABRLHP",
    ),
    word(
        r"\bSt\.\s(?=[A-Z])|\bSt\s(?=(?:Louis|Paul|John|James|George|Mary|Peter|Andrew|Patrick|Petersburg|Thomas|Joseph|Michael|Martin|Albans|Helens|Kitts|Lucia|Francis|Charles|Lawrence)\b)",
        "Saint ",
        hint="S",
    ),
    word(r"\bSts\.\s(?=[A-Z])", "Saints ", hint="S"),
    word(r"\bMt\.?\s(?=[A-Z])", "Mount ", hint="M"),
    word(r"\bFt\.\s(?=[A-Z])", "Fort ", hint="F"),
    rule(rf"\b(?P<title>{either(_TITLES)})\.(?=\s?[A-Z])", _title, hint="."),
    rule(r"\b(?P<no>[Nn]os?)\.\s?(?=#?\d)", _number, hint="."),
    rule(rf"\b(?P<firm>{either(_FIRMS | _AFTER_NAME)})\.", _firm, hint="."),
    rule(
        rf"(?<![\w.'-])(?P<short>{either(set(_DOTTED) | {name.capitalize() for name in _DOTTED} - {'No', 'Al', 'Art', 'Max', 'Ed', 'Demo', 'V', 'Rev', 'Min', 'Pop', 'Temp'} - {'no', 'al', 'ed', 'art', 'demo', 'v', 'pop', 'temp'})})\.(?!\w)",
        _dotted,
        hint=".",
    ),
    rule(rf"(?<![\w.'/-])(?P<short>{either(_BARE)})(?![\w'/]|-[a-z])", _bare, hint=""),
)
