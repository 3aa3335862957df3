"""Keep the script of an edition on paper, where people read and edit it before it is voiced."""

from __future__ import annotations

from roadcast import scripting
from roadcast.errors import ScriptError
from roadcast.model import Rundown
from roadcast.store import write
from roadcast.workflow.desk import Desk


def page_of(desk: Desk) -> scripting.Page | None:
    """Read the script on paper; None while there is none.

    Raises:
        ScriptError: if it cannot be read.
    """
    path = _script_path(desk)
    try:
        text = (desk.studio.root / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise ScriptError(f"{path}: cannot be read: {error.strerror}") from error
    return scripting.read_page(text, path=path)


def keep_script(desk: Desk, rundown: Rundown) -> str:
    """Write an edition's script for people, unless they have edited it; give its path relative to the workspace."""
    page = page_of(desk)
    path = _script_path(desk)
    if page is None or not page.edited:
        segments = rundown.segments
        text = scripting.write_page(desk.edition, segments, [desk.script(segment) for segment in segments])
        write(desk.studio.root / path, text.encode())
    return path


def _script_path(desk: Desk) -> str:
    return f"scripts/{desk.edition.show}/{desk.edition.date.isoformat()}/script.txt"
