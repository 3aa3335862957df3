"""Files for one's own phone system: nothing breaks out of them, and the installer overwrites nothing."""

from __future__ import annotations

import configparser
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import export, pbx
from roadcast.voicemail.numbers import Reason
from roadcast.workflow import outreach

FAR = datetime(2099, 11, 23, 15, tzinfo=UTC)  # 7 a.m. in Los Angeles
HOSTILE = 'Ann "A]"; O\'Neil\n[general]\r\nmsg_id=1\0 <x> $(rm) `id` ${X} \u2028 \\'


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Three people; the phone is rung one hour after a morning that is far from every run of the tests."""
    reached = drops.decide("+1 415 555 2671", ",1001", ",1002@sales", now=FAR)
    return drops.save(drops.order("asterisk", "freeswitch", reached=reached), tmp_path)


def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "spool"
    (folder / "outgoing").mkdir(parents=True)
    return folder


def install(bundle: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    script = bundle / "pbx/asterisk/install.sh"
    return subprocess.run(["sh", script, *arguments], capture_output=True, text=True, timeout=30)


def test_a_hostile_name_cannot_end_a_line_a_string_or_a_comment():
    name = pbx.safe_name(HOSTILE)
    assert name == "Ann A O'Neil general msg id 1 x rm id X"
    assert pbx.safe_name('\n;]"') == "Briefing"
    assert pbx.safe_name("é" * 99) == "é" * 40


def test_call_files_and_envelopes_keep_their_form_under_a_hostile_business():
    sender = replace(drops.SENDER, business=HOSTILE)
    made = export.export(drops.order("asterisk", reached=drops.decide("+1 415 555 2671", ",1001"), sender=sender)).files
    call = next(content.decode() for name, content in made.items() if name.endswith(".call"))
    assert [line.partition(":")[0] for line in call.splitlines()] == [
        *("Channel", "CallerID", "MaxRetries", "RetryTime", "WaitTime", "Context", "Extension", "Priority", "Archive"),
        "Set",
    ]
    envelope = configparser.ConfigParser(comment_prefixes=(";",), interpolation=None)
    envelope.read_string(made["pbx/asterisk/spool/default/1001/msg0000.txt"].decode())
    assert envelope.sections() == ["message"]
    assert envelope["message"]["callerid"] == '"Ann A O\'Neil general msg id 1 x rm id X" <+14155552600>'
    assert envelope["message"]["msg_id"] != "1"


def test_every_format_of_the_mailbox_is_there(bundle):
    for folder in ("default/1001", "sales/1002"):
        names = sorted(path.name for path in (bundle / "pbx/asterisk/spool" / folder).iterdir())
        assert names == ["msg0000.gsm", "msg0000.txt", "msg0000.wav", "msg0000.wav49"]


def test_messages_are_numbered_behind_those_that_are_there_and_never_twice(bundle, tmp_path):
    inbox = spool(tmp_path) / "voicemail/default/1001/INBOX"
    inbox.mkdir(parents=True)
    for name in ("msg0000.wav", "msg0000.txt", "msg0007.gsm", "msg0008.txt"):
        (inbox / name).write_text("mine")
    first = install(bundle, "spool", tmp_path / "spool")
    assert first.returncode == 0, first.stderr
    new = sorted(path.name for path in inbox.iterdir() if path.read_bytes() != b"mine")
    assert new == ["msg0009.WAV", "msg0009.gsm", "msg0009.txt", "msg0009.wav"]
    assert (tmp_path / "spool/voicemail/sales/1002/INBOX/msg0000.txt").exists()
    before = sorted(inbox.iterdir())
    again = install(bundle, "spool", tmp_path / "spool")
    assert again.returncode == 0, again.stderr
    assert "already" in again.stdout
    assert sorted(inbox.iterdir()) == before


def test_a_message_that_was_heard_and_moved_is_not_left_again(bundle, tmp_path):
    folder = spool(tmp_path) / "voicemail/default/1001"
    install(bundle, "spool", tmp_path / "spool")
    (folder / "INBOX").rename(folder / "Old")
    install(bundle, "spool", tmp_path / "spool")
    assert list((folder / "INBOX").iterdir()) == []


def test_call_files_arrive_with_their_sound_and_their_time(bundle, tmp_path):
    sounds = tmp_path / "sounds"
    done = install(bundle, "calls", spool(tmp_path), sounds)
    assert done.returncode == 0, done.stderr
    calls = list((tmp_path / "spool/outgoing").iterdir())
    assert len(calls) == 1
    assert calls[0].stat().st_mtime == FAR.timestamp() + 3600
    named = calls[0].read_text().partition("ROADCAST_SOUND=")[2].strip()
    assert (sounds / f"{named}.ulaw").read_bytes() == (bundle / "audio/asterisk.ulaw").read_bytes()


def test_nobody_who_was_called_is_called_again_by_a_second_run(bundle, tmp_path):
    folder = spool(tmp_path)
    install(bundle, "calls", folder, tmp_path / "sounds")
    call = next((folder / "outgoing").iterdir())
    assert "Archive: yes\n" in call.read_text()
    (folder / "outgoing_done").mkdir()
    call.rename(folder / "outgoing_done" / call.name)  # as Asterisk does with it
    again = install(bundle, "calls", folder, tmp_path / "sounds")
    assert again.returncode == 0, again.stderr
    assert list((folder / "outgoing").iterdir()) == []


def test_a_call_whose_time_has_passed_is_not_handed_over(tmp_path):
    """Asterisk would call at once, and it may be night there by now."""
    past = datetime(2026, 1, 20, 15, tzinfo=UTC)
    folder = drops.save(drops.order("asterisk", reached=drops.decide("+1 415 555 2671", now=past)), tmp_path)
    done = install(folder, "calls", spool(tmp_path), tmp_path / "sounds")
    assert done.returncode == 1
    assert "make the bundle again" in done.stderr
    assert list((tmp_path / "spool/outgoing").iterdir()) == []
    assert not (tmp_path / "sounds").exists()


def test_a_sound_that_differs_from_the_one_that_is_there_stops_the_installer(bundle, tmp_path):
    install(bundle, "calls", spool(tmp_path), tmp_path / "sounds")
    sound = next((tmp_path / "sounds").rglob("*.ulaw"))
    sound.write_bytes(b"of an earlier bundle")
    done = install(bundle, "calls", tmp_path / "spool", tmp_path / "sounds")
    assert (done.returncode, sound.read_bytes()) == (1, b"of an earlier bundle")
    assert "sounds different" in done.stderr


def test_a_message_is_dated_when_it_is_left_and_not_when_it_was_made(bundle, tmp_path):
    before = int(time.time())
    install(bundle, "spool", spool(tmp_path))
    left = (tmp_path / "spool/voicemail/default/1001/INBOX/msg0000.txt").read_text()
    made = (bundle / "pbx/asterisk/spool/default/1001/msg0000.txt").read_text()
    stamp = int(left.partition("origtime=")[2].split()[0])
    assert before <= stamp <= time.time()
    assert f"origdate={datetime.fromtimestamp(stamp, UTC):%a %b %d %I:%M:%S %p UTC %Y}" in left
    assert [
        a for a, b in zip(left.splitlines(), made.splitlines(), strict=True) if a != b and not a.startswith("orig")
    ] == []


@pytest.mark.parametrize("arguments", [(), ("dial",), ("spool", "/no/such/spool")])
def test_the_installer_says_what_it_needs(bundle, arguments):
    done = install(bundle, *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("install.sh: ")


def test_freeswitch_gets_one_command_per_mailbox(bundle):
    lines = (bundle / "pbx/freeswitch/inject.cmds").read_text().splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["vm_inject", "1001@${FREESWITCH_DOMAIN}"],
        ["vm_inject", "1002@sales"],
    ]
    assert all(len(line.split()) == 5 for line in lines)


def test_parts_of_an_episode_become_messages_in_their_order():
    two = (drops.message(), drops.message(seconds=30))
    made = export.export(drops.order("asterisk", reached=drops.decide(",1001", by_phone=False), messages=two))
    names = [name.rpartition("/")[2] for name in (*made.files, *made.links) if "/1001/" in name]
    assert sorted(names) == [f"msg000{n}.{e}" for n in (0, 1) for e in ("gsm", "txt", "wav", "wav49")]
    assert made.links["pbx/asterisk/spool/default/1001/msg0001.wav"] == "audio/asterisk-02.wav"
    assert not any(name.startswith("recipients/") for name in made.files)


def test_a_format_without_audio_and_a_dangerous_option_are_refused():
    profile = drops.PROFILES["asterisk"]

    def with_options(**options: str):
        rule = replace(profile.list, options={**profile.list.options, **options})
        reached = drops.decide("+1 415 555 2671", ",1001")
        return export.export(drops.order(reached=reached, profiles=[replace(profile, list=rule)]))

    with pytest.raises(VoicemailError, match="format 'siren7'"):
        with_options(formats="wav,siren7")
    with pytest.raises(VoicemailError, match="in the profile"):
        with_options(sounds="../../etc")


def test_one_mailbox_in_two_rows_with_and_without_its_context_is_a_duplicate():
    reached = drops.decide(",1001,Ann", ",1001@default,Ann", ",1001@sales,Bob")
    assert [(one.recipient.row, one.reason) for one in reached.withheld] == [(3, Reason.DUPLICATE)]
    made = export.export(drops.order("asterisk", reached=reached)).files
    assert sorted(name for name in made if name.endswith("/msg0000.txt")) == [
        "pbx/asterisk/spool/default/1001/msg0000.txt",
        "pbx/asterisk/spool/sales/1001/msg0000.txt",
    ]


def test_the_context_of_a_mailbox_is_that_of_the_chosen_targets():
    asterisk = drops.PROFILES["asterisk"].list
    own = replace(asterisk, options={**asterisk.options, "context": "sales"})
    assert outreach._contexts([own, drops.PROFILES["twilio"].list]) == ("sales",)
    assert outreach._contexts([own, drops.PROFILES["freeswitch"].list]) == ("default", "sales")
    assert outreach._contexts([]) == ("default",)
