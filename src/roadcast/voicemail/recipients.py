"""Read who is to be reached, and who must not be, from CSV files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from roadcast.errors import VoicemailError
from roadcast.hint import hint, nearest
from roadcast.voicemail import barring

CONSENT = ("consent_basis", "consent_at", "consent_source", "scope", "revoked_at")
COLUMNS = (
    *("phone", "mailbox", "first_name", "last_name", "email", "groups"),
    *("timezone", "site_timezone", "state", "postal_code"),
    *CONSENT,
)
_PHONES = frozenset({"phone", "telephone", "tel", "mobile", "cell", "number"})
_NAMES = _PHONES | {"mailbox", "voicemail", "e164", "national10", "no", "work", "home", "business"}
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
        revoked: numbers (E.164) and mailboxes of all rows of the file that are revoked, whoever is asked for.
    """

    recipients: tuple[Recipient, ...]
    has_consent: bool
    revoked: frozenset[str] = frozenset()


def read(content: bytes, *, name: str, region: str = "US") -> AddressBook:
    """Read recipients from CSV with a header row; columns in any order, further ones are ignored.

    Args:
        content: of the file.
        name: of the file, for people.
        region: of revoked numbers without a country code.

    Raises:
        VoicemailError: naming the file and line: wrong encoding, a missing or misspelt column, no rows, or somebody
            revoked who cannot be recognised in another row.
    """
    rows = _rows(content, name)
    header = [cell.strip().casefold() for cell in next(rows, (1, []))[1]]
    _check_header(header, name)
    recipients = tuple(
        _recipient(line, _named(header, cells, f"{name}:{line}")) for line, cells in rows if any(map(str.strip, cells))
    )
    if not recipients:
        raise VoicemailError(f"{name}: no recipients below the header row; add one row per person")
    has_consent = {"consent_basis", "consent_at", "scope"} <= set(header)
    return AddressBook(
        recipients=recipients, has_consent=has_consent, revoked=frozenset(_revoked(recipients, name, region))
    )


def _revoked(people: Iterable[Recipient], name: str, region: str) -> Iterator[str]:
    for one in people:
        if one.consent.revoked_at:
            for text, column in ((one.phone, "phone"), (one.mailbox, "mailbox")):
                yield from _barred(text, column, f"{name}:{one.row}", region) if text else ()


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


def read_suppressed(content: bytes, *, name: str, region: str = "US") -> frozenset[str]:
    """Read numbers (E.164) and mailboxes that must never be reached.

    They stand in the columns that a header calls phone, number or mailbox; without a header in the first one.

    Args:
        content: of the file.
        name: of the file, for people.
        region: of numbers without a country code.

    Raises:
        VoicemailError: naming the file and line: it is not readable CSV, or a row says of nobody that they are barred.
    """
    rows = [(line, cells) for line, cells in _rows(content, name) if any(map(str.strip, cells))]
    columns = _barring_columns(rows[0][1]) if rows else {}
    told = rows[1:] if columns else rows
    barred: set[str] = set()
    for line, cells in told:
        barred.update(_row_barred(cells, columns or {0: "phone"}, f"{name}:{line}", region))
    return frozenset(barred)


def _barring_columns(row: Iterable[str]) -> dict[int, str]:
    """Find the columns of phones and mailboxes; none if this is no header: `415 555 2671,wrong number` is none."""
    words = [set(re.split(r"[\s_-]+", cell.strip().casefold())) for cell in row]
    named = any(some <= _NAMES and some & {*_PHONES, "mailbox"} for some in words)
    if not named or any(re.match(r"\W*\d", cell) for cell in row):
        return {}
    kinds = ("mailbox" if "mailbox" in some else "phone" if some & _PHONES else "" for some in words)
    return {at: kind for at, kind in enumerate(kinds) if kind}


def _row_barred(cells: list[str], columns: dict[int, str], place: str, region: str) -> Iterator[str]:
    texts = [(cells[at].strip(), column) for at, column in columns.items() if at < len(cells)]
    if not any(text for text, _ in texts):
        raise VoicemailError(f"{place}: no number or mailbox in this row; add it or delete the row")
    for text, column in texts:
        yield from _barred(text, column, place, region) if text else ()


def _barred(text: str, column: str, place: str, region: str) -> frozenset[str]:
    """Read one address that must not be reached; what cannot be read would be reached, so nobody is.

    Raises:
        VoicemailError: if it is neither number nor mailbox.
    """
    if column == "mailbox":
        found = frozenset(filter(None, [barring.mailbox(text)]))
        wanted = "no mailbox; write 1001 or 1001@context"
    else:
        found = barring.addresses(text, region=region)
        wanted = "neither number nor mailbox; write it like +14155552671 or 1001 (mailboxes without figures and with "
        wanted += "seven or more belong under a header 'mailbox')"
    if not found:
        raise VoicemailError(f"{place}: {text[:40]!r} is {wanted}, or delete the row: nobody is reached until then")
    return found


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
        near = nearest(cell, COLUMNS, cutoff=0.85)
        if cell not in COLUMNS and near and near[0] not in header:
            raise VoicemailError(f"{name}:1: unknown column '{cell}'; {hint(cell, COLUMNS)}")


def _named(header: list[str], cells: list[str], place: str) -> dict[str, str]:
    """Put the header's names to the cells of a row.

    A spreadsheet leaves out empty cells at the end. A consent column among them would be a guess: the comma that is
    missing may stand further left, and the date of a revocation in another column.

    Raises:
        VoicemailError: if there are more cells than columns, or a consent column is among those that are missing.
    """
    if len(cells) > len(header):
        raise VoicemailError(
            f"{place}: {len(cells)} cells, and the header has {len(header)} columns; quote a cell that holds a comma"
        )
    lost = next((column for column in header[len(cells) :] if column in CONSENT), "")
    if lost:
        raise VoicemailError(
            f"{place}: {len(cells)} cells, and the header has {len(header)} columns; add the empty ones: "
            f"'{lost}' is missing"
        )
    return dict(zip(header, cells, strict=False))


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
