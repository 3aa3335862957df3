"""Hold what the server of one workspace works with; decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from roadcast import delivery
from roadcast.delivery.addresses import PRIVATE
from roadcast.model import Enclosure, Episode, Recording, Show, ShowId
from roadcast.store import Store
from roadcast.web.hearing import Record
from roadcast.web.limits import PER_MINUTE
from roadcast.web.memory import Pulse
from roadcast.web.parts import Part, Whole, inline
from roadcast.workflow.circulation import Circulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every feed of a show has, whoever asks and whatever is in it."""

    show: Show
    guid: str
    artwork: Enclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The collaborators of a server.

    Attributes:
        circulation: where rights are looked up and invitations accepted; its base URL is the only one told to anybody.
        frame: gives what all feeds of a show have in common.
        episodes: reads all episodes of a show, due or not.
        pulse: tells whether anything read before has changed.
        feeds: the folder of published files.
        record: keeps what was fetched and heard.
        app_of: names the app behind a User-Agent header.
        proxies: addresses whose word on the client's address and scheme is taken.
        offload: the header by which a front server is told to send a file of `feeds`, and what stands before
            the file's name in it; or None.
        failures_per_minute: look-ups that may fail for one network before it is asked to wait.
    """

    circulation: Circulation
    frame: Callable[[ShowId], Frame]
    episodes: Callable[[ShowId], tuple[Episode, ...]]
    pulse: Pulse
    store: Store
    feeds: Path
    record: Record
    app_of: Callable[[str], str]
    clock: Callable[[], datetime]
    shows: Mapping[ShowId, Show]
    proxies: tuple[str, ...] = ()
    offload: tuple[str, str] | None = None
    failures_per_minute: int = PER_MINUTE

    @property
    def root(self) -> str:
        """The path under which listeners see the server, with slashes at both ends."""
        return urlsplit(self.circulation.base_url).path or "/"

    def home(self, token: str) -> str:
        """Address everything that a feed token opens; it ends with a slash."""
        return f"{self.circulation.base_url.rstrip('/')}/{PRIVATE}s/{token}/"

    def home_path(self, token: str) -> str:
        """Give the path of a home, so that a page can name its parts under any spelling of its own address."""
        return urlsplit(self.home(token)).path

    def invitation_path(self, token: str) -> str:
        """Give the path of an invitation; it ends without a slash."""
        return urlsplit(delivery.invite_url(self.circulation.base_url, token)).path

    def feed_url(self, token: str, show: ShowId) -> str:
        """Address a feed."""
        return delivery.feed_url(self.circulation.base_url, token, show)


def whole(store: Store, recording: Recording) -> Whole:
    """Describe a recording as parts of the store's clip folder, behind its own head."""
    clips = (
        Part(size=clip.size, digest=clip.digest, name=store.path_of(clip).relative_to(store.clips).as_posix())
        for clip in recording.clips
    )
    return Whole((inline(recording.head), *clips))
