"""Say what is known of people: their rights, their private addresses, and what became of a row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import click

from roadcast.cli.machines import json_text
from roadcast.delivery import qr
from roadcast.delivery.mail import Invitation
from roadcast.delivery.roster import Outcome, Verdict
from roadcast.workflow.people import Access, Card


def print_card(card: Card, *, as_json: bool, said: str = "") -> None:
    """Print a person with the private addresses."""
    if as_json:
        click.echo(json_text(_card_json(card)))
        return
    person = card.subscriber
    click.echo(f"{said}{person.name} <{person.email}>, id {person.id}")
    for access in card.shows:
        click.echo(f"  {access.show}: {access.state}")
        for label, url in (("feed", access.feed_url), ("invitation", access.invite_url)):
            if url:
                click.echo(f"    {label}: {url}")


def cards_text(cards: Sequence[Card]) -> str:
    """Write a line for each person, without the private addresses."""
    return "\n".join(map(_line, cards)) or "nobody; 'roadcast subscriber add' and 'import' invite people"


def _line(card: Card) -> str:
    person = card.subscriber
    shows = ", ".join(f"{access.show} {access.state}" for access in card.shows) or "no show"
    groups = f" [{', '.join(sorted(person.groups))}]" if person.groups else ""
    return f"{person.id}  {person.name} <{person.email}>{groups}  {shows}"


def print_links(links: Sequence[Invitation]) -> None:
    """Print the links to invitations; a single one as a QR code, too."""
    for link in links:
        until = f", until {link.until:%Y-%m-%d}" if link.until else ""
        click.echo(f"{link.subscriber.name} <{link.subscriber.email}>, {link.title}{until}\n{link.url}")
    if len(links) == 1:
        click.echo(qr.terminal(links[0].url))
    if not links:
        click.echo("no link: nobody here has a right that can begin")


def cards_json(cards: Sequence[Card]) -> str:
    """Write people, for machines."""
    return json_text([_card_json(card) for card in cards])


def _card_json(card: Card) -> dict[str, Any]:
    """Give the keys of a person that are a promise of `--json`."""
    person = card.subscriber
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "state": card.state,
        "groups": sorted(person.groups),
        "shows": [_access_json(access) for access in card.shows],
    }


def _access_json(access: Access) -> dict[str, Any]:
    return {
        "show": access.show,
        "state": access.state,
        "feed_url": access.feed_url,
        "invite_url": access.invite_url,
    }


def verdicts_json(verdicts: Sequence[Verdict]) -> str:
    """Write what became of the rows of a table, for machines."""
    rows = [{"line": v.entry.line, "email": v.entry.email, "outcome": v.outcome, "why": v.words} for v in verdicts]
    return json_text(rows)


def verdicts_text(verdicts: Sequence[Verdict], *, only_judged: bool) -> str:
    """Write what became of the rows of a table, or would."""
    lines = [
        ": ".join(filter(None, (f"line {v.entry.line}", v.outcome, _plain(v.entry.email), v.words))) for v in verdicts
    ]
    counts = Counter(verdict.outcome for verdict in verdicts)
    total = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)
    return "\n".join([*lines, f"{'would be: ' if only_judged else ''}{total}"])


def _plain(text: str) -> str:
    """Keep what a refused row says from steering the terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:80])
