"""Name the podcast apps, and the address under which each takes a private feed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit


class System(StrEnum):
    """What a listener holds in the hand."""

    IOS = "ios"
    ANDROID = "android"
    DESKTOP = "desktop"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A podcast app.

    Attributes:
        link: opens the app with the feed; it goes to the app alone, no third party sees it.
        systems: where it runs.
    """

    name: str
    link: str
    systems: frozenset[System]


NOT_POSSIBLE = (
    "Spotify cannot be used: it takes no feed by its address, and it would make the words public. "
    "Any app above works just as well."
)


def apps(feed_url: str) -> tuple[App, ...]:
    """List the apps with their links for one feed.

    The forms were read in the apps' own sources where those are open, and else in Podlove's subscribe
    button. A form that would turn https into http is left out: `pktc://subscribe/HOST` in Pocket Casts,
    `antennapod-subscribe://HOST`. Relay pages of third parties are left out as well.
    """
    parts = urlsplit(feed_url)
    bare = feed_url.removeprefix(f"{parts.scheme}://")
    secure = parts.scheme == "https"
    ios, android, desktop = frozenset({System.IOS}), frozenset({System.ANDROID}), frozenset({System.DESKTOP})
    return (
        App(name="Apple Podcasts", link=f"podcast://{bare}", systems=ios | desktop),
        App(name="Overcast", link=f"overcast://x-callback-url/add?url={quote(feed_url, safe='')}", systems=ios),
        App(name="Pocket Casts", link=f"pktc://subscribe/{feed_url}", systems=ios),
        App(name="Castro", link=f"castro://subscribe/{bare}", systems=ios),
        App(name="AntennaPod", link=f"antennapod-subscribe://{feed_url}", systems=android),
        App(
            name="Pocket Casts",
            link=f"pktc://{'subscribehttps' if secure else 'subscribe'}/{bare}",
            systems=android,
        ),
        App(name="Podcast Addict", link=f"podcastaddict://{feed_url}", systems=android),
        App(name="gPodder", link=f"gpodder://{feed_url}", systems=desktop),
    )


def system(user_agent: str) -> System:
    """Guess the system from what a browser says of itself; an iPad says that it is a Mac."""
    if any(word in user_agent for word in ("iPhone", "iPad", "iPod")):
        return System.IOS
    return System.ANDROID if "Android" in user_agent else System.DESKTOP
