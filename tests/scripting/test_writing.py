"""Writing: lines of templates become passages that know who says them and where they come from."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest

from roadcast.errors import PassageRejected, ScriptError
from roadcast.model import (
    Announcement,
    CueKind,
    Edition,
    Heading,
    Kind,
    Origin,
    Presenter,
    Role,
    Segment,
    Sentence,
    Show,
    ShowId,
    Spoken,
    Variant,
)
from roadcast.scripting import Frame, Templates, write
from roadcast.scripting.writing import PARAGRAPH_PAUSE, SENTENCE_PAUSE
from roadcast.testing import make_item

SHOW = Show(
    id=ShowId("s"),
    title="The Show",
    description="D",
    presenters=(Presenter(name="One"), Presenter(name="Two")),
    kinds=(
        Kind(name="update", label="Update", template="update.j2", sting="update"),
        Kind(name="training", label="Training", template="training.j2", presenter=1),
        Kind(name="gossip", label="Gossip", template="gossip.j2"),
    ),
)


def frame(day=date(2026, 11, 20)):
    return Frame(show=SHOW, edition=Edition(show=SHOW.id, date=day), minutes=7)


def segment(one, variant="full", **matters):
    return Segment(
        role=Role.ITEM, item=one, variant=Variant(name=variant, sentences=(one.headline, *one.sentences)), **matters
    )


def speak(text, scopes):
    return Spoken(text=text)


def script_of(seg, *, templates=None, day=date(2026, 11, 20), speak=speak):
    return write(seg, frame(day), templates or Templates(), speak)


def test_every_sentence_is_a_passage_with_its_item_and_line():
    one = make_item("price", body="The plan costs $120. It was $100.")
    script = script_of(segment(one))
    told = [p for p in script.passages if p.origin is Origin.SOURCE]
    assert [p.text for p in told] == ["Price.", "The plan costs $120.", "It was $100."]
    assert {p.item for p in told} == {"price"}
    assert [p.place for p in told[1:]] == [s.place for s in one.sentences]


def test_a_kind_chooses_its_presenter_and_its_sting():
    script = script_of(segment(make_item("t", kind="training")))
    assert {p.presenter for p in script.passages} == {1}
    assert [(c.kind, c.sound) for c in script.cues] == [(CueKind.STING, "update")]


def test_a_kind_without_a_template_of_its_own_is_told_plainly():
    assert script_of(segment(make_item("g", kind="gossip"))).passages


@pytest.mark.parametrize("announcement", [Announcement.UPDATE, Announcement.REVIEW])
def test_an_update_and_a_review_are_announced(announcement):
    one = make_item("t", kind="training")
    assert len(script_of(segment(one, announcement=announcement)).passages) > 0
    first = script_of(segment(one, announcement=announcement)).passages[0]
    assert first.origin is Origin.TEMPLATE
    assert first.item is None


def test_the_same_item_on_the_same_day_is_told_in_the_same_words_wherever_it_stands():
    one = make_item("a")
    assert script_of(segment(one)) == script_of(segment(one))


def test_ten_editions_never_open_alike():
    days = [date(2026, 11, 16) + timedelta(days=n) for n in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
    openings = {
        script_of(Segment(role=Role.OPENING), day=day).passages[0].text.replace(f"{day.day}", "") for day in days
    }
    assert len(openings) == 10


def test_ten_editions_do_not_lead_in_or_sign_off_alike_two_days_running():
    items = (make_item("a"), make_item("b"))
    days = [date(2026, 11, 16) + timedelta(days=n) for n in range(10)]
    for role in (Role.MENU, Role.CLOSING):
        said = [tuple(p.text for p in script_of(Segment(role=role, items=items), day=day).passages) for day in days]
        assert all(one != after for one, after in itertools.pairwise(said))


def test_the_menu_is_shared_by_the_presenters_and_tells_headlines_with_their_sources():
    items = tuple(make_item(slug) for slug in ("a", "b", "c"))
    script = script_of(Segment(role=Role.MENU, items=items))
    told = [p for p in script.passages if p.item]
    assert [p.item for p in told] == ["a", "b", "c"]
    assert [p.presenter for p in told] == [0, 1, 0]


def test_an_opening_that_promises_goes_on_to_its_menu_over_the_same_music():
    items = tuple(make_item(slug) for slug in ("a", "b"))
    whole = script_of(Segment(role=Role.OPENING, items=items))
    greeting, menu = script_of(Segment(role=Role.OPENING)), script_of(Segment(role=Role.MENU, items=items))
    assert [p.text for p in whole.passages] == [p.text for p in (*greeting.passages, *menu.passages)]
    assert whole.cues == greeting.cues
    assert whole.headings == (Heading(passage=len(greeting.passages), name="menu", title=menu.title),)
    assert not greeting.headings


@pytest.mark.parametrize(("bed", "seconds"), [("bed", 1.8), ("", 0.8)])
def test_the_greeting_rests_before_the_menu_as_long_as_music_fills_the_rest(bed, seconds):
    of_the_show = replace(frame(), show=replace(SHOW, bed=bed))
    script = write(Segment(role=Role.OPENING, items=(make_item("a"),)), of_the_show, Templates(), speak)
    before = script.passages[script.headings[0].passage - 1]
    assert before.pause.total_seconds() == seconds


def test_every_heading_has_words():
    script = script_of(Segment(role=Role.OPENING))
    with pytest.raises(ValueError, match="has a passage"):
        replace(script, headings=(Heading(passage=len(script.passages), name="menu", title="Menu"),))


def test_a_new_paragraph_is_a_longer_breath_and_the_end_has_none():
    one = make_item("a")
    place = one.place
    one = make_item("a", sentences=tuple(Sentence(text=f"S{n}.", place=place, paragraph=n // 2) for n in range(4)))
    pauses = [p.pause for p in script_of(segment(one)).passages][1:]
    assert pauses == [SENTENCE_PAUSE, PARAGRAPH_PAUSE, SENTENCE_PAUSE, timedelta()]


def test_a_line_that_cannot_be_spoken_is_named_with_file_and_line():
    def refuse(text, scopes):
        raise PassageRejected("'§' has no name")

    one = make_item("a")
    with pytest.raises(ScriptError, match=r"briefings/a\.md:1: cannot be spoken: '§' has no name"):
        script_of(segment(one), speak=refuse)


def own(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return Templates(tmp_path)


def test_a_line_that_trails_off_gets_no_full_stop_behind_it():
    script = script_of(segment(make_item("a", headline="“We have won” – says her team…")))
    assert script.passages[0].text == "“We have won” – says her team…"


def test_a_template_of_the_team_wins_over_the_packaged_one(tmp_path):
    templates = own(tmp_path, "update.j2", "2: Our own words.\n{{ item.headline }}\n")
    script = script_of(segment(make_item("a")), templates=templates)
    assert [(p.presenter, p.text) for p in script.passages] == [(1, "Our own words."), (0, "A.")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{{ nobody }}", r"scripts/update\.j2:1: 'nobody' is undefined"),
        ("Fine.\n{% if %}", r"scripts/update\.j2:2: "),
        ("Fine.\n{{ item.nothing }}", r"scripts/update\.j2:2: .*nothing"),
        ("{% for a in range(10**9) %}x{% endfor %}", r"scripts/update\.j2:1: "),
        ("{{ 'a' * 1000000000 }}", r"scripts/update\.j2:1: "),
        (
            "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}",
            "takes more than",
        ),
        ("{% for a in range(9999) %}{% for b in range(9999) %}long words{% endfor %}{% endfor %}", "writes more than"),
        ("{{ ''.__class__.__mro__ }}", r"scripts/update\.j2:1: "),
        ("{% include 'missing.j2' %}", r"missing\.j2"),
        ("{# nothing #}", "writes nothing"),
    ],
)
def test_a_template_that_misbehaves_is_one_line(tmp_path, text, says):
    with pytest.raises(ScriptError, match=says) as caught:
        script_of(segment(make_item("a")), templates=own(tmp_path, "update.j2", text))
    assert "\n" not in str(caught.value)


def test_a_line_that_tells_two_items_is_refused(tmp_path):
    templates = own(tmp_path, "menu.j2", "{{ items[0].headline }} and {{ items[1].headline }}")
    with pytest.raises(ScriptError, match="two items"):
        script_of(Segment(role=Role.MENU, items=(make_item("a"), make_item("b"))), templates=templates)


def test_marks_smuggled_into_an_item_do_not_name_a_source(tmp_path):
    one = make_item("a", body="Plain\ue0000\ue001 words.")
    script = script_of(segment(one))
    assert not any("\ue000" in p.text or "\ue001" in p.text for p in script.passages)
