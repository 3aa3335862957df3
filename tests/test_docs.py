"""The commands of the README and the docs are run in a copy of the sample workspace, in the order of the page.

A command is a line of a ```sh block, or what stands behind `$ ` in a ```console block, whose other lines are answers.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
FINE = {0, 20}
ELSEWHERE = {
    "make ": "the gate itself types it (.ci/run)",
    "source ": "the environment of the tests is there already",
    ".venv/bin/python benchmarks/": "takes minutes; its figures are in the tables of the docs",
    "roadcast build --date 2026-11-20 --verify": "takes minutes; tests/workflow/test_verifying.py listens to shorter clips",
    "roadcast subscriber invite --waiting --send": "needs a mail server; tests/cli/test_subscriber.py has one",
    "roadcast voices add ": "needs a voice of 60 MB; tests/engines/test_piper.py adds a small one",
}
"""What is not run here, by how it begins, and why not."""


def blocks(page, kind):
    text = page.read_text(encoding="utf-8")
    return re.findall(rf"^ *```({kind})\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)


def commands(page):
    for kind, block in blocks(page, "sh|console"):
        for line in re.sub(r"\\\n\s*", "", block).split("\n"):
            if kind == "sh" and line.strip() and not line.strip().startswith("#"):
                yield line.strip()
            if kind == "console" and line.strip().startswith("$ "):
                yield line.strip().removeprefix("$ ")


def runnable(page):
    return [line for line in commands(page) if not line.startswith(tuple(ELSEWHERE))]


RUN = [page for page in PAGES if runnable(page)]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample workspace with an episode, made once."""
    folder = tmp_path_factory.mktemp("docs") / "sample"
    folder.mkdir()
    shutil.copy(ROOT / "roadcast.toml", folder)
    for name in ("briefings", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("20*"))
    run("roadcast build --date 2026-11-20", folder)
    return folder


def run(line, folder, timeout=240):
    """Run a command as somebody at a terminal would; whatever it asks is answered with yes."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment,
        input="y\n",
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def test_commands_are_found_in_both_kinds_of_block():
    found = {page.name: runnable(page) for page in RUN}
    assert {"README.md", "engines.md", "guide.md", "hosting.md", "settings.md", "sound.md", "subscribers.md"} <= set(
        found
    )
    assert "roadcast listens --page listens.html" in found["subscribers.md"]  # ```sh
    assert "roadcast subscriber import people.csv --dry-run" in found["subscribers.md"]  # ```console
    assert not any("unchanged" in line for line in found["subscribers.md"])  # an answer


def test_what_is_not_run_here_is_on_a_page():
    written = [line for page in PAGES for line in commands(page)]
    for beginning in ELSEWHERE:
        assert any(line.startswith(beginning) for line in written), beginning


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN, ids=lambda page: page.name)
def test_every_command_of_the_page_runs(page, built, tmp_path):
    folder = tmp_path / "sample"
    shutil.copytree(built, folder)
    for _, table in blocks(page, "csv"):
        (folder / "people.csv").write_text(table, encoding="utf-8")
    for line in runnable(page):
        if "roadcast serve" in line:
            serves(line, folder)
            continue
        done = run(line, folder)
        assert done.returncode in FINE, f"{page.name}: {line}\n{done.stdout}\n{done.stderr}"


def serves(line, folder):
    """A server says where it is, answers there, and stops when it is asked to; on any free port, for the usual one may be taken."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    with (folder / "errors").open("w+") as errors:
        process = subprocess.Popen(
            ["bash", "-c", f"exec env {line} --port 0"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            said = re.match(r"Serving on (http://\S+/),", process.stdout.readline())
            assert said, (folder / "errors").read_text()
            with urllib.request.urlopen(f"{said[1]}healthz", timeout=30) as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode in (0, -signal.SIGTERM)


def test_links_between_the_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
