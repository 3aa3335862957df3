"""Read who is to be reached, and who must not be, from CSV files."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadcast.errors import VoicemailError

CONSENT = ("consent_basis", "consent_at", "consent_source", "scope", "revoked_at")
COLUMNS = (
    *("phone", "mailbox", "first_name", "last_name", "email", "groups"),
    *("timezone", "site_timezone", "state", "postal_code"),
    *CONSENT,
)
_WIDEST = 10_000  # characters of one field: an unclosed quote swallows the rest of the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What is on record about somebody's agreement, as written.

    Attributes:
        scope: names of shows, separated by semicolons, or "*" for all.
        revoked_at: any text means revoked.
    """

    basis: str
    at: str
    source: str
    scope: str
    revoked_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One row, as written.

    Attributes:
        row: line of the file.
        mailbox: on the company's own phone system, "1001" or "1001@default".
    """

    row: int
    phone: str
    mailbox: str
    first_name: str
    last_name: str
    email: str
    groups: frozenset[str]
    timezone: str
    site_timezone: str
    state: str
    postal_code: str
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressBook:
    """The rows of a file that matter, and whether it has any consent columns at all.

    Attributes:
        revoked: phones and mailboxes as written in all rows of the file that are revoked, whoever is asked for.
    """

    recipients: tuple[Recipient, ...]
    has_consent: bool
    revoked: frozenset[str] = frozenset()


def read(content: bytes, *, name: str) -> AddressBook:
    """Read recipients from CSV with a header row; columns in any order, further ones are ignored.

    Raises:
        VoicemailError: naming the file and line: wrong encoding, a missing or misspelt column, no rows.
    """
    rows = _rows(content, name)
    header = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    _check_header(header, name)
    recipients = tuple(
        _recipient(line, dict(zip(header, cells, strict=False))) for line, cells in rows if any(map(str.strip, cells))
    )
    if not recipients:
        raise VoicemailError(f"{name}: no recipients below the header row; add one row per person")
    has_consent = {"consent_basis", "consent_at", "scope"} <= set(header)
    gone = (text for one in recipients if one.consent.revoked_at for text in (one.phone, one.mailbox) if text)
    return AddressBook(recipients=recipients, has_consent=has_consent, revoked=frozenset(gone))


def in_group(book: AddressBook, group: str) -> AddressBook:
    """Keep the members of one group.

    Raises:
        VoicemailError: if there are none.
    """
    members = tuple(one for one in book.recipients if group in one.groups)
    if not members:
        known = sorted({name for one in book.recipients for name in one.groups})
        raise VoicemailError(f"nobody is in group '{group}'; groups on record: {', '.join(known) or 'none'}")
    return replace(book, recipients=members)


def read_suppressed(content: bytes, *, name: str) -> frozenset[str]:
    """Read phones and mailboxes that must never be reached, one in the first column of each row, as written.

    Raises:
        VoicemailError: if it is not readable CSV.
    """
    cells = (row[0].strip() for _, row in _rows(content, name) if row)
    return frozenset(cell for cell in cells if cell and cell.casefold() not in ("phone", "mailbox", "number"))


def _rows(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = "UTF-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else f"not UTF-8 at byte {error.start}"
        raise VoicemailError(f"{name}:{line}: {found}; save the file as CSV UTF-8") from error
    if "\0" in text:
        raise VoicemailError(
            f"{name}:{text.count(chr(10), 0, text.index(chr(0))) + 1}: a zero byte; this is no CSV file"
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text))
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise VoicemailError(f"{name}:{line}: {error}; check the quotes of this row") from error
        if any(len(cell) > _WIDEST for cell in row):
            raise VoicemailError(f"{name}:{line}: a field of more than {_WIDEST} characters; is a quote not closed?")
        yield line, row
        line = reader.line_num + 1


def _delimiter(text: str) -> str:
    """Tell a comma from the semicolon and tab that spreadsheets of other countries write."""
    header = text.partition("\n")[0]
    return max((",", ";", "\t"), key=header.count)


def _check_header(header: list[str], name: str) -> None:
    if "phone" not in header and "mailbox" not in header:
        raise VoicemailError(
            f"{name}:1: no column 'phone' or 'mailbox'; found {', '.join(filter(None, header)) or 'nothing'}"
        )
    doubled = sorted({cell for cell in header if cell and header.count(cell) > 1})
    if doubled:
        raise VoicemailError(f"{name}:1: column '{doubled[0]}' occurs twice")
    for cell in header:
        near = difflib.get_close_matches(cell, COLUMNS, n=1, cutoff=0.85)
        if cell not in COLUMNS and near and near[0] not in header:
            raise VoicemailError(f"{name}:1: unknown column '{cell}'; did you mean '{near[0]}'?")


def _recipient(line: int, cells: dict[str, str]) -> Recipient:
    def cell(column: str) -> str:
        return cells.get(column, "").strip()

    return Recipient(
        row=line,
        phone=cell("phone"),
        mailbox=cell("mailbox"),
        first_name=cell("first_name"),
        last_name=cell("last_name"),
        email=cell("email"),
        groups=frozenset(filter(None, (part.strip() for part in cell("groups").split(";")))),
        timezone=cell("timezone"),
        site_timezone=cell("site_timezone"),
        state=cell("state"),
        postal_code=cell("postal_code"),
        consent=Consent(
            basis=cell("consent_basis"),
            at=cell("consent_at"),
            source=cell("consent_source"),
            scope=cell("scope"),
            revoked_at=cell("revoked_at"),
        ),
    )
