"""Invitations by mail."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
import trustme

from roadcast.delivery import mail
from roadcast.errors import DeliveryError
from roadcast.model import Subscriber, SubscriberId

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA = Subscriber(id=SubscriberId("a1"), name="Ada Example", email="ada@example.com")
INVITATION = mail.Invitation(subscriber=ADA, title="Daily brief", url="https://x.example/private/i/T", until=NOW)


def test_an_invitation_says_what_to_do_and_until_when():
    words = mail.text(INVITATION)
    assert "Hello Ada Example," in words
    assert "https://x.example/private/i/T" in words
    assert "until 02 March 2026" in words


def test_a_name_cannot_write_headers_or_add_receivers():
    nasty = replace(
        INVITATION, subscriber=replace(ADA, name='Ada", eve@example.com, "'), title="Daily\nBcc: eve@example.com"
    )
    message = mail.message(nasty, sender="editor@example.com", now=NOW)
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.com"]
    assert message["Bcc"] is None
    broken = replace(INVITATION, subscriber=replace(ADA, name="Ada\nBcc: eve@example.com"))
    with pytest.raises(DeliveryError, match=r"ada@example\.com"):
        mail.message(broken, sender="editor@example.com", now=NOW)


class Post:
    """A mail server for one session on loopback, refusing receivers that begin with "no"."""

    def __init__(self, certificate, *, offers_tls: bool = True, from_first_byte: bool = False) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._offers_tls, self._from_first_byte = offers_tls, from_first_byte
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.received: list[bytes] = []
        self.encrypted = False
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Post:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._thread.join(timeout=10)

    def _serve(self) -> None:
        self._connection, _ = self._listener.accept()
        self._connection.settimeout(10)
        try:
            if self._from_first_byte:
                self._encrypt()
            self._connection.sendall(b"220 post ready\r\n")
            with contextlib.suppress(EOFError):
                while True:
                    self._answer(self._line())
        except OSError:
            pass  # the client turned away from the certificate
        finally:
            self._connection.close()

    def _encrypt(self) -> None:
        self._connection = self._context.wrap_socket(self._connection, server_side=True)
        self.encrypted = True

    def _line(self) -> bytes:
        line = b""
        while not line.endswith(b"\r\n"):
            byte = self._connection.recv(1)
            if not byte:
                raise EOFError
            line += byte
        return line

    def _answer(self, line: bytes) -> None:
        verb = line.split()[0].upper()
        say = self._connection.sendall
        if verb == b"EHLO":
            tls = b"250-STARTTLS\r\n" if self._offers_tls and not self.encrypted else b""
            say(b"250-post\r\n" + tls + b"250-AUTH PLAIN\r\n250 SMTPUTF8\r\n")
        elif verb == b"STARTTLS":
            say(b"220 go\r\n")
            self._encrypt()
        elif verb == b"AUTH":
            say(b"235 welcome\r\n" if b"AGFkYQBvcGVu" in line else b"535 wrong\r\n")  # NUL ada NUL open
        elif verb == b"RCPT" and b"<no" in line:
            say(b"550 no such mailbox\r\n")
        elif verb == b"DATA":
            say(b"354 go on\r\n")
            self.received.append(b"".join(iter(self._line, b".\r\n")))
            say(b"250 taken\r\n")
        elif verb == b"QUIT":
            say(b"221 bye\r\n")
            raise EOFError
        else:
            say(b"250 fine\r\n")


@pytest.fixture(scope="session")
def authority():
    return trustme.CA()


@pytest.fixture
def certificate(authority, tmp_path):
    path = tmp_path / "post.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(path)
    return path


@pytest.fixture
def trusted(authority, certificate, tmp_path, monkeypatch):
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return certificate


def server(post: Post, **changes) -> mail.Server:
    return mail.Server(**({"host": "localhost", "port": post.port, "sender": "editor@example.com"} | changes))


def invitations(*receivers: str):
    return [
        mail.message(replace(INVITATION, subscriber=replace(ADA, email=email)), sender="editor@example.com", now=NOW)
        for email in receivers
    ]


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_invitations_go_out_encrypted_and_refused_ones_come_back(trusted, tls):
    with Post(trusted, from_first_byte=tls == "tls") as post:
        refused = mail.send(
            invitations("ada@example.com", "nobody@example.com", "bob@example.com"),
            server(post, tls=tls, user="ada", password="open"),
        )
    assert post.encrypted
    assert [(message["To"], why) for message, why in refused] == [
        ("Ada Example <nobody@example.com>", "550 no such mailbox")
    ]
    sent = [message_from_bytes(data, policy=policy.default) for data in post.received]
    assert [message["To"] for message in sent] == [
        "Ada Example <ada@example.com>",
        "Ada Example <bob@example.com>",
    ]
    assert "https://x.example/private/i/T" in sent[0].get_content()


def test_nothing_is_sent_where_no_encryption_is_offered(trusted):
    with Post(trusted, offers_tls=False) as post, pytest.raises(DeliveryError, match="offers no TLS; nothing was sent"):
        mail.send(invitations("ada@example.com"), server(post, user="ada", password="open"))
    assert post.received == []


def test_nothing_is_sent_to_a_server_that_cannot_prove_its_name(certificate):
    with Post(certificate) as post, pytest.raises(DeliveryError, match="certificate is not trusted; nothing was sent"):
        mail.send(invitations("ada@example.com"), server(post))
    assert post.received == []


def test_a_wrong_password_is_told_and_not_shown(trusted):
    with Post(trusted) as post, pytest.raises(DeliveryError, match="refused user or password") as caught:
        mail.send(invitations("ada@example.com"), server(post, user="ada", password="hunter2"))
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(server(post, password="hunter2"))


def test_a_server_that_is_not_there_is_told():
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    away = mail.Server(host="127.0.0.1", port=port, sender="editor@example.com")
    with pytest.raises(DeliveryError, match=f"mail server 127.0.0.1:{port}: cannot be used"):
        mail.send(invitations("ada@example.com"), away)
