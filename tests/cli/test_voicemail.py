"""roadcast voicemail: from a folder of briefings to a bundle, and one clear line for everything that stands in the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import drops
from roadcast.cli.main import main
from roadcast.voicemail import audit

SETTINGS = """\
time_zone = "America/New_York"

[shows.morning]
title = "Morning Briefing"
description = "A briefing for tests."
company = "Northwind Traders"
groups = ["field"]
{show}

[[shows.morning.presenters]]
name = "One"
engine = "pico"

[voicemail]
business = "Northwind Traders"
call_back = "+1 415 555 2671"
opt_out = "+1 800 555 0199"
caller_id = "+1 415 555 2600"
targets = ["asterisk", "slybroadcast"]
"""
NEWS = (
    ("harbor", "Harbor release 5 ships on Tuesday and cuts setup time by 50%", "public"),
    ("starter", "The starter plan costs 10% more from January", "public"),
    ("renewal", "One customer renewed for $1.2M", "confidential"),
    ("kickoff", "The sales kickoff takes place in Denver in February", "public"),
)
BODY = "It is ready for the whole team. Ask your manager if you have a question. Nothing else is needed before Monday."


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "briefings").mkdir()
    (tmp_path / "voicemail").mkdir()
    (tmp_path / "roadcast.toml").write_text(SETTINGS.format(show="minutes = 5"), encoding="utf-8")
    for slug, headline, secrecy in NEWS:
        front = f"headline: {headline}\nkind: update\npublished: 2026-11-20\nconfidentiality: {secrecy}\nsource: Team"
        (tmp_path / f"briefings/{slug}.md").write_text(f"---\n{front}\n---\n\n{BODY}\n", encoding="utf-8")
    people = drops.csv("+1 415 555 2671,,Ann", "(212) 555-0123,,Bob", ",1003,Cee", "+1 800 555 1234", "911")
    (tmp_path / "voicemail/recipients.csv").write_bytes(people)
    return tmp_path


def run(workspace: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    sys.argv = ["roadcast", "voicemail", *map(str, arguments), "--workspace", str(workspace)]
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


EDITION = ("morning", "--date", "2026-11-23", "--send-at", "2099-11-23T15:00Z")


def test_a_briefing_becomes_a_bundle_that_passes_its_own_check(workspace, capsys):
    code, out, err = run(workspace, capsys, *EDITION, "--recipients", workspace / "voicemail/recipients.csv")
    assert (code, err) == (0, "")
    folder = workspace / "audio_out/voicemail/morning-2026-11-23"
    assert "This is Northwind Traders with Morning Briefing for Monday" in out
    assert "left out: renewal: confidential: it may not leave the house" in out
    assert "3 recipients in the lists, 2 withheld:" in out
    assert "1.2" not in (folder / "script.txt").read_text()
    assert sorted(path.name for path in (folder / "recipients/slybroadcast").iterdir()) == [
        "01-20991123T100000.form",
        "02-20991123T110000.form",
    ]
    assert 25 < json.loads((folder / "manifest.json").read_text())["files"][0]["ms"] / 1000 <= 40
    assert run(workspace, capsys, "check", folder)[:2] == (0, f"{folder}: 0 errors, 0 warnings\n")
    wave = folder / "audio/asterisk.wav"
    spoiled = workspace / "asterisk.ulaw"
    spoiled.write_bytes(wave.read_bytes())
    code, out, _ = run(workspace, capsys, "check", spoiled)
    assert code == 12
    assert out.startswith("error: asterisk.ulaw: byte 0: header: a RIFF header")


def test_a_file_is_checked_anywhere_but_a_workspace_that_was_named_has_to_be_one(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "asterisk.ulaw"
    path.write_bytes(bytes(8000))
    code, out, err = run(tmp_path, capsys, "check", path)
    assert (code, out) == (2, "")
    assert f"{tmp_path}: no roadcast.toml here or above; name a workspace" in err
    monkeypatch.setattr(sys, "argv", ["roadcast", "voicemail", "check", str(path)])
    with pytest.raises(SystemExit, match="12"):
        main()
    assert "asterisk.ulaw: 6 errors" in capsys.readouterr().out


def test_a_drop_without_recipients_says_why_there_are_no_lists(workspace, capsys):
    _, out, _ = run(workspace, capsys, *EDITION)
    assert "no lists: nobody was named; --recipients FILE or --group NAME makes them" in out


def test_the_same_command_twice_gives_the_same_bytes(workspace, tmp_path):
    """In processes of their own: Pico never says a line twice in the same way, so the lines are kept.

    The second time the workspace lies elsewhere, and the machine's clock shows another hour.
    """
    sums = []
    for folder, zone in ((workspace, "UTC"), (tmp_path / "moved", "Asia/Tokyo")):
        if folder is not workspace:
            shutil.copytree(workspace, folder)
        command = [sys.executable, "-m", "roadcast", "voicemail", *EDITION, "--out", folder / "out"]
        command += ["--workspace", folder, "--recipients", folder / "voicemail/recipients.csv"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TZ": zone})
        sums.append((folder / "out/morning-2026-11-23/SHA256SUMS").read_bytes())
    assert sums[0] == sums[1]


def test_two_that_make_the_same_bundle_at_once_leave_one_whole(workspace):
    command = [sys.executable, "-m", "roadcast", "voicemail", *EDITION, "--workspace", workspace, "--target", "all"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=120) for one in both]
    assert 0 in {one.returncode for one in both}, said
    for one, (_, err) in zip(both, said, strict=True):
        assert one.returncode == 0 or err.count("\n") == 1, err
    folder = workspace / "audio_out/voicemail"
    assert [path.name for path in folder.iterdir()] == ["morning-2026-11-23"]
    assert audit.check_bundle(folder / "morning-2026-11-23", drops.PROFILES) == []


@pytest.mark.parametrize("wait", [0.7, 1.6])
def test_a_drop_that_is_stopped_leaves_no_half_bundle(workspace, wait):
    command = [sys.executable, "-m", "roadcast", "voicemail", *EDITION, "--workspace", workspace, "--target", "all"]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(wait)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    folder = workspace / "audio_out/voicemail"
    left = [path.name for path in folder.iterdir()] if folder.exists() else []
    assert (running.returncode == 0 and left == ["morning-2026-11-23"]) or (
        left == [] and err.strip().count("\n") == 0
    ), err


def test_the_whole_episode_comes_in_parts_that_the_target_takes(workspace, capsys):
    targets = workspace / "voicemail/targets"
    targets.mkdir()
    packaged = drops.profiles.FOLDER / "asterisk.toml"
    (targets / "asterisk.toml").write_text(packaged.read_text().replace("seconds = 120.0", "seconds = 50.0"))
    code, out, err = run(workspace, capsys, *EDITION, "--full", "--target", "asterisk", "--json")
    assert (code, err) == (0, "")
    made = json.loads(out)
    assert made["left_out"] == [{"slug": "renewal", "why": "confidential: it may not leave the house"}]
    assert len(made["seconds"]) > 1
    assert max(made["seconds"]) <= 50
    audio = {path.name for path in (Path(made["folder"]) / "audio").iterdir()}
    assert {"asterisk-01.wav", "asterisk-02.wav"} <= audio
    script = (Path(made["folder"]) / "script.txt").read_text()
    assert script.count("[identification]") == len(made["seconds"])
    assert "Part 2 of" in script
    assert "1.2" not in script
    for slug, headline, secrecy in NEWS:
        assert (headline in script) == (secrecy == "public"), slug


def test_recipients_without_consent_columns_get_no_lists(workspace, capsys):
    path = workspace / "plain.csv"
    path.write_text("phone\n4155552671\n")
    code, _, err = run(workspace, capsys, *EDITION, "--recipients", path)
    assert code == 0
    assert "no consent columns" in err
    folder = workspace / "audio_out/voicemail/morning-2026-11-23"
    assert (folder / "audio/asterisk.ulaw").exists()
    assert not (folder / "recipients").exists()


def test_a_suppression_list_of_the_workspace_is_used(workspace, capsys):
    (workspace / "voicemail/suppression.csv").write_text("phone\n(415) 555-2671\n")
    _, out, _ = run(workspace, capsys, *EDITION, "--recipients", workspace / "voicemail/recipients.csv", "--json")
    assert json.loads(out)["exported"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("evening",), "unknown show 'evening'"),
        (("morning", "--target", "asterix"), "did you mean 'asterisk'"),
        (("morning", "--target", "drop-co", "--seconds", "70"), "takes at most 60 s"),
        (("morning", "--seconds", "12"), "alone take"),
        (("morning", "--recipients", "absent.csv"), "absent.csv: cannot be read"),
        (("morning", "--group", "emea"), "nobody is in group 'emea'"),
        (("morning", "--send-at", "2099-11-23T15:00"), "without an offset"),
        (("morning", "--send-at", "2026-01-23T15:00Z"), "has passed"),
        (("morning", "--out", "roadcast.toml"), "not a folder"),
        (("morning", "--out", "link"), "symbolic link"),
        (("morning", "--out", "/proc/none"), "cannot be written"),
        (("check", "roadcast.toml"), "give --target"),
        (("check", "briefings"), "no voicemail bundle"),
        (("check", "roadcast.toml", "--target", "nobody"), "unknown target"),
    ],
)
def test_what_stands_in_the_way_is_one_line(workspace, capsys, monkeypatch, arguments, words):
    monkeypatch.chdir(workspace)
    (workspace / "link").symlink_to(workspace / "briefings")
    (workspace / "voicemail/recipients.csv").write_text("phone,groups\n1,field\n")
    dated = arguments if arguments[0] == "check" else (*arguments, "--date", "2026-11-23")
    code, out, err = run(workspace, capsys, *dated)
    assert code != 0
    assert words in err
    assert (err.count("\n"), out) == (1, "")
    assert not (workspace / "audio_out/voicemail").exists() or not list((workspace / "audio_out/voicemail").iterdir())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('business = "Northwind Traders"', 'business = ""', "voicemail.business is empty"),
        ('caller_id = "+1 415 555 2600"', "", "needs voicemail.caller_id"),
        ('call_back = "+1 415 555 2671"', 'call_back = "ask me"', "voicemail.call_back"),
    ],
)
def test_settings_that_are_missing_are_named(workspace, capsys, old, new, words):
    path = workspace / "roadcast.toml"
    path.write_text(path.read_text().replace(old, new))
    code, _, err = run(workspace, capsys, *EDITION, "--recipients", workspace / "voicemail/recipients.csv")
    assert (code, err.count("\n")) == (12, 1)
    assert words in err


def test_nothing_public_is_nothing_to_tell(workspace, capsys):
    for path in (workspace / "briefings").iterdir():
        path.write_text(path.read_text().replace("confidentiality: public", "confidentiality: internal"))
    code, _, err = run(workspace, capsys, *EDITION)
    assert code == 12
    assert "confidentiality: public" in err


@pytest.mark.parametrize("whole", [(), ("--full",)])
def test_a_day_without_items_is_not_called_confidential(workspace, capsys, whole):
    for path in (workspace / "briefings").iterdir():
        path.unlink()
    code, out, err = run(workspace, capsys, *EDITION, *whole)
    assert (code != 0, out, err.count("\n")) == (True, "", 1)
    assert "nothing to tell" in err
    assert "2026-11-23" in err
    assert "confidentiality" not in err


def test_a_whole_episode_goes_into_mailboxes_and_rings_no_phone(workspace, capsys):
    with (workspace / "voicemail/recipients.csv").open("ab") as file:
        file.write(drops.csv("+1 212 555 0199,1004", ",1003@default").partition(b"\r\n")[2])
    (workspace / "voicemail/suppression.csv").write_text("name,phone\nDee,212-555-0199 x2\n")
    code, out, err = run(workspace, capsys, *EDITION, "--full", "--recipients", workspace / "voicemail/recipients.csv")
    assert (code, err) == (0, "")
    assert "1 recipient in the lists, 6 withheld:" in out
    assert "1 on the suppression list" in out
    assert "1 duplicate" in out
    assert "2 none of the targets reaches this recipient" in out
    folder = workspace / "audio_out/voicemail/morning-2026-11-23"
    assert not (folder / "recipients").exists()
    assert not (folder / "pbx/asterisk/calls").exists()
    assert (folder / "pbx/asterisk/spool/default/1003/msg0000.txt").exists()


def test_a_whole_episode_for_a_vendor_says_why_it_has_no_lists(workspace, capsys):
    people = workspace / "voicemail/recipients.csv"
    code, _, err = run(workspace, capsys, *EDITION, "--full", "--target", "twilio", "--recipients", people)
    assert code == 0
    assert err.startswith("no lists: a whole episode would ring every phone once per part")
    folder = workspace / "audio_out/voicemail/morning-2026-11-23"
    assert not (folder / "recipients").exists()
    assert "once per part" in (folder / "README.txt").read_text()
    assert run(workspace, capsys, "check", folder)[0] == 0
