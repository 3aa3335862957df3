"""The bundle: whole or not at all, the same bytes for the same input, and nobody is called."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import drops
from roadcast.errors import StorageError, VoicemailError
from roadcast.voicemail import audit, bundle, export, records

PEOPLE = ("+1 415 555 2671,,Ann", "(212) 555-0123", ",1001", "911", "+1 800 555 1234")
HERE = Path(__file__).parent


def order(*targets: str, **what: object) -> export.Order:
    return drops.order(*(targets or ("twilio", "asterisk", "generic")), reached=drops.decide(*PEOPLE), **what)


def test_every_file_of_every_target_is_there_and_described(tmp_path):
    folder = drops.save(order("all"), tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    described = Counter(entry["file"] for entry in manifest["files"])
    assert described == Counter(f"audio/{path.name}" for path in (folder / "audio").iterdir())
    entry = next(entry for entry in manifest["files"] if entry["file"] == "audio/twilio.wav")
    content = (folder / "audio/twilio.wav").read_bytes()
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert (entry["tag"], entry["rate"], entry["dtmf"]) == ("0x0007", 8000, "none")
    assert entry["bytes"] == len(content)
    assert entry["samples"] == len(drops.samples())
    assert entry["active_dbov"] == pytest.approx(-22, abs=0.5)
    assert 300 <= entry["lead_ms"] <= 800
    for name in ("asterisk.wav", "asterisk.ulaw", "asterisk.alaw", "asterisk.gsm", "asterisk.wav49", "asterisk.sln"):
        assert (folder / "audio" / name).exists()


def test_the_records_add_up_and_say_what_they_must(tmp_path):
    folder = drops.save(order(), tmp_path)
    record = json.loads((folder / "compliance.json").read_text())
    assert (record["read"], record["exported"], record["withheld"]) == (5, 3, 2)
    assert record["withheld"] == sum(record["withheld_by_reason"].values())
    assert (folder / "withheld.csv").read_text().count("\n") == 1 + 2
    readme = (folder / "README.txt").read_text()
    assert "not legal advice" in readme
    assert "FCC 24-17" in readme
    script = (folder / "script.txt").read_text()
    assert script.startswith("[identification] This is Northwind Traders")
    assert "[call-back]" in script
    assert "[opt-out]" in script


def test_the_suppression_record_names_nobody(tmp_path):
    folder = drops.save(order(suppressed=frozenset({"+14155559999"})), tmp_path)
    record = (folder / "suppression-used.csv").read_text()
    assert record.count("\n") == 2
    assert "9999" not in record


def test_without_consent_the_lists_are_refused_and_the_audio_is_written(tmp_path):
    folder = drops.save(order(no_lists="no consent columns"), tmp_path)
    assert (folder / "audio/twilio.wav").exists()
    assert not (folder / "recipients").exists()
    assert not (folder / "pbx").exists()
    assert json.loads((folder / "compliance.json").read_text())["exported"] == 0
    assert audit.check_bundle(folder, drops.PROFILES) == []


def test_the_same_input_gives_the_same_bytes(tmp_path):
    one, two = (drops.save(order("all"), tmp_path / name) for name in "ab")
    assert (one / "SHA256SUMS").read_bytes() == (two / "SHA256SUMS").read_bytes()
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=two, capture_output=True)
    assert done.returncode == 0, done.stderr
    listed = {line.partition("  ")[2] for line in (one / "SHA256SUMS").read_text().splitlines()}
    assert listed | {"SHA256SUMS"} == {p.relative_to(one).as_posix() for p in one.rglob("*") if p.is_file()}


def test_a_bundle_without_lists_is_the_same_at_any_hour(tmp_path):
    def made(hour: int) -> bytes:
        grounds = records.Grounds(scope="morning", begin=drops.NOW.replace(hour=hour))
        return (drops.save(drops.order("asterisk", grounds=grounds), tmp_path / str(hour)) / "SHA256SUMS").read_bytes()

    assert made(3) == made(23)


def test_a_second_export_takes_the_place_of_the_first(tmp_path):
    folder = drops.save(order("all"), tmp_path)
    drops.save(order("twilio"), tmp_path)
    assert [path.name for path in (folder / "audio").iterdir()] == ["twilio.wav"]
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


@pytest.mark.parametrize("briefing", ["../out", "a/b", "", ".hidden", "a..b", "x" * 200, "a\n", "a\0b"])
def test_a_briefing_cannot_leave_its_folder(tmp_path, briefing):
    with pytest.raises(VoicemailError, match="cannot name a folder"):
        bundle.place(tmp_path, briefing)


def test_a_symbolic_link_is_not_followed(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(VoicemailError, match="symbolic link"):
        bundle.place(tmp_path / "link", "morning")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/morning").symlink_to(tmp_path / "real")
    with pytest.raises(VoicemailError, match="symbolic link"):
        bundle.place(tmp_path / "out", "morning")
    (tmp_path / "file").write_text("")
    with pytest.raises(VoicemailError, match="not a folder"):
        bundle.place(tmp_path / "file", "morning")


def test_a_failure_half_way_leaves_what_was_there(tmp_path, monkeypatch):
    folder = drops.save(order("twilio"), tmp_path)
    before = (folder / "SHA256SUMS").read_bytes()
    wrote = iter(range(3))

    def stop(path: Path, content: bytes, *, executable: bool) -> None:
        if next(wrote, None) is None:
            raise OSError(28, "No space left on device")
        path.write_bytes(content)

    monkeypatch.setattr(bundle, "_create", stop)
    with pytest.raises(StorageError, match="No space left on device"):
        drops.save(order("all"), tmp_path)
    assert (folder / "SHA256SUMS").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_if_the_new_folder_cannot_take_its_place_the_old_one_comes_back(tmp_path, monkeypatch):
    folder = drops.save(order("twilio"), tmp_path)
    before = (folder / "SHA256SUMS").read_bytes()
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        drops.save(order("generic"), tmp_path)
    assert (folder / "SHA256SUMS").read_bytes() == before


KILLED = """
import os, signal
from pathlib import Path
from roadcast.voicemail import bundle
bundle._same = lambda source, target: os.kill(os.getpid(), signal.SIGKILL)
bundle.save(bundle.Bundle(files={{"a": b"x", "b": b"y"}}, links={{"c": "a"}}).sealed(), Path({out!r}) / "morning")
"""


def test_an_export_that_is_killed_leaves_no_half_bundle(tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED.format(out=str(tmp_path))], timeout=60)
    assert done.returncode == -9
    left = list(tmp_path.iterdir())
    assert [path.name.startswith(".morning.") for path in left] == [True], "it was killed before it wrote anything"
    os.utime(left[0], (0, 0))
    bundle.save(bundle.Bundle(files={"a": b"x"}, links={}).sealed(), tmp_path / "morning")
    assert [path.name for path in tmp_path.iterdir()] == ["morning"]


SMALL_DISK = """
import subprocess
from pathlib import Path
from roadcast.errors import StorageError
from roadcast.voicemail import bundle
disk = Path({disk!r})
subprocess.run(["mount", "-t", "tmpfs", "-o", {options!r}, "none", disk], check=True)
try:
    bundle.save(bundle.Bundle(files={{"script.txt": b"x", "audio/long.wav": bytes(900_000)}}, links={{}}).sealed(), disk / "morning")
except StorageError as error:
    print(error)
    print(sorted(path.name for path in disk.iterdir()))
"""


@pytest.mark.parametrize(
    ("options", "words"), [("size=300k", "No space left on device"), ("ro", "Read-only file system")]
)
def test_a_full_or_unwritable_disk_is_one_line_and_leaves_nothing(tmp_path, options, words):
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode:
        pytest.skip("no mount namespaces without root here: no small disk can be made")
    code = SMALL_DISK.format(disk=str(tmp_path), options=options)
    done = subprocess.run(["unshare", "-rm", sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    lines = done.stdout.splitlines()
    assert words in lines[0], done.stderr
    assert lines[1:] == ["[]"]


def test_a_place_that_cannot_be_made_is_one_line():
    with pytest.raises(StorageError, match="cannot be written") as caught:
        bundle.save(bundle.Bundle(files={"a": b""}, links={}).sealed(), Path("/proc/nowhere/morning"))
    assert "\n" not in str(caught.value)


NO_NETWORK = """
import socket, sys
sys.path.insert(0, {tests!r})
import drops
from pathlib import Path

def refuse(*_, **__):
    raise SystemExit("a socket was opened")

socket.socket.__init__ = refuse
folder = drops.save(drops.order("all", reached=drops.decide("+1 415 555 2671", ",1001")), Path({out!r}))
print(len(list(folder.rglob("*"))) > 40)
"""


def test_the_exporter_opens_no_socket_and_needs_no_network(tmp_path):
    code = NO_NETWORK.format(tests=str(HERE.parent), out=str(tmp_path))
    command = [sys.executable, "-c", code]
    if not subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        command = ["unshare", "-rn", *command]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "True", done.stderr + done.stdout


def test_a_whole_bundle_passes_its_check_and_a_touched_one_does_not(tmp_path):
    folder = drops.save(order(), tmp_path)
    assert audit.check_bundle(folder, drops.PROFILES) == []
    (folder / "script.txt").write_text("other words")
    (folder / "extra.txt").write_text("more")
    wave = folder / "audio/twilio.wav"
    wave.write_bytes(wave.read_bytes()[:-1000])
    (folder / "audio/generic.mp3").unlink()
    found = {(one.file, one.rule) for one in audit.check_bundle(folder, drops.PROFILES)}
    assert {
        ("script.txt", "sum"),
        ("extra.txt", "sum"),
        ("audio/twilio.wav", "sum"),
        ("twilio.wav", "data size"),
        ("audio/generic.mp3", "missing"),
    } <= found


def test_counts_that_do_not_add_up_are_found(tmp_path):
    folder = drops.save(order(), tmp_path)
    record = json.loads((folder / "compliance.json").read_text())
    (folder / "compliance.json").write_text(json.dumps(record | {"exported": 99}))
    assert "counts" in {one.rule for one in audit.check_bundle(folder, drops.PROFILES)}


def test_a_folder_that_is_no_bundle_is_refused(tmp_path):
    with pytest.raises(VoicemailError, match="no voicemail bundle"):
        audit.check_bundle(tmp_path, drops.PROFILES)


def test_what_a_target_would_refuse_is_never_written(tmp_path):
    profile = drops.PROFILES["drop-co"]
    short = replace(profile, limits=replace(profile.limits, seconds=20))
    with pytest.raises(VoicemailError, match=r"'drop-co' would refuse the message: .*over 20\.00"):
        drops.save(order(profiles=[short]), tmp_path)
    assert list(tmp_path.iterdir()) == []
