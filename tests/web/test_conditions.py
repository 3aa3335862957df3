"""Conditional requests."""

from __future__ import annotations

import pytest

from roadcast.web import conditions

TAG = '"abc"'


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, False),
        (TAG, True),
        (f"W/{TAG}", True),
        ("*", True),
        (' "x" , "abc"', True),
        ('"x"', False),
        ("abc", False),
        ('"abcd"', False),
        ("", False),
    ],
)
def test_if_none_match_compares_weakly(wanted, expected):
    headers = {} if wanted is None else {"if-none-match": wanted}
    assert conditions.unchanged(headers, TAG) is expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [(None, False), (TAG, False), ("*", False), ('"x", "abc"', False), (f"W/{TAG}", True), ('"x"', True), ("", True)],
)
def test_if_match_compares_strongly(wanted, expected):
    headers = {} if wanted is None else {"if-match": wanted}
    assert conditions.failed(headers, TAG) is expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (None, True),
        (TAG, True),
        (f" {TAG} ", True),
        (f"W/{TAG}", False),
        ('"old"', False),
        (f'{TAG}, "old"', False),
        ("Sat, 21 Nov 2026 10:00:00 GMT", False),
        ("", False),
    ],
)
def test_if_range_continues_only_the_very_same_state(wanted, expected):
    headers = {} if wanted is None else {"if-range": wanted}
    assert conditions.continues(headers, TAG) is expected
