"""What holds for any text whatever."""

import re
import time
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadcast import markup
from roadcast.errors import PassageRejected
from roadcast.numerals import missing, quantities
from roadcast.spoken import Reading, speak

FIGURES = st.text("0123456789.,:/-$€£%+ KMx", min_size=1, max_size=24)
WRITTEN = (
    "Q3 FY26 $1.2M 12% 3x v2.4.1 XR-450 11/30/2026 2026-11-30 3:30 PM 9-11am ~5 #1 1st No. 5 St. Dr. e.g. w/ & @acme #Go"
    ' a.b@c.io acme.com/x 24/7 3/4 ½ -3 \'tis "so" (12) … — – 5" 6\'2" K8s I II XIV U.S. i.e. $ % / \\ | * _ ~ ` ^ < > = + 😀'
    " 2019/20 1990s '26 +1 415 555 0132 1.5bn €5 5€ -$3 10-12K oh zero half second May Mr. vs. C++ AT&T $(3) 10^6"
    " 45/100 1h05 40'000 n~2 p<3 <3 8) 0x8F 2027-09 10/14-16 4/7, 9/30/26-10/1/26 120/80 10+ GB x T&M M8 x4 0630 hrs 1:25 scale"
)
PIECES = st.sampled_from(WRITTEN.split(" "))
MIXED = st.lists(st.one_of(PIECES, FIGURES, st.text(max_size=6)), max_size=8).map(" ".join)
ANY = st.one_of(st.text(), MIXED, FIGURES)
READINGS = st.builds(
    Reading,
    day_first=st.booleans(),
    cents=st.booleans(),
    zero=st.sampled_from(["oh", "zero", "o"]),
    codes=st.sampled_from(["cardinal", "pairs", "figures"]),
)


def said(text, **options):
    """Give what is said, or None where it is refused as it should be."""
    try:
        return speak(text, **options).text
    except PassageRejected:
        return None


def sayable(character):
    return character in " ,.;:?!'" or (character.isalpha() and unicodedata.name(character).startswith("LATIN"))


@settings(max_examples=600, deadline=None)
@given(ANY, READINGS)
def test_only_letters_spaces_and_breath_reach_a_voice_and_saying_it_again_changes_nothing(text, reading):
    once = said(text, reading=reading)
    if once is None:
        return
    assert all(map(sayable, once)), once
    assert "  " not in once
    assert once == once.strip()
    assert said(once, reading=reading) == once


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**27 - 1))
def test_a_number_is_told_by_its_value(value):
    (quantity,) = quantities(speak(f"{value:,}").text)
    assert quantity.value == value


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 999_999), st.sampled_from(["", "K", "M", "B"]), st.integers(0, 99))
def test_an_amount_of_money_is_told_by_its_value(whole, magnitude, cents):
    written = f"${whole:,}{magnitude}" if magnitude else f"${whole:,}.{cents:02d}"
    scale = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}[magnitude]
    value = sum(quantity.value for quantity in quantities(speak(written).text))
    assert value * 100 == (whole * scale * 100 if magnitude else whole * 100 + cents)


@settings(max_examples=200, deadline=None)
@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y"]),
)
def test_a_date_is_told_with_its_month_day_and_year(day, form):
    written = day.strftime(form)
    assert missing(quantities(written), quantities(speak(written).text)) == ()


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_markup_entity_or_control_character_survives_the_whole_way(text):
    for sentence in markup.sentences(text, path="x.md"):
        once = said(sentence.text)
        assert once is None or all(map(sayable, once)), once


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "word " * 12_000,
        "1/" * 5_000,
        "12 " * 5_000,
        "$" * 50_000,
        "9" * 50_000,
        "a." * 20_000,
        "A." * 20_000,
        "1-" * 10_000,
        "5' " * 10_000,
        "http://" + "a/" * 20_000,
        "(" * 50_000,
        "-" * 50_000,
        "a-" * 20_000 + ".com",
        "😀" * 50_000,
        "May " * 20_000,
        "'" * 50_000,
    ],
    ids=lambda text: f"{text[:6]!r}x{len(text)}",
)
def test_no_text_however_long_or_odd_takes_more_than_a_moment(text):
    # A megabyte without a full stop takes a few seconds; twenty are a machine that nine others share.
    started = time.process_time()
    said(text)
    assert time.process_time() - started < 20


def test_the_checks_can_fail():
    """The read-back is worth something only if it notices: what is told is not what was written."""
    from roadcast.spoken.readback import unread

    assert unread("$1.2M in Q3", "one point two million dollars in Q three") is None
    for wrong in (
        "one point three million dollars in Q three",
        "one two million dollars in Q three",
        "one point two dollars in Q three",
        "one point two billion dollars in Q three",
        "one point two million dollars in Q",
        "one point two million dollars in Q three four",
    ):
        assert unread("$1.2M in Q3", wrong) is not None, wrong
    assert unread("10,500", "ten five hundred") is not None
    assert unread("911", "nine eleven") is None
    assert not re.search(r"\d", speak("911").text)
