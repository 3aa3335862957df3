"""Read the briefings folder: one Markdown file per item, one line per mistake."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from roadcast.errors import IntakeError
from roadcast.markup import sentences
from roadcast.model import Audience, Confidentiality, ContentItem, LeftOut, Place, Sentence, Slug

MAX_BYTES = 1_000_000
"""A briefing is a page, not a book: larger files are refused unread."""

KEYS = frozenset(
    (
        *("headline", "kind", "brief", "action", "audio", "slug"),
        *("published", "expires", "effective"),
        *("audience", "priority", "must_hear", "confidentiality"),
        *("credit", "source"),
    )
)


DEPTH = 4
"""How deep front matter may be nested; a list of words is one deep."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Handler(YAMLHandler):
    """Safe YAML that refuses bombs: aliases (eight levels of them are gigabytes) and deep nesting."""

    def load(self, fm: str, **_: object) -> Any:
        depth = 0
        for event in yaml.parse(fm, Loader=_LOADER):
            if isinstance(event, yaml.AliasEvent):
                raise yaml.MarkedYAMLError(
                    problem="aliases (*name) are not allowed", problem_mark=cast("yaml.error.Mark", event.start_mark)
                )
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH:
                raise yaml.MarkedYAMLError(
                    problem="nested too deeply", problem_mark=cast("yaml.error.Mark", event.start_mark)
                )
        return yaml.load(fm, Loader=_LOADER)  # noqa: S506  one of the safe loaders


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a folder holds: the items that can be read, and one error for each that cannot."""

    items: tuple[ContentItem, ...]
    errors: tuple[IntakeError, ...]


def read(folder: Path, *, kinds: Iterable[str], zone: ZoneInfo, root: Path | None = None) -> Intake:
    """Read every item below a folder, in the order of their paths.

    Args:
        folder: searched for `*.md`; README.md files are for people and are skipped.
        kinds: the names of kinds an item may have.
        zone: in which dates without a time are meant: an item published "2026-11-20" is out at midnight there.
        root: the workspace, to which the paths in messages are relative; the folder's parent when left out.

    Raises:
        IntakeError: if the folder itself cannot be read.
    """
    root = root or folder.parent
    if not folder.is_dir():
        raise IntakeError(f"{folder}: no such folder; put one Markdown file per item there")
    found: dict[Slug, ContentItem] = {}
    errors: list[IntakeError] = []
    for path in sorted(folder.rglob("*.md")):
        if path.name.lower() == "readme.md":
            continue
        try:
            item = _read_one(path, path.relative_to(root).as_posix(), kinds=frozenset(kinds), zone=zone)
            if item.slug in found:
                raise IntakeError(
                    f"{item.place}: slug '{item.slug}' is taken by {found[item.slug].place.path}; rename one file"
                )
            found[item.slug] = item
        except IntakeError as error:
            errors.append(error)
    return Intake(items=tuple(found.values()), errors=tuple(errors))


def current(items: Iterable[ContentItem], *, now: datetime) -> tuple[tuple[ContentItem, ...], tuple[LeftOut, ...]]:
    """Part the items that may be told now from those that are not yet, or no longer, to be told."""
    told, out = [], []
    for item in items:
        if item.published > now:
            out.append(LeftOut(slug=item.slug, why=f"not published before {item.published.date()}"))
        elif item.expires is not None and item.expires <= now:
            out.append(LeftOut(slug=item.slug, why=f"expired on {item.expires.date()}"))
        else:
            told.append(item)
    return tuple(told), tuple(out)


def _read_one(path: Path, name: str, *, kinds: frozenset[str], zone: ZoneInfo) -> ContentItem:
    text = _text(path, name)
    meta, body, body_line = _parts(text, name)
    front = _Front(meta, text, name, zone)
    front.refuse_unknown()
    headline = front.sentence("headline")
    if headline is None:
        raise front.error("headline", "no headline; add 'headline: ...' to the front matter")
    told = sentences(body, path=name, first_line=body_line)
    if not told:
        raise IntakeError(f"{name}:{body_line}: nothing to say; write the text below the front matter")
    return ContentItem(
        slug=front.slug(path.stem),
        kind=front.one_of("kind", sorted(kinds), default="update"),
        headline=headline,
        sentences=told,
        brief=front.sentence("brief"),
        action=front.sentence("action"),
        published=front.required_moment("published"),
        expires=front.moment("expires"),
        effective=front.moment("effective"),
        audience=Audience(groups=front.words("audience")),
        priority=front.priority(),
        must_hear=front.flag("must_hear"),
        credit=front.text("credit"),
        source=front.text("source"),
        confidentiality=Confidentiality(
            front.one_of("confidentiality", [str(c) for c in Confidentiality], default="internal")
        ),
        recording=front.text("audio") or None,
        place=Place(path=name, line=1),
    )


def _text(path: Path, name: str) -> str:
    try:
        if path.is_symlink() and not path.exists():
            raise IntakeError(f"{name}:1: a link to nowhere; remove it or mend it")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise IntakeError(
                f"{name}:1: {size:,} bytes; an item may have {MAX_BYTES:,}: split it, or take the pictures out"
            )
        data = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"{name}:1: cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise IntakeError(f"{name}:{line}: not UTF-8 text (byte {error.start}); save the file as UTF-8") from error
    if "\0" in text:
        raise IntakeError(
            f"{name}:{text.count(chr(10), 0, text.index(chr(0))) + 1}: a NUL character; this is not a text file"
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(text: str, name: str) -> tuple[dict[str, Any], str, int]:
    """Part front matter and body; give the line on which the body begins."""
    if not re.match(r"---[ \t]*\n", text):
        raise IntakeError(f"{name}:1: no front matter; begin the file with '---', 'headline: ...', '---'")
    end = re.search(r"^---[ \t]*$", text[4:], re.MULTILINE)
    if end is None:
        raise IntakeError(f"{name}:1: the front matter has no end; close it with a line '---'")
    try:
        meta, body = frontmatter.parse(text, handler=_Handler())
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1  # the text begins behind the first dashes
        raise IntakeError(f"{name}:{line}: front matter: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise IntakeError(f"{name}:1: front matter cannot be read: {str(error).splitlines()[0]}") from error
    if not isinstance(meta, dict):
        raise IntakeError(f"{name}:2: front matter must be 'key: value' lines")
    body = text[4 + end.end() :].lstrip("\n")
    return meta, body, text[: len(text) - len(body)].count("\n") + 1


class _Front:
    """The front matter of one file, read key by key; a wrong value is an error with its line."""

    def __init__(self, meta: Mapping[str, Any], text: str, name: str, zone: ZoneInfo) -> None:
        self.meta, self.lines, self.name, self.zone = meta, text.split("\n"), name, zone

    def place(self, key: str) -> Place:
        pattern = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*:")
        line = next((n for n, text in enumerate(self.lines, 1) if pattern.match(text)), 1)
        return Place(path=self.name, line=line)

    def error(self, key: str, message: str) -> IntakeError:
        return IntakeError(f"{self.place(key)}: {message}")

    def refuse_unknown(self) -> None:
        for key in self.meta:
            if key not in KEYS:
                near = difflib.get_close_matches(str(key), KEYS, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join(sorted(KEYS))}"
                raise self.error(str(key), f"unknown key '{key}'; {hint}")

    def text(self, key: str) -> str:
        value = self.meta.get(key)
        if value is None:
            return ""
        if not isinstance(value, str | int | float):
            raise self.error(key, f"{key}: must be one line of text")
        return " ".join(str(value).split())

    def sentence(self, key: str) -> Sentence | None:
        told = sentences(self.text(key), path=self.name, first_line=self.place(key).line)
        return Sentence(text=" ".join(s.text for s in told), place=self.place(key)) if told else None

    def slug(self, stem: str) -> Slug:
        slug = self.text("slug") or re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", slug):
            raise self.error("slug", f"'{slug or stem}' is no slug; use a-z, 0-9 and hyphens, at most 80 characters")
        return Slug(slug)

    def one_of(self, key: str, known: Sequence[str], *, default: str) -> str:
        value = self.text(key) or default
        if value not in known:
            near = difflib.get_close_matches(value, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
            raise self.error(key, f"{key}: '{value}' is not known; {hint}")
        return value

    def moment(self, key: str) -> datetime | None:
        value = self.meta.get(key)
        if value is None:
            return None
        if isinstance(value, str):
            value = self._parsed(key, value)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if isinstance(value, datetime):
            try:
                return (value if value.tzinfo else value.replace(tzinfo=self.zone)).astimezone(UTC)
            except OverflowError as error:
                raise self.error(key, f"{key}: '{value}' is out of reach; write a nearer day") from error
        raise self.error(key, f"{key}: '{value}' is no date; write YYYY-MM-DD")

    def _parsed(self, key: str, value: str) -> datetime | date:
        readers: tuple[Callable[[str], datetime | date], ...] = (date.fromisoformat, datetime.fromisoformat)
        for parse in readers:
            try:
                return parse(value.strip())
            except ValueError:
                continue
        raise self.error(key, f"{key}: '{value}' is no date; write YYYY-MM-DD or YYYY-MM-DD HH:MM")

    def required_moment(self, key: str) -> datetime:
        value = self.moment(key)
        if value is None:
            raise self.error(key, f"no {key} date; add '{key}: YYYY-MM-DD' to the front matter")
        return value

    def words(self, key: str) -> frozenset[str]:
        value = self.meta.get(key) or []
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self.error(key, f"{key}: must be a list of names, such as [field, partners]")
        return frozenset(word.strip() for word in value)

    def priority(self) -> int:
        value = self.meta.get("priority", 3)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 5:
            raise self.error("priority", f"priority: '{value}' must be a whole number from 1 to 5")
        return value

    def flag(self, key: str) -> bool:
        value = self.meta.get(key, False)
        if not isinstance(value, bool):
            raise self.error(key, f"{key}: '{value}' must be true or false")
        return value
