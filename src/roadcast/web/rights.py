"""Find out who asks, at every request, so that a right ends at the very next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from roadcast import delivery
from roadcast.catalogue.pulse import Beat, Holding
from roadcast.delivery.rights import Lookup
from roadcast.errors import UnknownToken
from roadcast.model import ShowId, Subscription, Token
from roadcast.web.site import Site

REMEMBERED = 16_384  # admissions, of some 0.4 KB each


class Admission(NamedTuple):
    """Somebody's right.

    Attributes:
        beat: the catalogue's, at which it was read.
        until: the moment at which time alone may change it; None if it will not.
    """

    right: Subscription
    beat: Beat
    until: datetime | None


class Rights:
    """The rights that tokens give on a site.

    While the catalogue has its beat, only time can end a right: an admission is given again at the same beat, and
    before the next moment at which it may. The beat is asked for at every request.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pulse = site.circulation.catalogue.pulse
        self._kept: dict[tuple[str, ShowId | None], Admission] = {}

    async def admit(self, token: str, show: ShowId | None = None) -> Admission:
        """Let in who holds a feed token.

        Raises:
            DeliveryError: if it opens nothing, or not this show.
        """
        now = self._site.clock()
        kept = self.recalled(token, show, now=now)
        if kept is not None:
            return kept
        admission = await self._decided(lambda lookup: delivery.admit(token, show, now, lookup), now)
        if self._pulse.quick:
            if len(self._kept) >= REMEMBERED:
                self._kept.clear()
            self._kept[token, show] = admission
        return admission

    def recalled(self, token: str, show: ShowId | None = None, *, now: datetime) -> Admission | None:
        """Give an admission again, if it is still true.

        Raises:
            StorageError: if the catalogue cannot be read.
        """
        kept = self._kept.get((token, show))
        if kept is not None and (kept.until is None or now < kept.until) and kept.beat == self._pulse.beat():
            return kept
        return None

    async def welcome(self, token: str) -> Subscription:
        """Find what an invitation is for.

        Raises:
            DeliveryError: if there is no such invitation, or no more.
        """
        now = self._site.clock()
        admission = await self._decided(lambda lookup: delivery.welcome(token, now, lookup), now)
        return admission.right

    async def _decided(self, decide: Callable[[Lookup], Subscription], now: datetime) -> Admission:
        return self._decide(decide, now) if self._pulse.quick else await asyncio.to_thread(self._decide, decide, now)

    def _decide(self, decide: Callable[[Lookup], Subscription], now: datetime) -> Admission:
        held: Holding | None = None

        def look(digest: str) -> Token | None:
            nonlocal held
            held = self._pulse.holder(digest)
            return held and held.token

        right = decide(look)
        assert held is not None  # or nobody would have been let in
        if right.show not in self._site.shows:
            raise UnknownToken("the show is gone from the settings")
        return Admission(right, held.beat, delivery.holds_until(held.token, now))
