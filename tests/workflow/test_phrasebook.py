"""The phrasebook: what was said once need not be said anew, and nothing is taken from it in doubt."""

import json

import pytest

from roadcast import spoken
from roadcast.model import LexiconEntry, Spoken
from roadcast.spoken import Reading, Sayer
from roadcast.workflow import phrasebook
from roadcast.workflow.phrasebook import Phrasebook
from workspaces import add_item, roadcast, workspace

LINE = "Torne costs $5."
NOWHERE = frozenset()
LEXICON = (LexiconEntry(term="Torne", say_as="Tor nuh", line=2),)


def book(folder, lexicon=LEXICON, reading=Reading()):  # noqa: B008  frozen
    sayer = Sayer(lexicon, reading)
    return Phrasebook(folder, sayer), sayer


@pytest.fixture
def said(tmp_path):
    """A folder with a book that holds one line."""
    kept, sayer = book(tmp_path)
    sayer(LINE, NOWHERE)
    kept.keep()
    return tmp_path


def file(folder):
    return folder / ".roadcast" / "phrasebook.json"


def test_a_line_in_the_book_is_not_said_anew(said, monkeypatch):
    def speak(text, **_):
        raise AssertionError(f"said anew: {text}")

    monkeypatch.setattr(spoken.speaking, "speak", speak)
    _, sayer = book(said)
    found = sayer(LINE, NOWHERE)
    assert found.text == "Tor nuh costs five dollars."
    assert found.entries == LEXICON


@pytest.mark.parametrize(
    "by",
    [
        {"lexicon": ()},
        {"lexicon": (LexiconEntry(term="Torne", say_as="Torn", line=2),)},
        {"reading": Reading(zero="zero")},
    ],
)
def test_said_by_others_it_is_another_line(said, by):
    _, sayer = book(said, **by)
    assert not sayer.known


def test_another_program_takes_nothing_from_it(said, monkeypatch):
    monkeypatch.setattr(phrasebook, "_program", lambda: "another")
    _, sayer = book(said)
    assert not sayer.known


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\n", b"\xff\xfe", b"[]\n[]", "one byte less", "one word changed"],
)
def test_a_damaged_book_counts_as_empty_and_is_written_anew(said, damaged):
    whole = file(said).read_bytes()
    changed = {"one byte less": whole[:-1], "one word changed": whole.replace(b"five dollars", b"nine dollars")}
    file(said).write_bytes(changed.get(damaged, damaged))
    kept, sayer = book(said)
    assert not sayer.known
    assert sayer(LINE, NOWHERE).text == "Tor nuh costs five dollars."
    kept.keep()
    assert file(said).read_bytes() == whole


def test_it_holds_what_was_asked_for_last(said, monkeypatch):
    monkeypatch.setattr(phrasebook, "KEPT", 2)
    kept, sayer = book(said)
    for line in ("One more.", LINE, "And another."):
        sayer(line, NOWHERE)
    kept.keep()
    assert [line[0] for line in json.loads(file(said).read_text().partition("\n")[2])] == [LINE, "And another."]


def test_nothing_new_writes_nothing(said):
    file(said).chmod(0o400)
    before = file(said).stat().st_mtime_ns
    kept, sayer = book(said)
    sayer(LINE, NOWHERE)
    kept.keep()
    assert file(said).stat().st_mtime_ns == before


def test_it_is_for_its_owners_eyes_and_a_disk_that_refuses_is_no_failure(said):
    assert file(said).stat().st_mode & 0o777 == 0o600
    file(said).unlink()
    file(said).mkdir()
    kept, sayer = book(said)
    sayer(LINE, NOWHERE)
    kept.keep()
    assert file(said).is_dir()


def test_half_a_surrogate_pair_is_kept_like_any_other_line(tmp_path):
    kept, sayer = book(tmp_path)
    sayer.known["Half \ud83d.", NOWHERE] = Spoken(text="Half.")
    kept.keep()
    assert book(tmp_path)[1].known == sayer.known


def test_a_sayer_that_knows_too_much_forgets_what_was_asked_for_first(monkeypatch):
    monkeypatch.setattr(spoken.speaking, "_KNOWN", 2)
    sayer = Sayer((), Reading())
    for line in ("One.", "Two.", "One.", "Three."):
        sayer(line, NOWHERE)
    assert [line for line, _ in sayer.known] == ["One.", "Three."]


def test_a_build_with_the_book_says_what_one_without_it_says(tmp_path):
    with_book, without = workspace(tmp_path / "a", items=3), workspace(tmp_path / "b", items=3)
    reports = []
    for folder in (with_book, without):
        roadcast("build", "--date", "2026-11-20", cwd=folder)
        add_item(folder, "late", front="priority: 5")
    file(without).unlink()
    for folder in (with_book, without):
        done = roadcast("build", "--date", "2026-11-20", "--json", cwd=folder)
        reports.append(json.loads(done.stdout))
    assert reports[0] == reports[1]
    scripts = [(folder / "scripts" / "briefing" / "2026-11-20" / "script.txt") for folder in (with_book, without)]
    assert scripts[0].read_bytes() == scripts[1].read_bytes()
    assert file(without).exists()
