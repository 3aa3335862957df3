"""Read one cardinal or ordinal number, in figures or in words, without its unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from roadcast.numerals.tokens import Tokens
from roadcast.numerals.words import BIG, DECADES, FRACTION_SIGNS, MAGNITUDES, ONES, ORDINALS, TEENS, TENS

LONGEST = 60
"""Figures of a code that are told in one breath at most; more begin another."""
GREATEST = 10**15
"""Magnitudes beyond this are not multiplied any further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cardinal:
    """A number as it stands.

    Attributes:
        figures: as in `Quantity`.
        magnitude: the last multiplication ("million"), already part of the value; a range may share it.
        ordinal: whether it ended as one; words: whether it was written in words.
        next: the token behind it.
    """

    value: Fraction
    next: int
    figures: str = ""
    magnitude: int = 1
    ordinal: bool = False
    words: bool = False


def cardinal(tokens: Tokens, at: int) -> Cardinal | None:
    """Read the number that begins at a token, if one does."""
    return _figures(tokens, at) or _worded(tokens, at)


def _figures(tokens: Tokens, at: int) -> Cardinal | None:
    """Read "7", "0100", "10,500", "1.25", "2.4.1" (its figures in a row), "½" or "1½"."""
    text = tokens[at].text
    if text in FRACTION_SIGNS:
        return Cardinal(value=FRACTION_SIGNS[text], next=at + 1)
    if not tokens[at].figure:
        return None
    if text.count(".") > 1:
        return Cardinal(value=Fraction(text.replace(".", "")), figures=text, next=at + 1)
    part = FRACTION_SIGNS.get(tokens[at + 1].text)
    value = Fraction(text.replace(",", "")) + (part or 0)
    exact = part is not None or "." in text or "," in text
    return Cardinal(value=value, figures="" if exact else text, next=at + (2 if part else 1))


def _worded(tokens: Tokens, at: int) -> Cardinal | None:
    """Read a number in words: one that is built by addition, or pieces told one after the other."""
    first = _sum(tokens, at)
    if first is None:
        return None
    if tokens.low(first.next) in ("point", "dot") and (decimal := _decimals(tokens, first)):
        return decimal
    return _pieces(tokens, first)


def _pieces(tokens: Tokens, first: Cardinal) -> Cardinal:
    """Go on with "twenty six" behind "twenty", "five five" behind "five": a year or a code in pieces."""
    whole = first
    while whole.figures and not whole.ordinal and len(whole.figures) < LONGEST:
        at = tokens.hyphen(whole.next)
        piece = _toll_free(tokens, at, whole) or _oh(tokens, at) or _sum(tokens, at)
        if piece is None or not piece.figures or tokens.low(at) == "second":
            break
        if tokens.low(piece.next) in ("point", "dot") and _decimals(tokens, piece):
            break
        figures = whole.figures + piece.figures
        whole = Cardinal(value=Fraction(figures), figures=figures, next=piece.next, ordinal=piece.ordinal, words=True)
    return whole


def _toll_free(tokens: Tokens, at: int, whole: Cardinal) -> Cardinal | None:
    """Read the "eight hundred" of "one eight hundred five five five"."""
    value = ONES.get(tokens.low(at), 0)
    if whole.figures != "1" or not value or tokens.low(at + 1) != "hundred":
        return None
    return Cardinal(value=Fraction(value * 100), figures=f"{value}00", next=at + 2, words=True)


def _oh(tokens: Tokens, at: int) -> Cardinal | None:
    """Read an "oh", which is a zero only within a code, and no part of "o'clock"."""
    if tokens.low(at) not in ("oh", "o") or tokens[at + 1].text in ("'", "’"):
        return None
    return Cardinal(value=Fraction(0), figures="0", next=at + 1, words=True)


def _sum(tokens: Tokens, at: int) -> Cardinal | None:
    """Read "twenty-six", "twelve hundred fifty", "two million three hundred thousand and five"."""
    if tokens.low(at) in ("oh", "o") and tokens.low(at + 1) in ONES:
        return _oh(tokens, at)
    number, total, limit = _group(tokens, at), Fraction(0), GREATEST
    while number and not number.ordinal and number.value:
        behind = tokens.hyphen(number.next)
        scale = BIG.get(tokens.low(behind), 0)
        if not 0 < scale < limit:
            break
        total, limit = total + number.value * scale, scale
        rest = _group(tokens, behind + 1 + (tokens.low(behind + 1) == "and"))
        if rest is None or not rest.value:
            return Cardinal(value=total, magnitude=scale, next=behind + 1, words=True)
        number = replace(rest, figures="")
    if number and tokens.low(number.next) == "thousandth" and number.value:
        return Cardinal(value=total + number.value * 1000, next=number.next + 1, ordinal=True, words=True)
    return number and replace(number, value=total + number.value)


def _group(tokens: Tokens, at: int) -> Cardinal | None:
    """Read a number of tens and ones, with hundreds before them: "twelve hundred and fifty"."""
    if tokens.low(at) in ("a", "an") and (tokens.low(at + 1) in BIG or tokens.low(at + 1) == "hundred"):
        small: Cardinal | None = Cardinal(value=Fraction(1), next=at + 1, words=True)
    else:
        small = _small(tokens, at)
    if small is None or small.ordinal or not small.value:
        return small
    word, behind = tokens.low(tokens.hyphen(small.next)), tokens.hyphen(small.next) + 1
    if word == "hundredth":
        return Cardinal(value=small.value * 100, next=behind, ordinal=True, words=True)
    if word != "hundred":
        return small
    rest = _small(tokens, tokens.hyphen(behind) + (tokens.low(behind) == "and"))
    if rest is None or not rest.value:
        return Cardinal(value=small.value * 100, next=behind, words=True)
    return replace(rest, value=small.value * 100 + rest.value, figures="")


def _small(tokens: Tokens, at: int) -> Cardinal | None:
    """Read a number below one hundred."""
    word = tokens.low(at)
    if word in TENS:
        then = tokens.hyphen(at + 1)
        last = ONES.get(tokens.low(then)) or (ORDINALS.get(tokens.low(then)) if tokens.low(then) != "second" else None)
        if last and last < 10:
            return _told(TENS[word] + last, then + 1, ordinal=tokens.low(then) in ORDINALS)
    for table in (ONES, TEENS, TENS, DECADES):
        if word in table:
            return _told(table[word], at + 1)
    return _told(ORDINALS[word], at + 1, ordinal=True) if ORDINALS.get(word, 100) < 100 else None


def _told(value: int, behind: int, *, ordinal: bool = False) -> Cardinal:
    return Cardinal(value=Fraction(value), figures=str(value), next=behind, ordinal=ordinal, words=True)


def _decimals(tokens: Tokens, whole: Cardinal) -> Cardinal | None:
    """Read "two point five", and "two point four point one" as a version."""
    at, parts = whole.next, [str(whole.value)]
    while tokens.low(at) in ("point", "dot") and len(parts) < 10:
        figures, inner = "", at + 1
        while len(figures) < LONGEST and (piece := _oh(tokens, inner) or _plain(tokens, inner)) is not None:
            figures, inner = figures + piece.figures, piece.next
        if not figures:
            break
        parts, at = [*parts, figures], inner
    if len(parts) == 1:
        return None
    if len(parts) > 2:
        return Cardinal(value=Fraction("".join(parts)), figures=".".join(parts), next=at, words=True)
    return _scaled(tokens, Cardinal(value=Fraction(".".join(parts)), next=at, words=True))


def _plain(tokens: Tokens, at: int) -> Cardinal | None:
    """Read one group of figures behind a point: "five", "fifteen", "twenty five"."""
    word, then = tokens.low(at), tokens.low(tokens.hyphen(at + 1))
    if word in TENS and ONES.get(then):
        return Cardinal(value=Fraction(0), figures=str(TENS[word] + ONES[then]), next=tokens.hyphen(at + 1) + 1)
    value = ONES.get(word, TEENS.get(word, TENS.get(word)))
    return None if value is None else Cardinal(value=Fraction(0), figures=str(value), next=at + 1)


def _scaled(tokens: Tokens, number: Cardinal) -> Cardinal:
    """Multiply by the magnitude words behind it."""
    magnitude, at = 1, number.next
    while tokens.low(at) in MAGNITUDES and magnitude < GREATEST:
        magnitude, at = magnitude * MAGNITUDES[tokens.low(at)], at + 1
    return Cardinal(value=number.value * magnitude, magnitude=magnitude, next=at, words=number.words)
