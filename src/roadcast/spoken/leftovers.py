"""Say or drop what is left when every rule has had its turn: &, +, /, brackets, quotes, dashes."""

from __future__ import annotations

from roadcast.spoken import tables
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import either, rule, word

# A unit of time behind a slash may be short, since nothing else is written so: req/s, calls/wk.
_SHORT_TIMES = frozenset(
    {
        "s",
        "sec",
        "min",
        "h",
        "hr",
        "d",
        "wk",
        "mo",
        "qtr",
        "yr",
        "ft",
        "kg",
        "lb",
        "km",
        "hl",
        "cs",
        "bx",
        "plt",
        "ctn",
        "night",
    }
)
_EVERY = tables.pairs("per")
_PER = {short: name for short, name in _EVERY.items() if short in _SHORT_TIMES}
# Times of which one or the other is meant: by wk/mo.
_TIMES = "(?:hour|day|wk|week|mo|month|qtr|quarter|yr|year)"

_OIL_UNITS = ("cf", "cfe", "Boe", "boe", "Bbl", "Bbls", "bbl", "bbls", "Btu", "BTU")

_LEFT = {
    "²": " squared ", "³": " cubed ", "%": " percent ", "°": " degrees ", "&": " and ", "+": " plus ", "=": " equals ",
    "×": " times ", "µ": " micro ", "Ω": " ohms ", "$": " dollars ", "€": " euros ", "£": " pounds ", "¥": " yen ",
    "¢": " cents ", "₹": " rupees ", "₿": " bitcoin ", "₩": " won ", "₽": " rubles ", "₪": " shekels ", "₺": " lira ",
    "₫": " dong ", "₱": " pesos ", "₦": " naira ", "₴": " hryvnias ", "฿": " baht ",
}  # fmt: skip

# Measures of oil and gas without a figure, per Mcf.
_OIL = (
    *(f"{scale}{unit}" for scale in ("MM", "M", "k", "mm") for unit in _OIL_UNITS),
    *("BOE", "BoE", "Boe", "boe", "Bo", "bopd", "boepd"),
)

RULES = (
    rule(
        rf"(?<!\d\s)(?<!per\s)\b(?P<one>{_TIMES})/(?P<other>{_TIMES})(?![\w/])",
        lambda m, _r: f"{_EVERY[m['one']]} {'over' if m['one'] == m['other'] else 'or'} {_EVERY[m['other']]}",
        marks="/",
        figures=False,
    ),
    word(r"(?<=\bgrams)/t\b|(?<=\bgram)/t\b", " per ton", marks="/"),
    word(r"\s/\sH[Ll]\b", " per hectoliter", marks="/", cues=("HL", "Hl")),
    rule(
        r"(?<![\w/])(?P<unit>(?:MM|M|k|mm)(?:cfe?|[Bb]oe|[Bb]bls?|Btu|BTU)|B[Oo][Ee]|boe|Bo(?=/d)|bopd|boepd)(?P<daily>/d)?(?!\w)",
        lambda m, _r: " ".join(m["unit"].upper()) + (" per day" if m["daily"] else ""),
        cues=_OIL,
        figures=False,
    ),
    word(r"(?<=[A-Z])/(?=[A-Z]\b)|(?<=\b[A-Z][A-Z])/(?=[A-Z])|(?<=\b[A-Z]{3})/(?=[A-Z])", " ", marks="/"),
    word(
        r"(?<=[A-Za-z])/(?=(?:hour|day|week|month|year|quarter|minute|second|(?:user|seat|person|head|call|share|unit|FTE|rep|lead|click|visit|order)(?!/))\b)"
        r"|(?<=[a-z])\s/\s(?=(?:[Hh]our|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear|[Qq]uarter|[Mm]inute|[Ss]econd)\b)",
        " per ",
        marks="/",
    ),
    word(
        r"(?<=[a-z]s)/(?=(?:pallet|case|box|carton|employee|customer|account|device|site|store|shift)\b)",
        " per ",
        marks="/",
    ),
    rule(
        rf"(?<=[a-z]{{2}})/(?P<per>{either(_PER)})(?![\w/])",
        lambda m, _r: f" per {_PER[m['per']]}",
        figures=False,
        marks="/",
    ),
    rule(
        rf"(?<=[a-z]{{2}})/(?P<per>{either(_PER)})/(?P<each>{either(_EVERY)})(?![\w/])",
        lambda m, _r: f" per {_PER[m['per']]} per {_EVERY[m['each']]}",
        figures=False,
        marks="/",
    ),
    word(r"\s/\s", ", ", marks="/"),
    word(r"(?<=\w)\s?/\s?(?=\w)", " slash ", marks="/"),
    word(r"(?<!\S)@\s*(?=\w)|(?<=[\w&])\s*@\s*(?=\w)", " at ", marks="@"),
    rule(f"[{''.join(_LEFT)}]", lambda m, _r: _LEFT[m.group()], marks="".join(_LEFT), figures=False),
    word(r"[()\[\]{}|—<>]+|\s[–-]+(?=\s|$)|^[–-]+\s", ", ", marks="()[]{}|—–<>-"),
    word(r"(?<=\w)'(?!\w)|(?<![\w\U000F0000-\U000FFFFD])'", "", marks="'"),
    word(r"[-–_/\\~*^#@\"¦]+", " ", marks='-–_/\\~*^#@"¦'),
)

_TIDY = (
    (pattern(r"\s+"), " "),
    (pattern(r"\s+([,.;:?!])"), r"\1"),
    (pattern(r"(?:[,;:]\s*)+(?=[.?!;:,])"), ""),
    (pattern(r"([.?!])[.,;:]+"), r"\1"),
    (pattern(r"([?!])[.?!]+"), r"\1"),
    (pattern(r"^[\s,.;:?!]+"), ""),
    (pattern(r"([,.;:?!])(?=[^\s,.;:?!'])"), r"\1 "),
    (pattern(r"(?<![^\W\d_])(?<![\U000F0000-\U000FFFFD])'|'(?![^\W\d_])"), ""),
    (pattern(r"\s+"), " "),
)


_UNTIDY = pattern(r"\s\s|\s[,.;:?!]|[,.;:?!][^\s]|^[\s,.;:?!]|'|[\t\n]")


def tidy(text: str) -> str:
    """Leave single spaces, one mark of punctuation at a time, and none at the beginning."""
    if _UNTIDY.search(text):
        for sought, replacement in _TIDY:
            text = sought.sub(replacement, text)
    return text.strip(" ,;:")
