"""Find out on what grounds the next build would say the same, and until when."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from pathlib import Path

from roadcast.engines.places import places
from roadcast.intake import ENDINGS
from roadcast.model import Edition, Episode
from roadcast.workflow.jobs import SOUNDS
from roadcast.workflow.memorandum import Grounds, Memorandum, early_look, first_look, outside_of, seal_of, stamps_of
from roadcast.workflow.order import Order
from roadcast.workflow.studio import Studio
from roadcast.workspace import STATE

LONGEST = timedelta(days=1)
"""How long a memorandum holds at most."""

_FOLDERS = {"briefings": ENDINGS, "scripts": (".j2",), SOUNDS: ("",), "audio_out/artwork": ("",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A memorandum that still lacks its text: what its grounds were before a build, and when it would hold.

    Attributes:
        opened: digest of what is read as the workspace is opened, from before that.
        outside: digest of what a process finds once and keeps, as the libraries of voices.
        early, seal: of the grounds, see `Memorandum`; "" where not all of them are known.
        stamps: of the same, from before it.
    """

    root: Path
    opened: str
    outside: str
    grounds: Grounds
    early: str
    seal: str
    stamps: str
    made: datetime
    until: datetime

    def finished(self, text: str, code: int) -> Memorandum | None:
        """Make the memorandum of a build that made nothing; None if anything has changed since the draft.

        What was there before and was not written since is what the build has read. The catalogue must be closed.
        """
        if not self.seal or self.until <= self.made or first_look(self.root) != self.opened:
            return None
        if stamps_of(self.root, self.grounds) != self.stamps or outside_of(self.grounds) != self.outside:
            return None
        return Memorandum(
            text=text,
            code=code,
            opened=self.opened,
            grounds=self.grounds,
            early=self.early,
            seal=self.seal,
            made=self.made,
            until=self.until,
        )


def draft(
    studio: Studio,
    orders: Sequence[Order],
    *,
    opened: str,
    dated: bool,
    recordings: Iterable[str] | None,
    outside: str = "",
) -> Draft | None:
    """Look at everything that a build of these orders depends on, before it is made.

    Args:
        studio: of the workspace.
        orders: all that are asked for at once.
        opened: the `first_look` from before the studio was opened.
        dated: whether a date was given; otherwise another day has other editions.
        recordings: those that briefings name, relative to the workspace; None as long as nobody has read them, and
            then this draft cannot be finished.
        outside: of a draft that this process made before, whose libraries it still has; else they are looked at.

    Returns:
        None where there are no sure grounds: a recogniser listens, an engine is not ours, or the catalogue is
        elsewhere.
    """
    settings, now = studio.settings, studio.clock()
    looked_at = places(_engines(studio, orders), options=settings.engines.options)
    if settings.verify.listens or any(order.verify for order in orders) or settings.database or looked_at is None:
        return None
    around = Grounds(places=(*looked_at.paths, *_zone(studio), *_ffmpeg()), trees=looked_at.trees)
    editions = [order.edition for order in orders]
    series = [studio.catalogue.editions.episodes(show) for show in dict.fromkeys(edition.show for edition in editions)]
    unfinished = Draft(
        root=studio.root,
        opened=opened,
        outside=outside or outside_of(around),
        grounds=around,
        early="",
        seal="",
        stamps="",
        made=now,
        until=min([_next(series, now), *([] if dated else [_midnight(studio, edition) for edition in editions])]),
    )
    if recordings is None:
        return unfinished
    contents = dict.fromkeys((*_contents(studio, editions, chain(*series)), *recordings))
    sizes = tuple(f"feeds/{episode.audio.path}" for episode in chain(*series))
    return _sealed(unfinished, replace(around, contents=tuple(contents), folders=_FOLDERS, sizes=sizes))


def _sealed(draft: Draft, grounds: Grounds) -> Draft:
    """Look at all grounds: first when they were written, then what is in them."""
    stamps = stamps_of(draft.root, grounds)
    early, seal = early_look(draft.root, grounds), seal_of(draft.root, grounds, outside=draft.outside)
    return replace(draft, grounds=grounds, early=early, seal=seal, stamps=stamps)


def _next(series: Iterable[Sequence[Episode]], now: datetime) -> datetime:
    """Tell when a feed is to be written anew: as an episode becomes due; always, while there is only the time in it."""
    if not all(any(episode.published <= now for episode in episodes) for episodes in series):
        return now
    return min([now + LONGEST, *(e.published for episodes in series for e in episodes if e.published > now)])


def _midnight(studio: Studio, edition: Edition) -> datetime:
    """Tell when the day of an edition is over, and another one is today's."""
    return datetime.combine(edition.date + timedelta(days=1), time(), studio.zone).astimezone(UTC)


def _engines(studio: Studio, orders: Sequence[Order]) -> set[str]:
    """Name the engines that are asked whether they can speak."""
    asked = {
        order.engine or presenter.engine for order in orders for presenter in studio.show(order.edition.show).presenters
    }
    return {*asked, *studio.settings.engines.order} - {"auto"}


def _contents(studio: Studio, editions: Sequence[Edition], episodes: Iterable[Episode]) -> Iterator[str]:
    """Name the files that a build of these editions reads or has made."""
    for show in (studio.show(name) for name in dict.fromkeys(edition.show for edition in editions)):
        yield from (f"feeds/{show.id}.xml", f"{STATE}/guids/{show.id}", *([show.cover] if show.cover else []))
    for edition in editions:
        yield f"scripts/{edition.show}/{edition.date.isoformat()}/script.txt"
        yield from (path.relative_to(studio.root).as_posix() for path in studio.store.files(edition))
    for episode in (episode for episode in episodes if episode.edition in editions):
        files = (episode.audio, episode.chapters_file, *episode.transcripts, episode.artwork)
        yield from (f"feeds/{file.path}" for file in files)


def _zone(studio: Studio) -> list[str]:
    """List where the rules of the time zone may be; a wheel of them lies with the installed programs."""
    return [str(Path(folder) / studio.settings.time_zone) for folder in zoneinfo.TZPATH]


def _ffmpeg() -> list[str]:
    """List where ffmpeg may be: without it, recordings that are no WAV are left out."""
    return [str(Path(folder) / "ffmpeg") for folder in os.get_exec_path()]
