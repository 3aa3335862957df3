"""Say what is jotted down beside words: T/Th, Mon a.m., 500/ea, o/d £3k, 10 mg bid, p/u 0800."""

from __future__ import annotations

import re

from roadcast.spoken.dates import month
from roadcast.spoken.numbers import ONES, cardinal, pairs, plural, spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

_LETTERS = {
    "M": "Monday", "Tu": "Tuesday", "T": "Tuesday", "W": "Wednesday", "Th": "Thursday", "F": "Friday", "Sa": "Saturday",
    "Su": "Sunday",
}  # fmt: skip
_LETTER = either(_LETTERS)
_HOUR = r"(?:before|after|until|till?|from|at|noon|a\.?m\b|p\.?m\b|AM\b|PM\b|mornings?|afternoons?|evenings?|\d)"
_FREE = (
    r"(?:avail(?:able)?|free|works?|meets?|days?|week|wk|on|class(?:es)?|open|visits?|deliver\w*|runs?|every|each|or|and|in|"
    r""
    r"try|best|prefers?|shifts?|only|next)"
)


def _listed_days(match: re.Match[str], reading: Reading) -> str:
    """Say T/Th and M/W/F, days of the week by their letters."""
    del reading
    return ", ".join(_LETTERS[letter] for letter in match["days"].split("/"))


def _two_days(match: re.Match[str], reading: Reading) -> str:
    """Say Tu & F; M & W may be a shop."""
    del reading
    days = match["one"], match["other"]
    return match.group() if {*days}.isdisjoint({"Tu", "Th"}) else " and ".join(_LETTERS[day] for day in days)


_WEEKDAYS = {"Mon": "Monday", "Thu": "Thursday", "Sat": "Saturday", "Sun": "Sunday"}

# How often a medicine is taken.
_DOSES = {
    "bid": "twice a day", "BID": "twice a day", "b.i.d.": "twice a day", "tid": "three times a day",
    "TID": "three times a day", "t.i.d.": "three times a day", "qid": "four times a day", "QID": "four times a day",
    "q.i.d.": "four times a day", "qd": "once a day", "QD": "once a day", "od": "once a day", "OD": "once a day",
    "bd": "twice a day", "BD": "twice a day", "qhs": "at bedtime", "prn": "as needed", "PRN": "as needed",
    "po": "by mouth", "PO": "by mouth", "p.o.": "by mouth",
}  # fmt: skip
_DOSE = either(_DOSES)


def _early(match: re.Match[str], reading: Reading) -> str:
    """Say 0800 and 0745 behind what happens then."""
    minute = match["minute"]
    said = (
        "hundred" if minute == "00" else cardinal(minute) if minute[0] != "0" else f"{reading.zero} {ONES[int(minute)]}"
    )
    return f"{match['when']}{reading.zero} {ONES[int(match['hour'])]} {said}"


# What is printed has pages, and no percentage points.
_PRINTED = (
    r"(?i:\b(?:catalog(?:ue)?|brochure|booklet|leaflet|magazine|print(?:ed|er|ing)?|copies|manual|A4|A5|cover)\b)"
)
# Another month, short or in full, shows that Jan is one.
_OTHER_MONTH = (
    r"\b(?:Feb|Apr|Aug|Sept|Oct|Nov|Dec|January|February|April|July|August|September|October|November|December)\b"
)
# Behind these it may be somebody.
_SOMEBODY = pattern(
    r"(?:\b(?:w/|with|from|ask|call|called|met|per|cc|to|by|and|for|see|emailed|email|told|spoke|via|as|is|said)|[&,+=:(/])\s?$"
)


def _month(match: re.Match[str], reading: Reading) -> str:
    """Say Jan where another month is told and nobody is spoken to."""
    del reading
    if _SOMEBODY.search(match.string, max(0, match.start("month") - 10), match.start("month")):
        return match["month"]
    return month(match["month"])


# Documents that computers exchange are called by three figures.
_DOCUMENT = pattern(r"(\d{3})(s?)")


def _document(match: re.Match[str]) -> str:
    """Say 850 and 850s."""
    return plural(pairs(match[1])) if match[2] else pairs(match[1])


RULES = (
    rule(
        r"(?<![\w/.&-])(?P<days>(?:Tu|T|W|M)/(?:Th|Tu)|Th/(?:F|Sa|Su)|M/W/F|T/W/Th|M/T/W|Tu/F|Sa/Su|W/Th|"
        r"(?:M|Tu|T)/(?:Tu|T|W)/(?:W|Th)(?:/Th)?(?:/F)?)(?![\w/&])",
        _listed_days,
        marks="/",
        figures=False,
    ),
    rule(
        rf"(?P<before>(?:\b{_FREE}|,)\s)?(?<![\w/.&-])(?P<days>M/W|W/F|T/F|M/F|M/Th)(?(before)(?=\s{_HOUR}|[,;.)]|$)|(?=\s{_HOUR}))",
        lambda m, r: (m["before"] or "") + _listed_days(m, r),
        marks="/",
        figures=False,
    ),
    rule(
        rf"(?P<before>\b(?:[Ff]ree|[Aa]vail|[Tt]ry|[Nn]ext|[Oo]n|[Bb]y|back|again|call|[Aa]ppt|[Aa]ppointment|[Mm]tg|[Dd]el|[Pp]/u)\s)(?P<day>Tu|Th)(?=\s{_HOUR}|[,;.)]|$)",
        lambda m, _r: m["before"] + _LETTERS[m["day"]],
        cues=("Tu", "Th"),
        figures=False,
    ),
    rule(
        rf"(?P<before>\b(?:or|and|try|free|avail|until|till?)\s|[,&]\s)(?P<day>M|Tu|T|W|Th|F)(?=\s{_HOUR})",
        lambda m, _r: m["before"] + _LETTERS[m["day"]],
        figures=False,
        needs=rf"day, (?:{either(_LETTERS.values())})|(?:Mon|Tue|Wed|Thu|Fri)[a-z]*\b",
    ),
    rule(
        r"(?<![\w.'-])(?P<day>Mon|Thu)(?=\s(?:wk\b|week\b|a\.m\.|p\.m\.|w/c\b|mornings?\b|afternoons?\b|eve(?:ning)?\b|aft\b|arvo\b|"
        r"before\b|after\b|EOD\b|COB\b|if\b|re:?\s|w/|with\b|or\b|and\s(?:Tue|Wed|Thu|Fri|Sat)|to\s(?:discuss|confirm|review)|[-–—]\s|\())",
        lambda m, _r: _WEEKDAYS[m["day"]],
        figures=False,
        cues=("Mon", "Thu"),
    ),
    rule(
        r"(?<![\w.'-])(?P<day>Sat|Sun)(?=\s(?:a\.m\.|p\.m\.|AM\b|PM\b|[ap]m\b|mornings?\b|afternoons?\b|noon\b))",
        lambda m, _r: _WEEKDAYS[m["day"]],
        figures=False,
        cues=("Sat", "Sun"),
    ),
    rule(
        r"(?P<before>\b(?:(?i:call back|follow up|cb|f/u|fu|p/u|check[- ](?:in|out)|c/o|pick up|mtg|meeting|demo|visit|"
        r"delivery|del|deliver|revert|arrive[sd]?|arriving|free|avail|reply|sent|spoke|met|call|ship(?:s|ped)?|load(?:s|ed)?|due|EOD|"
        r"COB|noon|late|early))\s)"
        r"(?P<day>Mon|Thu|Sat|Sun)(?![\w'-])",
        lambda m, _r: m["before"] + _WEEKDAYS[m["day"]],
        figures=False,
        cues=("Mon", "Thu", "Sat", "Sun"),
    ),
    rule(
        r"(?P<beds>(?<![\w.,$€£/-])\d)\s?(?:BR|BD|bd|br|bdrm|bed)\s?[/,+]\s?(?P<baths>\d(?:\.5)?)\s?(?:BA|ba|bth|bath)s?\b",
        lambda m, _r: f"{m['beds']} bedroom, {m['baths']} bath",
        needs=r"\d\s?(?:B[RD]|b[rde])",
    ),
    rule(r"(?P<beds>(?<![\w.,$€£/-])\d)\s?BR\b", lambda m, _r: m["beds"] + " bedroom", cues=("BR",)),
    word(r"(?<=\b[Ll]ate\s)c/o\b", "check out", marks="/"),
    word(r"(?<=\b[Ee]arly\s)c/i\b", "check in", marks="/"),
    rule(
        r"(?P<who>\b(?:[Pp]t|[Pp]atient|[Ss]he|[Hh]e|[Pp]resents|[Ss]till)\.?,?\s)c/o(?=\s[a-z])",
        lambda m, _r: m["who"] + "complains of",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?P<tried>\b(?:[Cc]alled|[Rr]ang|[Tt]ried|[Pp]honed|[Dd]ialled|[Dd]ialed)\b[^.;:\d]{0,24}[\s,(])n/a(?!\w)",
        lambda m, _r: m["tried"] + "no answer",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?<!\w)#(?P<floor>\d\d)-(?P<door>\d{2,3})(?![\w-]|\s?[x×]\s?\d|\s(?:screws?|bolts?|nuts?|studs?|taps?)\b)",
        lambda m, _r: (
            f"number {spelled(m['floor']) if m['floor'][0] == '0' else cardinal(m['floor'])}, {cardinal(m['door'])}"
        ),
        marks="#",
    ),
    word(
        r"(?:^|(?<=[^\d\s]\s))(?i:sq)\.?\s?(?i:ft)\.?(?=\s(?:[a-z~]|\d)|:)",
        "square feet",
        cues=("sq", "Sq", "sqft"),
        figures=False,
    ),
    word(r"(?<=\d)\s?/\s?ea(?:ch)?\b(?:\.(?=\s?[,;:)]|\s[a-z&\d(]))?", " each", marks="/", figures=True),
    word(r"\bH/?P:?\s(?=[89]\d{3}\s?\d{4}(?!\d))", "mobile ", cues=("HP", "H"), figures=True),
    rule(
        r"(?<![\w.,$€£/-])(?P<low>\d{1,4})[-–](?=(?P<high>\d{1,4})T(?!\w))",
        lambda m, _r: f"{m['low']} to " if int(m["low"]) < int(m["high"]) else m.group(),
        marks="-–",
        cues="T",
    ),
    word(r"(?<![\w.])\.(?=\d+c(?:\b|/))", "0.", marks=".", figures=True),
    rule(
        r"(?<![\w/.&-])(?P<days>(?:M|T|W)[-–]Th|Tu[-–](?:Th|F|Sa)|Th[-–](?:Sa|Su))(?![\w-])",
        lambda m, _r: " to ".join(_LETTERS[day] for day in re.split("[-–]", m["days"])),
        marks="-–",
        figures=False,
        cues=("Th", "Tu"),
    ),
    rule(
        r"(?<![\w/.&-])(?P<one>M|Tu|T|W)\s?(?:&|and)\s?(?P<other>Th|F|W)(?![\w&/.-])",
        _two_days,
        figures=False,
        cues=("Th", "Tu"),
    ),
    rule(
        r"(?P<what>(?:[^\d\s]\s|^)[A-Za-z]+\s|%\s)x\s?"
        r"(?=\d+\s?(?:days?|d|wks?|weeks?|mos?|mths?|months?|yrs?|years?|nts|nights)\b)",
        lambda m, _r: m["what"] + "for ",
        cues="x",
    ),
    rule(
        r"(?<=\bEDI\s)\d{3}s?(?:(?:\s?[/,&]\s?|,?\s(?:and|or)\s)(?:8\d\d|9[049]\d|2[01]\d)s?(?!\w))*(?!\d)",
        lambda m, _r: _DOCUMENT.sub(_document, re.sub(r"\s?[/,&]\s?(?=\d)", ", ", m.group())),
        cues=("EDI",),
    ),
    word(r"(?:(?<!\w)|(?<=\b[ABO])|(?<=\bAB))\s?\+ve(?!\w)", " positive", marks="+", figures=False),
    word(r"(?:(?<!\w)|(?<=\b[ABO])|(?<=\bAB))\s?[-–]ve(?!\w)", " negative", marks="-–", figures=False),
    word(r"(?<=\d\s)[oO]/[sS](?![\w/])", "outstanding", marks="/", figures=True),
    rule(
        r"(?<![\w/])(?P<of>[ps])/n(?=:?\s[A-Z]*\d)",
        lambda m, _r: "part number" if m["of"] == "p" else "serial number",
        marks="/",
    ),
    word(r"(?<=\d\s)b/o'?s(?!\w)", "back orders", marks="/", figures=True),
    word(
        r"(?<=\d\s)b/o(?=[,;.)]|$|\s(?:since|until|till?|as|at|with|from)\b)", "on back order", marks="/", figures=True
    ),
    word(r"\bo/d(?=\s(?:by\b|since\b|\d+\s?(?:d|days?|wks?|weeks?|mo|mths?|months?)\b))", "overdue", marks="/"),
    word(r"(?<=\d)\sd(?=[,;)]|\.?$|\.\s)", " days", cues="d", figures=True),
    rule(
        r"(?P<before>\b(?:in|for|ext'd|extended|every|another|next|last|within|took|lead time|lead|ETA|by)\s~?)"
        r"(?P<many>\d{1,2})w(?!\w)",
        lambda m, _r: f"{m['before']}{m['many']} {'week' if m['many'] == '1' else 'weeks'}",
        cues="w",
    ),
    word(r"(?<=\d)\s?(?:pu/pm|p/u/p/m|p/u p/m)\b", " per user per month", marks="/", figures=True),
    rule(
        r"(?P<terms>\b\d+\s?(?:d|days?)\s)a/c\b",
        lambda m, _r: m["terms"] + "account",
        marks="/",
    ),
    rule(
        r"(?P<before>\b(?!del\s|la\s)(?:[a-z]{2,}|[A-Z]{2,5})\s)(?P<month>Mar|Jun|Jul|Sep)(?=\.?$|[,;])",
        lambda m, r: m["before"] + _month(m, r),
        cues=("Mar", "Jun", "Jul", "Sep"),
        figures=False,
    ),
    rule(
        r"(?P<unit>(?<=\d\s)(?:lbs?|ft|hrs?|yds?))\.(?=\s\d+\s?(?:oz|ins?|mins?|secs?)\b)",
        lambda m, _r: m["unit"],
        marks=".",
        cues=("lb", "lbs", "ft", "hr", "hrs", "yd", "yds"),
    ),
    rule(
        r"(?P<before>\b(?:on|to|from|run|runs|running|for|and|of|using|upgrade)\s)Win\s(?=1[01](?:[,.;)]|$|\s(?:Pro|Home|2\dH\d|PCs?|laptops?|machines?|updates?|and|or|users|devices)\b))",
        lambda m, _r: m["before"] + "Windows ",
        cues=("Win",),
    ),
    word(r"(?<=\b[Oo]n\s)A/L\b", "annual leave", marks="/"),
    rule(
        r"(?P<what>\b(?:[Bb]alance|[Bb]al\.?|[Cc]redit|[Dd]ebit)\s(?:of|to|on)\s)a/c\b",
        lambda m, _r: m["what"] + "account",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?i:\b(?P<offers>o\.?i\.?[re]\.?o\b\.?))(?=\s?[$£€\d])",
        lambda m, _r: "offers in excess of" if "e" in m["offers"].lower() else "offers in the region of",
        cues=("o", "O", "oiro", "OIRO", "oieo", "OIEO"),
    ),
    rule(
        r"(?P<price>[$£€]\d[\d.,]*k?\s)(?P<near>o\.?n\.?o\b|o\.?b\.?o\b|ONO\b|OBO\b)\.?",
        lambda m, _r: m["price"] + ("or nearest offer" if "n" in m["near"].lower() else "or best offer"),
        marks="$£€",
    ),
    rule(
        r"(?P<what>\b(?:[Aa]dv(?:ance)?|[Bb]al(?:ance)?|[Pp]aid|[Pp]d|[Bb]udget|CTC|[Ll]oan|PO|[Dd]eposit|[Qq]uoted?)\.?"
        r"(?:\s(?:rcvd|recd|rec'd|received|paid|of|is|for|up to|due|@)){0,2}\s)(?P<many>\d+(?:\.\d+)?)\s?L(?!\w)"
        r"(?!\s(?:drum|can|tin|bottle|jug|pail|tank|bag|pack|container)s?\b)",
        lambda m, _r: f"{m['what']}{m['many']} lakh",
        cues="L",
    ),
    word(r"(?<=\b[2-5]-)dr\b(?:\.(?=[,;)]|\s[a-z]))?", "door", cues=("dr",), figures=True),
    word(
        r"(?:(?<=\dmg)|(?<=\d\smg)|(?<=\dmcg)|(?<=\d\smcg)|(?<=\dg)|(?<=\d\sg)|(?<=\dIU)|(?<=\d\sIU)|(?<=\d\sunits))/(?=\d[\d.,]*\s?m[lL]\b)",
        " per ",
        marks="/",
        figures=True,
    ),
    word(r"\bSpO2:?\s(?=\d)", "S P O two at ", cues=("SpO",), figures=True),
    rule(
        r"(?P<before>[,;]\s)x(?P<extension>\d{4,5})(?=[.,;)]|$)",
        lambda m, _r: f"{m['before']}extension {spelled(m['extension'])}",
        marks="x",
        needs=r"[,;]\sx\d",
    ),
    word(
        r"(?<![\w.])R\s?(?=\d{2,}(?:[.,;)]|\s[a-z]|$))",
        "ZAR ",
        marks="R",
        needs=r"(?<!\w)R\s?\d[\d,]*\.\d\d\b",
        figures=True,
    ),
    word(r"(?<!\w)d/a(?=[;,.)]|$)", "drive away", marks="/", needs=r"[$]\d"),
    rule(
        r"(?<![\w.,$])(?P<many>\d[\d,]*)#(?=\s(?:(?P<of>of)\s(?!the\b)[a-z]|(?:bags?|drums?|box(?:es)?|sacks?|cartons?|pails?|tubs?|kegs?|bales?|cases?|"
        r"paper|stock|test|propane|tanks?|weights?|dumbbells?)\b))",
        lambda m, _r: f"{m['many']} {'pounds' if m['of'] else 'pound'}",
        marks="#",
    ),
    word(
        r"(?<=\s):(?=[0-5]\d(?!\d))",
        "",
        marks=":",
        needs=r"\b(?i:past|hour|hr|at|every|after)\s(?:the\s)?(?:hour\s)?:[0-5]\d",
        figures=True,
    ),
    word(r"(?<=°)/(?=\d+°)", " or ", marks="°", figures=True),
    word(r"(?<=\d\s)u(?=/(?:wk|day|d|mo|hr|h|yr)\b)", "units", marks="/", figures=True),
    word(r"(?<=\d\s)d(?=/(?:yr|year|wk|week|mo|month)\b)", "days", marks="/", figures=True),
    rule(
        r"(?P<sum>[$€£]\d[\d.,]*(?:bn|[mk])?)[eE](?=[,;)]|\.?$|\.?\s(?:for|in|vs|versus|and|from)\b)",
        lambda m, _r: m["sum"] + " estimated",
        marks="$€£",
        needs=r"\d(?:bn|[mk])?[eE]\b",
    ),
    rule(
        r"(?<![\w.,$-])(?P<number>\d{1,2})(?P<first>[a-h])\s?[-–]\s?(?P=number)(?P<last>[b-z])(?![\w-])",
        lambda m, _r: (
            f"{cardinal(m['number'])} {m['first']} to {cardinal(m['number'])} {m['last']}"
            if m["first"] < m["last"]
            else m.group()
        ),
        marks="-–",
        needs=r"\d[a-h]\s?[-–]\s?\d",
    ),
    rule(
        r"\b(?P<one>[Ss]he|[Hh]e|[Tt]hey)/(?P<other>her|him|them)(?:/(?P<own>hers|his|theirs))?(?![\w/])",
        lambda m, _r: " ".join(filter(None, (m["one"], m["other"], m["own"]))),
        marks="/",
        figures=False,
    ),
    word(r"(?<=\d)\s?pp\b\.?(?=[,;)]|$|\s[a-z])", " pages", cues=("pp",), figures=True, needs=_PRINTED),
    word(
        r"(?<=\d)T(?=\s(?:trucks?|cranes?|forklifts?|trailers?|excavators?|lorr(?:y|ies)|press|hoists?|jacks?|axles?|diggers?|payload)\b)",
        " ton",
        cues="T",
        figures=True,
    ),
    word(r"(?<=\d)T(?=/(?:mo|month|day|d|wk|week|yr|year|hr|h)\b)", " t", marks="/", cues="T", figures=True),
    rule(
        r"(?<=\s)(?P<month>Jan|Mar|Jun|Jul|Sep)(?=[,;)]|\.?$|\.\s)",
        _month,
        cues=("Jan", "Mar", "Jun", "Jul", "Sep"),
        figures=False,
        needs=_OTHER_MONTH,
    ),
    rule(
        r"\bo/d(?=\s(?:of\s)?(?:[$£€]|limit|facility|balance))|\bo/d(?=\s\d)",
        lambda _m, _r: "overdraft",
        marks="/",
        figures=False,
    ),
    rule(r"\b[tT]/[oO](?=:?\s(?:of\s|c\.?\s?)?[$£€~])", lambda _m, _r: "turnover", marks="/", figures=False),
    rule(
        rf"(?P<much>\d\s?(?:m?c?g|ml|mL|units?|IU|tabs?|caps?|puffs?)\s|(?:day|mouth|bedtime|needed)\s)(?P<doses>(?:{_DOSE})(?:\s(?:{_DOSE}))*)(?![\w'])",
        lambda m, _r: m["much"] + " ".join(_DOSES[dose] for dose in m["doses"].split()),
        cues=_DOSES,
    ),
    rule(
        r"(?P<much>\d\s?(?:m?c?g|ml|mL|units?|tabs?|caps?)\s(?:by mouth\s|PO\s)?)q(?P<hours>\d\d?)h(?!\w)",
        lambda m, _r: f"{m['much']}every {cardinal(m['hours'])} hours",
        cues="q",
    ),
    rule(
        r"(?P<when>\b(?:(?:Mon|Tues?|Tu|Th|Wed|Thurs?|Fri|Sat|Sun)(?:[a-z]*day)?|\d\d?/\d\d?|ETA|ETD|[Aa]ppt|[Aa]ppointment|p/u|P/U|[Pp]ick-?\s?up|dep|arr|"
        r"[Dd]ock(?:\s\d+)?|[Ss]tart|[Dd]oors|[Cc]heck-?in|[Ll]oad(?:s|ing)?|[Dd]eliver[sy]?|[Dd]el|tmrw|tomorrow|today|between|and|[Bb]ack|[Bb]y|[Bb]efore|[Uu]ntil|[Tt]ill?|[Ff]rom)\s(?:by\s|at\s|@\s?)?)"
        r"(?P<hour>0\d)(?P<minute>[0-5]\d)(?![\w%]|[.,:/-]\d)",
        _early,
        needs=r"\b0\d[0-5]\d\b",
    ),
)
