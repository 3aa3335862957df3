"""Decide for every recipient: reached, when and by what right; or withheld, and why. Nobody is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from roadcast.errors import VoicemailError
from roadcast.voicemail import barring, numbers
from roadcast.voicemail.numbers import Number, Reason, Refused
from roadcast.voicemail.recipients import AddressBook, Consent, Recipient
from roadcast.voicemail.windows import Rules, clock, next_opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Whom this message may reach.

    Attributes:
        scope: what consent must cover: the show's name.
        region: of numbers without a country code.
        now: aware; nothing is sent before it.
        written_in: time zones in which lists write send times without an offset.
        site_timezone: where the company's phones are, one more clock for numbers without a zone of their own.
        by_phone, by_mailbox: whether any of the targets reaches people this way.
        contexts: of a mailbox that is written without one, as the targets fill it in.
        briefing: what is sent, for identifiers that stay the same when it is sent again.
    """

    scope: str
    region: str
    now: datetime
    rules: Rules
    briefing: str
    written_in: tuple[str, ...] = ()
    site_timezone: str = ""
    by_phone: bool = True
    by_mailbox: bool = True
    contexts: tuple[str, ...] = ("default",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A recipient who may be reached.

    Attributes:
        number: by phone, or None.
        mailbox: name and context on the company's own phone system; empty if there is none.
        send_at: aware UTC; None for a mailbox, which rings nobody.
        clocks: the time zones that were looked at; basis: where they come from.
        external_id: the same whenever this briefing goes to this recipient.
        addresses: by which they may be barred: also the phone of somebody who is reached in a mailbox only.
    """

    recipient: Recipient
    number: Number | None
    mailbox: str
    send_at: datetime | None
    clocks: tuple[str, ...]
    basis: str
    external_id: str
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A recipient who is not reached, and why."""

    recipient: Recipient
    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Everybody, in exactly one of two places."""

    reached: tuple[Reached, ...]
    withheld: tuple[Withheld, ...]

    @property
    def count(self) -> int:
        """Count everybody."""
        return len(self.reached) + len(self.withheld)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Barred:
    suppressed: frozenset[str]
    revoked: frozenset[str]


def decide(book: AddressBook, *, policy: Policy, suppressed: Iterable[str] = ()) -> Reach:
    """Decide for everybody in the book, in order.

    The first of two equal numbers counts, but a revocation in any row of the file holds for the number in every row.
    """
    barred = _Barred(suppressed=_keys(suppressed, policy), revoked=_keys(book.revoked, policy))
    seen: dict[str, int] = {}
    reached: list[Reached] = []
    withheld: list[Withheld] = []
    for recipient in book.recipients:
        one = _decide(recipient, policy, barred, seen)
        if isinstance(one, Reached):
            reached.append(one)
        else:
            withheld.append(one)
    return Reach(reached=tuple(reached), withheld=tuple(withheld))


def without(reach: Reach, suppressed: Iterable[str], *, policy: Policy) -> Reach:
    """Take out everybody who has been suppressed since it was decided."""
    barred = _keys(suppressed, policy)
    stay: list[Reached] = []
    go: list[Reached] = []
    for one in reach.reached:
        (go if barred & one.addresses else stay).append(one)
    late = [Withheld(recipient=one.recipient, reason=Reason.SUPPRESSED, detail="since this was planned") for one in go]
    return Reach(reached=tuple(stay), withheld=(*reach.withheld, *late))


def fingerprint(address: str) -> str:
    """Hash an address, so that a record can prove that it was suppressed without naming it."""
    return hashlib.sha256(f"roadcast suppression {address}".encode()).hexdigest()


def _keys(texts: Iterable[str], policy: Policy) -> frozenset[str]:
    """Normalise barred phones and mailboxes.

    Raises:
        VoicemailError: if one is neither: whoever is meant would be reached.
    """
    keys: set[str] = set()
    for text in texts:
        found = barring.addresses(text, region=policy.region) | frozenset(filter(None, [barring.mailbox(text)]))
        if not found:
            raise VoicemailError(f"{text!r} must not be reached, and is neither number nor mailbox; correct it")
        for address in found:
            keys |= {address} if address.startswith("+") else _boxes(address, policy)
    return frozenset(keys)


def _addresses(number: Number | None, mailbox: str, policy: Policy) -> frozenset[str]:
    return frozenset({number.e164} if number else ()) | _boxes(mailbox, policy)


def _boxes(mailbox: str, policy: Policy) -> frozenset[str]:
    """Name a mailbox in full, box@context; phone systems look contexts up without regard to case."""
    if not mailbox:
        return frozenset()
    box, _, context = mailbox.casefold().partition("@")
    return frozenset(f"{box}@{one.casefold()}" for one in ([context] if context else policy.contexts))


def _decide(recipient: Recipient, policy: Policy, barred: _Barred, seen: dict[str, int]) -> Reached | Withheld:
    number, mailbox, refusal = _address(recipient, policy)
    if refusal is not None:
        return Withheld(recipient=recipient, reason=refusal.reason, detail=refusal.detail)
    addresses = _addresses(number, mailbox, policy)
    if addresses & barred.revoked:
        return Withheld(recipient=recipient, reason=Reason.REVOKED)
    if addresses & barred.suppressed:
        return Withheld(recipient=recipient, reason=Reason.SUPPRESSED)
    problem = _consent_problem(recipient.consent, policy)
    if problem is not None:
        return Withheld(recipient=recipient, reason=problem)
    called = number if policy.by_phone else None
    ways = _addresses(called, mailbox, policy)
    first = next((seen[way] for way in sorted(ways) if way in seen), None)
    if first is not None:
        return Withheld(recipient=recipient, reason=Reason.DUPLICATE, detail=f"of line {first}")
    one = _when(recipient, called, mailbox, addresses, policy)
    if isinstance(one, Reached):
        seen.update(dict.fromkeys(ways, recipient.row))
    return one


def _address(recipient: Recipient, policy: Policy) -> tuple[Number | None, str, Refused | None]:
    """Read phone and mailbox; what was written must be right, even where the other would do."""
    if not recipient.phone and not recipient.mailbox:
        return None, "", Refused(reason=Reason.NO_ADDRESS)
    mailbox = recipient.mailbox if barring.mailbox(recipient.mailbox) == recipient.mailbox else ""
    if recipient.mailbox and not mailbox:
        return None, "", Refused(reason=Reason.MAILBOX, detail="use 1001 or 1001@context")
    if not recipient.phone:
        return None, mailbox, None if policy.by_mailbox else Refused(reason=Reason.NO_LIST, detail="a mailbox only")
    number = numbers.read(recipient.phone, region=policy.region)
    if isinstance(number, Refused):
        return None, mailbox, number
    if not policy.by_phone and not (mailbox and policy.by_mailbox):
        return None, mailbox, Refused(reason=Reason.NO_LIST, detail="a phone only")
    return number, mailbox, None


def _consent_problem(consent: Consent, policy: Policy) -> Reason | None:
    if not consent.basis and not consent.at:
        return Reason.NO_CONSENT
    given = _moment(consent.at)
    if not consent.basis or not consent.source or given is None or given > policy.now:
        return Reason.CONSENT_UNCLEAR
    scopes = {part.strip() for part in consent.scope.split(";")}
    return None if scopes & {policy.scope, "*"} else Reason.SCOPE


def _moment(text: str) -> datetime | None:
    """Read an ISO date or moment; without an offset it is taken for UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            moment = datetime.combine(date.fromisoformat(text), time())
        except ValueError:
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _when(
    recipient: Recipient, number: Number | None, mailbox: str, addresses: frozenset[str], policy: Policy
) -> Reached | Withheld:
    external_id = _external_id(policy.briefing, number.e164 if number else mailbox)
    if number is None:
        return Reached(
            recipient=recipient,
            number=None,
            mailbox=mailbox,
            send_at=None,
            clocks=(),
            basis="a mailbox rings nobody",
            external_id=external_id,
            addresses=addresses,
        )
    window = policy.rules.window_for(number.region, recipient.state)
    if window is None:
        return Withheld(recipient=recipient, reason=Reason.REGION, detail=number.region)
    clocks, basis = _clocks(recipient, number, policy)
    if not clocks:
        return Withheld(recipient=recipient, reason=Reason.ZONE, detail=basis)
    send_at = next_opening(policy.now, clocks, window, written_in=policy.written_in)
    if send_at is None:
        return Withheld(recipient=recipient, reason=Reason.CLOSED, detail=" ".join(clocks))
    return Reached(
        recipient=recipient,
        number=number,
        mailbox=mailbox,
        send_at=send_at,
        clocks=clocks,
        basis=basis,
        external_id=external_id,
        addresses=addresses,
    )


def _clocks(recipient: Recipient, number: Number, policy: Policy) -> tuple[tuple[str, ...], str]:
    """Choose the clocks that count: the recipient's own, or the site's, or all that the number may stand under.

    A mobile keeps its area code when its owner moves, so the company's own zone is one more clock, never the only one.
    """
    for text, basis in ((recipient.timezone, "recipient"), (recipient.site_timezone, "site")):
        if text:
            return ((text,), basis) if clock(text) else ((), f"{text!r} is no time zone")
    zones = policy.rules.zones_of(number.e164, number.zones)
    if not zones:
        return (), "the number does not tell"
    if policy.site_timezone and clock(policy.site_timezone):
        zones = tuple(sorted({*zones, policy.site_timezone}))
    return zones, "number"


def _external_id(briefing: str, address: str) -> str:
    return hashlib.sha256(f"{briefing} {address}".encode()).hexdigest()[:16]
