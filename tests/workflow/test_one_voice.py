"""Whoever steps in says everything a presenter says; a real program that counts as online speaks, and logs each call."""

import sys

import pytest

from doubles import Inline
from roadcast import narration, rendering
from roadcast.bootstrap import open_studio
from roadcast.errors import NarrationError
from roadcast.narration import voicing
from roadcast.voicemail.sender import PACKAGED, load_wording
from roadcast.workflow import line
from roadcast.workflow.booth import Booth
from roadcast.workflow.order import Order, Progress
from roadcast.workflow.phone import sender_of
from workflow.conftest import DAY, NOW, build
from workspaces import add_item, prose, workspace

PROGRAM = """
import array, os, pathlib, sys

log, limit = pathlib.Path(sys.argv[1]), int(sys.argv[2])
text = sys.stdin.read()
with log.open("a") as file:
    file.write(text.replace("\\n", " ") + "\\n")
if len(log.read_text().splitlines()) > limit:
    sys.exit("the licence ran out")
wave = [3000 - abs(6000 - 12000 * step // 110) for step in range(110)] * round(16000 * (0.054 * len(text) + 0.2) / 110)
data = array.array("h", wave + [0] * 1600).tobytes()
head = b"RIFF" + (36 + len(data)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
head += b"\\x01\\x00\\x01\\x00" + (16000).to_bytes(4, "little") + (32000).to_bytes(4, "little") + b"\\x02\\x00\\x10\\x00"
sys.stdout.buffer.write(head + b"data" + len(data).to_bytes(4, "little") + data)
"""
SETTINGS = """
[engines]
order = ["command", "tone"]
online = true

[engines.command]
run = ["{python}", "{program}", "{log}", "{limit}"]
rate = 16000

[voicemail]
business = "Example Works"
call_back = "+12025550143"
opt_out = "To stop these messages, call the same number and press nine."
caller_id = "+12025550143"
"""


@pytest.fixture(autouse=True)
def _inline(monkeypatch):
    monkeypatch.setattr(rendering, "_processes", lambda workers, preload: Inline(workers))
    monkeypatch.setattr(voicing.time, "sleep", lambda _seconds: None)


@pytest.fixture
def made(tmp_path):
    """Make a workspace whose first engine is the program, which fails after so many calls."""

    def make(*classes, limit=10_000):
        (tmp_path / "program.py").write_text(PROGRAM)
        more = SETTINGS.format(
            python=sys.executable, program=tmp_path / "program.py", log=tmp_path / "log", limit=limit
        )
        folder = workspace(tmp_path / "workspace", show='kinds = ["update"]', more=more)
        settings = folder / "roadcast.toml"
        settings.write_text(settings.read_text().replace('engine = "tone"', 'engine = "auto"'))
        for number, secrecy in enumerate(classes):
            add_item(folder, f"item-{number}", front=f"confidentiality: {secrecy}", body=prose(number, 3))
        return folder

    return make


def calls(folder):
    log = folder.parent / "log"
    return log.read_text().splitlines() if log.exists() else []


def engines(folder):
    with open_studio(folder, clock=lambda: NOW) as studio:
        recording = studio.store.recording(studio.edition(studio.shows[0].id, DAY))
        return {name.split("/")[0] for clip in recording.clips for name in clip.engines}


def test_public_words_are_all_said_by_the_online_engine(made):
    folder = made("public", "public")
    report = build(folder)
    assert report.voices[0] == "command/default"
    assert engines(folder) == {"command"}
    assert calls(folder)


@pytest.mark.parametrize("secret", ["confidential", "internal"])
def test_with_one_secret_item_not_a_word_of_its_presenter_goes_out(made, secret):
    folder = made("public", secret, "public")
    report = build(folder)
    assert calls(folder) == []
    assert engines(folder) == {"tone"}
    (why,) = {text for text in report.warnings if text.startswith("One is spoken by")}
    assert why.startswith("One is spoken by tone/low instead of command/default: it sends words out, and only public")


def test_an_edition_with_a_secret_item_is_made_once_and_stays_the_same(made):
    folder = made("public", "confidential", "public")
    first, second = build(folder), build(folder)
    assert second.rendered == 0
    assert second.file == first.file
    assert second.warnings == first.warnings


def test_a_secret_item_that_is_edited_is_told_in_its_new_words(made):
    folder = made("public", "confidential")
    build(folder)
    path = folder / "briefings" / "item-1.md"
    text = path.read_text()
    path.write_text(text.replace("Our warehouse", "Our workshop"))
    assert path.read_text() != text
    assert build(folder).rendered >= 1
    assert calls(folder) == []


def test_an_engine_that_fails_in_the_middle_says_nothing_in_the_end(made):
    folder = made("public", "public", limit=5)
    report = build(folder)
    assert len(calls(folder)) > 5
    assert engines(folder) == {"tone"}
    assert any("the licence ran out" in text for text in report.warnings)


def message(folder):
    """Make a voicemail message; give what was said by whom, and the warnings."""
    with open_studio(folder, clock=lambda: NOW) as studio:
        order = Order(edition=studio.edition(studio.shows[0].id, DAY))
        desk, brief = line.prepare(studio, order, Progress())
        booth = Booth(desk=desk, sender=sender_of(studio), wording=load_wording(PACKAGED), groups=frozenset({"field"}))
        made, _ = booth.newscast([candidate.item for candidate in brief.candidates], seconds=40)
        return made, booth


@pytest.fixture
def spoken(monkeypatch):
    """Note who says each line."""
    said = []
    real = narration.narrate

    def noted(script, cast, **settings):
        done = real(script, cast, **settings)
        said.append((script.passages[0].text, *done.engines))
        return done

    monkeypatch.setattr(narration, "narrate", noted)
    return said


def test_a_message_is_said_anew_when_its_engine_fails_in_the_middle(made, spoken):
    folder = made("public", "public", limit=3)
    finished, booth = message(folder)
    whole = {line.text for line in finished.cut.lines}
    assert {text for text, engine in spoken if engine == "command/default"} < whole
    assert {text for text, engine in spoken if engine == "tone/low"} >= whole
    (warning,) = booth.warnings
    assert warning.startswith("One is spoken by tone/low instead of command/default: ")


def test_a_message_that_may_hold_internal_words_never_goes_out(made, spoken):
    folder = made("public", "public")
    settings = folder / "roadcast.toml"
    settings.write_text(settings.read_text() + 'allow = "internal"\n')
    message(folder)
    assert calls(folder) == []
    assert {engine for _, engine in spoken} == {"tone/low"}
    spoken.clear()
    message(folder)
    assert spoken == [], "what was said is kept"


def test_a_message_that_nobody_can_say_names_the_last_reason(made):
    folder = made("public", limit=0)
    settings = folder / "roadcast.toml"
    settings.write_text(settings.read_text().replace('"command", "tone"', '"command"'))
    with pytest.raises(NarrationError, match="the licence ran out"):
        message(folder)
