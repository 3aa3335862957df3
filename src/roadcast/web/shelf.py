"""Take down the files of a site: recordings out of their clips, and the published files beside them."""

from __future__ import annotations

from roadcast.model import Edition, Enclosure, Episode
from roadcast.web.media import Again, MediaResponse, Offload, Report
from roadcast.web.parts import Folder, Part, Whole
from roadcast.web.site import Site, whole

RECORDINGS = 64  # described in memory; one of 400 clips is some 100 KB

# Web players on other hosts may read these; the secret is in the address, not in a cookie.
_SHARED = ((b"access-control-allow-origin", b"*"),)


class Shelf:
    """The files of one site."""

    def __init__(self, site: Site) -> None:
        """Open the site's folders.

        Raises:
            StorageError: if one is missing.
        """
        self._site = site
        self._recordings: dict[tuple[Edition, str], Whole] = {}
        self._clips = Folder(site.store.clips)
        self._files = Folder(site.feeds)

    def close(self) -> None:
        """Let go of the folders."""
        self._clips.close()
        self._files.close()

    def file(self, enclosure: Enclosure) -> MediaResponse:
        """Give a published file: a transcript, chapters or artwork."""
        # Its name holds the content's hash, and so tells it apart as well as a digest would.
        part = Part(size=enclosure.size, digest=enclosure.path, name=enclosure.path)
        shared = _SHARED if enclosure.path.startswith(("t/", "c/")) else ()
        return MediaResponse(whole=Whole((part,)), folder=self._files, media_type=enclosure.type, extra=shared)

    def audio(self, episode: Episode, *, report: Report, again: Again) -> MediaResponse:
        """Give the recording of an episode, and again to whom it was given, as long as that is right.

        Raises:
            StorageError: if it is not in the store.
        """
        return MediaResponse(
            whole=self._whole(episode),
            folder=self._clips,
            media_type=episode.audio.type,
            report=report,
            again=again,
            offload=self._offload(episode.audio),
        )

    def _offload(self, audio: Enclosure) -> Offload | None:
        if self._site.offload is None:
            return None
        header, prefix = self._site.offload
        path = self._site.feeds / audio.path
        there = path.is_file() and path.stat().st_size == audio.size
        return Offload(header=header, value=prefix + audio.path) if there else None

    def _whole(self, episode: Episode) -> Whole:
        key = (episode.edition, episode.audio.path)
        kept = self._recordings.get(key)
        if kept is not None:
            return kept
        described = whole(self._site.store, self._site.store.recording(episode.edition))
        if described.size == episode.audio.size:  # or it was rebuilt a moment ago, and is about to be published
            if len(self._recordings) >= RECORDINGS:
                self._recordings.pop(next(iter(self._recordings)))
            self._recordings[key] = described
        return described
