"""From a folder of briefings to a listener's app: who is subscribed to a show gets its episodes."""

from __future__ import annotations

import asyncio
import json
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from lxml import etree

from roadcast.cli.main import cli
from roadcast.web.app import build as application
from roadcast.web.opening import open_site
from web.conftest import converse
from workflow.conftest import build
from workspaces import workspace

pytestmark = pytest.mark.usefixtures("quick")


def add(folder, *options):
    """Subscribe somebody as the README does; give what was said, and the person as JSON."""
    words = ["subscriber", "add", "you@example.com", "--name", "You", "--json", *options, "--workspace", str(folder)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    start = done.output.index("{\n")
    return done.output[:start], json.loads(done.output[start:])


def subscribed(folder, *options):
    """Subscribe somebody; give the path of their feed."""
    _, person = add(folder, *options)
    (show,) = person["shows"]
    return urlsplit(show["feed_url"]).path


def heard(folder, path):
    """Fetch a feed, and each file that it names; give how many episodes it has."""
    with open_site(folder) as site:
        app = application(site)

        def fetch(path):
            return asyncio.run(converse(app, "GET", path, {}))

        answer = fetch(path)
        assert answer.status == 200
        items = etree.fromstring(answer.body).findall(".//item")
        for item in items:
            assert fetch(urlsplit(item.find("enclosure").get("url")).path).status == 200
        return len(items)


@pytest.mark.parametrize("groups", [(), ("--group", "north")])
def test_whoever_is_subscribed_hears_a_show_that_is_made_for_a_group(tmp_path, groups):
    folder = workspace(tmp_path, items=24)  # its show has groups = ["field"]
    build(folder)
    assert heard(folder, subscribed(folder, *groups)) == 1


@pytest.mark.parametrize(("groups", "episodes"), [((), 0), (("--group", "north"), 0), (("--group", "managers"), 1)])
def test_a_show_may_be_kept_to_some_of_its_listeners(tmp_path, groups, episodes):
    folder = workspace(tmp_path, items=24, show='listeners = ["managers", "field"]')
    build(folder)
    assert heard(folder, subscribed(folder, *groups)) == episodes


def test_who_may_listen_holds_for_what_was_built_before(tmp_path):
    folder = workspace(tmp_path, items=24)
    build(folder)
    workspace(tmp_path, show='listeners = ["managers"]')
    assert build(folder).rendered == 0
    assert heard(folder, subscribed(folder)) == 0


def test_whoever_will_hear_nothing_is_named_at_once(tmp_path):
    folder = workspace(tmp_path, show='listeners = ["managers"]')
    said, _ = add(folder)
    assert "the episodes of briefing are for managers only; add a --group" in said
    said, _ = add(folder, "--group", "managers")
    assert "managers only" not in said
