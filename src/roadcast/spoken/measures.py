"""Say percentages, multiples, measures and plain ranges: 12%, 5-10%, 3x, 120ms, 10 GB/s, 6'2", 1920x1080."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import NUMBER, number
from roadcast.spoken.rules import Reading, either, rule

UNITS = {written: (one, many) for written, one, many, _ in tables.rows("units")}
# Only right behind the figure: "5s" is a time, "5 s" hardly ever.
CLOSE = frozenset(row[0] for row in tables.rows("units") if row[3] == "close")
PER = tables.pairs("per")

_UNIT = (
    rf"(?:\s?-?(?P<unit>{either(set(UNITS) - CLOSE)})|(?P<close>{either(CLOSE)}))(?P<per>/(?:{either(PER)}))?"
    r"(?![\w²³]|/\w)"
)
_DASH = r"\s?(?:-|–|—|to)\s?"
_START = r"(?<![\w.,/:])"
_SIGN = r"(?P<sign>[-–+±~<>])?"
_MAGNITUDE = r"(?P<magnitude>\s(?:hundred|thousand|million|billion|trillion))?"

_SIGNS = {
    "-": "minus ", "–": "minus ", "+": "plus ", "~": "about ", "<": "less than ", ">": "more than ",
    "±": "plus or minus ",
}  # fmt: skip


def sign(written: str | None) -> str:
    """Say what stands before a number."""
    return _SIGNS.get(written or "", "")


def _plain(written: str) -> str:
    return number(written.replace(",", ""))


def _unit(match: re.Match[str], *, one: bool) -> str:
    singular, plural = UNITS[match["unit"] or match["close"]]
    per = f" per {PER[match['per'][1:]]}" if match["per"] else ""
    return (singular if one else plural) + per


def _measure(match: re.Match[str], reading: Reading) -> str:
    del reading
    magnitude = match["magnitude"] or ""
    joined = match.string[match.end() : match.end() + 1] == "-"
    one = (match["amount"] == "1" and not magnitude) or (joined and match["unit"] != "%")
    return f"{sign(match['sign'])}{_plain(match['amount'])}{magnitude} {_unit(match, one=one)}"


def _range(match: re.Match[str], reading: Reading) -> str:
    del reading
    low, high = _plain(match["low"]), f"{_plain(match['high'])}{match['magnitude'] or ''}"
    first = match["first"]
    if first and first != (match["unit"] or match["close"]):
        low += " " + UNITS[first][1]
    return f"{sign(match['sign'])}{low} to {sign(match['sign2'])}{high} {_unit(match, one=False)}"


def _by(match: re.Match[str], reading: Reading) -> str:
    """Say 1920x1080 and 3 x 4 x 5."""
    del reading
    return " by ".join(_plain(part.strip()) for part in re.split(r"[xX×]", match.group()))


def _multiple(match: re.Match[str], reading: Reading) -> str:
    del reading
    low = f"{_plain(match['low'])} to " if match["low"] else ""
    mark = " times" if match["mark"] == "×" else " x"
    return f"{sign(match['sign'])}{low}{_plain(match['amount'])}{mark}{' plus' if match['plus'] else ''}"


def _height(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"{_plain(match['feet'])} foot {_plain(match['inches'])}"


def _inches(match: re.Match[str], reading: Reading) -> str:
    del reading
    joined = match.string[match.end() : match.end() + 1] == "-"
    return f"{_plain(match['amount'])} {'inch' if match['amount'] == '1' or joined else 'inches'}"


def _between(match: re.Match[str], reading: Reading) -> str:
    """Say a plain range; a number that falls is a score or a code, and "to" is right for both."""
    del reading
    return f"{sign(match['sign'])}{_plain(match['low'])} to {_plain(match['high'])}"


def _hours(match: re.Match[str], reading: Reading) -> str:
    """Say 2h30m and 1h 5m."""
    del reading
    hours, minutes = match["hours"], match["minutes"]
    return f"{_plain(hours)} hour{'s' * (hours != '1')} {number(str(int(minutes)))} minute{'s' * (int(minutes) != 1)}"


_SHARED = r"(?:\s?(?P<first>%|°C|°F|°|km|kg|GB|TB|MB|ms))?"
_HAS_RANGE = r"\d\D{0,5}(?:[-–—]|to)\s?[-+]?\d"
_HAS_TIMES = r"\d\s?[xX×]"

PERCENT_AND_UNITS = (
    rule(rf"{_START}(?P<hours>\d+)h\s?(?P<minutes>[0-5]?\d)(?:m|min)?(?!\w)", _hours, needs=r"\dh"),
    rule(rf"{_START}(?P<feet>\d)'\s?(?P<inches>\d\d?)(?:\"|'')?(?!\w)", _height, needs=r"\d'"),
    rule(rf"{_START}(?P<amount>{NUMBER})(?:\"|''|-?in(?!\w))(?!\w)", _inches, needs=r"\d(?:\"|''|-?in)"),
    rule(
        rf"{_START}{_SIGN}(?P<low>{NUMBER}){_SHARED}{_DASH}(?P<sign2>[-+])?(?P<high>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _range,
        needs=_HAS_RANGE,
    ),
    rule(
        rf"{_START}{_SIGN}(?<![\w.,:])(?P<amount>{NUMBER}){_MAGNITUDE}{_UNIT}",
        _measure,
        needs=r"\d\s?-?[A-Za-zµ°%Ω]",
    ),
    rule(
        rf"{_START}{_SIGN}(?:(?P<low>{NUMBER})[xX×]?{_DASH})?(?P<amount>{NUMBER})\s?(?P<mark>[xX×])(?P<plus>\+)?"
        r"(?![\w]|\s?\d)",
        _multiple,
        needs=_HAS_TIMES,
    ),
    rule(rf"{_START}{NUMBER}(?:[xX×]{NUMBER}|\s[x×]\s{NUMBER})+(?![\w])", _by, needs=_HAS_TIMES),
)

RANGES = (
    rule(
        rf"{_START}{_SIGN}(?<![#-])(?P<low>{NUMBER})\s?[–—-]\s?(?P<high>{NUMBER})(?![\w-]|[.,/:]\d)",
        _between,
        needs=r"\d\s?[–—-]\s?\.?\d",
    ),
)
