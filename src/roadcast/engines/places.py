"""Say where outside the workspace an engine of ours looks before it says that it can speak."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from roadcast.engines.registry import Options, built_in

_LOADER = "/etc/ld.so.cache"
_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_SEARCHED = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where engines look: what is found there, or not, decides what they can say.

    Attributes:
        paths: files, and folders of which the listing alone matters.
        trees: folders in which every file matters, however deep.
    """

    paths: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()


def places(names: Iterable[str], *, options: Options) -> Places | None:
    """Say where engines look, with the options that they have; None if one of them is not ours: it may look anywhere.

    Args:
        names: of engines.
        options: of each engine, by its name.
    """
    wanted = sorted(set(names))
    if not all(name in _PLACES and built_in(name) for name in wanted):
        return None
    found = [_PLACES[name](options.get(name, {})) for name in wanted]
    paths = dict.fromkeys([*_libraries(), *(path for each in found for path in each.paths)])
    return Places(paths=tuple(paths), trees=tuple(tree for each in found for tree in each.trees))


def _libraries() -> list[str]:
    """List what decides which shared library a name means (dlopen(3))."""
    machine = getattr(sys.implementation, "_multiarch", "")
    folders = [*_LIBRARIES, f"{sys.base_prefix}/lib"]
    asked = [path for name in _SEARCHED for path in os.environ.get(name, "").split(os.pathsep) if path]
    return [_LOADER, *folders, *(f"{folder}/{machine}" for folder in folders if machine), *asked]


def _nowhere(options: Mapping[str, object]) -> Places:  # noqa: ARG001
    return Places()


def _rhvoice(options: Mapping[str, object]) -> Places:
    from roadcast.engines import rhvoice

    trees = (str(options.get("data", rhvoice.DATA)), str(options.get("config", rhvoice.CONFIG)))
    return Places(paths=_library(options), trees=trees)


def _espeak(options: Mapping[str, object]) -> Places:
    above = ["/usr/share", str(Path.home()), os.environ.get("ESPEAK_DATA_PATH", ""), *_libraries()]
    data = [str(options.get("data", "")), *(f"{folder}/espeak-ng-data" for folder in above)]
    return Places(paths=_library(options), trees=tuple(folder for folder in data if folder))


def _piper(options: Mapping[str, object]) -> Places:
    from roadcast.engines.piper import voices_folder

    folder = str(options.get("folder", ""))
    return Places(trees=(str(Path(folder).expanduser() if folder else voices_folder()),))


def _gtts(options: Mapping[str, object]) -> Places:  # noqa: ARG001
    return Places(paths=_programs("ffmpeg"))


def _command(options: Mapping[str, object]) -> Places:
    run = options.get("run")
    return Places(paths=_programs(str(run[0])) if isinstance(run, list | tuple) and run else ())


def _library(options: Mapping[str, object]) -> tuple[str, ...]:
    """Give the library that an option names, and its folder, where those lie that it needs."""
    path = str(options.get("library", ""))
    return (path, str(Path(path).parent)) if "/" in path else ()


def _programs(name: str) -> tuple[str, ...]:
    """List the files that a program's name may mean, in the order of PATH."""
    return tuple(str(Path(folder) / name) for folder in os.get_exec_path())


_PLACES: Mapping[str, Callable[[Mapping[str, object]], Places]] = {
    "command": _command,
    "espeak": _espeak,
    "flite": _nowhere,  # its voices are libraries
    "gtts": _gtts,
    "openai": _nowhere,
    "pico": _nowhere,
    "piper": _piper,
    "rhvoice": _rhvoice,
    "tone": _nowhere,
}
