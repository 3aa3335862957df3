"""Make voicemail drops that really speak: lines, messages, recipients and whole bundles."""

from __future__ import annotations

import io
from csv import reader as csv_reader
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import soundfile

from roadcast.engines.pico import Pico
from roadcast.mixing.encode import encode as encode_mp3
from roadcast.model import AudioFormat, Confidentiality, ContentItem, Utterance
from roadcast.testing import make_item
from roadcast.voicemail import bundle, chain, cut, export, profiles, reach, recipients, records, sender, windows
from roadcast.voicemail.cut import Line, Role

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 10 a.m. in New York, 7 a.m. in Los Angeles
DAY = date(2026, 11, 23)
RULES = windows.load()
WORDING = sender.load_wording()
PROFILES = profiles.packaged()
SENDER = sender.Sender(
    business="Northwind Traders", call_back="+1 415 555 2671", opt_out="+1 800 555 0199", caller_id="+1 415 555 2600"
)
_FIGURES = dict(
    zip("0123456789", ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], strict=True)
)


def spoken(text: str) -> str:
    """Say figures one by one: enough for telephone numbers and days."""
    words = "".join(f" {_FIGURES[ch]} " if ch in _FIGURES else ch for ch in text)
    return (
        " ".join(words.replace("(", " ").replace(")", ", ").replace("-", ", ").split())
        .replace(" ,", ",")
        .replace(" .", ".")
    )


@cache
def _pico() -> Pico:
    return Pico()


@cache
def say(text: str, *, attempt: int = 0) -> np.ndarray:
    """Give the sound of a text at 16 kHz."""
    speech = _pico().narrate(Utterance(text=spoken(text), voice="en-US", attempt=attempt))
    return chain.signal_of(speech)


def voice(line: Line, attempt: int) -> np.ndarray:
    return say(line.text, attempt=attempt)


def mp3(samples: np.ndarray, rate: int, kbps: int) -> bytes:
    return encode_mp3(samples.astype(np.float32) / 32768, AudioFormat(rate=rate, channels=1, kbps=kbps))


def items() -> list[ContentItem]:
    """Five items that may leave the house."""
    told = (
        (
            "harbor-release",
            "Harbor release five ships on Tuesday and halves setup time",
            "Ask your customers to update.",
        ),
        ("starter-price", "The starter plan costs ten percent more from January", ""),
        ("renewal", "The partner team closed the largest renewal of the year", ""),
        ("battle-card", "A new battle card explains how to answer price questions", ""),
        ("kickoff", "The sales kickoff takes place in Denver in February", ""),
    )
    return [
        make_item(
            slug,
            headline=headline,
            body="It is ready today. Details are in the feed.",
            confidentiality=Confidentiality.PUBLIC,
            **({"action": action} if action else {}),
        )
        for slug, headline, action in told
    ]


def cut_of(*, seconds: float = 40, told: list[ContentItem] | None = None, who: sender.Sender = SENDER) -> cut.Cut:
    before, after = cut.frame(who, WORDING, show="Morning Briefing", day=DAY)
    return cut.compose(before, items() if told is None else told, after, seconds=seconds, voice=voice)


@cache
def message(*, seconds: float = 40) -> export.Message:
    return export.finish(cut_of(seconds=seconds), sender=SENDER, voice=voice)


def samples() -> np.ndarray:
    """Give the finished message, 16 bits at 8 kHz; a copy, to be spoiled."""
    return message().master.narrow.copy()


HEADER = "phone,mailbox,first_name,last_name,email,timezone,postal_code,consent_basis,consent_at,consent_source,scope,revoked_at"
CONSENT = "written,2026-01-15,contract,morning,"


def csv(*rows: str) -> bytes:
    """Write a file of recipients; a row is what comes before its consent, which is good unless the row is longer."""
    width = HEADER.count(",") + 1
    lines = []
    for row in rows:
        given = len(next(csv_reader([row.replace("\n", " ")])))
        lines.append(row if given >= width else f"{row}{',' * (7 - given)},{CONSENT}")
    return "\r\n".join([HEADER, *lines, ""]).encode()


def book(*rows: str) -> recipients.AddressBook:
    return recipients.read(csv(*rows), name="team.csv")


def policy(**what_matters: object) -> reach.Policy:
    usual = reach.Policy(scope="morning", region="US", now=NOW, rules=RULES, briefing="morning-2026-11-23")
    return replace(usual, **what_matters)


def decide(*rows: str, suppressed: tuple[str, ...] = (), **what_matters: object) -> reach.Reach:
    return reach.decide(book(*rows), policy=policy(**what_matters), suppressed=suppressed)


def order(*targets: str, reached: reach.Reach | None = None, **what_matters: object) -> export.Order:
    usual = export.Order(
        briefing="morning-2026-11-23",
        title="Morning Briefing, 23 November",
        day=DAY,
        sender=SENDER,
        profiles=profiles.select(PROFILES, targets or ("all",)),
        messages=what_matters.get("messages") or (message(),),
        grounds=records.Grounds(
            scope="morning",
            begin=NOW,
            rules=records.RulesUsed(checked_on=RULES.checked_on, source=RULES.source),
        ),
        mp3=mp3,
        generator="roadcast test",
        reach=reached,
    )
    return replace(usual, **what_matters)


def save(what: export.Order, folder: Path) -> Path:
    place = bundle.place(folder, what.briefing)
    bundle.save(export.export(what), place)
    return place


def wave(samples: np.ndarray, *, rate: int = 8000, subtype: str = "PCM_16", container: str = "WAV") -> bytes:
    """Write a WAVE file with somebody else's library."""
    file = io.BytesIO()
    soundfile.write(file, samples, rate, subtype=subtype, format=container)
    return file.getvalue()


def line(text: str, role: Role = Role.ITEM) -> Line:
    return Line(role=role, text=text)


TONES = {"#": (941, 1477), "*": (941, 1209), "0": (941, 1336), "1": (697, 1209), "5": (770, 1336), "D": (941, 1633)}


def press(
    key: str, *, seconds: float = 0.1, amplitude: float = 4000, rate: int = 8000, twist: float = 0.0
) -> np.ndarray:
    low, high = TONES[key]
    time = np.arange(round(seconds * rate)) / rate
    louder = 10 ** (twist / 20)
    return amplitude * (np.sin(2 * np.pi * low * time) + louder * np.sin(2 * np.pi * high * time))


def planted(key: str, at: float = 3.0, **how: float) -> np.ndarray:
    spoiled = samples().astype(float)
    tone = press(key, **how)
    start = round(at * 8000)
    spoiled[start : start + len(tone)] = tone
    return spoiled.astype(np.int16)
