"""Know the narration templates of a workspace, the team's own over the packaged ones; render them when asked to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from roadcast.errors import ScriptError
from roadcast.naming import unwritable

if TYPE_CHECKING:
    from roadcast.scripting.sandbox import Sandbox

PACKAGED = Path(__file__).parent.parent / "templates" / "script"


class Templates:
    """The narration templates of a workspace."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._there: dict[str, bool] = {}

    @cached_property
    def _sandbox(self) -> Sandbox:
        from roadcast.scripting.sandbox import Sandbox  # Jinja2, which an edition that stands does without

        return Sandbox(self._folder)

    def has(self, name: str) -> bool:
        """Tell whether there is a template of this name; it is looked for once."""
        if name not in self._there:
            self._there[name] = self._sandbox.has(name)
        return self._there[name]

    def digests(self) -> tuple[str, ...]:
        """Identify the templates in force by name and content: they are part of what an edition is made from.

        Raises:
            ScriptError: naming a template that cannot be read, or written down.
        """
        folders = [PACKAGED, *([self._folder] if self._folder else [])]
        found = {path.relative_to(folder).as_posix(): path for folder in folders for path in folder.rglob("*.j2")}
        for name in found:
            if wrong := unwritable(f"scripts/{name}"):
                raise ScriptError(wrong)
        try:
            return tuple(f"{n} {hashlib.sha256(path.read_bytes()).hexdigest()}" for n, path in sorted(found.items()))
        except OSError as error:
            raise ScriptError(f"{error.filename}: cannot be read: {error.strerror}") from error

    def render(self, name: str, values: Mapping[str, object]) -> tuple[str, ...]:
        """Render a template into its lines.

        Raises:
            ScriptError: naming template and line, for a syntax error, an unknown variable, or too much time or text.
        """
        return self._sandbox.render(name, values)
