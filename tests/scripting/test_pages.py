"""Pages: a script on paper can be read, edited and trusted."""

from datetime import date

import pytest

from roadcast.errors import FidelityError, PassageRejected, ScriptError
from roadcast.model import Edition, Origin, Role, Segment, ShowId, Spoken, Variant
from roadcast.scripting import Templates, read_page, take_edits, write, write_page
from roadcast.scripting.writing import BED_PAUSE
from roadcast.testing import make_item
from scripting.test_writing import frame, speak

EDITION = Edition(show=ShowId("s"), date=date(2026, 11, 20))
ITEM = make_item("price", body="The plan costs $120. It was $100.")
SEGMENTS = (
    Segment(role=Role.OPENING, items=(ITEM,)),
    Segment(role=Role.ITEM, item=ITEM, variant=Variant(name="full", sentences=(ITEM.headline, *ITEM.sentences))),
)
SCRIPTS = tuple(write(segment, frame(), Templates(), speak) for segment in SEGMENTS)
TEXT = write_page(EDITION, SEGMENTS, SCRIPTS)
PATH = "scripts/s/2026-11-20/script.txt"
SLUGS = {"briefings/price.md": ITEM.slug}


def edited(text):
    page = read_page(text, path=PATH)
    return take_edits(page, SCRIPTS, slugs=SLUGS, speak=lambda line, name: Spoken(text=line))


def test_a_page_as_written_is_not_edited_and_says_the_same():
    page = read_page(TEXT, path=PATH)
    assert not page.edited
    assert [heading.name for heading in page.headings] == ["opening", "menu", "price"]
    assert edited(TEXT) == SCRIPTS


def test_a_changed_word_makes_it_edited():
    assert read_page(TEXT.replace("$120", "$130"), path=PATH).edited
    assert not read_page(TEXT.replace("\n", "\r\n"), path=PATH).edited


def test_an_edited_line_keeps_its_source_and_is_marked_as_the_editors():
    scripts = edited(TEXT.replace("The plan costs $120.", "Now the plan costs $120."))
    (own,) = [p for s in scripts for p in s.passages if p.origin is Origin.EDITED]
    assert own.item == "price"
    assert own.place.path == PATH
    assert TEXT.split("\n")[own.place.line - 1].startswith("1: The plan")


def test_a_line_without_a_source_is_refused_with_its_place():
    with pytest.raises(FidelityError, match=rf"{PATH}:\d+: nobody's source says “Buy now!”"):
        edited(TEXT + "1: Buy now!\n")


def test_a_line_about_the_programme_itself_is_marked_show():
    (own,) = [p for s in edited(TEXT + "1: Stay tuned. {show}\n") for p in s.passages if p.origin is Origin.EDITED]
    assert own.item is None


def test_a_mark_of_another_briefing_is_refused():
    with pytest.raises(FidelityError, match="names no briefing"):
        edited(TEXT + "1: Words. {briefings/other.md:3}\n")


def test_a_deleted_line_is_not_said():
    text = "\n".join(line for line in TEXT.split("\n") if "It was" not in line)
    assert not any("It was" in p.text for s in edited(text) for p in s.passages)


def test_an_empty_line_is_a_longer_breath():
    before = TEXT.replace("1: The plan", "\n1: The plan")
    said = list(edited(before)[1].passages)
    assert said[0].pause > said[1].pause


def test_a_line_more_in_the_greeting_moves_the_heading_behind_it():
    opening, _ = edited(TEXT.replace("== menu", "1: Stay tuned. {show}\n\n== menu"))
    (heading,), (before,) = opening.headings, SCRIPTS[0].headings
    assert heading.passage == before.passage + 1
    assert [p.pause for p in opening.passages if p.origin is Origin.EDITED] == [BED_PAUSE]
    assert opening.passages[heading.passage :] == SCRIPTS[0].passages[before.passage :]


def test_headings_may_stand_in_another_order_and_keep_their_words():
    first, menu, price = TEXT.split("\n== ")[0], *TEXT.split("\n== ")[1:][-2:]
    head, opening = first.split("== opening")[0], TEXT.split("== opening")[1].split("\n== ")[0]
    assert edited(f"{head}== {price}\n== opening{opening}\n== {menu}") == SCRIPTS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TEXT + "\n== price (full, new): Price\n1: P.\n", "'price' stands here twice"),
        (TEXT.replace("== price", "== "), "not a heading"),
        (TEXT + "words without a presenter\n", "not a line of a script"),
        ("# only notes\n", "no segments"),
        ("== opening: Welcome\n", "the headings menu, price are here or in the plan alone"),
    ],
)
def test_a_broken_page_is_one_line_with_its_place(text, says):
    with pytest.raises(ScriptError, match=says) as caught:
        edited(text)
    assert str(caught.value).startswith(PATH)


def test_a_segment_without_words_says_to_take_its_heading_out():
    with pytest.raises(ScriptError, match="has no words"):
        edited(TEXT.split("== price")[0] + "== price (full, new): Price\n")


def test_an_edit_that_cannot_be_spoken_is_named_with_its_line():
    def refuse(line, name):
        raise PassageRejected("'§' has no name")

    page = read_page(TEXT + "1: § {briefings/price.md:1}\n", path=PATH)
    with pytest.raises(ScriptError, match=rf"{PATH}:\d+: cannot be spoken"):
        take_edits(page, SCRIPTS, slugs=SLUGS, speak=refuse)
