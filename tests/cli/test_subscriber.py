"""roadcast subscriber, from the command line to the catalogue."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
import sys
from pathlib import Path

import pytest

from post import Post, certify
from roadcast.cli.main import main

SETTINGS = """\
base_url = "{base_url}"

[shows.daily]
title = "Daily Brief"
description = "For tests."
presenters = [{{ name = "One" }}]
{more}
"""
SECOND = """
[shows.weekly]
title = "Weekly Brief"
description = "For tests."
presenters = [{ name = "One" }]
"""


class Shell:
    """Runs commands in a workspace."""

    def __init__(self, folder: Path, capsys, monkeypatch) -> None:
        self.folder, self._capsys, self._monkeypatch = folder, capsys, monkeypatch
        self.settings()

    def settings(self, *, base_url: str = "https://feeds.example.com/", more: str = SECOND) -> None:
        (self.folder / "roadcast.toml").write_text(SETTINGS.format(base_url=base_url, more=more))

    def __call__(self, *words: str, code: int = 0, answer: str = "") -> str:
        """Run `roadcast subscriber ...`, and give what it said; errors where it failed."""
        self._monkeypatch.setattr(sys, "argv", ["roadcast", "subscriber", *words])
        self._monkeypatch.chdir(self.folder)
        with pytest.raises(SystemExit) as ended:
            main()
        self.out, self.err = self._capsys.readouterr()
        assert ended.value.code == code, self.err
        return self.err if code else self.out

    def json(self, *words: str):
        return json.loads(self(*words, "--json"))

    def add(self, name: str, *words: str):
        words = words or ("--show", "daily")
        return self.json("add", f"{name}@example.com", "--name", name.capitalize(), *words)

    def write(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name


@pytest.fixture
def roadcast(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("ROADCAST_KEY", raising=False)
    return Shell(tmp_path, capsys, monkeypatch)


def dump(folder: Path) -> str:
    """Everything that the database holds, and everything beside the key that lies in the workspace."""
    with sqlite3.connect(folder / ".roadcast" / "catalogue.db") as connection:
        rows = "\n".join(connection.iterdump())
    connection.close()
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "key"]
    return rows + "".join(path.read_bytes().decode("latin-1") for path in files)


def tokens(card) -> list[str]:
    urls = [url for show in card["shows"] for url in (show["feed_url"], show["invite_url"]) if url]
    return [part for url in urls for part in url.split("/") if len(part) == 27]


def test_adding_somebody_prints_the_addresses_in_the_documented_form(roadcast):
    card = roadcast.add("ada", "--show", "daily", "--show", "weekly", "--group", "north", "--group", "east")
    assert list(card) == ["id", "name", "email", "state", "groups", "shows"]
    assert (card["name"], card["email"], card["state"]) == ("Ada", "ada@example.com", "invited")
    assert card["groups"] == ["east", "north"]
    for show, name in zip(card["shows"], ("daily", "weekly"), strict=True):
        start, _, end = show["feed_url"].partition("/private/s/")
        assert (start, end[27:]) == ("https://feeds.example.com", f"/{name}.xml")
        assert show["invite_url"].startswith("https://feeds.example.com/private/i/")
    assert len(set(tokens(card))) == 4


def test_the_first_command_makes_the_key_for_its_owner_only(roadcast):
    roadcast.add("ada")
    key = roadcast.folder / ".roadcast" / "key"
    assert key.stat().st_mode & 0o777 == 0o600
    before = key.read_bytes()
    roadcast.add("bob")
    assert key.read_bytes() == before


def test_only_commands_for_it_print_secrets_and_nothing_keeps_them(roadcast, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = tokens(roadcast.add("ada"))
    assert len(secrets) == 2
    assert tokens(roadcast.json("show", "ada@example.com")) == secrets
    listed = roadcast("list") + roadcast("list", "--json") + roadcast("suspend", "ada@example.com")
    held = dump(roadcast.folder) + caplog.text
    for secret in secrets:
        assert secret not in listed
        assert secret not in held


def test_list_leaves_the_addresses_out(roadcast):
    roadcast.add("ada")
    (card,) = roadcast.json("list")
    assert [(show["feed_url"], show["invite_url"]) for show in card["shows"]] == [(None, None)]


def test_adding_somebody_again_adds_shows_and_keeps_addresses_and_groups(roadcast):
    first = roadcast.add("ada", "--show", "daily", "--group", "north")
    again = roadcast.add("ada", "--show", "weekly")
    assert again["id"] == first["id"]
    assert again["groups"] == ["north"]
    assert [show["show"] for show in again["shows"]] == ["daily", "weekly"]
    assert again["shows"][0] == first["shows"][0]
    assert roadcast("add", "ADA@example.com", "--name", "Ada", "--show", "daily").startswith("changed: ")
    assert len(roadcast.json("list")) == 1


def test_a_last_day_that_has_passed_is_refused(roadcast):
    words = ("add", "a@example.com", "--name", "A", "--show", "daily", "--until")
    assert "--until 2020-02-29 has passed; name a day to come" in roadcast(*words, "2020-02-29", code=2)
    assert roadcast.json("list") == []
    assert roadcast.json(*words, "2999-02-28")["state"] == "invited"


def test_the_show_need_not_be_named_where_there_is_only_one(roadcast):
    assert "name a show with --show: daily, weekly" in roadcast("add", "a@example.com", "--name", "A", code=2)
    roadcast.settings(more="")
    assert roadcast.json("add", "a@example.com", "--name", "A")["shows"][0]["show"] == "daily"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "ada", "--name", "Ada", "--show", "daily"), "ada: not an e-mail address"),
        (("add", "a@exa\nmple.com", "--name", "Ada", "--show", "daily"), "a@exa\\nmple.com: a control character"),
        (("add", "a@example.com", "--name", "Ada", "--show", "dayly"), "unknown show 'dayly'; known: daily, weekly"),
        (("add", "a@example.com", "--name", " ", "--show", "daily"), "no name"),
        (("add", "a@example.com", "--name", "=1+1", "--show", "daily"), "the name begins like a spreadsheet formula"),
        (("show", "nobody@example.com"), "nobody has this id or address"),
        (("revoke", "nobody@example.com"), "nobody has this id or address"),
        (("invite", "nobody@example.com"), "nobody has this id or address"),
        (("suspend", "ada@example.com", "--show", "weekly"), "not subscribed to show 'weekly'"),
    ],
)
def test_a_mistake_is_one_line_and_changes_nothing(roadcast, words, said):
    roadcast.add("ada")
    before = roadcast.json("list")
    error = roadcast(*words, code=11)
    assert said in error
    assert len(error.strip().splitlines()) == 1
    assert roadcast.json("list") == before


def test_suspending_resuming_and_revoking_one_show_leaves_the_other(roadcast):
    roadcast.add("ada", "--show", "daily", "--show", "weekly")

    def states() -> list[str]:
        return [show["state"] for show in roadcast.json("show", "ada@example.com")["shows"]]

    assert roadcast("suspend", "ada@example.com", "--show", "daily") == "ada@example.com, daily: suspended\n"
    assert states() == ["suspended", "invited"]
    roadcast("resume", "ada@example.com", "--show", "daily")
    assert states() == ["active", "invited"]
    roadcast("revoke", "ada@example.com")
    assert states() == ["revoked", "revoked"]
    assert "cannot resume, it is revoked; invite again first" in roadcast("resume", "ada@example.com", code=11)


def test_revoking_keeps_the_addresses_of_everybody_else(roadcast):
    roadcast.add("ada")
    bob = roadcast.add("bob")
    roadcast("revoke", "ada@example.com")
    assert roadcast.json("show", "bob@example.com") == bob
    gone = roadcast.json("show", "ada@example.com")
    assert (gone["state"], tokens(gone)) == ("revoked", [])


def test_inviting_again_after_revoking_makes_new_addresses(roadcast):
    old = roadcast.add("ada")
    roadcast("revoke", "ada@example.com")
    (new,) = roadcast.json("invite", "ada@example.com")
    assert new["state"] == "invited"
    assert not set(tokens(old)) & set(tokens(new))


@pytest.mark.parametrize("beside", [(), ("--show", "weekly")])
def test_adding_somebody_revoked_says_that_it_stays_so_and_what_begins_anew(roadcast, beside):
    roadcast.add("ada", "--show", "daily", *beside)
    roadcast("revoke", "ada@example.com", "--show", "daily")
    hint = "daily stays revoked; 'roadcast subscriber invite ada@example.com --show daily' begins it anew"
    said = roadcast("add", "ada@example.com", "--name", "Ada", "--show", "daily")
    assert said.startswith("unchanged: Ada")
    assert roadcast.err == f"roadcast: warning: {hint}\n"
    table = roadcast.write("people.csv", HEADER + "Ada E.,ada@example.com,,daily\nBob,bob@example.com,,daily\n")
    assert f"line 2: changed: ada@example.com: name; {hint}\nline 3: added" in roadcast("import", table)
    assert roadcast.json("show", "ada@example.com")["shows"][0]["state"] == "revoked"
    roadcast(*hint.partition("'roadcast subscriber ")[2].partition("'")[0].split())
    assert roadcast.json("show", "ada@example.com")["shows"][0]["state"] == "invited"


def test_an_invitation_stays_the_same_until_a_new_one_is_asked_for(roadcast):
    first = roadcast.add("ada")
    assert roadcast.json("invite", "ada@example.com") == [first]
    (renewed,) = roadcast.json("invite", "ada@example.com", "--new")
    assert renewed["shows"][0]["feed_url"] == first["shows"][0]["feed_url"]
    assert renewed["shows"][0]["invite_url"] != first["shows"][0]["invite_url"]


def test_rotating_makes_new_addresses_and_says_in_the_audit_how_long_the_old_ones_work(roadcast):
    old = roadcast.add("ada")
    kind = roadcast.json("rotate", "ada@example.com")
    leaked = roadcast.json("rotate", "ada@example.com", "--now")
    assert len(set(tokens(old)) | set(tokens(kind)) | set(tokens(leaked))) == 6
    audit = roadcast("show", "ada@example.com")
    assert "daily rotated, version 2, the old token until " in audit
    assert "daily rotated, version 3, the old token at once" in audit


def test_removing_asks_first_and_forgets_name_and_address(roadcast, monkeypatch):
    roadcast.add("ada")
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
    roadcast("remove", "ada@example.com", code=130)
    assert len(roadcast.json("list")) == 1
    monkeypatch.undo()
    monkeypatch.chdir(roadcast.folder)
    for nobody in ("", "n\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(nobody))
        assert "nobody said yes; --yes does not ask" in roadcast("remove", "ada@example.com", code=2)
    assert len(roadcast.json("list")) == 1
    roadcast("remove", "ada@example.com", "--yes")
    assert roadcast.json("list") == []
    with sqlite3.connect(roadcast.folder / ".roadcast" / "catalogue.db") as connection:
        assert "ada@example.com" not in "\n".join(connection.iterdump())
        assert connection.execute("SELECT what FROM changes ORDER BY id").fetchall()[-1] == ("removed",)
    connection.close()


def test_groups_may_stand_in_one_word_as_in_a_table(roadcast):
    ada = roadcast.add("ada", "--show", "daily", "--group", "north, pumps", "--group", "east")
    assert ada["groups"] == ["east", "north", "pumps"]


def test_the_right_to_a_show_that_is_gone_from_the_settings_can_be_seen_and_ended(roadcast):
    roadcast.add("ada", "--show", "daily", "--show", "weekly")
    roadcast.settings(more="")
    assert [card["email"] for card in roadcast.json("list", "--show", "weekly")] == ["ada@example.com"]
    assert roadcast("revoke", "ada@example.com", "--show", "weekly") == "ada@example.com, weekly: revoked\n"
    assert "unknown show 'monthly'" in roadcast("revoke", "ada@example.com", "--show", "monthly", code=2)


def test_an_invitation_is_drawn_in_the_terminal_and_into_files(roadcast):
    link = roadcast.add("ada")["shows"][0]["invite_url"]
    said = roadcast("invite", "ada@example.com", "--qr", "code.svg")
    assert link in said
    assert "█" in said
    assert (roadcast.folder / "code.svg").read_bytes().startswith(b"<?xml")
    assert (roadcast.folder / "code.svg").stat().st_mode & 0o777 == 0o600
    roadcast("invite", "ada@example.com", "--qr", "code.PNG")
    assert (roadcast.folder / "code.PNG").read_bytes().startswith(b"\x89PNG")
    assert "ends in .png or .svg" in roadcast("invite", "ada@example.com", "--qr", "code.pdf", code=2)


def test_a_code_holds_one_link(roadcast):
    roadcast.add("ada", "--show", "daily", "--show", "weekly")
    assert "--qr draws one link, and there are 2" in roadcast("invite", "ada@example.com", "--qr", "c.png", code=2)
    roadcast("invite", "ada@example.com", "--show", "weekly", "--qr", "c.png")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ada@example.com", "--qr", "c.png"), 2),
        (("ada@example.com", "--show", "daily", "--qr", "c.pdf"), 2),
        (("ada@example.com", "--show", "daily", "--qr", "file/c.png"), 9),
        (("ada@example.com", "nobody@example.com"), 11),
    ],
)
def test_an_invitation_that_fails_replaces_no_link(roadcast, words, code):
    before = roadcast.add("ada", "--show", "daily", "--show", "weekly")
    roadcast.write("file", "no folder")
    roadcast("invite", *words, "--new", code=code)
    assert roadcast.json("show", "ada@example.com") == before


def test_whoever_is_named_twice_is_invited_once(roadcast):
    ada = roadcast.add("ada", "--show", "daily", "--show", "weekly")
    bob = roadcast.add("bob")
    words = ("invite", "ada@example.com", "ADA@example.com", ada["id"], "--waiting")
    assert roadcast.json(*words) == [ada, bob]
    assert roadcast(*words, "--out", "post") == "3 messages in post\n"


def test_messages_are_written_whatever_is_printed(roadcast):
    ada = roadcast.add("ada")
    assert roadcast.json("invite", "ada@example.com", "--out", "post") == [ada]
    (message,) = (roadcast.folder / "post").iterdir()
    assert ada["shows"][0]["invite_url"] in message.read_text()


def test_messages_for_everybody_who_waits_are_written_into_a_folder(roadcast):
    ada = roadcast.add("ada", "--show", "daily", "--show", "weekly")
    odd = roadcast.json("add", "a/../b@example.com", "--name", "Odd", "--show", "daily")
    roadcast.add("bob")
    roadcast("suspend", "bob@example.com")
    assert roadcast("invite", "--waiting", "--out", "post") == "3 messages in post\n"
    messages = {path.name: path.read_text() for path in (roadcast.folder / "post").iterdir()}
    assert sorted(messages) == [
        "a_.._b@example.com-Daily_Brief.txt",
        "ada@example.com-Daily_Brief.txt",
        "ada@example.com-Weekly_Brief.txt",
    ]
    assert ada["shows"][1]["invite_url"] in messages["ada@example.com-Weekly_Brief.txt"]
    assert odd["shows"][0]["invite_url"] in messages["a_.._b@example.com-Daily_Brief.txt"]
    secret = ada["shows"][0]["feed_url"].split("/")[5]
    assert not any(secret in message for message in messages.values())  # a mail gives the page, not the feed


def test_shows_of_one_title_get_a_message_each(roadcast):
    roadcast.settings(more=SECOND.replace("Weekly", "Daily"))
    ada = roadcast.add("ada", "--show", "daily", "--show", "weekly")
    assert roadcast("invite", "--waiting", "--out", "post") == "2 messages in post\n"
    messages = "".join(path.read_text() for path in (roadcast.folder / "post").iterdir())
    assert all(show["invite_url"] in messages for show in ada["shows"])


def test_nobody_is_invited_to_a_show_that_is_gone_from_the_settings(roadcast):
    ada = roadcast.add("ada", "--show", "daily", "--show", "weekly")
    roadcast.settings(more="")
    said = roadcast("invite", "ada@example.com")
    daily, weekly = (show["invite_url"] for show in ada["shows"])
    assert daily in said
    assert weekly not in said
    assert roadcast("invite", "--waiting", "--out", "post") == "1 messages in post\n"


def test_only_what_waits_is_invited_to(roadcast):
    roadcast.add("ada", "--show", "daily", "--show", "weekly")
    roadcast("suspend", "ada@example.com", "--show", "daily")
    (card,) = roadcast.json("invite", "--waiting")
    assert [show["show"] for show in card["shows"]] == ["weekly"]


def test_nothing_is_sent_without_a_mail_server(roadcast):
    before = roadcast.add("ada")
    error = roadcast("invite", "ada@example.com", "--new", "--send", code=2)
    assert "set host and sender in [mail]" in error
    assert roadcast.json("show", "ada@example.com") == before


def test_invitations_are_sent_and_a_refused_one_is_named(roadcast, tmp_path, monkeypatch):
    certificate, authority = certify(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    for name in ("ada", "bob", "nobody"):
        roadcast.add(name)
    mail = '\n[mail]\nhost = "localhost"\nsender = "editor@example.com"\nport = '
    with Post(certificate) as post:
        roadcast.settings(more=f"{SECOND}{mail}{post.port}")
        error = roadcast("invite", "--waiting", "--send", code=11)
    assert error == "roadcast: nobody@example.com: refused by localhost: 550 no such mailbox; 2 of 3 sent\n"
    assert [b"To: Ada <ada@example.com>" in data for data in post.received] == [True, False]
    with Post(certificate) as post:
        roadcast.settings(more=f"{SECOND}{mail}{post.port}")
        assert roadcast("invite", "bob@example.com", "--send") == "1 sent\n"


def test_a_link_into_a_folder_that_cannot_be_written_is_one_line(roadcast):
    roadcast.add("ada")
    roadcast.write("post", "a file")
    error = roadcast("invite", "ada@example.com", "--out", "post/letters", code=9)
    assert "cannot be written" in error
    assert (roadcast.folder / "post").read_text() == "a file"


@pytest.mark.parametrize(
    ("base_url", "warned"), [("http://feeds.example.com/", True), ("http://127.0.0.1:8000/", False)]
)
def test_addresses_without_https_are_warned_about(roadcast, base_url, warned):
    roadcast.settings(base_url=base_url)
    roadcast.add("ada")
    assert ("is not https" in roadcast.err) is warned


# Keys


def test_a_lost_key_is_never_replaced_silently(roadcast):
    roadcast.add("ada")
    (roadcast.folder / ".roadcast" / "key").unlink()
    assert "no key; put it back from its backup" in roadcast("add", "b@example.com", "--name", "B", code=2)
    assert not (roadcast.folder / ".roadcast" / "key").exists()


def test_another_key_is_told_and_rotation_recovers(roadcast, monkeypatch):
    roadcast.add("ada")
    monkeypatch.setenv("ROADCAST_KEY", "another-Key-of-32-bytes_0123456789xyz")
    assert "not the one that the catalogue's tokens were made with" in roadcast("show", "ada@example.com", code=2)
    recovered = roadcast.json("rotate", "ada@example.com", "--now")
    assert roadcast.json("show", "ada@example.com") == recovered
    assert len(tokens(recovered)) == 2


@pytest.mark.parametrize(("key", "said"), [("short", "32 are the least"), ("x" * 40, "placeholder")])
def test_a_key_that_could_be_guessed_stops_every_command(roadcast, monkeypatch, key, said):
    monkeypatch.setenv("ROADCAST_KEY", key)
    for words in (("list",), ("add", "a@example.com", "--name", "A", "--show", "daily")):
        assert said in roadcast(*words, code=2)


# Tables

HEADER = "name,email,groups,shows\n"


def test_a_table_is_reported_row_by_row_and_importing_it_again_changes_nothing(roadcast):
    roadcast.add("ada")
    table = roadcast.write(
        "people.csv",
        HEADER + "Ada,ada@example.com,,daily\nBob,bob@example.com,north;east,daily;weekly\nZoë,z@example.com,,weekly\n",
    )
    assert roadcast("import", table).splitlines() == [
        "line 2: unchanged: ada@example.com",
        "line 3: added: bob@example.com",
        "line 4: added: z@example.com",
        "2 added, 0 changed, 1 unchanged, 0 refused",
    ]
    before = roadcast.json("show", "bob@example.com")
    assert roadcast("import", table).splitlines()[-1] == "0 added, 0 changed, 3 unchanged, 0 refused"
    assert roadcast.json("show", "bob@example.com") == before
    table = roadcast.write("people.csv", HEADER + "Robert,Bob@example.com,north,daily\n")
    said = roadcast("import", table)
    assert "line 2: changed: Bob@example.com: name, spelling of the address, groups\n" in said
    after = roadcast.json("show", "bob@example.com")
    assert (after["name"], after["groups"], after["id"]) == ("Robert", ["north"], before["id"])
    assert after["shows"] == before["shows"]


def test_a_dry_run_says_the_same_and_changes_nothing(roadcast):
    table = roadcast.write("people.csv", HEADER + "Ada,ada@example.com,,daily\n")
    dry = roadcast("import", table, "--dry-run")
    assert dry.splitlines() == [
        "line 2: added: ada@example.com",
        "would be: 1 added, 0 changed, 0 unchanged, 0 refused",
    ]
    assert roadcast.json("list") == []
    rows = roadcast.json("import", table)
    assert rows == [{"line": 2, "email": "ada@example.com", "outcome": "added", "why": ""}]


def test_one_refused_row_stops_the_whole_table_unless_it_is_to_be_skipped(roadcast):
    rows = "Ada,ada@example.com,,daily\n=1+1,eve@example.com,,daily\nBob,ADA@example.com,,daily\nCleo,c@x,,daily\n"
    table = roadcast.write("people.csv", HEADER + rows)
    error = roadcast("import", table, code=11)
    assert error == "roadcast: people.csv: 3 of 4 rows refused; nothing was changed\n"
    assert roadcast.out.splitlines() == [
        "line 2: added: ada@example.com",
        "line 3: refused: eve@example.com: the name begins like a spreadsheet formula; remove the first character",
        "line 4: refused: ADA@example.com: the same address as in line 2",
        "line 5: refused: c@x: not an e-mail address; write it as name@company.example, in ASCII",
        "would be: 1 added, 0 changed, 0 unchanged, 3 refused",
    ]
    assert roadcast.json("list") == []
    roadcast("import", table, "--skip-refused")
    assert [card["email"] for card in roadcast.json("list")] == ["ada@example.com"]


def test_a_file_in_another_encoding_is_one_line_and_changes_nothing(roadcast):
    (roadcast.folder / "people.csv").write_bytes((HEADER + "Zoë,z@example.com,,daily\n").encode("cp1252"))
    error = roadcast("import", "people.csv", code=11)
    assert error == ("roadcast: people.csv:2: neither UTF-8 nor UTF-16 (byte 26); save the table as 'CSV UTF-8'\n")
    assert roadcast.json("list") == []


@pytest.mark.slow
def test_fifty_thousand_people_are_enrolled_in_seconds(roadcast):
    rows = "".join(f"Person {n},p{n}@example.com,north;team-{n % 40},daily\n" for n in range(50_000))
    table = roadcast.write("people.csv", HEADER + rows)
    assert roadcast("import", table).endswith("\n50000 added, 0 changed, 0 unchanged, 0 refused\n")
    assert roadcast("import", table).endswith("\n0 added, 0 changed, 50000 unchanged, 0 refused\n")
    assert len(tokens(roadcast.json("show", "p49999@example.com"))) == 2


# Databases that refuse


def test_a_locked_catalogue_is_one_line_and_loses_nobody(roadcast, monkeypatch):
    roadcast.add("ada")
    path = roadcast.folder / ".roadcast" / "catalogue.db"
    monkeypatch.setenv("ROADCAST_DATABASE", f"sqlite:///{path}?timeout=0.2")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    error = roadcast("add", "bob@example.com", "--name", "Bob", "--show", "daily", code=9)
    assert error.endswith("locked by another program; wait for it to finish, or close it, and try again\n")
    assert len(error.splitlines()) == 1
    holder.execute("ROLLBACK")
    holder.close()
    roadcast.add("bob")
    assert [card["email"] for card in roadcast.json("list")] == ["ada@example.com", "bob@example.com"]


def test_a_read_only_catalogue_is_one_line_and_can_still_be_listed(roadcast, monkeypatch):
    roadcast.add("ada")
    path = roadcast.folder / ".roadcast" / "catalogue.db"
    monkeypatch.setenv("ROADCAST_DATABASE", f"sqlite:///file:{path}?mode=ro&uri=true")
    error = roadcast("revoke", "ada@example.com", code=9)
    assert error.endswith("read-only; make the file and its folder writable, or name another database\n")
    assert [card["state"] for card in roadcast.json("list")] == ["invited"]


def test_a_catalogue_of_a_newer_program_is_one_line(roadcast):
    roadcast.add("ada")
    connection = sqlite3.connect(roadcast.folder / ".roadcast" / "catalogue.db")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    error = roadcast("list", code=2)
    assert "written by a newer roadcast than this one; update the program" in error
    assert len(error.splitlines()) == 1
