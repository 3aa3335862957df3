"""Say signs while the figures beside them still stand: ~5, >=80, 24/7, +3, S/M/L."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, plural, spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.phones import ABROAD
from roadcast.spoken.rules import either, rule, word

_EVERY = tables.pairs("per")

_LONG = "(?:mm|cm|m|ft|in|km)"
_HOURS = pattern(r"\d+[hd]\b")

# What a sign of money is named with: no $ impact, the € sign.
_OF_SIGN = (
    r"(?:signs?|symbols?|impact|amounts?|values?|terms|figures?|volumes?|bas(?:is|es)|change|growth|effect|savings|"
    r"quotas?|targets?|zone|sales|prices?|bonds?)"
)
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¢": "cent"}
_SIZE = r"(?:X{0,3}S|M|L|X{1,3}L|[2-5]XL)"

_CODES = either(sign for sign, *_ in tables.rows("currencies") if not sign.isascii() or len(sign) > 1)
_RAND = r"R\s?(?=\d[\d,]*(?:\.\d+)?\s?(?:[kmMbB]n?|million|billion|trillion)\b|\d{1,3},\d{3}|\d{2,}(?![\w-]))"
_BOUNDS = {"<": "less than", ">": "more than", "<=": "at most", ">=": "at least"}

# A verb before ≈, or a word that leads to a figure: raised prices ≈ 3%, growth of ≈ 3%.
_TOLD_ALREADY = pattern(
    r"\b(?i:is|are|was|were|be|been|has|have|had|will|would|can|may|takes?|took|rose|grew|fell|cut|saw|hit|gave|made|paid|pays?|costs?|"
    r"won|lost|sold|bought|spent|got|gets?|needs?|holds?|held|runs?|ran|adds?|saves?|expects?|sees?|[a-z]{2,}ed)\b[^.;:!?]*\Z"
    r"|\b(?i:by|at|of|to|up|down|for|from|than|with|and|or|in|or|only|just)\Z"
)

_MANY = pattern(r"[a-rtv-z]s\Z")


def _near(text: str, start: int) -> str:
    """Say ≈, with a verb of its own unless there is one."""
    if _TOLD_ALREADY.search(text, max(0, start - 60), start):
        return " about "
    return " are about " if _MANY.search(text, max(0, start - 2), start) else " is about "


RULES = (
    rule(
        r"\b(?P<span>[LHD])/(?=\d{2,4}(?![\w/]))",
        lambda m, _r: m["span"] + " over ",
        marks="/",
        cues="LHD",
        needs=r"\b(?i:deflect\w*|spans?|sway|beams?|drift|joists?)\b",
    ),
    word(
        r"(?:(?<=\s-)|(?<=\s\+)|(?<=\s~)|(?<=[<>])\s?|(?<=[<>]=)\s?|(?<=[<>~]\s))" + _RAND,
        "ZAR ",
        marks="R",
        needs=r"[-+<>=~]\s?R\s?\d",
        figures=True,
    ),
    rule(
        rf"(?<![\w<>=-])(?P<bound>[<>]=?)\s?(?={_CODES}\s?\.?\d)",
        lambda m, _r: f" {_BOUNDS[m['bound']]} ",
        marks="<>",
    ),
    rule(
        r"(?<![\w$€£/])(?P<one>[$€£])\s?/\s?(?P<other>[$€£])(?![\d$€£/])",
        lambda m, _r: f"{_SIGNS[m['one']]} {_SIGNS[m['other']]}",
        marks="$€£",
        figures=False,
    ),
    rule(
        rf"(?<![\w$€£/])(?P<sign>[$€£])(?=\s{_OF_SIGN}\b)|(?<=nearest\s)(?P<whole>[$€£¢])(?!\s?\d)",
        lambda m, _r: _SIGNS[m["sign"] or m["whole"]],
        marks="$€£¢",
        figures=False,
    ),
    rule(
        rf"(?<![\w.-])(?P<low>{_SIZE})[-–](?=(?P<high>{_SIZE})(?![\w-]))",
        lambda m, _r: f"{m['low']} to " if "X" in m["low"] + m["high"] else m.group(),
        marks="-–",
        figures=False,
        needs="[SML][-–][SML2-5X]",
    ),
    word(
        r"(?:(?<=\b\d)|(?<=\b\d\d)),(?=\d(?:[\s-]inch(?:es)?\b|\"))",
        ".",
        marks=",",
        figures=True,
        needs=r"\d,\d",
    ),
    word(r"(?<=\b[Aa]\s)~\s?(?=[$€£\d])", "roughly ", marks="~", figures=True),
    rule(
        r"(?P<first>\b[Bb]etween\s\d[\d,]*%?)\s?[-–]\s?(?=\d[\d,.]*(?:%|\s[a-z]|[.,;:)]?(?:\s|$)))",
        lambda m, _r: m["first"] + " and ",
        marks="-–",
        cues=("Between", "between"),
    ),
    word(r"(?<=[\w)%])\s<\s(?=[A-Za-z])", " less than ", marks="<"),
    word(r"(?<=[%\d])\s>\s(?=[A-Za-z])", " more than ", marks=">", figures=True),
    word(r"\bf/(?=\d)", "F ", marks="/", cues=("f",), figures=True),
    rule(
        r"(?<![\w.])(?P<near>(?:low|mid|high|upper|lower)[- ](?:to[- ](?:mid|high)[- ])?)?[$€£](?P<tens>[2-9]0)s(?!\w)",
        lambda m, _r: f"{(m['near'] or '').replace('-', ' ')}{plural(cardinal(m['tens']))}",
        marks="$€£",
        cues="s",
    ),
    rule(
        r"\b(?P<near>[Ll]ow|[Mm]id|[Hh]igh|[Uu]pper|[Ll]ower|[Ss]ub|[Pp]re|[Pp]ost|[Uu]nder|[Nn]ear|[Mm]ulti)-(?=(?:[$€£¥₹]|Rs\.?)\s?\d)",
        lambda m, _r: m["near"] + " ",
        marks="-",
        needs="[A-Za-z]-(?:[$€£¥₹]|Rs)",
    ),
    word(r"(?<=\d)x(?=(?:FY|CY)\s?'?\d)", "x ", cues=("xFY", "xCY")),
    rule(
        r"(?P<day>\d/\d\d?,?\s\d\d?(?::[0-5]\d)?)(?P<half>[ap])(?![\w']|\s?[-–]\d)",
        lambda m, _r: f"{m['day']}{m['half']}m",
        marks="/",
        cues="ap",
    ),
    word(r"(?<=\d\.\d)/(?=-\d)", ", ", marks="/"),
    rule(
        r"(?P<much>\d\s?(?:L|l|ml|kWh|kg|g|mg|t))/(?=1(?:0{1,2}|,?000)\s?(?:km|kg|g|ml|m|people|hours|units|pcs)\b)",
        lambda m, _r: m["much"] + " per ",
        marks="/",
        needs="/1",
    ),
    word(
        r"(?<=[a-zL])/(?=(?:12|24|48|72)\s?h(?:rs?|ours)?\b)",
        " per ",
        marks="/",
        needs=r"\d\s?[mk]?[gL]/",
        figures=True,
    ),
    rule(
        r"(?P<first>\d\s(?:m[lLg]|L|k?g|V|k?W|hp|lb|oz|[GTM]B))/(?=\d[\d.,]*\s(?:IU|[A-Za-z]{1,3})\b)",
        lambda m, _r: m["first"] + ", ",
        marks="/",
        needs=r"\d\s[A-Za-z]{1,2}/\d",
    ),
    word(r"(?<=\d[hdm])/(?=[A-Z]{2})", ", ", marks="/", figures=True),
    rule(
        r"(?P<sum>=\s?[$€£]?\d[\d,.]*)\s?/\s?(?=[$€£]?\d)",
        lambda m, _r: m["sum"] + " divided by ",
        marks="=",
        needs=r"=[^=/]*\d\s?/",
    ),
    word(
        r"(?<=#\d)\s?[-–]\s?#(?=\d)|(?<=#\d\d)\s?[-–]\s?#(?=\d)|(?<=#\d{3})\s?[-–]\s?#(?=\d)|(?<=#\d{4})\s?[-–]\s?#(?=\d)",
        " to ",
        marks="#",
        needs=r"\d\s?[-–]\s?#",
    ),
    word(r"(?<=\b[A-Z]{2})–(?=[A-Z]{2,3}\b)|(?<=\b[A-Z]{3})–(?=[A-Z]{2,3}\b)", " to ", marks="–"),
    word(r"(?<=[A-Za-z%])/(?=[$€£]\d)", ", ", marks="/"),
    word(r"(?<=\d)-(?=\s(?:to|and|or)\s\d)", "", marks="-"),
    word(r"(?<!\w)#s\b", "numbers", marks="#"),
    word(r"(?<=\d\s)sq\.\s?(?=(?:km|mi|m|yds?|in|cm)\b)", "sq ", cues=("sq",), figures=True),
    word(r"(?<=\d\smi)\./(?=(?:s|h|hr)\b)", "/", marks="/", figures=True),
    word(r"(?<=\d)\+/(?=[A-Za-z])", " plus, ", marks="+"),
    word(r"\bu/s\s(?=\d)", "under section ", marks="/", cues="u", figures=True),
    word(r"(?<=\d)[\s-]?fl\.?\s?oz\b(?:\.(?=[,;)]|\s[a-z]))?", " fl oz", cues=("fl",), figures=True),
    word(r"(?<!\w)\+1s\b", "plus ones", marks="+", figures=True),
    word(r"(?<!\w)#(?=\s(?:key|sign|symbol|button)\b)", "hash", marks="#"),
    word(r"\bTL;\s?DR\b", "TLDR", cues=("TL",)),
    word(r"(?<=\d)\s?[x×]\s?10\^(?=-?\d)", " times ten to the power of ", marks="^"),
    word(r"(?:(?<=\b[ECMP]T)|(?<=\b[ECMP][SD]T)|(?<=\b(?:GMT|UTC|CET|BST)))\s?/\s?(?=\d)", ", ", marks="/"),
    word(r"(?<!\S)--(?=[a-z][a-z-]+)", "dash dash ", marks="-"),
    word(r"(?:(?<=\"\s[WDHL])|(?<=\dcm\s[WDHL])|(?<=\dmm\s[WDHL])|(?<=\"[WDHL]))\s?[x×]\s?(?=\d)", " by ", marks="x×"),
    rule(
        r"\b(?P<letter>[A-Z])(?P<low>\d{1,3})\s?[-–]\s?(?=(?P=letter)(?P<high>\d{1,3})(?![\w-]|[.,]\d))",
        lambda m, _r: f"{m['letter']}{m['low']} to " if int(m["low"]) < int(m["high"]) else m.group(),
        marks="-–",
        needs=r"\d\s?[-–]\s?[A-Z]\d",
    ),
    rule(r"(?P<price>[$€£]\d[\d.,]*[KMkm]?)/(?=[$€£]\d)", lambda m, _r: m["price"] + ", ", marks="/"),
    word(r"(?<=:\d\d)\s[-–]\s(?=(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b)", " to ", marks=":", figures=True),
    word(r"(?<!\w)\${2,}(?!\w)", "", marks="$"),
    word(r"\bAT&T\b", "A T and T", marks="&", cues=("AT",)),
    word(r"\bC\+\+", "C plus plus", marks="+"),
    rule(r"\b([CF])#", lambda m, _r: f"{m[1]} sharp", figures=False, marks="#"),
    word(r"(?<=[A-Z]{2})/(?=\d(?:\.\d)?(?!\w))", " ", marks="/"),
    word(r"(?<=\d[GMTK]B)\s?/\s?(?=\d+\s?[GMTK]B)", ", ", marks="/"),
    rule(
        r"(?<![\w.,$-])(?P<first>\d+(?:\.\d+)?(?:%|[A-Za-z]{1,4}))/(?=\d+(?:\.\d+)?(?:%|(?!st\b|nd\b|rd\b|th\b)[A-Za-z]{1,4})(?!\w))",
        lambda m, _r: (
            (m["first"][:-1] + " min" if m["first"][-1] == "m" and _HOURS.match(m.string, m.end()) else m["first"])
            + ", "
        ),
        marks="/",
    ),
    rule(
        r"(?<=\d\s)(?P<many>[a-z]+s)/(?P<one>[a-z]+[a-rt-z])(?![\w/-]|\s[a-z]+s\b)",
        lambda m, _r: f"{m['many']} per {_EVERY.get(m['one'], m['one'])}",
        marks="/",
    ),
    rule(
        r"(?P<price>[$€£₹]\s?[\d,.]*\d[KkM]?)/(?=\d+\s?(?:g|kg|ml|km|mi|lbs?|oz|pcs|units|seats|users|calls|h|hrs?|hours|days?|d|wks?|weeks|mos?|months|yrs?|years)\b|\d+[KMBk](?:\s[a-z]|[,;.)]|$))",
        lambda m, _r: f"{m['price']} per ",
        marks="/",
    ),
    word(r"(?<=\b[1-9])-in-(?=[1-9]\b)", " in ", marks="-", cues=("in",), figures=True),
    word(r"(?<=\bkm)\s/\s(?=h\b)", "/", marks="/", cues=("km",)),
    rule(
        r"(?<![\w\"])[WHDL](?:\s?[x×]\s?[WHDL])+(?!\w)",
        lambda m, _r: " by ".join(re.findall("[WHDL]", m.group())),
        marks="WHDL",
        figures=False,
    ),
    rule(
        r"(?P<unit>\d\s?(?:mos?|yrs?|hrs?|mi|lbs?|mins?|wks?))\./(?=\d)",
        lambda m, _r: m["unit"] + ", ",
        marks="/",
        needs=r"[a-z]\./\d",
    ),
    word(
        r"(?:(?<=\d-ft)|(?<=\d-in)|(?<=\d-lb)|(?<=\d-oz)|(?<=\d-yr)|(?<=\d-gal)|(?<=\d-qt)|(?<=\d-mi)|(?<=\d-pk))\.(?=\s[A-Z\d])",
        "",
        marks="-",
        needs=r"\d-[a-z]{2,3}\.\s[A-Z\d]",
        figures=True,
    ),
    rule(
        rf"(?P<side>\d\s?(?P<unit>{_LONG}))\s[xX×]\s(?=\d[\d.,]*\s?{_LONG}\b)",
        lambda m, _r: m["side"] + " by ",
        marks="xX×",
        cues=("mm", "cm", "m", "ft", "in", "km"),
    ),
    rule(
        r"(?P<low>(?<![\w.,-])\d[\d.,]*\s?(?P<unit>(?![kKMBT]\b)[A-Za-z°µ²³]{1,5}))\s?[-–]\s?(?=\d[\d.,]*\s?(?P=unit)(?![\w²³/]))",
        lambda m, _r: m["low"] + " to ",
        marks="-–",
        needs=r"[A-Za-z²³]\s?[-–]\s?\d",
    ),
    word(r"(?<=[\w)%])\sx\s?(?=[$€£]\s?\d)|(?<=[A-Za-z]{2})\s[x×]\s(?=\d)", " times ", marks="x×"),
    rule(
        r"(?P<price>(?:[$€£₹]|\bRs\.?|\b[A-Z]{3}\s)\s?[\d,.]*\d[KMB]?(?:/[a-z]{1,8})?)\s[x×]\s(?=\d)",
        lambda m, _r: m["price"] + " times ",
        marks="x×",
    ),
    word(r"\bT-(?=\d+\s?(?:d|days?|h|hrs?|hours|mins?|minutes|wks?|weeks)\b)", "T minus ", marks="-", cues="T"),
    word(r"(?<=\d\")\s?(?=[WHDL]\b)", " ", marks='"'),
    word(r"\.NET\b", "dot net", cues=("NET",)),
    rule(r"(?<=[A-Za-z])&(?=[A-Za-z])", lambda _m, _r: " and ", figures=False, marks="&"),
    word(r"\s?->\s?|\s?=>\s?|\s?-->\s?", " to ", marks=">"),
    word(r"\s--+\s?|(?<=\w)--+(?=\w)", ", ", marks="-"),
    rule(
        r"(?<=[\w)%])\s~\s(?=[$€£\d])|(?<=[A-Za-z])~(?=[$€£\d])",
        lambda m, _r: _near(m.string, m.start()),
        marks="~",
    ),
    word(r"(?<=\d)~(?=\d)", " to ", marks="~", figures=True),
    rule(r"(?<!\w)~\s?(?=[$€£\d])", lambda _m, _r: "about ", marks="~"),
    rule(
        r"(?:(?<!\w)|(?<=[A-Za-z])\s?)([<>])=?\s?(?=[$€£.]?\d)",
        lambda m, _r: {"<": " less than ", ">": " more than ", "<=": " at most ", ">=": " at least "}[m[0].strip()],
        marks="<>",
    ),
    rule(
        r"#\s?(?=\d|[A-Z]{1,4}-?\d)",
        lambda m, _r: ("" if m.start() == 0 or not m.string[m.start() - 1].isalnum() else " ") + "number ",
        marks="#",
    ),
    rule(
        r"(?:(?<![\w.,])(?P<code>\d{4,10})|(?<=\d))#(?!\w)",
        lambda m, _r: (spelled(m["code"]) if m["code"] else "") + (" hash" if ABROAD.search(m.string) else " pound"),
        marks="#",
        needs=r"\b(?i:dial|press|enter|join|\w*code|pin|call|ID|then)\b",
    ),
    word(
        r"(?<=\d)\s[-–]\s(?=[$€£]?[\d.,]+(?:\s[-–+×x*/]\s[$€£]?[\d.,]+)*\s=)",
        " minus ",
        marks="=",
        figures=True,
    ),
    word(r"(?<=\d)(?:\*\*|\^)(?=-?\d)", " to the power of ", marks="*^"),
    word(r"(?<=\d)\s?\*\s?(?=\d)", " times ", marks="*"),
    rule(r"(?<![\w-])([A-D])-(?=[\s.,;:)]|$)", lambda m, _r: f"{m[1]} minus", figures=False, marks="-", cues="ABCD"),
    word(r"(?<=[\w)])\s/\s(?=[\w(][^=]*$)", " divided by ", marks="=", needs=r"\w\)? = [^.;:]* / "),
    word(r"(?<=[\w)])\s/\s(?=[\w($][^;:]*=)", " divided by ", marks="=", needs=r" / [^;:]*="),
    word(r"(?<=[\w)])\s?=\s?(?=[\w$€£(-])", " equals ", marks="="),
    word(r"(?<=\d|%)\s\+\s(?=[\d$€£])", " plus ", marks="+"),
    word(r"(?<!\w)\+(?=[$€£]?\d)", "plus ", marks="+"),
    word(r"(?<=[\d%])\+(?!\w)", " plus", marks="+"),
)
