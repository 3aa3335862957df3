"""One server for all clients."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

from serving import Running, running


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("served")) as site:
        yield site


@pytest.fixture
def program() -> Callable[[str, str], str]:
    """Find a program, or skip with the reason; in CI that is a failure."""

    def find(name: str, how: str) -> str:
        found = shutil.which(os.environ.get(f"ROADCAST_TEST_{name.upper().replace('-', '_')}", name))
        if found is None:
            message = f"{name} is not installed: {how}"
            if os.environ.get("CI") == "true":
                pytest.fail(message)
            pytest.skip(message)
        return found

    return find
