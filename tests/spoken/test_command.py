import json

import pytest
from click.testing import CliRunner

from roadcast.cli.spoken import command

TOML = (
    '[shows.road]\ntitle = "Road"\ndescription = "d"\npresenters = [{ name = "One" }]\n\n[spoken]\nday_first = true\n'
)


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def workspace(nowhere):
    (nowhere / "roadcast.toml").write_text(TOML)
    (nowhere / "scripts").mkdir()
    (nowhere / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nSaaS,sass,\nSE,south east,training\n")
    return nowhere


def run(text, *arguments):
    stdin = text if isinstance(text, bytes) else text.encode()
    result = CliRunner(mix_stderr=False).invoke(command, [str(a) for a in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_each_line_of_standard_input_is_a_line_for_the_ear(nowhere):
    assert run("We won **$1.2M**.\n\n- 3 of [5](http://x.y)\n").stdout == (
        "We won one point two million dollars.\n\nthree of five.\n"
    )


def test_json_strings_with_line_breaks_and_markup_give_one_json_string_each(nowhere):
    written = ["# Q3\n\nUp 12%.\n\n| A | B |\n|---|---|\n| x | 5 |\n", "", 'say "café"']
    result = run("".join(json.dumps(text) + "\n" for text in written), "--jsonl")
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        "Q three. Up twelve percent. x: B five.",
        "",
        "say café.",
    ]
    assert result.exit_code == 0


def test_a_line_that_cannot_be_spoken_is_named_and_the_others_are_printed(nowhere):
    result = run('"one 1"\n"Привет"\n5\nnonsense\n"two 2"\n', "--jsonl")
    assert result.stdout.splitlines() == ['"one one."', "null", "null", "null", '"two two."']
    errors = result.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in errors] == ["line 2", "line 3", "line 4"]
    assert "Cyrillic" in errors[0]
    assert "not a string" in errors[1]
    assert "not JSON" in errors[2]
    assert result.exit_code != 0


def test_a_line_that_is_not_text_is_named(nowhere):
    result = run(b"fine\n\xff\xfe\nfine\n")
    assert result.stdout.splitlines() == ["fine.", "", "fine."]
    assert "line 2: the line: not UTF-8 at byte 0" in result.stderr


def test_the_lexicon_and_the_settings_of_the_workspace_are_used(workspace):
    assert run("SaaS on 5/6/2026 in SE").stdout == "sass on June fifth, twenty twenty six in S E.\n"
    assert run("SaaS in SE", "--scope", "training").stdout == "sass in south east.\n"
    assert run("SaaS", "--no-lexicon").stdout == "SaaS.\n"


def test_a_file_is_read_without_its_front_matter_and_faults_are_named_with_file_and_line(workspace):
    file = workspace / "item.md"
    file.write_text("---\nheadline: 5 things\n---\n\nUp 12%.\n\nПривет.\nDown 3%.\n")
    result = run("", file)
    assert result.stdout.splitlines() == ["Up twelve percent.", "", "Down three percent."]
    assert f"roadcast: {file}:7: no voice here reads Cyrillic letters" in result.stderr
    assert result.exit_code == 7


def test_json_lines_come_from_standard_input_only(workspace):
    (workspace / "x.md").write_text("x")
    assert run("", "--jsonl", workspace / "x.md").exit_code == 2


def test_an_indented_text_is_not_taken_for_code(nowhere):
    assert run('"    Up 5%."\n', "--jsonl").stdout == '"Up five percent."\n'
