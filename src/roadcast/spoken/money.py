"""Say money: $1.2M, €450k, $10-12K, $1.05, 136m euros, $99/mo."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.attributive import ARTICLES, of_worth
from roadcast.spoken.numbers import NUMBER, cardinal, fraction, number
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word

MAGNITUDES = tables.pairs("magnitudes")
# Sign or code -> one, many, and the hundredth part, one and many.
CURRENCIES = {sign: (one, many, cent, cents) for sign, one, many, cent, cents in tables.rows("currencies")}
_PER = tables.pairs("per")

_SIGN = either(CURRENCIES)
_MAGNITUDE = f"(?:{either(MAGNITUDES)})"
_BEHIND = rf"(?:\s?-?(?P<magnitude>{_MAGNITUDE})(?![A-Za-z\d]|\sand\s[A-Z]\b))?"  # no trillion in T&M
_BEFORE_SIGN = r"(?<![A-Za-z$€£\d.,])"
DASH = r"(?:\s?(?:-|–|to)\s?|—)"  # a long dash with spaces parts sentences
_JOINT = rf"(?P<joint>{DASH})"
RANGED = r"\d[A-Za-z\s]*(?:[-–—]|to)\s?\.?\d"  # what a text with a range in it holds


def scaled(written: str | None) -> str:
    """Say "million" behind a number."""
    return f" {MAGNITUDES[written.strip()]}" if written else ""


# Two cents of whom, where no sign stands: 0.02 EUR is zero point zero two euros.
_TOLD_WHOLE = frozenset(sign for sign in CURRENCIES if len(sign) == 3 and sign.isalpha() and sign.isupper())


def amount(written: str, magnitude: str | None, sign: str, reading: Reading, *, one: bool = False) -> str:
    """Say an amount with its currency; `one` keeps the currency singular, as in "a ten dollar deal"."""
    singular, plural, cent, cents = CURRENCIES[sign]
    whole, _, decimals = written.partition(".")
    parted = len(decimals) == 2 and cents and not (sign in _TOLD_WHOLE and not whole.strip("0"))
    if magnitude is None and parted and reading.cents:
        return _with_cents(whole or "0", decimals, (singular, plural, cent, cents), one=one)
    unit = singular if one or (written == "1" and magnitude is None) else plural
    return f"{number(written)}{scaled(magnitude)} {unit}"


def _with_cents(whole: str, decimals: str, names: tuple[str, str, str, str], *, one: bool) -> str:
    singular, plural, cent, cents = names
    large = f"{cardinal(whole)} {singular if one or whole.lstrip('0') == '1' else plural}"
    if decimals == "00":
        return large
    small = f"{cardinal(str(int(decimals)))} {{}}{cent if one or decimals == '01' else cents}"
    if whole.strip("0"):
        return f"{large} and {small.format('')}"
    return small.format(singular.removesuffix("dollar") if singular.endswith(" dollar") else "")


def _signed(sign: str | None) -> str:
    return {"-": "minus ", "–": "minus ", "+": "plus ", "~": "about ", "<": "less than ", ">": "more than "}.get(
        sign or "", ""
    )


def per(written: str | None) -> str:
    """Say "/mo" and "/user/month"."""
    parts = [part.strip() for part in (written or "").split("/") if part.strip()]
    return "".join(" each" if part == "ea" else f" per {_PER.get(part, part)}" for part in parts)


_UNIT = r"[A-Za-z]{1,12}[²³]?|[a-z]{1,2}[23]"
_APART = f"(?:{either(_PER)})"  # with a gap only what is counted: "$115k / CD" is no price for a CD
PER = (
    rf"(?P<per>(?:/(?:{_UNIT})|\s/\s?{_APART}|/\s{_APART}){{1,3}}(?![\w/]))?(?:(?:(?<=/[a-z]{{2}})|(?<=/[a-z]{{3}}))\.(?=[,;:)]"
    rf"|\s[a-z=+(@&$€£–—-]))?"
)
PLUS = r"(?P<plus>\+(?![\w]))?"


_YEAR = pattern(r"20[2-9]\d")
_BETWEEN = pattern(r"\b[Bb]etween\s$")
_BY = pattern(r"\bby\s(?:about\s|some\s)?$")


def _range(match: re.Match[str], reading: Reading) -> str:
    low, high = match["low"], match["high"]
    first, second = match["first"], match["magnitude"]
    sign = match["sign"]
    if first and not (second or match["again"]) and _YEAR.fullmatch(high):  # £200m to 2030
        return match.group()
    said = number(low)
    worded = "to" in match["joint"]
    shared = worded and second and not first and rises(low, high)
    if first and (first != second or len(first) > 3 or worded):
        said += scaled(first)
    if (
        (worded and match["again"] and not shared)
        or (first and (worded or not second))
        or (worded and _BY.search(match.string, max(0, match.start() - 9), match.start()))
    ):
        said = amount(low, first, sign, reading)
    elif "." in low + high and not second:
        said = amount(low, None, sign, reading)
    one = not (match["per"] or match["plus"]) and of_worth(match.string, match.start(), match.end())
    until = amount(high, second, sign, reading, one=one)
    joint = "and" if not worded and _BETWEEN.search(match.string, max(0, match.start() - 8), match.start()) else "to"
    return f"{_signed(match['prefix'])}{said} {joint} {until}{more(match)}{per(match['per'])}"


def rises(low: str, high: str) -> bool:
    """Tell whether the magnitude of the second can be that of the first as well: $5 to $8 million."""
    return float(low.replace(",", "")) <= float(high.replace(",", ""))


def _between(match: re.Match[str], reading: Reading) -> str:
    """Say "between $40 and $43 million", both in millions."""
    if not rises(match["low"], match["high"]):
        return match.group()
    low = number(match["low"])
    return f"{low} and {amount(match['high'], match['magnitude'], match['sign'], reading)}"


def more(match: re.Match[str]) -> str:
    """Say the plus behind an amount."""
    return " plus" if match["plus"] else ""


# What is worth so much and more: $1m+ months, £500k+ homes.
_PLUS_OF = pattern(
    r"\s(?:months?|quarters?|years?|deals?|accounts?|clients?|customers?|contracts?|opportunit(?:y|ies)|opps|homes?|houses|"
    r"propert(?:y|ies)|orders?|projects?|donors?|earners?|spenders?|compan(?:y|ies)|business(?:es)?|brands?|sellers?|"
    r"pipeline|budgets?|portfolios?|funds?|bids?|tenders?|renewals?|invoices?|bracket|tier|segment)\b"
)
_ABOUT = pattern(r"-(?:plus|ish|odd)\b")
_ARTICLE = ARTICLES + "?"
_VOWELS = ("eight", "eleven", "about")


def _one(match: re.Match[str], reading: Reading) -> str:
    """Say "$5M", and "a $5M deal" with one dollar."""
    text, end = match.string, match.end()
    of_kind = (text[end : end + 1] == "-" and not match["per"] and not _ABOUT.match(text, end)) or of_worth(
        text, match.start(), end, article=match
    )
    one = (of_kind and bool(match["any"] or not match["plus"])) or bool(match["plus"] and _PLUS_OF.match(text, end))
    said = amount(match["amount"], match["magnitude"], match["sign"], reading, one=one)
    glued = " " if text[end : end + 1].isalpha() else ""
    said = f"{_signed(match['prefix'])}{said}{more(match)}{per(match['per'])}{glued}"
    return _article(match["article"], said) + said


def _article(written: str | None, said: str) -> str:
    """Give the article that fits what is said: a US$8m loss is an eight million U S dollar loss."""
    if written is None or written.lower() not in {"a ", "an "}:
        return written or ""
    return written[0] + ("n " if said.startswith(_VOWELS) else " ")


def _after(match: re.Match[str], reading: Reading) -> str:
    said = amount(match["amount"], match["magnitude"], match["sign"], reading)
    return f"{_signed(match['prefix'])}{said}{per(match['per'])}"


def _after_range(match: re.Match[str], reading: Reading) -> str:
    low, first = match["low"], match["first"]
    said = number(low) + (scaled(first) if first != match["magnitude"] else "")
    return f"{said} to {amount(match['high'], match['magnitude'], match['sign'], reading)}{per(match['per'])}"


def _cents(match: re.Match[str], reading: Reading) -> str:
    """Say 99¢ and 50p."""
    del reading
    one = match["amount"] == "1" or of_worth(match.string, match.start(), match.end())
    sign = _signed(match.groupdict().get("prefix"))
    unit = "pence" if match["mark"] == "p" else "cent" if one else "cents"
    return f"{sign}{number(match['amount'])} {unit}{per(match['per'])}"


def _parted(match: re.Match[str], reading: Reading) -> str:
    """Say 3¼¢, 12½p and $4.18½: with parts of a cent."""
    del reading
    part = fraction(match["above"], match["below"])
    part = part.replace("one ", "an " if match["below"] == "8" else "a ", 1) if match["above"] == "1" else part
    cents = f"{cardinal(str(int(match['cents'])))} and {part}"
    if match["sign"] is None:
        return f"{cents} {'pence' if match['mark'] == 'p' else 'cents'}{per(match['per'])}"
    one, many, _cent, small = CURRENCIES[match["sign"]]
    large = f"{cardinal(match['whole'])} {one if match['whole'] == '1' else many}"
    return f"{large} and {cents} {small}{per(match['per'])}"


# What a share or a portion pays, in so many cents: an 8c dividend.
_PAID = (
    r"(?i:divi|\bdivs?\b|per share|a share|franked|payout|per unit|distribution|\bEPS\b|lit(?:re|er)|\bcents?\b|"
    r"\dc/(?:sh|kWh|lb|kg|mi|km|gal|min|unit|l)\b)"
)

_FIRST = rf"(?:\s?(?P<first>{_MAGNITUDE})(?![A-Za-z\d]))?"
_CODES = either(sign for sign in CURRENCIES if len(sign) == 3 and sign.isalpha() and sign.isupper())
_CODE = either(
    sign
    for sign in CURRENCIES
    if (sign.isalpha() and sign.isupper()) or sign in "€£$¥₽₪₺" or sign in {"kr", "zł", "Kč"}
)
ALONE = r"(?<![\w.,$])"
_NAMED_DOLLARS = either(sign for sign in CURRENCIES if len(sign) > 1 and sign[-1] == "$")
# The dollars of many countries: $100 CAD.
_DOLLARS = ("USD", "CAD", "CDN", "AUD", "NZD", "SGD", "HKD", "MXN")

_SHORT_UNITS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year", "p": "person", "a": "annum"}
# What a text about money holds, so that N350.50 is naira and N95 a mask.
_NAIRA = (
    r"(?i:naira|nigeria|\bngx\b|kobo|lagos|per share|\bprices?\b|dividend|\bpaid\b|\bsold\b|\bcosts?\b|lit(?:re|er)|"
    r"exchange)"
)

# Money of the Gulf and of Bangladesh by its short names, before what can be nothing but a sum.
_SHORT_NAMES = {
    "KD": "KWD", "BD": "BHD", "RO": "OMR", "JD": "JOD", "QR": "QAR", "SR": "SAR", "Tk": "BDT", "Ft": "HUF",
    "COP": "COL$", "RON": "ROL", "NIS": "₪", "USh": "UGX", "TSh": "TZS",
}  # fmt: skip

RULES = (
    word(
        r"(?<![\w.])N\s?(?=\d[\d,]*(?:\.\d+)?(?:(?:\s?[-–]\s?|\sto\s|\sand\s)N?\d[\d,]*(?:\.\d+)?)?\s?"
        r"(?:million|billion|trillion|bn|tn|trn|mn)\b|\d+\.\d+[mb]\b|(?<!\s)\d{1,3}(?:,\d{3})+(?![\w-]))",
        "₦",
        marks="N",
        figures=True,
    ),
    word(r"(?<![\w.])N(?=\d+(?:\.\d+)?[kKm]\b|\d+\.\d+(?![\w.-]))", "₦", marks="N", needs=_NAIRA, figures=True),
    rule(
        rf"\b(?:(?P<short>{either(_SHORT_NAMES)})\s?(?=\d{{1,3}}(?:,\d{{3}})+(?![\w-])|\d+(?:\.\d+)?\s?(?:[kKmM]|mn|bn|[mb]illion|crore|lakh)\b)|Dhs?\.?\s?(?=\d))",
        lambda m, _r: _SHORT_NAMES.get(m["short"], "AED") + " ",
        cues=(*_SHORT_NAMES, "Dh", "Dhs"),
    ),
    word(
        r"\bPHP\s?(?=\d{1,3}(?:,\d{3})+(?![\w-])|\d+(?:\.\d+)?\s?(?:[kKmM]n?|bn|[mb]illion)\b(?!\s(?:users|sites|lines)))",
        "₱",
        cues=("PHP",),
        figures=True,
    ),
    rule(
        rf"(?<![\w.,])(?:(?P<sign>[$€£])(?P<whole>\d+)\.)?(?P<cents>\d+) (?P<above>[1-7])/(?P<below>[248])"
        rf"(?P<mark>(?(sign)|\s?[¢cp](?!\w))){PER}",
        _parted,
        marks="/",
        needs=r"\d \d/[248]",
    ),
    word(r"(?<=\d\.\d)\s?ppl\b|(?<=\d\.\d\d)\s?ppl\b", " pence per liter", cues=("ppl",), figures=True),
    word(r"(?:(?<=[\dkKm])|(?<=illion)|(?<=\dbn))\spa\b", " per annum", cues=("pa",), figures=True),
    word(r"(?<=\d)\sc/(?=(?:l|kg|kWh|lb)\b)", "c/", marks="/", cues="c", figures=True),
    word(r"(?<=\d)\sp/(?=(?:l|kg|kWh|lb|therm|mile|min|unit|share)\b)", "p/", marks="/", cues="p", figures=True),
    word(r"(?<=\d)\s?ct/(?=(?:l|kg|kWh|lb|min)\b)", " cts/", marks="/", cues=("ct",), figures=True),
    word(
        r"(?<=\d)\s?ppl\b",
        " pence per liter",
        cues=("ppl",),
        needs=r"\b(?i:diesel|petrol|unleaded|fuel|adblue|lit(?:er|re)s?|forecourt)\b",
        figures=True,
    ),
    word(
        r"(?<=\d)\s?-?ct\b(?=\s(?:[a-z]+\s)?(?:gold|diamonds?|ring|sapphires?|rub(?:y|ies)|emeralds?|stones?)\b)",
        " carat",
        cues=("ct",),
        figures=True,
    ),
    rule(
        rf"(?<![\w/])(?<!\d\s)(?P<base>{_CODES}|ETH|BTC)/(?P<quote>{_CODES}|BTC)(?![\w/])",
        lambda m, _r: " ".join(m["base"] + m["quote"]),
        marks="/",
        figures=False,
        needs=r"[A-Z]{3}/[A-Z]{3}",
    ),
    word(r"(?<=[\dkKm])\s?psf\b", " per square foot", cues=("psf",), figures=True),
    word(r"(?<=[\dkKm])\s?pw\b", " per week", cues=("pw",), figures=True),
    word(r"(?<=\d)\s?pcm\b", " per calendar month", cues=("pcm",), figures=True),
    rule(r"(?P<price>[$€£]\d[\d,]*(?:\.\d\d)?)\s?pp\b", lambda m, _r: m["price"] + "/pp", cues=("pp",)),
    word(r"(?<=[\d)])\s?ea\b\.?(?!\w)|(?<=\d\s)EA\b", " each", cues=("ea", "EA"), figures=True),
    word(r"(?<=%)\sp\.\s?m\.", " per month", cues=("p",), figures=True),
    rule(
        r"(?<=\d)\s?p/(?P<unit>[hdwmypa])(?!\w)",
        lambda m, _r: f" per {_SHORT_UNITS[m['unit']]}",
        marks="/",
        cues="p",
    ),
    word(r"(?<=/)sq\.\s?(?=(?:ft|m)\b)", "sq ", marks="/", cues=("sq",), figures=True),
    word(r"(?<=/sq ft)\.(?=[\s,;)]|$)", "", marks="/", cues=("sq",), figures=True),
    rule(r"(?<![\w.,/$-])(?P<many>[2-9]|1[0-2])/(?=[$€£]\d)", lambda m, _r: m["many"] + " for ", marks="/"),
    word(r"\bRe\.?\s1(?![\d,./-])", "one rupee", cues=("Re",), figures=True),
    rule(
        r"(?<=\d)\s?/\s?(?P<sign>(?:US|[AC])?[$€£]|USD|EUR|GBP|CHF)(?![\w$€£]|\s\d)",
        lambda m, _r: f" per {CURRENCIES[m['sign']][0]}",
        marks="/",
        needs=r"\d\s?/\s?(?:[A-Z]{0,2}[$€£]|[A-Z]{3}\b)",
    ),
    rule(
        rf"(?<!\w)(?P<sign>{_NAMED_DOLLARS})(?!\s?\.?\d)(?P<of>(?=\s[a-z]|[:/-]))?",
        lambda m, _r: CURRENCIES[m["sign"]][0 if m["of"] is not None else 1],
        marks="$",
        figures=False,
        needs=r"[A-Z]\$(?!\s?\.?\d)",
    ),
    rule(
        r"(?P<sign>₹|\bRs\.?\s?)(?P<one>\d[\d,]*)/(?P<other>\d[\d,]*\d)(?![\w.,/]\d|[\w/])",
        lambda m, _r: f"{m['sign']}{m['one']}, {m['sign']}{m['other']}",
        marks="/",
        cues=("₹", "Rs"),
    ),
    rule(
        r"(?<![\w$.])\$(?!(?:US|AU|NZ|CA|HK|SG|MM?|BN?)(?![A-Z])|(?:USD|AUD|CAD|NZD|SGD|HKD)\b)(?P<share>[A-Z]{2,5})(?![\w$])",
        lambda m, _r: " ".join(m["share"]),
        marks="$",
        figures=False,
        needs=r"\$[A-Z]{2}",
    ),
    word(r"[$€£](?=nil\b)", "", marks="$€£", cues=("nil",)),
    rule(
        r"\b(?P<land>US|HK)(?P<amount>\d{1,3}(?:\.\d+)?)\s?(?:cents?|c)\b",
        lambda m, _r: f"{number(m['amount'])} {' '.join(m['land'])} cents",
        cues=("US", "HK"),
    ),
    rule(r"(?P<sum>(?:₹|\bRs\.?|\bINR)\s?[\d.,]*\d)\s?L(?!\w)", lambda m, _r: m["sum"] + " lakh", cues="L"),
    rule(
        rf"(?<![\w$€£])(?P<sign>{_SIGN})\s?/\s?(?P<per>{either(_PER)})(?![\w/])",
        lambda m, _r: f"{CURRENCIES[m['sign']][1]} per {_PER[m['per']]}",
        marks="/",
        figures=False,
        needs=r"[$€£A-Z]\s?/\s?[a-z]",
    ),
    word(r"\bUS\s\$\s?(?=\d)", "US$", marks="$", cues=("US",)),
    rule(
        rf"\b(?P<sign>{_CODES}|Rs\.?)\s[-–](?=\d)",
        lambda m, _r: f"-{m['sign']} ",
        marks="-–",
        needs=r"(?:[A-Z]{3}|Rs\.?)\s[-–]\d",
    ),
    rule(rf"\b(?P<sign>{either(_DOLLARS)})\s?\$\s?(?=\d)", lambda m, _r: m["sign"] + " ", marks="$", cues=_DOLLARS),
    rule(
        rf"(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}\$\s?(?P<amount>{NUMBER}){_BEHIND}\s?(?P<sign>{either(_DOLLARS)})(?![A-Za-z\d]){PER}",
        _after,
        cues=_DOLLARS,
    ),
    rule(
        rf"(?<=etween\s){_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<low>{NUMBER})\sand\s(?:(?P=sign)\s?)?(?P<high>{NUMBER})"
        rf"\s?-?(?P<magnitude>{_MAGNITUDE})(?![A-Za-z\d])",
        _between,
        cues=("and",),
        needs="etween ",
    ),
    rule(
        rf"(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<low>{NUMBER}){_FIRST}{_JOINT}"
        rf"(?P<again>(?P=sign)\s?)?(?P<high>{NUMBER}){_BEHIND}{PLUS}{PER}(?!\.?\d|\s?[-–]\s?[$€£]?\d)",
        _range,
        cues=(*CURRENCIES, *"$€£¥"),
        needs=r"\d[A-Za-z\s]*(?:[-–—]|to)\s?[^\sa-jl-y]",
    ),
    rule(
        rf"{_ARTICLE}(?P<prefix>[-–+~<>])?{_BEFORE_SIGN}(?P<sign>{_SIGN})\s?(?P<amount>{NUMBER}){_BEHIND}{PLUS}{PER}",
        _one,
        cues=(*CURRENCIES, *"$€£¥"),
    ),
    rule(
        rf"{ALONE}(?P<low>{NUMBER}){_FIRST}{DASH}(?P<high>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after_range,
        cues=(*CURRENCIES, *"$€£¥"),
        needs=RANGED,
    ),
    rule(
        rf"(?P<prefix>[-–+~<>])?{ALONE}(?P<amount>{NUMBER}){_BEHIND}\s?(?P<sign>{_CODE})(?![A-Za-z\d]){PER}",
        _after,
        cues=(*CURRENCIES, *"$€£¥"),
        needs=r"\d(?s:.{0,16})(?:[A-Z]{2}|[€£$¥₽₪₺]|kr|zł|Kč)",
    ),
    rule(
        rf"(?<!\w)R\s?(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?=\s?(?:m|bn|million|billion)\b|(?<=\d\d)k\b)|\d+\.\d\d(?!\d)){_BEHIND}",
        lambda m, r: amount(m["amount"], m["magnitude"], "ZAR", r),
        cues=("R",),
    ),
    rule(
        rf"(?<!\w)P\s?(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?(?=\s?(?:million|billion|trillion)\b)|\d+\.\d+(?=[MBT]\b)){_BEHIND}",
        lambda m, r: amount(m["amount"], m["magnitude"], "₱", r),
        cues="P",
    ),
    rule(
        rf"{ALONE}(?P<low>\d{{1,3}}(?:\.\d+)?)p?\s?[-–]\s?(?P<high>\d{{1,3}}(?:\.\d+)?)p(?![\w-]){PER}",
        lambda m, _r: f"{number(m['low'])} to {number(m['high'])} pence{per(m['per'])}",
        marks="-–",
        cues="p",
    ),
    rule(rf"(?:(?<=\s)(?P<prefix>[-–+]))?{ALONE}(?P<amount>{NUMBER})\s?(?P<mark>¢){PER}", _cents, marks="¢"),
    rule(rf"{ALONE}(?P<amount>{NUMBER})\s?(?P<mark>cts)(?!\w){PER}", _cents, cues=("cts",)),
    rule(rf"{ALONE}(?P<amount>\d{{1,3}}(?:,\d{{3}})?(?:\.\d+)?)(?P<mark>c)(?!\w){PER}", _cents, cues="c", needs=_PAID),
    rule(
        rf"{ALONE}(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,4}}\.\d+|(?!(?:144|240|360|480|720)p)\d{{1,3}})(?P<mark>p)(?!\w){PER}",
        _cents,
        cues="p",
        needs=r"\dp\b",
    ),
)
