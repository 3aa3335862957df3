"""Turn values of the model into JSON and back; what does not fit the type is refused."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # a tenth of a second that only readers need

    adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", kind))
    return adapter


def _plain(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)  # the order of hashing must never show
        case timedelta():
            return value.total_seconds()
        case date():
            return value.isoformat()
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in fields(value)}
        case _:
            raise TypeError(f"no JSON for {type(value).__name__}")


def dump(value: object, *, indent: int | None = None) -> str:
    """Write a value of the model as JSON; equal values give equal text. Bytes have no JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False, indent=indent, allow_nan=False)


def load(kind: type[T], text: bytes | str) -> T:
    """Read a value of the model that `dump` wrote.

    Raises:
        ValueError: if the text is not JSON, or not of this type.
    """
    adapter: TypeAdapter[T] = _adapter(cast("Hashable", kind))
    return adapter.validate_json(text)
