"""Publish an edition: audio, chapters and transcripts first, the feed last, each whole or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from roadcast import assembly, mixing, publishing, rss
from roadcast.errors import ProductionError, StorageError
from roadcast.model import Clip, Episode, Feed, Recording, Role, Rundown, Script, Show
from roadcast.publishing import Part, Programme
from roadcast.store import write
from roadcast.workflow.desk import Desk
from roadcast.workflow.identity import artwork_of, show_guid
from roadcast.workflow.order import Progress
from roadcast.workflow.report import Report, overrun
from roadcast.workflow.studio import Studio

logger = logging.getLogger(__name__)

LOUDNESS_MARGIN = 0.5
"""LU by which an episode may miss its loudness; outside, it is not published."""

PEAK = -1.0
"""dBTP that an episode may not exceed once it is decoded: what Apple asks for."""

SPREAD = 1.5
"""LU by which segments may differ in loudness; more, and a listener reaches for the volume."""

SHORT = 60.0
"""Seconds under which a loudness range tells nothing yet: its measure is not stable before (EBU Tech 3341, 2016)."""

LONG = 10.0
"""Seconds from which the loudness range of a single segment is worth a word."""


def publish(desk: Desk, digest: str, rundown: Rundown, progress: Progress, edited: Sequence[str]) -> Report:
    """Join the clips of a rundown into an episode, write it, and show it in the feed.

    Raises:
        ProductionError: if the whole is too loud, too soft, too hot, uneven, monotonous or too lively.
        StorageError: if the disk refuses; the previous episode is still served.
    """
    studio, show, edition = desk.studio, desk.show, desk.edition
    programme = _programme(desk, rundown)
    sound = measured(programme.clips)
    _judge(sound, programme)
    number = studio.catalogue.editions.number_of(edition)
    cover, small = artwork_of(studio, show)
    tag = _tag(programme, track=number, cover=small)
    recording = assembly.join(programme.clips, chapters=publishing.chapters(programme), tag=tag)
    made = publishing.publish(
        programme,
        recording,
        show_guid=show_guid(studio, show),
        published=studio.moment(edition),
        number=number,
        artwork=cover,
    )
    _write_audio(studio, recording, made.episode)
    for file in made.files:
        write(studio.feeds / file.path, file.data)
    studio.store.keep_recording(edition, recording)
    studio.catalogue.editions.remember(edition, digest=digest, rundown=rundown, episode=made.episode)
    feed = write_feed(studio, show)
    logger.info("published %s: %.1f s", edition, recording.seconds)
    return reported(
        desk, rundown, made.episode, programme.clips, sound=sound, feed=feed, progress=progress, edited=edited
    )


def reported(
    desk: Desk,
    rundown: Rundown,
    episode: Episode,
    clips: Sequence[Clip],
    *,
    sound: Sound,
    feed: Path,
    progress: Progress,
    edited: Sequence[str] = (),
) -> Report:
    """Report an edition: what it was planned to be, what it is, and how it measures."""
    studio = desk.studio
    spoken = [clip for clip in clips if clip.engines]
    return Report(
        episode=episode,
        rundown=rundown,
        file=(studio.feeds / episode.audio.path).relative_to(studio.root).as_posix(),
        feed=feed.relative_to(studio.root).as_posix(),
        loudness=sound.loudness,
        true_peak=sound.true_peak,
        spread=sound.spread,
        loudness_range=sound.range,
        rendered=progress.rendered,
        reused=max(len(spoken) - progress.rendered, 0),
        voices=desk.voices,
        recordings=desk.recordings,
        retries=progress.retries + sum(clip.retries for clip in spoken),
        edited=tuple(edited),
        warnings=(
            *progress.warnings,
            *overrun(rundown),
            *(warning for clip in spoken for warning in clip.warnings),
        ),
    )


def _tag(programme: Programme, *, track: int, cover: bytes) -> assembly.Tag:
    """Say in the file what a player that knows only the file can show."""
    show = programme.show
    return assembly.Tag(
        title=publishing.title(programme),
        album=show.title,
        artist=show.author or show.title,
        date=programme.rundown.edition.date,
        comment=publishing.disclosure(programme),
        track=track,
        cover=cover,
    )


def write_feed(studio: Studio, show: Show) -> Path:
    """Write a show's feed of what is due by now, for any web space."""
    path = studio.feeds / f"{show.id}.xml"
    now = studio.clock()
    due = [episode for episode in studio.catalogue.editions.episodes(show.id) if episode.published <= now]
    episodes = [episode for episode in due if _ensure_audio(studio, episode)]
    base = studio.settings.base_url
    cover, _ = artwork_of(studio, show)
    feed = Feed(
        show=show,
        guid=show_guid(studio, show),
        base_url=base,
        address=f"{base}{path.name}",
        artwork=cover,
        episodes=tuple(episodes),
        updated=max((episode.published for episode in episodes), default=now),
    )
    write(path, rss.render(feed))
    return path


def _write_audio(studio: Studio, recording: Recording, episode: Episode) -> None:
    """Write an episode's audio, unless it is there: its name holds its digest, and a file is whole or not there."""
    path = studio.feeds / episode.audio.path
    if not (path.is_file() and path.stat().st_size == recording.size):
        write(path, assembly.write(recording, studio.store.read))


def _ensure_audio(studio: Studio, episode: Episode) -> bool:
    """Write an episode's audio again from its clips if it is gone; tell whether it can be fetched now."""
    path = studio.feeds / episode.audio.path
    if path.is_file() and path.stat().st_size == episode.audio.size:
        return True
    try:
        _write_audio(studio, studio.store.recording(episode.edition), episode)
    except (StorageError, ProductionError) as error:
        logger.warning("left out of the feed: %s", error)
        return False
    return True


def _programme(desk: Desk, rundown: Rundown) -> Programme:
    """Put the clips of a rundown in a row, with silence before them and between."""
    parts = [Part(clip=_silence(desk, rundown.lead_in.total_seconds()))]
    pause = _silence(desk, rundown.pause.total_seconds())
    for entry in rundown.entries:
        script = desk.script(entry.segment)
        clip = desk.clip(script)
        if clip is None:
            raise ProductionError(f"{desk.edition}: the clip of '{script.name}' is gone; run 'roadcast build' again")
        parts += [Part(clip=clip, script=script), Part(clip=pause)]
    return Programme(show=desk.show, rundown=rundown, parts=tuple(parts[:-1]))


def _silence(desk: Desk, seconds: float) -> Clip:
    kind = desk.studio.format
    frames = max(round(seconds / float(kind.seconds(1))), 1)
    kept = desk.studio.store.clip(mixing.silence_key(frames, kind))
    if kept is not None:
        return kept
    clip, data = mixing.silence(frames, kind)
    desk.studio.store.keep(clip, data)
    return clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """How an episode measures, decoded: seconds, LUFS, dBTP, LU between its segments, LU of loudness range."""

    seconds: float
    loudness: float
    true_peak: float
    spread: float
    range: float


@lru_cache(maxsize=1)  # a build that looks whether its edition stands measures the same clips again
def measured(clips: tuple[Clip, ...]) -> Sound:
    """Measure the whole by what was measured on its clips."""
    energies = [energy for clip in clips for energy in clip.levels.energies]
    return Sound(
        seconds=sum(clip.seconds for clip in clips),
        loudness=mixing.loudness(energies),
        true_peak=max(clip.levels.true_peak for clip in clips),
        spread=mixing.spread([clip.levels.energies for clip in clips if clip.engines]),
        range=mixing.range_(energies),
    )


def _judge(sound: Sound, programme: Programme) -> None:
    """Refuse to publish what nobody could listen to in a car without reaching for the volume."""
    edition, wanted = programme.rundown.edition, programme.show.loudness
    least, most = programme.show.loudness_range
    if abs(sound.loudness - wanted) > LOUDNESS_MARGIN:
        raise ProductionError(
            f"{edition}: {sound.loudness:.1f} LUFS instead of {wanted:.1f} +-{LOUDNESS_MARGIN}; not published; "
            "this voice does not reach it: take another voice, or set [audio] lufs lower"
        )
    if sound.true_peak > PEAK:
        raise ProductionError(f"{edition}: peaks at {sound.true_peak:.1f} dBTP, over {PEAK:g}; not published")
    if sound.spread > SPREAD:
        raise ProductionError(f"{edition}: segments differ by {sound.spread:.1f} LU, over {SPREAD}; not published")
    if sound.seconds >= SHORT and not least <= sound.range <= most:
        raise ProductionError(
            f"{edition}: a loudness range of {sound.range:.1f} LU instead of {least:g} to {most:g}; not published; "
            f"{_flat(programme) if sound.range < least else _lively(programme)}, or set [audio] loudness_range wider"
        )


def _flat(programme: Programme) -> str:
    """Name the flattest segment, and what its author can do: a voice sinks from sentence to sentence of a paragraph."""
    script, lu = min(_ranges(programme), key=itemgetter(1))
    # measured with pico: 3.4 LU where each sentence is a paragraph, 4.5 where nine are one
    todo = "take another recording" if script.recording else "let its paragraphs have several sentences each"
    return f"the flattest is '{script.name}' with {lu:.1f} LU: {todo}"


def _lively(programme: Programme) -> str:
    script, lu = max(_ranges(programme), key=itemgetter(1))
    return f"the liveliest is '{script.name}' with {lu:.1f} LU: take another recording or voice for it"


def _ranges(programme: Programme) -> list[tuple[Script, float]]:
    """Give the loudness range in LU of each segment that tells an item and is long enough for one, or else of all."""
    told = [(part.script, part.clip) for part in programme.parts if part.script]
    long = [(script, clip) for script, clip in told if script.role is Role.ITEM and clip.seconds >= LONG]
    return [(script, mixing.range_(clip.levels.energies)) for script, clip in long or told]
