"""Name the addresses that hold a token: one prefix guards everything behind it."""

from __future__ import annotations

from urllib.parse import urlsplit

from roadcast.model import ShowId

PRIVATE = "private/"
"""Beginning of every secret path, so that one line in a block list or a proxy covers all of them."""


def feed_url(base_url: str, token: str, show: ShowId) -> str:
    """Address a person's feed of a show."""
    return f"{base_url.rstrip('/')}/{PRIVATE}s/{token}/{show}.xml"


def invite_url(base_url: str, token: str) -> str:
    """Address an invitation's page."""
    return f"{base_url.rstrip('/')}/{PRIVATE}i/{token}"


def is_safe(base_url: str) -> bool:
    """Tell whether secrets may travel to it: encrypted, or never leaving this machine."""
    parts = urlsplit(base_url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
