"""Derive tokens from the workspace's key, so that whoever holds the key can make the same ones again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from datetime import datetime

from roadcast.model import Purpose, ShowId, SubscriberId, Subscription, Token

LENGTH = 27
"""Characters of a token: 27 x 6 = 162 bits of HMAC-SHA256; 128 are enough for ever, 43 would crowd a QR code."""

_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{LENGTH}}}")


def derive(key: bytes, purpose: Purpose, *, subscriber: SubscriberId, show: ShowId, version: int) -> str:
    """Derive a token.

    base64url(HMAC-SHA256(key, "<purpose>:<subscriber>:<show>:<version>"))[:27]. Neither ids nor shows
    hold a colon, so no two subscriptions share a message.
    """
    assert ":" not in subscriber
    assert ":" not in show
    message = f"{purpose.value}:{subscriber}:{show}:{version}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, message, "sha256")).decode("ascii")[:LENGTH]


def digest(token: str) -> str:
    """Give what the catalogue keeps in place of a token: SHA-256, enough for 162 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_shaped(token: str) -> bool:
    """Tell whether a text could be a token, so that no look-up is spent on what cannot."""
    return _SHAPE.fullmatch(token) is not None


def issue(
    key: bytes,
    subscription: Subscription,
    purpose: Purpose = Purpose.FEED,
    *,
    version: int | None = None,
    expires: datetime | None = None,
) -> Token:
    """Make the catalogue's record of a token; the version is the subscription's unless another is given."""
    number = subscription.version if version is None else version
    token = derive(key, purpose, subscriber=subscription.subscriber.id, show=subscription.show, version=number)
    return Token(digest=digest(token), purpose=purpose, subscription=subscription, version=number, expires=expires)
