"""Say money: $1.2M, €450k, $10-12K, $1.05, 136m euros, $99/mo."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import NUMBER, cardinal, number
from roadcast.spoken.rules import Reading, either, rule, word

MAGNITUDES = tables.pairs("magnitudes")
# Sign or code -> one, many, and the hundredth part, one and many.
CURRENCIES = {sign: (one, many, cent, cents) for sign, one, many, cent, cents in tables.rows("currencies")}
_PER = tables.pairs("per")

_SIGN = either(CURRENCIES)
_MAGNITUDE = f"(?:{either(MAGNITUDES)})"
_BEHIND = rf"(?:\s?-?(?P<magnitude>{_MAGNITUDE})(?![A-Za-z\d]))?"
_BEFORE_SIGN = r"(?<![A-Za-z$€£\d.,])"
_DASH = r"(?:\s?(?:-|–|to)\s?|—)"  # a long dash with spaces parts sentences
_JOINT = rf"(?P<joint>{_DASH})"


def _magnitude(written: str | None) -> str:
    return f" {MAGNITUDES[written.strip()]}" if written else ""


def amount(written: str, magnitude: str | None, sign: str, reading: Reading, *, one: bool = False) -> str:
    """Say an amount with its currency; `one` keeps the currency singular, as in "a ten dollar deal"."""
    singular, plural, cent, cents = CURRENCIES[sign]
    written = written.replace(",", "")
    whole, _, decimals = written.partition(".")
    if magnitude is None and len(decimals) == 2 and reading.cents and cents:
        return _with_cents(whole or "0", decimals, (singular, plural, cent, cents), one=one)
    unit = singular if one or (written == "1" and magnitude is None) else plural
    return f"{number(written)}{_magnitude(magnitude)} {unit}"


def _with_cents(whole: str, decimals: str, names: tuple[str, str, str, str], *, one: bool) -> str:
    singular, plural, cent, cents = names
    large = f"{cardinal(whole)} {singular if one or int(whole) == 1 else plural}"
    if decimals == "00":
        return large
    small = f"{cardinal(str(int(decimals)))} {cent if one or decimals == '01' else cents}"
    return small if int(whole) == 0 else f"{large} and {small}"


def _signed(sign: str | None) -> str:
    return {"-": "minus ", "–": "minus ", "+": "plus ", "~": "about ", "<": "less than ", ">": "more than "}.get(
        sign or "", ""
    )


def per(written: str | None) -> str:
    """Say "/mo" and "/user/month"."""
    parts = [part.strip() for part in (written or "").split("/") if part.strip()]
    return "".join(" each" if part == "ea" else f" per {_PER.get(part, part)}" for part in parts)


PER = r"(?P<per>(?:\s?/\s?[A-Za-z]{1,12}){1,3}(?![\w/]))?"
_PLUS = r"(?P<plus>\+(?![\w]))?"


_BY = re.compile(r"\bby\s(?:about\s|some\s)?$")


def _range(match: re.Match[str], reading: Reading) -> str:
    low, high = match["low"], match["high"]
    first, second = match["first"], match["magnitude"]
    sign = match["sign"]
    said = number(low.replace(",", ""))
    worded = "to" in match["joint"]
    if first and (first != second or len(first) > 3 or worded):
        said += _magnitude(first)
    if (
        (worded and match["again"])
        or (first and (worded or not second))
        or (worded and _BY.search(match.string, max(0, match.start() - 9), match.start()))
    ):
        said = amount(low, first, sign, reading)
    elif "." in low + high and not second:
        said = amount(low, None, sign, reading)
    one = not match["per"] and _attributive(
        match, _ARTICLE_BEFORE.search(match.string, max(0, match.start() - 9), match.start())
    )
    until = amount(high, second, sign, reading, one=one)
    return f"{_signed(match['prefix'])}{said} to {until}{_plus(match)}{per(match['per'])}"


def _plus(match: re.Match[str]) -> str:
    return " plus" if match["plus"] else ""


_ARTICLES = (
    r"(?P<article>\b(?:(?P<any>[Aa]n?|[Oo]ne|[Ee]ach|[Ee]very|[Aa]nother)|[Tt]he|[Tt]his|[Tt]hat|[Oo]ur|[Tt]heir|[Hh]is|"
    r"[Hh]er|[Ii]ts|[Mm]y|[Yy]our|[Nn]ew)\s)"
)
_ARTICLE = _ARTICLES + "?"
# What is worth an amount, so that "the $5M deal" is one of five million dollars.
_WORTH = re.compile(
    r"\s(?:deals?|contracts?|orders?|budgets?|pipelines?|rounds?|opportunit|accounts?|investments?|funds?|projects?|"
    r"increases?|gaps?|loss|targets?|quotas?|grants?|bonus|discounts?|credits?|fees?|plans?|tiers?|bills?|notes?|bets?|"
    r"marks?|valuations?|business|compan|programs?|initiatives?|loans?|settlements?|prices?|fines?|thresholds?|"
    r"range|raise|backlog|buyback|facility|charge|impact|run.rate|headwind|tailwind|provision|dividend|repurchase|"
    r"purchases?|upgrades?|expansions?|renewals?|wins?|gifts?|tickets?|checks?|cuts?|market|package|acquisition)"
)
_ARTICLE_BEFORE = re.compile(_ARTICLES + r"\Z")
_NOUN = re.compile(
    r"-?\s?(?!in\b|to\b|or\b|and\b|per\b|for\b|of\b|a\b|on\b|at\b|by\b|from\b|with\b|as\b|is\b|was\b|you\b|they\b|she\b|the\b|that\b|this\b|who\b|which\b|"
    r"spent\b|earned\b|invested\b|raised\b|more\b|less\b|off\b|when\b|but\b|after\b|before\b|over\b|under\b|down\b)[a-z]{3,}"
)


def _attributive(match: re.Match[str], article: re.Match[str] | None) -> bool:
    """Tell whether an amount stands between an article and what is worth it."""
    if article is None or article["article"] is None:
        return False
    return (_NOUN if article["any"] else _WORTH).match(match.string, match.end()) is not None


def _one(match: re.Match[str], reading: Reading) -> str:
    """Say "$5M", and "a $5M deal" with one dollar."""
    attributive = _attributive(match, match)
    joined = match.string[match.end() : match.end() + 1] == "-"
    said = amount(
        match["amount"], match["magnitude"], match["sign"], reading, one=(attributive or joined) and not match["per"]
    )
    glued = " " if match.string[match.end() : match.end() + 1].isalpha() else ""
    return f"{match['article'] or ''}{_signed(match['prefix'])}{said}{_plus(match)}{per(match['per'])}{glued}"


def _after(match: re.Match[str], reading: Reading) -> str:
    said = amount(match["amount"], match["magnitude"], match["sign"], reading)
    return f"{_signed(match['prefix'])}{said}{per(match['per'])}"


def _after_range(match: re.Match[str], reading: Reading) -> str:
    low, first = match["low"], match["first"]
    said = number(low.replace(",", "")) + (_magnitude(first) if first != match["magnitude"] else "")
    return f"{said} to {amount(match['high'], match['magnitude'], match['sign'], reading)}{per(match['per'])}"


def _worded(match: re.Match[str], reading: Reading) -> str:
    """Say "136m euros": a magnitude before a currency that is a word."""
    del reading
    return f"{number(match['amount'].replace(',', ''))}{_magnitude(match['magnitude'])} {match['unit']}"


def _cents(match: re.Match[str], reading: Reading) -> str:
    """Say 99¢ and 50p."""
    del reading
    unit = "pence" if match["mark"] == "p" else "cent" if match["amount"] == "1" else "cents"
    return f"{number(match['amount'])} {unit}"


def _magnified(match: re.Match[str], reading: Reading) -> str:
    """Say "450K users" and "1.5bn"."""
    del reading
    return (
        f"{number(match['amount'].replace(',', ''))}{_magnitude(match['magnitude'])}{_plus(match)}{per(match['per'])}"
    )


def _magnified_range(match: re.Match[str], reading: Reading) -> str:
    del reading
    first, second = match["first"], match["magnitude"]
    low = number(match["low"].replace(",", "")) + (_magnitude(first) if first and first != second else "")
    return f"{low} to {number(match['high'].replace(',', ''))}{_magnitude(second)}{_plus(match)}{per(match['per'])}"


_FIRST = rf"(?:\s?(?P<first>{_MAGNITUDE})(?![A-Za-z\d]))?"
# "m" and "b" behind a bare number are a million and a billion only where something is counted.
_COUNTED = (
    r"(?P<unit>dollars?|euros?|pounds|sterling|yen|yuan|rupees|francs|people|users|customers|subscribers|units|shares|"
    r"views|visitors|downloads|households|jobs|tonnes|tons|barrels|members|followers|records|rows|accounts|"
    r"impressions|contacts|viewers|copies|employees|inhabitants|residents|years)"
)
_CODE = either(sign for sign in CURRENCIES if (sign.isalpha() and sign.isupper()) or sign in "€£$¥₽₪₺")
_SHORT = r"(?:(?P<magnitude>[KkMB]|MM|(?:\s?(?:bn|Bn|BN|mn|mln|bln|tn|trn))))"
_ALONE = r"(?<![\w.,$])"


# The dollars of many countries: $100 CAD.
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")

RULES = (
    word(r"(?<=[\dkKm])\spa\b", " per annum", cues=("pa",), figures=True),
    word(r"(?<=\d)\s?pcm\b", " per calendar month", cues=("pcm",), figures=True),
    rule(r"(?P<price>[$€£]\d+(?:\.\d\d)?)\s?pp\b", lambda m, _r: m["price"] + "/pp", cues=("pp",)),
    word(r"(?<=[\d)])\s?ea\b\.?(?!\w)", " each", cues=("ea",), figures=True),
    rule(
        rf"(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}\$\s?(?P<amount>{NUMBER}){_BEHIND}\s?(?P<sign>{either(_DOLLARS)})(?![A-Za-z\d]){PER}",
        _after,
        cues=_DOLLARS,
    ),
    rule(
        rf"(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<low>{NUMBER}){_FIRST}{_JOINT}"
        rf"(?P<again>(?P=sign)\s?)?(?P<high>{NUMBER}){_BEHIND}{_PLUS}{PER}(?![\d])",
        _range,
        cues=(*CURRENCIES, *"$€£¥"),
    ),
    rule(
        rf"{_ARTICLE}(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<amount>{NUMBER}){_BEHIND}{_PLUS}{PER}",
        _one,
        cues=(*CURRENCIES, *"$€£¥"),
    ),
    rule(
        rf"{_ALONE}(?P<low>{NUMBER}){_FIRST}{_DASH}(?P<high>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after_range,
        cues=(*CURRENCIES, *"$€£¥"),
    ),
    rule(
        rf"(?P<prefix>[-–+~<>])?{_ALONE}(?P<amount>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after,
        cues=(*CURRENCIES, *"$€£¥"),
    ),
    rule(
        rf"(?<!\w)R\s?(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?=\s?(?:m|bn|million|billion)\b)){_BEHIND}",
        lambda m, r: amount(m["amount"], m["magnitude"], "ZAR", r),
        cues=("R",),
    ),
    rule(rf"{_ALONE}(?P<amount>{NUMBER})\s?(?P<mark>¢)", _cents, marks="¢"),
    rule(
        rf"{_ALONE}(?P<amount>\d{{1,3}}\.\d+|(?!(?:144|240|360|480|720)p)\d{{1,3}})(?P<mark>p)(?!\w)",
        _cents,
        cues="p",
    ),
    rule(
        rf"{_ALONE}(?<!-)(?P<low>{NUMBER})(?P<first>[KM]|bn|mn)?{_DASH}(?P<high>{NUMBER}){_SHORT}(?![A-Za-z\d/]){_PLUS}{PER}",
        _magnified_range,
        cues=MAGNITUDES,
    ),
    rule(rf"{_ALONE}(?P<amount>{NUMBER})\s?(?P<magnitude>[kmb]|mn|bn|mil)\s{_COUNTED}\b", _worded, cues=MAGNITUDES),
    rule(
        rf"{_ALONE}(?<!\d:)(?<![A-Z\d]-)(?P<amount>{NUMBER}){_SHORT}(?![\w]|-\d){_PLUS}{PER}",  # TX-200B is a name
        _magnified,
        cues=MAGNITUDES,
    ),
)
