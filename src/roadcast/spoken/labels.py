"""Say what is known by its figures: rooms, cards, standards, postcodes, aircraft, tyres, answers of servers."""

from __future__ import annotations

import re

from roadcast.spoken.codes import code
from roadcast.spoken.numbers import cardinal, number, ordinal, pairs, plural, spelled, year
from roadcast.spoken.rules import Reading, either, rule, word


def _serial(match: re.Match[str], reading: Reading) -> str:
    """Say an ISBN or another number of many groups, figure by figure."""
    del reading
    return ", ".join(spelled(group) if group.isdecimal() else group for group in re.split("[- ]", match["figures"]))


def _form(match: re.Match[str], reading: Reading) -> str:
    """Say 10-K and 401(k)."""
    del reading
    return f"{cardinal(match['figures'])} {match['letter'].upper()}"


def _tyre(match: re.Match[str], reading: Reading) -> str:
    """Say 225/45R17 91W."""
    del reading
    load = f" {cardinal(match['load'])} {match['speed']}" if match["load"] else ""
    return f"{pairs(match['wide'])} {cardinal(match['high'])} {' '.join(match['kind'])} {cardinal(match['rim'])}{load}"


def _aircraft(match: re.Match[str], reading: Reading) -> str:
    """Say 737-800, B777-300ERs, ATR 72-600."""
    del reading
    named, more = match["type"].removeprefix("B"), match["more"] or ""
    size = plural(cardinal(match["size"])) if more == "s" else " ".join((cardinal(match["size"]), *more))
    return f"{'B ' if named != match['type'] else ''}{pairs(named)} {size}"


def _postcode(match: re.Match[str], reading: Reading) -> str:
    """Say NG31 9ST."""
    del reading
    district = f"{' '.join(match['area'])} {cardinal(match['district'])} {match['part']}".rstrip()
    return f"{district}, {cardinal(match['sector'])} {' '.join(match['unit'])}"


def _airbus(match: re.Match[str], reading: Reading) -> str:
    """Say A320neo and A350-900s."""
    del reading
    size = f" {cardinal(match['size'])} {match['tail'] or ''}".rstrip() if match["size"] else ""
    kind = match["kind"] or ""
    return f"A {pairs(match['type'])}{' ' if kind else ''}{kind if kind.islower() else ' '.join(kind)}" + (
        plural(size) if match["many"] else size
    )


_SECRET = (
    "PIN",
    "OTP",
    "CVV",
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
_NUMBERED = (
    r"(?:ID|PO|SO|BOL|RMA|[Rr]ef|ZIP|PIN|SKU|PN|[Pp]art|[Ll]ot|[Bb]atch|[Oo]rder|[Ii]nvoice|[Tt]icket|[Cc]ase|[Aa]ccount|[Cc]ode|"
    r"[Ss]erial)"
)

_STREET = (
    r"(?:St(?:reet)?|R(?:oa)?d|Ave(?:nue)?|Lane|Ln|Dr(?:ive)?|Parade|Way|Place|Pl|Court|Ct|Terrace|Cres(?:cent)?"
    r"|Highway|Hwy|Square|Sq)\b"
)

_STANDARDS = (
    "ISO",
    "IEC",
    "EN",
    "DIN",
    "ASTM",
    "BS",
    "ANSI",
    "IEEE",
    "UL",
    "AS",
    "JIS",
    "MIL-STD",
    "ASC",
    "SFAS",
    "FAS",
    "AASB",
)

_NINES = ("two", "three", "four", "five", "six", "seven")

# What a server answers with 500, which is no time then.
_SERVED = (
    r"(?i:\b(?:(?-i:GET|POST|PUT|PATCH|DELETE)|log-?in|sign-?in|checkout|APIs?|endpoints?|servers?|gateway|https?|deploy\w*|errors?|prod|production|"
    r"40[0-9]s|50[1-4]s|webhooks?|dashboard|getting|seeing|returns|returning|throwing|intermittent|sporadic)\b)"
)

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
        rf"(?P<what>\b(?:{either(_STANDARDS)})(?:[/ ](?:IEC|EN|ISO))?\s[A-Z]?)"
        r"(?P<code>\d{2,5})-(?P<part>\d{1,3})(?![\w-])",
        lambda m, _r: f"{m['what']}{cardinal(m['code'])}, {cardinal(m['part'])}",
        marks="-",
        cues=_STANDARDS,
    ),
    rule(
        r"(?<![\w.,$-])501\s?\((?P<letter>[a-z])\)(?:\s?\((?P<part>\d\d?)\))?(?!\w)",
        lambda m, _r: f"five oh one {m['letter'].upper()}" + (f" {cardinal(m['part'])}" if m["part"] else ""),
        marks="(",
        needs="501",
    ),
    rule(
        r"(?<![\w.,$-])(?P<wires>\d\d)/(?P<count>[2-4])(?=-gauge|\s(?:gauge|AWG|NM|UF|MC|SJ[A-Z]*|[Rr]omex|[Ww]ire|[Cc]able|speaker|copper|electrical)\b)",
        lambda m, _r: f"{cardinal(m['wires'])} {cardinal(m['count'])}",
        marks="/",
    ),
    rule(
        r"\b(?P<area>[A-Z]{1,2})(?P<district>\d\d?)(?P<part>[A-Z]?)\s(?P<sector>\d)(?P<unit>[A-Z]{2})\b",
        _postcode,
        needs=r"[A-Z]\d\d?[A-Z]?\s\d[A-Z]{2}\b",
    ),
    rule(
        r"(?<![\w.,$/])(?P<fixed>\d\d?)/(?P<reset>[16])(?=\s(?:ARMs?|hybrid|adjustable)\b)",
        lambda m, _r: f"{cardinal(m['fixed'])} {cardinal(m['reset'])}",
        marks="/",
    ),
    rule(
        r"(?<![\w-])M(?P<wide>\d\d?)\s?[x×]\s?(?=\d)",
        lambda m, _r: f"M {cardinal(m['wide'])} by ",
        marks="M",
        needs="[x×]",
    ),
    rule(
        r"(?<![\w.,$€£/-])(?P<code>(?P<low>\d{3,})-(?P<high>\d{1,2})[A-JLN-Z])(?![\w-]|[.,]\d)",
        lambda m, r: code(m["code"], r) if int(m["low"]) > int(m["high"]) else m.group(),
        marks="-",
        needs=r"\d-\d\d?[A-Z]",
    ),
    rule(
        rf"(?<![\w.,$€£/-])(?P<house>\d{{1,4}})(?P<door>[A-Z])(?=\s(?:[A-Z][a-z']+\s){{1,3}}{_STREET})",
        lambda m, _r: f"{pairs(m['house']) if len(m['house']) > 2 else cardinal(m['house'])} {m['door']}",
        needs=_STREET,
    ),
    rule(
        rf"(?P<unit>\b(?:Unit|Flat|Apt|Suite|Shop|Lot|Level)\.?\s\d+[A-Z]?)/(?=\d{{1,4}}[A-Z]?\s(?:[A-Z][a-z']+\s){{1,3}}{_STREET})",
        lambda m, _r: m["unit"] + ", ",
        marks="/",
        needs=_STREET,
    ),
    rule(
        r"(?<![\w.,$-])802\.(?P<part>\d\d?)(?P<kind>[a-z]{0,2})(?:/(?P<more>[a-z]{1,2}(?:/[a-z]{1,2})*))?(?!\w)",
        lambda m, _r: (
            f"eight oh two point {cardinal(m['part'])} {' '.join((m['kind'] + (m['more'] or '')).replace('/', ''))}"
        ),
        needs=r"802\.",
    ),
    rule(
        r"(?P<what>\b[Tt]ext(?:ing)?\s(?:\"?\w+\"?\s)?to\s)(?P<figures>\d{5,6})(?![\w%]|[.,:/-]\d)",
        lambda m, _r: m["what"] + spelled(m["figures"]),
        cues=("text", "Text", "texting", "Texting"),
    ),
    rule(r"\b(?P<slot>[MU])\.2(?!\w|\.\d)", lambda m, _r: f"{m['slot']} dot two", cues="MU"),
    rule(
        r"(?P<place>\b(?:[Rr]oom|[Ss]uite|[Uu]nit|[Bb]ooth|[Aa]pt\.?|[Rr]m\.?|[Ss]tand)\s)(?P<floor>\d+)-(?P<door>\d+)(?![\w-])",
        lambda m, _r: f"{m['place']}{cardinal(m['floor'])}, {cardinal(m['door'])}",
        marks="-",
    ),
    rule(
        r"(?<!\w)0[xX](?P<hex>[\dA-Fa-f]{2,16})(?!\w)",
        lambda m, _r: f"zero X {' '.join(spelled(one) if one.isdecimal() else one.upper() for one in m['hex'])}",
        marks="xX",
        needs="0[xX]",
    ),
    rule(
        r"(?P<name>\b(?:Office|Outlook|Microsoft|Dynamics|MS|M)\s?)365(?!\w|[.,]\d)",
        lambda m, _r: f"{m['name'].rstrip()} three sixty five",
        cues=("Office", "Outlook", "Microsoft", "Dynamics", "MS", "M"),
        needs="365",
    ),
    rule(
        r"(?P<what>\b(?i:scale|ratio|odds|dilution|gradient)(?:\s(?:of|is|at))?:?\s)?(?<![\w.,:/-])(?P<one>\d+):(?P<other>\d+)"
        r"(?(what)(?![\w:]|\.\d)|(?=\s(?:scale|ratio|slope|dilution|gradient|odds|split)\b))",
        lambda m, _r: f"{m['what'] or ''}{cardinal(m['one'])} to {cardinal(m['other'])}",
        marks=":",
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
        rf"(?P<what>\b{_NUMBERED}\s(?:(?:no\.|number|#)\s?)?)(?P<figures>\d{{5,}}(?:-\d+)?|\d{{2,}}(?:-\d{{2,}})+)(?![\w-]|[.,]\d)",
        lambda m, _r: m["what"] + ", ".join(map(spelled, m["figures"].split("-"))),
        needs=r"\d{5}|\d-\d\d",
    ),
    rule(
        r"(?<![\w.,/$])(?P<off>\d(?:\.5)?)%?/(?P<days>\d\d),?\s[Nn](?:et[\s-]|/)(?=\d\d(?!\d))",
        lambda m, _r: f"{number(m['off'])} {cardinal(m['days'])} net ",
        marks="/",
        cues=("n", "N", "net", "Net"),
    ),
    rule(
        r"(?<![\w.,$/-])(?P<wide>[1-3]\d5)/(?P<high>[2-9]\d)(?P<kind>Z?R)(?P<rim>\d\d)(?:\s(?P<load>\d{2,3})(?P<speed>[A-Z]))?(?!\w)",
        _tyre,
        marks="/",
        cues=("R", "ZR"),
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
        r"(?<![\w.,$])(?P<type>B?7[0-8]7|(?<=ATR\s)[47]2)-(?P<size>[1-9]00|[89]|10)(?P<more>ER|LR|F|s)?(?![\w-]|[.,]\d)",
        _aircraft,
        needs=r"\d\d-[1-9]",
    ),
    rule(
        r"(?<![\w.,$-])A(?P<type>2[12]0|3[1-8]0|319|321)(?P<kind>neo|ceo|XLR|LR|F)?(?:-(?P<size>[1-9]0{2,3})(?P<tail>neo|F|XLR)?(?P<many>s)?)?(?![\w-]|[.,]\d)",
        _airbus,
        cues="A",
        needs=r"A[23]\d\d",
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
        r"(?<![\w.])(?P<family>[a-z]{1,3}\d[a-z]{0,3})\.(?P<size>\d{0,2})(?P<kind>x?large|medium|small|micro|nano|metal)(?!\w)",
        lambda m, r: (
            f"{code(m['family'], r)} dot {cardinal(m['size']) if m['size'] else ''} {m['kind'].replace('xl', 'x l')}"
        ),
        marks=".",
        needs=r"\.\d*(?:x?l|m|s|n)",
    ),
    rule(
        r"(?P<name>\b(?:RTX|GTX|RX|EPYC|Xeon|Threadripper|Quadro)\s)(?P<figures>[2-9]\d{3})(?P<tail>[A-Z]*)(?![\w-])",
        lambda m, _r: f"{m['name']}{pairs(m['figures'])} {' '.join(m['tail'])}",
        cues=("RTX", "GTX", "RX", "EPYC", "Xeon", "Threadripper", "Quadro"),
    ),
    rule(r"\bID\.(?P<type>\d)(?!\w|\.\d)", lambda m, _r: f"I D {cardinal(m['type'])}", cues=("ID",)),
    rule(
        r"(?P<ran>\b(?:ran|run|runs|won|finish(?:ed)?)\s(?:an?\s|the\s|her\s|his\s|my\s|their\s)?)?(?<![\w.,$-])"
        r"(?P<figures>\d\d?)[kK](?(ran)(?![\w-]|\s[a-z]+s\b)|(?=\s(?:run|race|walk)\b))",
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
        r"(?<![\w.,$-])(?P<figures>[4568]|1[0-2]|[1-6]\.\d)K(?=\s(?:[Ss]mart|LED|OLED|QLED|video|display|TV|monitor|resolution|screen|camera|HDR|UHD|stream|content|"
        r"footage|webcam|projector|OLED|gaming|playback|HDMI|panel|images?|\d+\s?Hz)|[,/]?\s?(?:U?HD|Ultra)\b|\s?@\s?\d)",
        lambda m, _r: f"{number(m['figures'])} K",
        cues="K",
    ),
    rule(
        r"(?<![\w.,$])(?P<type>7[0-8]7)s(?!\w)",
        lambda m, _r: plural(pairs(m["type"])),
        cues="s",
    ),
    rule(r"\b(?P<road>A\d{1,4})\(M\)", lambda m, _r: m["road"] + " M", marks="(", cues=("A",)),
    rule(
        r"(?P<what>\b(?:Chapter|Form|Model|Type|Tier|Level|Title|Class|Grade|Category)\s|(?<!\w)\+(?=1s))(?P<figures>\d\d?)s(?!\w)",
        lambda m, _r: f"{m['what'].replace('+', 'plus ')}{plural(cardinal(m['figures']))}",
        cues="s",
    ),
    rule(r"(?<![\w.,$])3M(?='s|\s(?:Co|Company|Corp)\b)", lambda _m, _r: "three M", cues="M"),
    rule(r"(?<![\w.,$])510\s?\([kK]\)", lambda _m, _r: "five ten K", marks="(", needs="510"),
    rule(r"(?<![\w.,$])401\s?\(?[kK]\)?(?!\w)", lambda _m, _r: "four oh one K", marks="kK"),
    rule(r"(?<![\w-])(?P<figures>10|8|20|6|13)-(?P<letter>[KQF])(?![\w-])", _form, marks="-", cues="KQF"),
    rule(
        r"(?P<place>\b(?:[Rr]oom|[Gg]ate|[Ss]uite|[Uu]nit|[Ff]lat|[Aa]pt\.?|[Hh]all|[Ss]eat|[Rr]ow|[Pp]latform|[Bb]uilding|[Ff]loor|[Bb]ay|[Bb]ooth|"
        r"[Rr]m\.?|[Ss]te\.?|[Bb]ldg\.?|[Tt]erminal|[Ss]tand|[Ss]ection|[Zz]one|[Dd]ock|[Ll]ot|[Ll]evel|[Cc]lass|[Ff]orm|"
        r"[Ss]chedule|[Ee]xhibit|[Aa]ppendix|[Aa]nnex|[Tt]able|[Ff]igure|[Ff]ig\.|[Ii]tem|[Nn]ote|[Pp]hase|[Ss]tage|[Ss]tep|[Kk]it|[Mm]odel|[Tt]ype|[Gg]rade|[Gg]roup|[Pp]art|[Bb]ox|[Dd]oor|"
        r"[Rr]oute|[Bb]us|[Tt]rack|[Pp]lan|[Oo]ption|[Bb]lock|[Ww]ing|[Pp]ier|[Cc]abin|[Pp]ump|[Cc]hapter|[Ee]xit|[Rr]unway|[Jj]unction|"
        r"[Aa]isle|[Ll]ocker|[Cc]oach|[Bb]erth|[Bb]in|[Pp]od)\s)"
        r"(?P<code>\d+[A-Z])(?!\w)",
        lambda m, r: m["place"] + code(m["code"], r),
        cues="ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    rule(
        r"(?<![\w.,$-])(?P<figures>\d{1,5}(?:[- ]\d{1,7}){3,4}(?:[- ][\dX])?|\d{3}-\d{2}-\d{4})(?![\w-]|:\d)",
        _serial,
        marks="- ",
        needs=r"\d[- ]\d",
    ),
)
