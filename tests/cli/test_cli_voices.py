import json
import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from roadcast.cli.voices import audition, command
from roadcast.errors import PassageRejected, SettingsError

WORKSPACE = """
[shows.road]
title = "Road"
description = "What changed."
presenters = [{ name = "One" }]

[engines.openai]
base_url = "http://127.0.0.1:9/v1"
"""


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "roadcast.toml").write_text(WORKSPACE)
    return tmp_path


def run(command, *arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)


def test_every_engine_is_listed_with_its_state_and_what_leaves_the_machine(workspace):
    engines = {
        engine["engine"]: engine for engine in json.loads(run(command, "--json", "--workspace", workspace).output)
    }
    assert engines["pico"]["ready"]
    assert engines["pico"]["licence"] == "Apache-2.0"
    assert engines["pico"]["voices"][0] == {
        "name": "en-US",
        "language": "en-US",
        "rate": 16000,
        "licence": "Apache-2.0",
    }
    assert "translate.google.com" in engines["gtts"]["leaves"]
    assert not engines["command"]["ready"]
    assert "[engines.command]" in engines["command"]["how_to_get_it"]


def test_the_workspaces_options_count_and_a_local_server_is_not_online(workspace):
    engines = {
        engine["engine"]: engine for engine in json.loads(run(command, "--json", "--workspace", workspace).output)
    }
    assert (engines["openai"]["ready"], engines["openai"]["online"]) == (True, False)


def test_outside_a_workspace_the_voices_are_listed_as_they_come(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    output = run(command).output
    assert "pico" in output
    assert "openai   to get  is not set up: set base_url" in output


def test_an_audition_has_a_chapter_for_each_voice(workspace):
    result = run(audition, "--voice", "tone", "--voice", "pico/en-GB", "--workspace", workspace, "Up 12% since May 3.")
    assert [line.split()[-1] for line in result.output.splitlines()[:3]] == ["pico/en-GB", "tone/low", "tone/high"]
    assert (workspace / "audio_out" / "audition.mp3").stat().st_size > 20_000


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="apt install ffmpeg")
def test_a_player_sees_the_chapters(workspace):
    run(audition, "--voice", "tone", "--workspace", workspace)
    probe = ["ffprobe", "-v", "warning", "-show_chapters", "-of", "json"]
    found = subprocess.run([*probe, workspace / "audio_out/audition.mp3"], capture_output=True, check=True)
    assert found.stderr == b""
    assert [chapter["tags"]["title"] for chapter in json.loads(found.stdout)["chapters"]] == ["tone/low", "tone/high"]


def test_an_unknown_voice_is_refused(workspace):
    with pytest.raises(SettingsError, match="no voice is called nobody"):
        run(audition, "--voice", "nobody", "--workspace", workspace)
    assert not (workspace / "audio_out" / "audition.mp3").exists()


def test_a_mistyped_voice_is_refused_with_the_nearest_names(workspace):
    with pytest.raises(SettingsError, match="no voice is called pioc; did you mean pico"):
        run(audition, "--voice", "pioc", "--workspace", workspace)


def test_an_engine_is_heard_in_the_language_of_the_shows_and_another_voice_when_it_is_named(workspace):
    heard = run(audition, "--voice", "pico", "--workspace", workspace, "Up.").output
    assert re.findall(r"pico/\S+", heard) == ["pico/en-US", "pico/en-GB"]
    assert "pico/de-DE" in run(audition, "--voice", "de-DE", "--workspace", workspace, "Up.").output


def test_the_list_says_all_of_an_engine_in_the_width_of_a_terminal(workspace, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(command, "--workspace", workspace).output.splitlines()
    assert max(map(len, lines)) <= 80
    start = next(number for number, line in enumerate(lines) if line.startswith("pico"))
    said = " ".join(" ".join(lines[start : start + 3]).split())
    assert said.startswith("pico ready en-US, en-GB, de-DE, es-ES, fr-FR, it-IT 16000 Hz, 240 x real time.")
    assert "Licence: Apache-2.0. Nothing leaves this machine." in said


def test_a_text_with_nothing_to_say_is_refused(workspace):
    with pytest.raises(PassageRejected, match="nothing to say"):
        run(audition, "--voice", "tone", "--workspace", workspace, "...")


def test_a_voice_that_is_added_is_told_and_refusals_are_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "en_US-test-low.onnx").write_bytes(b"model")
    description = {"audio": {"sample_rate": 16000}, "espeak": {"voice": "en-us"}, "phoneme_id_map": {"_": [0]}}
    (tmp_path / "en_US-test-low.onnx.json").write_text(json.dumps(description))
    result = run(command, "add", tmp_path / "en_US-test-low.onnx")
    assert result.output == "added piper/en_US-test-low: en-us, 16000 Hz\n"
    assert (tmp_path / "roadcast" / "voices" / "en_US-test-low.onnx").read_bytes() == b"model"
    with pytest.raises(SettingsError, match="give --sha256"):
        run(command, "add", "en_US-lessac-medium")
