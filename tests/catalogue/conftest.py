"""A catalogue on each database."""

from __future__ import annotations

import pytest

from databases import server, url
from roadcast.catalogue import Catalogue

__all__ = ["server", "url"]


@pytest.fixture
def catalogue(url):
    with Catalogue.open(url) as opened:
        yield opened
