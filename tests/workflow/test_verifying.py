"""The recogniser listens to finished clips: pico speaks, pocketsphinx hears."""

import json
import re
import sys
import wave

import pytest

from doubles import Inline
from roadcast import mixing, rendering
from roadcast.engines import recogniser
from roadcast.engines.pico import Pico
from roadcast.engines.recogniser import Heard
from roadcast.errors import BadSpeech, EngineUnavailable, ProductionError
from roadcast.model import Utterance
from roadcast.workflow.order import Progress
from workflow.conftest import build
from workspaces import add_item, roadcast, workspace

SAID = "Two customers tested it for eight weeks and lost no data at all."
SHOW = 'kinds = ["update"]'


@pytest.fixture(autouse=True)
def _installed():
    pytest.importorskip("pocketsphinx", reason="pip install 'roadcast[verify]'")


def spoken(folder, more="", engine="tone"):
    """A workspace with one item that a voice tells."""
    made = workspace(folder, show=SHOW, more=more)
    settings = made / "roadcast.toml"
    settings.write_text(settings.read_text().replace('engine = "tone"', f'engine = "{engine}"'))
    add_item(made, "trial", headline=SAID, body=SAID)
    return made


@pytest.fixture
def inline(monkeypatch):
    """Listen in this process, where a test can count."""
    monkeypatch.setattr(rendering, "_processes", lambda workers, preload: Inline(workers))


@pytest.fixture
def listened(monkeypatch):
    """Have somebody listen in place of the recogniser who never hears the first word; give the texts."""
    texts = []

    def first_word_missed(_pcm, _rate, text):
        texts.append(text)
        asked = text.split()
        return Heard(asked=len(asked), missing=tuple(asked[:1]))

    monkeypatch.setattr(recogniser, "listen", first_word_missed)
    return texts


@pytest.mark.slow
def test_the_command_tells_the_words_missing_in_each_segment(tmp_path):
    folder = spoken(tmp_path, engine="pico")
    done = roadcast("build", "--date", "2026-11-20", "--verify", "--json", cwd=folder)
    assert done.returncode == 20, done.stderr
    (episode,) = json.loads(done.stdout)["episodes"]
    heard = {segment["segment"]: segment for segment in episode["heard"]}
    assert "trial" in heard
    assert heard["trial"]["words"] >= 13
    assert heard["trial"]["missing_share"] <= 0.4
    assert len(heard["trial"]["missing"]) < heard["trial"]["words"] / 2
    assert episode["warnings"] == [w for w in episode["warnings"] if "verified" not in w]
    screen = roadcast("build", "--date", "2026-11-20", "--verify", cwd=folder, COLUMNS="120").stdout
    missing = len(heard["trial"]["missing"])
    assert re.search(rf"trial .*│ +{missing} of {heard['trial']['words']}\s", screen)


@pytest.mark.usefixtures("inline")
def test_a_clip_is_listened_to_once_and_again_when_its_bytes_change(tmp_path, listened):
    folder = spoken(tmp_path)
    first = build(folder, verify=True).heard
    whole = len(listened)
    assert whole > 3
    assert build(folder, verify=True).heard == first
    assert len(listened) == whole
    kept = next((folder / "audio_out").rglob("*.heard"))
    kept.write_text(re.sub(r'"digest": ?"', "\\g<0>0", kept.read_text()))
    build(folder, verify=True)
    assert whole < len(listened) < 2 * whole


@pytest.mark.usefixtures("inline", "listened")
def test_over_the_teams_own_limit_the_segment_is_named_and_nothing_is_published(tmp_path):
    folder = spoken(tmp_path, more="[verify]\nblock_over = 0.02")
    with pytest.raises(
        BadSpeech, match=r"of the words of '\w+' were not heard, over 2% .*not published; listen to audio"
    ):
        build(folder)
    assert not list(folder.glob("feeds/*.xml"))
    assert list((folder / "audio_out" / "clips").rglob("*.mp3")), "the clips are kept"


@pytest.mark.usefixtures("inline", "listened")
def test_under_the_limit_the_episode_is_published(tmp_path):
    folder = spoken(tmp_path, more="[verify]\nblock_over = 0.9")
    assert build(folder).heard
    assert list(folder.glob("feeds/*.xml"))


@pytest.mark.usefixtures("inline")
def test_a_clip_that_cannot_be_listened_to_is_a_warning_and_with_a_limit_no_episode(tmp_path, monkeypatch):
    def gone(*_said):
        raise EngineUnavailable("the recogniser is gone")

    monkeypatch.setattr(recogniser, "listen", gone)
    report = build(spoken(tmp_path / "a"), verify=True)
    assert report.heard == ()
    assert any(re.match("not verified: clip [0-9a-f]+: the recogniser is gone", text) for text in report.warnings)
    with pytest.raises(EngineUnavailable, match=r"nobody could listen to .*trial"):
        build(spoken(tmp_path / "b", more="[verify]\nblock_over = 0.5"))


@pytest.mark.usefixtures("inline")
def test_the_setting_listens_without_the_option_and_without_either_nobody_does(tmp_path, listened):
    assert build(spoken(tmp_path / "a")).heard is None
    assert not listened
    assert build(spoken(tmp_path / "b", more="[verify]\nlisten = true")).heard
    assert listened


@pytest.fixture
def absent(monkeypatch):
    """Take the package away, for this process."""
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)


@pytest.mark.usefixtures("inline", "absent")
def test_without_the_package_the_episode_is_made_and_one_line_says_how_to_get_it(tmp_path):
    report = build(spoken(tmp_path), verify=True)
    (warning,) = [text for text in report.warnings if "verified" in text]
    assert warning == "not verified: the recogniser is not installed: pip install 'roadcast[verify]'"
    assert report.heard is None


@pytest.mark.usefixtures("inline", "absent")
def test_without_the_package_a_team_that_blocks_is_told_before_anything_is_voiced(tmp_path):
    folder = spoken(tmp_path, more="[verify]\nblock_over = 0.5")
    with pytest.raises(EngineUnavailable, match=r"pip install 'roadcast\[verify\]'; \[verify\] block_over"):
        build(folder)
    assert not list((folder / "audio_out").rglob("*.mp3"))


@pytest.mark.usefixtures("inline")
def test_another_language_is_not_listened_to(tmp_path, listened):
    folder = workspace(tmp_path, show=SHOW + '\nlanguage = "de"')
    add_item(folder, "trial")
    report = build(folder, verify=True)
    assert [text for text in report.warnings if "verified" in text] == [
        "not verified: the recogniser knows English, and Test Briefing speaks de"
    ]
    assert not listened


@pytest.mark.usefixtures("inline")
def test_a_recording_of_a_person_is_held_against_the_words_of_its_item(tmp_path):
    folder = spoken(tmp_path)
    add_item(folder, "trial", headline=SAID, body=SAID, front="audio: trial.wav")
    person = Pico().narrate(Utterance(text=f"{SAID} {SAID}", voice="en-US"))
    with wave.open(str(folder / "trial.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(person.rate)
        file.writeframes(person.pcm)
    heard = {hearing.segment: hearing.heard for hearing in build(folder, verify=True).heard}
    assert heard["trial"].share < 0.6 < heard["opening"].share  # the other segments hum


@pytest.mark.usefixtures("inline", "listened")
def test_progress_counts_the_clips_that_are_listened_to(tmp_path):
    seen = []
    progress = Progress(listening=lambda count: seen.append(count), heard=lambda: seen.append("heard"))
    build(spoken(tmp_path), verify=True, progress=progress)
    assert seen[0] == len(seen[1:]) > 2


def test_what_is_no_sound_cannot_be_decoded():
    with pytest.raises(ProductionError, match="cannot be decoded"):
        mixing.decode(b"no sound at all")
