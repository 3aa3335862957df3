import sys
from importlib.metadata import EntryPoint

import pytest

from roadcast import engines
from roadcast.engines import registry
from roadcast.errors import EngineUnavailable, PluginError, SettingsError
from roadcast.model import Confidentiality
from roadcast.ports import Limits
from roadcast.ports import permitted as may_be_given

PLUGINS = """
from roadcast.engines.tone import Tone
from roadcast.errors import EngineUnavailable

class Good(Tone):
    def __init__(self, *, pitch: float = 1.0):
        super().__init__()
        self.pitch = pitch

class Missing:
    about = __import__("roadcast.engines", fromlist=["About"]).About(install="apt install missing")
    def __init__(self):
        raise EngineUnavailable("missing is not installed: apt install missing")

class Mute(Tone):
    def voices(self):
        return []

class NoNarrate:
    name, version, limits = "x", "1", None
    def voices(self):
        return []

class Explodes:
    def __init__(self):
        1 / 0

not_a_class = 3
"""


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """Install engines the way other people's are: as entry points of a module."""
    (tmp_path / "roadcast_plugins_for_test.py").write_text(PLUGINS)
    monkeypatch.syspath_prepend(str(tmp_path))
    names = {
        "good": "Good",
        "missing": "Missing",
        "mute": "Mute",
        "nonarrate": "NoNarrate",
        "explodes": "Explodes",
        "number": "not_a_class",
        "gone": "Gone",
    }
    points = [
        EntryPoint(name=name, value=f"roadcast_plugins_for_test:{value}", group=registry.GROUP)
        for name, value in names.items()
    ]
    points.append(EntryPoint(name="nowhere", value="no_such_module_at_all:X", group=registry.GROUP))
    monkeypatch.setattr(registry, "_points", lambda: {point.name: point for point in points})
    yield
    sys.modules.pop("roadcast_plugins_for_test", None)


def test_the_built_in_engines_come_in_by_entry_points():
    assert {"pico", "tone"} <= set(registry.names())
    assert engines.find("pico").name == "pico"


def test_an_engine_gets_its_options(plugged):
    assert engines.find("good", options={"good": {"pitch": 0.8}, "other": {"x": 1}}).pitch == 0.8


def test_an_unknown_engine_is_refused_with_the_nearest_name():
    with pytest.raises(SettingsError, match="unknown engine 'pcio'; did you mean pico"):
        engines.find("pcio")


def test_an_unknown_option_is_refused_with_the_nearest_name(plugged):
    with pytest.raises(SettingsError, match=r"\[engines\.good\]: unknown option 'picth'; did you mean pitch"):
        engines.find("good", options={"good": {"picth": 1}})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nonarrate", "lacks narrate"),
        ("explodes", "cannot be made: ZeroDivisionError"),
        ("number", "is not a class"),
        ("gone", "cannot be loaded: AttributeError"),
        ("nowhere", "cannot be loaded: ModuleNotFoundError"),
    ],
)
def test_a_broken_plugin_is_named(plugged, name, why):
    with pytest.raises(PluginError, match=f"engine '{name}' .*{why}"):
        engines.find(name)


def test_auto_takes_what_is_ready_in_the_order_given(plugged):
    assert [engine.pitch for engine in engines.choose("auto", ["missing", "mute", "good"])] == [1.0]


def test_the_engine_asked_for_comes_first_and_the_others_step_in(plugged):
    chain = engines.choose("good", ["missing", "good"], options={"good": {"pitch": 0.9}})
    assert [engine.pitch for engine in chain] == [0.9]


def test_who_steps_in_is_loaded_when_it_has_to(plugged):
    chain = engines.choose("auto", ["good", "explodes"])
    assert chain[0].pitch == 1.0
    with pytest.raises(PluginError, match="explodes"):
        len(chain)


def test_an_unknown_engine_in_the_order_is_refused_at_once(plugged):
    with pytest.raises(SettingsError, match="unknown engine 'godo'; did you mean good"):
        engines.choose("good", ["good", "godo"])


def test_an_engine_asked_for_that_is_missing_is_an_error_with_its_install_line(plugged):
    with pytest.raises(EngineUnavailable, match="apt install missing"):
        engines.choose("missing", ["good"])


def test_when_none_is_ready_every_reason_is_given(plugged):
    with pytest.raises(EngineUnavailable, match="apt install missing; mute has no voice"):
        engines.choose("auto", ["missing", "mute"])


def test_every_engine_is_listed_ready_ones_first_with_what_to_do_about_the_others(plugged):
    states = {state.name: state for state in engines.available()}
    assert [state.name for state in engines.available() if state.ready] == ["good"]
    assert next(iter(states)) == "good"
    assert states["missing"].about.install == "apt install missing"
    assert "apt install missing" in states["missing"].why
    assert "cannot be made" in states["explodes"].why


@pytest.mark.parametrize(
    ("online_engine", "confidentiality", "allowed", "permitted"),
    [
        (False, Confidentiality.CONFIDENTIAL, False, True),
        (True, Confidentiality.PUBLIC, True, True),
        (True, Confidentiality.PUBLIC, False, False),
        (True, Confidentiality.INTERNAL, True, False),
        (True, Confidentiality.CONFIDENTIAL, True, False),
    ],
)
def test_only_public_words_leave_the_machine_and_only_if_allowed(online_engine, confidentiality, allowed, permitted):
    assert may_be_given(Limits(online=online_engine), confidentiality, allowed) is permitted
