"""Read telephone numbers as people type them (the only module that knows phonenumbers)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType, timezone


class Reason(StrEnum):
    """Why somebody is not reached; the value is what `withheld.csv` says."""

    NO_ADDRESS = "neither phone nor mailbox"
    FORMULA = "text of a spreadsheet formula"
    EXCEL_FLOAT = "number destroyed by a spreadsheet (scientific notation or decimals)"
    FULL_WIDTH = "full-width digits"
    EXTENSION = "number with an extension"
    SHORT_CODE = "short code or emergency number"
    TOLL_FREE = "toll-free number"
    PREMIUM = "premium-rate number"
    INVALID = "no valid number"
    REGION = "outside the regions with known quiet hours"
    MAILBOX = "no valid mailbox"
    DUPLICATE = "duplicate"
    NO_CONSENT = "no consent on record"
    CONSENT_UNCLEAR = "consent without basis, date or source"
    SCOPE = "consent for something else"
    REVOKED = "consent revoked"
    SUPPRESSED = "on the suppression list"
    ZONE = "time zone unknown"
    CLOSED = "no hour at which everybody's clock is inside the window"
    NO_LIST = "none of the targets reaches this recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that may be called, as far as its digits tell.

    Attributes:
        e164: "+12025550143"; national: "2025550143".
        region: ISO 3166 code, such as "US".
        zones: every time zone in which its prefix lies, as the library knows.
    """

    e164: str
    national: str
    region: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A text that is no number to call."""

    reason: Reason
    detail: str = ""


# 4.15555E+09: a spreadsheet has dropped digits.
_EXPONENT = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")

_TYPES = {
    PhoneNumberType.TOLL_FREE: Reason.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: Reason.PREMIUM,
    PhoneNumberType.SHARED_COST: Reason.PREMIUM,
}


def read(text: str, *, region: str) -> Number | Refused:
    """Read a number; without country code it belongs to the region."""
    spoilt = _spoilt(text)
    if spoilt is not None:
        return Refused(reason=spoilt)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException as error:
        return Refused(reason=Reason.INVALID, detail=str(error).partition(") ")[2])
    if number.extension:
        return Refused(reason=Reason.EXTENSION, detail=f"extension {number.extension}")
    if not phonenumbers.is_valid_number(number):
        return Refused(reason=_invalid(number, region))
    kind = _TYPES.get(phonenumbers.number_type(number))
    return Refused(reason=kind) if kind is not None else _number(number)


def identify(text: str, *, region: str) -> str:
    """Give the number that a text means as E.164, also one that is not called; empty if it means none.

    Unlike `read` it takes a number with an extension: whoever must not be reached has the same phone with and without.
    """
    if _EXPONENT.fullmatch(text.strip()):
        return ""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if phonenumbers.is_valid_number(number)
        else ""
    )


def _spoilt(text: str) -> Reason | None:
    """Recognise what a spreadsheet or an input method has made of a number.

    `=+12025550143` would parse as a valid number; a cell that begins like that runs as a formula elsewhere.
    """
    bare = text.strip()
    if not bare:
        return Reason.NO_ADDRESS
    if re.match(r"[=@\t\r]|[+-]\s*[=@A-Za-z(]|[+-].*[*/!]", bare):
        return Reason.FORMULA
    if _EXPONENT.fullmatch(bare) or re.fullmatch(r"\d{7,}[.,]\d{1,2}", bare):
        return Reason.EXCEL_FLOAT
    if any(ch.isdigit() and not ch.isascii() for ch in bare):
        return Reason.FULL_WIDTH
    return None


def _invalid(number: PhoneNumber, region: str) -> Reason:
    digits = str(number.national_number)
    emergency = phonenumbers.is_emergency_number(digits, region)
    short = phonenumbers.is_possible_short_number_for_region(number, region) and len(digits) <= 6
    return Reason.SHORT_CODE if emergency or short else Reason.INVALID


def _number(number: PhoneNumber) -> Number:
    zones = tuple(timezone.time_zones_for_number(number))
    return Number(
        e164=phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        national=phonenumbers.national_significant_number(number),
        region=phonenumbers.region_code_for_number(number) or "",
        zones=tuple(zone for zone in zones if zone != timezone.UNKNOWN_TIMEZONE),
    )


def for_reading(e164: str) -> str:
    """Write a number the way it is read aloud, such as "(415) 555-2671"."""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def to_publish(text: str, *, region: str, toll_free: bool = False) -> str:
    """Read a number of our own that a message names, and give it as E.164.

    Unlike a recipient's it may be toll-free. 47 CFR 64.1200(b)(2): not a 900 number.

    Raises:
        ValueError: if nobody could call it back; the message says why.
    """
    read_as = read(text, region=region)
    if isinstance(read_as, Refused) and read_as.reason is not Reason.TOLL_FREE:
        raise ValueError(f"{text!r}: {read_as.reason}")
    if toll_free and isinstance(read_as, Number):
        raise ValueError(f"{text!r}: not a toll-free number")
    return phonenumbers.format_number(phonenumbers.parse(text, region), phonenumbers.PhoneNumberFormat.E164)
