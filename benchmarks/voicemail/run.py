"""Measure the voicemail export: 10,000 recipients over all US zones, and the audio of all targets for one 40 s cut.

    .venv/bin/python benchmarks/voicemail/run.py

Prints the figures beside what was promised, and ends with 1 if a promise is broken. Seconds are of one processor
(user and system): the export is one thread, and what else the machine does must not show.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

import drops
from roadcast.voicemail import chain, export, reach, recipients

RECIPIENTS, LIST_SECONDS, LIST_MEGABYTES = 10_000, 20.0, 300.0
AUDIO_SECONDS = 5.0
AREAS = (212, 312, 303, 415, 907, 808, 671, 340, 787, 602, 208, 850, 605, 317, 406, 505, 702, 615, 904, 956)


def team(count: int) -> bytes:
    """Write a file of recipients, every area code in turn; one in fifty is no number, one in fifty has no consent."""
    rows = []
    for number in range(count):
        digits = f"{AREAS[number % len(AREAS)]}{200 + number // 10_000 + number // 100 % 700:03d}{number % 10_000:04d}"
        phone = "911" if number % 50 == 7 else f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
        consent = ",,,," if number % 50 == 9 else drops.CONSENT
        rows.append(f"{phone},,First{number},Last{number},rep{number}@example.com,,,{consent}")
    return "\r\n".join([drops.HEADER, *rows, ""]).encode()


def lists(folder: Path, message: export.Message) -> tuple[float, float, reach.Reach]:
    """Read, decide, and write every list and call file; seconds and megabytes at the highest."""
    content = team(RECIPIENTS)
    start = time.process_time()
    book = recipients.read(content, name="team.csv")
    policy = drops.policy(now=datetime(2026, 11, 23, 13, 0, tzinfo=UTC), written_in=("America/New_York",))
    decided = reach.decide(book, policy=policy)
    drops.save(drops.order("all", reached=decided, messages=(message,)), folder)
    seconds = time.process_time() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, decided


def audio(folder: Path, cut: drops.cut.Cut) -> tuple[float, int, float]:
    """Process, encode, check and write one cut for every target; seconds, files, and seconds of sound."""
    start = time.process_time()
    message = export.finish(cut, sender=drops.SENDER, voice=drops.voice)
    place = drops.save(drops.order("all", messages=(message,)), folder)
    return time.process_time() - start, len(list((place / "audio").iterdir())), message.master.seconds


def main() -> int:
    cut = drops.cut_of(seconds=40)  # synthesis is not measured
    chain.process(cut.passages)  # nor is importing libraries
    with tempfile.TemporaryDirectory() as name:
        sound, files, length = audio(Path(name) / "audio", cut)
        seconds, megabytes, decided = lists(Path(name) / "lists", drops.message())
    print(f"{RECIPIENTS} recipients: {len(decided.reached)} reached, {len(decided.withheld)} withheld")
    broken = 0
    for what, value, limit in (
        (f"{RECIPIENTS} recipients, every list, s", seconds, LIST_SECONDS),
        ("highest memory of all this, MB", megabytes, LIST_MEGABYTES),
        (f"{files} audio files of a cut of {length:.1f} s, s", sound, AUDIO_SECONDS),
    ):
        broken += value > limit
        print(f"{what:<45} {value:7.1f} of {limit:5.0f} ({value / limit:4.0%})")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
