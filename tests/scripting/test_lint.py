from __future__ import annotations

from dataclasses import replace

import pytest

from roadcast.model import ContentItem, Place, Sentence
from roadcast.scripting.lint import lint
from roadcast.testing import make_item


def item(body: str) -> ContentItem:
    sentence = Sentence(text=body, place=Place(path="briefings/news.md", line=9))
    return replace(make_item("news", action="Call a customer."), sentences=(sentence,))


def messages(body: str) -> list[str]:
    return [advice.message for advice in lint(item(body))]


@pytest.mark.parametrize(
    "body",
    [
        "A short sentence with one number, 15%, in it.",
        " ".join(["word"] * 25),
        "It falls from $1,180 to $990 on Tuesday, December 1, 2026.",
        "The number is 202-555-0114, for one and all, in the first half.",
        "The XR-450 is rated IP67, and NASA, HTTP and CRM are spelt.",
        "Write to alerts@example.com.",
        "It took 30 minutes, e.g. on 5 November at 24/7.",
        "Strengths, rhythms and hmmm.",
        "A three-year-old compressor, up-to-date and well-known.",
        "",
    ],
)
def test_what_is_easy_to_hear_is_left_alone(body: str) -> None:
    assert messages(body) == []


def test_a_sentence_of_more_than_25_words_is_too_long() -> None:
    assert messages(" ".join(["word"] * 26))[0].startswith("26 words in one sentence; make it two")


@pytest.mark.parametrize(
    "body",
    [
        "We went from 5 to 7 to 9.",
        "Sales of $5M, 12% more, in three regions.",
        "Call 202-555-0114 about the 40 sensors at 3 sites.",
    ],
)
def test_more_than_two_numbers_are_too_many(body: str) -> None:
    (message,) = messages(body)
    assert message.startswith("3 numbers in one sentence; keep the 2 that matter")


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ("See https://www.example.com/prices for more.", "https://www.example.com/prices"),
        ("See www.example.com.", "www.example.com"),
        ("See example.com/prices.", "example.com/prices"),
        ("Order the NI-XR460-EU today.", "NI-XR460-EU"),
        ("Set mtbf_hours to zero.", "mtbf_hours"),
        ("The class myAlarmServer is new.", "myAlarmServer"),
        ("Ask the brkn pump.", "brkn"),
    ],
)
def test_what_no_voice_makes_sense_of_is_named_with_a_remedy(body: str, token: str) -> None:
    (message,) = messages(body)
    assert message.startswith(f"“{token}” cannot be heard; ")


def test_an_item_without_an_action_says_nothing_to_do() -> None:
    (advice,) = lint(replace(item("All is well."), action=None))
    assert str(advice) == "briefings/news.md:1: nothing to do; add 'action: ...', one sentence for today"


def test_tables_are_named_by_their_lines() -> None:
    (advice,) = lint(item("All is well."), tables=(14,))
    assert str(advice) == "briefings/news.md:14: a table; say the one row that matters"


def test_advice_stands_in_the_order_of_lines_and_shows_the_sentence() -> None:
    hard = item("We went from 5 to 7 to 9, and see www.example.com, which is a long sentence to quote in full.")
    places = [str(advice.place) for advice in lint(hard, tables=(4,))]
    assert places == ["briefings/news.md:4", "briefings/news.md:9", "briefings/news.md:9"]
    assert lint(hard)[0].message.endswith("“We went from 5 to 7 to 9, and see www.example.com, which …”")
