"""Intake: what can be read is read, and every mistake is one line with file and line."""

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from roadcast import intake
from roadcast.errors import IntakeError
from roadcast.model import Confidentiality
from roadcast.testing import make_item
from workspaces import add_item, workspace

KINDS = ("update", "training", "story")


def read(folder, zone="UTC"):
    return intake.read(folder / "briefings", kinds=KINDS, zone=ZoneInfo(zone), root=folder)


def one(folder, text, name="x.md"):
    (folder / "briefings" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(folder)


@pytest.fixture
def folder(tmp_path):
    return workspace(tmp_path)


def test_every_key_of_the_front_matter_is_read(folder):
    add_item(
        folder,
        "new-price",
        headline="A new price",
        kind="story",
        published="2026-11-20",
        front=(
            "expires: 2026-12-01\neffective: 2026-11-25 09:30\naudience: [field, partners]\npriority: 5\nmust_hear: true\n"
            "credit: The pricing team\nsource: Price list\nconfidentiality: public\nbrief: The price is $9.\naction: Tell one customer."
        ),
        body="The price is **$9**.\n\nIt was $8.",
    )
    (item,) = read(folder).items
    assert item.slug == "new-price"
    assert (item.kind, item.priority, item.must_hear) == ("story", 5, True)
    assert item.headline.text.rstrip(".") == "A new price"
    assert [s.text for s in item.sentences] == ["The price is $9.", "It was $8."]
    assert [s.paragraph for s in item.sentences] == [0, 1]
    assert item.effective == datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
    assert item.audience.groups == {"field", "partners"}
    assert item.confidentiality is Confidentiality.PUBLIC
    assert item.brief.text == "The price is $9."
    assert (item.credit, item.source) == ("The pricing team", "Price list")


def test_a_sentence_knows_its_line(folder):
    add_item(folder, "a", front="credit: x", body="First line.\n\nThird line of the body.")
    (item,) = read(folder).items
    lines = (folder / "briefings" / "a.md").read_text().split("\n")
    for sentence in item.sentences:
        assert sentence.text in lines[sentence.place.line - 1]


def test_a_date_begins_at_midnight_where_the_team_is(folder):
    add_item(folder, "a", published="2026-11-20")
    (item,) = read(folder, "Europe/Stockholm").items
    assert item.published == datetime(2026, 11, 19, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no front matter at all", "x.md:1: no front matter"),
        ("---\nheadline: A\n", "x.md:1: the front matter has no end"),
        ("---\nheadline: [a\n---\nText.", "x.md:3: front matter"),
        (
            "---\nheadlin: A\npublished: 2026-11-01\n---\nText.",
            "x.md:2: unknown key 'headlin'; did you mean 'headline'?",
        ),
        ("---\nkind: update\npublished: 2026-11-01\n---\nText.", "x.md:1: no headline"),
        ("---\npublished: 2026-11-01\nheadline: 🎉\n---\nText.", "x.md:3: headline: nothing to say in it"),
        ("---\nheadline: A\npublished: 2026-11-01\n---\n🎉🎉\n", "x.md:5: nothing to say"),
        ("---\nheadline: A\npublished: soon\n---\nText.", "x.md:3: published: 'soon' is no date"),
        ("---\nheadline: A\n---\nText.", "x.md:1: no published date"),
        ("---\nheadline: A\npublished: 0001-01-01 00:00 +14:00\n---\nText.", "x.md:3: published: '0001-01-01"),
        (
            "---\nheadline: A\npublished: 2026-11-01\nexpires: 9999-12-31T23:59-12:00\n---\nText.",
            "x.md:4: expires: '9999-12-31 23:59:00-12:00' is out of reach",
        ),
        (
            "---\nheadline: A\nkind: updat\npublished: 2026-11-01\n---\nText.",
            "x.md:3: kind: 'updat' is not known; did you mean 'update'?",
        ),
        ("---\nheadline: A\npublished: 2026-11-01\npriority: 9\n---\nText.", "x.md:4: priority"),
        ("---\nheadline: A\npublished: 2026-11-01\nmust_hear: maybe\n---\nText.", "x.md:4: must_hear"),
        ("---\nheadline: A\npublished: 2026-11-01\naudience: {a: b}\n---\nText.", "x.md:4: audience"),
        ("---\nheadline: A\npublished: 2026-11-01\n---\n\n   \n", "nothing to say"),
        ("---\nheadline: A\npublished: 2026-11-01\n---\n<!-- nothing -->\n", "nothing to say"),
        ("---\na: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\nheadline: A\n---\nText.", "x.md:3: front matter: aliases"),
        (b"---\nheadline: Caf\xe9\npublished: 2026-11-01\n---\nText.", "x.md:2: not UTF-8"),
        (b"---\nheadline: A\npublished: 2026-11-01\n---\nTe\0xt.", "x.md:5: a NUL"),
        (b"---\nheadline: A\n---\n" + b"x" * 5_000_000, "5,000,020 bytes"),
        ("---\n" + "[" * 5000 + "\n---\nText.", "x.md:"),
        ("---\n\n\nheadline: A\nprioritty: 3\n---\nText.", "x.md:5: unknown key 'prioritty'"),
        ("---\n- a\n- b\n---\nText.", "x.md:2: front matter: must be 'key: value' lines"),
        ("---\nheadline: A\npriority: !!int many\n---\nText.", "x.md:3: front matter: priority: invalid literal"),
        (
            "---\nheadline: A\npublished: 2026-11-01\nheadline: B\n---\nText.",
            "x.md:4: front matter: 'headline' stands here and on line 2; keep one of the two",
        ),
        ("---\nheadline: A\npublished: 2026-13-40\n---\nText.", "x.md:3: published: '2026-13-40' is no date"),
        (
            "---\nheadline: A\npublished: 2026-11-01\neffective: 2026-02-30 09:00:00\n---\nText.",
            "x.md:4: effective: '2026-02-30 09:00:00' is no date",
        ),
        ("---\nheadline: A\npublished: 20261101\n---\nText.", "x.md:3: published: '20261101' is no date"),
        (
            "---\nheadline: A\npublished: 2026-11-20\nexpires: 2026-11-20\n---\nText.",
            "x.md:4: expires: '2026-11-20' is not after published: '2026-11-20'",
        ),
        (
            "---\nheadline: A\npublished: 2026-11-01\nslug: menu\n---\nText.",
            "x.md:4: 'menu' is the name of a part of the programme; write another 'slug: ...'",
        ),
    ],
)
def test_a_mistake_is_one_line_with_file_and_line(folder, text, says):
    found = one(folder, text)
    assert found.items == ()
    (error,) = found.errors
    assert says in str(error)
    assert str(error).startswith("briefings/x.md:")
    assert "\n" not in str(error)


@pytest.mark.parametrize("name", ["opening.md", "Menu.md", "actions.md", "closing.md"])
def test_a_file_named_like_a_part_of_the_programme_is_to_be_renamed(folder, name):
    (error,) = one(folder, "---\nheadline: A\npublished: 2026-11-01\n---\nText.", name).errors
    assert f"briefings/{name}:1: '{name[:-3].lower()}' is the name of a part of the programme; rename" in str(error)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-20", "2026-11-19T23:00"),
        ("2026-11-20 09:30", "2026-11-20T08:30"),
        ("2026-11-20 9:30:15", "2026-11-20T08:30:15"),
        ("2026-1-5 09:30:00", "2026-01-05T08:30"),
        ("2026-11-20T09:30", "2026-11-20T08:30"),
        ("2026-11-20t09:30:00.5Z", "2026-11-20T09:30:00.5"),
        ("2026-11-20T09:30:00Z", "2026-11-20T09:30"),
        ("2026-11-20T09:30Z", "2026-11-20T09:30"),
        ("2026-11-20 09:30:00 -5", "2026-11-20T14:30"),
        ("2026-11-20 09:30:00 +05:30", "2026-11-20T04:00"),
        ("2026-11-20 09:30+02:00", "2026-11-20T07:30"),
        ("'2026-11-20'", "2026-11-19T23:00"),
        ("!!timestamp 2026-11-20", "2026-11-19T23:00"),
    ],
)
def test_a_moment_is_read_in_many_forms(folder, written, meant):
    add_item(folder, "a", published=written)
    (item,) = read(folder, "Europe/Stockholm").items
    assert item.published == datetime.fromisoformat(meant).replace(tzinfo=UTC)


def test_the_last_day_of_the_calendar_is_out_of_reach_where_it_is_over_already(folder):
    add_item(folder, "a", published="9999-12-31T23:00:00Z")
    assert "a.md:4: published: '9999-12-31" in str(read(folder, "Asia/Tokyo").errors[0])
    assert read(folder, "America/New_York").errors == ()


def test_groups_may_stand_in_a_line_with_commas(folder):
    add_item(folder, "a", front="audience: field, partners,")
    assert read(folder).items[0].audience.groups == {"field", "partners"}


def test_a_key_with_nothing_behind_it_says_as_much_as_none(folder):
    add_item(folder, "a", front="priority:\nmust_hear:\naudience:\nexpires:")
    (item,) = read(folder).items
    assert (item.priority, item.must_hear, item.audience.groups, item.expires) == (3, False, frozenset(), None)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nothere.wav", "'nothere.wav': there is no such file in the workspace"),
        ("../outside.wav", "'../outside.wav' is no path in the workspace"),
        ("voices/../../outside.wav", "is no path in the workspace"),
        ("/etc/passwd", "'/etc/passwd' is no path in the workspace"),
        ("away.wav", "'away.wav': is outside the workspace"),
        ("itself.wav", "'itself.wav': "),
        ("briefings", "'briefings': is no regular file"),
        ("pipe.wav", "'pipe.wav': is no regular file"),
        ("[a, b]", "audio: must be one line of text"),
        ('"a\\0b.wav"', "is no path in the workspace"),
    ],
)
def test_a_recording_that_is_no_file_of_the_workspace_is_an_error_of_its_line(tmp_path, name, says):
    folder = workspace(tmp_path / "w")
    (tmp_path / "outside.wav").write_bytes(b"secret")
    (folder / "away.wav").symlink_to(tmp_path / "outside.wav")
    (folder / "itself.wav").symlink_to("itself.wav")
    os.mkfifo(folder / "pipe.wav")
    add_item(folder, "a", front=f"audio: {name}")
    (error,) = read(folder).errors
    assert str(error).startswith("briefings/a.md:5: audio: ")
    assert says in str(error)


def test_a_recording_is_a_file_of_the_workspace(folder):
    (folder / "her.wav").write_bytes(b"RIFF")
    (folder / "link.wav").symlink_to("her.wav")
    add_item(folder, "a", front="audio: her.wav")
    add_item(folder, "b", front="audio: briefings/../link.wav")
    found = read(folder)
    assert [item.recording for item in found.items] == ["her.wav", "briefings/../link.wav"]


def test_the_recordings_that_items_name_are_known_whether_or_not_they_are_there(folder):
    add_item(folder, "a", front="audio: nothere.wav")
    add_item(folder, "b", front="audio: ../outside.wav")
    assert read(folder).recordings == ("nothere.wav",)


def test_what_is_no_regular_file_is_not_waited_for(folder):
    os.mkfifo(folder / "briefings" / "p.md")
    assert [str(error) for error in read(folder).errors] == [
        "briefings/p.md:1: no regular file; put a text file in its place"
    ]


def test_a_folder_that_cannot_be_listed_is_a_line(folder, monkeypatch):
    add_item(folder, "good")
    (folder / "briefings" / "east").mkdir()
    scan = os.scandir

    def refusing(path):
        if str(path).endswith("east"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = read(folder)
    assert len(found.items) == 1
    assert [str(error) for error in found.errors] == ["briefings/east: cannot be looked into: Permission denied"]


@pytest.mark.parametrize(
    ("front", "says"),
    [
        (
            "headline: News: we move",
            """x.md:2: front matter: headline: put quotes around the whole text: headline: "News: we move\"""",
        ),
        ("headline: **Big news**", 'headline: "**Big news**"'),
        ("headline: @home", 'headline: "@home"'),
        ('headline: "Fast" is good', """headline: '"Fast" is good'"""),
        ("headline: 'We're back'", """headline: "We're back\""""),
        ('headline: "no end', 'x.md:2: front matter: headline: put quotes around the whole text: headline: "no end"'),
        ("kind: update\nheadline: [Draft] prices", "x.md:3: front matter: headline: put quotes"),
        ("headline: A\naudience:\n\t- field", "x.md:4: front matter: a tab at the beginning of the line; write spaces"),
        ("headline: A\n kind: update", "x.md:3: front matter: 'kind' begins with a space; take it away"),
        ("headline A\nkind: update", "x.md:2: front matter: 'headline A' is no 'key: value' line"),
        ("- headline: A\nkind: update", "x.md:2: front matter: begins with '-'; take it away"),
    ],
)
def test_what_yaml_cannot_read_is_told_without_its_words(folder, front, says):
    (error,) = one(folder, f"---\n{front}\npublished: 2026-11-01\n---\nText.").errors
    assert says in str(error)


def test_quotes_that_are_proposed_are_read_as_the_author_meant(folder):
    for number, words in enumerate(["News: we move", '"Fast" is it: so', "**Big**", "C:\\x: y", "it's: a"]):
        (error,) = one(folder, f"---\nheadline: {words}\npublished: 2026-11-01\n---\nText.").errors
        mended = str(error).partition("whole text: ")[2]
        found = one(folder, f"---\n{mended}\npublished: 2026-11-01\n---\nText {number}.")
        assert found.items[0].headline.text.rstrip(".") == words.replace("**", "")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("30.11.2026", "did you mean 2026-11-30?"),
        ("30. 11. 2026", "did you mean 2026-11-30?"),
        ("11/30/2026", "did you mean 2026-11-30?"),
        ("Nov 30, 2026", "did you mean 2026-11-30?"),
        ("30 November 2026", "did you mean 2026-11-30?"),
        ("“2026-11-30”", "did you mean 2026-11-30?"),
        ("4/5/2026", "write YYYY-MM-DD"),
        ("31.11.2026", "write YYYY-MM-DD"),
    ],
)
def test_a_day_in_another_form_is_guessed_where_it_can_be_one_only(folder, written, hint):
    (error,) = one(folder, f"---\nheadline: A\npublished: {written}\n---\nText.").errors
    assert f"'{written}' is no date; {hint}" in str(error)


def test_documents_that_are_no_briefings_are_a_warning_and_what_lies_beside_them_is_not(folder):
    names = (
        "prices.CSV",
        "notes.txt",
        "east/plan.docx",
        "photo.png",
        "talk.wav",
        "README.txt",
        ".x.txt",
        "~$plan.docx",
    )
    for name in names:
        path = folder / "briefings" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    found = read(folder)
    assert found.errors == ()
    assert found.warnings == tuple(
        f"briefings/{name}: is not read; save it as Markdown, a .md file"
        for name in ("east/plan.docx", "notes.txt", "prices.CSV")
    )


def test_what_is_hidden_is_no_briefing(folder):
    for name in (".hidden.md", "._x.md", ".obsidian/note.md", "east/.trash/old.md"):
        path = folder / "briefings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("no front matter")
    assert read(folder) == intake.Intake(items=(), errors=())


def test_a_briefing_may_be_called_markdown_and_in_capitals(folder):
    text = add_item(folder, "a").read_text()
    for name in ("Case.MD", "long.markdown", "README.markdown", "notes.txt"):
        (folder / "briefings" / name).write_text(text)
    (folder / "briefings" / "a.markdown").write_text(text)
    found = read(folder)
    assert sorted(item.slug for item in found.items) == ["a", "case", "long"]
    assert "slug 'a' is taken by briefings/a.markdown" in str(found.errors[0])


@pytest.mark.parametrize(
    ("front", "says"),
    [
        ("action: Call #salesdesk", "briefings/a.md:5: action: '#salesdesk' is a comment and is not told"),
        ("brief: One line\n  and #2", "briefings/a.md:5: brief: '#2' is a comment"),
        ("priority: 4 # high", None),
        ("action: 'Call #salesdesk' # the channel", None),
        ("action: Call us#now", None),
    ],
)
def test_words_that_yaml_takes_for_a_comment_are_a_warning(folder, front, says):
    add_item(folder, "a", front=front)
    found = read(folder)
    assert found.errors == ()
    assert len(found.warnings) == (says is not None)
    assert all(text.startswith(says) for text in found.warnings)


def test_one_broken_item_does_not_hide_the_others(folder):
    add_item(folder, "good")
    found = one(folder, "broken")
    assert [item.slug for item in found.items] == ["good"]
    assert len(found.errors) == 1


def test_two_files_of_the_same_slug_are_named_both(folder):
    add_item(folder, "same")
    (folder / "briefings" / "more").mkdir()
    (folder / "briefings" / "more" / "same.md").write_text((folder / "briefings" / "same.md").read_text())
    found = read(folder)
    assert len(found.items) == 1
    assert "slug 'same' is taken by briefings/more/same.md; rename the file, or add 'slug: ...'" in str(found.errors[0])


def test_a_slug_that_is_written_twice_is_told_on_its_line(folder):
    for name in ("a", "b"):
        add_item(folder, name, front="slug: offer")
    (error,) = read(folder).errors
    assert str(error) == "briefings/b.md:5: slug 'offer' is taken by briefings/a.md; write another 'slug: ...'"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(folder):
    path = add_item(folder, "a", body="One.\n\nTwo.")
    before = read(folder).items
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read(folder).items == before


def test_a_missing_folder_says_what_belongs_there(tmp_path):
    with pytest.raises(IntakeError, match="one Markdown file per item"):
        intake.read(tmp_path / "briefings", kinds=KINDS, zone=ZoneInfo("UTC"))


NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Asia/Tokyo", "America/Los_Angeles", "UTC"])
def test_dates_are_told_as_they_were_written_wherever_the_team_is(folder, zone):
    add_item(folder, "early", published="2026-11-25")
    add_item(folder, "late", front="expires: 2026-11-19")
    _, out = intake.current(read(folder, zone).items, now=NOW.astimezone(ZoneInfo(zone)))
    assert [o.why for o in out] == ["not published before 2026-11-25", "expired on 2026-11-19"]


def test_an_item_is_told_from_its_publication_to_its_expiry():
    early = make_item("early", published=datetime(2026, 11, 20, 7, tzinfo=UTC))
    late = make_item("late", expires=NOW)
    live = make_item("live", published=NOW)
    told, out = intake.current([early, late, live], now=NOW)
    assert told == (live,)
    assert [(o.slug, o.why) for o in out] == [
        ("early", "not published before 2026-11-20"),
        ("late", "expired on 2026-11-20"),
    ]


def test_a_file_whose_name_is_longer_than_a_slug_is_read_under_its_beginning(folder):
    (item,) = one(folder, "---\nheadline: A\npublished: 2026-11-01\n---\nText.", "prices-" * 20 + "2026.md").items
    assert item.slug == ("prices-" * 20)[:80].strip("-")


def test_a_file_without_a_latin_letter_in_its_name_is_told_what_to_do(folder):
    (error,) = one(folder, "---\nheadline: A\npublished: 2026-11-01\n---\nText.", "新产品.md").errors
    assert str(error).endswith("no Latin letter in the name of the file; rename the file, or add 'slug: ...'")
