"""Write what commands promise to machines: the JSON of `--json`."""

from __future__ import annotations

import json


def json_text(promised: object) -> str:
    """Write a value as JSON the way every command does: in lines for people who look, and letters as they are."""
    return json.dumps(promised, ensure_ascii=False, indent=2)
