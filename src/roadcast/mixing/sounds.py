"""Hold the music of a show, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from roadcast.mixing.signal import Samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """Stings and beds by name, mono at `rate` samples per second."""

    rate: int
    samples: Mapping[str, Samples] = field(default_factory=lambda: MappingProxyType({}))
