"""Slow down whoever tries out addresses; a good token is never held up."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable

PER_MINUTE = 60  # failed look-ups; a person with a cut-off link needs three, and an office shares one address
REMEMBERED = 10_000  # networks; the one that failed longest ago is forgotten first


class FailureLimit:
    """A bucket of failures for each network, emptied steadily."""

    def __init__(self, clock: Callable[[], float], *, per_minute: int = PER_MINUTE) -> None:
        """Start with nobody remembered; the clock gives seconds and never goes back."""
        self._clock = clock
        self._most = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def exceeded(self, address: str) -> bool:
        """Count a failure of this client, and tell whether it was one too many."""
        network = network_of(address)
        now = self._clock()
        level, since = self._buckets.pop(network, (0.0, now))
        level = max(0.0, level - (now - since) * self._most / 60)
        over = level + 1 > self._most
        self._buckets[network] = (level if over else level + 1, now)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return over


def network_of(address: str) -> str:
    """Give the network that one customer usually holds: IPv4 as it is, IPv6 cut to 64 bits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
