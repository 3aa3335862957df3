"""Names that were probably meant."""

from __future__ import annotations

from roadcast.hint import ask, choices, hint, nearest

ENGINES = {"espeak": 1, "flite": 2, "piper": 3, "pico": 4}


def test_the_nearest_name_is_asked_for_in_quotes():
    assert hint("pipr", ENGINES) == "did you mean 'piper'?"


def test_where_no_name_is_near_all_are_listed_in_their_order_behind_the_label():
    assert hint("xyz", ["b", "a"], label="known here") == "known here: b, a"
    assert hint("xyz", []) == "known: none"


def test_of_many_voices_the_three_nearest_are_asked_for():
    assert choices("pip", ENGINES) == "did you mean piper or pico?"
    assert choices("en-1", (f"en-{n}" for n in range(5, 0, -1))).count(" or ") == 2
    assert choices("xyz", ("b", "a")) == "known: a, b"


def test_a_name_must_resemble_as_much_as_is_asked():
    assert nearest("pipes", ENGINES) == ["piper"]
    assert nearest("pipes", ENGINES, cutoff=0.85) == []


def test_with_nobody_to_ask_for_something_else_is_said():
    assert ask([], otherwise="look") == "look"
    assert ask(["a", "b"]) == "did you mean a or b?"
