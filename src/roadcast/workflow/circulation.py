"""The circulation department: who may hear what, by which key, and who keeps the register."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roadcast import delivery
from roadcast.catalogue import Catalogue
from roadcast.delivery import keys
from roadcast.delivery.rights import INVITE_LIFE
from roadcast.errors import SettingsError
from roadcast.model import Purpose, ShowId, State, Subscription, Token
from roadcast.workflow.studio import Studio
from roadcast.workspace import STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulation:
    """What the work on people's rights needs: the department of a paper or a show that knows its subscribers.

    Attributes:
        key: from which tokens are derived.
        base_url: where listeners reach the server.
        shows: title by id, all shows of the workspace.
        who: does the work, for the audit.
        draw: gives a fresh id.
    """

    catalogue: Catalogue
    key: bytes
    base_url: str
    shows: Mapping[ShowId, str]
    who: str
    clock: Callable[[], datetime]
    draw: Callable[[], str] = lambda: secrets.token_hex(6)


def open_key(catalogue: Catalogue, path: Path, environ: Mapping[str, str] | None = None) -> bytes:
    """Read the key; make one for a workspace that has no listeners yet.

    Raises:
        SettingsError: if the key cannot be trusted, or is gone while listeners depend on it.
    """
    environ = os.environ if environ is None else environ
    if keys.VARIABLE in environ or path.exists() or path.is_symlink() or catalogue.people.subscriptions():
        return keys.read(path, environ)
    return keys.create(path)


def circulation_of(studio: Studio, *, who: str) -> Circulation:
    """Open the circulation of a workspace for somebody.

    Raises:
        SettingsError: if the key cannot be trusted, or is gone while listeners depend on it.
    """
    return Circulation(
        catalogue=studio.catalogue,
        key=open_key(studio.catalogue, studio.root / STATE / "key"),
        base_url=studio.settings.base_url,
        shows={show.id: show.title for show in studio.shows},
        who=who,
        clock=studio.clock,
    )


def check_key(circulation: Circulation) -> None:
    """Try the key with the feed token of one subscription that is current.

    Raises:
        SettingsError: if the key is not the one that this catalogue's tokens were derived from.
    """
    register, now = circulation.catalogue.people, circulation.clock()
    over = (State.REVOKED, State.EXPIRED)
    right = next((one for one in register.subscriptions() if delivery.state_at(one, now) not in over), None)
    if right is not None:
        held = register.tokens(Purpose.FEED, subscriber=right.subscriber.id)
        feed_token(circulation, right, {token.digest for token in held})


def feed_token(circulation: Circulation, right: Subscription, held: Collection[str]) -> str:
    """Derive the token of a subscription's feed, which must be among those held, by their digests.

    Raises:
        SettingsError: if it is not: the key is not the one that this catalogue's tokens were derived from.
    """
    token = delivery.derive(
        circulation.key, Purpose.FEED, subscriber=right.subscriber.id, show=right.show, version=right.version
    )
    if delivery.digest(token) not in held:
        raise SettingsError(
            "this key is not the one that the catalogue's tokens were made with; put the right one back"
        )
    return token


def issue_invitation(circulation: Circulation, right: Subscription, old: Token | None, now: datetime) -> Token:
    """Make an invitation to a subscription, the next after an old one."""
    version = old.version + 1 if old else 1
    return delivery.issue(circulation.key, right, Purpose.INVITE, version=version, expires=now + INVITE_LIFE)
