"""Open a workspace as a site: the only module of the server that knows where things come from."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from roadcast.bootstrap import open_studio
from roadcast.model import ShowId
from roadcast.web.site import Frame, Site
from roadcast.workflow import identity, listening
from roadcast.workflow.circulation import Circulation, check_key, circulation_of
from roadcast.workflow.studio import Studio
from roadcast.workspace import STATE


@contextmanager
def open_site(workspace: Path) -> Iterator[Site]:
    """Open a workspace for serving.

    Raises:
        SettingsError: if the workspace or its key cannot be used, or the key is not that of its subscriptions.
        StorageError: if its catalogue cannot be opened.
    """
    with open_studio(workspace) as studio:
        circulation = circulation_of(studio, who="server")
        check_key(circulation)
        yield site_of(studio, circulation)


def site_of(studio: Studio, circulation: Circulation) -> Site:
    """Open a studio to its listeners."""
    server = studio.settings.server
    shows = {show.id: show for show in studio.shows}

    @cache
    def frame(show: ShowId) -> Frame:
        artwork, _ = identity.artwork_of(studio, shows[show])
        return Frame(show=shows[show], guid=identity.show_guid(studio, shows[show]), artwork=artwork)

    for folder in (studio.store.clips, studio.feeds):
        folder.mkdir(parents=True, exist_ok=True)
    prefix = {"X-Accel-Redirect": server.offload_prefix, "X-Sendfile": f"{studio.feeds}/"}
    return Site(
        circulation=circulation,
        frame=frame,
        episodes=studio.catalogue.editions.episodes,
        pulse=studio.catalogue.pulse,
        store=studio.store,
        feeds=studio.feeds,
        record=studio.catalogue.overhear,
        app_of=listening.agents(studio.root / STATE).app_of,
        clock=studio.clock,
        shows=shows,
        proxies=tuple(server.trusted_proxies),
        offload=(server.offload, prefix[server.offload]) if server.offload else None,
        failures_per_minute=server.failures_per_minute,
    )
