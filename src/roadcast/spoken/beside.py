"""Say short words that only their neighbours tell, before the number is taken away: 40 pp., rev 3, NCAA Div. II."""

from __future__ import annotations

from roadcast.spoken.abbreviations import ended
from roadcast.spoken.rules import rule, word

_MOVED = "of|was|is|up|down|growth|grew|fell|miss|missed|beat|guide|guidance"

_DAYS = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"

_SQUARE = {"ft": "foot", "m": "meter", "mi": "mile", "yd": "yard", "km": "kilometer"}

RULES = (
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
