"""roadcast build with nothing to do, in a process of its own: what it loads, and that it looks at all that it depends on."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from workspaces import add_item, roadcast, workspace

DATE = ("--date", "2026-11-20")
CATALOGUE = (".roadcast/catalogue.db", ".roadcast/catalogue.db-wal")
HEAVY = ("sqlalchemy", "pydantic", "numpy", "jinja2", "markdown_it", "rich", "yaml", "sqlite3", "roadcast.model")

LOADED = """
import sys, roadcast.cli.main as door
sys.argv = ["roadcast", *sys.argv[1:]]
try:
    door.main()
finally:
    print([name for name in {names} if name in sys.modules], file=sys.stderr)
"""

OPENED = """
import os, sys
opened = set()
sys.addaudithook(lambda event, given: opened.add(os.fspath(given[0])) if event == "open" else None)
import roadcast.cli.main as door
sys.argv = ["roadcast", *sys.argv[1:]]
try:
    door.main()
finally:
    print(*sorted(path for path in opened if isinstance(path, str)), sep="\\n", file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("build"), items=3)
    add_item(folder, "broken", headline="---")
    (folder / "scripts").mkdir()
    (folder / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nbuyer,purchaser,\n")
    (folder / "scripts" / "closing.j2").write_text("That was all. Drive safely.\n")
    (folder / ".roadcast" / "secrets").mkdir(parents=True)
    (folder / ".roadcast" / "secrets" / "roadcast_base_url").write_text("https://example.com/")
    done = python(LOADED.format(names=HEAVY), "build", *DATE, "--json", cwd=folder)
    assert done.returncode == 20, done.stderr
    return folder


def python(code, *arguments, cwd):
    command = [sys.executable, "-c", code, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_a_build_behind_the_first_loads_nothing_heavy(built):
    code = LOADED.format(names=HEAVY)
    done = python(code, "build", *DATE, "--json", cwd=built)
    assert done.stderr == "[]\n"
    assert json.loads(done.stdout)["episodes"][0]["clips_rendered"] == 0
    assert done.returncode == 20


def test_the_help_of_build_loads_nothing_heavy(tmp_path):
    done = python(LOADED.format(names=HEAVY), "build", "--help", cwd=tmp_path)
    assert done.stderr == "[]\n"
    assert "Make today's episode" in done.stdout


def test_whoever_asks_for_details_gets_them_each_time(built):
    told = [roadcast("-vv", "build", *DATE, "--json", cwd=built).stderr for _ in range(2)]
    assert all("DEBUG" in text for text in told)


def test_every_file_that_such_a_build_opens_is_one_of_the_grounds(built):
    shutil.rmtree(built / ".roadcast" / "memoranda", ignore_errors=True)
    done = python(OPENED, "build", *DATE, "--json", cwd=built)
    (file,) = (built / ".roadcast" / "memoranda").glob("*.json")
    grounds = json.loads(file.read_text().partition("\n")[2])["grounds"]
    inside = [path.removeprefix(f"{built}/") for path in done.stderr.splitlines() if path.startswith(f"{built}/")]
    assert len(inside) > 20
    known = {*grounds["contents"], "roadcast.toml", "scripts/lexicon.csv", *CATALOGUE}
    folders = [
        *grounds["folders"].items(),
        *((f".roadcast/{name}", [""]) for name in ("secrets", "memoranda", "build.lock", "phrasebook.json")),
    ]
    unknown = [
        path
        for path in inside
        if path not in known and not any(path.startswith(top) and path.endswith(tuple(ends)) for top, ends in folders)
    ]
    assert not unknown
