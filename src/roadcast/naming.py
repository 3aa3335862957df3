"""Tell names of files that can be written down from those that cannot."""

from __future__ import annotations

import os
from pathlib import Path


def unwritable(path: Path | str) -> str:
    """Say what is wrong with a path that is not UTF-8, with its bytes and what to do; "" if nothing is.

    Such names come out of old archives. No catalogue, transcript or JSON could hold them.
    """
    try:
        str(path).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(path).decode(errors="backslashreplace")
        return f"{shown}: the name is not UTF-8, as in an old archive; rename it"
    return ""
