from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutations import FAITHFUL, HARMFUL, Change, cases, sample, unseen
from roadcast.model import ContentItem, Origin, Passage, Place, Slug, Spoken
from roadcast.scripting.ledger import Finding, audit
from roadcast.testing import make_item

PRICES = make_item(
    "prices",
    headline="Gateway prices fall in December",
    body=(
        "The Sarek Gateway falls from $1,180 to $990 on December 1. "
        "Torne sensors go up by 6%, because the steel costs more. "
        "The warranty does not change. "
        "Dana Okafor approved the list, and Mikael Strand signed it. "
        "A freeze is not yet approved. "
        "The list reaches 1.2 million customers. "
        'Dana Okafor says: "Nobody pays more for service."'
    ),
    action="Call Dana Okafor at 202-555-0114 before Monday",
    credit="Aoife Brennan, sales operations",
    effective=datetime(2026, 12, 1, tzinfo=UTC),
)
OTHER = make_item("other", body="Lars Öhman sold 70 pumps to Harrow Paper.", credit="Lars Öhman")
SOURCES: Mapping[Slug, ContentItem] = {PRICES.slug: PRICES, OTHER.slug: OTHER}
EXTRA = ("Norrland Road Briefing", "Monday 16 November 2026", "7 minutes")


def passage(text: str, *, origin: Origin = Origin.EDITED, item: str | None = "prices") -> Passage:
    return Passage(
        presenter=0,
        text=text,
        spoken=Spoken(text=""),
        pause=timedelta(),
        origin=origin,
        place=Place(path="scripts/road/2026-11-16.txt", line=12),
        item=Slug(item) if item else None,
    )


def found(text: str, *, origin: Origin = Origin.EDITED, item: str | None = "prices") -> tuple[Finding, ...]:
    return audit([passage(text, origin=origin, item=item)], sources=SOURCES, extra=EXTRA)


@pytest.mark.parametrize("origin", [Origin.EDITED, Origin.SOURCE])
@pytest.mark.parametrize(
    "text",
    [
        "The Sarek Gateway falls from $1,108 to $990 on December 1.",
        "The Sarek Gateway falls from €1,180 to $990 on December 1.",
        "The Sarek Gateway falls from $1,180 to $990 on November 1.",
        "The Sarek Gateway falls from $990 to $1,180 on December 1.",
        "The Sarek Gateway rises from $1,180 to $990 on December 1.",
        "The Torne Gateway falls from $1,180 to $990 on December 1.",
        "The Sarek Gateway falls from $1,180 to $990 on Tuesday, December 1.",
        "Torne sensors go up by $6, because the steel costs more.",
        "Torne sensors go up by 60%, because the steel costs more.",
        "Torne sensors go down by 6%, because the steel costs more.",
        "Torne sensors go up by 6%, because the steel costs less.",
        "Torne sensors do not go up by 6%, because the steel costs more.",
        "The warranty does change.",
        "The warranty changes.",
        "Mikael Strand approved the list, and Dana Okafor signed it.",
        "Dana Strand approved the list.",
        "Lars Öhman approved the list, and Mikael Strand signed it.",
        "Dana Okafor rejected the list, and Mikael Strand signed it.",
        "A freeze is approved.",
        "A freeze is unapproved.",
        "The list deserts 1.2 million customers.",
        "The list reaches 1.2 billion customers.",
        "The list reaches 990 customers.",
        'Dana Okafor says: "Everybody pays more for service."',
        "“Service is free”, says Dana Okafor.",
        "Call Dana Okafor at 202-555-0141 before Monday.",
        "Call Dana Okafor at 202-555-0114 after Monday.",
    ],
)
def test_a_changed_message_is_found(text: str, origin: Origin) -> None:
    assert found(text, origin=origin)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        *(("praise", "criticise"), ("strengthen", "weaken"), ("complete", "partial"), ("tightened", "loosened")),
        *(("clean", "dirty"), ("promoted", "demoted"), ("created", "destroyed"), ("cheerful", "grumpy")),
    ],
)
def test_a_word_put_for_another_is_found_though_no_list_has_it(word: str, other: str) -> None:
    item = make_item("x", body=f"The team said that the result was {word} for the second shift.")
    (finding,) = audit([passage(item.sentences[0].text.replace(word, other), item="x")], sources={item.slug: item})
    assert finding.reason == f"“{other}” stands for “{word}”"


@pytest.mark.parametrize(
    "text",
    [
        "The Sarek Gateway falls from $1,180 to $990 on December 1.",
        "The Sarek Gateway falls from 1180 dollars to nine hundred ninety dollars on 1 December.",
        "The Sarek Gateway falls to $990.",
        "Torne sensors go up by six percent.",
        "The warranty doesn't change.",
        "Dana Okafor approved the list.",
        "A freeze is not approved.",
        "The list reaches 1,200,000 customers.",
        "The list reached 1.2 million customers.",
        "The warranty does not change, and a freeze is not yet approved.",
        "Dana Okafor says nobody pays more for service.",
        "Call Dana Okafor at 202-555-0114.",
        "Worth a call this week.",
        "Mention it to a buyer today.",
        "This came from Aoife Brennan.",
        "What to do: Call Dana Okafor at 202-555-0114 before Monday.",
    ],
)
def test_what_is_quoted_shortened_joined_or_written_otherwise_passes(text: str) -> None:
    assert found(text) == ()


def test_an_item_may_not_be_quoted_for_what_another_one_says() -> None:
    assert found("Lars Öhman sold 70 pumps to Harrow Paper.", item="other") == ()
    assert found("Lars Öhman sold 70 pumps to Harrow Paper.", item="prices")


def test_a_passage_of_an_item_that_is_not_told_is_found() -> None:
    (finding,) = found("The warranty does not change.", item="elsewhere")
    assert finding.reason == "no item “elsewhere” is told here"


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, this is the Norrland Road Briefing for Monday, 16 November.",
        "First, the headlines.",
        "Today it is one thing.",
        "Seven minutes for you.",
        "Thanks to Lars Öhman.",
        "From Tuesday, 1 December:",
    ],
)
def test_templates_may_say_what_the_programme_knows(text: str) -> None:
    assert found(text, origin=Origin.TEMPLATE, item=None) == ()


@pytest.mark.parametrize(
    "text", ["Good morning from Zoltan Quimby.", "Here are 9 stories.", "Welcome to Tuesday, 17 November."]
)
def test_templates_may_not_say_anything_else(text: str) -> None:
    assert found(text, origin=Origin.TEMPLATE, item=None)


@pytest.mark.parametrize("text", ["Sales fell.", "Prices are not final.", "We have 9 stories.", "Ask Zoltan."])
def test_an_editors_line_of_no_item_may_claim_nothing(text: str) -> None:
    assert found(text, item=None)


def test_an_editors_line_of_no_item_may_speak_of_the_programme() -> None:
    assert found("Welcome to the Norrland Road Briefing.", item=None) == ()


def test_what_a_template_puts_in_front_of_a_sentence_is_held_to_the_item() -> None:
    text = "From Tuesday, 1 December: The warranty does not change."
    assert found(text, origin=Origin.SOURCE) == ()
    assert found(text.replace("Tuesday", "Friday"), origin=Origin.SOURCE)


def test_an_editor_cannot_turn_a_sentence_by_what_stands_in_front_of_it() -> None:
    assert found("It is not true: Dana Okafor approved the list, and Mikael Strand signed it.")


def test_two_sentences_may_be_told_as_one_but_keep_their_numbers_apart() -> None:
    assert found("The Sarek Gateway falls to $990 and Torne sensors go up by 6%.") == ()
    assert found("Torne sensors go up by 6% and the Sarek Gateway falls to $990.") == ()
    assert found("The Sarek Gateway falls by 6% and Torne sensors go up to $990.")


@given(st.text(max_size=120), st.sampled_from(Origin))
def test_any_text_can_be_audited(text: str, origin: Origin) -> None:
    for item in ("prices", None):
        assert all(finding.reason for finding in found(text, origin=origin, item=item))


def test_a_finding_shows_both_sentences() -> None:
    (finding,) = found("Torne sensors go down by 6%, because the steel costs more.")
    assert str(finding) == (
        "scripts/road/2026-11-16.txt:12: “down” is not what the source says: "
        "“Torne sensors go down by 6%, because the steel costs more.”; "
        "the source says “Torne sensors go up by 6%, because the steel costs more.”"
    )


def test_a_lost_negation_is_named_by_the_words_it_stood_before() -> None:
    (finding,) = found("The warranty does change.")
    assert finding.reason == "“not … change” in the source has lost its negation"


def test_findings_come_in_the_order_of_the_passages() -> None:
    passages = [passage("The warranty changes."), passage("It costs $5."), passage("The warranty does not change.")]
    findings = audit(passages, sources=SOURCES)
    assert [finding.passage for finding in findings] == passages[:2]


@pytest.fixture(scope="module")
def items() -> Mapping[Slug, ContentItem]:
    """An eighth of the sample workspace; benchmarks/fidelity takes all of it."""
    everything = sample()
    return {slug: everything[slug] for slug in sorted(everything)[1::8]}


# Measured over the whole sample on 2026-11-22 (benchmarks/fidelity): 100 % but for the names (98.1 %), the
# directions (99.6 %) and the dropped negations (98.8 %).
LEAST = {"name of the same item": 0.93, "direction turned": 0.97, "not dropped": 0.95}


@pytest.mark.parametrize(("name", "change"), HARMFUL.items())
def test_changed_sentences_of_the_sample_are_caught(
    name: str, change: Change, items: Mapping[Slug, ContentItem]
) -> None:
    changed = cases(items, change)
    missed = unseen(items, changed)
    assert changed
    assert len(changed) - len(missed) >= LEAST.get(name, 1.0) * len(changed), missed


@pytest.mark.parametrize(("name", "change"), FAITHFUL.items())
def test_faithful_sentences_of_the_sample_pass(name: str, change: Change, items: Mapping[Slug, ContentItem]) -> None:
    kept = cases(items, change)
    passed = unseen(items, kept)
    assert kept
    assert [case.text for case in kept if case not in passed] == []
