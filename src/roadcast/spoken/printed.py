"""Say what print abbreviates: p. xii, c. 1510, Gen. 1:1, B.Sc. (Hons.), I-95 S., Smith, v. Jones, Sat. & Sun."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, roman, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

_BOOKS = (
    "Genesis", "Exodus", "Leviticus", "Numbers", "Deuteronomy", "Joshua", "Judges", "Ruth", "Samuel", "Kings", "Job",
    "Psalm", "Psalms", "Proverbs", "Ecclesiastes", "Isaiah", "Jeremiah", "Ezekiel", "Daniel", "Hosea", "Amos", "Micah",
    "Matthew", "Mark", "Luke", "John", "Acts", "Romans", "Corinthians", "Galatians", "Ephesians", "Philippians",
    "Colossians", "Thessalonians", "Timothy", "Hebrews", "James", "Peter", "Revelation",
)  # fmt: skip
_SHORT_BOOKS = {
    "Gen": "Genesis", "Exod": "Exodus", "Lev": "Leviticus", "Deut": "Deuteronomy", "Isa": "Isaiah", "Jer": "Jeremiah",
    "Ezek": "Ezekiel", "Ps": "Psalm", "Prov": "Proverbs", "Matt": "Matthew", "Rom": "Romans", "Cor": "Corinthians",
    "Gal": "Galatians", "Eph": "Ephesians", "Phil": "Philippians", "Heb": "Hebrews", "Rev": "Revelation",
}  # fmt: skip
_LIVED = {"b": "born", "d": "died", "r": "reigned", "m": "married"}
_WAYS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_LANDS = (
    r"(?:America|Africa|Europe|Asia|Carolina|Dakota|Korea|Ireland|Macedonia|Australia|Virginia|Yorkshire|Sumatra|Coast|Sea|Wales|"
    r"Island)\b"
)
_DAYS = {"Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
         "Sun": "Sunday"}  # fmt: skip
_DEGREES = {"Sc": "S C", "Phil": "Phil", "Eng": "Eng", "Ed": "Ed", "Tech": "Tech", "Com": "Com", "Mus": "Mus"}


# Who retires from a rank and keeps it.
_OFFICERS = (
    r"Gen|General|Maj|Major|Col|Colonel|Lt|Lieutenant|Capt|Captain|Cdr|Cmdr|Commander|Brig|Brigadier|Adm|Admiral|Cmde|Commodore|"
    r"Sgt|Sergeant|Marshal|AVM|Justice|Judge|Hon|Prof|Professor|Insp|Inspector|Supt|DCI|DSP|IAS|IPS"
)


def _verses(match: re.Match[str], reading: Reading) -> str:
    """Say chapter and verses of a book of the Bible."""
    del reading
    until = f" to {cardinal(match['until'])}" if match["until"] else ""
    book = match["book"].removesuffix(".")
    return f"{_SHORT_BOOKS.get(book, book)} {cardinal(match['chapter'])} {cardinal(match['verse'])}{until}"


def _page(match: re.Match[str], reading: Reading) -> str:
    """Say the pages before the first, p. xii."""
    del reading
    first, last = (roman(part) if part else None for part in (match["first"], match["last"]))
    if first is None:
        return match.group()
    if last is None:
        return f"page {cardinal(str(first))}"
    return f"pages {cardinal(str(first))} to {cardinal(str(last))}"


def _lived(match: re.Match[str], reading: Reading) -> str:
    """Say when somebody was born and died, or reigned from year to year."""
    when = "" if match["until"] else year(match["year"], zero=reading.zero)
    return f"{_LIVED[match['lived']]} {'circa ' if match['about'] else ''}{when}"


_RANKS = pattern(rf"(?:(?:{_OFFICERS})\.?\s)+")


def _retired(match: re.Match[str], reading: Reading) -> str:
    """Say Col. Weir (ret'd) and Lt Gen (Retd) Mehta."""
    del reading
    who, name = match["who"], match["name"] or ""
    if name and _RANKS.fullmatch(who):
        return f"{'R' if match.start() == 0 else 'r'}etired {who.rstrip()}{name}"
    return f"{who.rstrip()}, retired,{name}"


RULES = (
    word(r"\bM/s\.?\s(?=[A-Z])", "Messieurs ", marks="/", cues=("M",)),
    word(r"\bDy\.\s(?=[A-Z])", "Deputy ", cues=("Dy",)),
    word(r"\b[Cc]irc\.\s(?=(?:no\.?\s)?\d)", "circular ", cues=("circ", "Circ"), figures=True),
    rule(
        r"\b(?P<w>[Ww])\.\s?r\.\s?t\.?(?=[\s,])",
        lambda m, _r: f"{m['w']}ith respect to",
        cues=("r",),
        needs=r"[Ww]\.\s?r\.",
        figures=False,
    ),
    rule(
        r"\b(?P<n>[Nn])(?:o|r)\.\s(?=of\s(?!course\b|them\b|us\b|you\b|these\b|those\b|the\b)[A-Za-z-]+(?:\s[a-z]+)?s\b)",
        lambda m, _r: f"{m['n']}umber ",
        cues=("no", "No", "nr", "Nr"),
        figures=False,
    ),
    rule(
        rf"(?P<who>\b(?:{_OFFICERS})\.?\s(?:(?:[A-Z]\.?\s?)*[A-Z][\w'-]+\s){{0,3}})\((?i:re?t(?:'?d)?)\.?\),?(?P<name>\s[A-Z])?",
        _retired,
        marks="(",
        figures=False,
        needs=r"\((?i:re?t'?d?\b)",
    ),
    rule(
        rf"\b(?P<book>{either(_BOOKS)}|(?:{either(_SHORT_BOOKS)})\.?)\s(?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})(?:[-–](?P<until>\d{{1,3}}))?"
        r"(?![\w:]|\s?[AaPp]\.?[Mm]\b)",
        _verses,
        marks=":",
        needs=r"[a-z]\.?\s\d+:\d",
    ),
    rule(
        r"\b[Pp]p?\.\s(?P<first>[IVXL]+)(?:[-–](?P<last>[IVXL]+))?(?!\w)",
        _page,
        marks=".",
        cues=("p", "pp", "P", "Pp"),
        figures=False,
    ),
    word(
        r"(?<![\w.])ca?\.\s?(?=1\d{3}(?!\d)|\d{2,4}\s?(?:B\.?C|A\.?D|C\.?E)\b)",
        "circa ",
        cues=("c", "ca"),
        figures=True,
    ),
    rule(
        r"(?<![\w.])(?P<lived>[bdrm])\.\s(?P<about>c\.\s?|ca\.\s?)?(?=(?P<year>1[0-9]\d\d|20[0-2]\d)(?!\d|[.,]\d)(?P<until>[-–])?)(?:(?!\d{4}[-–])\d{4})?",
        _lived,
        marks=".",
        cues=_LIVED,
    ),
    rule(
        r"(?<=\s)(?P<way>[NSEW])\.(?=\sof\s(?:the\s|[A-Z]))",
        lambda m, _r: _WAYS[m["way"]],
        marks=".",
        cues=_WAYS,
        figures=False,
    ),
    word(r"(?<=\dmpg\s)hwy\b|(?<=\d\smpg\s)hwy\b", "highway", cues=("hwy",), figures=True),
    word(
        r"(?<=\d-)ct\b\.?(?=\s[a-z])|(?<=\d\s)ct\b\.?(?=\s(?:multi-?packs?|packs?|box(?:es)?|bags?|cases?|cartons?|trays?|rolls?)\b)",
        "count",
        cues=("ct",),
        figures=True,
    ),
    word(r"(?<=%\s)APR\b|\bAPR(?=\s(?:of|is|was|from|rates?|on)\b)", "A P R", cues=("APR",), figures=False),
    word(
        r"\bPt\.?\s(?=(?:Adelaide|Lincoln|Hedland|Kembla|Augusta|Botany|Moresby|Elizabeth|Macquarie|Melbourne|Arthur)\b)",
        "Port ",
        cues=("Pt",),
        figures=False,
    ),
    word(r"\bN\.?\s(?=Ireland\b)", "Northern ", cues=("Ireland",), figures=False),
    rule(
        r"(?<!itamin\s)(?<!ection\s)(?<![Gg]rade\s)(?<![Pp]lan\s)(?<!ption\s)(?<![Cc]lass\s)(?<!roup\s)(?<![Tt]ype\s)"
        rf"\b(?P<way>[NSEW])\.?\s(?={_LANDS})",
        lambda m, _r: f"{_WAYS[m['way']].title()} ",
        cues=_WAYS,
        figures=False,
        needs=_LANDS,
    ),
    rule(
        r"\b(?P<north>[NS])(?P<east>[EW])\.?\s(?=(?:Asia|India|England|Germany|France|Spain|Scotland|Wales|Europe|China|Africa|Brazil|Ohio|Texas|US|USA|UK)\b)",
        lambda m, _r: f"{_WAYS[m['north']].title()}{_WAYS[m['east']]} ",
        cues=("NE", "NW", "SE", "SW"),
        figures=False,
    ),
    word(r"(?<=\dst|\dnd|\drd|\dth)-c\.(?=\s[a-z])", " century", marks="-", figures=True),
    word(r"(?<=[a-z.],\s)v\.(?=\s[A-Z][a-z])", "versus", cues=("v",)),
    word(r"(?<=\d\s)degs?\.\s(?=[CF]\b)", "deg ", cues=("deg", "degs"), figures=True),
    rule(
        r"(?P<road>\b(?:I|US|SR|Route|Rte\.?|Hwy\.?|Highway|Interstate)[-\s]\d{1,3}\s)(?P<way>[NSEW])B?\b\.?"
        r"(?=\s(?:to|at|from|for|toward|towards|near|between|and|exit|on|past|until|is|was|are|closed|ramp)\b|[,;])",
        lambda m, _r: m["road"] + _WAYS[m["way"]],
        cues=_WAYS,
    ),
    rule(
        rf"\b(?P<degree>[BMD])\.\s?(?P<of>{either(_DEGREES)})\b\.?(?P<hons>\s\([Hh]ons\.?\))?(?=[\s,;)]|$)",
        lambda m, _r: f"{m['degree']} {_DEGREES[m['of']]}{' Honors' if m['hons'] else ''}",
        marks=".",
        cues=_DEGREES,
        figures=False,
    ),
    rule(
        r"\b(?P<staff>[ST])/Sgt\b\.?(?=\s[A-Z])",
        lambda m, _r: f"{'Staff' if m['staff'] == 'S' else 'Technical'} Sergeant",
        marks="/",
        figures=False,
    ),
    rule(
        rf"\b(?P<day>{either(_DAYS)})\.(?=\s[&+])|(?<=[&+]\s)(?P<other>Sat|Sun|Mon|Thu)(?:\.(?=[,;)])|(?=\.?$|[,;)]))",
        lambda m, _r: _DAYS[m["day"] or m["other"]],
        marks="&+",
        cues=_DAYS,
        figures=False,
    ),
)
