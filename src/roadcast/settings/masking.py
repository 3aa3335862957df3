"""Show settings without what is secret in them."""

from __future__ import annotations

import re
from typing import Any

from roadcast.settings.tree import Settings

_MASK = "**********"


def masked(settings: Settings) -> dict[str, Any]:
    """Give the settings in force with every secret hidden."""
    tree: dict[str, Any] = settings.model_dump(mode="json")
    return _mask(tree)  # type: ignore[no-any-return]  # a dict goes in and a dict comes out


def _mask(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _mask(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mask(inner, name) for inner in value]
    if value and re.search(r"(key|token|secret|password|authorization|credentials?)$", name, re.IGNORECASE):
        return _MASK
    return re.sub(r"(?<=://)([^:/@\s]*):\S*@", rf"\1:{_MASK}@", value) if isinstance(value, str) else value
