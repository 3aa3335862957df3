"""A build at a terminal: how far it is is drawn, its workers inherit no thread, and Ctrl-C ends all of it."""

import os
import pty
import re
import select
import subprocess
import sys
import time

import pytest

from workspaces import workspace

PATIENCE = 60.0  # seconds

WATCHED = """
import sys, threading
from roadcast import rendering
from roadcast.cli.main import main

context = rendering._context

def noted(preload):
    made = context(preload)
    print("workers:", made.get_start_method(), [thread.name for thread in threading.enumerate()])
    return made

rendering._context = noted
sys.argv = ["roadcast", "build", "--date", "2026-11-20"]
main()
"""


class Terminal:
    """A program at a terminal: what it drew, and what is typed."""

    def __init__(self, folder, *command):
        self._own, its = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
            stdin=its,
            stdout=its,
            stderr=its,
            start_new_session=True,
            preexec_fn=lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)),  # the first that is opened is the session's
        )
        os.close(its)
        self.drawn = ""

    def read(self, until=None):
        """Read until a pattern is drawn, or to the end."""
        end = time.monotonic() + PATIENCE
        while (until is None or not re.search(until, plain(self.drawn))) and time.monotonic() < end:
            if select.select([self._own], [], [], 0.2)[0]:
                try:
                    part = os.read(self._own, 65536)
                except OSError:  # the other end is closed
                    return self.drawn
                self.drawn += part.decode()
        return self.drawn

    def type(self, text):
        os.write(self._own, text.encode())

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self._own)


@pytest.fixture
def folder(tmp_path):
    return workspace(tmp_path, items=60)


@pytest.fixture
def terminal(folder):
    opened = []

    def opens(*command):
        opened.append(Terminal(folder, *command))
        return opened[-1]

    yield opens
    for one in opened:
        one.close()


def plain(drawn):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers are not forked from the command")
def test_the_bar_is_drawn_and_no_worker_inherits_the_thread_that_draws_it(terminal):
    running = terminal("-c", WATCHED)
    drawn = plain(running.read())
    assert running.process.wait(PATIENCE) == 0, drawn
    assert "workers: fork ['MainThread']" in drawn
    counts = [tuple(map(int, found)) for found in re.findall(r"voicing briefing/2026-11-20 \S+ +(\d+)/(\d+)", drawn)]
    (first, total), (made, of) = counts[0], counts[-1]
    assert (first, made, of) == (0, total, total)
    assert len(counts) > 2  # it moved in between
    assert "episode: feeds/m/" in drawn


def test_ctrl_c_ends_a_build_with_one_line(terminal):
    running = terminal("-m", "roadcast", "build", "--date", "2026-11-20", "--minutes", "15")
    running.read(until=r" 0/\d")
    running.type("\x03")
    drawn = plain(running.read())
    assert running.process.wait(PATIENCE) == 130, drawn
    assert drawn.count("roadcast: stopped; what was finished is kept") == 1
    assert "Traceback" not in drawn
