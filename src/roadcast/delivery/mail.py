"""Write invitations, and hand them to a mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from roadcast.errors import DeliveryError
from roadcast.model import Subscriber

SECONDS = 30.0
"""Patience with the mail server for each answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A mail server that takes messages over TLS.

    Attributes:
        tls: "starttls" (usually port 587) or "tls" from the first byte (465).
    """

    host: str
    port: int = 587
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link for one person to one show."""

    subscriber: Subscriber
    title: str
    url: str
    until: datetime | None = None


def text(invitation: Invitation) -> str:
    """Write the words of an invitation."""
    until = f"The link works until {invitation.until:%d %B %Y}. " if invitation.until else ""
    return (
        f"Hello {invitation.subscriber.name},\n"
        "\n"
        f"{invitation.title} is ready for you: your own private feed, in the podcast app you already use.\n"
        "\n"
        "1. Open this link on your phone:\n"
        f"   {invitation.url}\n"
        "2. Press the button, and choose your podcast app.\n"
        "\n"
        f"{until}It is yours alone, please do not pass it on.\n"
    )


def message(invitation: Invitation, *, sender: str, now: datetime) -> EmailMessage:
    """Put an invitation into a message.

    Raises:
        DeliveryError: if the sender or the receiver is no address.
    """
    mail = EmailMessage()
    try:
        mail["From"] = sender
        mail["To"] = Address(invitation.subscriber.name, addr_spec=invitation.subscriber.email)
        mail["Subject"] = f"Your private feed: {' '.join(invitation.title.split())}"
        mail["Date"] = format_datetime(now)
    except (ValueError, IndexError) as error:
        raise DeliveryError(f"{invitation.subscriber.email}: no message can be addressed: {error}") from error
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    mail.set_content(text(invitation))
    return mail


def send(messages: Sequence[EmailMessage], server: Server) -> tuple[tuple[EmailMessage, str], ...]:
    """Hand messages over, and give those back that the server refused, with its reason.

    Raises:
        DeliveryError: if the server cannot be reached, trusted, or used at all.
    """
    refused: list[tuple[EmailMessage, str]] = []
    with _session(server) as session:
        for number, mail in enumerate(messages):
            try:
                session.send_message(mail)
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as error:
                refused.append((mail, _reason(error)))
            except (smtplib.SMTPServerDisconnected, OSError) as error:
                sent = number - len(refused)
                raise DeliveryError(
                    f"{server.host}: hung up; {sent} of {len(messages)} were sent, the last of them to "
                    f"{messages[number - 1]['To'] if number else 'nobody'}"
                ) from error
    return tuple(refused)


@contextmanager
def _session(server: Server) -> Iterator[smtplib.SMTP]:
    where = f"mail server {server.host}:{server.port}"
    with ExitStack() as stack:
        try:
            session = _greet(server, stack)
            if server.user:
                session.login(server.user, server.password)
        except smtplib.SMTPAuthenticationError as error:
            raise DeliveryError(f"{where}: refused user or password; check [mail] in the settings") from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"{where}: offers no TLS; nothing was sent") from error
        except ssl.SSLError as error:
            raise DeliveryError(f"{where}: its certificate is not trusted; nothing was sent") from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(f"{where}: cannot be used: {type(error).__name__}; nothing was sent") from error
        yield session
        with suppress(smtplib.SMTPException):
            session.quit()


def _greet(server: Server, stack: ExitStack) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.tls == "tls":
        encrypted = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        stack.callback(encrypted.close)
        return encrypted
    session = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    stack.callback(session.close)
    session.starttls(context=context)
    return session


def _reason(error: smtplib.SMTPException) -> str:
    code: int
    said: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    else:
        assert isinstance(error, smtplib.SMTPResponseException)
        code, said = error.smtp_code, error.smtp_error
    return f"{code} {said.decode('ascii', 'replace') if isinstance(said, bytes) else said}"
