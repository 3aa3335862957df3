"""Small changes that turn a message round, each beside what says the same in other words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from roadcast.model import Origin, Passage, Place, Slug, Spoken
from roadcast.scripting.ledger import Finding, audit
from roadcast.testing import make_item


def found(body: str, text: str, *, origin: Origin = Origin.EDITED, item: str | None = "x") -> tuple[Finding, ...]:
    source = make_item("x", headline="Notes for the week", body=body)
    passage = Passage(
        presenter=0,
        text=text,
        spoken=Spoken(text=""),
        pause=timedelta(),
        origin=origin,
        place=Place(path="scripts/road/2026-11-16.txt", line=12),
        item=Slug(item) if item else None,
    )
    return audit([passage], sources={source.slug: source}, extra=("Norrland Road Briefing",))


PUMPS = "In March we sold {} pumps."
DISCOUNT = "The discount is {} 15 percent."
OPENS = "The lab opens {} Monday, November 23."
ORDER = "Customers {} order online."
APPROVED = "Dana Okafor approved the list, and Mikael Strand signed it."

# Source, what changes it, what says the same; "{}" stands for the first word of each row.
FIGURES = (
    PUMPS,
    "40 | ４１, ٤١, 𝟒𝟏, ㊶, ④①, ₄₁, ≠40, !=40, <40, &lt;40, >40, ≥40, >=40, ≤40, ~40, ≈40, ±40, +/- 40, 40+, 40², √40, "
    "more than 40, at least 40, up to 40, fewer than 40, no more than 40, almost 40, about 40, not 40, 40 or more",
    "４０, 𝟒𝟎, ④⓪, ㊵, 4\u200b0, forty, exactly 40",
)
BOUND = (
    DISCOUNT,
    "more than | at least, at most, exactly, less than, up to, about, no more than, under, ",
    "over, above, >, in excess of",
)
LIMIT = (DISCOUNT, "up to | over, at least, more than, about, exactly, ", "at most, no more than, a maximum of, ≤")
ON = (OPENS, "on | before, after, until, by, from, within", "this, ")
BY = (OPENS, "by | on, after, before, from, until, since", "no later than, ")
FROM = (OPENS, "from | until, before, by, on", "starting, as of, since, ")
UNTIL = (OPENS, "until | from, after, before, by, on", "till, through, up to, ")
WITHIN = ("A technician comes {} 24 hours.", "within | after, before", "in")
CAN = (ORDER, "can | must, should, may, could, have to, might, cannot, will", "are able to")
MUST = (
    ORDER,
    "must | can, may, should, could, must not, do not have to, need not",
    "have to, need to, are required to",
)
NEED_NOT = (ORDER, "do not have to | must not, must, have to, can", "don't need to, need not")
WILL = (ORDER, "will | may, might, would, must, can, could, will not", "")
PLAIN = (ORDER, "always | may always, might always, perhaps", "always")
EVERY = ("We visit {} site.", "every | every other, almost every, every second, nearly every, not every", "each, every")
ALMOST = ("We visit {} site.", "almost every | every, every other", "nearly every")
SAME = ("The invoice comes on the {} day.", "same | next, previous", "same")
RANGE = (
    "Delivery takes {} days.",
    "10 to 15 | 15, 10, less than 15, 10 or more, about 15",
    "between 10 and 15, 10–15, ten to fifteen, from 10 to 15, up to 15, at least 10",
)
EUROS = ("The order is worth {}.", "2 billion euros | EUR 3 billion, USD 2 billion", "EUR 2 billion, €2 billion")
BY_HOW_MUCH = ("We cut prices {} 15 percent.", "by | to", "by, ")


def _rows(which: int) -> list[tuple[str, str]]:
    tables = (
        *(FIGURES, BOUND, LIMIT, ON, BY, FROM, UNTIL, WITHIN, CAN, MUST, NEED_NOT, WILL, PLAIN, EVERY, ALMOST, SAME),
        *(RANGE, EUROS, BY_HOW_MUCH),
    )
    rows = []
    for sentence, changed, kept in tables:
        source, _, others = changed.partition(" |")
        for word in (others, kept)[which].split(","):
            rows.append((sentence.format(source), " ".join(sentence.format(word.strip()).split())))
    return rows


@pytest.mark.parametrize(("source", "text"), _rows(0))
def test_a_figure_bound_date_or_duty_that_changed_is_found(source: str, text: str) -> None:
    assert found(source, text)


@pytest.mark.parametrize(("source", "text"), [row for row in _rows(1) if row[1] != "Customers order online."])
def test_the_same_in_other_words_passes(source: str, text: str) -> None:
    assert found(source, text) == ()


NORWAY = "All regions except Norway get the new list."
SEALED = "You cannot return the pump unless it is sealed."
BOUGHT = "Siemens bought Dataco last year."
MET = "Anna met Jonas at the fair."
REPLACES = "Torne 300 replaces Lule TX."
PASSIVE = "Dataco was bought by Siemens."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (NORWAY, "All regions get the new list."),
        (NORWAY, "All regions and Norway get the new list."),
        ("The list goes to all regions, but not to Norway.", "The list goes to all regions."),
        ("Except in Norway, the list goes to all regions.", "The list goes to all regions."),
        ("The list goes to all regions and Norway.", "The list goes to all regions except Norway."),
        (SEALED, "You cannot return the pump."),
        (SEALED, "You cannot return the pump if it is sealed."),
        ("We deliver only to dealers.", "We deliver to dealers."),
        ("We deliver to dealers.", "We deliver only to dealers."),
        ("Ask a driver, not only the manager.", "Ask a driver, not the manager."),
        ("Harrow Paper used to buy from a rival.", "Harrow Paper buys from a rival."),
        ("The kit comes without a battery.", "The kit comes."),
        (BOUGHT, "Siemens was bought by Dataco last year."),
        (BOUGHT, "Dataco bought Siemens last year."),
        (PASSIVE, "Dataco bought Siemens."),
        (APPROVED, "Dana Okafor was approved by the list."),
        *((APPROVED, f"{doubt} Dana Okafor approved the list.") for doubt in ("It is false that", "We doubt that")),
        *(
            (APPROVED, f"{doubt} {APPROVED}")
            for doubt in ("It is not true that", "It is false that", "It is a myth that")
        ),
        (APPROVED, "Nobody believes Dana Okafor approved the list."),
        (APPROVED, "Dana Okafor allegedly approved the list."),
        (REPLACES, "Lule TX replaces Torne 300."),
        (REPLACES, "Torne 300 is replaced by Lule TX."),
        (MET, "jonas met anna at the fair."),
        (MET, "jonas met Anna at the fair."),
        ("The part is not available.", "The part is available."),
        (
            "You can order, and you will get a call within a day.",
            "You will order, and you can get a call within a day.",
        ),
        ("The kit is new. Call Dana before Monday.", "The kit is new. Call Dana after Monday."),
    ],
)
def test_an_exception_lost_or_parts_exchanged_are_found(source: str, text: str) -> None:
    assert found(source, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (NORWAY, "All regions apart from Norway get the new list."),
        (NORWAY, "All regions but Norway get the new list."),
        (SEALED, "Unless it is sealed, you cannot return the pump."),
        ("We deliver only to dealers.", "We only deliver to dealers."),
        ("It is used to measure flow.", "It measures flow."),
        ("Only 40 pumps are left.", "40 pumps are left."),
        ("The kit comes without a battery.", "The kit comes with no battery."),
        (BOUGHT, "Dataco was bought by Siemens last year."),
        (PASSIVE, "Siemens bought Dataco."),
        (APPROVED, "The list was approved by Dana Okafor."),
        (REPLACES, "Lule TX is replaced by Torne 300."),
        (MET, "anna met jonas at the fair."),
        ("The part is not available.", "The part is unavailable."),
        ("The part is unavailable.", "The part is not available."),
        ("The rate is $1,400. It drops to $1,250.", "The rate drops from $1,400 to $1,250."),
        ("Customers cannot order online.", "Customers are unable to order online."),
        ("Prices go up to $20 in May.", "Prices rise to $20 in May."),
    ],
)
def test_what_is_told_the_other_way_about_passes(source: str, text: str) -> None:
    assert found(source, text) == ()


WARRANTY = "The warranty does not change on May 4."


@pytest.mark.parametrize(
    "text",
    [
        *("Prices are down", "Prices fell", "This offer has been cancelled", "This is no longer so"),
        *("The following is false", "Everything gets worse", "None of this holds", "It is not true"),
    ],
)
def test_a_template_may_not_deny_or_direct_what_it_quotes(text: str) -> None:
    assert found(WARRANTY, f"{text}: {WARRANTY}", origin=Origin.SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        "Nobody does it like our team.",
        "Never stop learning.",
        "Grow your pipeline with this.",
        "Rising star of the week.",
    ],
)
def test_a_line_of_a_templates_own_is_the_teams(text: str) -> None:
    assert found(WARRANTY, text, origin=Origin.TEMPLATE, item=None) == ()
    assert found(WARRANTY, text, origin=Origin.TEMPLATE) == ()


@pytest.mark.parametrize("text", ["Wrong:", "False:", "Cancelled:"])
def test_a_template_may_not_turn_a_sentence_round_by_what_stands_in_front_of_it(text: str) -> None:
    assert found(WARRANTY, f"{text} {WARRANTY}", origin=Origin.SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        *("That's not all.", "You are up to date.", "Coming up.", "Don't forget.", "Last but not least."),
        *("Wins of the week.", "A big win.", "Launch of the day.", "Without further ado.", "Even better."),
    ],
)
def test_a_template_may_say_what_claims_nothing(text: str) -> None:
    assert found(WARRANTY, text, origin=Origin.TEMPLATE, item=None) == ()
    assert found(WARRANTY, f"{text.rstrip('.')}: {WARRANTY}", origin=Origin.SOURCE) == ()


def test_a_template_may_name_what_the_item_says() -> None:
    assert (
        found(
            "Gateway prices fall in December.",
            "A price that falls: Gateway prices fall in December.",
            origin=Origin.SOURCE,
        )
        == ()
    )
