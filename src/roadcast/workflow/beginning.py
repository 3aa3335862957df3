"""Begin a workspace."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from pathlib import Path
from string import Template

from roadcast.errors import SettingsError
from roadcast.store import write
from roadcast.workspace import FILE, refuse_unwritable


def begin(folder: Path, *, title: str, company: str) -> tuple[str, ...]:
    """Write a workspace's first files; give their names.

    Raises:
        SettingsError: if there is a workspace, or something that is no folder, or nobody can write its path down;
            nothing is written then.
        StorageError: if the disk refuses.
    """
    refuse_unwritable(folder.resolve())
    if (folder / FILE).exists():
        raise SettingsError(f"{folder / FILE}: is there already; this is a workspace")
    if folder.exists() and not folder.is_dir():
        raise SettingsError(f"{folder}: is not a folder")
    values = {"title": _quoted(title), "company": _quoted(company), "today": dt.date.today().isoformat()}  # noqa: DTZ011
    made = []
    for name in sorted(_packaged()):
        text = (files("roadcast") / "templates" / "workspace" / name).read_text(encoding="utf-8")
        target = folder / ({"gitignore.txt": ".gitignore"}.get(name, name.replace("__", "/")))
        if not target.exists():
            write(target, Template(text).safe_substitute(values).encode())
            made.append(target.relative_to(folder).as_posix())
    return tuple(made)


def _quoted(text: str) -> str:
    """Write a text as a string of TOML, which is JSON's but for two things: no surrogates, and no bare DEL."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SettingsError(f"{text!r}: not UTF-8; write it in UTF-8") from error
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _packaged() -> list[str]:
    return [entry.name for entry in (files("roadcast") / "templates" / "workspace").iterdir() if entry.is_file()]
