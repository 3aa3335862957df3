"""Make a studio of a workspace's settings: the only module that knows every adapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast import spoken
from roadcast.catalogue import Catalogue
from roadcast.errors import SettingsError
from roadcast.model import AudioFormat, Kind, LexiconEntry, Presenter, Show, ShowId
from roadcast.scripting import Templates
from roadcast.settings import KindSettings, Settings, ShowSettings, load
from roadcast.store import Store
from roadcast.workflow.phrasebook import Phrasebook
from roadcast.workflow.studio import Premises, Studio
from roadcast.workspace import STATE

PACKAGED_KINDS = {
    "update": KindSettings(label="Update", weight=1.0, block="news"),
    "training": KindSettings(label="Training", presenter=1, weight=0.9, block="training", review=[1, 3, 10, 30]),
    "story": KindSettings(label="Story", weight=0.8, block="story"),
}
"""Kinds that every workspace has; a table [kinds.NAME] of the same name takes the place of one."""


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def open_studio(root: Path, *, clock: Callable[[], datetime] = _now) -> Iterator[Studio]:
    """Open a workspace.

    Raises:
        SettingsError: if its settings, lexicon or database cannot be used.
        StorageError: if the database refuses.
    """
    premises = survey(root)
    root, settings = premises.root, premises.settings
    sayer = spoken.sayer(premises.lexicon, spoken.Reading(**settings.spoken.model_dump()))
    with Catalogue.open(premises.database) as catalogue:
        yield Studio(
            root=root,
            settings=settings,
            shows=premises.shows,
            zone=ZoneInfo(settings.time_zone),
            catalogue=catalogue,
            store=Store(root / "audio_out"),
            templates=Templates(root / "scripts"),
            sayer=sayer,
            phrasebook=Phrasebook(root, sayer),
            format=AudioFormat(kbps=settings.audio.kbps),
            clock=clock,
        )


def survey(root: Path) -> Premises:
    """Read what a workspace is set up with.

    Raises:
        SettingsError: if its settings or lexicon cannot be used.
    """
    root = root.resolve()
    settings = load(root)
    return Premises(
        root=root,
        settings=settings,
        shows=tuple(_show(name, show, settings) for name, show in settings.shows.items()),
        lexicon=_lexicon(root),
        database=database_url(root, settings),
    )


def database_url(root: Path, settings: Settings) -> str:
    """Give the catalogue's URL: the one that is set, or SQLite in the workspace's state folder."""
    if settings.database:
        return settings.database
    return f"sqlite:///{(root / STATE / 'catalogue.db').as_posix()}"


def _lexicon(root: Path) -> tuple[LexiconEntry, ...]:
    path = root / "scripts" / "lexicon.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise SettingsError(f"scripts/lexicon.csv: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(f"scripts/lexicon.csv: cannot be read: {error.strerror}") from error
    return spoken.read_lexicon(text, path="scripts/lexicon.csv")


def _show(name: str, show: ShowSettings, settings: Settings) -> Show:
    kinds = {**PACKAGED_KINDS, **settings.kinds}
    told = show.kinds or list(kinds)
    unknown = [kind for kind in told if kind not in kinds]
    if unknown:
        raise SettingsError(f"shows.{name}.kinds: unknown kind '{unknown[0]}'; known: {', '.join(kinds)}")
    if show.cap_minutes < show.minutes:
        raise SettingsError(f"shows.{name}.cap_minutes: {show.cap_minutes:g} is less than minutes = {show.minutes:g}")
    return Show(
        id=ShowId(name),
        title=show.title,
        description=show.description,
        presenters=tuple(Presenter(**presenter.model_dump()) for presenter in show.presenters),
        kinds=tuple(_kind(kind, kinds[kind]) for kind in told),
        company=show.company,
        language=show.language,
        author=show.author or show.company,
        link=show.link,
        category=show.category,
        subcategory=show.subcategory,
        target=timedelta(minutes=show.minutes),
        cap=timedelta(minutes=show.cap_minutes),
        groups=frozenset(show.groups),
        listeners=frozenset(show.listeners),
        cover=show.cover,
        colours=show.colours,
        rrule=show.rrule,
        frequency=show.frequency,
        bed=show.bed,
        loudness=settings.audio.lufs,
        loudness_range=settings.audio.loudness_range,
    )


def _kind(name: str, kind: KindSettings) -> Kind:
    return Kind(
        name=name,
        label=kind.label or name.replace("-", " ").capitalize(),
        template=kind.template or f"{name}.j2",
        sting=kind.sting or name,
        presenter=kind.presenter,
        weight=kind.weight,
        block=kind.block,
        review=tuple(kind.review),
    )
