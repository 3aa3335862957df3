"""Ctrl-C ends a command once, with one line and 130, whatever Python was in the middle of."""

import signal
import subprocess
import sys

import pytest

DOOR = """
import signal, time
from roadcast import interrupt
from roadcast.cli import main as door

def press():
    signal.raise_signal(signal.SIGINT)

{body}

door.cli.main = lambda **_: command()
door.main()
"""

PLAIN = """
def command():
    press()
"""

TURNED_INTO_ANOTHER_ERROR = """
def command():
    try:
        press()
    except KeyboardInterrupt:
        raise OSError("half a pipe") from None
"""

LOST_IN_A_FINALIZER = """
class Part:
    def __del__(self):
        press()

def command():
    Part()
    time.sleep(60)
"""

IN_EXEC = """
def command():
    exec("press()", {"press": press})
"""

HELD = """
def command():
    with interrupt.held():
        press()
        print("finished what must be whole")
    print("and went on")
"""

ONE_LINE = "roadcast: stopped; what was finished is kept\n"


def run(body):
    return subprocess.run(
        [sys.executable, "-c", DOOR.format(body=body)], capture_output=True, text=True, timeout=50, check=False
    )


@pytest.mark.parametrize("body", [PLAIN, TURNED_INTO_ANOTHER_ERROR, LOST_IN_A_FINALIZER, IN_EXEC])
def test_one_line_and_130(body):
    done = run(body)
    assert (done.returncode, done.stderr) == (130, ONE_LINE)


def test_what_must_be_whole_is_finished_first():
    done = run(HELD)
    assert (done.returncode, done.stderr) == (130, ONE_LINE)
    assert done.stdout == "finished what must be whole\n"


def test_a_second_one_ends_it_at_once():
    body = "def command():\n    try:\n        press()\n    except KeyboardInterrupt:\n        press()\n        time.sleep(60)"
    assert run(body).returncode == -signal.SIGINT


def test_a_defect_is_not_hidden():
    done = run("def command():\n    raise ZeroDivisionError")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_a_job_in_the_background_goes_on():
    ignore = "signal.signal(signal.SIGINT, signal.SIG_IGN)\ndef command():\n    press()\n    return 0"
    assert run(ignore).returncode == 0
