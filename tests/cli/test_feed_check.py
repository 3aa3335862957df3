"""roadcast feed check: the report that people and machines get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from making import make_feed
from roadcast import rss
from roadcast.cli.feed import command


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Give a feed without any of its files."""
    path = tmp_path / "road.xml"
    path.write_bytes(rss.render(make_feed()))
    return path


def test_every_rule_is_a_line_and_a_breach_fails(feed: Path) -> None:
    done = CliRunner().invoke(command, ["check", str(feed)], standalone_mode=False)
    *lines, last = done.output.splitlines()
    (failed,) = (line for line in lines if line.startswith("FAIL media"))
    assert failed.startswith(
        "FAIL media: everything is there: road-0a1b2c3d.jpg cannot be fetched (and 5 more); put the"
    )
    counts = [sum(line.startswith(state) for line in lines) for state in ("PASS", "WARN", "FAIL")]
    assert last == "{} PASS, {} WARN, {} FAIL".format(*counts)
    assert done.return_value == 1


def test_json_is_all_that_is_printed(feed: Path) -> None:
    done = CliRunner().invoke(command, ["check", str(feed), "--json"], standalone_mode=False)
    told = json.loads(done.stdout)
    assert all(set(one) == {"area", "rule", "state", "reason", "advice"} for one in told)
    assert {"rule": "everything is there", "state": "FAIL"}.items() <= next(
        o for o in told if o["area"] == "media"
    ).items()
