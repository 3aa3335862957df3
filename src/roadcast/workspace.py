"""Find a workspace: the folder with the settings file. Loads nothing but the standard library."""

from __future__ import annotations

from pathlib import Path

from roadcast.errors import SettingsError

FILE = "roadcast.toml"
STATE = ".roadcast"


def find_workspace(start: Path) -> Path:
    """Find the nearest folder upward with a settings file.

    Raises:
        SettingsError: if there is none, or none that may be read.
    """
    for folder in (start, *start.parents):
        try:
            if (folder / FILE).is_file():
                return folder
        except PermissionError:
            raise SettingsError(
                f"{folder / FILE}: no permission to look there; ask whose folder it is, or name another --workspace"
            ) from None
    raise SettingsError(
        f"{start}: no {FILE} here or above; name a workspace with --workspace, or run 'roadcast init DIR'"
    )
