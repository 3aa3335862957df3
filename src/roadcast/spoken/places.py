"""Say where something is: rooms and gates, houses with a letter, postcodes, roads."""

from __future__ import annotations

import re

from roadcast.spoken.codes import code
from roadcast.spoken.numbers import cardinal, pairs, spelled
from roadcast.spoken.rules import Reading, rule, word


def _postcode(match: re.Match[str], reading: Reading) -> str:
    """Say NG31 9ST."""
    del reading
    district = f"{' '.join(match['area'])} {cardinal(match['district'])} {match['part']}".rstrip()
    return f"{district}, {cardinal(match['sector'])} {' '.join(match['unit'])}"


_STREET = (
    r"(?:St(?:reet)?|R(?:oa)?d|Ave(?:nue)?|Lane|Ln|Dr(?:ive)?|Parade|Way|Place|Pl|Court|Ct|Terrace|Cres(?:cent)?"
    r"|Highway|Hwy|Square|Sq)\b"
)

_CITIES = (
    r"(?:Mumbai|Delhi|Bengaluru|Bangalore|Chennai|Hyderabad|Pune|Kolkata|Ahmedabad|Gurugram|Gurgaon|Noida|"
    r"Kochi|Jaipur|Lucknow|Chandigarh|Indore|Nagpur|Surat|Thane|Coimbatore|Singapore)"
)

RULES = (
    rule(
        rf"(?P<city>\b{_CITIES})(?:,\s|\s?[-–]\s?|\s)(?P<code>[1-9]\d{{2}}\s?\d{{3}})(?![\w%-]|[.,:/]\d|\s(?!is\b|was\b|has\b)[a-z]+s\b)",
        lambda m, _r: f"{m['city']} {spelled(m['code'].replace(' ', ''))}",
        needs=r"\d{3}\s?\d{3}",
        cues=(
            "Mumbai",
            "Delhi",
            "Bengaluru",
            "Bangalore",
            "Chennai",
            "Hyderabad",
            "Pune",
            "Kolkata",
            "Ahmedabad",
            "Gurugram",
            "Gurgaon",
            "Noida",
            "Kochi",
            "Jaipur",
            "Lucknow",
            "Chandigarh",
            "Indore",
            "Nagpur",
            "Surat",
            "Thane",
            "Coimbatore",
            "Singapore",
        ),
    ),
    rule(
        r"(?P<street>(?:straße|weg|platz|allee|gasse|ring|damm)\s\d{1,4}[a-z]?,\s)(?P<code>\d{5})(?=\s[A-Z])",
        lambda m, _r: m["street"] + spelled(m["code"]),
        marks=",",
        needs=r"\d,\s\d{5}\s",
    ),
    word(r"(?<=\b[A-Z]{2}\s)Rd\b\.?(?=,|$)", "Road", cues=("Rd",), figures=False),
    rule(
        r"\b(?P<area>[A-Z]{1,2})(?P<district>\d\d?)(?P<part>[A-Z]?)\s(?P<sector>\d)(?P<unit>[A-Z]{2})\b",
        _postcode,
        needs=r"[A-Z]\d\d?[A-Z]?\s\d[A-Z]{2}\b",
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
        r"(?P<place>\b(?:[Rr]oom|[Ss]uite|[Uu]nit|[Bb]ooth|[Aa]pt\.?|[Rr]m\.?|[Ss]tand)\s)(?P<floor>\d+)-(?P<door>\d+)(?![\w-])",
        lambda m, _r: f"{m['place']}{cardinal(m['floor'])}, {cardinal(m['door'])}",
        marks="-",
    ),
    rule(r"\b(?P<road>A\d{1,4})\(M\)", lambda m, _r: m["road"] + " M", marks="(", cues=("A",)),
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
)
