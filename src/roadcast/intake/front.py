"""Read the front matter of one file, key by key; a wrong value is an error with its line."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast.errors import IntakeError
from roadcast.hint import hint
from roadcast.intake.matter import Matter, timestamp
from roadcast.intake.slips import meant
from roadcast.markup import sentences
from roadcast.model import Place, Role, Sentence, Slug

KEYS = frozenset(
    (
        *("headline", "kind", "brief", "action", "audio", "slug"),
        *("published", "expires", "effective"),
        *("audience", "priority", "must_hear", "confidentiality"),
        *("credit", "source"),
    )
)
"""What front matter may say."""

TEXTS = frozenset(("headline", "brief", "action", "credit", "source"))
"""Keys that hold words for people."""

FRAME = frozenset(role.value for role in Role) - {Role.ITEM.value}
"""Names of the programme's own parts; an item of such a name would be mistaken for one in a written script."""


class Front:
    """The front matter of one file, read key by key; a wrong value is an error with its line."""

    def __init__(self, matter: Matter, name: str, zone: ZoneInfo) -> None:
        self.meta, self.lines, self.name, self.zone = matter.meta, matter.lines, name, zone
        self.body, self.body_line, self._cut = matter.body, matter.body_line, matter.cut

    def place(self, key: str) -> Place:
        """Tell where a key stands; what is not there is missed on the first line."""
        return Place(path=self.name, line=self.lines.get(key, 1))

    def error(self, key: str, message: str) -> IntakeError:
        """Make an error of what a key says."""
        return IntakeError(f"{self.place(key)}: {message}")

    def refuse_unknown(self) -> None:
        """Refuse a key that nobody reads; name the nearest that somebody does."""
        for key in self.meta:
            if key not in KEYS:
                advice = hint(str(key), sorted(KEYS), label="known keys")
                raise self.error(str(key), f"unknown key '{key}'; {advice}")

    def cut_short(self) -> Iterator[str]:
        """Warn of words that YAML takes for a comment."""
        for key in sorted(self._cut.keys() & TEXTS):
            lost = self._cut[key]
            yield f"{self.place(key)}: {key}: {lost!r} is a comment and is not told; put quotes around the whole text"

    def named(self, key: str) -> str:
        """Give a path below the workspace; "" if it is none, wherever it leads."""
        value = self.meta.get(key)
        name = " ".join(value.split()) if isinstance(value, str) else ""
        path = posixpath.normpath(name)
        outside = Path(name).is_absolute() or path.startswith(("../", "/")) or path in {".", ".."}
        return name if name.isprintable() and not outside else ""

    def text(self, key: str) -> str:
        """Read one line of text; nothing is ""."""
        value = self.meta.get(key)
        if value is None:
            return ""
        if not isinstance(value, str | int | float):
            raise self.error(key, f"{key}: must be one line of text")
        return " ".join(str(value).split())

    def sentence(self, key: str) -> Sentence | None:
        """Read what is to be said, in one line; None if there is nothing to say in it."""
        told = sentences(self.text(key), path=self.name, first_line=self.place(key).line)
        return Sentence(text=" ".join(s.text for s in told), place=self.place(key)) if told else None

    def slug(self, stem: str) -> Slug:
        """Read the item's name, or make one of the file's."""
        slug = self.text("slug") or re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:80].strip("-")
        if not slug:
            raise self.error("slug", f"no Latin letter in the name of the file; {self._another_slug}")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug):
            raise self.error("slug", f"'{slug}' is no slug; use a-z, 0-9 and hyphens, at most 80 characters")
        if slug in FRAME:
            raise self.error("slug", f"'{slug}' is the name of a part of the programme; {self._another_slug}")
        return Slug(slug)

    def taken(self, slug: Slug, *, by: str) -> IntakeError:
        """Make an error of a slug that another file has."""
        return self.error("slug", f"slug '{slug}' is taken by {by}; {self._another_slug}")

    @property
    def _another_slug(self) -> str:
        return "write another 'slug: ...'" if "slug" in self.lines else "rename the file, or add 'slug: ...'"

    def one_of(self, key: str, known: Sequence[str], *, default: str) -> str:
        """Read one word of those that are known."""
        value = self.text(key) or default
        if value not in known:
            raise self.error(key, f"{key}: '{value}' is not known; {hint(value, known)}")
        return value

    def moment(self, key: str) -> datetime | None:
        """Read a date, which begins at midnight where the team is, or a date and a time."""
        value = self.meta.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.error(key, f"{key}: '{value}' is no date; write YYYY-MM-DD")
        found = self._parsed(key, value)
        moment = found if isinstance(found, datetime) else datetime.combine(found, time())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=self.zone)
        try:
            moment.astimezone(self.zone)  # in which it is shown
            return moment.astimezone(UTC)
        except OverflowError as error:
            raise self.error(key, f"{key}: '{moment}' is out of reach; write a nearer day") from error

    def _parsed(self, key: str, value: str) -> datetime | date:
        readers: tuple[Callable[[str], datetime | date], ...] = (timestamp, date.fromisoformat, datetime.fromisoformat)
        for parse in readers:
            try:
                return parse(value.strip())
            except ValueError:
                continue
        day = meant(value)
        advice = f"did you mean {day}?" if day else "write YYYY-MM-DD or YYYY-MM-DD HH:MM"
        raise self.error(key, f"{key}: '{value}' is no date; {advice}")

    def expiry(self, published: datetime) -> datetime | None:
        """Read when the item may no longer be told, which is after it may."""
        value = self.moment("expires")
        if value is not None and value <= published:
            raise self.error(
                "expires",
                f"expires: '{self.meta['expires']}' is not after published: '{self.meta['published']}'; "
                "write a later day, or leave it out",
            )
        return value

    def required_moment(self, key: str) -> datetime:
        """Read a moment that must be there."""
        value = self.moment(key)
        if value is None:
            raise self.error(key, f"no {key} date; add '{key}: YYYY-MM-DD' to the front matter")
        return value

    def words(self, key: str) -> frozenset[str]:
        """Read names: a list, or some with commas between."""
        value = self.meta.get(key) or []
        value = [word for word in value.split(",") if word.strip()] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.error(key, f"{key}: must be a list of names, such as [field, partners]")
        return frozenset(word.strip() for word in value)

    def priority(self) -> int:
        """Read how much the item matters, 1 to 5."""
        value = self._given("priority", 3)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 5:
            raise self.error("priority", f"priority: '{value}' must be a whole number from 1 to 5")
        return value

    def flag(self, key: str) -> bool:
        """Read true or false."""
        value = self._given(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"{key}: '{value}' must be true or false")
        return value

    def _given(self, key: str, default: object) -> object:
        """Give what a key says; one with nothing behind it says as much as none."""
        value = self.meta.get(key)
        return default if value is None else value
