"""Read the settings once: roadcast.toml, ROADCAST_* variables, secret files; and name every slip in them."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic_settings
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from roadcast.errors import SettingsError
from roadcast.hint import ask, hint, nearest
from roadcast.settings.tree import LEVEL, PREFIX, KindSettings, PresenterSettings, Settings, ShowSettings
from roadcast.workspace import FILE, STATE

_EXAMPLE = f"{PREFIX}MAIL{LEVEL}PASSWORD"


def load(root: Path) -> Settings:
    """Read the settings of a workspace.

    Raises:
        SettingsError: naming file and line, variable or secret file, the key, and the nearest right name.
    """
    path = root / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such file; run 'roadcast init {root}'") from None
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}{_curly(text, str(error))}") from error
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    secrets = root / STATE / "secrets"
    places = _Places(path=path, text=text, outside=_outside(secrets))
    settings = _settings(tables, secrets, places)
    for name, value in (settings.engines.model_extra or {}).items():
        if not isinstance(value, dict):
            raise SettingsError(places.unknown(["engines", name], _known(["engines"])))
    return settings


def _curly(text: str, problem: str) -> str:
    """Point to the quotes that word processors write, if they are what TOML stumbles over."""
    line = re.search(r"at line (\d+)", problem)
    curly = re.search("[“”„‘’]", text.splitlines()[int(line[1]) - 1]) if line else None
    return f'; write straight quotes (") in place of {curly[0]}' if curly else ""


def _settings(tables: Mapping[str, Any], secrets: Path, places: _Places) -> Settings:
    try:
        return Settings(_secrets_dir=secrets if secrets.is_dir() else None, **tables)
    except ValidationError as error:
        first = error.errors()[0]
        keys = [str(key) for key in first["loc"] if key != "[key]"]
        if first["type"] == "extra_forbidden":
            raise SettingsError(places.unknown(keys, _known(keys[:-1]))) from error
        raise SettingsError(f"{places.of(keys)}: {'.'.join(keys)}: {_why(first)}") from error
    except pydantic_settings.SettingsError as error:  # a variable for a whole table that is no JSON
        raise SettingsError(f"a variable or secret file: {error}; it has to be JSON") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{secrets}: cannot be read: {error}") from error


def _why(slip: ErrorDetails) -> str:
    """Say what is wrong with a value, in words of a settings file where pydantic has its own."""
    if slip["type"] in ("model_type", "dict_type"):
        return f"must be a table; write [{'.'.join(map(str, slip['loc']))}] and its keys below"
    if slip["type"] == "string_pattern_mismatch" and "[key]" in slip["loc"]:
        return "a name has small letters, digits and hyphens, and begins with a letter or digit"
    if slip["type"] == "missing":
        return "is missing, and has to be set"
    return slip["msg"].removeprefix("Value error, ").replace("Input should be", "should be")


def _outside(secrets: Path) -> dict[str, str]:
    """Find what is set by variables and secret files: their places by name, in capitals.

    Raises:
        SettingsError: if one is named after nothing that can be set.
    """
    try:
        files = {file.name: str(file) for file in secrets.iterdir()} if secrets.is_dir() else {}
    except OSError as error:
        raise SettingsError(f"{secrets}: cannot be read: {error.strerror}") from error
    for name, file in files.items():
        if not _sets(name):
            raise SettingsError(f"{file}: sets nothing; {_meant(name) or f'a name is such as {_EXAMPLE}'}")
    for name in os.environ:  # others may have variables that begin like ours: what is nearly right is a slip
        if name.upper().startswith(PREFIX) and not _sets(name) and (meant := _meant(name, cutoff=0.85)):
            raise SettingsError(f"the variable {name}: sets nothing; {meant}")
    return {name.upper(): file for name, file in files.items()} | {n.upper(): f"the variable {n}" for n in os.environ}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where things are set.

    Attributes:
        path, text: of the settings file.
        outside: the variables and secret files, which win, by their names.
    """

    path: Path
    text: str
    outside: Mapping[str, str]

    def of(self, keys: list[str]) -> str:
        """Say where a key is set."""
        if outside := self.outside.get(f"{PREFIX}{LEVEL.join(keys)}".upper()):
            return outside
        line = _line(self.text, keys)
        return f"{self.path}:{line}" if line else str(self.path)

    def unknown(self, keys: list[str], known: list[str]) -> str:
        """Say that nothing has this name, and what has one like it."""
        meant = hint(keys[-1], sorted(known), label="known here")
        return f"{self.of(keys)}: unknown key '{'.'.join(keys)}'; {meant}"


def _sets(name: str) -> bool:
    """Tell whether a variable or a secret file of this name sets anything."""
    name = name.lower()
    begins = name.startswith(PREFIX.lower())
    return begins and name.removeprefix(PREFIX.lower()).split(LEVEL)[0] in Settings.model_fields


def _meant(name: str, *, cutoff: float = 0.6) -> str:
    """Say which name was probably meant: one that resembles it by `cutoff`, from 0 to 1, as difflib has it."""
    key, *inner = name.lower().removeprefix(PREFIX.lower()).split(LEVEL)
    near = nearest(key, Settings.model_fields, cutoff=cutoff)
    return ask([f"'{PREFIX}{LEVEL.join([table, *inner]).upper()}'" for table in near])


def _known(keys: list[str]) -> list[str]:
    """List the keys that the table at this path knows."""
    tables: dict[str, type[BaseModel]] = {"shows": ShowSettings, "kinds": KindSettings}
    if not keys:
        return list(Settings.model_fields)
    if keys[0] in tables:
        return list((PresenterSettings if "presenters" in keys else tables[keys[0]]).model_fields)
    inner = Settings.model_fields[keys[0]].annotation if keys[0] in Settings.model_fields else None
    return list(inner.model_fields) if isinstance(inner, type) and issubclass(inner, BaseModel) else []


def _line(text: str, keys: list[str]) -> int:
    """Find the line that sets the key, searching from the header of its table on; 0 if it is not in the file."""
    lines = text.splitlines()
    start = 0
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header and header[1].split(".") == [k for k in keys[:-1] if not k.isdigit()]:
            start = number
    last = re.escape(keys[-1]) if keys else "(?!)"
    for number in range(start, len(lines)):
        if re.match(rf"\s*\[*([\"']?[\w-]+[\"']?\.)*[\"']?{last}[\"']?\s*(=|\])", lines[number]):
            return number + 1
    return start + 1 if start else 0
