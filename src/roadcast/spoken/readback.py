"""Read the numbers back out of a spoken text, and find the first one that does not say what was written.

Independent of the rules: it knows how a number may be told, not what stands around it. Every run of figures in
the written text has a few legitimate readings (as a cardinal, in pairs, figure by figure, as the name of a month);
the number words of the spoken text must be these readings, in order, with nothing left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, product

from roadcast.spoken import tables
from roadcast.spoken.dates import MONTHS
from roadcast.spoken.money import MAGNITUDES
from roadcast.spoken.numbers import ONES, SCALES, TENS, cardinal, ordinal, pairs, roman, spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import either

_Words = tuple[str, ...]

_BASE = {word: word for word in (*ONES, *TENS[2:], "hundred", *SCALES[1:])}
_BASE |= {ordinal(str(value)).split()[-1]: cardinal(str(value)).split()[-1] for value in range(101)}
_BASE |= {f"{scale}th": scale for scale in SCALES[1:]}
_BASE |= {
    word[:-1] + "ies" if word.endswith("y") else word + ("es" if word == "six" else "s"): base
    for word, base in list(_BASE.items())
}
# Units that hold a number: MMcf is a million cubic feet.
_HELD = {
    written: tuple(word for word in many.split() if word in SCALES)
    for written, _one, many, _place in tables.rows("units")
    if not set(SCALES).isdisjoint(many.split())
}
_BASE |= {
    "point": "point",
    "dot": "point",
    "oh": "zero",
    "o": "zero",
    "half": "two",
    "halves": "two",
    "quarter": "four",
    "quarters": "four",
}
# Words that are also something else: they may stand in a text without being a number.
_SOFT = frozenset(
    {"point", "dot", "oh", "o", "half", "halves", "quarter", "quarters", "second", "seconds", "dozen", "ones", "tens"}
)

# No honest text leaves more places open at once; "1/1/1/1..." would leave as many as it is long.
_PLACES = 16

_TOKEN = pattern(
    r"(?P<iso>(?<![\d.])(?:1\d|20)\d\d(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])(?!\d))"
    r"|(?P<monthly>(?<![\d./-])(?:(?:0?[1-9]|1[0-2])/20\d\d|20\d\d[-/](?:0[1-9]|1[0-2]))(?![\d/-]))"
    r"|(?P<date>(?:(?<![\d./-])|(?<=/\d-)|(?<=/\d\d-))\d\d?(?:/\d\d?|(?P<by>[/.-])\d\d?(?P=by)(?:\d{4}|\d\d))(?!\d|\s?(?:[KMBkm]|bn|mn)(?![A-Za-z])|[/.-]\d(?!\d?/\d\d?(?:/(?:20)?\d\d)?(?![\d/]))(?!(?<=-\d)\d?(?![\w/-]|\.\d))))"
    r"|(?P<figures>\d{1,3}(?:,\d{3})+(?!\d)|\d\d?(?:,\d\d)+,\d{3}(?!\d)|\d+)(?:\s?-?(?P<magnitude>[A-Za-z]{1,3}|mill|"
    + either(_HELD)
    + r")(?![A-Za-z]|&[A-Z]))?"
    r"|(?P<point>(?<=\d)\.(?=\d))"
    r"|(?P<word>[^\W\d_]+)"
)
_LETTERS = pattern(r"[^\W\d_]+")


def unread(written: str, spoken: str) -> str | None:
    """Find the number that is lost, changed or invented; None if all are told.

    Returns:
        the figures as written, or the surplus words of the spoken text.
    """
    if written == spoken:
        return None
    said = _LETTERS.findall(spoken)
    words = [(_BASE[word], word in _SOFT) for word in map(str.lower, said) if word in _BASE]
    reached = {0}
    for token, readings in _tokens(written, frozenset(said)):
        after = _step(words, reached, readings)
        if not after:
            return token
        reached = after
    if len(words) in _skipped(words, reached):
        return None
    return " ".join(word for word, _ in words[max(reached) : max(reached) + 8])


def _step(words: Sequence[tuple[str, bool]], reached: Iterable[int], readings: Iterable[_Words]) -> set[int]:
    """Go from the places reached so far to those behind one of the readings."""
    after = set()
    for start in _skipped(words, reached):
        for reading in readings:
            end = start + len(reading)
            if end <= len(words) and all(words[start + n][0] == word for n, word in enumerate(reading)):
                after.add(end)
    return after if len(after) <= _PLACES else set(sorted(after)[-_PLACES:])


def _skipped(words: Sequence[tuple[str, bool]], reached: Iterable[int]) -> set[int]:
    """Add the places behind words that need not be numbers."""
    places = set()
    for start in reached:
        place = start
        places.add(place)
        while place < len(words) and words[place][1] and place - start < 12:
            place += 1
            places.add(place)
    return places


def _tokens(written: str, said: frozenset[str]) -> Iterator[tuple[str, tuple[_Words, ...]]]:
    """List the numbers of a written text with the readings of each."""
    for match in _TOKEN.finditer(written):
        if match["word"]:
            readings = _word(match["word"])
        elif match["point"]:
            readings = _point(match, written)
        elif match["iso"]:
            year, of, day = re.split(r"[-/.]", match["iso"])
            runs = (year, of, day)
            readings = (*_date(day, of, year, said), *_in_order(runs), *_in_order(runs, between=("point",)))
        elif match["monthly"]:
            of, year = sorted(pair := re.split("[/-]", match["monthly"]), key=len)
            readings = (*_readings(year),) if MONTHS[int(of) - 1] in said else (*_in_order(pair),)
        elif match["date"]:
            readings = _slashed(match["date"], said)
        else:
            readings = _figures(match, written)
        if readings:
            around = written[max(0, match.start() - 6) : match.end() + 6].split()
            yield match["figures"] or next((part for part in around if match.group() in part), ""), readings


_PRICE = pattern(
    r"(?:[$€£¥₹]|\$[A-Z]{1,2}|\b[A-Z]{3}|\bRs?\.?|\bN|[₦₱]|\bkr)\s?(?:\d[\d,.]*\s?(?:-|–|to)\s?)?\d[\d,]*$"
)
_CENTS = pattern(rf"\.\d\d(?!\d)(?!\s?-?(?:{either(MAGNITUDES)})(?![A-Za-z]))")
_GROUPS = pattern(r"\d[.-]\d+$")
_GROUPED = pattern(r"\.\d+(?:[.-]\d|\s?[AaPp]\.?[Mm]|\s?(?:[€£$¥]|[A-Z]{3}\b))")


def _point(match: re.Match[str], written: str) -> tuple[_Words, ...]:
    """A decimal point is told, save before cents and in versions, telephone numbers and clock times."""
    at = match.start()
    before = written[max(0, at - 24) : at]
    cents = _PRICE.search(before) and _CENTS.match(written, at)
    silent = cents or _GROUPS.search(before) or _GROUPED.match(written, at)
    return (("point",), ()) if silent else (("point",),)


_CAMEL = pattern(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=8192)
def _word(word: str) -> tuple[_Words, ...]:
    """Read a written number word, or a roman numeral, which may also be letters."""
    low = word.lower()
    if low in _BASE:
        return ((_BASE[low],), ()) if low in _SOFT else ((_BASE[low],),)
    if word.isupper():
        value = roman(word) if len(word) < 9 else None
        return ((), _told(cardinal(str(value)))) if value else ()
    parts = _told(_CAMEL.sub(" ", word).lower()) if not word.islower() else ()
    return (parts, ()) if parts else ()  # "#OneTeam" is told as two words, "SevenRooms" as one


def _figures(match: re.Match[str], written: str) -> tuple[_Words, ...]:
    figures = match["figures"].replace(",", "")
    readings = {*_readings(figures), _told(cardinal(match["figures"]))}
    behind, before = written[match.end("figures") : match.end("figures") + 1], written[: match.start()][-2:]
    if not figures.strip("0") and (behind == "." or before.endswith((".", ":"))):
        readings.add(())  # $0.99 is ninety nine cents, $5.00 five dollars, 10:00 ten o'clock
    if before.endswith(".") and not before[:-1][-1:].isdecimal():
        readings |= {("zero", "point", *reading) for reading in tuple(readings)}  # .5
    if figures in {"00", "10"} and before.endswith("'"):
        readings.add(_told("twenty tens" if figures == "10" else "two thousands"))  # the '10s
    if figures in {"2", "3"} and _SQUARE.search(written, max(0, match.start() - 3), match.start()):
        readings.add(())  # km2
    if figures == "1" and behind == "/":
        readings.add(())  # one and a half
    scale = MAGNITUDES.get(match["magnitude"] or "", "")
    if scale in _BASE:
        scaled = {(*reading, scale) for reading in readings}
        price = _PRICED.search(written[max(0, match.start() - 24) : match.start()])
        readings = scaled if price and not _shared(match, written) else readings | scaled
    if match["magnitude"] in _HELD:
        readings = {(*reading, *_HELD[match["magnitude"]]) for reading in readings}
    elif match["magnitude"] and match["magnitude"].lower() in _BASE.keys() - {"o", "oh"} and scale not in _BASE:
        readings = {(*reading, _BASE[match["magnitude"].lower()]) for reading in readings}
    return tuple(readings)


_SQUARE = pattern(r"(?:m|ft|in|mi|yd)$")
# Behind a sign of money a magnitude must be told, "M" cannot be meters; only a range may tell it once.
_PRICED = pattern(r"[$€£¥₹]\s?[\d,]*\.?$")
_SHARED = pattern(r"\s?(?:-|–|—|to)\s?(?:[A-Z]{0,2}[$€£¥₹])?\s?[\d.,]+\s?-?([A-Za-z]{1,8})")


def _shared(match: re.Match[str], written: str) -> bool:
    """Tell whether the other end of a range has the same magnitude."""
    other = _SHARED.match(written, match.end())
    return other is not None and other[1] == match["magnitude"]


@lru_cache(maxsize=4096)
def _readings(figures: str) -> tuple[_Words, ...]:
    """List how a run of figures may be told."""
    short = figures.lstrip("0")
    said = {cardinal(figures), spelled(figures), pairs(figures) if len(figures) > 2 else ""}
    if short:
        said |= {cardinal(short), f"zero {cardinal(short)}"}
    if len(figures) in {4, 6, 8}:
        said.add(" ".join(cardinal(figures[at : at + 2]) for at in range(0, len(figures), 2)))
    if not short:
        said.add("zero")
    if figures == "00":
        said.add("hundred")
    if short == "1" + "0" * (len(figures) - 1) and len(figures) > 2:
        said.add(cardinal(figures).removeprefix("one "))  # thousands of
    return tuple({_told(one) for one in said if one})


def _told(said: str) -> _Words:
    return tuple(_BASE[word] for word in said.split() if word in _BASE)


def _in_order(runs: Sequence[str], *, between: _Words = ()) -> Iterator[_Words]:
    for first, *parts in product(*map(_readings, runs)):
        yield tuple(chain(first, *((*between, *part) for part in parts)))


def _date(day: str, of: str, year: str, said: frozenset[str]) -> Iterator[_Words]:
    """Read a date whose month is told by its name, and before the day and the year."""
    if day and of and 1 <= int(of) <= 12 and MONTHS[int(of) - 1] in said:
        century = ("19", "20") if len(year) == 2 else ("",)
        for part in century:
            yield from _in_order((day, part + year) if year else (day,))


def _slashed(written: str, said: frozenset[str]) -> tuple[_Words, ...]:
    """Read 11/30, 11/30/2026, 3/4, 2-3 and 10.5: a date in either order, or just its figures."""
    first, second, *rest = re.split(r"[/.-]", written)
    year = rest[0] if rest else ""
    readings = {*_date(second, first, year, said), *_date(first, second, year, said)}
    readings |= set(_in_order((first, second, *rest)))
    if "." in written:
        readings |= set(_in_order((first, second, *rest), between=("point",)))  # a version after all
    if first == "1" and not rest:
        readings |= set(_readings(second))  # one and a half
    return tuple(readings)
