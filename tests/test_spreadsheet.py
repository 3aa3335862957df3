"""What a spreadsheet may take for a formula."""

from __future__ import annotations

import pytest

from roadcast.spreadsheet import disarm, is_formula


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\ufe66", "\ufe62", "\ufe63", "\ufe6b"])
@pytest.mark.parametrize("before", ["", " ", "\xa0\u3000", '"', "'", "' \"", "\ufeff", "\u200b", "\x01", "\v"])
def test_a_sign_at_the_beginning_makes_a_formula_whatever_nobody_sees_before_it(before, sign):
    text = f"{before}{sign}SUM(1;1)"
    assert is_formula(text)
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\tAda", "\rAda", "\nAda", "\0Ada"])
def test_a_tab_a_line_end_and_a_null_at_the_beginning_are_taken_for_one(text):
    assert disarm(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", " ", "Ada", "'t Hooft", '"Ada"', "a=b", "ada@example.com", "Anne-Marie", "1+1", "0049 30 1234", "–", "Żółć"],
)
def test_other_texts_stay_as_they_are(text):
    assert not is_formula(text)
    assert disarm(text) == text
