"""Write thousands with a comma where gaps part them: 12 000, 18 450 people, 1 200 kr."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern

# Gaps that are made for it, round thousands, and what has a sign of money right before or behind it.
_SURE = pattern(
    r"(?<![\d.,])(?<!\d\s)(?:\d{1,3}(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: \d{3})* 000|(?: \d{3})+(?=\s?[€$£%]))"
    r"|(?:(?<=[€$£])|(?<=\bR))\d{1,3}(?: \d{3})+)(?![\d,]|\.\d)"
)
_GAP = pattern(r"\s")

_GROUPS = pattern(
    r"(?<![\d.,+/#:(-])(?<!\d\s)(?P<groups>[1-9]\d{0,2}(?: \d{3})+)(?P<decimals>,\d\d)?(?![\w%]|[.,:/-]\d|-\w| \d)"
)
_CODES = r"(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|ZAR|RUB|INR|AUD|CAD|KES|NGN|AED)"
_PRICED = pattern(rf"\s?(?:kr|zł|Kč|Ft|{_CODES}|euros?|dollars|rand|rubles|kron(?:or|er)|francs)\b")
_PRICE = pattern(rf"(?:[€£$₹]|\b(?:{_CODES}|Rs\.?|R|kr))\s?$")
# Whose number is told figure by figure.
_REGISTERED = pattern(r"\b(?:ABN|ARBN|ACN|EIN|NPI|TIN|IBAN|VAT)\b[^\d]*$")
# What says how many.
_COUNTING = pattern(
    r"\b(?i:of|at|to|by|from|than|over|some|about|nearly|almost|around|roughly|reached|topped|hit|between|total|totals|"
    r"totall?ed|totall?ing|is|was|are|were|only|employs?|seats?|and)\s$"
)
# What may end with a figure of its own, so that another figure follows: week 12, 300 orders.
_NUMBERED = pattern(
    r"(?:\b(?i:weeks?|days?|rooms?|phase|step|page|level|part|class|top|version|numbers?|no|line|group|tier|calls?|dial|"
    r"phone|fax|tel|ext|extension|code|pin|order|ref|reference|account|invoice|series|model|type|on|in|since|year|age[ds]?)"
    r"|[A-Z][\w-]*)\s$"
)
_THINGS = pattern(
    r"\s(?:[a-z-]+\s)?(?:[a-z]{3,}s|people|men|women|children|staff|cattle|km²?|m[²³]|ha|kWh|MWh)(?![\w²³])"
)
# What comes in sizes: three 500 GB drives are so many of them.
_SIZED = pattern(
    r"\s(?:[KMGT]i?B|[kM]?[WVA]|V[AD]C|m[lLmgA]|cm|g|oz|[kMG]?Hz|Mbps|pieces?|pages?|sheets?|watts?|volts?|counts?|packs?)\b"
)


def without_gaps(text: str) -> str:
    """Write 12 000 and 18 450 people with a comma, while gaps of every kind can still be told apart."""
    text = _SURE.sub(lambda match: _GAP.sub(",", match[0]), text)
    if not any(map(_is_count, _GROUPS.finditer(text))):
        return text
    return _GROUPS.sub(_grouped, text)


def _grouped(match: re.Match[str]) -> str:
    """Write the groups of a count with commas; beside one that is sure, others are counts as well."""
    if not _is_count(match) and _is_doubtful(match):
        return match.group()
    return match["groups"].replace(" ", ",") + (match["decimals"] or "").replace(",", ".")


def _is_count(match: re.Match[str]) -> bool:
    """Tell whether what stands around makes figures in groups of three one number."""
    before = match.string[max(0, match.start() - 16) : match.start()]
    if _REGISTERED.search(before):
        return False
    if _PRICE.search(before) or _PRICED.match(match.string, match.end()):
        return True
    if match["decimals"] or _SIZED.match(match.string, match.end()):
        return False
    if _COUNTING.search(before):
        return True
    return not _is_doubtful(match) and _THINGS.match(match.string, match.end()) is not None


def _is_doubtful(match: re.Match[str]) -> bool:
    """Tell whether the first group may belong to what stands before, or the others to what stands behind."""
    text, start = match.string, match.start()
    numbered = start == 0 or _NUMBERED.search(text, max(0, start - 16), start)
    return bool(numbered or match["decimals"] or _SIZED.match(text, match.end()))
