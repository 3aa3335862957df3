"""Find a workspace: the folder with the settings file. Loads nothing but the standard library."""

from __future__ import annotations

from pathlib import Path

from roadcast.errors import SettingsError
from roadcast.naming import unwritable

FILE = "roadcast.toml"
STATE = ".roadcast"


def find_workspace(start: Path) -> Path:
    """Find the nearest folder upward with a settings file.

    Raises:
        SettingsError: if there is none, or none that may be read, or that can be written down.
    """
    for folder in (start, *start.parents):
        try:
            if (folder / FILE).is_file():
                refuse_unwritable(folder)
                return folder
        except PermissionError:
            raise SettingsError(
                f"{folder / FILE}: no permission to look there; ask whose folder it is, or name another --workspace"
            ) from None
    raise SettingsError(
        f"{start}: no {FILE} here or above; name a workspace with --workspace, or run 'roadcast init DIR'"
    )


def refuse_unwritable(folder: Path) -> None:
    """Refuse a folder whose path cannot be written down.

    Raises:
        SettingsError: showing the path with its bytes.
    """
    if wrong := unwritable(folder):
        raise SettingsError(wrong)
