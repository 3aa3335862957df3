"""Tables of people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from roadcast.delivery import roster
from roadcast.errors import DeliveryError
from roadcast.model import ShowId, State, Subscriber, SubscriberId

DAILY, WEEKLY = ShowId("daily"), ShowId("weekly")
ADA = Subscriber(id=SubscriberId("a1"), name="Ada Example", email="ada@example.com")
HEADER = "name,email,groups,shows\n"


def entries(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return list(roster.read(data, source="people.csv"))


def test_a_table_is_read_row_by_row():
    first, second = entries(
        HEADER + 'Ada Example,ada@example.com,"north; east",daily\n\n"Beispiel, Bob",b@x.example,,a|b\n'
    )
    assert first == roster.Entry(
        name="Ada Example", email="ada@example.com", groups=frozenset({"north", "east"}), shows=(DAILY,), line=2
    )
    assert (second.name, second.groups, second.shows, second.line) == ("Beispiel, Bob", frozenset(), ("a", "b"), 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(encoding, delimiter):
    text = "shows,Email,name,groups\ndaily,z@example.com,Zoë Müller,nörth\n"
    (entry,) = entries(text.replace(",", delimiter).replace("\n", "\r\n").encode(encoding))
    assert (entry.name, entry.groups, entry.shows) == ("Zoë Müller", {"nörth"}, ("daily",))


@pytest.mark.parametrize("column", ["E-mail", "e-mail address", "MAIL", " Email ", "Email Address"])
def test_the_address_has_the_names_that_people_give_it(column):
    (entry,) = entries(f"Name,{column},Groups,Shows\nAda,ada@example.com,,daily\n")
    assert entry.email == "ada@example.com"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_line_of_excel_names_the_delimiter(end):
    text = "sep=;\nname;email;groups;shows\nAda;ada@example.com;a,b,c,d,e;daily\nBob;bob@example.com;daily\n"
    ada, refused = entries(text.replace("\n", end))
    assert (ada.groups, ada.line) == ({"a", "b", "c", "d", "e"}, 3)
    assert (refused.entry.line, refused.why[:7]) == (4, "3 cells")
    with pytest.raises(DeliveryError, match=r"people\.csv:2: no column 'name'"):
        entries("sep=,\nAda,ada@example.com\n")


def test_empty_columns_at_the_right_are_of_no_account():
    ada, bob, refused = entries(
        "name;email;groups;shows;;\nAda;ada@example.com;;daily;;\nBob;bob@example.com;;daily\nC;c@example.com;;daily;;x\n"
    )
    assert (ada.shows, bob.shows) == ((DAILY,), (DAILY,))
    assert "6 cells, 4 are wanted" in refused.why


def test_who_has_no_show_named_gets_the_only_one_there_is():
    rows = entries(HEADER + "Ada,ada@example.com,,\n")
    (verdict,) = roster.judge(rows, known={}, shows={DAILY})
    assert (verdict.outcome, verdict.entry.shows) == (roster.Outcome.ADDED, (DAILY,))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "people.csv:1: no column 'name'"),
        (b"name,post,groups,shows\n", "people.csv:1: no column 'email'"),
        (b"name,email,mail,groups,shows\n", "people.csv:1: column 'email' is unknown or there twice"),
        (b"name,,email,groups,shows\n", "people.csv:1: column '' is unknown"),
        (b"name,email,groups,shows,phone\n", "people.csv:1: column 'phone' is unknown"),
        (b"name,email,groups,shows,name\n", "people.csv:1: column 'name' is unknown or there twice"),
        (
            HEADER.encode() + "Zoë,z@example.com,,daily\n".encode("latin-1"),
            r"people.csv:2: neither UTF-8 nor UTF-16 \(byte 26\)",
        ),
        (HEADER.encode("utf-16-le"), "people.csv:1: not a text file"),
        (HEADER.encode("utf-16") + b"x", "people.csv:2: neither UTF-8 nor UTF-16"),
        (HEADER.encode() + b'"Ada,ada@example.com,,daily\n', "people.csv:2: .*quotation marks"),
        (b"PK\x03\x04\x00\x00", "people.csv:1: not a text file"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_by_place(data, words):
    with pytest.raises(DeliveryError, match=words):
        entries(data)


def test_a_table_of_gigabytes_is_refused(monkeypatch):
    monkeypatch.setattr(roster, "LARGEST", 10)
    with pytest.raises(DeliveryError, match="cut it in parts"):
        entries(HEADER)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('=HYPERLINK("x"),ada@example.com,,daily', "spreadsheet formula"),
        ("Ada,+ada@example.com,,daily", "spreadsheet formula"),
        ("Ada,ada@example.com,@north,daily", "spreadsheet formula"),
        ("-Ada,ada@example.com,,daily", "spreadsheet formula"),
        (" =1+1,ada@example.com,,daily", "the name begins like a spreadsheet formula"),
        ("Ada,ada@example.com,north;=1+1,daily", "the group begins like a spreadsheet formula"),
        ("＝1+1,ada@example.com,,daily", "the name begins like a spreadsheet formula"),
        ("'=1+1,ada@example.com,,daily", "the name begins like a spreadsheet formula"),
        ("Ada,ada@example.com,north;\xa0＠south,daily", "the group begins like a spreadsheet formula"),
        ("Ada,ada@example.com,daily", "3 cells, 4 are wanted"),
        ("Ada,ada@example.com,a,b,daily", "5 cells, 4 are wanted"),
        (",ada@example.com,,daily", "no name"),
        ("Ada,,,daily", "no e-mail address"),
        ("Ada,ada,,daily", "not an e-mail address"),
        ("Ada,ada@example,,daily", "not an e-mail address"),
        ("Ada,ada@@example.com,,daily", "not an e-mail address"),
        ("Ada,ada@exa mple.com,,daily", "not an e-mail address"),
        ("Ada,ada@-example.com,,daily", "not an e-mail address"),
        ("Ada,ädä@example.com,,daily", "not an e-mail address"),
        (f"Ada,{'a' * 65}@example.com,,daily", "not an e-mail address"),
        (f"{'A' * 201},ada@example.com,,daily", "more than 200 characters"),
        ('"Ada\nBcc: x",ada@example.com,,daily', "control character"),
        ("Ada\x1b[31m,ada@example.com,,daily", "control character"),
        ("Ada,ada@example.com,,", "no show; known: daily, weekly"),
        ("Ada,ada@example.com,,dayly", "unknown show 'dayly'; known: daily, weekly"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_the_reason(row, why):
    (entry,) = entries(HEADER.replace(",", ",") + row + "\n")
    verdict = entry
    if isinstance(entry, roster.Entry):
        (verdict,) = roster.judge([entry], known={}, shows={DAILY, WEEKLY})
    assert verdict.outcome is roster.Outcome.REFUSED
    assert why in verdict.why


def judged(**changes) -> roster.Verdict:
    values = {"name": ADA.name, "email": ADA.email, "groups": frozenset({"north"}), "shows": (DAILY,)} | changes
    known = {ADA.email: (replace(ADA, groups=frozenset({"north"})), {DAILY: State.ACTIVE})}
    (verdict,) = roster.judge([roster.Entry(**values)], known=known, shows={DAILY, WEEKLY})
    return verdict


def test_the_same_row_again_changes_nothing():
    assert judged().outcome is roster.Outcome.UNCHANGED
    assert judged(groups=None).outcome is roster.Outcome.UNCHANGED


def test_what_a_row_changes_is_named():
    assert judged(email="new@example.com").outcome is roster.Outcome.ADDED
    changed = judged(name="Ada E.", email="Ada@Example.com", groups=frozenset(), shows=(DAILY, WEEKLY))
    assert (changed.outcome, changed.why) == (
        roster.Outcome.CHANGED,
        "name, spelling of the address, groups, show weekly",
    )


def test_an_address_may_be_there_once_in_any_spelling():
    rows = entries(HEADER + "Ada,ada@example.com,,daily\nBob,bob@example.com,,daily\nAda,ADA@example.com,,daily\n")
    verdicts = roster.judge(rows, known={}, shows={DAILY})
    assert [(verdict.outcome, verdict.why) for verdict in verdicts] == [
        (roster.Outcome.ADDED, ""),
        (roster.Outcome.ADDED, ""),
        (roster.Outcome.REFUSED, "the same address as in line 2"),
    ]
