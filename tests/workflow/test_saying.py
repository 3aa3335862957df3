"""What no voice can say and no player can play is left out with its line, and the rest is built."""

import subprocess
import wave

import pytest

from mixing.hearing import needs_ffmpeg
from roadcast import mixing
from roadcast.bootstrap import open_studio
from roadcast.errors import IntakeError, ProductionError
from roadcast.mixing import recognise
from roadcast.model import AudioFormat
from roadcast.workflow import checking, line, making, saying, settling
from roadcast.workflow.line import Progress
from workflow.conftest import DAY, NOW, build
from workspaces import add_item, workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def folder(tmp_path):
    return workspace(tmp_path, items=2)


def check(folder):
    with open_studio(folder) as studio:
        return checking.check(studio)


def plan(folder):
    progress = Progress()
    with open_studio(folder, clock=lambda: NOW) as studio:
        order = line.Order(edition=studio.edition(studio.shows[0].id, DAY))
        return settling.plan(*line.prepare(studio, order, progress)), progress.warnings


FAULTS = {
    "a sentence": (
        {"body": "All is well.\n\nПривет всем."},
        "bad.md:9: cannot be spoken: no voice here reads Cyrillic",
    ),
    "the headline": (
        {"headline": "李小龙 is here"},
        "bad.md:2: cannot be spoken: no voice here reads Chinese or Japanese",
    ),
    "the brief": ({"front": "brief: Привет."}, "bad.md:5: cannot be spoken"),
    "what to do": ({"front": "action: Скажи."}, "bad.md:5: cannot be spoken"),
    "the credit": ({"front": "source: A\ncredit: 李小龙"}, "bad.md:6: credit: cannot be spoken"),
    "a sign without a name": ({"body": "All is well.\n\n≈\n"}, "bad.md:9: nothing to say in '≈.'"),
    "a file that is none": ({"front": "audio: there.wav"}, "bad.md:5: audio: there.wav: no WAV"),
    "an empty file": ({"front": "audio: empty.wav"}, "bad.md:5: audio: empty.wav: 0 bytes"),
    "no file": ({"front": "audio: nothere.wav"}, "bad.md:5: audio: 'nothere.wav': there is no such file"),
    "somebody else's file": ({"front": "audio: ../../etc/passwd"}, "bad.md:5: audio: '../../etc/passwd' is no path"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_item_with_a_fault_is_left_out_with_its_line_and_the_others_are_planned(folder, fault):
    (folder / "there.wav").write_bytes(b"root:x:0:0:secret")
    (folder / "empty.wav").write_bytes(b"")
    values, says = FAULTS[fault]
    add_item(folder, "bad", **values)
    (error,) = check(folder).errors
    assert error.startswith(f"briefings/{says}")
    assert "root:x" not in error
    rundown, warnings = plan(folder)
    assert warnings == [f"left out: {error}"]
    assert {e.segment.item.slug for e in rundown.entries if e.segment.item} == {"item-00", "item-01"}
    with pytest.raises(IntakeError, match=r"^briefings/bad\.md:\d+: "):
        build(folder, strict=True)


def test_an_item_that_must_be_heard_and_cannot_be_said_does_not_stop_the_build(folder):
    add_item(folder, "bad", body="Привет всем.", front="must_hear: true")
    report = build(folder)
    assert [text for text in report.warnings if "bad.md:8" in text] == [report.warnings[0]]
    assert {e.segment.item.slug for e in report.rundown.entries if e.segment.item} == {"item-00", "item-01"}


def test_an_edition_that_stands_says_again_what_was_left_out(folder):
    add_item(folder, "bad", body="Привет всем.")
    first, again = build(folder), build(folder)
    assert again.stood
    assert again.warnings == first.warnings
    with pytest.raises(IntakeError):
        build(folder, strict=True)


def test_what_the_lexicon_says_can_be_told(folder):
    add_item(folder, "good", body="Привет всем.")
    (folder / "scripts").mkdir()
    (folder / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nПривет всем,Hello everybody,update\n")
    assert check(folder).errors == ()
    assert "good" in [entry.segment.name for entry in build(folder).rundown.entries]


def test_a_term_that_one_kind_alone_can_say_is_missed_in_the_menu(folder):
    add_item(folder, "bad", headline="Привет is here")
    (folder / "scripts").mkdir()
    (folder / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nПривет,Hello,update\n")
    assert "bad.md:2: cannot be spoken" in check(folder).errors[0]
    assert "bad" not in [entry.segment.name for entry in build(folder).rundown.entries]


def test_items_far_behind_are_not_said_for_nothing(folder, monkeypatch):
    for number in range(200):
        add_item(folder, f"more-{number}", body="The office opens on Monday with a long queue at its door. " * 9)
    looked_at = []
    monkeypatch.setattr(saying, "unsayable", lambda _studio, _show, item: looked_at.append(item.slug) or iter(()))
    _, warnings = plan(folder)
    assert warnings == []
    assert 20 < len(looked_at) < 60


def test_an_item_behind_one_that_is_too_long_is_looked_at(folder):
    for number in range(3):
        add_item(
            folder, f"book-{number}", front="priority: 5", body="The office opens on Monday with a long queue. " * 400
        )
    add_item(folder, "bad", body="Привет из Москвы.", front="priority: 4")
    _, warnings = plan(folder)
    assert ["briefings/bad.md:8: cannot be spoken" in warning for warning in warnings] == [True]


def test_a_recording_that_is_too_long_stops_no_edition(folder):
    with wave.open(str(folder / "speech.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8_000 * 601))
    add_item(folder, "bad", front="audio: speech.wav")
    says = "briefings/bad.md:5: audio: speech.wav: longer than 10 minutes; cut it, no segment is that long"
    assert check(folder).errors == (says,)
    assert "bad" not in [entry.segment.name for entry in build(folder).rundown.entries]


def test_a_recording_is_planned_for_as_long_as_it_lasts(folder):
    with wave.open(str(folder / "speech.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8_000 * 25))
    add_item(folder, "speech", front="audio: speech.wav", body="Listen to her.")
    rundown, _ = plan(folder)
    (entry,) = [entry for entry in rundown.entries if entry.segment.name == "speech"]
    assert 25 < entry.length.total_seconds() < 27  # the sting before it


@needs_ffmpeg
def test_nor_does_one_that_only_ffmpeg_reads(folder):
    silent = ["-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "610", "-b:a", "8k"]
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *silent, folder / "speech.m4a"], check=True)
    add_item(folder, "bad", front="audio: speech.m4a")
    says = "briefings/bad.md:5: audio: speech.m4a: longer than 10 minutes; cut it, no segment is that long"
    assert check(folder).errors == (says,)
    report = build(folder)
    assert "bad" not in [entry.segment.name for entry in report.rundown.entries]
    assert report.warnings == (f"left out: {says}",)


@needs_ffmpeg
def test_the_length_of_a_recording_is_found_out_once(folder, monkeypatch):
    talk = ["-f", "lavfi", "-i", "sine=r=8000", "-t", "3", folder / "speech.m4a"]
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *talk], check=True)
    add_item(folder, "good", front="audio: speech.m4a")
    assert check(folder).errors == ()
    monkeypatch.setattr(mixing, "seconds_of", None)
    assert check(folder).errors == ()
    monkeypatch.undo()
    (folder / "speech.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(20))
    assert ["damaged" in error for error in check(folder).errors] == [True]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"Test Briefing"', '"Тест"', "title"),
        ('"Example Works"', '"李小龙"', "company"),
        ('name = "Two"', 'name = "Ольга"', "presenters.2.name"),
    ],
)
def test_a_name_in_the_settings_that_no_voice_reads_is_named_by_its_key(folder, old, new, key):
    path = folder / "roadcast.toml"
    path.write_text(path.read_text().replace(old, new))
    (error,) = check(folder).errors
    assert error.startswith(f"roadcast.toml: shows.briefing.{key}: cannot be spoken: ")


def test_a_recording_that_cannot_be_decoded_is_named_with_its_briefing(folder):
    with wave.open(str(folder / "short.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    add_item(folder, "bad", front="audio: short.wav")
    with open_studio(folder, clock=lambda: NOW) as studio:
        order = line.Order(edition=studio.edition(studio.shows[0].id, DAY))
        desk, brief = line.prepare(studio, order, Progress())
        script = next(desk.script(e.segment) for e in settling.plan(desk, brief).entries if e.segment.name == "bad")
    job = making_job(folder, script)
    with pytest.raises(ProductionError, match=r"briefings/bad\.md:2: audio: short\.wav: nothing but silence"):
        making._recorded(job)


def making_job(folder, script):
    from roadcast.workflow.jobs import Job

    return Job(
        key="k", script=script, presenters=(), paces=(), confidentiality=None, options="{}", online=False,
        format=AudioFormat(), loudness=-16.0, root=str(folder), store=str(folder / "audio_out"),
    )  # fmt: skip


def test_what_is_in_a_file_is_not_told(tmp_path):
    (tmp_path / "secret.wav").write_bytes(b"root:x:0:0")
    with pytest.raises(ProductionError) as caught:
        recognise(tmp_path / "secret.wav")
    assert "root" not in str(caught.value).replace(str(tmp_path), "")
