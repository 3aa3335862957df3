"""Let `python -m roadcast` and the console script enter, and leave, at the same door."""

from __future__ import annotations

import atexit
import os
import sys


def main() -> None:
    """Run the command line, and end the process with what it ends with.

    What has to be done at exit is done, and then the process goes. Python would take apart every module and value
    first, a fiftieth of what a build after an edit takes, and the system has it all back anyway. Who has asked to be
    called even later than we are, as a measure of test coverage has, is waited for.
    """
    ends: list[int] = []
    if not atexit._ncallbacks():
        atexit.register(_leave, ends)  # the first, and so the last to be called
    from roadcast.cli import main as door  # behind that, for logging has something to do at exit, too

    try:
        door.main()
    except SystemExit as end:
        if isinstance(end.code, int):
            ends.append(end.code)
        raise


def _leave(ends: list[int]) -> None:
    """Go, if it is known with what code, and everything written has been taken; else Python ends in its own way."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # a pipe or a file that takes no more, or no stream at all
        return
    if ends:
        os._exit(ends[0])


if __name__ == "__main__":
    main()
