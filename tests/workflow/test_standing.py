"""A build with nothing to do does nothing; one with something to do does it."""

import dataclasses
import datetime as dt
import json
import shutil
import subprocess
import sys

import pytest

from roadcast.workflow import publication
from workflow.conftest import DAY, build, outputs
from workspaces import roadcast, workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def publications(monkeypatch):
    """Count the editions that are published anew."""
    seen = []
    publish = publication.publish
    monkeypatch.setattr(publication, "publish", lambda *given: seen.append(given) or publish(*given))
    return seen


def test_an_edition_that_stands_is_told_again_and_not_published_again(folder, publications):
    first, again = build(folder), build(folder)
    assert len(publications) == 1
    count = first.rendered
    assert count > 3
    assert again == dataclasses.replace(first, rendered=0, reused=count)


@pytest.mark.usefixtures("first")
@pytest.mark.parametrize(
    "lost",
    ["feeds/*.xml", "feeds/*/*.vtt", "feeds/*/*.mp3", "feeds/*/*.jpg", "audio_out/clips/**/*.mp3",
     "audio_out/episodes/**/*.json", "scripts/briefing/*/script.txt"],
)  # fmt: skip
def test_whatever_is_lost_of_an_edition_that_stands_is_made_again(folder, lost):
    before = outputs(folder)
    found = sorted(folder.glob(lost))
    assert found
    found[0].unlink()
    build(folder)
    assert outputs(folder).keys() == before.keys()
    made_again = [name for name, digest in outputs(folder).items() if before[name] != digest]
    assert not made_again


@pytest.mark.usefixtures("first")
def test_a_damaged_clip_is_made_again(folder):
    clip = next((folder / "audio_out" / "clips").rglob("*.mp3"))
    data = clip.read_bytes()
    clip.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    build(folder)
    assert clip.read_bytes() == data


@pytest.mark.parametrize("change", ["settings", "template", "lexicon", "item", "minutes"])
def test_a_change_of_anything_it_is_made_from_makes_an_edition_anew(folder, publications, change):
    build(folder)
    minutes = None
    if change == "settings":
        path = folder / "roadcast.toml"
        path.write_text(path.read_text().replace('title = "', 'title = "The ', 1))
    elif change == "template":
        (folder / "scripts" / "closing.j2").write_text("That was all. Drive safely.\n")
    elif change == "lexicon":
        (folder / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nbuyer,purchaser,\n")
    elif change == "item":
        path = next((folder / "briefings").rglob("*.md"))
        path.write_text(path.read_text() + "\nThe colour is blue.\n")
    else:
        minutes = dt.timedelta(minutes=5)
    build(folder, target=minutes)
    assert len(publications) == 2


def test_an_edition_whose_number_changes_is_published_again(folder, publications):
    last = build(folder)
    build(folder, day=DAY - dt.timedelta(days=3))  # filled in later
    again = build(folder)
    assert (last.episode.number, again.episode.number) == (1, 2)
    assert len(publications) == 3


SOUND = ("soxr", "soundfile", "roadcast.mixing.mixer", "roadcast.workflow.making")
NEEDLESS = (*SOUND, "numpy", "lameenc", "jinja2", "rich", "PIL", "multiprocessing", "roadcast.workflow.settling")


def loaded_by_a_build(folder, names):
    """Build, and tell the report, and which of these modules the command's own process has loaded."""
    code = (
        "import sys, roadcast.cli.main as door\n"
        "if __name__ == '__main__':\n"
        f"    sys.argv = ['roadcast', 'build', '--date', '{DAY}', '--json']\n"
        "    try:\n        door.main()\n"
        f"    finally:\n        print([name for name in {names} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    return json.loads(done.stdout)["episodes"][0], done.stderr


def test_an_edition_that_stands_loads_nothing_that_makes_sound(tmp_path):
    folder = workspace(tmp_path, items=2)
    roadcast("build", "--date", str(DAY), cwd=folder)
    shutil.rmtree(folder / ".roadcast" / "memoranda")  # with it, next to nothing is loaded
    report, needless = loaded_by_a_build(folder, NEEDLESS)
    assert report["clips_rendered"] == 0
    assert needless == "[]\n"
