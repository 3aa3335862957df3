"""Hand invitations over: to a mail server, or as files for people to send."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from roadcast.delivery import mail, qr
from roadcast.delivery.mail import Invitation
from roadcast.errors import DeliveryError, SettingsError, StorageError
from roadcast.settings import MailSettings
from roadcast.workflow.circulation import Circulation
from roadcast.workflow.people import Card

_DRAWINGS = {".png": qr.png, ".svg": qr.svg}


def invitations(circulation: Circulation, cards: Iterable[Card]) -> tuple[Invitation, ...]:
    """List the invitations that can be opened now; to a show that is gone from the settings, none can."""
    return tuple(
        Invitation(
            subscriber=card.subscriber,
            title=circulation.shows[access.show],
            url=access.invite_url,
            until=access.invite_until,
        )
        for card in cards
        for access in card.shows
        if access.invite_url and access.show in circulation.shows
    )


def server_of(settings: MailSettings) -> mail.Server:
    """Name the mail server of the settings.

    Raises:
        SettingsError: if there is none.
    """
    if not settings.host or not settings.sender:
        raise SettingsError("no mail server: set host and sender in [mail], or write messages with --out DIR")
    return mail.Server(
        host=settings.host,
        port=settings.port,
        sender=settings.sender,
        user=settings.user,
        password=settings.password.get_secret_value(),
        tls=settings.tls,
    )


def post(circulation: Circulation, wanted: Sequence[Invitation], server: mail.Server) -> int:
    """Send invitations, and tell how many the server took.

    Raises:
        DeliveryError: if it refused some; the others are sent, and the message names who was refused.
    """
    messages = [mail.message(invitation, sender=server.sender, now=circulation.clock()) for invitation in wanted]
    refused = mail.send(messages, server)
    if refused:
        message, why = refused[0]
        more = f", and {len(refused) - 1} more" if len(refused) > 1 else ""
        raise DeliveryError(
            f"{message['To'].addresses[0].addr_spec}{more}: refused by {server.host}: {why}; "
            f"{len(messages) - len(refused)} of {len(messages)} sent"
        )
    return len(messages)


def write(wanted: Sequence[Invitation], folder: Path) -> tuple[Path, ...]:
    """Write a message for each invitation into a folder, readable by its owner only.

    Raises:
        StorageError: if one cannot be written.
    """
    messages: dict[Path, str] = {}
    for invitation in wanted:
        # An address may hold a slash (RFC 5322 3.2.3), a file's name may not.
        name = re.sub(r"[^A-Za-z0-9._@+-]", "_", f"{invitation.subscriber.email}-{invitation.title}").lstrip(".")
        while folder / f"{name}.txt" in messages:  # two shows of one title
            name += "_"
        messages[folder / f"{name}.txt"] = mail.text(invitation)
    for path, words in messages.items():
        _put(path, words.encode())
    return tuple(messages)


def draw(wanted: Sequence[Invitation], path: Path) -> None:
    """Draw the link of the only invitation as a QR code into a PNG or SVG file, readable by its owner only.

    Raises:
        SettingsError: if there are more or none, or the file's name ends otherwise.
        StorageError: if it cannot be written.
    """
    drawing = _DRAWINGS.get(path.suffix.lower())
    if drawing is None:
        raise SettingsError(f"{path}: name a file that ends in .png or .svg")
    if len(wanted) != 1:
        raise SettingsError(f"--qr draws one link, and there are {len(wanted)}; name one person and one --show")
    _put(path, drawing(wanted[0].url))


def _put(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise StorageError(f"{path}: cannot be written: {error.strerror}") from error
