"""Look up who asks, anew at every request, so that a right ends at the very next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from roadcast import delivery
from roadcast.catalogue.pulse import Beat, Holding
from roadcast.delivery.rights import Lookup
from roadcast.errors import UnknownToken
from roadcast.model import ShowId, Subscription, Token
from roadcast.web.site import Site


class Admission(NamedTuple):
    """Somebody's right, the token that gives it, and the catalogue's beat at which both were read."""

    right: Subscription
    token: Token
    beat: Beat


class Rights:
    """The rights that tokens give on a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._pulse = site.circulation.catalogue.pulse

    async def admit(self, token: str, show: ShowId | None = None) -> Admission:
        """Let in who holds a feed token.

        Raises:
            DeliveryError: if it opens nothing, or not this show.
        """
        return await self._decided(lambda lookup: delivery.admit(token, show, self._site.clock(), lookup))

    async def welcome(self, token: str) -> Subscription:
        """Find what an invitation is for.

        Raises:
            DeliveryError: if there is no such invitation, or no more.
        """
        admission = await self._decided(lambda lookup: delivery.welcome(token, self._site.clock(), lookup))
        return admission.right

    async def _decided(self, decide: Callable[[Lookup], Subscription]) -> Admission:
        return self._decide(decide) if self._pulse.quick else await asyncio.to_thread(self._decide, decide)

    def _decide(self, decide: Callable[[Lookup], Subscription]) -> Admission:
        held: Holding | None = None

        def look(digest: str) -> Token | None:
            nonlocal held
            held = self._pulse.holder(digest)
            return held and held.token

        right = decide(look)
        assert held is not None  # or nobody would have been let in
        if right.show not in self._site.shows:
            raise UnknownToken("the show is gone from the settings")
        return Admission(right, held.token, held.beat)
