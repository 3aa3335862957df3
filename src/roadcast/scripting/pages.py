"""Keep an edition's script on paper: readable, editable, and honest about who wrote which line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from roadcast.errors import FidelityError, PassageRejected, ScriptError
from roadcast.model import Announcement, Edition, Heading, Origin, Passage, Place, Script, Segment, Slug, Spoken
from roadcast.scripting.writing import PARAGRAPH_PAUSE, SENTENCE_PAUSE

_HEADING = re.compile(r"==\s+(?P<name>[a-z0-9-]+)(?:\s+\((?P<variant>[a-z0-9-]+), (?P<told>new|update|review)\))?: .+")
_LINE = re.compile(r"(?P<presenter>[1-9]):\s+(?P<text>.*?)(?:\s+\{(?P<mark>[^{}]+)\})?\s*$")
_WRITTEN = re.compile(r"^# written: ([0-9a-f]{64})$", re.MULTILINE)

_NOTE = """\
# {edition}
# What stands here is what is said: edit the words, then run 'roadcast build'. An empty line is a longer breath.
# '1: words {{file:line}}' is said by the first presenter; the mark in braces is where the words come from.
# A line of your own needs such a mark, or {{show}} when it only speaks of the programme itself.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHeading:
    """What a heading of a written script says, beside the title.

    Attributes:
        name: of the segment, or of the part of one that has a heading of its own.
        variant: at which length an item is told; "" for the programme's frame.
        line: on the page, from 1.
    """

    name: str
    variant: str
    announcement: Announcement
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A written script as it was found.

    Attributes:
        edited: whether a person changed it since it was written.
        headings: in the order of the page, each name once.
    """

    path: str
    text: str
    edited: bool
    headings: tuple[PageHeading, ...]


def write_page(edition: Edition, segments: Sequence[Segment], scripts: Sequence[Script]) -> str:
    """Write the scripts of an edition as text for people."""
    body = "\n".join(_section(segment, script) for segment, script in zip(segments, scripts, strict=True))
    digest = hashlib.sha256(body.encode()).hexdigest()
    return f"{_NOTE.format(edition=edition)}# written: {digest}\n\n{body}"


def read_page(text: str, *, path: str) -> Page:
    """Read the outline of a written script.

    Raises:
        ScriptError: if a heading is not of the form that `write_page` writes; names file and line.
    """
    text = text.replace("\r\n", "\n")
    written = _WRITTEN.search(text)
    start = text.find("\n\n", written.end()) + 2 if written else 0
    edited = written is None or hashlib.sha256(text[start:].encode()).hexdigest() != written[1]
    headings: dict[str, PageHeading] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("=="):
            found = _HEADING.fullmatch(line.rstrip())
            if found is None:
                raise ScriptError(
                    f"{path}:{number}: not a heading; write '== slug (full, new): Title' or '== opening: Title'"
                )
            if found["name"] in headings:
                raise ScriptError(f"{path}:{number}: '{found['name']}' stands here twice; keep one of the two")
            headings[found["name"]] = PageHeading(
                name=found["name"],
                variant=found["variant"] or "",
                announcement=Announcement(found["told"] or "new"),
                line=number,
            )
    if not headings:
        raise ScriptError(f"{path}:1: no segments; delete the file to have it written anew")
    return Page(path=path, text=text, edited=edited, headings=tuple(headings.values()))


def take_edits(
    page: Page, scripts: Sequence[Script], *, slugs: Mapping[str, Slug], speak: Callable[[str, str], Spoken]
) -> tuple[Script, ...]:
    """Replace the words of freshly written scripts by what the page says.

    Args:
        page: the written script, edited.
        scripts: as the templates write them; together they have the headings of the page, in any order.
        slugs: the item of each briefing file, by path.
        speak: line and segment name -> for the ear.

    Raises:
        FidelityError: if a line is neither the templates' nor carries a source mark.
        ScriptError: if a line is not of the form 'presenter: words'; names file and line.
    """
    bodies = dict(zip((heading.name for heading in page.headings), _bodies(page), strict=True))
    planned = {name for script in scripts for name in _names(script)}
    if differ := sorted(bodies.keys() ^ planned):
        raise ScriptError(
            f"{page.path}:1: the headings {', '.join(differ)} are here or in the plan alone; take them out, "
            "or delete the file to start anew"
        )
    return tuple(_edited(script, bodies, page.path, slugs, speak) for script in scripts)


def _section(segment: Segment, script: Script) -> str:
    told = f" ({segment.variant.name}, {segment.announcement})" if segment.variant else ""
    titles = [f"{script.name}{told}: {script.title}", *(f"{h.name}: {h.title}" for h in script.headings)]
    return "\n".join(_part(title, part) for title, part in zip(titles, _parts(script), strict=True))


def _part(title: str, passages: Sequence[Passage]) -> str:
    lines = [f"== {title}"]
    for passage in passages:
        mark = f" {{{passage.place}}}" if passage.item else ""
        lines.append(f"{passage.presenter + 1}: {passage.text}{mark}")
        if passage.pause >= PARAGRAPH_PAUSE and passage is not passages[-1]:
            lines.append("")
    return "\n".join(lines) + "\n"


def _parts(script: Script) -> list[Sequence[Passage]]:
    """Give the passages under each heading of a script."""
    edges = [0, *(heading.passage for heading in script.headings), len(script.passages)]
    return [script.passages[first:last] for first, last in pairwise(edges)]


def _names(script: Script) -> list[str]:
    return [script.name, *(heading.name for heading in script.headings)]


def _bodies(page: Page) -> list[list[tuple[int, str]]]:
    bodies: list[list[tuple[int, str]]] = []
    for number, line in enumerate(page.text.split("\n"), 1):
        if line.startswith("=="):
            bodies.append([])
        elif bodies and not line.startswith("#"):
            bodies[-1].append((number, line))
    return bodies


def _edited(
    script: Script,
    bodies: Mapping[str, Sequence[tuple[int, str]]],
    path: str,
    slugs: Mapping[str, Slug],
    speak: Callable[[str, str], Spoken],
) -> Script:
    passages: list[Passage] = []
    headings: list[Heading] = []
    for heading, part in zip((None, *script.headings), _parts(script), strict=True):
        name = heading.name if heading else script.name
        if heading:
            headings.append(replace(heading, passage=len(passages)))
        said = _said(name, part, bodies[name], path, slugs, speak)
        passages += [*said[:-1], replace(said[-1], pause=part[-1].pause)]
    return replace(script, passages=tuple(passages), headings=tuple(headings))


def _said(
    name: str,
    written: Sequence[Passage],
    body: Sequence[tuple[int, str]],
    path: str,
    slugs: Mapping[str, Slug],
    speak: Callable[[str, str], Spoken],
) -> list[Passage]:
    """Give what is said under one heading: the template's passages where they are left, the editor's elsewhere."""
    known = {(p.presenter, p.text): p for p in written}
    passages: list[Passage] = []
    for number, line in body:
        place = Place(path=path, line=number)
        if not line.strip():
            if passages:
                passages[-1] = replace(passages[-1], pause=PARAGRAPH_PAUSE)
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise ScriptError(f"{place}: not a line of a script; write '1: words' or '1: words {{file:line}}'")
        presenter, text, mark = int(found["presenter"]) - 1, found["text"].strip(), found["mark"]
        passage = known.get((presenter, text)) or _own(
            presenter, text, mark, place, slugs, lambda text: speak(text, name)
        )
        passages.append(replace(passage, pause=SENTENCE_PAUSE))
    if not passages:
        raise ScriptError(f"{path}: the segment '{name}' has no words; take its heading out as well")
    return passages


def _own(
    presenter: int, text: str, mark: str | None, place: Place, slugs: Mapping[str, Slug], speak: Callable[[str], Spoken]
) -> Passage:
    """Make a passage of an editor's own line."""
    if mark is None:
        raise FidelityError(
            f"{place}: nobody's source says “{text}”; add the line that does, as {{briefings/…md:12}}, or take it out"
        )
    source = mark.rpartition(":")[0]
    if mark != "show" and source not in slugs:
        raise FidelityError(f"{place}: the source mark {{{mark}}} names no briefing of this edition")
    try:
        spoken = speak(text)
    except PassageRejected as error:
        raise ScriptError(f"{place}: cannot be spoken: {error}") from error
    item = None if mark == "show" else slugs[source]
    return Passage(
        presenter=presenter,
        text=text,
        spoken=spoken,
        pause=SENTENCE_PAUSE,
        origin=Origin.EDITED,
        place=place,
        item=item,
    )
