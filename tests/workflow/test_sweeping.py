"""Making room takes nothing that an episode is made of."""

import os
import time

import pytest
from click.testing import CliRunner

from roadcast.bootstrap import open_studio
from roadcast.cli.main import cli
from roadcast.errors import StorageError
from roadcast.workflow.sweeping import sweep
from workflow.conftest import build
from workspaces import workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def folder(tmp_path):
    """A workspace whose episode was made anew after every item had changed, two hours ago."""
    folder = workspace(tmp_path, items=24)
    build(folder)
    for path in (folder / "briefings").rglob("*.md"):
        path.write_text(path.read_text() + "\nThe colour is blue.\n")
    build(folder)
    for path in (folder / "audio_out").rglob("*.*"):
        os.utime(path, (time.time() - 7200,) * 2)
    return folder


def test_clips_of_no_episode_go_and_the_others_stay(folder):
    before = set((folder / "audio_out" / "clips").rglob("*.mp3"))
    heads = len(list((folder / "audio_out").rglob("*.head")))
    with open_studio(folder) as studio:
        gone = sweep(studio)
        (edition,) = studio.store.editions()
        kept = {studio.store.path_of(clip) for clip in studio.store.recording(edition).clips}
    assert set((folder / "audio_out" / "clips").rglob("*.mp3")) == kept < before
    assert len(list((folder / "audio_out").rglob("*.head"))) == 1
    assert gone == 2 * len(before - kept) + heads - 1  # the sound, and what was measured on it
    assert build(folder).rendered == 0


def test_what_was_made_within_the_hour_stays(folder):
    for path in (folder / "audio_out").rglob("*.*"):
        os.utime(path)
    with open_studio(folder) as studio:
        assert sweep(studio) == 0


def test_leftovers_go_wherever_a_killed_run_left_them(folder):
    left = [folder / top / f".a.{top}.part" for top in ("feeds", "scripts", ".roadcast")]
    for path in left:
        path.write_text("half")
        os.utime(path, (0, 0))
    with open_studio(folder) as studio:
        sweep(studio)
    assert not any(path.exists() for path in left)


def test_nothing_goes_while_a_recording_cannot_be_read(folder):
    (manifest,) = (folder / "audio_out" / "episodes").rglob("*.json")
    manifest.write_text("{")
    before = list((folder / "audio_out" / "clips").rglob("*"))
    with open_studio(folder) as studio, pytest.raises(StorageError, match="not a recording"):
        sweep(studio)
    assert list((folder / "audio_out" / "clips").rglob("*")) == before


def test_the_command_tells_how_much_went(folder):
    done = CliRunner().invoke(cli, ["sweep", "--workspace", str(folder)])
    assert done.exit_code == 0
    assert int(done.output.split()[0]) > 0
    again = CliRunner().invoke(cli, ["sweep", "--json", "--workspace", str(folder)])
    assert again.output == '{"removed": 0}\n'
