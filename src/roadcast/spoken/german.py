"""Write what German offices put into English notes as the rules know it: Hr. Bauer, 12.500 Stk., Mo.–Fr. 8–17 Uhr."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import either

_MONTHS = {
    "Januar": "January", "Jänner": "January", "Februar": "February", "März": "March", "Mai": "May", "Juni": "June",
    "Juli": "July", "Oktober": "October", "Dezember": "December",
}  # fmt: skip
_ENGLISH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = {
    "Mo": "Monday", "Di": "Tuesday", "Mi": "Wednesday", "Do": "Thursday", "Fr": "Friday", "Sa": "Saturday",
    "So": "Sunday",
}  # fmt: skip
_WORDS = {"Stk": "pieces", "Stck": "pieces", "Stück": "pieces", "MwSt": "VAT", "USt": "VAT", "Hr": "Herr", "Fr": "Frau"}

# Nearly no text has any of it: one look tells.
_ANY = pattern(
    rf"\b(?:Hr\.|Fr\.\s(?:Dr|Prof)|St(?:c?k|ück)\b|MwSt|USt\b|Uhr\b|KW\s\d|(?:{either(_MONTHS)})\b)|str\.\s\d|\d\.\s(?:{_ENGLISH})\b"
    r"|\b(?:Mo|Di|Mi|Do)\.?\s?[-–]\s?(?:Do|Fr|Sa|So)\b|\d\.\d{3}\s?(?:€|EUR|Euro)|€\s?\d{1,3}\.\d{3}"
)
_WEEK = pattern(r"(?<![\w-])(?P<first>Mo|Di|Mi|Do)\.?\s?[-–]\s?(?P<last>Do|Fr|Sa|So)\b\.?(?=[,:;]?\s\d|[,;)]|\.?$)")
_CLOCK = pattern(
    r"(?<![\w.,:])(?P<hour>\d\d?)(?:[.:](?P<minute>[0-5]\d))?(?:\s?[-–]\s?(?P<until>\d\d?)(?:[.:](?P<end>[0-5]\d))?)?\sUhr\b"
)
_ON = r"(?P<on>\b(?i:on|by|until|till?|from|since|to|the|am|vom|bis|zum|before|after|due)\s)"
_DAY = pattern(
    rf"{_ON}(?P<day>0?[1-9]|[12]\d|3[01])\.\s(?P<month>{either(_MONTHS)}|{_ENGLISH})\b"
    rf"|(?<![\w.,])(?P<alone>0?[1-9]|[12]\d|3[01])\.\s(?P<german>{either(_MONTHS)})\b"
)
_SOMEBODY = pattern(r"\b(?P<who>Hr|Fr)\.\s(?=(?:(?:Dr|Prof|Ing)\.\s)*[A-ZÄÖÜ][a-zäöüß]+)")
# Fr. alone is also a father and money of the Swiss; with a degree, or where a Hr. is told as well, it is a lady.
_LADY = pattern(r"\bFr\.\s(?:Dr|Prof)\.|\bH(?:r\.|errn?)\s|\bGmbH\b|\bFrau\b")
_PIECES = pattern(r"(?<=\d)\s?(?P<short>Stc?k|Stück)\b\.?(?=[\s,;)]|$)")
_TAX = pattern(r"\b(?P<tax>MwSt|USt)\b\.?(?=[\s,;)]|$)")
_STREET = pattern(r"(?<=[a-zäöüß])str\.?(?=\s\d)|\bStr\.(?=\s\d)")
# Thousands with a full stop; at a pump a liter has three decimals, 1.799 €.
_THOUSANDS = pattern(
    r"(?<![\w.,])(\d{1,3}(?:\.\d{3})+)(?=\s?(?:St(?:c?k|ück)|Euro|EUR)\b|\s?€(?!\s?/))|(?<=€)\s?(\d{1,3}(?:\.\d{3})+)(?![\d.]|,\d|\s?/)"
)
_PUMP = pattern(r"\b(?i:diesel|fuel|petrol|gas(?:oline)?|lit(?:re|er)s?|kWh|rate|index|factor|E10|E5)\b")
_WEEKS = pattern(r"\bKW\s(?=[1-9]\d?(?![\w%]|[.,:/]\d))")


def in_english(text: str) -> str:
    """Write German short words, hours, days and thousands of a text as English does."""
    if not _ANY.search(text):
        return text
    lady = _LADY.search(text) is not None
    text = _WEEK.sub(lambda m: f"{_DAYS[m['first']]} to {_DAYS[m['last']]}", text)
    text = _CLOCK.sub(_clock, _DAY.sub(_day, text))
    text = _SOMEBODY.sub(lambda m: _WORDS[m["who"]] + " " if m["who"] == "Hr" or lady else m[0], text)
    text = text if _PUMP.search(text) else _THOUSANDS.sub(lambda m: m[0].replace(".", ","), text)
    text = _PIECES.sub(lambda m: f" {_WORDS[m['short']]}", _TAX.sub("VAT", text))
    return _WEEKS.sub("week ", _STREET.sub("straße", text))


def _clock(match: re.Match[str]) -> str:
    """Write 8–17 Uhr and 14.30 Uhr with their minutes."""
    until = f"–{match['until']}:{match['end'] or '00'}" if match["until"] else ""
    return f"{match['hour']}:{match['minute'] or '00'}{until}"


def _day(match: re.Match[str]) -> str:
    """Write 5. Oktober as 5 October."""
    month = match["month"] or match["german"]
    return f"{match['on'] or ''}{match['day'] or match['alone']} {_MONTHS.get(month, month)}"
