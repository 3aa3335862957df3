"""Say the shorthand of notes in full where its place leaves no doubt: no ans., rev. quote, v. keen, 24m term."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from roadcast.spoken import tables
from roadcast.spoken.dates import MONTHS
from roadcast.spoken.numbers import cardinal, ordinal
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, compiled, either, rule, word


@dataclass(frozen=True, slots=True)
class _Place:
    """What a short word says, behind and before what: patterns, empty where it says so everywhere."""

    said: str
    after: str
    before: str

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether a word that starts and ends here stands in such a place."""
        if (
            self.after
            and compiled(rf"(?:^|(?<=[\s(/]))(?:{self.after})\s?$").search(text, max(0, start - 28), start) is None
        ):
            return False
        return not self.before or compiled(self.before).match(text, end) is not None


def _places() -> dict[str, list[_Place]]:
    found: dict[str, list[_Place]] = defaultdict(list)
    for written, *place in (*tables.rows("printed"), *tables.rows("shorthand")):
        found[written].append(_Place(*place))
        if written.islower() and len(written) > 1 and (len(written) > 2 or not place[1]):  # the 3 Cs are no cases
            found[written.capitalize()].append(_Place(*place))
    return dict(found)


_PLACES = _places()


_OPENS = pattern(r"^$|[.;:!?]\s$")
# A new sentence, and no day or month.
_BEGINS = pattern(
    r"\s(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[A-Z](?![A-Z]{0,2}[$£€])"
)


def _short(match: re.Match[str], reading: Reading) -> str:
    """Say a short word as its place tells; its full stop stays where it ends the sentence."""
    del reading
    text, start, end = match.string, match.start(), match.end()
    named = match["short"].istitle() and len(match["short"]) > 1 and not match["stop"]  # "ask Fin" asks somebody
    for place in _PLACES[match["short"]]:
        if named and place.after:
            continue
        if place.holds(text, start, end) or place.holds(text, start, match.end("short")):
            said = place.said
            if match["short"][:2].istitle() or (
                match["short"].isupper() and _OPENS.search(text, max(0, start - 2), start)
            ):
                said = said[0].upper() + said[1:]
            ends = match["stop"] and (end == len(text) or (not place.before and _BEGINS.match(text, end)))
            return said + ("." if ends else "")
    return match.group()


# What is "very" so: v. keen, v. price-driven. A v. B is another matter.
_VERY = (
    "well|good|great|int|interested|gd|keen|happy|interested|costly|busy|slow|positive|negative|warm|hot|cold|late|early|likely|unlikely|"
    "low|high|close|tight|small|large|big|important|strong|weak|impressed|impressive|engaged|responsive|technical|"
    "detailed|quick|quickly|soon|much|short|long|frustrated|unhappy|sensitive|risky|few|little|helpful|senior|"
    "competitive|expensive|cheap|promising|excited|nervous|cautious|conservative|difficult|hard|easy|satisfied|"
    "pleased|nice|friendly|open|quiet|active|aggressive|sceptical|skeptical|concerned|enthusiastic|receptive|polite|"
    "useful|clear|urgent|bullish|vague|unclear|smooth|smoothly|productive|tough|picky|loyal|knowledgeable|different|"
    "similar|far|light|heavy|real|polished|junior|rude|annoyed|upset|thorough|curious|supportive|flexible|limited|"
    r"[a-z]+-(?:driven|sensitive|focus+ed|conscious|led|heavy|oriented|aware|minded|averse|based|hungry)"
)
_SPAN = r"(?<![\w.,$€£₹-])(?P<low>\d\d?\s?[-–]\s?)?(?P<many>\d{1,3})m"
_NO_LENGTH = (
    r"(?!\s(?:long|wide|high|tall|deep|thick|cables?|leads?|cords?|hoses?|pipes?|rolls?|lengths?|tape|of|x|×|by|away|"
    r"above|below|users|euros|pounds|dollars|people|customers|shares|units|sq|span|clear|radius|section)\b)"
)
_RUN = (
    r"term|contracts?|lease|notice|rolling(?!\sd)|commit(?:ment)?|warranty|renewal|pilot|trial|extension|fixed|subscription|"
    r"agreement|runway|payback|retainer|lock-in|ramp|break|opt-out|tenure|price[- ](?:hold|lock)|support|"
    r"maint(?:enance)?|probation|guarantee|roadmap|forecast|licen[cs]es?|plan|deal|auto-?renew(?:al|s)?|visibility|minimum|prepaid"
)
_RUNS = (
    r"(?:auto-?)?renew(?:s|al|ed|ing)?|extend(?:s|ed|ing)?|extension|commit(?:s|ted|ment)?|sign(?:ed|ing)?|terms?|"
    r"contract|lease|notice|warranty|lock(?:s|ed)?|lock-in|payback|runway|tenure|trial|pilot|subscription|agreement|"
    r"retainer|prepay|prepaid|MSA|price[- ]hold|support|maint\.?|maintenance|revisit|rolls over|rolls?"
)
_AGAIN = (
    r"(?i:revisit|check back|circle back|follow[- ]up|f/u|f/up|fu|call back|review|reconnect|re-?engage|touch base|"
    r"ping|expires?|due|ends?|renews?|up|ROI|payback|break-?even|go-live)"
)


def _months(match: re.Match[str], reading: Reading) -> str:
    """Say how long a contract runs, 24m, before the name of what runs in the singular."""
    del reading
    single = match["many"] == "1" or match["noun"] is not None
    return f"{match['before'] or ''}{match['low'] or ''}{match['many']} {'month' if single else 'months'}"


_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST = {name[:3]: day for day, name in enumerate(_WEEK)}
_YEARS = (2024, 2025)  # a leap year and another


def _apart(first: tuple[int, int], last: tuple[int, int]) -> set[int]:
    """Give how many days of the week may lie between two days, (month, day), of a year or of the turn of it."""
    found = set()
    for year in _YEARS:
        try:
            one, other = (date(year, *day) for day in (first, last))
        except ValueError:
            return set()
        found.add((other - one).days % 7)
        if other < one:
            found |= {((other - one).days + length) % 7 for length in (365, 366)}
    return found


def _weekdays(match: re.Match[str], reading: Reading) -> str:
    """Say two days by the order, day or month first, that their weekdays bear out: Tue 2/12 to Thu 4/12."""
    (a, b), (c, d) = ((int(match[x]), int(match[y])) for x, y in (("a", "b"), ("c", "d")))
    one, other = _FIRST[match["one"]], _FIRST[match["other"]]
    apart = (other - one) % 7
    by_day, by_month = _apart((b, a), (d, c)), _apart((a, b), (c, d))
    if reading.day_first or apart not in by_day or apart in by_month:
        return match.group()
    first, last = (f"the {ordinal(str(day))} of {MONTHS[month - 1]}" for day, month in ((a, b), (c, d)))
    return f"{_WEEK[one]} {first}{match['between']}{_WEEK[other]} {last}"


_CALLED = (
    r"\b(?:[Cc]alled|[Tt]ried|[Ee]mailed|[Pp]inged|[Rr]ang|[Cc]hased|[Mm]et|[Mm]essaged|[Mm]sg'?d|[Tt]exted|[Vv]isited|"
    r"[Nn]o[- ]?shows?(?:ed)?|[Rr]esched(?:uled|'d)?|[Cc]ancell?ed|[Mm]issed|[Ll]eft|LVM|VM|[Aa]sked|[Ff]ollowed[- ]up|"
    r"f/u|[Rr]eminded|[Bb]ounced|[Dd]emo(?:ed|'d)|[Qq]uoted|[Pp]ushed|[Ss]lipped|[Dd]ialled|[Dd]ialed|[Ss]poke|[Rr]angs?|[Vv]m|"
    r"[Vv]oicemails?|[Cc]alls?|[Ee]mails?|[Gg]hosted|[Pp]ostponed|[Nn]o\s(?:response|answer|reply))\b[^.;,\d]{0,30}\s"
)
_SCORED = (
    r"(?i:\b(?:scored?|scores|scoring|rating|rated|graded?|fit|ICP|NPS|CSAT|confidence|health|priority|likelihood|"
    r"urgency|sentiment|engagement|interest(?: level)?|scorecard|satisfaction)"
    r"(?:\s(?:is|was|of|at|us|it|them|me|a|score))*[:=]?\s)"
)
_OUT_OF = (
    r"(?=\s(?:on|in|from|for)\s(?:(?:the|our|their|a|his|her)\s)?(?:\w+\s)?(?:scorecards?|eval\w*|test|quiz|assessment|survey|rubric|"
    r"checklist|audit|exam|criteria|MEDDICC?|MEDDPICC|BANT|RFP|NPS|CSAT|fit|feedback)\b|\s(?:scores?|rating|fit|confidence|confident|criteria|boxes|"
    r"stars|likelihood|likely|satisfaction|must-haves)\b)"
)
_UNITS = {"wk": "week", "yr": "year", "mth": "month", "mo": "month", "qtr": "quarter", "hr": "hour", "min": "minute"}


def _won(match: re.Match[str]) -> bool:
    return int(match["got"]) <= int(match["of"])


# What something may be so many of: 12 btls/cs.
_MANY = "cs|case|bx|box|day|wk|week|mo|month|yr|year|hr|hour|sec|min|site|unit|order|pallet|plt|ctn|person|room"
_DAY = r"\b(?P<{}>Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}}\.?,?\s"
_LASTING = (
    r"trial|ext\b|extension|term|contract|deal|pilot|lead|notice|lease|renewal|warranty|payback|commit\w*|delay|break|"
    r"slip|ramp|plan|roadmap|turnaround|sprint|window|POC|PoC|rollout|onboarding|project|implementation|backlog|wait|cycle|"
    r"subscription|agreement|MSA|retainer|eval\w*|license|licence|fixed|price|rolling|opt-out|grace|old"
)

RULES = (
    rule(
        rf"(?<![\w.'/-])(?<!dot )(?P<short>{either(_PLACES)})"
        rf"(?!\w|'(?!s\b)|-[a-z]|/(?!(?:{_MANY})\b))(?P<stop>\.)?(?!\w)",
        _short,
        cues=_PLACES,
        figures=False,
    ),
    word(
        r"(?:(?<=VP )|(?<=Director )|(?<=Dir )|(?<=Head of ))Proc\b\.?(?=[,;:)]|\.?$|\s[a-z&(])",
        "Procurement",
        cues=("Proc",),
        figures=False,
    ),
    word(
        r"(?:(?<=[Bb]est )|(?<=[Cc]ell )|(?<=hone )|(?<=irect )|(?<=[Nn]ew )|(?<=\b[Hh]is )|(?<=\b[Hh]er )|(?<=obile ))"
        r"#:?\s?(?=[+(]?\d{3})|(?<=\b[Bb]est )#:?\s(?=(?:is|to|for)\b)",
        "number ",
        marks="#",
    ),
    word(rf"(?<![\w.'/])(?<!\d\s)v\.?(?=\s(?:{_VERY})\b)", "very", cues="v", figures=False),
    rule(rf"(?<![\w.'/])V\.?(?=\s(?:{_VERY})\b)", lambda _m, _r: "Very", cues="V", figures=False),
    rule(rf"(?P<before>){_SPAN}(?=\s(?P<noun>{_RUN})\b)", _months, cues="m"),
    rule(
        rf"(?P<before>\b(?i:{_RUNS})(?:\s(?:for|to|is|in|up|by|every|runs|an?|another|further|additional|extra|period|length|on|minimum|"
        rf"min\.?|initial|rolling))*[:=]?\s(?:~\s?)?|\b(?:{_AGAIN})(?:\sagain)?\s(?:in|within|under)\s|(?i:(?:bal\.?|balance|paid|spread|financed|payable)\sover|payback|ROI)\s(?:[<>~]\s?)?|\b(?:[Nn]ext|[Ll]ast|[Pp]ast|[Tt]railing|[Pp]revious)\s(?=(?:3|6|9|12|18|24|36)m))"
        rf"{_SPAN}(?!\w){_NO_LENGTH}(?P<noun>(?!))?",
        _months,
        cues="m",
    ),
    rule(
        rf"(?P<before>{_SCORED})(?P<got>\d\d?)/(?P<of>5|10|100)(?![\w/]|[.,]\d)",
        lambda m, _r: f"{m['before']}{cardinal(m['got'])} out of {cardinal(m['of'])}" if _won(m) else m.group(),
        marks="/",
    ),
    rule(
        rf"(?<![\w./$€£-])(?P<got>\d\d?)/(?P<of>\d\d?|100)(?![\w/]|[.,]\d){_OUT_OF}",
        lambda m, _r: f"{cardinal(m['got'])} out of {cardinal(m['of'])}" if _won(m) else m.group(),
        marks="/",
    ),
    rule(
        rf"(?P<before>(?:^|[(,;:+/]\s?|\b(?:[Ww]/|[Ff]or|[Ww]ith|[Aa]|[Tt]he|[Oo]n)\s)){_SPAN}(?=\s(?P<noun>ARR|ACV|TCV)\b)",
        _months,
        cues="m",
    ),
    word(
        r"\bv\.(?=\s(?:budget|plan|prior|last|target|forecast|cloud|on-prem|year|LY|PY|quota|previous|same)\b)",
        "versus",
        cues="v",
        figures=False,
    ),
    word(r"(?<=\d)m(?=\son\s(?:parts|labou?r|batter))", " months", cues="m", figures=True),
    word(
        r"(?<=\d)m(?=\s?(?:@|at|x|×)\s?[A-Z]{0,2}[$€£][\d.,]+k?\s?(?:/m|pm|p/m|per m|a month))",
        " months",
        cues=("m",),
        figures=True,
    ),
    word(r"(?<=\d)/u(?=/(?:mo?|mth|month|yr?|year|wk|day|d)\b)", "/user", marks="/", figures=True),
    word(r"(?<=\d)/usr\b", "/user", marks="/", cues=("usr",), figures=True),
    word(r"(?<=\d)/lic\b\.?", "/license", marks="/", figures=True, cues=("lic",)),
    word(r"(?<=/user)/m\b|(?<=/seat)/m\b|(?<=/license)/m\b", "/month", marks="/", cues="m"),
    word(r"(?:^|(?<=[.!]\s))\?\s(?=(?:for|re|on|about|from|whether|if)\b)", "Question ", marks="?", figures=False),
    word(r"(?:(?<=;\s)|(?<=,\s)|(?<=[-–—]\s))\?\s(?=(?:for|re|on|about|from|whether|if)\b)", "question ", marks="?"),
    rule(
        rf"(?P<what>{_CALLED})(?:(?P<many>[2-9]|1\d)x|x\s?(?P<times>[2-9]|1\d))(?![\w/-])(?!\s(?:\d|[a-z]+er\b|more|less|the\b))",
        lambda m, _r: m["what"] + f"{m['many'] or m['times']} times",
        cues="x",
    ),
    rule(
        rf"{_DAY.format('one')}(?P<a>\d\d?)/(?P<b>\d\d?)(?![\w/])(?P<between>[^.;\d]{{1,30}}?){_DAY.format('other')}(?P<c>\d\d?)/(?P<d>\d\d?)(?![\w/])",
        _weekdays,
        marks="/",
        needs=r"\d/\d.*\d/\d",
    ),
    rule(
        rf"(?P<many>\b\d\d?\s)(?P<unit>wk|yr|mth|mo|qtr|hr|min)s?\b\.?[ -](?=(?:{_LASTING})\b(?!\sago))"
        r"(?!old(?:\s(?:and|but|or|with|at|now|in|by|on|already)\b|[.,;:)]|$))",
        lambda m, _r: f"{m['many']}{_UNITS[m['unit']]} ",
        cues=("wk", "wks", "yr", "yrs", "mth", "mths", "mo", "mos", "qtr", "hr", "hrs", "min"),
    ),
    rule(
        r"(?:(?<=V)/|(?<![\w.,$/-]))(?P<many>[13])[ -]?(?:ph|PH|Ph)(?:/(?=\d)|(?=[,.;)]|$|\s))",
        lambda m, _r: f"{', ' * m[0].startswith('/')}{m['many']} phase{', ' * m[0].endswith('/')}",
        cues=("ph", "PH", "Ph"),
    ),
    rule(
        r"(?<!bal\s)(?<!bal\.\s)(?<!lance\s)(?<!loss\s)(?<!losses\s)(?<!profit\s)\bb/f(?=\s(?!from\b|at\b|as\b)[A-Za-z])",
        lambda _m, _r: "before",
        marks="/",
        figures=False,
    ),
    rule(
        r"\b[Aa]/c(?=\.?\s?(?:#|no\b|nos?\.|number|mgr|manager|team|plan|review|exec|director|owner|details|holder|\d))",
        lambda m, _r: m[0][0] + "ccount",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?P<what>\b(?:[Kk]ey|[Nn]ew|[Tt]op|[Bb]ank|[Nn]amed|[Ee]xisting|[Dd]ormant|[Tt]arget|[Oo]pen(?:ed)?|[Cc]redit|[Tt]rade|[Oo]n|[Tt]he|[Tt]his|[Oo]ur|[Tt]heir|[Cc]lose|[Hh]er|[Hh]is)\s)a/c(?P<many>s)?(?![\w/]|\s(?:unit|system))",
        lambda m, _r: f"{m['what']}account{m['many'] or ''}",
        marks="/",
        figures=False,
    ),
)
