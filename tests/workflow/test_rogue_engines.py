"""A plug-in engine that goes wrong in the middle of a build: the episode is made all the same, by the next engine."""

import json
import os

import pytest

from workspaces import roadcast, workspace

PLUGIN = '''
import ctypes, os, pathlib, time
from dataclasses import replace
from roadcast.engines.tone import Tone
from roadcast.errors import EngineUnavailable
from roadcast.ports import Limits


class Rogue(Tone):
    """Hums three times, then does what ROGUE says; it counts across processes."""

    def __init__(self):
        super().__init__()
        self.name, self.version = "rogue", "1"
        self.limits = Limits(seconds=1.0)

    def voices(self):
        return [replace(voice, engine="rogue") for voice in super().voices()]

    def narrate(self, utterance):
        with open(os.environ["ROGUE_LOG"], "ab") as log:
            log.write(b".")
            calls = log.tell()
        speech = super().narrate(utterance)
        act = os.environ["ROGUE"]
        if calls <= 3:
            return speech
        if act == "segfault":
            ctypes.string_at(0)
        if act == "abort":
            os.abort()
        if act == "hang":
            time.sleep(100)
        if act == "bug":
            raise ZeroDivisionError("deep inside")
        if act == "gone":
            raise EngineUnavailable("the voice was uninstalled")
        if act == "silent":
            return replace(speech, pcm=bytes(len(speech.pcm)))
        if act == "half":
            return replace(speech, pcm=speech.pcm[: len(speech.pcm) // 4 * 2] + bytes(3200))
        raise AssertionError(act)
'''


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """Install the plug-in the way pip would: a module, and a distribution that names its entry point."""
    site = tmp_path / "site"
    info = site / "rogue-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "rogue_engine.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rogue\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[roadcast.engines]\nrogue = rogue_engine:Rogue\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep))
    monkeypatch.setenv("ROGUE_LOG", str(tmp_path / "calls"))
    settings = '[engines]\norder = ["rogue", "tone"]'
    folder = workspace(tmp_path / "workspace", more=settings, items=24)
    text = (folder / "roadcast.toml").read_text().replace('engine = "tone"', 'engine = "auto"')
    (folder / "roadcast.toml").write_text(text)
    return folder


@pytest.mark.parametrize("act", ["segfault", "hang", "silent"])
def test_the_build_ends_with_a_whole_episode_of_the_next_engine(plugged, monkeypatch, act):
    monkeypatch.setenv("ROGUE", act)
    built = roadcast("build", "--date", "2026-11-20", "--minutes", "2", "--json", cwd=plugged)
    assert built.returncode == 0, built.stderr
    (episode,) = json.loads(built.stdout)["episodes"]
    assert abs(episode["duration_seconds"] - 120) <= 2.4
    assert (plugged / episode["file"]).stat().st_size == episode["bytes"]
    voices = json.dumps(episode)
    assert "tone/" in voices
    assert act != "silent" or episode["retries"] > 0
    assert "rogue" in voices, "the report does not name the engine that was given up"
