"""Hold the collaborators of one workspace; decide nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast import store as storage
from roadcast.catalogue import Catalogue
from roadcast.errors import SettingsError
from roadcast.model import AudioFormat, Edition, LexiconEntry, Show, ShowId, Spoken
from roadcast.scripting import Templates
from roadcast.settings import Settings
from roadcast.spoken import Reading, Sayer
from roadcast.store import Store
from roadcast.workflow.phrasebook import Phrasebook
from roadcast.workspace import FILE, STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """What a workspace is set up with, as its files alone tell; nothing is opened.

    Attributes:
        root: the workspace's folder.
        database: URL of its catalogue.
    """

    root: Path
    settings: Settings
    shows: tuple[Show, ...]
    lexicon: tuple[LexiconEntry, ...]
    database: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """The collaborators of one workspace.

    Attributes:
        root: the workspace's folder.
        clock: gives the present moment, aware UTC.
        format: in which all its clips are encoded.
    """

    root: Path
    settings: Settings
    shows: tuple[Show, ...]
    zone: ZoneInfo
    catalogue: Catalogue
    store: Store
    templates: Templates
    sayer: Sayer
    phrasebook: Phrasebook
    format: AudioFormat
    clock: Callable[[], datetime]

    @property
    def briefings(self) -> Path:
        """The folder of items."""
        return self.root / "briefings"

    @property
    def scripts(self) -> Path:
        """The folder of templates, lexicon and written scripts."""
        return self.root / "scripts"

    @property
    def feeds(self) -> Path:
        """The folder that can be copied to any web space: feeds, and the files beside them."""
        return self.root / "feeds"

    @property
    def lexicon(self) -> tuple[LexiconEntry, ...]:
        """The team's pronunciations."""
        return self.sayer.lexicon

    @property
    def reading(self) -> Reading:
        """How the team reads what can be read in two ways."""
        return self.sayer.reading

    def say(self, text: str, scopes: frozenset[str]) -> Spoken:
        """Say a line for the ear.

        Args:
            text: plain writing.
            scopes: the show, and the kind or the part of the programme, that it is told in.

        Raises:
            PassageRejected: if something in it cannot be spoken.
        """
        return self.sayer(text, scopes)

    def show(self, name: str) -> Show:
        """Find a show by its id; the only one may be left out, as "".

        Raises:
            SettingsError: if there is none; names those that are.
        """
        self.need_shows()
        if not name and len(self.shows) == 1:
            return self.shows[0]
        for show in self.shows:
            if show.id == name:
                return show
        known = ", ".join(show.id for show in self.shows)
        if not name:
            raise SettingsError(f"name a show: {known}")
        raise SettingsError(f"unknown show '{name}'; this workspace has: {known}")

    def need_shows(self) -> None:
        """Go on only if there is a show.

        Raises:
            SettingsError: if there is none.
        """
        if not self.shows:
            raise SettingsError(f"{self.root / FILE}: no shows; add a table [shows.NAME]")

    def moment(self, edition: Edition) -> datetime:
        """Tell when an edition goes out, aware UTC."""
        at = time.fromisoformat(self.settings.shows[edition.show].publish_at)
        return datetime.combine(edition.date, at, self.zone).astimezone(UTC)

    def today(self) -> date:
        """Tell the date in the workspace's time zone."""
        return self.clock().astimezone(self.zone).date()

    def edition(self, show: ShowId, day: date | None = None) -> Edition:
        """Name the edition of a day, or of today."""
        return Edition(show=show, date=day or self.today())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep a second build of the workspace waiting; it will find this one's work done."""
        with storage.alone(self.root / STATE / "build.lock"):
            yield
