"""Say what stands to what: net debt/EBITDA, LTV:CAC, 14/16 GB used, 180°C/350°F, 31 city/39 highway, 1/250 s."""

from __future__ import annotations

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, ordinal, plural
from roadcast.spoken.rules import either, rule, word

PER = tables.pairs("per")

# Ratios that are told with "to": above the line, and below it.
_ABOVE = (
    r"(?:[Dd]ebt|EV|FFO|FCF|[Cc]ost|[Ll]oans?|[Pp]rice|LTV|CLV|CLTV|[Cc]apex|CAPEX|[Oo]pex|OPEX|[Ll]everage"
    r"|[Bb]ook|[Pp]ut)"
)
_BELOW = (
    r"(?:(?:adj\.?|adjusted|LTM|TTM)\s)?(?:EBITDA(?:[RX]|re)?|EBIT|CAC|FCF|[Dd]ebt|[Ee]quity|[Ii]ncome|[Dd]eposits?|"
    r"[Ss]ales|[Rr]evenues?|[Ee]arnings|[Bb]ook|[Bb]ill|[Cc]all)"
)
_FULL = r"(?:\s?(?:[KMGTP]B|[kMG]Wh)\s(?:used|full|free|available|left|consumed)\b|\s(?:pts|(?:story\s)?points)\b)"

RULES = (
    word(r"(?<=[a-z]{3})[/:](?=[a-z]{3,}\s(?:ratios?\b|\d+:\d))", " to ", marks="/:", needs="ratio", figures=False),
    rule(
        rf"\b(?P<above>{_ABOVE})[/:](?={_BELOW}(?![\w/]))",
        lambda m, _r: m["above"] + " to ",
        marks="/:",
        figures=False,
    ),
    rule(
        rf"(?<![\w.,/$-])(?P<used>\d+)/(?=(?P<all>\d+){_FULL})",
        lambda m, _r: m["used"] + (" of " if int(m["used"]) <= int(m["all"]) else " and "),
        marks="/",
    ),
    rule(
        r"(?<![\w.,$])(?P<short>[2357]|10)s/?(?P<long>[2357]|10|30)s(?!\w)",
        lambda m, _r: f"{plural(cardinal(m['short']))} {plural(cardinal(m['long']))}",
        needs=r"\b(?:curve|spread|steep\w+|flatt\w+|bps|yields?)\b",
        cues="s",
    ),
    word(r"(?<=°[CF])\s?/\s?(?=[-–]?\d+(?:\.\d+)?\s?°[CF])", " or ", marks="/"),
    rule(
        r"(?<=\d\s)(?P<first>[a-z]+)/(?!(?:12|24|48|72)\s?h)(?!1(?:00?|,?000)\s?(?:km|kg|g|ml|m)\b)(?=\d[\d.,]*\s[a-z])",
        lambda m, _r: m["first"] + ", ",
        marks="/",
    ),
    rule(
        r"(?<![\w.,/$-])(?P<all>\d{1,3}(?:/\d{1,3}){2,5})(?=\s?(?:%|(?:mos?|mths?|months?|days?|yrs?|years?|mins?|hrs?|hours|wks?|weeks)\b))",
        lambda m, _r: m["all"].replace("/", ", "),
        marks="/",
        needs=r"\d/\d+/\d",
    ),
    rule(
        r"(?P<name>\b(?:Win(?:dows)?|macOS|iOS|Android|Python|Node|Java|PHP|Office|Excel|Server|Debian|Ubuntu)\s\d+)/(?=\d+(?![\w/]|\.\d))",
        lambda m, _r: m["name"] + " and ",
        marks="/",
        needs=r"[a-zS]\s\d+/",
    ),
    word(
        r"(?:(?<=\d[kMG]W)|(?<=\d\s[kMG]W))\s?/\s?(?=\d[\d.,]*\s?[kMG]Wh\b)",
        ", ",
        marks="/",
        needs=r"[kMG]W\s?/",
    ),
    word(r"(?:(?<=\dkW)|(?<=\d\skW))\s?/\s?(?=\d+\s?(?:hp|PS|bhp)\b)", ", ", marks="/", cues=("kW",)),
    rule(
        rf"(?P<what>\b(?i:price|rent|cost|capex|sales|revenue|profit|spend|fee|rate|margin))/(?P<per>{either(PER)})(?![\w/])",
        lambda m, _r: f"{m['what']} per {PER[m['per']]}",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?<!\w)'(?P<first>\d\d)/(?P<second>\d\d)(?![\w/])",
        lambda m, _r: (
            f"'{m['first']} to '{m['second']}" if int(m["second"]) == (int(m["first"]) + 1) % 100 else m.group()
        ),
        marks="'",
    ),
    rule(
        r"(?<![\w.,/$-])1/(?P<part>\d{2,5})\s?s(?:ec(?:ond)?)?(?![\w/])",
        lambda m, _r: f"one {ordinal(m['part'])} of a second",
        marks="/",
    ),
    rule(
        r"(?P<long>\b(?:[Ff]or|[Ww]ithin|[Aa]fter|[Ii]n|[Ee]very|[Ll]ast|[Pp]ast|[Nn]ext|[Tt]o|[Oo]r|of|than|least|most|[Rr]etention:?|TTL:?|time|transit|terms?|keeps?|lasts?|valid|validity|is)\s"
        r"(?:\d{1,3}\s?[-–]\s?)?\d{1,4}) d(?=[.,;)]|$|\s(?:or|and|after|from|of|in|before|retention|port|door|at)\b)",
        lambda m, _r: m["long"] + " days",
        cues="d",
        needs=r"\d d\b",
    ),
    word(
        r"(?:(?<=[±(]\d)|(?<=[±(]\d\d)|(?<=minus\s\d)|(?<=\b\d\d)(?=\sd\s(?:hols?|leave|notice))|(?<=\b\d\d)(?=\sd\)))\sd(?=[,;)]|\s(?:hols?|leave|notice)\b)",
        " days",
        cues="d",
        needs=r"\d d\b",
        figures=True,
    ),
    word(
        r"(?<=\d)\sd(?=\s(?:old|from|overdue|late|notice|avg|average|median|mean|vs|versus|LY|PY)\b|\s\()",
        " days",
        cues="d",
        figures=True,
    ),
    rule(
        r"(?<![\w.,/$-])(?P<one>\d{1,2})-in-(?P<of>\d[\d,]*)(?=[\s,.;)]|-(?:yr|year|day|month|mile)s?\b)",
        lambda m, _r: (
            f"{cardinal(m['one'])} in {cardinal(m['of'])} "
            if int(m["of"].replace(",", "")) > int(m["one"]) or m["of"] == "1"
            else m.group()
        ),
        marks="-",
        cues=("in",),
    ),
    word(r"(?<=[\d%KMkmn])\sxs\s(?:of\s)?(?=[$€£]?\s?\d)", " excess of ", cues=("xs",), figures=True),
    rule(
        r"(?P<sum>[$€£]\d[\d,.]*[KkM]?)/(?=\d[\d.]*%)",
        lambda m, _r: m["sum"] + ", ",
        marks="/",
        needs=r"\d[KkM]?/\d[\d.]*%",
    ),
    rule(
        r"(?P<what>\b(?i:RAM|memory|disk|storage|swap|heap|VRAM|quota)\s(?:is\s|at\s|use\s){0,2})(?P<used>\d[\d.]*)/(?=(?P<all>\d[\d.]*)\s?[KMGTP]B\b)",
        lambda m, _r: m["what"] + m["used"] + (" of " if float(m["used"]) <= float(m["all"]) else ", "),
        marks="/",
    ),
    word(r"(?<=\b[Oo]n)/(?=off\b)|(?<=\d-on)/(?=\d+-off\b)", " ", marks="/"),
    word(r"(?<=[\dkKm])\se\.?e\.?l\b\.?", " each and every loss", cues=("eel", "l"), figures=True),
)
