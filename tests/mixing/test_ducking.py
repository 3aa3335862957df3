from dataclasses import replace

import numpy as np
import pytest

from mixing.hearing import RATE, passage
from roadcast.mixing.ducking import DUCKED, envelope, has_figures, sounding
from roadcast.mixing.timeline import merged
from roadcast.model import Origin


def at(gains: np.ndarray, second: float) -> float:
    """Gain in decibels at a second of a bed that starts at 1.0."""
    return float(20 * np.log10(max(gains[round((second - 1.0) * RATE)], 1e-6)))


def gains(heard, figures):
    return envelope((1.0, 21.0), heard, figures, rate=RATE)


def test_the_bed_gives_way_from_the_first_word_to_the_last():
    curve = gains([(3.0, 5.0), (5.4, 9.0)], [False, False])
    assert DUCKED <= -12
    for second in (3.0, 4.0, 5.2, 5.4, 9.0):  # the pause between sentences included
        assert at(curve, second) == pytest.approx(DUCKED, abs=0.2)
    assert at(curve, 2.0) == pytest.approx(0.0, abs=0.2)
    assert at(curve, 12.0) == pytest.approx(0.0, abs=0.2)


def test_the_bed_is_silent_under_figures_from_their_first_sound():
    curve = gains([(3.0, 5.0), (5.4, 9.0), (9.4, 12.0)], [False, True, False])
    for second in (5.4, 7.0, 9.0):
        assert at(curve, second) < -80
    assert at(curve, 4.5) == pytest.approx(DUCKED, abs=0.2)
    assert at(curve, 11.0) == pytest.approx(DUCKED, abs=0.2)


def test_the_bed_does_not_come_back_between_two_figures():
    curve = gains([(3.0, 5.0), (5.4, 7.0), (7.4, 9.0)], [True, False, True])
    assert at(curve, 6.2) < -80


def test_the_bed_comes_up_between_the_greeting_and_the_headlines():
    curve = gains([(3.0, 8.0), (9.8, 14.0)], [False, False])
    assert at(curve, 8.9) == pytest.approx(0.0, abs=0.1)
    assert min(at(curve, second) for second in np.arange(3.0, 14.0, 0.01)) == pytest.approx(DUCKED, abs=0.1)


def test_the_bed_comes_back_behind_the_last_word_so_that_no_long_silence_follows_figures():
    curve = gains([(3.0, 8.0), (8.4, 20.2)], [False, True])
    assert at(curve, 20.2) < -80
    assert max(at(curve, second) for second in (20.4, 20.5, 20.6)) > -6


def test_the_bed_starts_and_ends_in_silence_and_never_jumps():
    curve = gains([(3.0, 5.0)], [True])
    assert len(curve) == 20 * RATE
    assert curve[0] < 1e-4
    assert curve[-1] < 1e-3
    assert np.abs(np.diff(curve)).max() < 0.001


@pytest.mark.parametrize(
    "text",
    [
        "Up 3.5 percent.",
        "It costs $40.",
        "Forty euros more.",
        "We won half the market.",
        "Twice as many.",
        "Two thirds of them bought.",
        "Up by a quarter.",
        "Eleven quotes are open.",
        "Q3 was good.",
    ],
)
def test_a_passage_with_an_amount_has_figures(text):
    assert has_figures(passage(text))


@pytest.mark.parametrize(
    "text",
    [
        "The price list is new.",
        "One thing to do today.",
        "Nobody fought for the fortress.",
        "This quarter ends well.",
        "The third call often wins.",
        "The canteen is open.",
        "It comes in three levels.",
    ],
)
def test_a_passage_without_an_amount_has_none(text):
    assert not has_figures(passage(text))


def of_the_frame(text):
    return replace(passage(text), origin=Origin.TEMPLATE)


@pytest.mark.parametrize(
    "text", ["This is the Briefing, for Friday, 20 November.", "Hello on November 3, 2026.", "Here is 1 March 2026."]
)
def test_the_date_of_a_greeting_is_no_figure(text):
    assert not has_figures(of_the_frame(text))
    assert has_figures(passage(text)), "in an item it is something to remember"


@pytest.mark.parametrize("text", ["Here are 7 minutes, for Friday, 20 November.", "Three percent up, on 20 November."])
def test_an_amount_of_a_greeting_is_one(text):
    assert has_figures(of_the_frame(text))


def test_spans_close_together_are_one():
    assert merged([(0, 1), (1.5, 2), (4, 5)], gap=1.0) == ((0, 2), (4, 5))
    assert merged([(0, 9), (1, 2)], gap=1.0) == ((0, 9),)
    assert merged([], gap=1.0) == ()


def test_a_bed_sounds_under_words_and_not_under_figures():
    spans = sounding((1.0, 21.0), [(3.0, 7.0), (9.0, 12.0)], [False, True])
    (start, gone), (back, end) = spans
    assert start == pytest.approx(1.0, abs=0.15)
    assert gone == pytest.approx(9.0, abs=0.4)
    assert back == pytest.approx(12.0, abs=0.4)
    assert end == pytest.approx(21.0, abs=0.15)
