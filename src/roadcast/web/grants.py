"""Find the file behind an address, and remember who may have it for as long as nothing can have changed."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from roadcast import delivery
from roadcast.catalogue.pulse import Beat
from roadcast.model import State, Subscription
from roadcast.web.feeds import Feeds
from roadcast.web.rights import Rights
from roadcast.web.selection import NAME, File
from roadcast.web.site import Site

REMEMBERED = 1_024  # of some 0.5 KB each; a player asks for one address hundreds of times


class Grant(NamedTuple):
    """A file that somebody may have.

    Attributes:
        beat: the catalogue's, at which this was so.
        until: the moment at which time alone may change it; None if it will not.
    """

    right: Subscription
    file: File
    beat: Beat
    until: datetime | None


class Grants:
    """The files that feed tokens open on a site.

    While the catalogue has its beat, only time can end a right or make an episode due: what was found is given again
    at the same beat, and before the next such moment. The beat is asked for at every request.
    """

    def __init__(self, site: Site, rights: Rights, feeds: Feeds) -> None:
        self._site, self._rights, self._feeds = site, rights, feeds
        self._pulse = site.circulation.catalogue.pulse
        self._kept: dict[tuple[str, str], Grant] = {}

    async def find(self, token: str, path: str) -> Grant | None:
        """Find the file that a token opens at a path relative to its feed; None if there is none, or not for now.

        Raises:
            DeliveryError: if the token opens nothing at all.
        """
        now = self._site.clock()
        kept = self._kept.get((token, path))
        if kept is not None and (kept.until is None or now < kept.until) and kept.beat == self._pulse.beat():
            return kept
        return await self._look_up(token, path, now)

    async def _look_up(self, token: str, path: str, now: datetime) -> Grant | None:
        admission = await self._rights.admit(token)
        selection = (await self._feeds.offer(admission.right, beat=admission.beat)).selection
        file = selection.find(path) if NAME.fullmatch(path) else None
        if file is None or admission.right.state is State.SUSPENDED:
            return None
        ends = (delivery.holds_until(admission.token, now), selection.until)
        until = min((moment for moment in ends if moment is not None), default=None)
        grant = Grant(admission.right, file, admission.beat, until)
        if self._pulse.quick:
            self._keep(token, path, grant)
        return grant

    def _keep(self, token: str, path: str, grant: Grant) -> None:
        if len(self._kept) >= REMEMBERED:
            self._kept.clear()
        self._kept[token, path] = grant
