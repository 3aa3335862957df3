"""Read the briefings folder: one Markdown file per item, one line per mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast.errors import IntakeError
from roadcast.intake.front import Front
from roadcast.intake.matter import part
from roadcast.markup import sentences
from roadcast.model import Audience, Confidentiality, ContentItem, LeftOut, Place, Slug

MAX_BYTES = 1_000_000
"""A briefing is a page, not a book: larger files are refused unread."""


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
    matter = part(_text(path, name), name)
    front = Front(matter, name, zone)
    front.refuse_unknown()
    headline = front.sentence("headline")
    if headline is None:
        raise front.error("headline", "no headline; add 'headline: ...' to the front matter")
    told = sentences(matter.body, path=name, first_line=matter.body_line)
    if not told:
        raise IntakeError(f"{name}:{matter.body_line}: nothing to say; write the text below the front matter")
    published = front.required_moment("published")
    return ContentItem(
        slug=front.slug(path.stem),
        kind=front.one_of("kind", sorted(kinds), default="update"),
        headline=headline,
        sentences=told,
        brief=front.sentence("brief"),
        action=front.sentence("action"),
        published=published,
        expires=front.expiry(published),
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
