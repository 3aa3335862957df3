"""Say abbreviations, titles and street names in full: Dr., approx., w/, e.g., Main St., St. Louis."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, pairs
from roadcast.spoken.rules import Reading, either, rule, word

_TITLES = tables.pairs("abbreviations", kind="title")
_FIRMS = tables.pairs("abbreviations", kind="firm")
# With a full stop only: without it they are words of their own.
_DOTTED = tables.pairs("abbreviations", kind="dotted")
# Behind a number these are units.
_MEASURED = frozenset(row[0] for row in tables.rows("units"))
_COUNTED = re.compile(r"(?:\d|thousand|million|billion|lakh|crore)\s?(?:(?:sq|cu)\.?\s)?$")
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
_LISTED = re.compile(r"Inc\.?\s(?:5,?000?|five (?:hundred|thousand))\b")


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


_MOVED = "of|was|is|up|down|growth|grew|fell|miss|missed|beat|guide|guidance"

_DAYS = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

_SQUARE = {"ft": "foot", "m": "meter", "mi": "mile", "yd": "yard", "km": "kilometer"}

# Before anything takes the number away.
NUMBERS = (
    word(
        r"(?:(?<=\bof a\s)|(?<=[Dd]ew\s)|(?<=oiling\s)|(?<=elting\s)|(?<=reezing\s)|(?<=[Ff]lash\s))pt\b(?:\."
        r"(?=[,;)]|\s[a-z\d]))?",
        "point",
        cues=("pt",),
        figures=False,
    ),
    word(r"(?<=%\s)(?:v/v|vol/vol)\b", "by volume", marks="/", cues=("v", "vol"), figures=True),
    word(r"(?<=%\s)wt/wt\b", "by weight", marks="/", cues=("wt",), figures=True),
    word(r"(?<=\d\s)agg\b(?:\.(?=[,;)]|\s[a-z]))?", "on aggregate", cues=("agg",), figures=True),
    word(
        r"\bReg\.\s(?=(?:Sales|Manager|Mgr|VP|Director|Dir|Head|Office|Account|Marketing|Service)\b)",
        "Regional ",
        cues=("Reg",),
        figures=False,
    ),
    rule(
        r"(?<=\d)(?P<th>st|nd|rd|th)-gen\.(?=[,;)]|\s[a-z])",
        lambda m, _r: m["th"] + "-generation",
        marks="-",
        cues=("gen",),
    ),
    word(r"(?<=\d[-\s])ph\.?(?=[,;)]|\s(?:\d+\s?Hz|power|supply|motor)\b)", "phase", cues=("ph",), figures=True),
    word(r"\brev\s(?=\d{1,2}(?:[.,;)]?(?:\s|$)))", "revision ", cues=("rev",), figures=True),
    word(r"(?<=\d-)spd\b", "speed", cues=("spd",), figures=True),
    word(r"(?<=\d\s)hwy\smpg\b", "highway miles per gallon", cues=("hwy",), figures=True),
    word(r"(?<=GDP)/cap(?:ita)?\b\.?", " per capita", marks="/", cues=("cap", "capita"), figures=False),
    word(
        r"\b[Cc]h\.\s(?=\d)",
        "Channel ",
        cues=("ch", "Ch"),
        needs=r"\b(?i:wi-?fi|router|radio|VHF|DMX|airs?|aired|TV|tune|broadcast|watch|viewers)\b",
        figures=True,
    ),
    word(r"(?<=Class I,\s)Div\.?(?=\s\d)|(?<=Class II,\s)Div\.?(?=\s\d)|(?<=NCAA\s)Div\.", "Division", cues=("Div",)),
    word(r"(?<=,\s)Div\.(?=\s\d\d?(?:[,;)]|\.?$|\s[a-z]))", "Division", cues=("Div",), figures=True),
    word(r"(?<=\d(?:st|nd|rd|th)\s)ed\.(?=[,;)])", "edition", cues=("ed",), figures=True),
    word(r"\bGr\.\s(?=[A-Z]\b|\d)", "Grade ", cues=("Gr",), figures=False),
    word(r"\bSch\.\s(?=\d)", "Schedule ", cues=("Sch",), figures=True),
    word(r"(?<=\b[Pp]er\s)MT\b", "metric ton", cues=("MT",), figures=False),
    word(r"\bDiv\.?(?=\s(?:I{1,3}|IV|V)\b)", "Division", cues=("Div",), figures=False),
    word(r"\bno\.\s(?=[A-Z]{2,}-?\d|[A-Z]-?\d{2,})", "number ", cues=("no",), figures=True),
    rule(
        r"\b(?P<d>[Dd])iv(?:\.(?=\s(?:of\s)?[$€£\d]|\sy(?:ie)?ld)|(?=\s(?:of\s)?(?:[$€£]|\d[\d.]*[cp]\b)))",
        lambda m, _r: f"{m['d']}ividend",
        cues=("Div", "div"),
    ),
    word(r"\bincl\.?(?=\s(?:in|with|w/|free)\b)", "included", cues=("incl",)),
    word(r"(?<=[\d+]\s)req\.?(?=[;,)]|\.?$)", "required", cues=("req",)),
    word(r"(?<=\b[Oo]n\s)req\b\.?", "request", cues=("req",), figures=False),
    rule(
        r"(?<!rder )(?<!oking )\b(?P<c>[Cc])onf\.?\s"
        r"(?=(?:[Rr]oom|[Rr]m|[Cc]all|[Cc]ent(?:er|re)|ID|code|line|bridge|no|number|PIN)\b|#)",
        lambda m, _r: f"{m['c']}onference ",
        cues=("conf", "Conf"),
        figures=False,
    ),
    word(
        r"(?<=\d\s)rpm\b",
        "requests per minute",
        cues=("rpm",),
        needs=r"\b(?:APIs?|[Rr]ate limits?|requests?|endpoints?|tokens?)\b",
    ),
    word(r"\bincl(?:\.(?=\s?[,;)])|(?=\.?$|\s?[,;)]))", "included", cues=("incl",)),
    word(r"(?<!ants )(?<!eeds )\bexcl(?:\.(?=\s?[,;)])|(?=\.?$|\s?[,;)]))", "excluded", cues=("excl",)),
    rule(
        rf"\b(?P<w>[Ww])/(?P<e>[EeCc])(?=:?\s(?:\d|{_DAYS}))",
        lambda m, _r: f"{m['w']}eek {'ending' if m['e'] in 'eE' else 'commencing'}",
        marks="/",
    ),
    rule(r"\b(?P<s>[Ss])te\.?\s(?=\d)", lambda m, _r: f"{m['s']}uite ", cues=("Ste", "ste")),
    rule(r"\b(?P<n>[Nn])o\.\s?(?=#?\d)", lambda m, _r: f"{m['n']}umber ", cues=("no", "No")),
    rule(r"\b(?P<i>[Ii])nv\.\s?(?=#\s?\d)", lambda m, _r: f"{m['i']}nvoice ", marks="#", cues=("inv", "Inv")),
    rule(r"\b(?P<p>[Pp])g\.?\s(?=\d)", lambda m, _r: f"{m['p']}age ", cues=("pg", "Pg")),
    rule(
        r"\b(?P<m>[Mm])(?P<end>ax|in)\.(?=\s?(?:\d|[a-z]))",
        lambda m, _r: f"{m['m']}{m['end']}imum",
        marks=".",
        cues=("Max", "Min"),
        figures=False,
    ),
    rule(
        r"(?P<much>(?<![\w.,$€£])\d+(?:\.\d+)?)\spt(?:\.(?!\s(?!of\b|in\b|to\b|above\b|below\b|higher\b|lower\b|more\b|less\b)[a-z])|(?=[,;)]|$|\s(?:to|in|on|vs|ahead|above|below|better|worse|higher|lower)\b))",
        lambda m, _r: ended(f"{m['much']} {'point' if m['much'] == '1' else 'points'}", m),
        cues=("pt",),
    ),
    word(r"(?<=\d)-pt\b\.?", "-point", marks="-", cues=("pt",), figures=True),
    word(r"(?<=\d\d)\spp\.(?=[),;])", " pages", marks=".", cues=("pp",), figures=True),
    rule(r"(?<![\w.,$])(?P<many>[1-9]\d\d)\s?pp\b\.?", lambda m, _r: m["many"] + " pages", cues=("pp",)),
    word(r"(?<=[A-Za-z]\s)v\.(?=\s[A-Z][a-z])|(?<=[\w%]\s)v\.(?=\s[$€£]\d)", "versus", cues=("v",), figures=False),
    word(r"(?<=\d)\s?b\.p\.(?:s\.?)?", " bps", cues=("b",), figures=True),
    word(r"\([Rr]et\.?\)", ", retired,", marks="(", cues=("ret", "Ret")),
    word(r"(?<=\b[Nn]o )chg\b\.?", "charge", cues=("chg",)),
    rule(
        r"(?P<what>\b(?i:model|part|serial|item|cat|catalog|order|ref|account|policy|invoice|tel\.?|phone|telephone|fax|cell)\s)no(?:\.|(?=\s[A-Z\d-]*\d))(?=\s)",
        lambda m, _r: m["what"] + "number",
        figures=False,
        cues=("no",),
    ),
    word(r"(?:(?<=mtg\.\s)|(?<=mtg\s)|(?<=eeting\s))mins?\b\.?", "minutes", cues=("min", "mins")),
    word(r"(?<=\d(?:st|nd|rd|th)\s)[Ff]l\b\.?", "floor", cues=("fl", "Fl")),
    word(r"(?<=\d\s)est\b(?!\.|\s[a-z])", "estimate", cues=("est",)),
    word(r"(?<=\()[Ee]st\.\s(?:in\s)?(?=(?:1[5-9]\d|20[01])\d\))", "established ", cues=("est", "Est")),
    rule(r"\b(?P<p>[Pp])t\.?(?=\sof\s(?:contact|sale|view|entry)\b)", lambda m, _r: f"{m['p']}oint", cues=("pt", "Pt")),
    word(r"\b[Dd]ist\.(?=\s(?:[Cc]ourt|[Aa]tty|[Aa]ttorney|[Jj]udge|[Nn]o\b|\d))", "District", cues=("dist", "Dist")),
    rule(
        r"\b(?P<e>[Ee])xp\.?(?=:?\s(?:\d\d?/\d\d?(?:\d\d|/\d|\b)|(?:in\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))",
        lambda m, _r: f"{m['e']}xpires",
        cues=("exp", "Exp"),
    ),
    rule(
        r"(?P<per>\b[Pp]er\s(?:[a-z]+\s)?)sq\.?\s?(?P<unit>ft|m|mi|yd|km)\b\.?(?!\w)",
        lambda m, _r: (
            ended(f"{m['per']}square {_SQUARE[m['unit']]}", m)
            if m[0][-1] == "."
            else f"{m['per']}square {_SQUARE[m['unit']]}"
        ),
        figures=False,
        cues=("sq",),
    ),
    word(r"(?<!\w)#\s(?=of\b)", "number ", marks="#"),
    rule(
        rf"\b(?P<r>[Rr])ev(?=\s(?:{_MOVED})\b|\s?[$€£+]|\s-\d|\s(?:circa|ca\.|c\.)\s)",
        lambda m, _r: f"{m['r']}evenue",
        cues=("rev", "Rev"),
    ),
    rule(
        r"\b(?P<e>[Ee])xp\.(?=\sby\b|\s(?:at\s)?[-+–$€£]?\d[\d.,]*\s?(?:%|bps|pp|[kKmMbB]n?\b|million|billion))",
        lambda m, _r: f"{m['e']}xpected",
        figures=False,
        cues=("exp", "Exp"),
    ),
    rule(
        r"(?P<to>\b(?:[Ss]ee|[Cc]an|[Dd]o|[Dd]id|[Ii]f|[Tt]hanks?|[Tt]hx|[Ll]ove|[Hh]ope|[Ww]hen|[Ll]et|[Aa]re|[Aa]s|[Ff]or|[Ww]ill)\s)u\b(?=[\s.,!?]|$)",
        lambda m, _r: m["to"] + "you",
        cues="u",
        figures=False,
    ),
    rule(
        r"\b(?P<r>[Rr])ev\.?\s(?=[A-Z]\d{0,2}(?![\w'&]|\.\s?[A-Z]|\s[A-Z][a-z]))",
        lambda m, _r: f"{m['r']}evision ",
        cues=("rev", "Rev"),
        figures=False,
    ),
    rule(
        r"\b(?P<o>[Oo])p\.?(?=\s(?:margins?|profits?|income|inc|loss(?:es)?|ex|exp|expenses?|cash|costs?|leverage)\b)",
        lambda m, _r: f"{m['o']}perating",
        cues=("op", "Op"),
        figures=False,
    ),
    word(r"(?<=%\s)org\.(?=[),;\s]|$)", "organic", cues=("org",)),
    word(r"(?<=\d\s)reg\.(?=[),;\s])", "registered", cues=("reg",)),
    word(r"(?<=\d\s)adv\.?(?=[),;/]|$)", "advance", cues=("adv",)),
    word(r"(?<=\b[Nn]o\s)resp\b(?:\.(?!$))?", "response", cues=("resp",), figures=False),
    word(r"(?<=\d\s)resp\b\.?(?=[,;)]|$)", "respectively", cues=("resp",)),
    word(r"(?<=[a-z]{2})\.(?=/[A-Z][a-z]{2})", "", marks="/", needs=r"[a-z]\./[A-Z]", figures=False),
    word(r"(?<=\dth\s)%\s?ile\b|(?<=\d(?:st|nd|rd)\s)%\s?ile\b", "percentile", cues=("ile",)),
    word(r"(?<=\d\s)sq\.\s?ft\.?(?=/)", "sq ft", marks="/", cues=("sq",), figures=True),
    word(
        r"(?<!per\s)(?<!\ba\s)(?<!\d\s)(?<![\d-])\bsec\.(?=\s[a-z]|[,;)]|$)", "security", cues=("sec",), figures=False
    ),
    word(r"(?<=\d\s)lic\.?(?=[,;)]|$)", "licenses", cues=("lic",)),
    word(r"(?<!\S)\?s\b", "questions", marks="?", figures=False),
    word(r"\bmid-?pt\b\.?", "midpoint", cues=("midpt", "pt"), figures=False),
    rule(
        r"(?P<kind>\b(?i:interim|final|special|ordinary|total|annual|quarterly|full[- ]year)\s)div(?P<many>s?)\b\.?",
        lambda m, _r: f"{m['kind']}dividend{m['many']}",
        cues=("div", "divs"),
        figures=False,
    ),
    rule(
        r"(?P<sum>[$€£]\d[\d.,]*(?:bn|mn|[KMBkm]|\s[bmtr]+illion)?\s)est\.?(?=[,;)]|$)",
        lambda m, _r: m["sum"] + "estimate",
        cues=("est",),
    ),
    word(r"\bAve\.(?=\s[a-z])", "Average", cues=("Ave",), figures=False),
    word(r"(?<=,\s)resp\.(?=[,;)]|$)", "respectively", cues=("resp",), figures=False),
    word(r"\b[Rr]eg\.(?=\s[$€£]\d)", "regular", cues=("reg", "Reg")),
    word(r"\bex\.?\s(?=(?:VAT|GST|tax|duty)\b)", "excluding ", cues=("ex",), figures=False),
    rule(
        r"(?P<what>\b(?i:operating|storage|max|min|ambient|water|room|avg|average|surface|oven)\.?\s)temps?\b\.?",
        lambda m, _r: m["what"] + "temperature",
        cues=("temp",),
        figures=False,
    ),
    rule(r"\b(?P<t>[Tt])el\b:?(?=\s[+(]?\d)", lambda m, _r: f"{m['t']}elephone", cues=("tel", "Tel")),
    rule(
        r"\bb/f(?=\s(?:\d\d?(?::\d\d)?\s?[ap]m\b|noon|EOD|COB|EOW|the\b|(?:Mon|Tue|Wed|Thu|Fri)|\d\d?/\d))",
        lambda _m, _r: "before",
        marks="/",
        figures=False,
    ),
    rule(r"\b(?P<m>[Mm])ob\b[.:]?\s?(?=[+(]?\d)", lambda m, _r: f"{m['m']}obile ", cues=("mob", "Mob")),
    word(r"\bRev(?=/[A-Za-z])", "Revenue", marks="/", cues=("Rev",), figures=False),
)

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
