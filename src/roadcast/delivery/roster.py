"""Read a table of people, and decide row by row what it changes."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from roadcast.errors import DeliveryError
from roadcast.model import ShowId, State, Subscriber
from roadcast.spreadsheet import is_formula

COLUMNS = ("name", "email", "groups", "shows")
_SPELLINGS = dict.fromkeys(("e-mail", "e-mail address", "email address", "mail"), "email")
LARGEST = 64 * 1024 * 1024
"""Bytes of a table: 50,000 people are about 5 MB."""

# The form that browsers take for an address (WHATWG HTML, "valid e-mail address"), with a dot in the domain.
_ADDRESS = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+"
)
_SEPARATOR = re.compile(r"sep=([,;\t|])", re.IGNORECASE)  # Excel's first line, which names the delimiter
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Outcome(StrEnum):
    """What a row does."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person as somebody entered them.

    Attributes:
        groups: replace those that the person had; None leaves them.
        shows: added to those that the person has.
        line: of the file, from 1; 0 on the command line.
    """

    name: str
    email: str
    shows: tuple[ShowId, ...]
    groups: frozenset[str] | None = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What comes of an entry.

    Attributes:
        why: what changed, or why it was refused.
        note: what stays as it is, although the entry names it, and what to do.
    """

    entry: Entry
    outcome: Outcome
    why: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """Give the reason and the note, for people."""
        return "; ".join(text for text in (self.why, self.note) if text)


Known = dict[str, tuple[Subscriber, dict[ShowId, State]]]
"""People by folded address, with the shows that they are or were subscribed to."""


def read(data: bytes, *, source: str) -> Iterator[Entry | Verdict]:
    """Read a table of people: an entry for each row, or the verdict that refuses it.

    UTF-8 with or without byte order mark, UTF-16 with one; commas, semicolons or tabs between the
    columns name, email, groups and shows; semicolons, commas or bars between two groups or shows. Empty
    columns at the right, and a first line such as "sep=;", are of no account.

    Raises:
        DeliveryError: if it is no such table; the message names line, column or byte.
    """
    if len(data) > LARGEST:
        raise DeliveryError(f"{source}: {len(data)} bytes, {LARGEST} are the most; cut it in parts")
    text = _decode(data, source)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        first = next(rows, [])
        header = next(rows, []) if _separator(text) else first
        order = _header(header, f"{source}:{max(rows.line_num, 1)}")
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _entry(row, order, rows.line_num)
    except csv.Error as error:
        raise DeliveryError(f"{source}:{rows.line_num}: {error}; check the quotation marks") from error


def judge(entries: Iterable[Entry | Verdict], *, known: Known, shows: Collection[ShowId]) -> tuple[Verdict, ...]:
    """Decide what each entry does; an address may be there once. An entry without a show means the only one."""
    seen: dict[str, int] = {}
    verdicts: list[Verdict] = []
    for entry in entries:
        if isinstance(entry, Verdict):
            verdicts.append(entry)
            continue
        first = seen.setdefault(entry.email.lower(), entry.line)
        if first == entry.line:
            verdicts.append(_verdict(entry, known, shows))
        else:
            why = f"the same address as in line {first}"
            verdicts.append(Verdict(entry=entry, outcome=Outcome.REFUSED, why=why))
    return tuple(verdicts)


def _verdict(entry: Entry, known: Known, shows: Collection[ShowId]) -> Verdict:
    if not entry.shows and len(shows) == 1:
        entry = replace(entry, shows=tuple(shows))
    refusal = _refusal(entry, shows)
    if refusal:
        return Verdict(entry=entry, outcome=Outcome.REFUSED, why=refusal)
    if entry.email.lower() not in known:
        return Verdict(entry=entry, outcome=Outcome.ADDED)
    person, subscribed = known[entry.email.lower()]
    why = ", ".join(_differences(entry, person, subscribed))
    outcome = Outcome.CHANGED if why else Outcome.UNCHANGED
    return Verdict(entry=entry, outcome=outcome, why=why, note="; ".join(_ended(entry, subscribed)))


def _decode(data: bytes, source: str) -> str:
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DeliveryError(
            f"{source}:{line}: neither UTF-8 nor UTF-16 (byte {error.start}); save the table as 'CSV UTF-8'"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise DeliveryError(f"{source}:{line}: not a text file; save the table as 'CSV UTF-8'")
    return text


def _delimiter(text: str) -> str:
    return _separator(text) or max(",;\t", key=_first_line(text).count)


def _separator(text: str) -> str:
    named = _SEPARATOR.fullmatch(_first_line(text))
    return named[1] if named else ""


def _first_line(text: str) -> str:
    return text.partition("\n")[0].rstrip("\r")


def _header(row: list[str], where: str) -> list[int]:
    cells = [cell.strip().lower() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    names = [_SPELLINGS.get(cell, cell) for cell in cells]
    wanted = ", ".join(COLUMNS)
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise DeliveryError(f"{where}: no column '{missing[0]}'; the first line must name {wanted}")
    extra = [name for name in names if name not in COLUMNS or names.count(name) > 1]
    if extra:
        raise DeliveryError(f"{where}: column '{extra[0]}' is unknown or there twice; keep {wanted}")
    return [names.index(name) for name in COLUMNS]


def _entry(row: list[str], order: list[int], line: int) -> Entry | Verdict:
    cells = [row[index] if index < len(row) else "" for index in order]
    name, email, groups, shows = (cell.strip(" ") for cell in cells)
    entry = Entry(
        name=name,
        email=email,
        groups=frozenset(words(groups)),
        shows=tuple(ShowId(show) for show in dict.fromkeys(words(shows))),
        line=line,
    )
    if len(row) < len(COLUMNS) or any(cell.strip() for cell in row[len(COLUMNS) :]):
        why = f"{len(row)} cells, {len(COLUMNS)} are wanted; quote cells that hold the delimiter"
        return Verdict(entry=entry, outcome=Outcome.REFUSED, why=why)
    return entry


def words(cell: str) -> list[str]:
    """List the groups or shows that a cell names, with semicolons, commas or bars between them."""
    return [word.strip() for word in re.split(r"[;,|]", cell) if word.strip()]


def _refusal(entry: Entry, shows: Collection[ShowId]) -> str:
    if not entry.name:
        return "no name"
    texts = (entry.name, entry.email, *entry.shows, *sorted(entry.groups or ()))
    if any(_CONTROL.search(text) for text in texts):
        return "a control character or line break in a cell"
    if any(len(text) > 200 for text in texts):
        return "a cell with more than 200 characters"
    formula = _formula(entry)
    if formula:
        return f"the {formula} begins like a spreadsheet formula; remove the first character"
    if not entry.email:
        return "no e-mail address"
    if len(entry.email) > 254 or not _ADDRESS.fullmatch(entry.email):  # RFC 5321 4.5.3.1.3
        return "not an e-mail address; write it as name@company.example, in ASCII"
    if not entry.shows:
        return f"no show; known: {', '.join(sorted(shows)) or 'none'}"
    unknown = [show for show in entry.shows if show not in shows]
    if unknown:
        return f"unknown show '{unknown[0]}'; known: {', '.join(sorted(shows)) or 'none'}"
    return ""


def _formula(entry: Entry) -> str:
    """Name what a spreadsheet would calculate when it opens what we write; nothing if there is none."""
    texts = {"name": (entry.name,), "address": (entry.email,), "group": entry.groups or (), "show": entry.shows}
    return next((what for what, row in texts.items() for text in row if is_formula(text)), "")


def _ended(entry: Entry, subscribed: Mapping[ShowId, State]) -> Iterator[str]:
    """Name the rights that enrolling does not begin anew: who was shut out is let in by name only."""
    for show in entry.shows:
        state = subscribed.get(show)
        if state in (State.REVOKED, State.EXPIRED):
            yield f"{show} stays {state}; 'roadcast subscriber invite {entry.email} --show {show}' begins it anew"


def _differences(entry: Entry, person: Subscriber, subscribed: Collection[ShowId]) -> Iterator[str]:
    if entry.name != person.name:
        yield "name"
    if entry.email != person.email:
        yield "spelling of the address"
    if entry.groups is not None and entry.groups != person.groups:
        yield "groups"
    fresh = [show for show in entry.shows if show not in subscribed]
    if fresh:
        yield f"show {', '.join(fresh)}"
