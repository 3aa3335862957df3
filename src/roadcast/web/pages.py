"""Show people what they see in a browser: the invitation, and the page with apps and player."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from roadcast.model import Episode, Show, State, Subscription
from roadcast.web import colours as palette
from roadcast.web import conditions
from roadcast.web.apps import NOT_POSSIBLE, App, System, apps, system
from roadcast.web.feeds import paused
from roadcast.web.selection import Selection
from roadcast.web.site import Site

# Nothing from elsewhere, nothing inline: a page with a secret in its address must load only its own.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "private, no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_ASSETS = ("pages.css", "player.js", "icon.svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file of the pages' own, in memory."""

    data: bytes
    media_type: str
    etag: str


def listener(site: Site, token: str, right: Subscription, selection: Selection, user_agent: str) -> Response:
    """Show a listener's page."""
    show = site.shows[right.show]
    feed_url = site.feed_url(token, right.show)
    here, elsewhere = _sorted(apps(feed_url), user_agent)
    return _page(
        "listener.html",
        site,
        show,
        home=site.home_path(token),
        episodes=[] if right.state is State.SUSPENDED else [_told(episode) for episode in selection.episodes],
        notice=paused(show.title) if right.state is State.SUSPENDED else "",
        here=here,
        elsewhere=elsewhere,
        desk=system(user_agent) is System.DESKTOP,
        feed_url=feed_url,
        cover=site.frame(right.show).artwork.path,
        not_possible=NOT_POSSIBLE,
    )


def invitation(site: Site, show: Show, token: str) -> Response:
    """Show what somebody is invited to, and one button."""
    return _page("invitation.html", site, show, here=site.invitation_path(token))


def sorry(site: Site, show: Show, words: str) -> Response:
    """Say why there is nothing to hear now."""
    return _page("sorry.html", site, show, words=words)


def colours(show: Show) -> Response:
    """Give a show's colours as a stylesheet."""
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(palette.stylesheet(*show.colours), media_type=_TYPES["css"], headers=headers)


def static(name: str, headers: Mapping[str, str]) -> Response:
    """Give a stylesheet, script or picture of the pages."""
    asset = _assets().get(name)
    if asset is None:
        return PlainTextResponse("Nothing here.\n", status_code=404, headers={"Cache-Control": "no-store"})
    common = {"ETag": asset.etag, "Cache-Control": "public, no-cache"}
    if conditions.unchanged(headers, asset.etag):
        return Response(status_code=304, headers=common)
    return Response(asset.data, media_type=asset.media_type, headers=common)


@cache
def _assets() -> dict[str, Asset]:
    folder = resources.files("roadcast.web") / "static"
    found = {name: (folder / name).read_bytes() for name in _ASSETS}
    return {
        name: Asset(
            data=data,
            media_type=_TYPES[name.rpartition(".")[2]],
            etag=f'"{hashlib.sha256(data).hexdigest()[:16]}"',
        )
        for name, data in found.items()
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("roadcast.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = clock
    return environment


def _page(template: str, site: Site, show: Show, **told: Any) -> Response:
    html = _environment().get_template(template).render(root=site.root, show=show, **told)
    return HTMLResponse(html, headers=_HEADERS)


def _sorted(known: Sequence[App], user_agent: str) -> tuple[list[App], list[App]]:
    """Part the apps of the system at hand from the others."""
    at_hand = system(user_agent)
    here = [app for app in known if at_hand in app.systems]
    return here, [app for app in known if app not in here]


def _told(episode: Episode) -> dict[str, object]:
    return {
        "anchor": episode.edition.date.isoformat(),
        "guid": episode.guid,
        "title": episode.title,
        "summary": episode.summary,
        "seconds": episode.seconds,
        "minutes": max(1, round(episode.seconds / 60)),
        "about": _about(episode),
        "audio": episode.audio.path,
        "transcript": next((file.path for file in episode.transcripts if file.type == "application/json"), ""),
        "chapters": episode.chapters,
    }


def _about(episode: Episode) -> str:
    minutes, chapters = max(1, round(episode.seconds / 60)), len(episode.chapters)
    length = f"{minutes} minutes" if minutes > 1 else "1 minute"
    return f"{length} · {chapters} chapters" if chapters > 1 else length


def clock(seconds: float) -> str:
    """Write seconds as people read them on a player: 7:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
