"""Write the lists of recipients that vendors take: files only, nothing is sent, and no key is ever written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from urllib.parse import quote, urlencode
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from roadcast.errors import VoicemailError
from roadcast.spreadsheet import disarm
from roadcast.voicemail.numbers import Number
from roadcast.voicemail.profiles import ListRule, Profile
from roadcast.voicemail.reach import Reached, Withheld
from roadcast.voicemail.sender import Sender

# name inside the bundle, contents
File = tuple[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """What is sent, in whose name, and to whom.

    Attributes:
        briefing: an identifier, safe in file names; title: for people.
        reached: everybody who may be reached; lists take those with a number.
    """

    briefing: str
    title: str
    sender: Sender
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One recipient of a list."""

    number: Number
    send_at: datetime
    reached: Reached


def calls(reached: Iterable[Reached]) -> list[Call]:
    """Take those who are reached by phone, in order of sending and then of number."""
    found = [
        Call(number=one.number, send_at=one.send_at, reached=one)
        for one in reached
        if one.number is not None and one.send_at is not None
    ]
    return sorted(found, key=lambda call: (call.send_at, call.number.e164))


def require(profile: Profile, sender: Sender) -> None:
    """Make sure that the sender has what the target's list needs.

    Raises:
        VoicemailError: naming the setting that is missing.
    """
    for name in profile.list.needs:
        if not getattr(sender, name):
            raise VoicemailError(f"target '{profile.target}' needs voicemail.{name}; set it or leave the target out")


def write(drop: Drop, profile: Profile, audio: str) -> Iterator[File]:
    """Write the list of one target, or nothing if it takes none of ours.

    Args:
        drop: what is sent, and to whom.
        profile: of the target.
        audio: name of the target's audio file.
    """
    writer = _WRITERS.get(profile.list.kind)
    people = calls(drop.reached)
    if writer is not None and people:
        yield from writer(drop, profile, people, audio_address(drop.sender, audio))


def audio_address(sender: Sender, audio: str) -> str:
    """Give the address from which a vendor fetches the audio; a placeholder where none is set."""
    base = sender.audio_base_url.rstrip("/") or "${AUDIO_BASE_URL}"
    return f"{base}/{quote(audio)}"


def _slybroadcast(drop: Drop, profile: Profile, people: Sequence[Call], audio: str) -> Iterator[File]:
    """One form per send time, at most so many numbers in each; times are in the profile's zone."""
    rule, form = profile.list, profile.list.option("date")
    zone = ZoneInfo(rule.zone)
    number = 0
    for moment, group in groupby(people, key=lambda call: call.send_at.replace(microsecond=0)):
        local = moment.astimezone(zone)
        together = [call.number for call in group]
        for start in range(0, len(together), rule.per_file or len(together)):
            number += 1
            part = together[start : start + (rule.per_file or len(together))]
            fields = {
                "c_method": "new_campaign",
                "c_url": audio,
                "c_audio": rule.option("audio"),
                "c_phone": ",".join(_number(one, rule) for one in part),
                "c_callerID": _own(drop.sender.caller_id, rule),
                "c_date": f"{local:{form}}",
                "c_title": f"{drop.briefing} {number:02d}",
                **({"mobile_only": rule.options["mobile_only"]} if "mobile_only" in rule.options else {}),
            }
            body = f"c_uid=${{SLY_UID}}&c_password=${{SLY_PASSWORD}}&{urlencode(fields, safe='${}')}\n"
            yield f"{profile.target}/{number:02d}-{local:%Y%m%dT%H%M%S}.form", body.encode()


def _number(number: Number, rule: ListRule) -> str:
    """Write a recipient's number the way the target takes it: ten digits, or with its country code."""
    return number.e164.removeprefix("+") if _international(rule) else number.national


def _own(e164: str, rule: ListRule) -> str:
    return e164.removeprefix("+") if _international(rule) else _bare(e164)


def _international(rule: ListRule) -> bool:
    return rule.options.get("numbers") == "international"


def _bare(e164: str) -> str:
    """Write a number of the North American plan with ten digits."""
    return e164.removeprefix("+1") if e164.startswith("+1") else e164


def _dropcowboy(drop: Drop, profile: Profile, people: Sequence[Call], audio: str) -> Iterator[File]:  # noqa: ARG001
    rule = profile.list
    longest = int(rule.option("longest_id"))
    rows = (
        {
            "team_id": "${DROPCOWBOY_TEAM_ID}",
            "secret": "${DROPCOWBOY_SECRET}",
            "brand_id": "${DROPCOWBOY_BRAND_ID}",
            "recording_id": "${DROPCOWBOY_RECORDING_ID}",
            "phone_number": call.number.e164,
            "caller_id": drop.sender.caller_id,
            rule.option("id_field"): call.reached.external_id[:longest],
            **({"postal_code": call.reached.recipient.postal_code} if call.reached.recipient.postal_code else {}),
        }
        for call in people
    )
    yield f"{profile.target}.jsonl", _json_lines(rows)


def _voapps(drop: Drop, profile: Profile, people: Sequence[Call], audio: str) -> Iterator[File]:  # noqa: ARG001
    header = ["phone", "first_name", "last_name", "caller_id", "external_id"]
    header.append(profile.list.option("date_column"))
    rows = (
        [
            call.number.national,
            call.reached.recipient.first_name,
            call.reached.recipient.last_name,
            _bare(drop.sender.caller_id),
            call.reached.external_id,
            f"{_local(call):%Y-%m-%d}",
        ]
        for call in people
    )
    yield f"{profile.target}.csv", table(header, rows)


def _twilio(drop: Drop, profile: Profile, people: Sequence[Call], audio: str) -> Iterator[File]:
    """Calls that wait for the end of the greeting, and the two answers to Twilio's question what to do then."""
    rows = (
        {
            "not_before": _utc(call.send_at),
            "external_id": call.reached.external_id,
            "parameters": {
                "To": call.number.e164,
                "From": drop.sender.caller_id,
                "Url": audio_address(drop.sender, f"{profile.target}.xml"),
                "MachineDetection": profile.list.option("machine_detection"),
                "MachineDetectionTimeout": int(profile.list.option("machine_detection_timeout")),
            },
        }
        for call in people
    )
    yield f"{profile.target}/calls.jsonl", _json_lines(rows)
    yield f"{profile.target}/machine.xml", _twiml(f"<Play>{escape(audio)}</Play><Hangup/>")
    yield f"{profile.target}/human.xml", _twiml("<Hangup/>")


def _twiml(verbs: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>{verbs}</Response>\n'.encode()


def _telnyx(drop: Drop, profile: Profile, people: Sequence[Call], audio: str) -> Iterator[File]:
    rows = (
        {
            "not_before": _utc(call.send_at),
            "external_id": call.reached.external_id,
            "call": {
                "connection_id": "${TELNYX_CONNECTION_ID}",
                "to": call.number.e164,
                "from": drop.sender.caller_id,
                "answering_machine_detection": profile.list.option("answering_machine_detection"),
            },
            "on": {
                "call.machine.greeting.ended": {"playback_start": {"audio_url": audio}},
                "call.playback.ended": "hangup",
                "call.machine.detection.ended result=human": "hangup",
            },
        }
        for call in people
    )
    yield f"{profile.target}.jsonl", _json_lines(rows)


_Writer = Callable[[Drop, Profile, Sequence[Call], str], Iterator[File]]
_WRITERS: dict[str, _Writer] = {
    "slybroadcast": _slybroadcast,
    "dropcowboy": _dropcowboy,
    "voapps": _voapps,
    "twilio": _twilio,
    "telnyx": _telnyx,
}

GENERIC = (
    *("phone_e164", "phone_national10", "first_name", "last_name", "email", "timezone", "send_at_local"),
    *("send_at_utc", "caller_id", "external_id", "postal_code", "consent_basis", "consent_at"),
)


def generic(drop: Drop) -> File:
    """Write the list for any other dialer: everything it might ask for."""
    rows = (
        [
            call.number.e164,
            call.number.national,
            call.reached.recipient.first_name,
            call.reached.recipient.last_name,
            call.reached.recipient.email,
            call.reached.clocks[0] if len(call.reached.clocks) == 1 else "",
            _local(call).isoformat(timespec="seconds"),
            _utc(call.send_at),
            drop.sender.caller_id,
            call.reached.external_id,
            call.reached.recipient.postal_code,
            call.reached.recipient.consent.basis,
            call.reached.recipient.consent.at,
        ]
        for call in calls(drop.reached)
    )
    return "generic.csv", table(GENERIC, rows, numbers=frozenset({0, 1, 8}))


def withheld(people: Iterable[Withheld]) -> bytes:
    """Write who is not reached, and why."""
    rows = (
        [str(one.recipient.row), one.recipient.phone, one.recipient.mailbox, one.reason.value, one.detail]
        for one in people
    )
    return table(["line", "phone", "mailbox", "reason", "detail"], rows)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: frozenset[int] = frozenset()) -> bytes:
    """Write CSV after RFC 4180: UTF-8, CRLF, every field quoted, and no field that a spreadsheet would calculate.

    Args:
        header: names of the columns.
        rows: text of the fields.
        numbers: columns of telephone numbers, which keep their leading plus.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([text if i in numbers else disarm(text) for i, text in enumerate(row)] for row in rows)
    return file.getvalue().encode()


def _json_lines(rows: Iterable[Mapping[str, object]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _local(call: Call) -> datetime:
    """Give the send time by the recipient's clock; where it is not known, by the first that it might be."""
    return call.send_at.astimezone(ZoneInfo(call.reached.clocks[0]))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
