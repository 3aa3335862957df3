"""A command ends with its code, all that it printed and all that is to be done at exit; nothing is taken apart first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*arguments: str, program: str = "", stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    start = ["-c", program] if program else ["-m", "roadcast"]
    command = [sys.executable, *start, *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False)


def test_what_is_to_be_done_at_exit_is_done_and_nothing_is_taken_apart():
    program = """
import atexit, os, sys

class Part:
    def __del__(self):
        os.write(1, b"taken apart\\n")

class Finder:  # something to be done at exit is loaded with the command
    def find_spec(self, name, path=None, target=None):
        if name == "roadcast.cli.main":
            atexit.register(os.write, 1, b"done at exit\\n")
            print("printed, and not yet flushed")

sys.meta_path.insert(0, Finder())
part = Part()
from roadcast.__main__ import main
main()
"""
    done = run("--version", program=program)
    assert done.returncode == 0
    printed = done.stdout.splitlines()
    assert "printed, and not yet flushed" in printed
    assert "done at exit" in printed
    assert "taken apart" not in printed


def test_who_asked_to_be_called_later_is_waited_for():
    program = "import atexit; atexit.register(print, 'later'); from roadcast.__main__ import main; main()"
    done = run("--version", program=program)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "later")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 0), (["no-such-command"], 2), (["episodes", "--workspace", "no-such-folder"], 2)],
)
def test_a_command_ends_with_its_code(arguments, code):
    assert run(*arguments).returncode == code


def test_a_defect_still_ends_with_its_traceback():
    program = """
from roadcast.cli import main as door

def defect(**_):
    raise ZeroDivisionError

door.cli.main = defect
from roadcast.__main__ import main
main()
"""
    done = run(program=program)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is Linux's")
@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["voices"], ["config", "--json"]])
def test_output_into_a_full_disk_is_one_line(arguments, tmp_path):
    subprocess.run([sys.executable, "-m", "roadcast", "init", str(tmp_path / "w")], check=True, stdout=subprocess.PIPE)
    where = ["--workspace", str(tmp_path / "w")] if arguments[0][0] != "-" else []
    with Path("/dev/full").open("w") as full:
        done = run(*arguments, *where, stdout=full.fileno())
    assert done.returncode == 9
    assert done.stderr == (
        "roadcast: the output cannot be written: No space left on device; make room, and run it again\n"
    )


@pytest.mark.parametrize("encoding", ["latin-1", "cp437", "ascii", "utf-8"])
def test_letters_that_a_terminal_lacks_end_nothing(encoding, tmp_path):
    root = str(tmp_path / "w")
    subprocess.run([sys.executable, "-m", "roadcast", "init", root], check=True, stdout=subprocess.PIPE)
    item = tmp_path / "w/briefings/stories/letters.md"
    item.parent.mkdir(parents=True, exist_ok=True)
    told = "“Łódź” Grüße come from 12 people in 3 towns on 4 roads."
    item.write_text(f"---\nheadline: Letters\nkind: story\npublished: 2026-01-01\n---\n{told}\n", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "roadcast", "check", "--workspace", root]
    plain = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert (plain.returncode, plain.stderr) == (0, b"")
    assert b"come from 12 people" in plain.stdout
    exact = subprocess.run([*command, "--json"], env=environment, capture_output=True, timeout=60, check=False)
    assert exact.returncode == 0
    assert any("“Łódź” Grüße come" in warning for warning in json.loads(exact.stdout.decode("utf-8"))["warnings"])
