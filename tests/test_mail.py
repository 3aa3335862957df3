"""Invitations by mail."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from post import Post, certify
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


def test_names_in_any_script_arrive_as_they_are():
    zoe = replace(INVITATION, subscriber=replace(ADA, name="Zoë Müller 陈"), title="Prüfbericht – täglich")
    wire = mail.message(zoe, sender="editor@example.com", now=NOW).as_bytes()
    read = message_from_bytes(wire, policy=policy.default)
    assert wire.isascii()
    assert read["To"].addresses[0].display_name == "Zoë Müller 陈"
    assert read["Subject"] == "Your private feed: Prüfbericht – täglich"
    assert "Hello Zoë Müller 陈," in read.get_content()


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


@pytest.fixture
def certificate(tmp_path):
    return certify(tmp_path)[0]


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    certificate, authority = certify(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
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


def test_a_server_that_hangs_up_half_way_is_told_with_what_it_had_taken(trusted):
    with Post(trusted, takes=1) as post, pytest.raises(DeliveryError, match="hung up; 1 of 3 were sent"):
        mail.send(invitations("ada@example.com", "bob@example.com", "cleo@example.com"), server(post))
    assert len(post.received) == 1


def test_a_sender_that_the_server_does_not_know_is_told(trusted):
    with Post(trusted) as post:
        (message,) = invitations("ada@example.com")
        message.replace_header("From", "nobody@example.com")
        ((_, why),) = mail.send([message], server(post))
    assert why == "550 no such mailbox"


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
