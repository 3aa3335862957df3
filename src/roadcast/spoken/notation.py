"""Write figures as the rules know them: losses in brackets, commas and days of other countries, powers of ten."""

from __future__ import annotations

import re

from roadcast.spoken.dates import MONTHS
from roadcast.spoken.hours import with_colons
from roadcast.spoken.patterns import pattern

_FIGURE = pattern(r"\d")
# Accountants write a loss in brackets, some people the minus behind the sign of money.
_LOST = pattern(r"\b((?:US|HK|NZ|[ACS])\$)\((\d[\d.,]*)\)")
_NEGATIVE = pattern(r"([$€£])\s?\((\d[\d.,]*)\)|(?<![A-Z])([$€£])\s?[-–]\s?(?=\.?\d)|\((\d[\d.,]*)\)(?=\s?%)")
_BRACKETED = pattern(
    r"(\b(?:of|to|from|was|is|at|vs\.?|versus|EPS|EBITDA?|income|profit|cash flow):?\s)\(([$€£]\d[\d.,]*"
    r"(?:\s?(?:[kKmMbB]n?|million|billion))?)\)"
)
_LOSS = pattern(r"(?i:\bloss(?:es)?\b)(?:[^.;]|\.\d)*$")
# How tables say that their figures stand for thousands or more: ('000), ($000s), ($M).
_THOUSANDS = pattern(r"\((?:in\s)?([$€£]?)(?:'000'?s?|000'?s)\)|\((?:in\s)?([$€£])\s?(K|k|M|m|MM|mm|mn|B|b|bn)\)")
_SIGNS = {"": "", "$": " of dollars", "€": " of euros", "£": " of pounds"}
_SCALES = {"k": "thousands", "m": "millions", "b": "billions"}
# Pages before the first: p. xii.
_PAGES = pattern(r"(?:(?<=\bp\.)|(?<=\bpp\.))\s[ivxl]+(?:[-–][ivxl]+)?(?![\w'])")
# Circa: c.5%, c. £3m, c10bps.
_CIRCA = pattern(
    r"(?<![\w.])c(?:\.\s?)?(?=(?:[A-Z]{1,3})?[£$€₹¥]\s?\d|(?<=\.\s)(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|AUD|CAD|INR|JPY|ZAR|AED|Rs\.?|R)\s?\d|\d[\d.,]*\s?(?:%|bps|bn|[mk]\b|x\b|pp\b))"
)
# Thousands as the rest of Europe groups them, where it can be nothing else; as the Swiss do, 40'000.
_CONTINENTAL = pattern(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+),(\d\d?)(?!\d|[.,]\d)")
_SWISS = pattern(r"(?<![\w.,'])\d{1,3}(?:'\d{3})+(?![\w'])")
# Decimals behind a comma: 88,7%, ±0,33 mm, 1,5 Mio. €.
_COMMA = pattern(
    r"(?<![\d.,])(\d{1,3}),(\d\d?)(?=\s?(?:%|°|(?:[mck]?m|[mk]?g|ml|l|k?V|k?W|m?A|bn|mn|kWh|million|billion|trillion)\b))"
)
_CENTS = pattern(
    r",(?=\d\d(?![\d,]|\.\d))(?:" + "|".join(rf"(?<=[$£]\d{{{n}}},)|(?<=\bR\d{{{n}}},)" for n in (1, 2, 3)) + ")"
)
_EUROS = pattern(r"(€\s?\d{1,3}),(\d\d?)(?![\d,])|(?<![\d.,])(\d{1,3}),(\d\d?)(?=\s?€)")
_THOUSAND_EUROS = pattern(r"(?<=\d)\.(?=000\s?€)|(?:(?<=€\d)|(?<=€\d\d)|(?<=€\d{3}))\.(?=000(?![\d.,]))")
_MILLIONS = pattern(r"(?<=\d)\s?(?:Mio|Mrd)\b\.?")
# A scale with a full stop that ends nothing: ₹1,200 cr. order book; tons of carbon dioxide in one word.
_SHORT_SCALE = pattern(r"(\d\s?(?:cr|mn|bn|mln))\.(?=\s[a-z]|[,;)])")
_TONS_OF_CO2 = pattern(r"(?<![A-Za-z])([kM]?)tCO2")
# What is due every month: Rs 4,500 p.m., AED 9,000 p.m. rent; no hour is told in thousands.
_MONTHLY = pattern(
    r"(?P<sum>(?:[$€£₹]|\b(?:Rs\.?|Dhs?\.?|AED|INR|SAR|QAR|USD|EUR|GBP))\s?\d{1,3}(?:,\d{2,3})+(?:/-)?)\s?p\.?m\.?(?=[\s,;)]|$)"
)
# When a lot or a card expires, by month and year: exp. 06/27.
_EXPIRES = pattern(
    r"(?:(?<=\b[Ee]xp)|(?<=\b[Bb]est )(?=before))(?P<mark>\.|ires|iry|before)?"
    r"(?P<month>:?\s(?:0[1-9]|1[0-2])/)(?P<year>(?:2[4-9]|3\d)(?![\d/]))"
)
_DATED_THINGS = pattern(r"\b(?i:lots?|batch|cards?|visa|amex|mastercard|cat)\b")
_NIGHTLY = pattern(r"(?P<sum>(?:[$€£₹]|\b[A-Z]{3}\s)\d[\d.,]*)\s?p\.n\b\.?(?=[\s,;)]|$)")
# Full stops between thousands where no version is: 1.250.000.
_MILLION = pattern(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+\.000(?![\w.]|,\d)")
# Thousands as programs write them: 30_000.
_PARTED = pattern(r"(?<=\d)_(?=\d{3}(?!\d))")
_NUMBER_SIGN = pattern(r"\b[Nn]°\s?(?=\d)")
# Days of a month before its figure, 12-16/10, with a dash of their own; inches and fractions are none.
_DAYS_OF = pattern(r"(?<![\w.,/$€£–-])(\d\d?)\s?-\s?(\d\d)(?=/(\d\d?)(?![\w/–-]|[.,]\d|\s?(?:in\b|inch|\"|of\b)))")
# What Indians earn: 18–22 LPA.
_PAY = pattern(r"(?<=\d)\s?LPA\b")
# Swiss prices: Fr. 12.–, CHF 1'500.-.
_EVEN = pattern(r"(?<=\d)\.[-–—](?=[\s,;)/]|$)")
_FRANCS = pattern(r"\b[sS]?Fr\.\s?(?=\d)")
# Powers of ten as computers write them: 3.5e6.
_POWER = pattern(r"(?<![\w.,$-])(\d+\.\d+)[eE][+]?(-?\d{1,3})(?!\w)")
# Days, until 31.12., which no version is.
_DAY = pattern(
    r"(?P<when>\b(?:on|until|till|by|from|due|before|after|since)\s)?(?<![\w.,$€£/-])(?P<day>\d\d?)\.(?P<of>\d\d?)\."
    r"(?(when)(?=[),;]|\s[a-z]|$)|(?=[),;]|\s(?:at|from|to|and|until)\b))"
)
# Beside another decimal, the full stop ends a sentence: down to 12.4 from 13.6.
_DECIMAL = pattern(r"(?<![\w.,/-])\d+\.\d+(?!\d|[.,/-]\d|\.[\s,;)]|\.$)")
_UNTIL_DAY = pattern(r"(?<![\w.,$€£/-])(\d\d?)\.\s?[-–]\s?(\d\d?)\.(\d\d?)\.(?!\d)")
_DAYS = pattern(r"\d\.\d\d?\.(?!\d)")
# With the year in two figures where a word before it tells: expires 31.3.27.
_SHORT_YEAR = pattern(
    r"\b((?:[Oo]n|[Uu]ntil|[Tt]ill?|[Bb]y|[Dd]ue|[Ss]ince|[Dd]ated|[Ee]nds?|[Ee]nding|[Ee]xpires|[Ee]xp\.?|[Rr]uns\sout|[Ww]/[ce]|[Dd]eadline:?|[Dd]ate:?|"
    r"[Ee]ffective|[Ss]igned|[Ss]tand:?|[Vv]om|[Bb]is)\s(?:the\s)?)(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.([2-4]\d)(?![\w%]|[.,:/-]\d)"
)
_VERSION = pattern(r"\b(?i:versions?|releases?|firmware|builds?|app|patch\w*|upgrad\w+|updat\w+|deploy\w*|v\d)\b")
# The nought that is dialled only at home: +44 (0)20; alone it belongs to the number.
_HOME = pattern(r"(\+\d{1,3}\s?)\(0\)\s?(?=\d)")
_NOUGHT = pattern(r"(?<![\w+)])\(0\)(?=\d\d)")


_SUMS = "(?:SEK|EUR|NOK|DKK|USD|CHF|GBP|PLN|CZK|INR)"
# Thousands and millions before the money, as Swedes and Germans write them: MSEK 842, 12 TEUR.
_SCALED = pattern(
    rf"\b([MTKBkt])({_SUMS}|€)\s?(-?\d[\d.,]*\d|\d)(?![\w%])"
    rf"|(?<![\w.,$])(-?\d[\d.,]*)\s(?:([MTKBk])({_SUMS})\b|(T)(€)(?!\w))"
)
_SCALED_BY = {"M": "m", "T": "k", "K": "k", "B": "bn", "k": "k", "t": "k"}
_GROUPED = pattern(r"-?\d{1,3}(?:,\d{3})+")
# How a table counts, where no figure stands: all figures in kEUR.
_COUNTED_IN = pattern(
    rf"(?P<where>\b(?:[Ii]n|[Aa]re|[Pp]er|all)\s|[(\[])(?P<scale>[MTKBkt])(?P<sum>{_SUMS}|€)(?![\w€])(?!\s?-?\d)"
)
_SUM_NAMES = {
    "EUR": "euros", "€": "euros", "USD": "US dollars", "GBP": "pounds", "CHF": "Swiss francs", "INR": "rupees",
    "SEK": "Swedish kronor", "NOK": "Norwegian kroner", "DKK": "Danish kroner", "PLN": "zloty", "CZK": "Czech korunas",
}  # fmt: skip
_COUNTED_BY = {"M": "millions", "T": "thousands", "K": "thousands", "B": "billions", "k": "thousands", "t": "thousands"}


# What changed since the month before, €45 m/m, where the sign of money would make millions of it.
_SINCE = pattern(r"(?<=\d)\s([mqywd])/\1(?!\w)")
_PERIODS = {"m": "month", "q": "quarter", "y": "year", "w": "week", "d": "day"}


def usual(text: str) -> str:
    """Write all figures of a text as English does."""
    text = _THOUSANDS.sub(_in_thousands, text) if "(" in text else text
    text = _COUNTED_IN.sub(_counted_in, text)
    text = _PAGES.sub(lambda match: match[0][0] + match[0][1:].upper(), text) if "p. " in text else text
    if not _FIGURE.search(text):
        return text
    text = _SCALED.sub(_scaled, text)
    text = _SINCE.sub(lambda m: f" {_PERIODS[m[1]]} over {_PERIODS[m[1]]}", text) if "/" in text else text
    text = _SWISS.sub(lambda match: match[0].replace("'", ","), text) if "'" in text else text
    text = _accounts(text) if "(" in text else text
    text = _days_and_hours(_POWER.sub(r"\1×10^\2", text)) if "." in text else text
    text = _CIRCA.sub("circa ", _NEGATIVE.sub(r"-\1\2\3\4", text))
    text = _TONS_OF_CO2.sub(r"\1t CO2", _SHORT_SCALE.sub(r"\1", text))
    text = _MILLIONS.sub(lambda match: " million" if "Mio" in match[0] else " billion", text)
    text = _THOUSAND_EUROS.sub(",", text) if "€" in text else text
    text = _in_their_place(text)
    return _commas(text) if "," in text else text


def _in_their_place(text: str) -> str:
    """Write days, rents, pay and numbers in full where what stands beside them tells."""
    if ("xp" in text or "est before" in text) and _DATED_THINGS.search(text):
        text = _EXPIRES.sub(r"\g<mark>\g<month>20\g<year>", text)
    text = _DAYS_OF.sub(_days_of, text) if "/" in text else text
    text = (
        _MILLION.sub(lambda match: match[0].replace(".", ","), text)
        if ".000" in text and not _VERSION.search(text)
        else text
    )
    text = _PARTED.sub("", text) if "_" in text else text
    text = _NUMBER_SIGN.sub("No. ", text) if "°" in text else text
    text = _NIGHTLY.sub(r"\g<sum> per night", text) if "p.n" in text else text
    text = _MONTHLY.sub(r"\g<sum> per month", text)
    return _PAY.sub(" lakh per annum", text) if "LPA" in text else text


def _counted_in(match: re.Match[str]) -> str:
    """Say that all figures are in kEUR, and what is due per kEUR."""
    scale, name = _COUNTED_BY[match["scale"]], _SUM_NAMES[match["sum"]]
    if match["where"].lower() == "per ":
        return f"{match['where']}{scale.removesuffix('s')} {name}"
    return f"{match['where']}{scale} of {name}"


def _days_of(match: re.Match[str]) -> str:
    """Write 12-16/10 as 12–16/10, where it can be days."""
    first, last, month = (int(match[part]) for part in (1, 2, 3))
    return f"{first}–{last}" if 0 < first < last <= 31 and last > 12 and 0 < month <= 12 else match.group()


def _scaled(match: re.Match[str]) -> str:
    """Write kEUR 85 and 85 T€ as EUR 85k and €85k."""
    sum_, figures = match[2] or match[6] or match[8], match[3] or match[4]
    gap = "" if sum_ == "€" else " "
    scale = _SCALED_BY[match[1] or match[5] or match[7]]
    return f"{sum_}{gap}{figures}{',000' if scale == 'k' and _GROUPED.fullmatch(figures) else scale}"


def _accounts(text: str) -> str:
    text = _BRACKETED.sub(_bracketed, _LOST.sub(r"-\1\2", text))
    return _NOUGHT.sub("0", _HOME.sub(r"\1 ", text)) if "(0)" in text else text


def _days_and_hours(text: str) -> str:
    text = _FRANCS.sub("CHF ", _EVEN.sub("", text))
    if not _VERSION.search(text):
        text = _SHORT_YEAR.sub(lambda m: f"{m[1]}{m[2]} {MONTHS[int(m[3]) - 1]} 20{m[4]}", text)
    text = _DAY.sub(_day, _UNTIL_DAY.sub(_until_day, text)) if _DAYS.search(text) else text
    return with_colons(text)


def _commas(text: str) -> str:
    text = _CENTS.sub(".", _COMMA.sub(r"\1.\2", text))
    if "€" in text:
        text = _EUROS.sub(lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}", text)
    return _CONTINENTAL.sub(lambda match: f"{match[1].replace('.', '')}.{match[2]}", text)


def _bracketed(match: re.Match[str]) -> str:
    """Say what accountants write in brackets as less than nothing, unless it is called a loss."""
    minus = "" if _LOSS.search(match.string, max(0, match.start() - 80), match.start(2)) else "-"
    return f"{match[1]}{minus}{match[2]}"


def _in_thousands(match: re.Match[str]) -> str:
    """Say what a column of figures stands for, ($000s) or ($M)."""
    scale = _SCALES[match[3][0].lower()] if match[3] else "thousands"
    return f", in {scale}{_SIGNS[match[1] or match[2] or '']},"


def _until_day(match: re.Match[str]) -> str:
    """Write 24.–27.11. as 24–27 November."""
    return f"{match[1]}–{match[2]} {MONTHS[int(match[3]) - 1]}" if 1 <= int(match[3]) <= 12 else match.group()


def _day(match: re.Match[str]) -> str:
    """Write 31.12. as 31 December where it can be nothing else, or where a word before it tells."""
    day, of = int(match["day"]), int(match["of"])
    if not (1 <= of <= 12 and 1 <= day <= 31) or (match["when"] is None and day <= 12):
        return match.group()
    if match.end() == len(match.string) and _DECIMAL.search(match.string):
        return match.group()
    return f"{match['when'] or ''}{day} {MONTHS[of - 1]}"
