"""Say what is known by its figures: cards, standards, forms, terms of lending, answers of servers."""

from __future__ import annotations

import re

from roadcast.spoken.codes import code
from roadcast.spoken.numbers import cardinal, number, ordinal, pairs, plural, spelled, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word


def _serial(match: re.Match[str], reading: Reading) -> str:
    """Say an ISBN or another number of many groups, figure by figure."""
    del reading
    return ", ".join(spelled(group) if group.isdecimal() else group for group in re.split("[- ]", match["figures"]))


_NUMBERED = (
    r"(?:P/N|S/N|ID|PO|SO|BOL|RMA|[Rr]ef|ZIP|PIN|SKU|PN|[Pp]art|[Ll]ot|[Bb]atch|[Oo]rder|[Ii]nvoice|[Tt]icket|[Cc]ase|[Aa]ccount|[Cc]ode|"
    r"[Ss]erial|[Dd]ocket|[Pp]olicy|[Pp]ermit|[Kk]it|[Cc]laim|[Mm]atter|[Cc]atalog)"
)
_YEARS = pattern(r"(?:1[89]|20)\d\d-\d\d(?:\d\d)?")
_ALIKE = pattern(rf"\b{_NUMBERED}:?\s(?:(?:no\.|number|#)\s?)?(\d{{2,6}})-(\d{{2,6}})(?![\w-]|[.,]\d)")


def _alike(match: re.Match[str], reading: Reading) -> str:
    """Say 4410-225 figure by figure where part number 4410-220 is told, of the same form and kind."""
    del reading
    first, second = match["first"], match["second"]
    if _YEARS.fullmatch(match.group()):
        return match.group()
    for one, other in _ALIKE.findall(match.string):
        form = (len(one), len(other)) == (len(first), len(second))
        if form and (one == first or int(first) > int(second)) and (one, other) != (first, second):
            return f"{spelled(first)}, {spelled(second)}"
    return match.group()


# Where it is ordered, please order 20-25 units, and no order is called so.
_TO_ORDER = pattern(
    r"(?:^|[.;:!?,]\s|\b(?:[Pp]lease|[Pp]ls|to|must|can|could|will|would|we|we'll|and|or|should|I|you|they|they'll|always|usually)\s)[Oo]rder\s\Z"
)


def _numbered(match: re.Match[str], reading: Reading) -> str:
    """Say what is called by figures and hyphens, part 4410-220."""
    del reading
    groups = match["figures"].split("-")
    rises = len(groups) == 2 and int(groups[0]) < int(groups[1])
    if rises and _TO_ORDER.search(match.string, max(0, match.start() - 12), match.start("figures")):
        return match.group()
    return match["what"] + ", ".join(map(spelled, groups))


def _form(match: re.Match[str], reading: Reading) -> str:
    """Say 10-K and 401(k)."""
    del reading
    return f"{cardinal(match['figures'])} {match['letter'].upper()}"


_SOLD = pattern(r"(?P<low>\d{1,3})-(?P<high>\d{1,3})[KMB]")
_SURELY = pattern(r"(?:P/N|S/N|SKU|PN|ID|RMA|no\.|number|#):?\s?\Z")


def _labelled(match: re.Match[str], reading: Reading) -> str:
    """Say part 85-4410B and SKU 12-330M; an order of 10-20K is no code."""
    sold = _SOLD.fullmatch(match["code"])
    if sold and int(sold["low"]) < int(sold["high"]) and _SURELY.search(match["what"]) is None:
        return match.group()
    return match["what"] + " ".join(code(part, reading) for part in match["code"].split("-"))


def _ratio(match: re.Match[str], reading: Reading) -> str:
    """Say 1:24 where ratios are told; 10:30 is an hour all the same."""
    del reading
    if int(match["one"]) > 2 and len(match["other"]) == 2 and int(match["one"]) < 24 and int(match["other"]) < 60:
        return match.group()
    return f"{cardinal(match['one'])} to {cardinal(match['other'])}"


_SECRET = (
    "PIN",
    "OTP",
    "CVV",
    "MRN",
    "GTIN",
    "HSN",
    "IMEI",
    "Passcode",
    "passcode",
    "Access code",
    "access code",
    "Meeting ID",
    "meeting ID",
    "mtg ID",
    "Webinar ID",
    "Zoom ID",
    "Conference ID",
    "ID",
)

# What banks lend at for so many months.
_RATES = r"(?:Euribor|EURIBOR|Libor|LIBOR|STIBOR|NIBOR|SAIBOR|HIBOR|JIBAR|TIBOR|EIBOR|KLIBOR|BKBM|SOFR|SARON|BBSW)"

_NINES = ("two", "three", "four", "five", "six", "seven")

# What a server answers with 500, which is no time then.
_SERVED = (
    r"(?i:\b(?:(?-i:GET|POST|PUT|PATCH|DELETE)|log-?in|sign-?in|checkout|APIs?|endpoints?|servers?|gateway|https?|deploy\w*|errors?|prod|production|"
    r"40[0-9]s|50[1-4]s|webhooks?|dashboard|getting|seeing|returns|returning|throwing|intermittent|sporadic)\b)"
)

_EMERGENCY = pattern(r"\b(?i:dial|emergenc\w+|helpline|hotline|lifeline|ambulance|police|crisis)\b")

RULES = (
    rule(
        r"(?P<what>\b(?:[Cc]ard|[Aa]ccount|[Nn]umber|[Pp]hone|[Ll]ine)\s(?:ending|ends)\s(?:in|with)\s)(?P<figures>\d{2,6})(?![\w-]|[.,]\d)",
        lambda m, _r: m["what"] + spelled(m["figures"]),
        cues=("ending", "ends"),
    ),
    rule(
        rf"(?P<what>\b(?:{either(_SECRET)})(?:\sis|:)?\s)(?P<figures>\d{{3,}}(?:[ -]\d{{2,}})*)(?![\w-]|[.,]\d)",
        lambda m, _r: m["what"] + ", ".join(map(spelled, re.split("[ -]", m["figures"]))),
        cues=_SECRET,
    ),
    rule(
        rf"\b(?P<count>{either(_NINES)}|[2-9]|1[0-2])\s9'?s\b",
        lambda m, _r: f"{cardinal(m['count']) if m['count'].isdecimal() else m['count']} nines",
        cues="s",
    ),
    rule(
        r"(?<![\w.,:/-])(?P<code>\d{4,5}):(?P<year>(?:19|20)\d\d)(?![\w:]|[.,]\d)",
        lambda m, r: f"{cardinal(m['code'])}, {year(m['year'], zero=r.zero)}",
        marks=":",
    ),
    rule(
        r"(?<![\w.,$-])501\s?\((?P<letter>[a-z])\)(?:\s?\((?P<part>\d\d?)\))?(?!\w)",
        lambda m, _r: f"five oh one {m['letter'].upper()}" + (f" {cardinal(m['part'])}" if m["part"] else ""),
        marks="(",
        needs="501",
    ),
    rule(
        r"(?<![\w.,$/])(?P<fixed>\d\d?)/(?P<reset>[16])(?=\s(?:ARMs?|hybrid|adjustable)\b)",
        lambda m, _r: f"{cardinal(m['fixed'])} {cardinal(m['reset'])}",
        marks="/",
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<code>(?:\d{1,4}-)*(?P<low>\d{3,})-(?P<high>\d{1,2})[A-JLN-Z])(?![\w-]|[.,]\d)",
        lambda m, r: code(m["code"], r) if int(m["low"]) > int(m["high"]) else m.group(),
        marks="-",
        needs=r"\d-\d\d?[A-Z]",
    ),
    rule(
        r"(?P<what>\b[Tt]ext\s)(?P<figures>\d{5,6})(?![\w%]|[.,:/-]\d|\s[a-z]+s\b)",
        lambda m, _r: m["what"] + spelled(m["figures"]),
        cues=("text", "Text"),
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<figures>999|112|111|101|000|988)(?=[.,;)]|$|\s(?:or|and|for|if|in|helpline|hotline|lifeline)\b)",
        lambda m, _r: spelled(m["figures"]) if _EMERGENCY.search(m.string) else m.group(),
        needs=r"\b(?:999|1(?:12|11|01)|000|988)\b",
    ),
    rule(
        r"(?P<what>\b[Tt]ext(?:ing)?\s(?:\"?\w+\"?\s)?to\s)(?P<figures>\d{5,6})(?![\w%]|[.,:/-]\d)",
        lambda m, _r: m["what"] + spelled(m["figures"]),
        cues=("text", "Text", "texting", "Texting"),
    ),
    rule(
        r"(?<!\w)0[xX](?P<hex>[\dA-Fa-f]{2,16})(?!\w)",
        lambda m, _r: f"zero X {' '.join(spelled(one) if one.isdecimal() else one.upper() for one in m['hex'])}",
        marks="xX",
        needs="0[xX]",
    ),
    rule(
        r"(?P<what>\b(?i:scale|ratio|odds|diluted?|dilution|gradient|slope|roof\spitch|fall(?=\sof))"
        r"(?:\s(?:of|is|at))?:?\s)?(?<![\w.,:/-])(?P<one>\d+):(?P<other>\d+)"
        r"(?(what)(?![\w:]|\.\d)|(?=\s(?:scale|ratio|slope|dilution|gradient|odds|split)\b))",
        lambda m, _r: f"{m['what'] or ''}{cardinal(m['one'])} to {cardinal(m['other'])}",
        marks=":",
    ),
    rule(
        r"(?<![\w.,:/-])1:(?P<other>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*0{3})(?![\w:]|[.,]\d)",
        lambda m, _r: f"one to {cardinal(m['other'])}",
        marks=":",
    ),
    rule(
        r"(?<!\b[Aa]t\s)(?<!@\s)(?<![\w.,:/$-])(?P<one>\d{1,2}):(?P<other>\d{1,3})(?![\w:]|[.,-]\d|\s?[AaPp]\.?[Mm]\b|\s(?:on|sharp)\b)",
        _ratio,
        marks=":",
        needs=r"\b(?i:ratios?|stock split|dilutions?|odds|gradients?)\b",
    ),
    rule(
        rf"(?P<what>\b{_NUMBERED}:?\s(?:(?:no\.|number|#)\s?)?)(?P<code>\d{{1,6}}-\d{{1,6}}[A-Z]{{1,3}})(?![\w-]|[.,]\d)",
        _labelled,
        marks="-",
        needs=r"\d-\d+[A-Z]",
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<code>(?:\d\d?-\d{4,6}|\d{1,4}-0\d+)[BDEPQRUXYZ])(?![\w-]|[.,]\d)",
        lambda m, r: " ".join(code(part, r) for part in m["code"].split("-")),
        marks="-",
        needs=r"\d-\d+[A-Z]",
    ),
    rule(
        r"(?P<what>\b(?i:lots?|batch(?:es)?|serials?|tickets?|invoices?|POs|orders|claims?|permits?|S/Ns|numbers?|nos\.)\s)"
        r"(?P<same>\d{1,5})-(?P<first>\d{3,6}|0\d)(?P<joint>\s(?:to|through|thru|and|or)\s|,\s|\s?–\s?)(?P=same)-(?P<last>\d{2,6})(?![\w-]|[.,]\d)",
        lambda m, _r: (
            f"{m['what']}{spelled(m['same'])}, {spelled(m['first'])}{m['joint'].replace('–', ' to ')}"
            f"{spelled(m['same'])}, {spelled(m['last'])}"
        ),
        marks="-",
        needs=r"\d-\d.*\d-\d",
    ),
    rule(
        r"(?P<what>\b(?:Ward|Series|Plot|Parcel|Bed|Stall|Shed|Silo|Cabin|Aisle|Rack|Shelf|Hangar|Court|Pitch|Site)\s)(?P<number>\d{1,3})(?P<letter>[BKM])"
        r"(?!\w|\s(?:sq|square|units|users|people|homes)\b)",
        lambda m, _r: f"{m['what']}{cardinal(m['number'])} {m['letter']}",
        cues="BKM",
    ),
    rule(
        r"(?P<what>\b(?:[Vv]oy(?:age)?\.?|VOY)\s(?:no\.\s)?|\b[Vv]\.\s?(?=\d{3}))(?P<number>\d{2,4})(?P<way>[NSEW])(?!\w|\s(?:bulbs?|panels?|lamps?|version)\b)",
        lambda m, _r: f"voyage {spelled(m['number'])} {m['way']}",
        cues="NSEW",
        needs=r"\b(?i:vsl|vessel|voy(?:age)?|ship|MSC|ETA|ETD|ETB|sail\w*|port|feeder|container|MV|M/V)\b",
    ),
    rule(
        r"(?<=\bUN\s)(?P<goods>[0-3]\d{3})(?=[,;.)]|$|\s(?:and|or|in|is|PG|class|by)\b)",
        lambda m, _r: pairs(m["goods"]),
        cues=("UN",),
    ),
    rule(r"\b1:1s\b", lambda _m, _r: "one on ones", marks=":"),
    rule(
        r"(?<![\w.,:/-])1[:x]1(?=\s(?:meeting|mtg|session|call|coaching|chat|check-in|training|support|onboarding|notes|agenda|prep|with\b|w/)|\s?@\s?(?:noon|\d\d?(?![\d%°]|\.\d))|\sat\s(?:noon|\d\d?(?::\d\d|\s?[ap]\.?m?\b)))",
        lambda _m, _r: "one on one",
        marks=":x",
    ),
    rule(
        r"\b(?P<letter>[A-Z])\.(?P<figures>\d{2,3})(?![\w%]|[.,:/-]\d)",
        lambda m, _r: f"{m['letter']} {(spelled if len(m['figures']) == 3 else cardinal)(m['figures'])}",
        marks=".",
    ),
    rule(
        r"(?<![\w.,:$€£/-])(?P<first>\d{2,6})-(?P<second>\d{2,6})(?![\w%-]|[.,]\d)",
        _alike,
        marks="-",
        needs=_ALIKE.pattern,
    ),
    rule(
        rf"(?P<what>\b{_NUMBERED}:?\s(?:(?:no\.|number|#)\s?)?)(?P<figures>\d{{5,}}(?:-\d+)?|\d{{2,}}(?:-\d{{2,}})+)(?![\w-]|[.,]\d)",
        _numbered,
        needs=r"\d{5}|\d-\d\d",
    ),
    rule(
        r"(?<![\w.,$/-])\d{2,5}-0\d{2,5}-\d{2,5}(?![\w-]|[.,]\d)",
        lambda m, _r: ", ".join(map(spelled, m.group().split("-"))),
        marks="-",
        needs=r"\d-0\d",
    ),
    rule(
        r"(?<![\w.,/$])(?P<off>\d(?:\.5)?)%?/(?P<days>\d\d),?\s[Nn](?:et[\s-]|/)(?=\d\d(?!\d))",
        lambda m, _r: f"{number(m['off'])} {cardinal(m['days'])} net ",
        marks="/",
        cues=("n", "N", "net", "Net"),
    ),
    rule(
        r"(?<![\w.,$/-])(?P<whole>\d+)\.(?P<parts>\d*)(?P<last>\d)(?:st|nd|rd|th)(?P<pct>\s(?:pct|%)(?:ile)?)?(?!\w)",
        lambda m, _r: (
            f"{cardinal(m['whole'])} point {spelled(m['parts'])} {ordinal(m['last'])}"
            + (" percentile" if m["pct"] else "")
        ),
        marks=".",
        needs=r"\d\.\d+(?:st|nd|rd|th)",
    ),
    rule(
        r"(?<![\w.,$-])(?P<won>\d{1,3})W\s?[-–/]\s?(?P<lost>\d{1,3})L(?![\w-])",
        lambda m, _r: (
            f"{cardinal(m['won'])} {'win' if m['won'] == '1' else 'wins'}, {cardinal(m['lost'])}"
            f" {'loss' if m['lost'] == '1' else 'losses'}"
        ),
        marks="W",
        cues="L",
    ),
    rule(
        r"(?<![\w.,$-])(?P<status>40[1-9]|4[12]\d|50[2-4])(?=\s(?:response|error|status|code|page)s?\b)",
        lambda m, _r: pairs(m["status"]),
        cues=("response", "error", "status", "code", "page", "responses", "errors"),
    ),
    rule(
        r"(?<![\w.,$])(?P<status>40[1-9]|4[12]\d|50[2-4])s(?!\w|\s(?:timeout|delay|interval))",
        lambda m, _r: plural(pairs(m["status"])),
        cues="s",
    ),
    word(
        r"(?<![\w.,$])(?<!took\s)(?<!takes\s)(?<!after\s)(?<!for\s)(?<!waits\s)(?<!wait\s)500s(?=\s(?:on|from|errors?|in|at|when|during|after|across)\b|\s\(|[,.;)]|$)",
        "five hundreds",
        cues="s",
        needs=_SERVED,
        figures=True,
    ),
    rule(
        r"(?<![\w.,$])24x7(?P<days>x365)?(?!\w)",
        lambda m, _r: "twenty four seven" + (" three sixty five" if m["days"] else ""),
        marks="x",
    ),
    rule(
        r"(?P<ran>\b(?:ran|run|runs|won|finish(?:ed)?)\s(?:an?\s|the\s|her\s|his\s|my\s|their\s)?)?(?<![\w.,$-])"
        r"(?P<figures>\d\d?)[kK](?(ran)(?![\w-]|\s[a-z]+s\b)|(?=\s(?:(?:fun|charity|park|color|colour|road|trail|virtual)\s)?(?:run|race|walk)\b))",
        lambda m, _r: f"{m['ran'] or ''}{cardinal(m['figures'])} K",
        cues="kK",
    ),
    rule(
        r"(?P<what>\b(?:[Cc]all|[Dd]ial|[Rr]ing)\s)(?P<figures>\d{3})(?=[.;)]|$|,\s[a-z]|\s(?:or|if|for|in an|to)\b)",
        lambda m, _r: m["what"] + spelled(m["figures"]),
        cues=("call", "Call", "dial", "Dial", "ring", "Ring"),
    ),
    rule(
        r"(?<![\w.,$-])(?P<figures>911(?![\w%]|[.,:/]\d|\s[a-z]+s\b)|[34]11(?=\s(?:call|service|line|operator|app|center)s?\b))",
        lambda m, _r: spelled(m["figures"]),
        needs="[349]11",
    ),
    rule(
        rf"(?P<rate>\b{_RATES}\s)?(?<![\w.,$])(?P<months>\d\d?)M(?(rate)(?!\w)|(?=\s{_RATES}\b))",
        lambda m, _r: (
            f"{m['rate'] or ''}{cardinal(m['months'])} month" + ("s" if m["rate"] and m["months"] != "1" else "")
        ),
        cues="M",
        needs=_RATES,
    ),
    rule(
        r"(?<![\w.,$])(?P<years>[1-5]?\d)[yY](?=\s(?:at|yields?|Treasur\w+|bonds?|notes?|gilts?|[Bb]unds?|swaps?|UST|JGB)\b)",
        lambda m, _r: f"{cardinal(m['years'])} year",
        cues="yY",
    ),
    rule(
        r"(?P<what>\b(?:Chapter|Form|Model|Type|Tier|Level|Title|Class|Grade|Category)\s|(?<!\w)\+(?=1s))(?P<figures>\d\d?)s(?!\w)",
        lambda m, _r: f"{m['what'].replace('+', 'plus ')}{plural(cardinal(m['figures']))}",
        cues="s",
    ),
    rule(r"(?<![\w.,$])510\s?\([kK]\)", lambda _m, _r: "five ten K", marks="(", needs="510"),
    rule(r"(?<![\w.,$])401\s?\(?[kK]\)?(?!\w)", lambda _m, _r: "four oh one K", marks="kK"),
    rule(r"(?<![\w-])(?P<figures>10|8|20|6|13)-(?P<letter>[KQF])(?![\w-])", _form, marks="-", cues="KQF"),
    rule(
        r"(?<![\w.,$-])(?P<figures>\d{1,5}(?:[- ]\d{1,7}){3,4}(?:[- ][\dX])?|\d{3}-\d{2}-\d{4}|97[89]-\d{10})"
        r"(?![\w-]|:\d)",
        _serial,
        marks="- ",
        needs=r"\d[- ]\d",
    ),
    rule(
        r"(?P<what>\b(?:[Rr]ef|[Rr]eference)\.?:?\s(?:no\.\s)?)(?P<one>\d)-(?P<other>\d{3,})(?![\w-]|[.,]\d)",
        lambda m, _r: f"{m['what']}{spelled(m['one'])}, {spelled(m['other'])}",
        marks="-",
    ),
    rule(
        r"(?P<what>\b(?:[Ff]ax|[Ee]xt|FAX)\.?:?\s)[-–](?P<line>\d{2,4})(?![\w-]|[.,]\d)",
        lambda m, _r: m["what"] + spelled(m["line"]),
        marks="-–",
    ),
)
