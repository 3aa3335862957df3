"""Write what goes with the audio: script, figures of every file, and who was reached by what right."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from roadcast.voicemail.cut import REQUIRED, Cut
from roadcast.voicemail.hearing import Heard
from roadcast.voicemail.lists import table
from roadcast.voicemail.profiles import FileRule, Profile
from roadcast.voicemail.reach import Reach, fingerprint
from roadcast.voicemail.sender import Sender

SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioFile:
    """One file of the bundle's `audio/`, checked.

    Attributes:
        heard: how it sounds after decoding.
        warnings: what is worth knowing, but no reason to refuse it.
    """

    name: str
    content: bytes
    profile: Profile
    rule: FileRule
    heard: Heard
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesUsed:
    """Where the hours come from at which phones are rung."""

    checked_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """By what right people are reached.

    Attributes:
        scope: what consent must cover.
        begin: aware; nobody is reached before it.
        understood: whether a recogniser made out the lines that the law asks for.
    """

    scope: str
    begin: datetime
    rules: RulesUsed | None = None
    understood: bool = False


def script(cuts: Sequence[Cut]) -> bytes:
    """Write what is said, with the lines marked that the law asks for."""
    parts = []
    for number, cut in enumerate(cuts, 1):
        if len(cuts) > 1:
            parts.append(f"--- part {number} of {len(cuts)} ---\n")
        parts += [f"{f'[{line.role}] ' if line.role in REQUIRED else ''}{line.text}\n" for line in cut.lines]
        parts += [f"(left out: {left.slug}: {left.why})\n" for left in cut.left_out]
    return "".join(parts).encode()


def manifest(
    briefing: str, title: str, generator: str, script_sha256: str, audio: Iterable[AudioFile], blanks: Sequence[str]
) -> bytes:
    """Write the figures of every audio file."""
    return _json(
        {
            "schema": SCHEMA,
            "briefing": briefing,
            "title": title,
            "generator": generator,
            "script_sha256": script_sha256,
            "placeholders": list(blanks),
            "files": [_figures(one) for one in audio],
        }
    )


def _figures(one: AudioFile) -> dict[str, object]:
    rule, heard = one.rule, one.heard
    return {
        "target": one.profile.target,
        "file": f"audio/{one.name}",
        "container": rule.container,
        "codec": rule.codec,
        "tag": f"0x{rule.tag:04X}" if rule.tag else None,
        "rate": rule.rate,
        "channels": rule.channels,
        "samples": heard.samples,
        "ms": round(heard.samples * 1000 / rule.rate),
        "bytes": len(one.content),
        "sha256": hashlib.sha256(one.content).hexdigest(),
        "profile_checked_on": one.profile.checked_on.isoformat(),
        "profile_verified": one.profile.verified,
        "warnings": list(one.warnings),
        "active_dbov": round(heard.loudness.active, 2),
        "peak_dbfs": round(heard.loudness.peak, 2),
        "loudest_3s_dbov": round(heard.loudness.loudest, 2),
        "lead_ms": round(heard.lead * 1000),
        "tail_ms": round(heard.tail * 1000),
        "gap_ms": round(heard.gap * 1000),
        "dtmf": str(heard.verdict),
    }


def compliance(grounds: Grounds, sender: Sender, reach: Reach | None, no_lists: str) -> bytes:
    """Write by what right people are reached, in numbers; their names are in the lists only."""
    reasons = Counter(one.reason.value for one in reach.withheld) if reach else Counter[str]()
    exported = 0 if reach is None or no_lists else len(reach.reached)
    rules = grounds.rules
    return _json(
        {
            "schema": SCHEMA,
            "notice": "Not legal advice.",
            "nobody_before": grounds.begin.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if reach else None,
            "business": sender.business,
            "call_back": sender.call_back,
            "opt_out": sender.opt_out,
            "caller_id": sender.caller_id or None,
            "artificial_voice": "An AI-generated voice is an artificial voice under the TCPA (FCC 24-17).",
            "consent_scope": grounds.scope,
            "script_checked": ["identification first", "call-back number", "opt-out last", "each of them audible"],
            "understood_by_a_recogniser": grounds.understood,
            "hours": {"checked_on": rules.checked_on.isoformat(), "source": rules.source} if rules else None,
            "time_zone_basis": dict(sorted(Counter(one.basis for one in reach.reached).items())) if reach else {},
            "read": reach.count if reach else 0,
            "exported": exported,
            "withheld": sum(reasons.values()),
            "withheld_by_reason": dict(sorted(reasons.items())),
            "lists_refused": no_lists or None,
        }
    )


def suppression(addresses: Iterable[str], begin: datetime) -> bytes:
    """Prove which suppression list was used without naming anybody."""
    day = begin.astimezone(UTC).date().isoformat()
    return table(["sha256", "used_for"], sorted([fingerprint(address), day] for address in addresses))


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()
