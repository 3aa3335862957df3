"""Whatever the disk does and whenever the process dies: no half file, nothing voiced twice, the feed whole."""

import datetime as dt
import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from roadcast import assembly, store
from roadcast.errors import StorageError
from workflow.conftest import DAY, build
from workspaces import add_item, prose, roadcast, workspace


@cache
def frames(data):
    """Count the frames of a clip; the same bytes are looked at after many a fault."""
    return assembly.frames(data).count


def sound(folder):
    """Every clip that is found is whole, and the feed names only files that are there, whole."""
    for path in (folder / "audio_out" / "clips").rglob("*.json"):
        record = json.loads(path.read_text())
        data = path.with_suffix(".mp3").read_bytes()
        assert len(data) == record["size"]
        assert frames(data) == record["frames"]
    for feed in (folder / "feeds").glob("*.xml"):
        for enclosure in etree.parse(feed).iterfind(".//enclosure"):
            path = folder / "feeds" / enclosure.get("url").removeprefix("http://127.0.0.1:8000/")
            assert path.stat().st_size == int(enclosure.get("length"))


def clips_of(folder):
    """The keys of the finished clips in which somebody speaks."""
    found = (folder / "audio_out" / "clips").rglob("*.json")
    return {path.stem for path in found if json.loads(path.read_text())["passages"]}


def published(folder):
    feeds = list((folder / "feeds").glob("*.xml"))
    return feeds[0].read_bytes() if feeds else None


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("code", "first"), [(errno.ENOSPC, 1), (errno.EIO, 2)])
def test_a_fault_at_any_call_leaves_the_previous_state_and_a_retry_works(tmp_path, monkeypatch, code, first):
    """One error at every odd call of a build, the other at every even one; test_store tries both at each kind of call."""
    prepared = workspace(tmp_path / "prepared", items=1)
    build(prepared, DAY - dt.timedelta(days=1))
    add_item(prepared, "new", body=prose(50, 4))
    before = published(prepared)
    calls = 0
    faults = 0
    at = None

    def counted(name):
        real = getattr(os, name)

        def call(*arguments, **named):
            nonlocal calls
            calls += 1
            if calls == at:
                raise OSError(code, os.strerror(code))
            return real(*arguments, **named)

        return call

    for name in ("open", "write", "fsync", "replace"):
        monkeypatch.setattr(store.os, name, counted(name))
    folder = tmp_path / "run"
    shutil.copytree(prepared, folder)
    build(folder)
    whole = calls
    for turn in range(first, whole + 1, 2):
        shutil.rmtree(folder)
        shutil.copytree(prepared, folder)
        calls, at = 0, turn
        try:
            build(folder)
        except StorageError as error:
            faults += 1
            assert "\n" not in str(error)
            assert published(folder) == before or b"2026-11-20" in published(folder)
        sound(folder)
        at = None
        build(folder)
        sound(folder)
    assert faults >= whole // 2 - 8


@pytest.mark.slow
def test_killed_at_any_moment_nothing_is_voiced_twice_and_no_file_is_half(tmp_path):
    folder = workspace(tmp_path, items=18)
    dice = random.Random(20261120)
    voiced = set()
    for _ in range(20):
        process = begun(folder)
        try:
            process.communicate(timeout=dice.uniform(0.5, 4.0))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=60)
        sound(folder)
        finished = clips_of(folder)
        assert voiced <= finished
        voiced = finished
    done = roadcast("build", "--date", "2026-11-20", "--json", cwd=folder)
    assert done.returncode in (0, 20), done.stderr
    report = json.loads(done.stdout)["episodes"][0]
    assert voiced <= clips_of(folder)
    assert report["clips_rendered"] == len(clips_of(folder) - voiced)  # every clip that was voiced is a new one
    sound(folder)
    again = roadcast("build", "--date", "2026-11-20", "--json", cwd=folder)
    assert json.loads(again.stdout)["episodes"][0]["clips_rendered"] == 0


def test_two_builds_at_once_share_their_work(tmp_path):
    folder = workspace(tmp_path, items=6)
    command = [sys.executable, "-m", "roadcast", "build", "--date", "2026-11-20", "--json"]
    both = [subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    reports = [json.loads(process.communicate(timeout=120)[0])["episodes"][0] for process in both]
    assert {process.returncode for process in both} == {20}
    rendered = sorted(report["clips_rendered"] for report in reports)
    assert rendered[0] == 0
    assert rendered[1] > 0
    assert reports[0]["file"] == reports[1]["file"]
    sound(folder)


@pytest.fixture
def passable():
    """A folder that another user can reach; tmp_path lies in one that its owner alone may enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_read_only_folder_is_one_line_and_the_previous_episode_stays(passable):
    if os.geteuid() == 0:
        drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        if shutil.which(drop[0]) is None:
            pytest.skip("runs as root, whom no mode stops, and setpriv is not installed")
    else:
        drop = []
    folder = workspace(passable, items=2)
    roadcast("build", "--date", "2026-11-20", cwd=folder)
    before = published(folder)
    add_item(folder, "one-more", front="priority: 5")
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222 | 0o555 if path.is_dir() else 0o444)
    try:
        done = subprocess.run(
            [*drop, sys.executable, "-m", "roadcast", "build", "--date", "2026-11-20"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode not in (0, 20)
    assert len(done.stderr.strip().split("\n")) == 1
    assert "Traceback" not in done.stderr
    assert published(folder) == before


def begun(folder, *options):
    """Start a build in a session of its own, so that a signal reaches it and its workers, and nobody else."""
    return subprocess.Popen(
        [sys.executable, "-m", "roadcast", "build", "--date", "2026-11-20", *options],
        cwd=folder,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_interrupted_it_says_so_and_keeps_what_was_finished(tmp_path):
    folder = workspace(tmp_path, items=60)
    process = begun(folder, "--minutes", "15")  # so long an episode is not finished between two looks
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not list((folder / "audio_out").rglob("*.json")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "stopped; what was finished is kept" in said
    sound(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")
def test_interrupted_while_its_workers_start_it_says_no_more(tmp_path):
    folder = workspace(tmp_path, items=6)
    process = begun(folder)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not children.read_text():
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, "roadcast: stopped; what was finished is kept")
    sound(folder)
