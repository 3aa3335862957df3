"""Make a feed that was rendered once into everybody's own, by substitution in its bytes."""

from __future__ import annotations

import re
from html import escape

from roadcast.errors import PublishingError

# Stands for a subscriber's base URL in a feed rendered once for many. The domain cannot exist (RFC 2606).
PLACEHOLDER = "https://8d1f0c7e.roadcast.invalid/"
_PLACEHOLDER = PLACEHOLDER.encode("ascii")
_BASE_URL = re.compile(r"https?://[!-;=?-~]+/")  # ASCII without spaces, "<" and ">"


def personalise(xml: bytes, base_url: str) -> bytes:
    """Put one subscriber's base URL in place of the placeholder.

    Raises:
        PublishingError: if it is no http URL in ASCII that ends with a slash. The URL itself is not told: it
            holds a token.
    """
    check_base_url(base_url)
    return xml.replace(_PLACEHOLDER, escape(base_url).encode("ascii"))


def check_base_url(url: str) -> None:
    """Refuse a base URL that apps could not resolve or that would break the XML.

    Raises:
        PublishingError: see `personalise`.
    """
    if not _BASE_URL.fullmatch(url):
        raise PublishingError("the feed's base URL must be http(s), in ASCII, and end with a slash; see base_url")
