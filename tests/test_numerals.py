from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast.numerals import Quantity, digits, missing, quantities, same

READ = [
    # text, values with units
    ("We sold 7 of them.", [(7, "")]),
    ("seven", [(7, "")]),
    ("twenty-six", [(26, "")]),
    ("twelve hundred and fifty", [(1250, "")]),
    ("two million three hundred thousand and five", [(2_300_005, "")]),
    ("a hundred", [(100, "")]),
    ("a dozen boxes, two dozen more", [(12, ""), (24, "")]),
    ("10,500", [(10500, "")]),
    ("10,500, of which 1,180, roughly", [(10500, ""), (1180, "")]),
    ("1,2 and 3", [(1, ""), (2, ""), (3, "")]),
    ("0.5", [("1/2", "")]),
    ("the share is .5 today", [("1/2", "")]),
    ("two point five", [("5/2", "")]),
    ("zero point oh five", [("1/20", "")]),
    ("1½ pages", [("3/2", "")]),
    ("one and a half hours", [("3/2", "h")]),
    ("two thirds of them", [("2/3", "")]),
    ("three quarters", [("3/4", "")]),
    ("a third of customers", [("1/3", "")]),
    ("$1.2M", [(1_200_000, "$")]),
    ("1.2 million dollars", [(1_200_000, "$")]),
    ("$5.20", [("26/5", "$")]),
    ("five dollars and twenty cents", [("26/5", "$")]),
    ("fifty cents", [("1/2", "$")]),
    ("€3bn", [(3_000_000_000, "€")]),
    ("$5m", [(5_000_000, "$")]),
    ("136m euros", [(136_000_000, "€")]),
    ("a 5 m pipe", [(5, "m")]),
    ("10k users", [(10_000, "")]),
    ("15%", [(15, "%")]),
    ("fifteen per cent", [(15, "%")]),
    ("5 percentage points", [(5, "pp")]),
    ("40 bps", [(40, "bp")]),
    ("3x", [(3, "x")]),
    ("twice as fast, tenfold", [(2, "x"), (10, "x")]),
    ("a 4x4 car", [(4, ""), (4, "")]),
    ("$10-12M", [(10_000_000, "$"), (12_000_000, "$")]),
    ("$10M-$12M", [(10_000_000, "$"), (12_000_000, "$")]),
    ("10–15%", [(10, "%"), (15, "%")]),
    ("ten to fifteen percent", [(10, "%"), (15, "%")]),
    ("5 to 10 minutes", [(5, "min"), (10, "min")]),
    ("a 30-day trial", [(30, "day")]),
    ("-40 °C", [(-40, "°c")]),
    ("minus forty degrees Celsius", [(-40, "°c")]),
    ("5 ppm", [(5, "ppm")]),
    ("five parts per million", [(5, "ppm")]),
    ("2 millimetres per second", [(2, "mm")]),
    ("4-20 mA", [(4, "ma"), (20, "ma")]),
    ("5 GB of data", [(5, "gb")]),
    ("Q3 FY26", [(3, "quarter"), (2026, "FY")]),
    ("the third quarter of fiscal year 2026", [(3, "quarter"), (2026, "FY")]),
    ("1H", [(1, "half")]),
    ("the first half", [(1, "half")]),
    ("1st, 2nd and 21st", [(1, ""), (2, ""), (21, "")]),
    ("the twenty-first time", [(21, "")]),
    ("thirty seconds", [(30, "s")]),
    ("2026-11-30", [(2026, ""), (11, "calendar"), (30, "")]),
    ("Nov. 30", [(11, "calendar"), (30, "")]),
    ("on May 5, but it may 5 times", [(5, "calendar"), (5, ""), (5, "x")]),
    ("10/01/26", [(10, ""), (1, ""), (2026, "")]),
    ("2026-13-45", [(2026, ""), (13, ""), (45, "")]),
    ("7:30 p.m.", [(1930, "time")]),
    ("7 PM", [(1900, "time")]),
    ("12:15 a.m.", [(15, "time")]),
    ("ten o'clock", [(1000, "time")]),
    ("the 1990s", [(1990, "")]),
    ("twenty twenty six", [(2026, "")]),
    ("nineteen oh five", [(1905, "")]),
    ("Version 2.4.1", [(241, "version")]),
    ("two point four point one", [(241, "version")]),
    ("Phase II", [(2, "")]),
    ("thousands of people", [(1000, "many")]),
    ("100 and 98%", [(100, ""), (98, "%")]),
    # and what is no number
    ("No one helps one another.", []),
    ("B2B and P2P", []),
    ("per million, every second", []),
    ("He marched in march; it may.", []),
    ("Oh, to be in on it!", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text or "nothing" for text, _ in READ])
def test_a_text_is_read(text: str, expected: list[tuple[int | str, str]]) -> None:
    assert [(q.value, q.unit) for q in quantities(text)] == [(Fraction(value), unit) for value, unit in expected]


SPOKEN = """
$1.2M | one point two million dollars
$3.4MM | three point four million dollars
$450K | four hundred fifty thousand dollars
1.5bn | one point five billion
12,345,678 | twelve million three hundred forty-five thousand six hundred seventy-eight
1,250 | one thousand two hundred fifty
1,250 | twelve hundred fifty
1005 | one thousand and five
$19.99 | nineteen dollars and ninety-nine cents
£5 | five pounds
5 lb | five pounds
1.25 | one point two five
1.25 | one point twenty five
15% | fifteen percent
3x | three times
1/2 | one half
3/4 | three quarters
3/4 | March fourth
60/40 | sixty forty
24/7 | twenty four seven
Q3 FY26 | third quarter of fiscal twenty twenty six
Q3 FY26 | Q three F Y twenty six
H1 | H one
2026 | twenty twenty-six
2026 | two thousand twenty six
2005 | twenty oh five
2026-11-30 | November thirtieth, twenty twenty six
10/01/2026 | October first, twenty twenty six
30 Nov | the thirtieth of November
10:30 | ten thirty
10:00 a.m. | ten a m
19:30 | seven thirty p m
19:30 | nineteen thirty
9 to 5 | nine to five
2-3 weeks | two to three weeks
0-10 V | zero to ten volts
30-second | thirty second
32nd | thirty second
1990s | nineteen nineties
XR-450 | X R four fifty
XR-450 | X R four hundred fifty
IP67 | I P sixty-seven
v2.4.1 | version two point four point one
415-555-0100 | four one five, five five five, oh one zero zero
415-555-0100 | four one five five five five zero one zero zero
1-800-555-0100 | one eight hundred five five five oh one zero zero
#1 | number one
B2B | B to B
Phase II | phase two
-5% | minus five percent
"""


@pytest.mark.parametrize("line", SPOKEN.strip().splitlines())
def test_written_and_spoken_numbers_compare_equal_both_ways(line: str) -> None:
    written, spoken = (quantities(part) for part in line.split(" | "))
    assert missing(spoken, written) == ()
    assert missing(written, spoken) == ()


WRONG = """
10,500 | ten, five hundred
$5.20 | five hundred twenty dollars
1.5bn | one. five billion
136m euros | one hundred thirty six meters euros
15% | fifty percent
15% | fifteen dollars
15% | fifteen
$1.2M | one point two billion dollars
2.4.1 | two point four one
24.1 | two four one
415-555-0100 | four one five five five five oh one zero one
415-555-0100 | four one five five five five oh one zero
100 and 98% | one hundred ninety-eight percent
2026-11-30 | December thirtieth, twenty twenty six
7 PM | seven a m
5 minutes | five hours
5 mm | five meters
two of three | two of two
Q3 | fourth quarter
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_a_number_told_wrongly_is_missed_on_one_side_at_least(line: str) -> None:
    written, spoken = (quantities(part) for part in line.split(" | "))
    assert missing(spoken, written) or missing(written, spoken)


def test_what_is_missing_is_named_as_it_was_claimed() -> None:
    (lost,) = missing(quantities("12 sites and $3M"), quantities("12 sites and $4M"))
    assert str(lost) == "$3000000"


def test_repetitions_count() -> None:
    assert len(missing(quantities("5, 5 and 5"), quantities("5 and 5"))) == 1


def test_the_figures_of_codes_are_told_in_a_row_whatever_their_grouping() -> None:
    assert digits(quantities("415-555-0100")) == digits(quantities("four one five, five five five oh one zero zero"))


def test_quantities_know_their_places() -> None:
    text = "From $1,180 to about nine hundred ninety dollars, on December 1."
    assert [text[q.start : q.end] for q in quantities(text)] == [
        "$1,180",
        "nine hundred ninety dollars",
        "December",
        "1",
    ]


def test_a_unit_may_be_left_out_only_where_speech_leaves_it_out() -> None:
    ten = Quantity(value=Fraction(10))
    assert same(ten, Quantity(value=Fraction(1000), unit="time"))
    assert not same(ten, Quantity(value=Fraction(10), unit="%"))
    assert not same(ten, Quantity(value=Fraction(1000)))


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _in_words(number: int) -> str:
    """Write a number out, independently of the tables under test."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            return f"{_in_words(number // scale)} {name}" + (f" {_in_words(rest)}" if rest else "")
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_in_words_has_its_value(number: int) -> None:
    assert [q.value for q in quantities(f"There are {_in_words(number)} of them.")] == [number]
    assert [q.value for q in quantities(f"There are {number:,} of them.")] == [number]


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=10**6))
def test_two_numbers_are_the_same_only_if_they_are_equal(one: int, other: int) -> None:
    told = missing(quantities(f"It costs ${_in_words(one)}."), quantities(f"It costs ${other:,}."))
    assert bool(told) == (one != other)


ENDLESS = (
    *("7" * 9_000, "1," + "000," * 3_000, "1." * 5_000, "5-" * 5_000, "a" * 20_000 + "5", "one " * 9_000),
    *("5" + " million" * 2_000, "one point five" + " million" * 2_000),
    *("one point" + " five" * 9_000, "one" + " point five" * 5_000),
)


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: text[:20])
def test_endless_rows_are_read_in_pieces_and_in_time(text: str) -> None:
    began = time.process_time()
    assert quantities(text)
    assert time.process_time() - began < 5


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    found = quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert missing(found, found) == ()


@given(st.text(alphabet="0123456789.,:/-$%° apmQHFYone twotenand", max_size=40))
def test_any_row_of_figures_and_signs_can_be_read(text: str) -> None:
    found = quantities(text)
    assert missing(found, found) == ()
