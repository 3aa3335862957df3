import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from roadcast import mixing
from roadcast.cli.waveform import command
from roadcast.errors import SettingsError, StorageError
from roadcast.model import AudioFormat, Chapter, Edition, Recording, ShowId
from roadcast.store import Store

SETTINGS = """
[shows.road]
title = "Road"
description = "x"
kinds = ["update"]
[[shows.road.presenters]]
name = "First"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "roadcast.toml").write_text(SETTINGS)
    return tmp_path


def draw(workspace: Path, name: str = "e.svg"):
    arguments = ["road", "--date", "2026-11-20", "--workspace", str(workspace), "--output", str(workspace / name)]
    return CliRunner().invoke(command, arguments)


def built(workspace: Path) -> None:
    clip, data = mixing.silence(400, AudioFormat())
    store = Store(workspace / "audio_out")
    store.keep(clip, data)
    chapters = (Chapter(title="Welcome", start=0.0, end=clip.seconds),)
    recording = Recording(format=clip.format, head=b"x", clips=(clip,), chapters=chapters)
    store.keep_recording(Edition(show=ShowId("road"), date=dt.date(2026, 11, 20)), recording)


def test_an_edition_is_drawn_with_its_chapters(workspace):
    built(workspace)
    done = draw(workspace)
    assert done.exit_code == 0, done.output
    assert done.output.strip().endswith("e.svg: 10 s drawn")
    said = [text.text for text in ET.parse(workspace / "e.svg").iter("{http://www.w3.org/2000/svg}text")]
    assert "Welcome" in said
    assert "Road, 2026-11-20" in said


def test_an_edition_that_was_not_built_is_named_and_nothing_is_written(workspace):
    done = draw(workspace)
    assert isinstance(done.exception, StorageError)
    assert "road/2026-11-20: no recording" in str(done.exception)
    assert not (workspace / "e.svg").exists()


def test_the_name_of_the_file_decides_between_svg_and_png(workspace):
    built(workspace)
    assert draw(workspace, "e.PNG").output.strip().endswith("e.PNG: 10 s drawn")
    assert (workspace / "e.PNG").read_bytes().startswith(b"\x89PNG\r\n")
    assert isinstance(draw(workspace, "e.jpg").exception, SettingsError)
    assert not (workspace / "e.jpg").exists()


def test_an_edition_may_be_named_as_builds_name_it(workspace):
    built(workspace)
    name = str(workspace / "e.svg")
    options = ["--workspace", str(workspace), "--output", name]
    done = CliRunner().invoke(command, ["road/2026-11-20", *options])
    assert done.output.strip().endswith("e.svg: 10 s drawn")
    wrong = CliRunner().invoke(command, ["road/Friday", *options])
    assert str(wrong.exception) == "road/Friday: 'Friday' is no date; write it as in road-briefing/2026-11-20"
