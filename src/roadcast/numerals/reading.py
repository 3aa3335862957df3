"""Find every quantity of a text: amounts here, dates and times in `moments`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from roadcast.numerals.cardinal import GREATEST, Cardinal, cardinal
from roadcast.numerals.moments import moments
from roadcast.numerals.quantity import Quantity
from roadcast.numerals.tokens import Tokens
from roadcast.numerals.words import (
    COUNTED,
    DECADES,
    DENOMINATORS,
    FOLDS,
    MAGNITUDE_SIGNS,
    MAGNITUDES,
    MANY,
    MONEY,
    MONEY_SIGNS,
    MONTHS,
    MONTHS_SHORT,
    MULTIPLES,
    ONE_LETTER,
    ONES,
    ORDINALS,
    ROMAN_KEYS,
    TEENS,
    TENS,
    UNIT_PHRASES,
    UNITS,
    UNITS_CASED,
    UNITS_LONG,
)

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11}
_BEGINNINGS = frozenset(
    {*ONES, *TEENS, *TENS, *DECADES, *ORDINALS, *MULTIPLES, *FOLDS, *MANY, *ROMAN_KEYS}
    | {word.lower() for word in (*MONTHS, *MONTHS_SHORT)}
    | {"an", "dozen", "half", "halves", "halved", "halve", "no", "minus", "negative", "fiscal", "fy", "oh"}
    | {*MONEY, "-", "−"}
)
_TO = frozenset({"-", "–", "—", "‑", "to", "or", "through"})
_CODE_WORD = re.compile(r"[A-Z]2[A-Z]s?")  # B2B, P2P: the figure is a word


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A cardinal with what stands around it."""

    number: Cardinal
    value: Fraction
    unit: str
    prefixed: bool
    magnitude: int
    start: int
    next: int


def quantities(text: str) -> tuple[Quantity, ...]:
    """Read all numbers of a text, in the order in which they stand.

    Returns:
        the quantities, with their places in the text.
    """
    tokens, at, found = Tokens(text), 0, list[Quantity]()
    while at < len(tokens):
        if not _may_begin(tokens, at):
            at += 1
            continue
        step = _idle(tokens, at) or moments(tokens, at) or _single(tokens, at) or _amounts(tokens, at)
        if step is None:
            at += 1
            continue
        start, end = tokens[at].start, tokens[step[1] - 1].end
        found.extend(q if q.end else replace(q, start=start, end=end) for q in step[0])
        at = step[1]
    return tuple(found)


def _may_begin(tokens: Tokens, at: int) -> bool:
    """Tell quickly whether a number can begin here; most words are none."""
    token = tokens[at]
    return token.figure or token.low in _BEGINNINGS or (len(token.low) == 1 and token.low.isalnum())


_Step = tuple[tuple[Quantity, ...], int]


def _idle(tokens: Tokens, at: int) -> _Step | None:
    """Step over what looks like a number and is none: "no one", "per second", "B2B"."""
    pair = (tokens.low(at), tokens.low(at + 1))
    if pair in (("no", "one"), ("one", "another")):
        return (), at + 2
    if tokens.low(at) == "second" and tokens.low(at - 1) in ("per", "every", "each"):
        return (), at + 1
    code = "".join(tokens[n].text for n in range(at, at + 3))
    glued = tokens[at + 1].glued and tokens[at + 2].glued and not tokens[at + 3].glued
    return ((), at + 3) if glued and _CODE_WORD.fullmatch(code) else None


def _single(tokens: Tokens, at: int) -> _Step | None:
    """Read a number that is one word: "twice", "tenfold", "thousands", "dozen", "half", "phase II"."""
    word, then = tokens.low(at), tokens.low(at + 1)
    for table, unit in ((MULTIPLES, "x"), (FOLDS, "x"), (MANY, "many")):
        if word in table:
            return (Quantity(value=Fraction(table[word]), unit=unit),), at + 1
    if word in ("half", "halves", "halved", "halve"):
        return (Quantity(value=Fraction(1, 2)),), at + 1
    if word == "dozen" or (word == "a" and then == "dozen"):
        return (Quantity(value=Fraction(12)),), at + 1 + (word == "a")
    if word == "a" and then in ("third", "quarter") and tokens.low(at + 2) == "of":
        return (Quantity(value=Fraction(1, DENOMINATORS[then])),), at + 2
    if word in ROMAN_KEYS and tokens[at + 1].text in _ROMAN and (then != "i" or not tokens[at + 2].text.islower()):
        return (Quantity(value=Fraction(_ROMAN[tokens[at + 1].text])),), at + 2
    return None


def _amounts(tokens: Tokens, at: int) -> _Step | None:
    """Read an amount, and the second one of a range, which share what only one of them says."""
    first = _amount(tokens, at)
    if first is None:
        return None
    joint = tokens.hyphen(first.next)
    if tokens.low(joint) not in _TO and joint == first.next:
        return (_quantity(tokens, first),), first.next
    second = _amount(tokens, tokens.hyphen(joint + 1 if tokens.low(joint) in _TO else joint))
    if second is None or first.number.ordinal or second.value < 0:
        return (_quantity(tokens, first),), first.next
    return (*(_quantity(tokens, amount) for amount in _shared(first, second)),), second.next


def _shared(first: _Amount, second: _Amount) -> tuple[_Amount, _Amount]:
    """Let "$10-12M" be ten to twelve million dollars, both."""
    if first.magnitude == 1 and second.magnitude > 1 and (first.prefixed or not first.unit):
        first = replace(first, value=first.value * second.magnitude, magnitude=second.magnitude)
    if not first.unit:
        first = replace(first, unit=second.unit)
    if first.prefixed and not second.unit:
        second = replace(second, unit=first.unit)
    return first, second


def _amount(tokens: Tokens, at: int) -> _Amount | None:
    """Read a sign, a currency, a number, its magnitude and its unit."""
    start, sign = at, 1
    if tokens.low(at) in ("-", "−", "minus", "negative"):
        if tokens[at].glued or (tokens[at].text == "-" and not tokens[at + 1].glued):
            return None
        at, sign = at + 1, -1
    currency = MONEY.get(tokens[at].text, "")
    at += bool(currency)
    number = cardinal(tokens, at)
    if number is None:
        return None
    value, magnitude, after = _magnitude(tokens, number, bool(currency))
    unit, after = ("", after) if number.ordinal else _unit(tokens, after, number)
    amount = _Amount(
        number=number,
        value=sign * value,
        unit=currency or unit,
        prefixed=bool(currency),
        magnitude=magnitude,
        start=start,
        next=after,
    )
    return _with_cents(tokens, _with_part(tokens, amount))


def _magnitude(tokens: Tokens, number: Cardinal, money: bool) -> tuple[Fraction, int, int]:
    """Fold "million", "K", "bn" and "dozen" behind a number into its value."""
    value, magnitude, at = number.value, number.magnitude, number.next
    if number.ordinal:
        return value, magnitude, at
    while True:
        text, low = tokens[tokens.hyphen(at)].text, tokens.low(tokens.hyphen(at))
        factor = 1
        if low in MAGNITUDES and not (number.words and low == "hundred"):
            factor = MAGNITUDES[low]
        elif low == "dozen":
            factor = 12
        elif magnitude == 1 and (tokens[at].glued or number.words or text not in ("k", "K", "M", "B")):
            factor = _sign(tokens, at, money)
        if factor == 1 or magnitude >= GREATEST:
            return value, magnitude, at
        value, magnitude, at = value * factor, magnitude * factor, tokens.hyphen(at) + 1


def _sign(tokens: Tokens, at: int, money: bool) -> int:
    """Read "K", "M", "bn", and "m" where it cannot be metres."""
    text = tokens[at].text
    if text in MONEY_SIGNS and (money or tokens.low(at + 1) in COUNTED):
        return MONEY_SIGNS[text]
    if text in MAGNITUDE_SIGNS and not tokens[at + 1].glued:
        return MAGNITUDE_SIGNS[text]
    return MAGNITUDE_SIGNS.get(text, 1) if tokens[at + 1].text in "+/-–,.;:!?)'’\"”" else 1


def _unit(tokens: Tokens, at: int, number: Cardinal) -> tuple[str, int]:
    """Read the unit behind a number, also behind a hyphen."""
    here = tokens.hyphen(at)
    for length in (3, 2):
        phrase = tuple(tokens.low(here + n) for n in range(length))
        if phrase in UNIT_PHRASES:
            return UNIT_PHRASES[phrase], here + length
    text, low = tokens[here].text, tokens.low(here)
    if low == "second" and number.words and number.value % 10 == 0 and 20 <= number.value < 100:
        return "second?", here + 1
    if tokens[here + 1].glued and tokens[here + 1].figure:
        return "", at  # the x of "4x4", the second sign of "$10-$12"
    if len(text) == 1 and text.isalpha() and (number.words or (text == "s" and tokens[here].glued)):
        return "", at  # "five m" and "the 90s" are no measures
    if text in ONE_LETTER:
        return ONE_LETTER[text], here + 1
    unit = (
        UNITS_LONG.get(low)
        or UNITS_CASED.get(text)
        or ("" if len(text) == 1 and text.isalpha() else UNITS.get(low, ""))
    )
    return (unit, here + 1) if unit else ("", at)


def _with_part(tokens: Tokens, amount: _Amount) -> _Amount:
    """Add "and a half", or read "two thirds", "three quarters" and "3/4"."""
    at, number = amount.next, amount.number
    if [tokens.low(at + n) for n in range(3)] == ["and", "a", "half"]:
        unit, after = _unit(tokens, at + 3, number)
        scale = amount.magnitude if amount.magnitude > 1 else 1
        return replace(amount, value=amount.value + Fraction(scale, 2), unit=amount.unit or unit, next=after)
    word = tokens.low(tokens.hyphen(at))
    if amount.unit or number.ordinal or not number.figures or word not in DENOMINATORS:
        return amount
    if word.endswith("s") or number.value == 1:
        return replace(amount, value=amount.value / DENOMINATORS[word], unit="/", next=tokens.hyphen(at) + 1)
    return amount


def _with_cents(tokens: Tokens, amount: _Amount) -> _Amount:
    """Read "five dollars and twenty cents" as one amount, "fifty cents" as half a dollar."""
    if amount.unit in ("cent", "penny"):
        return replace(amount, value=amount.value / 100, unit="$" if amount.unit == "cent" else "£")
    if amount.unit not in MONEY.values() or amount.prefixed or amount.unit == "":
        return amount
    at = amount.next + (tokens.low(amount.next) == "and")
    small = cardinal(tokens, at)
    if small is None or tokens.low(small.next) not in ("cent", "cents", "pence", "penny"):
        return amount
    return replace(amount, value=amount.value + small.value / 100, next=small.next + 1)


def _quantity(tokens: Tokens, amount: _Amount) -> Quantity:
    """Settle an amount: a fraction may be a pair of figures, a version is told figure by figure."""
    number = amount.number
    start, end = tokens[amount.start].start, tokens[amount.next - 1].end
    plain = amount.unit == "" and amount.value == number.value
    figures = number.figures if plain else ""
    unit = "version" if plain and "." in figures else amount.unit.removeprefix("/")
    return Quantity(value=amount.value, unit=unit, figures=figures.replace(".", ""), start=start, end=end)
