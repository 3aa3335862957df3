"""Say money: $1.2M, €450k, $10-12K, $1.05, 136m euros, $99/mo."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import NUMBER, cardinal, number
from roadcast.spoken.rules import Reading, either, rule

MAGNITUDES = {
    "k": "thousand", "K": "thousand", "M": "million", "m": "million", "MM": "million", "mm": "million",
    "mn": "million", "mln": "million", "mil": "million", "Mn": "million", "Mio": "million", "B": "billion",
    "b": "billion", "bn": "billion", "Bn": "billion", "BN": "billion", "bln": "billion", "T": "trillion",
    "tn": "trillion", "trn": "trillion", "tr": "trillion", "thousand": "thousand", "million": "million",
    "billion": "billion", "trillion": "trillion", "Million": "million", "Billion": "billion", "Trillion": "trillion",
    "quadrillion": "quadrillion", "hundred": "hundred", "dozen": "dozen",
}  # fmt: skip

# One, many, the hundredth part.
_DOLLAR = ("dollar", "dollars", "cent", "cents")
CURRENCIES = {
    "$": _DOLLAR, "US$": ("U S dollar", "U S dollars", "cent", "cents"),
    "A$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "AU$": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "CA$": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "NZ$": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "S$": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "SG$": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "R$": ("real", "reais", "centavo", "centavos"), "MX$": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
    "€": ("euro", "euros", "cent", "cents"), "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"), "₹": ("rupee", "rupees", "paisa", "paise"), "₩": ("won", "won", "", ""),
    "₽": ("ruble", "rubles", "kopek", "kopeks"), "₪": ("shekel", "shekels", "agora", "agorot"),
    "₺": ("lira", "lira", "kurus", "kurus"), "₫": ("dong", "dong", "", ""), "₱": ("peso", "pesos", "centavo", "centavos"),
    "₦": ("naira", "naira", "kobo", "kobo"), "₴": ("hryvnia", "hryvnias", "kopek", "kopeks"),
    "฿": ("baht", "baht", "satang", "satang"), "₿": ("bitcoin", "bitcoins", "", ""),
    "Rs.": ("rupee", "rupees", "paisa", "paise"), "Rs": ("rupee", "rupees", "paisa", "paise"),
    "CHF": ("Swiss franc", "Swiss francs", "centime", "centimes"),
    "EUR": ("euro", "euros", "cent", "cents"), "USD": ("U S dollar", "U S dollars", "cent", "cents"),
    "GBP": ("pound", "pounds", "penny", "pence"), "JPY": ("yen", "yen", "sen", "sen"),
    "INR": ("rupee", "rupees", "paisa", "paise"), "CAD": ("Canadian dollar", "Canadian dollars", "cent", "cents"),
    "AUD": ("Australian dollar", "Australian dollars", "cent", "cents"),
    "SGD": ("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "cent", "cents"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "cent", "cents"),
    "CNY": ("yuan", "yuan", "", ""), "RMB": ("yuan", "yuan", "", ""),
    "SEK": ("Swedish krona", "Swedish kronor", "", ""), "NOK": ("Norwegian krone", "Norwegian kroner", "", ""),
    "DKK": ("Danish krone", "Danish kroner", "", ""), "PLN": ("zloty", "zlotys", "", ""),
    "BRL": ("real", "reais", "", ""), "MXN": ("Mexican peso", "Mexican pesos", "", ""),
    "ZAR": ("rand", "rand", "", ""), "KRW": ("won", "won", "", ""), "RUB": ("ruble", "rubles", "", ""),
    "TRY": ("lira", "lira", "", ""), "AED": ("dirham", "dirhams", "", ""), "SAR": ("riyal", "riyals", "", ""),
    "BTC": ("bitcoin", "bitcoins", "", ""),
}  # fmt: skip

# What money may be counted per, behind a slash.
_PER = {
    "mo": "month", "mth": "month", "yr": "year", "y": "year", "hr": "hour", "h": "hour", "wk": "week", "d": "day",
    "qtr": "quarter", "ea": "each", "lb": "pound", "kg": "kilogram", "oz": "ounce", "sq ft": "square foot", "gal": "gallon",
    "GB": "gigabyte", "TB": "terabyte", "MB": "megabyte", "kWh": "kilowatt hour", "MWh": "megawatt hour", "hour": "hour",
    "bbl": "barrel", "t": "ton", "pp": "person", "min": "minute", "sec": "second", "s": "second", "mi": "mile",
    "km": "kilometer", "l": "liter", "L": "liter", "m": "month",
}  # fmt: skip

_SIGN = either(CURRENCIES)
_MAGNITUDE = f"(?:{either(MAGNITUDES)})"
_BEHIND = rf"(?:\s?-?(?P<magnitude>{_MAGNITUDE})(?![A-Za-z\d]))?"
_BEFORE_SIGN = r"(?<![A-Za-z$€£\d.,])"
_DASH = r"\s?(?:-|–|—|to)\s?"


def _magnitude(written: str | None) -> str:
    return f" {MAGNITUDES[written]}" if written else ""


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


def _range(match: re.Match[str], reading: Reading) -> str:
    low, high = match["low"], match["high"]
    first, second = match["first"], match["magnitude"]
    sign = match["sign"]
    said = number(low.replace(",", ""))
    if first and first != second:
        said += _magnitude(first)
        if not second:
            said = amount(low, first, sign, reading)
    elif "." in low + high and not second:
        said = amount(low, None, sign, reading)
    return f"{_signed(match['prefix'])}{said} to {amount(high, second, sign, reading)}{_plus(match)}{per(match['per'])}"


def _plus(match: re.Match[str]) -> str:
    return " plus" if match["plus"] else ""


_ARTICLE = r"(?P<article>\b(?:[Aa]n?|[Oo]ne|[Ee]ach|[Ee]very)\s)?"
_NOUN = re.compile(
    r"-?\s?(?!in\b|to\b|or\b|and\b|per\b|for\b|of\b|a\b|on\b|at\b|by\b|from\b|with\b|as\b|is\b|was\b)[a-z]{3,}"
)


def _one(match: re.Match[str], reading: Reading) -> str:
    """Say "$5M", and "a $5M deal" with one dollar."""
    attributive = match["article"] is not None and _NOUN.match(match.string, match.end()) is not None
    joined = match.string[match.end() : match.end() + 1] == "-"
    said = amount(
        match["amount"], match["magnitude"], match["sign"], reading, one=(attributive or joined) and not match["per"]
    )
    return f"{match['article'] or ''}{_signed(match['prefix'])}{said}{_plus(match)}{per(match['per'])}"


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
_WORDS = (
    r"(?P<unit>dollars?|euros?|pounds|sterling|yen|yuan|rupees|francs|people|users|customers|subscribers|units|shares|"
    r"views|visitors|downloads|households|jobs|tonnes|tons|barrels|members|followers|records|rows|accounts|"
    r"impressions|contacts|viewers|copies|employees|inhabitants|residents|years)"
)
_CODE = either(sign for sign in CURRENCIES if sign.isalpha() and sign.isupper() or sign in "€£$¥₽₪₺")

RULES = (
    rule(
        rf"(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<low>{NUMBER}){_FIRST}{_DASH}(?:(?P=sign)\s?)?"
        rf"(?P<high>{NUMBER}){_BEHIND}{_PLUS}{PER}(?![\d])",
        _range,
    ),
    rule(
        rf"{_ARTICLE}(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<amount>{NUMBER}){_BEHIND}{_PLUS}{PER}",
        _one,
    ),
    rule(
        rf"(?<![\w.,$])(?P<low>{NUMBER}){_FIRST}{_DASH}(?P<high>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after_range,
    ),
    rule(
        rf"(?P<prefix>[-–+~<>])?(?<![\w.,$])(?P<amount>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after,
    ),
    rule(
        rf"(?<![\w.,$])(?P<amount>{NUMBER})\s?¢",
        lambda m, _r: f"{number(m['amount'])} cent{'s' * (m['amount'] != '1')}",
        hint="¢",
    ),
    rule(
        rf"(?<![\w.,$-])(?P<low>{NUMBER})(?P<first>[KM]|bn|mn)?{_DASH}(?P<high>{NUMBER})"
        rf"(?:(?P<magnitude>[KkMB]|MM|bn|Bn|mn|mln|bln|tn)|\s(?P<spaced>[KMB]))(?![A-Za-z\d/]){_PLUS}{PER}",
        lambda m, r: _magnified_range(m, r) if m["magnitude"] else m.group(),
    ),
    rule(rf"(?<![\w.,$])(?P<amount>{NUMBER})\s?(?P<magnitude>[kmb]|mn|bn|mil)\s{_WORDS}\b", _worded),
    rule(
        rf"(?<![\w.,$])(?<!\d:)(?P<amount>{NUMBER})(?P<magnitude>[KkMB]|MM|bn|Bn|BN|mn|mln|bln|tn|trn)(?![\w]|-\d){_PLUS}{PER}",
        _magnified,
    ),
)
