import errno
import os
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
import pytest

from mixing.hearing import FORMAT, RATE, narration, script
from roadcast import mixing
from roadcast.errors import ProductionError
from roadcast.mixing import foreign, tape
from roadcast.mixing.foreign import read_foreign
from roadcast.mixing.tape import Tape, kept, pieces
from roadcast.model import ClipKey

MB = 1 << 20

MAKE = """
import re, sys
from mixing.hearing import FORMAT, RATE, passage
from roadcast import mixing
from roadcast.mixing.foreign import read_foreign
from roadcast.model import ClipKey, Narration, Role, Script, Take
from pathlib import Path

take = Take(speech=read_foreign(Path(sys.argv[1])), pause=0.0, starts=(0.0,))
script = Script(name="x", role=Role.ITEM, title="", passages=(passage("Hello."),), recording="talk.wav")
said = Narration(takes=(take,), engines=("recorded",))
clip, _ = mixing.mix(script, said, mixing.Sounds(rate=RATE), format=FORMAT, key=ClipKey("k"))
highest = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]  # ru_maxrss knows the parent's, too
print(clip.seconds, highest)
"""


def noise(samples: int) -> np.ndarray:
    return np.random.default_rng(2).standard_normal(samples).astype(np.float32)


def cut(signal: np.ndarray, size: int):
    return (signal[start : start + size] for start in range(0, len(signal), size))


def recorded(path: Path, *, minutes: int) -> Path:
    """Write a recording that is loud three seconds of every four."""
    minute = (noise(60 * RATE) * 3000 * np.repeat(np.arange(60) % 4 > 0, RATE)).astype("<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for _ in range(minutes):
            file.writeframes(minute)
    return path


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(tape, "SHORT", 1000)


def test_a_short_signal_is_an_array():
    assert np.array_equal(kept(cut(noise(1000), 300)), noise(1000))
    assert len(kept([])) == 0


def test_a_long_signal_is_on_tape_and_the_same(short):
    signal, on_tape = noise(5000), kept(cut(noise(5000), 300))
    assert isinstance(on_tape, Tape)
    assert len(on_tape) == 5000
    for stretch in (slice(0, 5000), slice(17, 1234), slice(4990, 6000), slice(6000, 7000), slice(-3, None)):
        assert np.array_equal(on_tape[stretch], signal[stretch])
    assert np.array_equal(np.concatenate(list(pieces(on_tape, 100, 4000))), signal[100:4000])


def test_a_segment_sounds_the_same_on_tape_as_in_memory(monkeypatch):
    def mix() -> tuple:
        said = narration(voices=("en-US", "en-GB"))
        return mixing.mix(script(presenters=(0, 1)), said, mixing.Sounds(rate=RATE), format=FORMAT, key=ClipKey("k"))

    in_memory = mix()
    monkeypatch.setattr(tape, "SHORT", 1000)
    assert mix() == in_memory


@pytest.fixture
def full(monkeypatch):
    """A folder for temporary files that takes nothing more."""

    class Full:
        def write(self, _data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def close(self):
            pass

    monkeypatch.setattr(tempfile, "TemporaryFile", Full)


NO_ROOM = r"no room for a long recording in .*: No space left on device; free some, or set TMPDIR"


def test_a_disk_that_is_full_is_named(short, full):
    with pytest.raises(ProductionError, match=NO_ROOM):
        kept(cut(noise(5000), 300))


def test_so_it_is_where_a_recording_is_read(full, tmp_path):
    with pytest.raises(ProductionError, match=NO_ROOM):
        read_foreign(recorded(tmp_path / "talk.wav", minutes=1))


def test_and_where_another_program_decodes_it(monkeypatch, tmp_path):
    """As ffmpeg ends on a disk that is full; what it says last is that the conversion failed."""
    said = b"[out#0/wav] Error writing trailer: No space left on device\nConversion failed!\n"
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"ID3\x04\0\0\0\0\0\0")
    monkeypatch.setattr(foreign, "recognise", lambda _path: "mp3")
    monkeypatch.setattr(foreign.shutil, "which", lambda _name: "/usr/bin/ffmpeg")
    monkeypatch.setattr(foreign.subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess((), 228, b"", said))
    with pytest.raises(ProductionError, match=NO_ROOM):
        read_foreign(path)


def test_a_machine_without_a_folder_for_temporary_files_is_told_so(short, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with pytest.raises(ProductionError, match=r"no room for a long recording in /nowhere: No such file.*set TMPDIR"):
        kept(cut(noise(5000), 300))


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory there was at most is read from /proc")
def test_a_long_recording_is_made_in_bounded_memory(tmp_path):
    """Five minutes took 530 MB when each step of the mix had the whole in memory."""
    talk = recorded(tmp_path / "talk.wav", minutes=5)
    run = subprocess.run(
        [sys.executable, "-c", MAKE, str(talk)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    seconds, kilobytes = map(float, run.stdout.split())
    assert seconds == pytest.approx(300, abs=1.5)
    assert kilobytes * 1024 < 140 * MB
