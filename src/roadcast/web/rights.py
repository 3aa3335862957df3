"""Look up who asks, anew at every request, so that a right ends at the very next one."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from roadcast import delivery
from roadcast.catalogue.pulse import Beat, Holding
from roadcast.delivery.tokens import is_shaped
from roadcast.errors import UnknownToken
from roadcast.model import ShowId, Subscription
from roadcast.web.site import Site


class Admission(NamedTuple):
    """Somebody's right, and the catalogue's beat at which it was read."""

    right: Subscription
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
        held = await self._held(token)
        return self._known(held, delivery.admit(token, show, self._site.clock(), lambda _: held and held.token))

    async def welcome(self, token: str) -> Subscription:
        """Find what an invitation is for.

        Raises:
            DeliveryError: if there is no such invitation, or no more.
        """
        held = await self._held(token)
        return self._known(held, delivery.welcome(token, self._site.clock(), lambda _: held and held.token)).right

    async def _held(self, token: str) -> Holding | None:
        if not is_shaped(token):
            return None
        digest = delivery.digest(token)
        return self._pulse.holder(digest) if self._pulse.quick else await asyncio.to_thread(self._pulse.holder, digest)

    def _known(self, held: Holding | None, right: Subscription) -> Admission:
        assert held is not None  # or nobody would have been let in
        if right.show not in self._site.shows:
            raise UnknownToken("the show is gone from the settings")
        return Admission(right, held.beat)
