"""Give a show what its listeners know it by, whatever is in it: its guid and its cover."""

from __future__ import annotations

import hashlib

from roadcast.errors import SettingsError, StorageError
from roadcast.model import Enclosure, Show
from roadcast.store import write
from roadcast.workflow.studio import Studio
from roadcast.workspace import STATE

DRAWING = 2
"""Version of the drawn cover; counted up when `artwork` draws another one from the same words."""


def show_guid(studio: Studio, show: Show) -> str:
    """Give a show's guid: derived from its first address, and kept for life, wherever it moves.

    Raises:
        StorageError: if it cannot be kept or read.
    """
    path = studio.root / STATE / "guids" / show.id
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        from roadcast import publishing  # needed once in the life of a show; a server would carry it along for ever

        guid = publishing.show_guid(f"{studio.settings.base_url}{show.id}.xml")
        write(path, f"{guid}\n".encode())
        return guid
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path}: cannot be read: {error}; it is the show's guid, which apps know it by") from error


def artwork_of(studio: Studio, show: Show) -> tuple[Enclosure, bytes]:
    """Give a show's cover, written beside the feed, and a small one for the tag.

    Raises:
        SettingsError: if the cover that the settings name cannot be opened.
        PublishingError: if it is no picture, damaged, too small or far too large, or a colour is none.
        StorageError: if the disk refuses.
    """
    own = studio.root / show.cover if show.cover else None
    try:
        source = own.read_bytes() if own else b""
    except OSError as error:
        raise SettingsError(
            f"shows.{show.id}.cover: {show.cover}: {error.strerror}; name a picture of the workspace"
        ) from error
    made_of = f"{DRAWING} {show.title} {show.company} {show.colours}".encode() + source
    stem = hashlib.sha256(made_of).hexdigest()[:16]
    large, small = (studio.store.root / "artwork" / f"{stem}-{size}.jpg" for size in ("cover", "tag"))
    if not (large.is_file() and small.is_file()):
        from roadcast import artwork  # drawing is rare, and its library takes time to load

        cover = (
            artwork.fit(source) if source else artwork.cover(show.title, subtitle=show.company, colours=show.colours)
        )
        write(large, cover)
        write(small, artwork.small(cover))
    data = large.read_bytes()
    path = f"a/{hashlib.sha256(data).hexdigest()[:16]}.jpg"
    write(studio.feeds / path, data)
    return Enclosure(path=path, type="image/jpeg", size=len(data)), small.read_bytes()
