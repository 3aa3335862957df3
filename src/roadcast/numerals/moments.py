"""Read dates, clock times, and the quarters, halves and fiscal years of business."""

from __future__ import annotations

from fractions import Fraction

from roadcast.numerals.cardinal import cardinal
from roadcast.numerals.quantity import Quantity
from roadcast.numerals.tokens import Tokens
from roadcast.numerals.words import MONTHS, MONTHS_SHORT

_Step = tuple[tuple[Quantity, ...], int]


def moments(tokens: Tokens, at: int) -> _Step | None:
    """Read a date or a time that begins at a token, if one does."""
    for rule in (_iso, _slashes, _time, _business, _half_year, _month):
        if step := rule(tokens, at):
            return step
    return None


def _plain(figures: str, unit: str = "") -> Quantity:
    return Quantity(value=Fraction(int(figures)), unit=unit, figures=figures)


def _iso(tokens: Tokens, at: int) -> _Step | None:
    """Read 2026-11-30."""
    year, dash, month, again, day = (tokens[at + n].text for n in range(5))
    if not (dash == again == "-" and _is(year, 4) and _is(month, 2) and _is(day, 2)):
        return None
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    return (_plain(year), _plain(month.lstrip("0"), "calendar"), _plain(day.lstrip("0"))), at + 5


def _is(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _slashes(tokens: Tokens, at: int) -> _Step | None:
    """Read 10/01/2026, whichever part is the month, and 3/4 or 24/7, which are a pair or a fraction."""
    one, two, three = (tokens[at + n] for n in (0, 2, 4))
    if not (one.text.isdigit() and tokens[at + 1].text == "/" and two.text.isdigit() and two.glued):
        return None
    if tokens[at + 3].text == "/" and tokens[at + 3].glued and _is(three.text, 4 if len(three.text) > 2 else 2):
        year = three.text if len(three.text) == 4 else "20" + three.text
        return (_plain(str(int(one.text))), _plain(str(int(two.text))), _plain(year)), at + 5
    if int(two.text) == 0:
        return None
    return (Quantity(value=Fraction(int(one.text), int(two.text)), figures=one.text + two.text),), at + 3


def _time(tokens: Tokens, at: int) -> _Step | None:
    """Read 7:30, 19:30, 7 PM, "seven thirty p m" and "ten o'clock" as hours and minutes in a row."""
    hour = tokens[at].text
    minute = tokens[at + 2]
    if hour.isdigit() and tokens[at + 1].text == ":" and _is(minute.text, 2) and minute.glued:
        if int(hour) > 24 or int(minute.text) > 59:
            return None
        return _clock(tokens, int(hour) * 100 + int(minute.text), at + 3, exact=True)
    number = cardinal(tokens, at)
    if number is None or not number.figures or len(number.figures) > 4 or number.ordinal:
        return None
    told = int(number.figures)
    return _clock(tokens, told * 100 if told <= 24 else told, number.next, exact=False)


def _clock(tokens: Tokens, told: int, at: int, *, exact: bool) -> _Step | None:
    """Apply what stands behind a time: AM, p.m., "p m", "o'clock"."""
    letters, after = "", at
    for _ in range(4):
        if tokens.low(after) in ("a", "p", "m", "am", "pm") and len(letters) < 2:
            letters, after = letters + tokens.low(after), after + 1
        elif tokens[after].text == "." and tokens[after].glued and letters in ("a", "p"):
            after += 1
    if letters in ("am", "pm") and told < 1300:
        told = told % 1200 + (1200 if letters == "pm" else 0)
        return (Quantity(value=Fraction(told), unit="time"),), after
    if tokens.low(at) == "o" and tokens.low(at + 2) == "clock":
        return (Quantity(value=Fraction(told), unit="time"),), at + 3
    return ((Quantity(value=Fraction(told), unit="time", figures=str(told)),), at) if exact else None


def _business(tokens: Tokens, at: int) -> _Step | None:
    """Read Q3, 1H, FY26, "fiscal year twenty twenty six", "H one"."""
    text, low = tokens[at].text, tokens.low(at)
    if low == "fiscal":
        return _fiscal(tokens, at + 1 + (tokens.low(at + 1) == "year"))
    if text in ("F", "f") and tokens[at + 1].text in ("Y", "y"):
        return _fiscal(tokens, at + 2)
    if text == "FY":
        return _fiscal(tokens, at + 1)
    if text.isdigit() and tokens[at + 1].text in ("Q", "H") and tokens[at + 1].glued and len(text) == 1:
        return (_plain(text, "quarter" if tokens[at + 1].text == "Q" else "half"),), at + 2
    limit = {"Q": 4, "H": 2}.get(text)
    number = cardinal(tokens, tokens.hyphen(at + 1)) if limit else None
    if limit and number and number.figures in ("1", "2", "3", "4")[:limit]:
        return (_plain(number.figures, "quarter" if text == "Q" else "half"),), number.next
    return None


def _fiscal(tokens: Tokens, at: int) -> _Step | None:
    """Read the number of a fiscal year; two figures are of this century."""
    at += tokens[at].text in ("'", "’", "-")
    number = cardinal(tokens, at)
    if number is None or number.value.denominator != 1 or not 0 < number.value < 2100:
        return None
    year = int(number.value)
    return (Quantity(value=Fraction(year + 2000 if year < 100 else year), unit="FY"),), number.next


def _half_year(tokens: Tokens, at: int) -> _Step | None:
    """Read "third quarter" and "first half"; 3rd and 1st as well."""
    number = cardinal(tokens, at)
    if number is None:
        return None
    after = number.next
    ordinal = number.ordinal
    if tokens[at].text.isdigit() and tokens[after].glued and tokens.low(after) in ("st", "nd", "rd", "th"):
        after, ordinal = after + 1, True
    if not ordinal:
        return None
    unit = {"quarter": "quarter", "half": "half"}.get(tokens.low(tokens.hyphen(after)), "")
    if unit and number.value <= (4 if unit == "quarter" else 2):
        return (Quantity(value=number.value, unit=unit),), tokens.hyphen(after) + 1
    return (Quantity(value=number.value, figures=number.figures),), after


def _month(tokens: Tokens, at: int) -> _Step | None:
    """Read the name of a month; a short one, "May" and "March" only where they cannot be anything else."""
    text = tokens[at].text
    number = MONTHS.get(text) or MONTHS_SHORT.get(text)
    if number is None:
        return None
    sure = text in MONTHS and text not in ("May", "March")
    behind = cardinal(tokens, at + 1 + (tokens[at + 1].text == ".")) is not None
    before = tokens[at - 1].figure or tokens.low(at - 1) in _BEFORE_MONTH
    if not (sure or behind or before):
        return None
    return (_plain(str(number), "calendar"),), at + 1


_BEFORE_MONTH = frozenset(
    [
        "in",
        "of",
        "by",
        "since",
        "until",
        "till",
        "next",
        "last",
        "this",
        "from",
        "through",
        "mid",
        "early",
        "late",
        "st",
        "nd",
        "rd",
        "th",
    ]
)
