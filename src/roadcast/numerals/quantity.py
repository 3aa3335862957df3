"""Hold one number of a text, and compare what two texts tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

# The unit of the left may stand without it on the right: "11/30" and "November thirtieth", "10:00" and "ten",
# "Q3" and "Q three", "£5" and "five pounds", "5 pounds" and "5 lb".
_KIN = frozenset({("", "calendar"), ("", "time"), ("", "quarter"), ("", "half"), ("", "FY"), ("pound", "£")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number and its unit, wherever and however it was written.

    Attributes:
        value: magnitude folded in; a clock time is HHMM, a version its figures in a row.
        unit: "" where there is none or none is known; "$", "€", "£", "%", "x", "min", "kg" ...;
            "calendar" for a month of the year, "quarter", "half" and "FY" for business calendars,
            "time" for a clock time, "version", "many" for "thousands of".
        figures: the digits in the order in which they may be told one by one or in pairs ("0100");
            "" where only the value counts, as in "$5.20", "10,500" and "three million".
        start: where it begins in the text, end: where it ends; no part of equality.
    """

    value: Fraction
    unit: str = ""
    figures: str = field(default="", compare=False)
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    def __str__(self) -> str:
        whole = self.value.denominator == 1
        plain = f"{int(self.value)}" if whole else f"{float(self.value):g}"
        if self.figures and self.unit == "" and whole:
            return self.figures
        return f"{self.unit}{plain}" if self.unit in ("$", "€", "£", "¥") else f"{plain} {self.unit}".rstrip()


def same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities say the same, allowing for units that speech leaves out."""
    units = {one.unit, other.unit}
    if one.unit == other.unit or tuple(sorted(units)) in _KIN:
        return one.value == other.value or ("time" in units and _on_the_hour(one, other))
    if "second?" in units:
        return _thirty_second(one, other)
    return False


def _on_the_hour(one: Quantity, other: Quantity) -> bool:
    """10:00 is told as "ten"."""
    low, high = sorted((one.value, other.value))
    return low * 100 == high


def _thirty_second(one: Quantity, other: Quantity) -> bool:
    """Allow for "thirty second", which is the 32nd as well as half a minute."""
    told, written = (one, other) if one.unit == "second?" else (other, one)
    return written.value == told.value + {"": 2, "s": 0}.get(written.unit, -1)


def missing(claimed: Sequence[Quantity], source: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Find what is claimed but not told by the source, counting repetitions.

    A code may be told in other pieces than it was written in: one quantity with figures on one side
    matches several in a row on the other when their figures are the same ("415-555-0100" and
    "four one five five five five oh one zero zero").
    Ask again with the arguments swapped for what was left out.
    """
    left = list(source)
    rest = []
    for quantity in claimed:
        match = next((n for n, candidate in enumerate(left) if same(quantity, candidate)), None)
        if match is None:
            rest.append(quantity)
        else:
            del left[match]
    _join(left, rest)
    _join(rest, left)
    return tuple(rest)


def _join(whole: list[Quantity], pieces: list[Quantity]) -> None:
    """Strike out every quantity of one list that the other tells in pieces, and those pieces."""
    for quantity in tuple(whole):
        found = _pieces(quantity.figures, pieces)
        if found:
            whole.remove(quantity)
            del pieces[found]


def _pieces(figures: str, pieces: Sequence[Quantity]) -> slice | None:
    """Find neighbours whose figures make up the given ones."""
    for start in range(len(pieces)):
        told = ""
        for end in range(start, len(pieces)):
            told += pieces[end].figures
            if not pieces[end].figures or not figures.startswith(told):
                break
            if told == figures:
                return slice(start, end + 1)
    return None


def digits(quantities: Sequence[Quantity]) -> str:
    """Tell all figures in a row, for codes that may be told in any grouping."""
    return "".join(q.figures or str(q.value.numerator) for q in quantities)
