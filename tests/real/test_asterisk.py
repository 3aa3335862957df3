"""Hold the voicemail drop against a real Asterisk: two of them, in a network that has nothing but loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile

import drops
from roadcast.voicemail import chain, check, encoding, g711
from roadcast.voicemail.sender import Sender

pytestmark = [pytest.mark.real, pytest.mark.slow]

HERE = Path(__file__).parent
# After this test is over: Asterisk calls at once where a time has passed (16.28 did so for one in 2099 as well).
LATER = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=2)
FETCH = HERE.parent.parent / ".ci" / "asterisk.sh"
HOSTILE = Sender(
    business='Ann "A]"; O\'Neil\n[general]\nmsg_id=1 <script>',
    call_back="+1 415 555 2671",
    opt_out="+1 800 555 0199",
    caller_id="+1 415 555 2600",
)


def _skip(reason: str) -> None:
    """Skip where Asterisk cannot be had; in CI, which can install it, that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def packages() -> Path:
    """Fetch an Asterisk once per machine, without installing it."""
    folder = Path(os.environ.get("ROADCAST_ASTERISK", Path(tempfile.gettempdir()) / f"roadcast-asterisk-{os.getuid()}"))
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        _skip("no network namespaces without root here (unshare -rn): a PBX would be reachable from outside")
    done = subprocess.run(["sh", FETCH, folder], capture_output=True, text=True, timeout=300)
    if done.returncode == 3:
        _skip(done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    return folder / "root"


@pytest.fixture(scope="session")
def seen(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Let the laboratory do everything at once, and keep what it saw."""
    work = tmp_path_factory.mktemp("asterisk")
    message = drops.message(seconds=30)
    reached = drops.decide("+1 415 555 2671,,Ann", ",1003,Bob", now=LATER)
    order = drops.order("asterisk", reached=reached, messages=(message,), sender=HOSTILE)
    bundle = drops.save(order, work / "out")
    (work / "hello.ulaw").write_bytes(g711.encode_mulaw(_narrow(drops.say("Hello?"))))
    (work / "verdicts").mkdir()
    for name, content in VERDICTS.items():
        (work / "verdicts" / name).write_bytes(content())
    done = subprocess.run(
        [
            *("nice", "-n", "-10"),  # a PBX keeps time beside other tests; nice goes on as it is where it may not
            *("unshare", "-rn"),
            sys.executable,
            HERE / "asterisk/laboratory.py",
            packages,
            work,
            bundle,
            work / "hello.ulaw",
        ],
        capture_output=True,
        text=True,
        timeout=230,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return SimpleNamespace(
        work=work,
        bundle=bundle,
        reached=reached,
        master=message.master,
        seen=json.loads((work / "seen.json").read_text()),
    )


def _narrow(signal: np.ndarray) -> np.ndarray:
    return np.round(signal[::2] * 20_000).astype(np.int16)


def _short() -> chain.Master:
    return chain.process([(drops.say("This is a short message for the test of formats."), 0.0)])


def _asterisk(extension: str) -> bytes:
    rule = next(rule for rule in drops.PROFILES["asterisk"].file if rule.extension == extension)
    return encoding.encode(_short(), rule)


VERDICTS = {
    "good-pcm.wav": lambda: _asterisk("wav"),
    "good-ulaw.ulaw": lambda: _asterisk("ulaw"),
    "good-alaw.alaw": lambda: _asterisk("alaw"),
    "good-gsm.gsm": lambda: _asterisk("gsm"),
    "good-gsmwave.WAV": lambda: _asterisk("wav49"),
    "good-sln.sln": lambda: _asterisk("sln"),
    "good-wide.g722": lambda: _asterisk("g722"),
    "bad-mulaw.wav": lambda: drops.wave(_short().narrow, subtype="ULAW"),
    "bad-stereo.wav": lambda: drops.wave(np.stack([_short().narrow] * 2, axis=1)),
    "bad-wide.wav": lambda: drops.wave(_short().wide, rate=16_000),
    "bad-extensible.wav": lambda: drops.wave(_short().narrow, container="WAVEX"),
    "bad-empty.wav": lambda: b"",
    "bad-piped.wav": lambda: _asterisk("wav")[:40] + b"\xff\xff\xff\xff" + _asterisk("wav")[44:],
    "bad-zero.wav": lambda: _asterisk("wav")[:40] + b"\0\0\0\0" + _asterisk("wav")[44:],
    "bad-mp3.wav": lambda: drops.mp3(_short().narrow, 8000, 16),
}


def compare(sent: np.ndarray, received: np.ndarray) -> SimpleNamespace:
    """Find the sent signal inside the received one: seconds lost at either end, and the signal-to-noise ratio in dB."""
    s, r = sent.astype(float), received.astype(float)
    size = 1 << (len(s) + len(r)).bit_length()
    correlation = np.fft.irfft(np.fft.rfft(r, size) * np.conj(np.fft.rfft(s, size)), size)
    shift = int(np.argmax(correlation))
    shift -= size if shift > len(r) else 0
    first, last = max(0, -shift), min(len(s), len(r) - shift)
    a, b = s[first:last], r[first + shift : last + shift]
    gain = (a @ b) / max(1.0, a @ a)
    noise = b - gain * a
    spoken = np.flatnonzero(np.abs(s) > 600)
    return SimpleNamespace(
        start=max(0, first - spoken[0]) / 8000,
        end=max(0, spoken[-1] + 1 - last) / 8000,
        snr=10 * np.log10(((gain * a) ** 2).sum() / max(1e-9, (noise**2).sum())),
    )


def _wave(path: Path) -> np.ndarray:
    return soundfile.read(path, dtype="int16")[0]


def test_a_real_mailbox_keeps_every_second_of_the_message(seen):
    got = compare(seen.master.narrow, _wave(seen.work / "by-phone.wav"))
    assert got.start == 0.0
    assert got.end == 0.0
    assert got.snr >= 35
    duration = int(seen.seen["by-phone.txt"].partition("duration=")[2].split()[0])
    assert abs(duration - seen.master.seconds) <= 1  # whole seconds, rounded down


def test_playback_of_the_raw_file_returns_it_byte_for_byte(seen):
    sent = (seen.bundle / "audio/asterisk.ulaw").read_bytes()
    heard = (seen.work / "played.ulaw").read_bytes()
    assert sent in heard


def test_call_file_and_dialplan_wait_for_greeting_and_beep_and_lose_nothing(seen):
    got = compare(seen.master.narrow, _wave(seen.work / "full-drop.wav"))
    assert (got.start, got.end) == (0.0, 0.0)
    assert got.snr >= 35


def test_the_same_message_played_at_answer_loses_its_start(seen):
    got = compare(seen.master.narrow, _wave(seen.work / "at-answer.wav"))
    assert got.start > 3


def test_nothing_is_played_to_a_human(seen):
    assert seen.seen["human detected"]
    assert seen.seen["played to human"] == []
    heard = g711.decode_mulaw((seen.work / "human.ulaw").read_bytes())  # Asterisk sends no packet at all
    assert np.abs(heard.astype(int)).max(initial=0) < 200


def test_injected_messages_are_numbered_behind_those_that_are_there(seen):
    assert seen.seen["install"][0] == seen.seen["install"][2] == 0, seen.seen["install"]
    assert [name for name in seen.seen["inbox"] if name.startswith("msg0002")] == [
        "msg0002.WAV",
        "msg0002.gsm",
        "msg0002.txt",
        "msg0002.wav",
    ]
    assert not any(name.startswith("msg0003") for name in seen.seen["inbox"]), "the second run left it again"
    assert seen.seen["old kept"]


def test_the_pbx_counts_the_injected_message_and_plays_it_by_its_id(seen):
    row = next(line for line in seen.seen["users"].splitlines() if " 1003 " in line)
    assert row.split()[-1] == "3"
    assert seen.seen["played by id"]
    got = compare(seen.master.narrow, g711.decode_mulaw((seen.work / "injected.ulaw").read_bytes()))
    assert (got.start, got.end) == (0.0, 0.0)
    assert got.snr >= 20  # the console chooses among the formats of the mailbox, GSM among them


def test_a_hostile_business_name_breaks_neither_call_file_nor_envelope(seen):
    assert seen.seen["caller"] == "Ann A O'Neil general msg id 1 script NUMBER +14155552600"
    lines = [line for line in seen.seen["envelope"].splitlines() if line and not line.startswith(";")]
    assert lines[0] == "[message]"
    assert sum(line.startswith("[") for line in lines) == 1
    assert sum(line.startswith("msg_id=") for line in lines) == 1
    assert 'callerid="Ann A O\'Neil general msg id 1 script" <+14155552600>' in lines


def test_the_installer_hands_call_files_over_with_their_time(seen):
    assert seen.seen["install calls"][0] == 0, seen.seen["install calls"]
    send_at = seen.reached.reached[0].send_at
    assert send_at >= LATER
    assert seen.seen["call file"].startswith(f"{send_at:%Y%m%dT%H%M%SZ}-")
    assert seen.seen["mtime"] == send_at.timestamp()


@pytest.mark.parametrize("name", VERDICTS)
def test_the_checker_and_asterisk_agree_on_a_file(seen, name):
    played = seen.seen["verdicts"][name] == "SUCCESS"
    asterisk_takes = not [
        finding
        for finding in check.check_file(
            name, (seen.work / "verdicts" / name).read_bytes(), drops.PROFILES["asterisk"]
        ).findings
        if finding.serious
    ]
    assert played == asterisk_takes == name.startswith("good")
