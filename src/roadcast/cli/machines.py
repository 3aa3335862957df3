"""Write what commands promise to machines: the JSON of `--json`."""

from __future__ import annotations

import codecs
import json
import sys


def json_text(promised: object) -> str:
    """Write a value as JSON the way every command does: in lines for people who look, and letters as they are."""
    return json.dumps(promised, ensure_ascii=not _universal(), indent=2)


def json_line(promised: object) -> str:
    """Write a value as one line of JSON."""
    return json.dumps(promised, ensure_ascii=not _universal())


def _universal() -> bool:
    """Tell whether standard output is in UTF-8, as JSON is to be (RFC 8259, section 8.1); other codes share ASCII."""
    return codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name == "utf-8"
