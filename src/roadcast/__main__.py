"""Let `python -m roadcast` and the console script enter, and leave, at the same door."""

from __future__ import annotations

import atexit
import os
import sys

from roadcast.cli import main as door


def main() -> None:
    """Run the command line, and end the process with what it ends with.

    What is to be done at exit is done. Then the process goes at once: Python would take apart every module and every
    value first, which is a twentieth of a build that voices one item, and the system has it all back anyway.
    """
    ends: list[int] = []
    atexit.register(_leave, ends)  # first of all, and so the last to be called
    try:
        door.main()
    except SystemExit as end:
        if isinstance(end.code, int):
            ends.append(end.code)
        raise


def _leave(ends: list[int]) -> None:
    """Go, if it is known with what code, and everything written has been taken; else Python goes its own way."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # a pipe that is closed, or no stream at all
        return
    if ends:
        os._exit(ends[0])


if __name__ == "__main__":
    main()
