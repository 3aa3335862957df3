"""roadcast subscriber: invite people, and end their subscriptions."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from roadcast import delivery
from roadcast.bootstrap import open_studio
from roadcast.cli.cards import cards_json, cards_text, print_card, print_links, verdicts_json, verdicts_text
from roadcast.cli.options import DATE, json_option, workspace_option
from roadcast.delivery import Step, roster
from roadcast.delivery.rights import GRACE
from roadcast.delivery.roster import Entry, Outcome
from roadcast.errors import DeliveryError, SettingsError
from roadcast.model import ShowId, State
from roadcast.workflow import enrolment, inviting, people
from roadcast.workflow.circulation import Circulation, circulation_of
from roadcast.workflow.studio import Studio

F = TypeVar("F", bound=Callable[..., Any])

show_option = click.option("--show", help="One show only; all shows of the person by default.")


@click.group()
def command() -> None:
    """Invite people, and end their subscriptions. A person is named by e-mail address or id."""


def _for_circulation(function: F) -> F:
    """Give a command the circulation department of its workspace in place of the workspace."""

    @workspace_option
    @wraps(function)
    def wrapper(*args: Any, workspace: Path, **kwargs: Any) -> Any:
        with _circulation(workspace) as (circulation, studio):
            return function(circulation, studio, *args, **kwargs)

    return wrapper  # type: ignore[return-value]  # the same parameters, by name


@contextmanager
def _circulation(workspace: Path) -> Iterator[tuple[Circulation, Studio]]:
    with open_studio(workspace) as studio:
        yield circulation_of(studio, who=_account()), studio


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for the user
        return f"uid {os.getuid()}"


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="As invitations and greetings say it.")
@click.option("--show", "shows", multiple=True, help="A show; may be given several times.")
@click.option("--group", "groups", multiple=True, help="A territory, product line or team; several times.")
@click.option("--until", type=DATE, help="The last day; a subscription that is there already keeps its own.")
@json_option
@_for_circulation
def add(
    circulation: Circulation,
    studio: Studio,
    email: str,
    name: str,
    shows: tuple[str, ...],
    groups: tuple[str, ...],
    until: datetime | None,
    as_json: bool,
) -> None:
    """Subscribe a person to shows, and print the private addresses.

    Adding somebody who is there already adds the shows, and sets the name and the groups given.
    """
    wanted = tuple(ShowId(show) for show in dict.fromkeys(shows)) or _only_show(circulation)
    named = frozenset(roster.words(",".join(groups)))
    entry = Entry(name=name.strip(), email=email.strip(), shows=wanted, groups=named or None)
    (verdict,) = enrolment.enrol(circulation, [entry], until=_end_of(until, studio))
    if verdict.outcome is Outcome.REFUSED:
        raise DeliveryError(f"{_on_one_line(email)}: {verdict.why}")
    _warn(circulation)
    if verdict.note:
        click.echo(f"roadcast: warning: {verdict.note}", err=True)
    card = people.card(circulation, email)
    for show in enrolment.shut_out(card, studio.shows):
        kept_to = ", ".join(sorted(show.listeners))
        click.echo(f"roadcast: warning: the episodes of {show.id} are for {kept_to} only; add a --group", err=True)
    print_card(card, as_json=as_json, said=f"{verdict.outcome}: ")


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--skip-refused", is_flag=True, help="Enrol the others when some rows are refused.")
@json_option
@_for_circulation
def import_(
    circulation: Circulation,
    studio: Studio,  # noqa: ARG001
    file: Path,
    dry_run: bool,
    skip_refused: bool,
    as_json: bool,
) -> None:
    """Subscribe everybody in a CSV table with the columns name, email, groups and shows.

    The same table again changes nothing. If a row is refused, nothing at all is changed.
    """
    entries = list(roster.read(file.read_bytes(), source=file.name))
    if dry_run:
        verdicts = enrolment.judge(circulation, entries)
    else:
        verdicts = enrolment.enrol(circulation, entries, skip_refused=skip_refused)
    refused = [verdict for verdict in verdicts if verdict.outcome is Outcome.REFUSED]
    only_judged = dry_run or (bool(refused) and not skip_refused)
    click.echo(verdicts_json(verdicts) if as_json else verdicts_text(verdicts, only_judged=only_judged))
    if refused and not skip_refused:
        raise DeliveryError(f"{file.name}: {len(refused)} of {len(verdicts)} rows refused; nothing was changed")


@command.command("list")
@click.option("--show", help="Only subscribers of this show.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="Only people in this state.")
@json_option
@_for_circulation
def list_(circulation: Circulation, studio: Studio, show: str | None, state: str | None, as_json: bool) -> None:
    """List people, without their private addresses."""
    of = _ended_or_known(circulation, studio, show)
    cards = [card for card in people.everyone(circulation, show=of) if state is None or card.state == state]
    click.echo(cards_json(cards) if as_json else cards_text(cards))


@command.command()
@click.argument("who")
@json_option
@_for_circulation
def show(circulation: Circulation, studio: Studio, who: str, as_json: bool) -> None:
    """Show a person with the private addresses, and what was changed when by whom."""
    print_card(people.card(circulation, who), as_json=as_json)
    for change in () if as_json else people.history(circulation, who):
        where = f" {change.show}" if change.show else ""
        at = change.at.astimezone(studio.zone)
        click.echo(f"  {at:%Y-%m-%d %H:%M} {change.who}:{where} {change.what}")


@command.command()
@click.argument("who", nargs=-1)
@click.option("--waiting", is_flag=True, help="Everybody who has not begun yet.")
@show_option
@click.option("--new", "renew", is_flag=True, help="Replace links that still work, too.")
@click.option("--qr", "drawing", type=click.Path(dir_okay=False, path_type=Path), help="Draw the code as PNG or SVG.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write a message per person here.")
@click.option("--send", is_flag=True, help="Send by the mail server of [mail].")
@json_option
@_for_circulation
def invite(
    circulation: Circulation,
    studio: Studio,
    who: tuple[str, ...],
    waiting: bool,
    show: str | None,
    renew: bool,
    drawing: Path | None,
    out: Path | None,
    send: bool,
    as_json: bool,
) -> None:
    """Give people the link to their invitation; somebody whose right had ended begins anew."""
    server = inviting.server_of(studio.settings.mail) if send else None
    of = studio.show(show).id if show else None
    if not who and not waiting:
        raise SettingsError("name somebody, or everybody who has not begun with --waiting")
    with circulation.catalogue.alone():  # a slip changes no link
        cards = people.invite_all(circulation, who, show=of, renew=renew)
        if drawing:
            inviting.draw(inviting.invitations(circulation, cards), drawing)
    if waiting:
        cards += people.invite_waiting(circulation, show=of, renew=renew, besides=cards)
    links = inviting.invitations(circulation, cards)
    _warn(circulation)
    written = inviting.write(links, out) if out else ()
    if as_json:
        click.echo(cards_json(cards))
    elif out:
        click.echo(f"{len(written)} messages in {out}")
    elif not send:
        print_links(links)
    if server:
        click.echo(f"{inviting.post(circulation, links, server)} sent", err=as_json)


@command.command()
@click.argument("who")
@show_option
@click.option("--now", "leaked", is_flag=True, help="After a leak: the old addresses end at once, not in 24 hours.")
@json_option
@_for_circulation
def rotate(circulation: Circulation, studio: Studio, who: str, show: str | None, leaked: bool, as_json: bool) -> None:
    """Replace the private addresses of a person; the old ones work for 24 hours more."""
    of = studio.show(show).id if show else None
    card = people.rotate(circulation, who, show=of, grace=timedelta(0) if leaked else GRACE)
    _warn(circulation)
    print_card(card, as_json=as_json, said="new addresses: ")


@command.command()
@click.argument("who")
@show_option
@_for_circulation
def suspend(circulation: Circulation, studio: Studio, who: str, show: str | None) -> None:
    """Pause: the feed stays, and says so in place of episodes."""
    _step(circulation, who, Step.SUSPEND, studio.show(show).id if show else None)


@command.command()
@click.argument("who")
@show_option
@_for_circulation
def resume(circulation: Circulation, studio: Studio, who: str, show: str | None) -> None:
    """End a pause; the addresses are as before."""
    _step(circulation, who, Step.RESUME, studio.show(show).id if show else None)


@command.command()
@click.argument("who")
@show_option
@_for_circulation
def revoke(circulation: Circulation, studio: Studio, who: str, show: str | None) -> None:
    """End it: feed, audio, transcript, chapters and artwork stop at the next request."""
    _step(circulation, who, Step.REVOKE, _ended_or_known(circulation, studio, show))


@command.command()
@click.argument("who")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_for_circulation
def remove(circulation: Circulation, studio: Studio, who: str, yes: bool) -> None:  # noqa: ARG001
    """Forget a person: name, address, rights and what was heard; the audit keeps the id."""
    person = people.card(circulation, who).subscriber
    if not yes:
        _ask(f"Forget {person.name} <{person.email}> and everything heard?")
    people.remove(circulation, person.id)
    click.echo(f"removed: {person.email}")


def _step(circulation: Circulation, who: str, step: Step, show: ShowId | None) -> None:
    for right in people.step(circulation, who, step, show=show):
        click.echo(f"{right.subscriber.email}, {right.show}: {right.state}")


def _ended_or_known(circulation: Circulation, studio: Studio, show: str | None) -> ShowId | None:
    """Find a show of the workspace, or one that was: its rights are still there to be seen, and to be ended.

    Raises:
        SettingsError: if nobody ever knew it.
    """
    if show is None:
        return None
    ended = ShowId(show)
    return ended if circulation.catalogue.people.subscriptions(show=ended) else studio.show(show).id


def _ask(question: str) -> None:
    """Go on only if somebody says yes.

    Raises:
        click.Abort: if a person says no.
        SettingsError: if no person is there.
    """
    try:
        click.confirm(question, abort=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise SettingsError("nothing was removed, for nobody said yes; --yes does not ask") from None


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _only_show(circulation: Circulation) -> tuple[ShowId, ...]:
    if len(circulation.shows) != 1:
        raise SettingsError(
            f"name a show with --show: {', '.join(sorted(circulation.shows)) or 'the workspace has none'}"
        )
    return tuple(circulation.shows)


def _end_of(until: datetime | None, studio: Studio) -> datetime | None:
    """The last day of a subscription ends at midnight where the team is."""
    if until is None:
        return None
    end = datetime.combine(until.date() + timedelta(days=1), time(), studio.zone).astimezone(UTC)
    if end <= studio.clock():
        raise SettingsError(f"--until {until:%Y-%m-%d} has passed; name a day to come, or leave it out")
    return end


def _warn(circulation: Circulation) -> None:
    if not delivery.is_safe(circulation.base_url):
        click.echo(
            f"roadcast: warning: base_url {circulation.base_url} is not https: "
            "everybody on the way can read these addresses",
            err=True,
        )
