"""A real program that speaks, and all the ways in which one can misbehave, through the whole of narration."""

import re
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from roadcast.engines.command import Command
from roadcast.engines.tone import Tone
from roadcast.errors import BadSpeech, EngineUnavailable, SettingsError
from roadcast.model import Origin, Passage, Place, Role, Script, Spoken, Utterance
from roadcast.narration import Cast, Part, Patience, narrate
from roadcast.testing import NarratorContract

PROGRAM = """
import array, os, signal, struct, subprocess, sys, time

act, voice, rate = sys.argv[1:4]
text = sys.stdin.read()
period = 80 if voice == "high" else 110
seconds = (0.054 * len(text) + 0.2) / float(rate)
wave = [3000 - abs(6000 - 12000 * step // period) for step in range(period)] * round(16000 * seconds / period)
rest = [0] * 1600
hertz, bits, announced = 16000, 16, None
if act == "hang":
    time.sleep(30)
if act == "hang with a child":
    child = subprocess.Popen(["sleep", "30"])
    with open(os.environ["CHILD"], "w") as file:
        file.write(str(child.pid))
    child.wait()
if act == "crash":
    print("loading the voice", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGSEGV)
if act == "fail":
    sys.exit("no such voice file")
if act == "no output":
    sys.exit()
if act == "flood":
    while True:
        sys.stdout.buffer.write(bytes(1 << 20))
if act == "empty":
    wave, rest = [], []
if act == "silent":
    wave = [0] * len(wave)
if act == "half":
    wave = wave[: len(wave) // 2]
if act == "double":
    wave = wave + rest + wave
if act == "clipped":
    wave = [max(-32768, min(32767, 20 * sample)) for sample in wave]
if act == "wrong rate":
    hertz = 8000
data = array.array("h", wave + rest).tobytes()
if act == "wrong width":
    bits, data = 8, data[1::2]
if act == "wrong format":
    sys.stdout.buffer.write(b"ID3" + data)
    sys.exit()
width = bits // 8
form = struct.pack("<IHHIIHH", 16, 1, 1, hertz, hertz * width, width, bits)
size = struct.pack("<I", len(data))
if act == "vanish":
    data = data[: len(data) // 2]
sys.stdout.buffer.write(b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + form + b"data" + size + data)
sys.stdout.flush()
if act == "vanish":
    os.kill(os.getpid(), signal.SIGKILL)
"""
WORDS = Utterance(text="Good morning to everybody in the north.", voice="low")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    path = tmp_path_factory.mktemp("program") / "speak.py"
    path.write_text(PROGRAM)
    return str(path)


def engine(program, act="good", **options):
    run = [sys.executable, "-I", "-S", program, act, "{voice}", "{rate}"]
    return Command(**({"run": run, "rate": 16_000, "voices": ["low", "high"], "online": False} | options))


def script():
    passage = Passage(
        presenter=0,
        text=WORDS.text,
        spoken=Spoken(text=WORDS.text),
        pause=timedelta(seconds=0.5),
        origin=Origin.SOURCE,
        place=Place(path="briefings/north.md", line=7),
    )
    return Script(name="north", role=Role.ITEM, title="North", passages=(passage,))


class TestCommand(NarratorContract):
    @pytest.fixture(autouse=True)
    def _program(self, program):
        self.program = program

    def narrator(self):
        return engine(self.program)


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("crash", "killed by signal 11: loading the voice"),
        ("vanish", "killed by signal 9"),
        ("fail", "ended with code 1: no such voice file"),
        ("no output", "not WAV"),
        ("empty", "is empty"),
        ("silent", "is silent"),
        ("half", "lasts .* where about"),
        ("double", "lasts .* where about"),
        ("clipped", "clipped"),
        ("wrong rate", "8000 Hz where 16000 Hz"),
        ("wrong width", "8 bits"),
        ("wrong format", "not WAV"),
    ],
)
def test_a_program_that_misbehaves_is_asked_again_and_then_another_engine_speaks(program, act, why):
    chain = tuple(Part(narrator=narrator, voice=narrator.voices()[0]) for narrator in (engine(program, act), Tone()))
    narration = narrate(script(), Cast(chains=(chain,)), patience=Patience(attempts=2, sleep=lambda seconds: None))
    assert narration.engines == ("tone/low",)
    assert narration.retries >= 1
    assert narration.takes[0].speech.seconds > 2
    assert re.search(why, narration.warnings[0])


def test_a_program_that_hangs_is_killed_when_its_time_is_over(program):
    begun = time.monotonic()
    with pytest.raises(EngineUnavailable, match=r"did not answer within 0\.5 s"):
        engine(program, "hang", seconds=0.5).narrate(WORDS)
    assert time.monotonic() - begun < 10


def alive(process):
    """Tell whether a process runs; one that waits to be buried does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_a_hanging_program_started_is_killed_with_it(program, tmp_path, monkeypatch):
    monkeypatch.setenv("CHILD", str(tmp_path / "child"))
    with pytest.raises(EngineUnavailable, match="did not answer"):
        engine(program, "hang with a child", seconds=1.5).narrate(WORDS)
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not alive(child):
            return
        time.sleep(0.05)
    pytest.fail("the child lives on")


def test_a_program_that_never_stops_writing_is_stopped(program, monkeypatch):
    monkeypatch.setattr("roadcast.engines.command.LARGEST", 1 << 20)
    with pytest.raises(BadSpeech, match="more than 1 MB"):
        engine(program, "flood").narrate(WORDS)


@pytest.mark.parametrize(
    ("options", "error", "why"),
    [
        ({}, EngineUnavailable, "set run ="),
        ({"run": "espeak-ng --stdout"}, SettingsError, "are lists"),
        ({"run": ["no-such-program-anywhere"]}, EngineUnavailable, "no program 'no-such-program-anywhere'"),
    ],
)
def test_settings_that_cannot_work_are_refused_with_advice(options, error, why):
    with pytest.raises(error, match=why):
        Command(**options)


def test_a_presenters_rate_needs_a_place_in_the_command(program):
    narrator = Command(run=[sys.executable, "-I", "-S", program, "good", "low", "1"], rate=16_000)
    with pytest.raises(SettingsError, match=r"needs '\{rate\}'"):
        narrator.narrate(Utterance(text="Good morning.", voice="default", rate=1.2))


def test_a_program_counts_as_online_until_the_team_says_otherwise(program):
    assert Command(run=[sys.executable]).limits.online
    assert not engine(program).limits.online
