"""Answer each kind of request: look up the right, choose what it opens, and say it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from roadcast import delivery
from roadcast.delivery import qr
from roadcast.delivery.tokens import is_shaped
from roadcast.errors import SubscriptionEnded, UnknownToken
from roadcast.model import Edition, Enclosure, Episode, Play, Poll, Purpose, ShowId, State, Subscription, Token
from roadcast.web import hearing, pages
from roadcast.web.feeds import Feeds, Offer, paused
from roadcast.web.hearing import Notes
from roadcast.web.limits import FailureLimit
from roadcast.web.media import MediaResponse, Offload
from roadcast.web.parts import Folder, Part, Whole
from roadcast.web.ranges import Span
from roadcast.web.selection import NAME
from roadcast.web.site import Site, whole
from roadcast.workflow import people

RECORDINGS = 64  # described in memory; one of 400 clips is some 100 KB

# Web players on other hosts may read these; the secret is in the address, not in a cookie.
_SHARED = {"Access-Control-Allow-Origin": "*"}


class Visit(NamedTuple):
    """When somebody asked, with which app, and from which network (a keyed hash of the day)."""

    at: datetime
    app: str
    network: str


class Endpoints:
    """The answers of one site."""

    def __init__(self, site: Site, *, failures: FailureLimit) -> None:
        """Open the site's folders.

        Raises:
            StorageError: if one is missing.
        """
        self.site = site
        self.notes = Notes(site.record)
        self.feeds = Feeds(site)
        self._failures = failures
        self._recordings: dict[tuple[Edition, str], Whole] = {}
        self._clips = Folder(site.store.clips)
        self._files = Folder(site.feeds)

    def close(self) -> None:
        """Let go of the folders."""
        self._clips.close()
        self._files.close()

    async def healthz(self, request: Request) -> Response:  # noqa: ARG002
        """Tell a load balancer that the server answers, and nothing else."""
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def robots(self, request: Request) -> Response:  # noqa: ARG002
        """Ask crawlers to stay out."""
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    async def static(self, request: Request) -> Response:
        """Give a file of the pages' own."""
        return pages.static(request.path_params["name"], request.headers)

    async def feed(self, request: Request) -> Response:
        """Give somebody's feed; a browser that opens its address gets the page instead."""
        token, show = request.path_params["token"], ShowId(request.path_params["show"])
        right = await self._admitted(token, show)
        if request.headers.get("sec-fetch-dest") == "document":
            return RedirectResponse(self.site.home(token), status_code=303, headers={"Cache-Control": "no-store"})
        return await self._feed(request, token, right)

    async def basic(self, request: Request) -> Response:
        """Give a feed to an app that logs in: any name, and the token as the password.

        The files in it carry the token in their addresses all the same: 5 of 12 apps send no login for those.
        """
        token = _password(request.headers.get("authorization", ""))
        show = ShowId(request.path_params["show"])
        try:
            return await self._feed(request, token, await self._admitted(token, show))
        except (UnknownToken, SubscriptionEnded):
            if token and self._failures.exceeded(_address(request)):
                return too_many()
            headers = {"WWW-Authenticate": 'Basic realm="Private feed", charset="UTF-8"', "Cache-Control": "no-store"}
            return PlainTextResponse("A name and a password are needed.\n", status_code=401, headers=headers)

    async def _feed(self, request: Request, token: str, right: Subscription) -> Response:
        offer = await self._offer(right)
        notice = paused(self.site.shows[right.show].title) if right.state is State.SUSPENDED else ""
        if request.method == "GET":
            at, app, network = self._visit(request)
            self.notes.take(Poll(subscriber=right.subscriber.id, show=right.show, at=at, app=app, network=network))
        return await self.feeds.answer(offer, request.headers, token=token, notice=notice)

    async def media(self, request: Request) -> ASGIApp:
        """Give a file that belongs to a feed: audio, transcript, chapters or artwork."""
        right = await self._admitted(request.path_params["token"], None)
        path = f"{request.path_params['folder']}/{request.path_params['name']}"
        found = (await self._offer(right)).selection.find(path) if NAME.fullmatch(path) else None
        if found is None or right.state is State.SUSPENDED:
            raise UnknownToken("no such file")
        if found.episode is None or found.enclosure != found.episode.audio:
            return self._file(found.enclosure)
        return await self._audio(request, right, found.episode)

    def _file(self, enclosure: Enclosure) -> ASGIApp:
        # Its name holds the content's hash, and so tells it apart as well as a digest would.
        part = Part(size=enclosure.size, digest=enclosure.path, name=enclosure.path)
        shared = _SHARED if enclosure.path.startswith(("t/", "c/")) else {}
        return MediaResponse(whole=Whole((part,)), folder=self._files, media_type=enclosure.type, extra=shared)

    async def _audio(self, request: Request, right: Subscription, episode: Episode) -> ASGIApp:
        return MediaResponse(
            whole=await self._whole(episode),
            folder=self._clips,
            media_type=episode.audio.type,
            report=self._reporter(request, right, episode),
            offload=self._offload(episode.audio),
        )

    def _offload(self, audio: Enclosure) -> Offload | None:
        if self.site.offload is None:
            return None
        header, prefix = self.site.offload
        path = self.site.feeds / audio.path
        there = path.is_file() and path.stat().st_size == audio.size
        return Offload(header=header, value=prefix + audio.path) if there else None

    async def _whole(self, episode: Episode) -> Whole:
        key = (episode.edition, episode.audio.path)
        if key not in self._recordings:
            described = whole(self.site.store, self.site.store.recording(episode.edition))
            if described.size != episode.audio.size:  # rebuilt a moment ago, and about to be published
                return described
            if len(self._recordings) >= RECORDINGS:
                self._recordings.pop(next(iter(self._recordings)))
            self._recordings[key] = described
        return self._recordings[key]

    def _reporter(self, request: Request, right: Subscription, episode: Episode) -> Callable[[tuple[Span, ...]], None]:
        at, app, network = self._visit(request)
        if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
            return lambda _: None

        def report(sent: tuple[Span, ...]) -> None:
            if sent:
                listener, edition = right.subscriber.id, episode.edition
                ranges = tuple((span.start, span.end) for span in sent)
                self.notes.take(
                    Play(subscriber=listener, edition=edition, at=at, app=app, ranges=ranges, network=network)
                )

        return report

    async def page(self, request: Request) -> Response:
        """Show the page with apps and player."""
        token = request.path_params["token"]
        right = await self._admitted(token, None)
        offer = await self._offer(right)
        return pages.listener(self.site, token, right, offer.selection, request.headers.get("user-agent", ""))

    async def colours(self, request: Request) -> Response:
        """Give the show's colours to its page."""
        right = await self._admitted(request.path_params["token"], None)
        return pages.colours(self.site.shows[right.show])

    async def phone(self, request: Request) -> Response:
        """Draw the page's address for a phone to read from a screen."""
        token = request.path_params["token"]
        await self._admitted(token, None)
        return Response(
            qr.svg(self.site.home(token)), media_type="image/svg+xml", headers={"Cache-Control": "no-store"}
        )

    async def heard(self, request: Request) -> Response:
        """Note what our own player reports as heard."""
        right = await self._admitted(request.path_params["token"], None)
        told = hearing.reported(await _body(request, hearing.LARGEST), (await self._offer(right)).selection.episodes)
        if told is None or right.state is State.SUSPENDED:
            return PlainTextResponse("Not a report.\n", status_code=400)
        episode, stretches = told
        at, app, network = self._visit(request)
        listener, edition = right.subscriber.id, episode.edition
        self.notes.take(Play(subscriber=listener, edition=edition, at=at, app=app, heard=stretches, network=network))
        return Response(status_code=204)

    async def invitation(self, request: Request) -> Response:
        """Show an invitation: looking at it consumes nothing, so that mail scanners do no harm."""
        right = await self._welcome(request.path_params["token"])
        return pages.invitation(self.site, self.site.shows[right.show], request.path_params["token"])

    async def accept(self, request: Request) -> Response:
        """Begin the subscription that an invitation is for, and lead to its page."""
        token = request.path_params["token"]
        right = await self._welcome(token)
        if right.state is State.SUSPENDED:
            return pages.sorry(self.site, self.site.shows[right.show], paused(self.site.shows[right.show].title))
        right = await asyncio.to_thread(people.activate, self.site.desk, token)
        feed = delivery.derive(
            self.site.desk.key,
            Purpose.FEED,
            subscriber=right.subscriber.id,
            show=right.show,
            version=right.version,
        )
        return RedirectResponse(f"{self.site.home(feed)}#apps", status_code=303, headers={"Cache-Control": "no-store"})

    async def welcome_colours(self, request: Request) -> Response:
        """Give the show's colours to an invitation."""
        right = await self._welcome(request.path_params["token"])
        return pages.colours(self.site.shows[right.show])

    async def welcome_cover(self, request: Request) -> ASGIApp:
        """Give the show's cover to an invitation."""
        right = await self._welcome(request.path_params["token"])
        return self._file(self.site.frame(right.show).artwork)

    def refuse(self, request: Request, error: Exception) -> Response:  # noqa: ARG002
        """Say the one same thing for everything that is not there, was, or never will be."""
        if self._failures.exceeded(_address(request)):
            return too_many()
        return not_found()

    async def _admitted(self, token: str, show: ShowId | None) -> Subscription:
        held = await self._held(token)
        right = delivery.admit(token, show, self.site.clock(), lambda _: held)
        return self._known(right)

    async def _welcome(self, token: str) -> Subscription:
        held = await self._held(token)
        return self._known(delivery.welcome(token, self.site.clock(), lambda _: held))

    async def _held(self, token: str) -> Token | None:
        # Looked up anew each time, so that a right ends at the very next request.
        if not is_shaped(token):
            return None
        pulse = self.site.desk.catalogue.pulse
        digest = delivery.digest(token)
        return pulse.holder(digest) if pulse.quick else await asyncio.to_thread(pulse.holder, digest)

    def _known(self, right: Subscription) -> Subscription:
        if right.show not in self.site.shows:
            raise UnknownToken("the show is gone from the settings")
        return right

    async def _offer(self, right: Subscription) -> Offer:
        return await self.feeds.offer(right.show, right.subscriber.groups)

    def _visit(self, request: Request) -> Visit:
        now = self.site.clock()
        network = hearing.network(self.site.desk.key, _address(request), now)
        return Visit(now, self.site.app_of(request.headers.get("user-agent", "")), network)


def not_found() -> Response:
    """Say that there is nothing, in the same words for every reason."""
    return PlainTextResponse("Nothing here.\n", status_code=404, headers={"Cache-Control": "no-store"})


def too_many() -> Response:
    """Ask whoever tries out addresses to wait."""
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return PlainTextResponse("Too many addresses that lead nowhere. Please wait a minute.\n", 429, headers)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _password(authorization: str) -> str:
    """Read the password of a Basic login (RFC 7617); empty if there is none."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")[2]
    except ValueError:
        return ""


async def _body(request: Request, most: int) -> bytes:
    """Read what was sent, but no more than it may be; empty for what is more."""
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                return b""
    except ClientDisconnect:
        return b""
    return body
