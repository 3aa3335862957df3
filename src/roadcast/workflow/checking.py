"""Check a workspace: its briefings for the eye and the ear, and the machine for what a build needs."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from roadcast import intake, markup, spoken
from roadcast.catalogue import Catalogue
from roadcast.errors import RoadcastError
from roadcast.hint import ask, hint, nearest
from roadcast.model import ContentItem, Role
from roadcast.model.language import language_of
from roadcast.scripting import lint
from roadcast.workflow import saying
from roadcast.workflow.clips import voicing
from roadcast.workflow.line import known_kinds
from roadcast.workflow.studio import Premises, Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in the briefings: how many items can be read, and a line for each thing to mend."""

    items: int
    errors: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a build needs: whether it is there, and what to do if not."""

    name: str
    fine: bool
    says: str


def check(studio: Studio) -> Checked:
    """Read every briefing, hold it to the ear, and try to say it.

    Raises:
        SettingsError: if there is no show that could tell it.
    """
    studio.need_shows()
    found = intake.read(studio.briefings, kinds=known_kinds(studio), zone=studio.zone, root=studio.root)
    errors = [*(str(error) for error in found.errors), *_unsayable_names(studio)]
    warnings = [*found.warnings, *_without_template(studio), *_unscoped(studio), *_foreign(studio)]
    for item in found.items:
        warnings += _unheard(studio, item)
        warnings += [str(advice) for advice in lint.lint(item, tables=_tables(studio, item))]
        errors += _unsayable(studio, item)
    return Checked(items=len(found.items), errors=tuple(errors), warnings=tuple(warnings))


def _tables(studio: Studio, item: ContentItem) -> tuple[int, ...]:
    return markup.tables((studio.root / item.place.path).read_text(encoding="utf-8-sig"))


def _unheard(studio: Studio, item: ContentItem) -> Iterator[str]:
    """Warn of an item that is for groups no show is made for."""
    if any(item.audience.admits(show.groups) for show in studio.shows):
        return
    known = sorted({group for show in studio.shows for group in show.groups})
    plain = {group.casefold(): group for group in known}
    near = [f"'{plain[n]}'" for g in sorted(item.audience.groups) for n in nearest(g.casefold(), plain)]
    meant = ask(near[:1], otherwise=f"groups of the shows: {', '.join(known) or 'none'}")
    groups = ", ".join(sorted(item.audience.groups))
    yield f"{intake.place_of(studio.root, item, 'audience')}: audience: no show is made for {groups}; {meant}"


def _without_template(studio: Studio) -> Iterator[str]:
    """Warn of kinds that name a template which is not there; one that names none is told as any item is."""
    for name, kind in studio.settings.kinds.items():
        if kind.template and not studio.templates.has(kind.template):
            yield f"roadcast.toml: kinds.{name}.template: no scripts/{kind.template}; item.j2 tells the kind instead"


def _unscoped(studio: Studio) -> Iterator[str]:
    """Warn of pronunciations for a place where nothing is said."""
    known = [*(str(show.id) for show in studio.shows), *sorted(known_kinds(studio)), *Role]
    for entry in sorted(studio.lexicon, key=lambda entry: entry.line):
        if entry.scope and entry.scope not in known:
            meant = hint(entry.scope, known)
            yield f"scripts/lexicon.csv:{entry.line}: no show, kind or part is called '{entry.scope}'; {meant}"


def _foreign(studio: Studio) -> Iterator[str]:
    """Warn of shows in another language: what is told of them is told by English rules."""
    for show in studio.shows:
        if language_of(show.language) != "en":
            yield (
                f"roadcast.toml: shows.{show.id}.language: figures, dates and packaged phrases are told in English, "
                f"and this is '{show.language}'; write templates of your own, and figures in words"
            )


def _unsayable_names(studio: Studio) -> Iterator[str]:
    for show in studio.shows:
        yield from saying.unsayable_names(studio, show)


def _unsayable(studio: Studio, item: ContentItem) -> Iterable[str]:
    """List what cannot be said of an item in one of the shows that tell it, each once."""
    telling = [show for show in studio.shows if any(kind.name == item.kind for kind in show.kinds)] or studio.shows
    return dict.fromkeys(str(fault) for show in telling for fault in saying.unsayable(studio, show, item))


def unsettled(studio: Studio, day: date) -> tuple[str, ...]:
    """List the terms of a day's briefings that the lexicon lacks and a voice may get wrong."""
    found = intake.read(studio.briefings, kinds=known_kinds(studio), zone=studio.zone, root=studio.root)
    moment = datetime.combine(day, time(23, 59), studio.zone)
    told, _ = intake.current(found.items, now=moment)
    return spoken.suggest([line.text for item in told for line in item.lines], studio.lexicon)


def examine(premises: Premises) -> tuple[Finding, ...]:
    """Look at the machine: Python, voices, disk, the workspace, its catalogue, and tools that are optional."""
    return (
        Finding(name="python", fine=True, says=sys.version.split()[0]),
        *_voices(premises),
        _disk(premises.root),
        _writable(premises.root),
        _catalogue(premises.database),
        _tool("ffmpeg", "reads recordings and music that are not WAV; install it with 'apt install ffmpeg'"),
    )


def _voices(premises: Premises) -> Iterator[Finding]:
    for show in premises.shows:
        try:
            spoken_by = [str(chain[0]) for chain in voicing(premises.settings.engines, show).cast.chains]
            yield Finding(name=f"voices of {show.id}", fine=True, says=", ".join(spoken_by))
        except RoadcastError as error:
            yield Finding(name=f"voices of {show.id}", fine=False, says=str(error))


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    return Finding(name="disk", fine=free > 200_000_000, says=f"{free / 1e9:.1f} GB free; an episode takes 10 MB")


def _writable(folder: Path) -> Finding:
    fine = os.access(folder, os.W_OK)
    return Finding(name="workspace", fine=fine, says=str(folder) if fine else f"{folder}: no permission to write there")


def _catalogue(url: str) -> Finding:
    try:
        Catalogue.open(url).close()
    except RoadcastError as error:
        return Finding(name="catalogue", fine=False, says=str(error))
    return Finding(name="catalogue", fine=True, says="can be opened")


def _tool(name: str, purpose: str) -> Finding:
    path = shutil.which(name)
    return Finding(name=name, fine=True, says=path or f"not installed; it {purpose}")
