"""Say what is told of games, weather and kitchens: 287–6 at stumps, 968 mb, 180C/350F/gas mark 4, 3/4 c. flour."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, number, pairs, plural
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule, word

_CRICKET = (
    r"\b(?i:cricket|stumps|\d{1,2} ov|all out|wickets?|wkts?|overs|innings|not out|bowled|batting|ODI|T20|"
    r"(?:closed|slumped|collapsed|recovered) (?:on|to)|chasing)\b"
)
_SCALES = {"C": "Celsius", "F": "Fahrenheit"}
_EVERY = {"h": "hours", "d": "days", "w": "weeks", "wk": "weeks", "mo": "months"}
_STORMY = (
    r"\b(?i:lows?|high|pressure|storms?|cyclones?|hurricanes?|typhoons?|depression|gales?|winds?|gusts?|landfall|barometer|"
    r"anticyclone|front|trough|ridge|weather|forecast|isobars?)\b"
)
_COOKED = (
    r"\b(?i:tsp|tbsp|oz|sugar|flour|butter|milk|rice|oil|cream|salt|broth|stock|bake|stir|mix|add|cheese|water|oats)\b"
)

_WARM = (
    r"\b(?i:highs?|lows?|temp\w*|weather|forecast|heat(?:ed|ing)?|cool(?:ed|ing)?|oven|bake|roast|fridge|freezer|warm\w*|cold|"
    r"humid\w*|kiln|dryer|sauna|ambient|sunny|frost|fahrenheit|celsius)\b"
)

# Where a letter behind a number is a door: unit 4C, Room 12F.
_DOOR = pattern(
    r"\b(?i:rooms?|units?|gates?|seats?|flat|apt\.?|hall|suite|section|class|row|model|type|phase|zone|level|block|bay|box|"
    r"aisle|building|floor|stand|stage|step|grade|group|part|form|table|figure|fig\.|year|platform|exit)\s\Z"
)


def _degrees(match: re.Match[str], reading: Reading) -> str:
    """Say 18C, unless it is a door."""
    del reading
    if _DOOR.search(match.string, max(0, match.start() - 12), match.start()):
        return match.group()
    return f"{'minus ' if match['minus'] else ''}{cardinal(match['hot'])} degrees {_SCALES[match['scale']]}"


# Books whose verses are called by chapter and verse.
_BOOKS = (
    r"(?:Gen(?:esis|\.)|Exod(?:us|\.)|Psalms?|Ps\.|Prov(?:erbs|\.)|Isa(?:iah|\.)|Matt(?:hew|\.)|Luke|John|Acts|Rom(?:ans|\.)|"
    r"Cor(?:inthians|\.)|Heb(?:rews|\.)|Eph(?:esians|\.)|Phil(?:ippians|\.)|Rev(?:elation|\.)|Sura[ht]?)"
)

RULES = (
    word(r"(?<=\d/\d\d\s)mmHg\b|(?<=\d/\d{3}\s)mmHg\b", "millimeters of mercury", cues=("mmHg",), figures=True),
    rule(
        r"(?<![\w.,$/-])(?P<far>\d[\d,]*)\s?nm\b(?=\.?\s(?:[NSEW]{1,3}\s(?:of|off)|north|south|east|west|off)\b)",
        lambda m, _r: f"{cardinal(m['far'])} nautical miles",
        cues=("nm",),
    ),
    rule(
        r"(?P<what>\b[Uu]nder[\s-])(?P<age>\d\d?)s(?=[,.;)]|$|\s(?:are|go|get|eat|stay|must|pay|free|can|welcome|half|and|must)\b)",
        lambda m, _r: m["what"] + plural(cardinal(m["age"])),
        cues="s",
        needs=r"\b(?i:ages?|kids|child(?:ren)?|free|pay|admission|tickets?|adults?|family|half price)\b",
    ),
    rule(
        rf"(?P<book>\b{_BOOKS})\s(?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?P<joint>[-–](?P<until>\d{{1,3}}))?(?!\w|[.,:]\d|\s?[ap]\.?m)",
        lambda m, _r: (
            f"{m['book']} {cardinal(m['chapter'])} {cardinal(m['verse'])}"
            + (f" to {cardinal(m['until'])}" if m["joint"] else "")
        ),
        marks=":",
        needs=_BOOKS,
    ),
    rule(
        r"(?<![\w.,$-])(?P<penny>\d{1,2})d(?=\s(?:[a-z]+\s)?nails?\b)",
        lambda m, _r: f"{cardinal(m['penny'])} penny",
        cues="d",
    ),
    rule(
        r"(?<![\w.,$-])(?P<waist>\d\d)W\s?[x×/]\s?(?P<leg>\d\d)L(?!\w)",
        lambda m, _r: f"{cardinal(m['waist'])} W by {cardinal(m['leg'])} L",
        cues="W",
    ),
    rule(
        r"(?<![\w./$-])(?P<east>1?\d)/(?P<middle>1?\d)c(?![\w/])",
        lambda m, _r: f"{cardinal(m['east'])}, {cardinal(m['middle'])} Central",
        marks="/",
        cues="c",
    ),
    rule(r"(?<=%\s)(?P<due>20\d\d)s(?!\w)", lambda m, _r: plural(pairs(m["due"])), cues="s"),
    rule(
        r"(?<![\w.,$€£/–-])(?P<minus>[-–])?(?P<hot>(?:\d,)?\d{1,3})\s?(?P<scale>[CF])(?![\w/'-]|\.\d)",
        _degrees,
        cues="CF",
        needs=_WARM,
    ),
    word(
        r"(?<=\d)\s?kts?\b",
        " kn",
        cues=("kt", "kts"),
        needs=r"\b(?i:winds?|gust\w*|seas|knots|sail\w*|cruis\w+|airspeed|[NS]?[NESW]{1,2}ly)\b",
        figures=True,
    ),
    rule(
        r"(?P<batted>\b(?:[Bb]att?(?:ed|ing|s)|[Hh]it(?:ting|s)?|[Aa]verage|slugging|OBP|percentage)\s(?:of\s|a\s|is\s|was\s)?)\.(?P<figures>\d{3})(?![\w.])",
        lambda m, _r: m["batted"] + pairs(m["figures"]),
        marks=".",
        needs=r"\s\.\d{3}",
    ),
    rule(
        r"(?<![\w.])q(?P<every>\d{1,2})(?P<unit>h|d|wk?|mo)(?!\w)",
        lambda m, _r: f"every {cardinal(m['every'])} {_EVERY[m['unit']]}",
        cues="q",
        needs=r"\bq\d",
    ),
    rule(
        r"(?<![\w.])(?P<beds>\d)\s?BR\s?/\s?(?P<baths>\d(?:\.\d)?)\s?BA\b",
        lambda m, _r: f"{cardinal(m['beds'])} bedroom, {number(m['baths'])} bath",
        cues=("BR",),
    ),
    word(
        r"(?:(?<=mm\s)|(?<=cm\s)|(?<=\d\"\s)|(?<=in\.\s)|(?<=inches\s)|(?<=foot\s)|(?<=\dft\s))(?:c/c|o\.\s?c\.)",
        "on center",
        cues="co",
    ),
    word(r"(?<=\bA)\*(?!\w)", " star", marks="*", needs=r"\b(?:A-levels?|GCSEs?|grades?|pass|pupils|students)\b"),
    rule(
        r"(?<![\w.,$€£/-])(?P<runs>\d{1,3})\s?[-–/]\s?(?P<wickets>10|\d)(?P<declared>\s?d(?:ec)?\b\.?)?(?![\w%/-]|[.,:]\d|\s(?:[a-z]+\s)?(?:wickets?|wkts?|overs?)\b)",
        lambda m, _r: (
            f"{cardinal(m['runs'])} for {cardinal(m['wickets'])}{' declared' if m['declared'] else ''}"
            if int(m["runs"]) > 20
            else m.group()
        ),
        marks="-–/",
        needs=_CRICKET,
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<wickets>10|\d)/(?P<runs>\d{2,3})(?![\w%/-]|[.,:]\d)",
        lambda m, _r: f"{cardinal(m['wickets'])} for {cardinal(m['runs'])}" if int(m["runs"]) > 31 else m.group(),
        marks="/",
        needs=_CRICKET,
    ),
    word(r"(?<=\d\s)ov\b", "overs", cues=("ov",), figures=True),
    rule(
        r"(?<![\w.,$-])(?P<runs>[46])s(?=:|\s(?:and|in|off)\b|,)",
        lambda m, _r: plural(cardinal(m["runs"])),
        cues="s",
        needs=_CRICKET,
    ),
    word(r"(?<=\d\s)wkts\b(?:\.(?=\s[a-z]|[,;)]))?", "wickets", cues=("wkts",), figures=True),
    rule(
        r"(?<![\w.,$-])(?P<low>(?:8[5-9]\d|9\d\d|10[0-7]\d)(?:\.\d)?)\s?mb(?:ar)?\b\.?(?!\sper)",
        lambda m, _r: f"{number(m['low'])} millibars",
        cues=("mb", "mbar"),
        needs=_STORMY,
    ),
    rule(
        r"(?<![\w.,$-])(?P<hot>\d{2,3})\s?°?\s?C\s?/\s?(?P<hotter>\d{2,3})\s?°?\s?F\b(?P<gas>\s?/\s?(?=[Gg]as))?",
        lambda m, _r: (
            f"{cardinal(m['hot'])} degrees Celsius, {cardinal(m['hotter'])} Fahrenheit{', ' if m['gas'] else ''}"
        ),
        marks="/",
        cues=("C", "°"),
    ),
    word(r"(?<=[CF])\s?/\s?(?=[Gg]as\s?(?:mark)?\s\d)", ", ", marks="/", cues=("gas", "Gas")),
    word(r"(?:(?<=\d/\d\s)|(?<=\b1\s))c\.?(?=\s[a-z]{3,})", "cup", cues="c", needs=_COOKED, figures=True),
    word(r"(?<=\b[2-9]\s)c\.?(?=\s[a-z]{3,})", "cups", cues="c", needs=_COOKED, figures=True),
)
