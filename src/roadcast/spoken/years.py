"""Say years that stand alone, and tell them from what is counted: in 2026, the 1987 album, 2000 dollars."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule

# What is no plural, though it ends like one.
_NOT_COUNTED = (
    r"(?!(?:is|was|has|as|this|its|his|less|does|across|plus|minus|versus|vs|thus|yes|us|focus|status|process|business|"
    r"access|success|sales|earnings|results|elections|games|olympics|series|tens|hundreds|[a-z]+ties|[a-z]+[snp]us|"
    r"[a-z]+(?:[aeo]s|ys|ph)is)\b)"
)
# What is told of a year and hardly ever counted in thousands without a comma: 2026 revenues, its 2025 targets.
_YEARLY_NOUNS = pattern(
    r"\s(?:[a-z-]+\s)?(?:revenues|profits|costs|expenses|deliveries|shipments|targets|forecasts|estimates|plans|budgets|models|"
    r"goals|financials|bookings|margins|volumes|expectations|prices|dividends|trends|predictions|priorities|highlights|awards|"
    r"changes|updates|losses|figures|numbers|levels|returns|rates|taxes|exports|imports|statements|commitments|elections|"
    r"proceeds|receipts|billings|vintages|accounts|projections|assumptions|objectives|initiatives|includes|shows|reflects)\b"
    r"|\s(?:outlook|guidance|guide|budget|forecast|forecasts|plan|target|revenue|results?|season|campaign|fiscal|edition)\b"
)
_NOUNS = r"(?:[a-z]{2,}s|people|men|women|children|percent|million|billion)\b"
_COUNTED_NEXT = pattern(rf"\s{_NOT_COUNTED}{_NOUNS}")
_COUNTING = pattern(
    rf"\s(?:(?!(?:it|he|she|the|and|or|to|in|of|a|we|they)\b){_NOT_COUNTED}[a-z]+ )?{_NOT_COUNTED}{_NOUNS}"
)
_YEARLY = pattern(
    r"(?:\b(?:in|since|by|until|till|from|of|year|circa|early|late|mid|around|during|before|after|for|through|to|between|"
    r"summer|spring|autumn|fall|winter|and|class|calendar|fiscal)\s|[(,]\s?)$",
    re.IGNORECASE,
)


# The 1996 film runs for an hour: behind these a verb is no plural.
_THE = pattern(r"\b(?:[Tt]he|[Tt]his|[Aa]|[Hh]is|[Hh]er|[Ii]ts|[Oo]ur)\s$")


def _alone(match: re.Match[str], reading: Reading) -> str:
    figures = match.group()
    text = match.string
    told = _YEARLY.search(text, max(0, match.start() - 12), match.start()) is not None
    yearly = figures[2:] != "00" and 1980 <= int(figures) <= 2060 and _YEARLY_NOUNS.match(text, match.end())
    told_by = told or (figures > "1900" and _THE.search(text, max(0, match.start() - 6), match.start()))
    counts = not yearly and (_COUNTED_NEXT if told_by else _COUNTING).match(text, match.end()) is not None
    if int(figures) >= 1900:
        return year(figures, zero=reading.zero) if told or not counts else cardinal(figures)
    if counts or (int(figures) < 1500 and not told):
        return cardinal(figures)
    return year(figures, zero=reading.zero)


RULES = (rule(r"(?<![\w.,$€£#+])(?<!\d[-:/])(?<![A-Z]-)(?:1\d|20)\d\d(?![\w%°]|[.,:/]\d|-\d)", _alone),)
