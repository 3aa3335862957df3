"""Slips of people at the command line: each is one clear line, and nothing else happens."""

import json
import os
import tomllib

import pytest
from click.testing import CliRunner

from roadcast.cli.main import cli
from workflow.conftest import quicken
from workspaces import add_item, prose, workspace

DATE = ("--date", "2026-11-20")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quicken(monkeypatch)


def say(folder, *words, **more):
    return CliRunner().invoke(cli, [*words, "--workspace", str(folder)], **more)


@pytest.mark.parametrize("command", [("build",), ("plan", "briefing"), ("script", "briefing")])
@pytest.mark.parametrize("minutes", ["nan", "-nan", "inf", "0", "21"])
def test_minutes_that_are_none_are_refused(tmp_path, command, minutes):
    done = say(workspace(tmp_path, items=3), *command, "--minutes", minutes)
    assert done.exit_code == 2
    assert "Invalid value for '--minutes'" in done.output
    assert not (tmp_path / "audio_out").exists()


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (("build",), "--date"),
        (("plan", "briefing"), "--date"),
        (("listens",), "--since"),
        (("subscriber", "add", "ada@example.com", "--name", "Ada"), "--until"),
    ],
)
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_at_the_ends_of_the_calendar_are_refused(tmp_path, command, option, day):
    folder = workspace(tmp_path, items=3)
    settings = folder / "roadcast.toml"
    settings.write_text('time_zone = "Europe/Berlin"\n' + settings.read_text())
    done = say(folder, *command, option, day)
    assert done.exit_code == 2
    assert f"Invalid value for '{option}': '{day}' is not between the years 1900 and 9998." in done.output


def test_more_minutes_than_the_cap_are_refused(tmp_path):
    folder = workspace(tmp_path, items=3, show="cap_minutes = 8")
    done = say(folder, "plan", "briefing", *DATE, "--minutes", "12")
    assert done.exit_code != 0
    assert "12 minutes are more than the show's cap_minutes, 8" in str(done.exception)


def test_a_plan_of_nothing_still_says_what_is_left_out_and_why(tmp_path):
    folder = workspace(tmp_path)
    add_item(folder, "old", front="expires: 2026-11-03")
    done = say(folder, "plan", "briefing", *DATE)
    assert "left out: old: expired on 2026-11-0" in done.output
    assert "1 is left out" in str(done.exception)


@pytest.mark.parametrize("command", [("build", "--json"), ("plan", "briefing"), ("script", "briefing")])
def test_a_briefing_that_cannot_be_read_is_named_even_if_nothing_else_is_there(tmp_path, command):
    folder = workspace(tmp_path)
    add_item(folder, "slip", front="prioritty: 5")
    done = say(folder, *command, *DATE)
    assert "warning: left out: briefings/slip.md:5: unknown key 'prioritty'" in done.output
    assert str(done.exception).endswith("nothing to tell; add items to the briefings folder")


def test_a_show_with_nothing_to_tell_stops_no_other(tmp_path):
    quiet = (
        '[shows.{0}]\ntitle = "{0}"\ndescription = "Only stories."\nkinds = ["story"]\npresenters = [{{name = "A"}}]\n'
    )
    folder = workspace(tmp_path, more=quiet.format("last"))
    settings = folder / "roadcast.toml"
    settings.write_text(settings.read_text().replace("[shows.briefing]", quiet.format("first") + "[shows.briefing]"))
    add_item(folder, "news")
    done = say(folder, "build", *DATE, "--json")
    assert [episode["show"] for episode in json.loads(done.stdout)["episodes"]] == ["briefing"]
    assert (folder / "feeds" / "briefing.xml").exists()
    assert str(done.exception).count("nothing to tell") == 2
    assert done.exception.exit_code == 4
    again = say(folder, "build", *DATE, "--json")
    assert str(again.exception) == str(done.exception)


def test_what_must_be_heard_and_takes_longer_than_asked_for_is_said(tmp_path):
    folder = workspace(tmp_path)
    for number in range(24):
        add_item(folder, f"must-{number}", headline=prose(number, 3), front="must_hear: true", body=prose(number, 9))
    made = json.loads(say(folder, "build", *DATE, "--minutes", "5", "--json").stdout)
    (episode,) = made["episodes"]
    assert episode["duration_seconds"] > 306
    (said,) = [warning for warning in episode["warnings"] if "were asked for" in warning]
    assert "must-0, " in said
    assert said in say(folder, "plan", "briefing", *DATE, "--minutes", "5").stdout


def test_a_plan_shows_predicted_and_true_seconds_side_by_side(tmp_path):
    folder = workspace(tmp_path, items=24)
    entries = json.loads(say(folder, "plan", "briefing", *DATE, "--json").stdout)["entries"]
    assert {entry["true_seconds"] for entry in entries} == {None}
    say(folder, "build", *DATE)
    for entry in json.loads(say(folder, "plan", "briefing", *DATE, "--json").stdout)["entries"]:
        assert abs(entry["predicted_seconds"] / entry["true_seconds"] - 1) < 0.3
    assert "predicted" in say(folder, "plan", "briefing", *DATE).stdout


@pytest.mark.parametrize("name", ["scripts/briefing/2026-11-20/script.txt", "scripts/lexicon.csv"])
def test_a_folder_in_place_of_a_file_is_one_line(tmp_path, name):
    folder = workspace(tmp_path, items=3)
    (folder / name).mkdir(parents=True)
    done = say(folder, "plan", "briefing", *DATE)
    assert f"{name}: cannot be read: Is a directory" in str(done.exception)


def test_json_that_is_nested_beyond_reason_leaves_the_other_lines(tmp_path):
    lines = "\n".join(["[" * 100_000, '"It costs $5."'])
    done = say(workspace(tmp_path), "spoken", "--jsonl", input=lines)
    assert done.output.splitlines()[-2:] == ["null", '"It costs five dollars."']


def test_front_matter_of_a_file_from_windows_is_not_told(tmp_path):
    file = tmp_path / "x.md"
    file.write_bytes(b"---\r\nheadline: x\r\n---\r\n\r\nIt costs $5.\r\n")
    assert say(workspace(tmp_path), "spoken", str(file)).stdout == "It costs five dollars.\n"


@pytest.mark.parametrize("title", ["Q4 🎉", 'Say "now" \\ later', "a\x7fb", "Tab\there"])
def test_any_title_makes_a_workspace_that_can_be_read(tmp_path, title):
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "new"), "--title", title])
    assert done.exit_code == 0
    shows = tomllib.loads((tmp_path / "new" / "roadcast.toml").read_text(encoding="utf-8"))["shows"]
    assert next(iter(shows.values()))["title"] == title


def test_a_title_that_is_not_utf8_is_one_line(tmp_path):
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "new"), "--title", os.fsdecode(b"caf\xe9")])
    assert "not UTF-8" in str(done.exception)
    assert not (tmp_path / "new").exists()


def test_a_slip_in_a_template_that_others_include_is_named_where_it_is(tmp_path):
    folder = workspace(tmp_path, items=3)
    (folder / "scripts").mkdir(exist_ok=True)
    (folder / "scripts" / "item.j2").write_text("1: {{ item.headline }}\n\n{{ item.nothing }}\n")
    done = say(folder, "plan", "briefing", *DATE)
    assert "scripts/item.j2:3: " in str(done.exception)


def test_a_time_zone_that_is_none_is_named_with_its_line(tmp_path):
    folder = workspace(tmp_path)
    (folder / "roadcast.toml").write_text('time_zone = "Europe/Atlantis"\n')
    done = say(folder, "config")
    assert "roadcast.toml:1: time_zone: 'Europe/Atlantis' is not known" in str(done.exception)


def test_an_empty_template_that_others_include_is_not_blamed_on_them_alone(tmp_path):
    folder = workspace(tmp_path, items=3)
    (folder / "scripts").mkdir(exist_ok=True)
    (folder / "scripts" / "item.j2").write_text("")
    done = say(folder, "plan", "briefing", *DATE)
    assert "it, or a template that it includes, writes nothing" in str(done.exception)


def test_a_pronunciation_for_a_place_where_nothing_is_said_is_warned_of(tmp_path):
    folder = workspace(tmp_path, items=1)
    (folder / "scripts").mkdir(exist_ok=True)
    told = "term,say_as,scope\nKTC,kay tee see,menu\n# of the field\nXR,ex are,updat\nZed,zed,briefing\n"
    (folder / "scripts" / "lexicon.csv").write_text(told)
    said = say(folder, "check").output
    assert "scripts/lexicon.csv:4: no show, kind or part is called 'updat'; did you mean 'update'?" in said
    assert said.count("lexicon.csv") == 1


def test_a_show_in_another_language_is_warned_that_its_figures_are_told_in_english(tmp_path):
    folder = workspace(tmp_path, items=1, show='language = "de"')
    assert "shows.briefing.language: figures, dates and packaged phrases are told in English" in (
        say(folder, "check").output
    )
    assert "language" not in say(workspace(tmp_path / "other", items=1, show='language = "en-GB"'), "check").output
