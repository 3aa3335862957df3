"""Say names: St. John's, Wm. Hart, Robert T. Lang III, A/Prof. Tran, Fifth Ave., 20 mi. SW of Eureka, floor 2/F."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import ordinal, roman
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

_SAINTS = tables.pairs("abbreviations", kind="saint")
_FORENAMES = {
    "Wm": "William", "Chas": "Charles", "Geo": "George", "Thos": "Thomas", "Jas": "James", "Robt": "Robert",
    "Benj": "Benjamin", "Saml": "Samuel", "Edw": "Edward", "Fredk": "Frederick", "Danl": "Daniel", "Richd": "Richard",
}  # fmt: skip
# Whose son or grandson may be called by a number, where no initial and no title tells that it is a person.
_GIVEN = (
    "John", "James", "Robert", "William", "Thomas", "Charles", "George", "Henry", "Edward", "Richard", "David", "Frank",
    "Joseph", "Michael", "Walter", "Samuel", "Daniel", "Arthur", "Albert", "Howard", "Ralph", "Peter", "Paul", "Mark",
    "Steven", "Stephen", "Andrew", "Patrick", "Philip", "Martin", "Harold", "Theodore", "Benjamin", "Winthrop",
)  # fmt: skip
_TITLES = (
    r"(?:CEO|CFO|COO|CTO|CIO|Chairman|President|Judge|Justice|Senator|Governor|Captain|Director|Mr\.?|Dr\.?|Sen\.|Gov\.|"
    r"Prof\.|Rep\.)"
)
_SIDES = {
    "N": "north", "S": "south", "E": "east", "W": "west", "NE": "northeast", "NW": "northwest", "SE": "southeast",
    "SW": "southwest", "NNE": "north northeast", "NNW": "north northwest", "SSE": "south southeast",
    "SSW": "south southwest", "ENE": "east northeast", "ESE": "east southeast", "WNW": "west northwest",
    "WSW": "west southwest",
}  # fmt: skip
_LIES = (
    "passed|passing|passes|just|due|far|well|slightly|located|lies|lie|lying|lay|sits|moved|moving|tracking|tracked|land|"
    "offshore|area|coast|coastline|town|city|village|sites?|plant|mine|depot|border|deeper|further|farther|immediately"
)
_PARTIES = {"D": "Democrat", "R": "Republican"}
_STATES = tables.pairs("abbreviations", kind="dateline") | tables.pairs("abbreviations", kind="state")
_FLOORS = {"G": "ground floor", "LG": "lower ground floor", "UG": "upper ground floor"}

# A street behind the number of a house, or where somebody is on it: 120 Water St. John said so.
_ON_STREET = pattern(r"(?:\d\s(?:[A-Z][a-z']+\s){1,3}|\b(?:on|along|down|off|up|of|and|to|from|at)\s[A-Z][a-z]+\s)$")


def _saint(match: re.Match[str], reading: Reading) -> str:
    """Say "Saint" before those who were one, unless a street ends the sentence there."""
    del reading
    on_street = _ON_STREET.search(match.string, max(0, match.start() - 40), match.start())
    return match.group() if on_street and not match["more"] else f"Saint {match['name']}{match['more'] or ''}"


def _generation(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{match['name']} the {ordinal(str(roman(match['roman'])))}"


def _floor(match: re.Match[str], reading: Reading) -> str:
    del reading
    said = f"{ordinal(match['number'])} floor" if match["number"] else _FLOORS[match["name"]]
    return f"{match['on']}the {said}" if match["on"] else said


_NAME = r"[A-Z][a-z]+(?:[-'][A-Z][a-z]+)?"
_PERSON = rf"(?:\b{_NAME}\s(?:[A-Z]\.\s?){{1,2}}{_NAME}|\b(?:{either(_GIVEN)})\s{_NAME}|\b{_TITLES}\s{_NAME}\s{_NAME})"

# Degrees that are written as states are.
_DEGREES = "MD|MA|MS|PA|ND"
_OTHER_DEGREES = (
    r"Ph\.?D|M\.?D|MBA|M\.?Sc|B\.?Sc|BA|BS|JD|LLB|LLM|CPA|CFA|PE|RN|DO|DDS|DVM|EdD|PharmD|MPH|MRCP|FRCS|FACS|FACC|FRCP|"
    r"DPhil|MEng|PMP|Esq"
)
# What somebody does, and no town.
_ACTS = (
    r"(?:who|joins?|joined|chairs?|presents?|presented|leads?|led|speaks?|spoke|says?|said|writes?|wrote|heads?|hosts?|told|tells?|"
    r"signed|reviews?|reviewed|explains?|explained|notes|noted|adds?|added|treats?|recommends?|recommended|our|the\snew)"
)
_LED = r"(?:Prof|Dr|Drs|Mr|Mrs|Ms|Professor|Doctor|Sir|Dame)\.?\s(?:(?:Dr|med)\.?\s)?"
_CALLED = r"[A-ZÄÖÜ][\w'-]+"

RULES = (
    rule(
        rf"(?:\b{_LED}(?:{_CALLED}\s|[A-Z]\.\s?){{0,3}}{_CALLED}|,\s(?:{_OTHER_DEGREES}))\.?,\s"
        rf"(?P<degree>{_DEGREES})(?=[,;.)]|\s(?:and|or|of|in|at|from|for|on|is|was|has|will|[a-z]+s|[a-z]+ed)\b|$)"
        rf"|\b{_CALLED}\s(?:[A-Z]\.\s)?{_CALLED},\s"
        rf"(?P<first>(?:{_DEGREES})(?=,\s(?:{_OTHER_DEGREES})\b)|MD(?=,?\s{_ACTS}\b))"
        rf"|\b(?:{either(_GIVEN)})\s(?:[A-Z]\.\s)?{_CALLED},\s(?P<given>{_DEGREES})(?=[,.;)]|$|\s{_ACTS}\b)",
        lambda m, _r: m.group()[:-2] + " ".join(m["degree"] or m["first"] or m["given"]),
        marks=",",
        cues=_DEGREES.split("|"),
        figures=False,
    ),
    rule(
        rf"(?:(?<=\()|(?<=[a-z],\s))(?P<party>[DR])-(?P<state>{either(_STATES)}|[A-Z][a-z]{{3,}})\.?(?=[),])",
        lambda m, _r: f"{_PARTIES[m['party']]} of {_STATES.get(m['state'], m['state'])}",
        marks="-",
        needs=r"\b(?:Sens?|Reps?|Govs?|Senators?|Representatives?|Governors?|[Cc]ongress\w*)\b",
        cues="DR",
        figures=False,
    ),
    rule(
        rf"\bSt\.?\s(?P<name>{either(_SAINTS)})(?P<more>'s|s)?(?![\w'])",
        _saint,
        cues=("St",),
        figures=False,
    ),
    rule(
        rf"\b(?P<short>{either(_FORENAMES)})\b\.?(?=\s(?:[A-Z]\.\s?)?(?!Survey|Soc|Dept|Tech|Info|Eng)[A-Z][a-z])",
        lambda m, _r: _FORENAMES[m["short"]],
        cues=_FORENAMES,
        figures=False,
    ),
    rule(
        rf"(?P<name>{_PERSON}),?\s(?P<roman>III|II|IV)(?![\w'-]|\.\w)",
        _generation,
        cues=("II", "III", "IV"),
        figures=False,
    ),
    rule(
        r"\b(?:A|(?P<assoc>[Aa]ssoc)|(?P<asst>[Aa]sst))(?:/|\.?\s)Prof\.?(?=\s[A-Z]|$)",
        lambda m, _r: (
            m.group() if m.group().startswith("A ") else f"{'Assistant' if m['asst'] else 'Associate'} Professor"
        ),
        cues=("Prof",),
        figures=False,
    ),
    word(
        r"(?:(?<=^)|(?<=[a-z,;]\s)|(?<=[.:]\s))Adv\.\s(?=(?:[A-Z]\.\s?)*(?!Manuf|Mater|Analy|Pay|Data|Tech|Micro|Search|Train|"
        r"Setting|Level|Placement)[A-Z][a-z]+\s[A-Z][a-z]+)",
        "Advocate ",
        cues=("Adv",),
        figures=False,
    ),
    rule(
        r"(?P<name>\b(?:[A-Z][a-z]+|\d{1,3}(?:st|nd|rd|th))\s)(?<!The )(?<!Our )(?<!Its )(?<!Daily )Ave\.(?=\s[a-z])",
        lambda m, _r: m["name"] + "Avenue",
        cues=("Ave",),
        figures=False,
    ),
    rule(
        rf"(?P<far>\d\s?(?:mi|km|miles|kilomet(?:er|re)s|nm))\.?\s(?P<side>{either(_SIDES)})\.?(?=\s(?:of|from)\b)",
        lambda m, _r: f"{m['far']} {_SIDES[m['side']]}",
        cues=_SIDES,
    ),
    rule(
        rf"(?P<where>\b(?:{_LIES})\s)(?P<side>{either(_SIDES)})(?=\sof\s(?:the\s)?[A-Z][a-z])",
        lambda m, _r: m["where"] + _SIDES[m["side"]],
        cues=_SIDES,
        figures=False,
    ),
    rule(
        r"(?P<the>\b(?:[Tt]he|[Ii]ts|[Oo]ur|[Aa]t)\s)(?P<side>N|S|E|W|NE|NW|SE|SW)(?=\s(?:end|side|entrance|exit|wall|wing|gate|bank|coast|shore|face|stand|tower)\b)",
        lambda m, _r: m["the"] + _SIDES[m["side"]],
        cues=_SIDES,
        figures=False,
    ),
    rule(
        r"(?P<place>(?:\d\s|\b(?:on|at|to|along|off|of|from|near)\s)(?:[A-Z][a-z']+\s){0,2}(?:Park|Mall|Gate|Walk|Place|Plaza|Square|Terrace|Circle)\s)"
        r"(?P<side>[NSEW])(?:\.|(?=[,;)]|$))",
        lambda m, _r: m["place"] + _SIDES[m["side"]].capitalize() + ("" if m.string[m.end() :].strip() else "."),
        cues="NSEW",
        figures=False,
    ),
    rule(
        r"(?P<on>\b(?:[Oo]n|[Tt]o|[Ff]rom|[Aa]t|of)\s)?(?<![\w/.-])(?:(?P<number>[1-9]\d{0,2})|(?P<name>G|LG|UG))/F(?![\w/])",
        _floor,
        marks="/",
        cues="F",
        figures=False,
    ),
    rule(
        r"(?P<place>\d(?:st|nd|rd|th)\s)c\.(?=\s(?:BC|AD|BCE|CE)\b|[,;)]|\s[a-z]|$)",
        lambda m, _r: m["place"] + "century",
        cues="c",
    ),
    word(r"\bc\.\s?(?=AD\s\d)", "circa ", cues=("AD",)),
)
