"""Say what a build made: on one screen for people, and as the promised keys for machines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from roadcast.model import Entry, Episode, Rundown

if TYPE_CHECKING:
    from roadcast.workflow.verifying import Hearing

SHORT = 20
"""Exit code of a build whose pool was too small for its target: published, and shorter."""

PROMISE = 0.02
"""Share of the target by which an edition may miss it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One edition, as it was made.

    Attributes:
        file: the episode's audio, relative to the workspace.
        feed: the show's feed, relative to the workspace.
        loudness: LUFS; true_peak: dBTP; both of the whole episode.
        spread: between the loudest and the softest segment, LU.
        loudness_range: between soft and loud stretches of three seconds, LU (EBU Tech 3342).
        rendered: clips voiced in this run; reused: those that were there.
        voices: who spoke, by presenter.
        edited: lines that an editor wrote.
        warnings: what people should know, a sentence each.
        heard: what a recogniser heard of each segment; None if nobody listened.
        stood: whether nothing was made, for all of it was there already; two reports of one edition may differ in it.
        recordings: what may be heard of real people, relative to the workspace.
    """

    episode: Episode
    rundown: Rundown
    file: str
    feed: str
    loudness: float
    true_peak: float
    spread: float
    loudness_range: float
    rendered: int
    reused: int
    voices: tuple[str, ...]
    retries: int = 0
    edited: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    heard: tuple[Hearing, ...] | None = None
    stood: bool = field(default=False, compare=False)
    recordings: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or the code that says that the episode is shorter than asked for."""
        return SHORT if self.rundown.short else 0

    def as_json(self) -> dict[str, Any]:
        """Give the keys that are a promise of `roadcast build --json`, and a few more."""
        return {
            "show": self.episode.edition.show,
            "edition": self.episode.edition.date.isoformat(),
            "guid": self.episode.guid,
            "title": self.episode.title,
            "published": self.episode.published.isoformat(),
            "file": self.file,
            "bytes": self.episode.audio.size,
            "duration_seconds": round(self.episode.seconds, 3),
            "target_seconds": self.rundown.target.total_seconds(),
            "short": self.rundown.short,
            "loudness_lufs": round(self.loudness, 2),
            "true_peak_dbtp": round(self.true_peak, 2),
            "spread_lu": round(self.spread, 2),
            "loudness_range_lu": round(self.loudness_range, 2),
            "clips_rendered": self.rendered,
            "clips_reused": self.reused,
            "retries": self.retries,
            "voices": list(self.voices),
            "items": [_entry(entry) for entry in rundown_items(self.rundown)],
            "left_out": [{"slug": out.slug, "why": out.why} for out in self.rundown.left_out],
            "edited": list(self.edited),
            "warnings": list(self.warnings),
            "heard": None if self.heard is None else [_hearing(hearing) for hearing in self.heard],
        }


def overrun(rundown: Rundown) -> tuple[str, ...]:
    """Say that an edition is longer than was asked for, and why; nothing if it is not."""
    if rundown.length <= rundown.target * (1 + PROMISE):
        return ()
    told, asked = (length.total_seconds() / 60 for length in (rundown.length, rundown.target))
    items = [entry.segment.item for entry in rundown.entries]
    must = ", ".join(item.slug for item in items if item and item.must_hear)
    why = f"what must be heard takes that long ({must}); take must_hear from some" if must else "its script was edited"
    return (f"{told:.1f} minutes, where {asked:g} were asked for: {why}",)


def rundown_items(rundown: Rundown) -> list[Entry]:
    """List the entries that tell an item."""
    return [entry for entry in rundown.entries if entry.segment.item]


def _entry(entry: Entry) -> dict[str, Any]:
    assert entry.segment.item and entry.segment.variant
    return {
        "slug": entry.segment.item.slug,
        "kind": entry.segment.item.kind,
        "variant": entry.segment.variant.name,
        "announcement": entry.segment.announcement.value,
        "start_seconds": round(entry.start.total_seconds(), 3),
        "seconds": round(entry.length.total_seconds(), 3),
        "why": entry.why,
    }


def _hearing(hearing: Hearing) -> dict[str, Any]:
    return {
        "segment": hearing.segment,
        "words": hearing.heard.asked,
        "missing": list(hearing.heard.missing),
        "missing_share": round(hearing.heard.share, 3),
    }
