"""Answer each kind of request: look up the right, choose what it opens, and say it."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime
from functools import partial
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from roadcast import delivery
from roadcast.delivery import qr
from roadcast.errors import SubscriptionEnded, UnknownToken
from roadcast.model import Episode, Play, Poll, Purpose, ShowId, State, Subscription
from roadcast.web import hearing, pages
from roadcast.web.feeds import Feeds, Offer, paused
from roadcast.web.fields import Fields, fields
from roadcast.web.hearing import Notes
from roadcast.web.limits import FailureLimit
from roadcast.web.media import Report
from roadcast.web.ranges import Span
from roadcast.web.refusals import login, not_found, too_many
from roadcast.web.rights import Admission, Rights
from roadcast.web.selection import NAME
from roadcast.web.shelf import Shelf
from roadcast.web.site import Site
from roadcast.workflow import people


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
        self._feeds = Feeds(site)
        self._rights = Rights(site)
        self._shelf = Shelf(site)
        self._failures = failures

    def close(self) -> None:
        """Let go of the folders."""
        self._shelf.close()

    async def healthz(self, request: Request) -> Response:  # noqa: ARG002
        """Tell a load balancer that the server answers, and nothing else."""
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def robots(self, request: Request) -> Response:  # noqa: ARG002
        """Ask crawlers to stay out."""
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    async def static(self, request: Request) -> Response:
        """Give a file of the pages' own."""
        return pages.static(request.path_params["name"], fields(request.scope))

    async def feed(self, request: Request) -> ASGIApp:
        """Give somebody's feed; a browser that opens its address gets the page instead."""
        token, show = request.path_params["token"], ShowId(request.path_params["show"])
        admission, asked = await self._rights.admit(token, show), fields(request.scope)
        if asked.get("sec-fetch-dest") == "document":
            return RedirectResponse(self.site.home(token), status_code=303, headers={"Cache-Control": "no-store"})
        return await self._feed(request, asked, token, admission)

    async def basic(self, request: Request) -> ASGIApp:
        """Give a feed to an app that logs in: any name, and the token as the password.

        The files in it carry the token in their addresses all the same: 5 of 12 apps send no login for those.
        """
        asked = fields(request.scope)
        token = _password(asked.get("authorization", ""))
        try:
            admission = await self._rights.admit(token, ShowId(request.path_params["show"]))
            return await self._feed(request, asked, token, admission)
        except (UnknownToken, SubscriptionEnded):
            if token and self._failures.exceeded(_address(request)):
                return too_many()
            return login()

    async def _feed(self, request: Request, asked: Fields, token: str, admission: Admission) -> ASGIApp:
        right, offer = admission.right, await self._offer(admission)
        notice = paused(self.site.shows[right.show].title) if right.state is State.SUSPENDED else ""
        if request.method == "GET":
            at, app, network = self._visit(request, asked, self.site.clock())
            self.notes.take(Poll(subscriber=right.subscriber.id, show=right.show, at=at, app=app, network=network))
        return await self._feeds.answer(offer, asked, token=token, notice=notice)

    async def media(self, request: Request) -> ASGIApp:
        """Give a file that belongs to a feed: audio, transcript, chapters or artwork."""
        told = request.path_params
        admission = await self._rights.admit(told["token"])
        path = f"{told['folder']}/{told['name']}"
        selection = (await self._offer(admission)).selection
        found = selection.find(path) if NAME.fullmatch(path) else None
        if found is None or admission.right.state is State.SUSPENDED:
            return not_found()  # not counted as a failure: whoever holds a token tries out none
        if found.episode is None or found.enclosure is not found.episode.audio:
            return self._shelf.file(found.enclosure)
        report = partial(self._reporter, request, admission.right, found.episode)

        def again() -> Report | None:
            now = self.site.clock()
            same = selection.holds(now) and self._rights.recalled(told["token"], now=now) is admission
            return report(now) if same else None

        return self._shelf.audio(found.episode, report=report(self.site.clock()), again=again)

    def _reporter(self, request: Request, right: Subscription, episode: Episode, now: datetime) -> Report:
        asked = fields(request.scope)
        at, app, network = self._visit(request, asked, now)
        if "prefetch" in asked.get("sec-purpose", asked.get("purpose", "")):
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
        admission = await self._rights.admit(token)
        offer = await self._offer(admission)
        agent = request.headers.get("user-agent", "")
        return pages.listener(self.site, token, admission.right, offer.selection, agent)

    async def colours(self, request: Request) -> Response:
        """Give the show's colours to its page."""
        admission = await self._rights.admit(request.path_params["token"])
        return pages.colours(self.site.shows[admission.right.show])

    async def phone(self, request: Request) -> Response:
        """Draw the page's address for a phone to read from a screen."""
        token = request.path_params["token"]
        await self._rights.admit(token)
        return Response(
            qr.svg(self.site.home(token)), media_type="image/svg+xml", headers={"Cache-Control": "no-store"}
        )

    async def heard(self, request: Request) -> Response:
        """Note what our own player reports as heard."""
        admission = await self._rights.admit(request.path_params["token"])
        right, offer = admission.right, await self._offer(admission)
        told = hearing.reported(await _body(request, hearing.LARGEST), offer.selection.episodes)
        if told is None or right.state is State.SUSPENDED:
            return PlainTextResponse("Not a report.\n", status_code=400)
        episode, stretches = told
        at, app, network = self._visit(request, fields(request.scope), self.site.clock())
        listener, edition = right.subscriber.id, episode.edition
        self.notes.take(Play(subscriber=listener, edition=edition, at=at, app=app, heard=stretches, network=network))
        return Response(status_code=204)

    async def invitation(self, request: Request) -> Response:
        """Show an invitation: looking at it consumes nothing, so that mail scanners do no harm."""
        right = await self._rights.welcome(request.path_params["token"])
        return pages.invitation(self.site, self.site.shows[right.show], request.path_params["token"])

    async def accept(self, request: Request) -> Response:
        """Begin the subscription that an invitation is for, and lead to its page."""
        token = request.path_params["token"]
        right = await self._rights.welcome(token)
        if right.state is State.SUSPENDED:
            return pages.sorry(self.site, self.site.shows[right.show], paused(self.site.shows[right.show].title))
        right = await asyncio.to_thread(people.activate, self.site.circulation, token)
        feed = delivery.derive(
            self.site.circulation.key,
            Purpose.FEED,
            subscriber=right.subscriber.id,
            show=right.show,
            version=right.version,
        )
        return RedirectResponse(f"{self.site.home(feed)}#apps", status_code=303, headers={"Cache-Control": "no-store"})

    async def welcome_colours(self, request: Request) -> Response:
        """Give the show's colours to an invitation."""
        right = await self._rights.welcome(request.path_params["token"])
        return pages.colours(self.site.shows[right.show])

    async def welcome_cover(self, request: Request) -> ASGIApp:
        """Give the show's cover to an invitation."""
        right = await self._rights.welcome(request.path_params["token"])
        return self._shelf.file(self.site.frame(right.show).artwork)

    def refuse(self, request: Request) -> Response:
        """Say the one same thing for everything that is not there, was, or never will be."""
        if self._failures.exceeded(_address(request)):
            return too_many()
        return not_found()

    async def _offer(self, admission: Admission) -> Offer:
        right = admission.right
        return await self._feeds.offer(right.show, right.subscriber.groups, beat=admission.beat)

    def _visit(self, request: Request, asked: Fields, now: datetime) -> Visit:
        network = hearing.network(self.site.circulation.key, _address(request), now)
        return Visit(now, self.site.app_of(asked.get("user-agent", "")), network)


def _address(request: Request) -> str:
    client = request.scope.get("client")  # Starlette would make a tuple with names of it each time
    return client[0] if client else ""


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
