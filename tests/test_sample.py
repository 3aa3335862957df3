"""Hold the briefings of the sample workspace to what the README promises of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mutations import sample, texts
from roadcast.markup import tables
from roadcast.model import Confidentiality, ContentItem, Slug
from roadcast.numerals import quantities
from roadcast.scripting.lint import lint

ROOT = Path(__file__).parents[1]
STOCKHOLM = ZoneInfo("Europe/Stockholm")
EDITIONS = [day for n in range(12) if (day := date(2026, 11, 16) + timedelta(days=n)).weekday() < 5]
FILES = sorted(path for path in (ROOT / "briefings").rglob("*.md") if path.name != "README.md")


@pytest.fixture(scope="module")
def items() -> Mapping[Slug, ContentItem]:
    return sample()


def live(items: Mapping[Slug, ContentItem], day: date) -> list[ContentItem]:
    morning = datetime(day.year, day.month, day.day, 6, tzinfo=STOCKHOLM)
    return [i for i in items.values() if i.published <= morning and (i.expires is None or morning < i.expires)]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_every_file_says_that_it_is_fictional(path: Path) -> None:
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("# Fictional: ")


def test_there_is_enough_to_tell_for_ten_editions(items: Mapping[Slug, ContentItem]) -> None:
    words = sum(len(sentence.text.split()) for item in items.values() for sentence in item.sentences)
    assert len(EDITIONS) == 10
    assert len(items) >= 40
    assert words >= 8_000


def test_every_edition_has_something_new(items: Mapping[Slug, ContentItem]) -> None:
    yesterday = {item.slug for item in live(items, EDITIONS[0] - timedelta(days=3))}
    for day in EDITIONS:
        today = {item.slug for item in live(items, day)}
        assert len(today - yesterday) >= 3, day
        yesterday = today


def test_every_item_has_its_own_brief_and_something_to_do(items: Mapping[Slug, ContentItem]) -> None:
    assert [item.slug for item in items.values() if item.brief is None or item.action is None] == []


def test_headlines_are_short_enough_to_be_said(items: Mapping[Slug, ContentItem]) -> None:
    assert [item.headline.text for item in items.values() if len(item.headline.text.split()) >= 12] == []


def test_a_must_hear_item_is_rare(items: Mapping[Slug, ContentItem]) -> None:
    counts = [sum(item.must_hear for item in live(items, day)) for day in EDITIONS]
    assert max(counts) <= 2
    assert sum(counts) >= 3


def test_all_kinds_audiences_and_classes_are_there(items: Mapping[Slug, ContentItem]) -> None:
    assert {item.kind for item in items.values()} == {"update", "training", "story", "numbers", "shout-out"}
    assert {group for item in items.values() for group in item.audience.groups} == {"field", "partners"}
    assert {item.confidentiality for item in items.values()} == set(Confidentiality)


def test_few_items_are_hard_to_hear(items: Mapping[Slug, ContentItem]) -> None:
    assert len({item.slug for item in items.values() if lint(item)}) <= 3


def test_one_file_has_a_table() -> None:
    assert len([path for path in FILES if tables(path.read_text(encoding="utf-8").split("\n---\n", 1)[1])]) == 1


def test_telephone_numbers_and_addresses_are_reserved_for_fiction() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b\d{3}-(?!555-01\d\d\b)\d{3}-\d{4}\b", text), path
        assert not re.search(r"(?:https?://|@)(?!(?:www\.)?example\.com)[\w.-]+", text), path


def test_a_number_in_a_brief_or_headline_is_in_the_body(items: Mapping[Slug, ContentItem]) -> None:
    for item in items.values():
        body = {q.value for sentence in item.sentences for q in quantities(sentence.text)}
        told = [item.headline, *([item.brief] if item.brief else [])]
        for quantity in (q for sentence in told for q in quantities(sentence.text)):
            # Small ones may count what the body lists: "three looks", "four numbers".
            assert quantity.value in body or quantity.value <= 9, (item.slug, str(quantity))


def test_every_entry_of_the_lexicon_is_used(items: Mapping[Slug, ContentItem]) -> None:
    everything = "\n".join(text for item in items.values() for text in (*texts(item), item.credit))
    with (ROOT / "scripts" / "lexicon.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    assert len(entries) >= 20
    assert [entry["term"] for entry in entries if not re.search(rf"\b{re.escape(entry['term'])}", everything)] == []
    assert [entry["say_as"] for entry in entries if re.search(r"[^A-Za-z ]", entry["say_as"])] == []
