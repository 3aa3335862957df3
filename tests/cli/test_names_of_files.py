"""Files and folders whose names are not UTF-8, out of old archives: a line shows the bytes, and nothing breaks."""

import os
import sys

import pytest

from workspaces import ITEM, prose, roadcast, workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")

DATE = ("--date", "2026-11-20")


@pytest.fixture
def folder(tmp_path):
    return workspace(tmp_path / "w", items=3)


def misnamed(folder, name, text=""):
    path = folder / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_briefing_is_left_out_and_the_others_are_told(folder):
    text = ITEM.format(headline="The new hall opens", kind="update", published="2026-11-02", front="", body=prose(9))
    misnamed(folder, b"briefings/caf\xe9.md", text)
    misnamed(folder, b"briefings/f\xfcr/hall.md", text)
    checked = roadcast("check", cwd=folder)
    assert checked.returncode == 3
    assert r"error: briefings/caf\xe9.md: the name is not UTF-8, as in an old archive; rename it" in checked.stdout
    assert r"error: briefings/f\xfcr/hall.md: the name is not UTF-8" in checked.stdout
    for _ in range(2):
        built = roadcast("build", *DATE, cwd=folder)
        assert built.stderr == ""
        assert built.returncode == 20  # three short items
        assert r"left out: briefings/caf\xe9.md: the name is not UTF-8" in built.stdout
    strict = roadcast("build", *DATE, "--strict", cwd=folder)
    assert strict.returncode == 3
    assert "Traceback" not in strict.stderr


def test_a_template_is_a_line(folder):
    misnamed(folder, b"scripts/caf\xe9.j2", "{{ item.headline }}")
    built = roadcast("build", *DATE, cwd=folder)
    assert built.returncode == 5
    assert built.stderr == "roadcast: scripts/caf\\xe9.j2: the name is not UTF-8, as in an old archive; rename it\n"


@pytest.mark.parametrize("command", [("build", *DATE), ("check",), ("episodes",), ("config",), ("subscriber", "list")])
def test_a_workspace_is_a_line(tmp_path, command):
    path = tmp_path / os.fsdecode(b"w\xf6rk")
    workspace(tmp_path / "w", items=1).rename(path)
    done = roadcast(*command, cwd=path)
    assert done.returncode == 2
    assert done.stderr.startswith("roadcast: ")
    assert done.stderr.endswith("/w\\xf6rk: the name is not UTF-8, as in an old archive; rename it\n")


def test_no_workspace_is_begun_there(tmp_path):
    begun = roadcast("init", os.fsdecode(b"w\xf6rk"), cwd=tmp_path)
    assert begun.returncode == 2
    assert list(tmp_path.iterdir()) == []
