"""Read the briefings folder: one Markdown file per item, one line per mistake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast.errors import IntakeError
from roadcast.intake import files
from roadcast.intake.front import Front
from roadcast.intake.matter import part
from roadcast.markup import sentences
from roadcast.model import Audience, Confidentiality, ContentItem, LeftOut, Place, Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a folder holds: the items that can be read, and one error for each that cannot.

    Attributes:
        warnings: what can be read, and may not be meant so.
        recordings: files of the workspace that items name, there or not, by their paths below it.
    """

    items: tuple[ContentItem, ...]
    errors: tuple[IntakeError, ...]
    warnings: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()


def read(folder: Path, *, kinds: Iterable[str], zone: ZoneInfo, root: Path | None = None) -> Intake:
    """Read every item below a folder, in the order of their paths.

    Args:
        folder: searched for `*.md` and `*.markdown`; README files are for people and are skipped, like hidden ones.
        kinds: the names of kinds an item may have.
        zone: in which dates without a time are meant: an item published "2026-11-20" is out at midnight there.
        root: the workspace, to which the paths in messages are relative; the folder's parent when left out.

    Raises:
        IntakeError: if the folder itself cannot be read.
    """
    root = root or folder.parent
    if not folder.is_dir():
        raise IntakeError(f"{folder}: no such folder; put one Markdown file per item there")
    paths, others, errors = files.briefings(folder, root=root)
    found: dict[Slug, ContentItem] = {}
    fronts: list[Front] = []
    for path in paths:
        try:
            front = _front(path, path.relative_to(root).as_posix(), zone)
            fronts.append(front)
            item = _item(front, path.stem, kinds=frozenset(kinds), root=root)
            if item.slug in found:
                raise front.taken(item.slug, by=found[item.slug].place.path)
            found[item.slug] = item
        except IntakeError as error:
            errors.append(error)
    return Intake(
        items=tuple(found.values()),
        errors=tuple(errors),
        warnings=(
            *(text for front in fronts for text in front.cut_short()),
            *(f"{path.relative_to(root).as_posix()}: is not read; save it as Markdown, a .md file" for path in others),
        ),
        recordings=tuple(dict.fromkeys(name for front in fronts if (name := front.named("audio")))),
    )


def current(items: Iterable[ContentItem], *, now: datetime) -> tuple[tuple[ContentItem, ...], tuple[LeftOut, ...]]:
    """Part the items that may be told now from those that are not yet, or no longer, to be told.

    Dates are told in the time zone of `now`.
    """
    told, out = [], []
    for item in items:
        if item.published > now:
            out.append(
                LeftOut(slug=item.slug, why=f"not published before {item.published.astimezone(now.tzinfo).date()}")
            )
        elif item.expires is not None and item.expires <= now:
            out.append(LeftOut(slug=item.slug, why=f"expired on {item.expires.astimezone(now.tzinfo).date()}"))
        else:
            told.append(item)
    return tuple(told), tuple(out)


def place_of(root: Path, item: ContentItem, key: str) -> Place:
    """Tell on which line of an item's file a key stands; the item's own place, if it is there no more."""
    try:
        return _front(root / item.place.path, item.place.path, ZoneInfo("UTC")).place(key)
    except IntakeError:
        return item.place


def _front(path: Path, name: str, zone: ZoneInfo) -> Front:
    return Front(part(files.text_of(path, name), name), name, zone)


def _item(front: Front, stem: str, *, kinds: frozenset[str], root: Path) -> ContentItem:
    front.refuse_unknown()
    headline = front.sentence("headline")
    if headline is None and front.text("headline"):
        raise front.error("headline", "headline: nothing to say in it; write it in words")
    if headline is None:
        raise front.error("headline", "no headline; add 'headline: ...' to the front matter")
    told = sentences(front.body, path=front.name, first_line=front.body_line)
    if not told:
        raise IntakeError(f"{front.name}:{front.body_line}: nothing to say; write the text below the front matter")
    published = front.required_moment("published")
    return ContentItem(
        slug=front.slug(stem),
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
        recording=_recording(front, root),
        place=Place(path=front.name, line=1),
    )


def _recording(front: Front, root: Path) -> str | None:
    name = front.text("audio")
    if not name:
        return None
    if not front.named("audio"):
        raise front.error("audio", f"audio: {name!r} is no path in the workspace; write one such as recordings/her.wav")
    if problem := files.missing(name, root=root):
        raise front.error("audio", f"audio: {name!r}: {problem}")
    return name
