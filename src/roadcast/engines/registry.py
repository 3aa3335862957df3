"""Find engines by name among the installed entry points of the group `roadcast.engines`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from roadcast.errors import EngineUnavailable, PluginError, RoadcastError, SettingsError
from roadcast.hint import choices
from roadcast.lazily import Lazily
from roadcast.model import Voice
from roadcast.ports import Limits, Narrator

GROUP = "roadcast.engines"

Options = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What people should know of an engine before it is installed; the class attribute `about` of an engine.

    Attributes:
        summary: a sentence; install: the line that makes it ready; speed: times real time on one core, measured.
        leaves: what leaves this machine.
    """

    summary: str = ""
    licence: str = ""
    install: str = ""
    speed: float | None = None
    leaves: str = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Whether an engine can speak, and if not, what to do about it."""

    name: str
    ready: bool
    why: str = ""
    about: About = field(default_factory=About)
    version: str = ""
    limits: Limits = field(default_factory=Limits)
    voices: tuple[Voice, ...] = ()


def names() -> tuple[str, ...]:
    """List the engines that are installed as entry points, in alphabetical order."""
    return tuple(sorted(_points()))


def built_in(name: str) -> bool:
    """Tell whether an engine of this name is installed, and is this program's own."""
    point = _points().get(name)
    return point is not None and point.value.startswith(f"roadcast.engines.{name}:")


def find(name: str, *, options: Options | None = None) -> Narrator:
    """Make the engine of this name, with the options of `[engines.<name>]` as its keyword arguments.

    Raises:
        SettingsError: if there is no such engine or it has no such option; names the nearest.
        PluginError: if the engine does not keep its contract.
        EngineUnavailable: if what it needs is not installed; the message holds the install line.
    """
    return _make(_point(name), (options or {}).get(name, {}))


def choose(name: str, order: Sequence[str], *, options: Options | None = None) -> Sequence[Narrator]:
    """Give the chain of engines for a presenter: the one asked for, then those of `order` that are ready.

    "auto" asks for the first of `order` that is ready. Those behind the first are loaded when they are needed.

    Raises:
        SettingsError: if an engine's name is unknown, also that of a table of options.
        EngineUnavailable: if the engine asked for, or with "auto" every one, cannot speak.
    """
    for table in options or ():
        if table not in _points():
            raise SettingsError(f"[engines.{table}]: unknown engine; {choices(table, _points())}")
    for other in order:
        _point(other)
    reasons: list[str] = []

    def ready() -> Iterator[Narrator]:
        if name != "auto":
            yield _ready(name, options)
        for other in order:
            if other != name:
                try:
                    yield _ready(other, options)
                except EngineUnavailable as error:
                    reasons.append(str(error))

    chain = Lazily(ready())
    if not chain:
        raise EngineUnavailable(f"no engine is ready to speak: {'; '.join(reasons) or 'the order names none'}")
    return chain


def available(*, options: Options | None = None) -> tuple[State, ...]:
    """Tell of every installed engine whether it is ready, ready ones first."""
    states = [_state(point, (options or {}).get(name, {})) for name, point in sorted(_points().items())]
    return tuple(sorted(states, key=lambda state: not state.ready))


def pick(voices: Sequence[Voice], name: str) -> Voice:
    """Find a voice by its name; the empty name is the first.

    Raises:
        SettingsError: if there is none; names the nearest.
    """
    for voice in voices:
        if name in ("", voice.name):
            return voice
    engine = voices[0].engine if voices else "this engine"
    raise SettingsError(f"{engine} has no voice '{name}'; {choices(name, (voice.name for voice in voices))}")


@cache
def _points() -> dict[str, EntryPoint]:
    """Find the engines once: it takes reading the entry points of everything that is installed."""
    return {point.name: point for point in entry_points(group=GROUP)}


def _point(name: str) -> EntryPoint:
    """Find an engine by its name.

    Raises:
        SettingsError: if there is none; names the nearest.
    """
    points = _points()
    if name not in points:
        raise SettingsError(f"unknown engine '{name}'; {choices(name, points)}")
    return points[name]


def _ready(name: str, options: Options | None) -> Narrator:
    narrator = find(name, options=options)
    if not narrator.voices():
        raise EngineUnavailable(f"{name} has no voice; {_about(narrator).install}".rstrip("; "))
    return narrator


def _load(point: EntryPoint) -> type:
    try:
        engine = point.load()
    except Exception as error:  # other people's code may fail in any way, and must be named
        raise PluginError(f"engine '{point.name}' ({point.value}) cannot be loaded: {error!r}") from error
    if not inspect.isclass(engine):
        raise PluginError(f"engine '{point.name}' ({point.value}) is not a class")
    return engine


def _make(point: EntryPoint, options: Mapping[str, object]) -> Narrator:
    engine = _load(point)
    known = {key for key in inspect.signature(engine).parameters if not key.startswith("_")}
    for key in options:
        if key not in known:
            raise SettingsError(f"[engines.{point.name}]: unknown option '{key}'; {choices(key, known)}")
    try:
        narrator = engine(**options)
    except RoadcastError:
        raise
    except Exception as error:  # as above
        raise PluginError(f"engine '{point.name}' ({point.value}) cannot be made: {error!r}") from error
    if not isinstance(narrator, Narrator):
        missing = [part for part in ("name", "version", "limits", "voices", "narrate") if not hasattr(narrator, part)]
        raise PluginError(f"engine '{point.name}' ({point.value}) lacks {', '.join(missing)}")
    return narrator


def _state(point: EntryPoint, options: Mapping[str, object]) -> State:
    about = About()
    try:
        about = _about(_load(point))
        narrator = _make(point, options)
        voices = tuple(narrator.voices())
    except RoadcastError as error:
        return State(name=point.name, ready=False, why=str(error), about=about)
    return State(
        name=point.name,
        ready=bool(voices),
        why="" if voices else f"no voice; {about.install}",
        about=about,
        version=narrator.version,
        limits=narrator.limits,
        voices=voices,
    )


def _about(engine: object) -> About:
    about = getattr(engine, "about", None)
    return about if isinstance(about, About) else About()
