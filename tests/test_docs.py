"""Every command in the README and the docs is run, in the sample workspace, in the order of the page."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
SERVES = ("roadcast serve",)
FINE = {0, 20}
ELSEWHERE = ("make ", "git clone", "cd ", ".venv/bin/python benchmarks/")
"""What these do is shown elsewhere: make by the gate itself, benchmarks by their own tables."""


def commands(page):
    """The lines of ```sh blocks; ```console and ```bash are for reading."""
    for block in re.findall(r"^ *```sh\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in re.sub(r"\\\n\s*", "", block).split("\n"):
            if line.strip() and not line.startswith("#"):
                yield line.strip()


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
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_the_page_runs(page, built, tmp_path):
    folder = tmp_path / "sample"
    shutil.copytree(built, folder)
    for line in commands(page):
        if line.startswith(ELSEWHERE):
            continue
        if line.startswith(SERVES):
            serves(line, folder)
            continue
        done = run(line, folder)
        assert done.returncode in FINE, f"{page.name}: {line}\n{done.stdout}\n{done.stderr}"


def serves(line, folder):
    """A server starts, stays, and stops when it is asked to."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    process = subprocess.Popen(
        ["bash", "-c", f"exec {line}"],
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    time.sleep(4)
    assert process.poll() is None, process.stderr.read()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)


def test_links_between_the_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
