"""Read the header fields of a request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from starlette.types import Scope

Fields = Mapping[str, str]
"""Header fields by name, in lower case."""

_READ = "roadcast.fields"


def fields(scope: Scope) -> Fields:
    """Read them all at once: asking Starlette's list for one after the other costs ten times as much.

    A field that was sent twice is one list of values (RFC 9110, section 5.3). What was read stays with the request.
    """
    read: Fields | None = scope.get(_READ)
    if read is not None:
        return read
    told: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        told[key] = f"{told[key]}, {text}" if key in told else text
    scope[_READ] = told
    return told


@lru_cache(maxsize=256)  # apps send few different ones
def accepts(told: str, coding: str) -> bool:
    """Tell whether an Accept-Encoding field takes a coding: named, or by "*", and not with a weight of nought.

    RFC 9110, section 12.5.3.
    """
    weights: dict[str, str] = {}
    for part in told.lower().split(","):
        name, *parameters = (word.strip() for word in part.split(";"))
        weights[name] = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    return bool(weights.get(coding, weights.get("*", "")).strip("0."))
