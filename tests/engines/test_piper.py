import hashlib
import json
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from roadcast.engines import adding
from roadcast.engines.adding import add
from roadcast.engines.piper import Piper, voices_folder
from roadcast.errors import BadSpeech, EngineUnavailable, SettingsError, StorageError
from roadcast.model import Utterance
from roadcast.testing import NarratorContract

pytest.importorskip("piper", reason="pip install 'roadcast[piper]'")
pytest.importorskip("onnx", reason="pip install onnx: the test makes a voice with it")

from piper_voice import make_voice

NAME = "en_US-test-low"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return make_voice(tmp_path_factory.mktemp("voice"), NAME)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "voices"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class TestPiper(NarratorContract):
    @pytest.fixture(autouse=True)
    def _voice(self, source):
        self.folder = source.parent

    def narrator(self):
        return Piper(folder=str(self.folder))


def test_a_voice_from_a_file_is_ready_to_speak(source, folder):
    voice = add(str(source), folder=folder)
    assert (voice.name, voice.language, voice.rate) == (NAME, "en-US", 16_000)
    assert [voice.name for voice in Piper(folder=str(folder)).voices()] == [NAME]
    assert Piper(folder=str(folder)).narrate(Utterance(text="Good morning.", voice=NAME)).seconds > 0.5


def test_another_model_under_the_same_name_is_another_version(source, folder):
    add(str(source), folder=folder)
    before = Piper(folder=str(folder)).version
    other = folder / "other"
    other.mkdir()
    changed = make_voice(other, NAME)
    changed.write_bytes(source.read_bytes() + b"\0")
    add(str(changed), folder=folder)
    assert Piper(folder=str(folder)).version != before


def test_a_wrong_digest_adds_nothing(source, folder):
    with pytest.raises(SettingsError, match="nothing was added"):
        add(str(source), sha256="0" * 64, folder=folder)
    assert list(folder.iterdir()) == []


def test_a_voice_without_its_description_is_refused(source, folder, tmp_path):
    lone = tmp_path / "lone.onnx"
    lone.write_bytes(source.read_bytes())
    with pytest.raises(SettingsError, match=r"two files, lone\.onnx and lone\.onnx\.json"):
        add(str(lone), folder=folder)
    Path(f"{lone}.json").write_text("{}")
    with pytest.raises(SettingsError, match="no description of a Piper voice"):
        add(str(lone), folder=folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("source", "sha256", "why"),
    [
        ("lessac", "0" * 64, "neither a file NAME.onnx nor a name"),
        ("../../etc/en_US-lessac-medium", "0" * 64, "neither a file"),
        ("en_US-lessac-medium", "", "give --sha256"),
        ("en_US-lessac-medium", "abc", "64 hexadecimal digits"),
    ],
)
def test_what_names_no_voice_is_refused(folder, source, sha256, why):
    with pytest.raises(SettingsError, match=why):
        add(source, sha256=sha256, folder=folder)


@pytest.fixture
def collection(source, tmp_path):
    """Serve the voice where the collection would have it."""
    place = tmp_path / "served" / "en" / "en_US" / "test" / "low"
    place.mkdir(parents=True)
    for path in (source, Path(f"{source}.json")):
        (place / path.name).write_bytes(path.read_bytes())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(tmp_path / "served"))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_named_voice_is_fetched_and_checked(collection, source, folder):
    add(NAME, sha256=digest(source), folder=folder, collection=collection)
    assert digest(folder / f"{NAME}.onnx") == digest(source)
    assert Piper(folder=str(folder)).narrate(Utterance(text="Good morning.", voice=NAME)).seconds > 0.5


def test_a_fetched_voice_with_another_digest_is_not_kept(collection, folder):
    with pytest.raises(SettingsError, match="not the one given"):
        add(NAME, sha256="0" * 64, folder=folder, collection=collection)
    assert list(folder.iterdir()) == []


def test_a_name_that_is_not_in_the_collection_is_told(collection, folder):
    with pytest.raises(EngineUnavailable, match="HTTP 404; is the name right"):
        add("en_US-nobody-low", sha256="0" * 64, folder=folder, collection=collection)


def test_a_file_without_end_is_given_up(collection, source, folder, monkeypatch):
    monkeypatch.setattr(adding, "LARGEST", 100)
    with pytest.raises(EngineUnavailable, match="larger than"):
        add(NAME, sha256=digest(source), folder=folder, collection=collection)
    assert list(folder.iterdir()) == []


def test_voices_come_over_https_only(folder):
    with pytest.raises(SettingsError, match="https only"):
        add(NAME, sha256="0" * 64, folder=folder, collection="http://voices.example.com")


def test_a_folder_that_cannot_be_written_is_named(source, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot keep the voice"):
        add(str(source), folder=tmp_path / "file" / "voices")


def test_without_a_voice_the_command_that_adds_one_is_given(folder):
    with pytest.raises(EngineUnavailable, match="roadcast voices add"):
        Piper(folder=str(folder)).voices()


def test_without_the_package_the_install_line_is_given(monkeypatch):
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'roadcast\[piper\]'"):
        Piper()


def test_a_damaged_voice_is_named(source, folder):
    add(str(source), folder=folder)
    (folder / f"{NAME}.onnx").write_bytes(b"no model")
    with pytest.raises(EngineUnavailable, match=f"{NAME}.onnx: not a Piper voice"):
        Piper(folder=str(folder)).narrate(Utterance(text="Good morning.", voice=NAME))


def test_a_damaged_description_is_named(source, folder):
    add(str(source), folder=folder)
    (folder / f"{NAME}.onnx.json").write_text(json.dumps({"audio": {}}))
    with pytest.raises(BadSpeech, match="no description"):
        Piper(folder=str(folder))


def test_voices_are_kept_where_the_system_keeps_data(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert voices_folder() == Path("/data/roadcast/voices")
