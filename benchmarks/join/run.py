"""Join a 10-minute episode of 40 voiced clips: ours, pydub's `+=` and export, ffmpeg's concat with re-encoding.

Run it alone: `.venv/bin/python benchmarks/join/run.py`. It voices the clips with Pico, times every way on the
same files in the same minute, each in a process of its own, and prints the ratios.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

CLIPS = 40
SECONDS = 600.0
BARS = {"pydub": 500, "ffmpeg": 100}  # as a call, so many times faster
MEGABYTES = {10: 60, 60: 100}  # most memory of the process, by minutes joined
TEXT = (
    "The new price list takes effect on the first of December, and open quotes keep the old one for sixty days.",
    "A hospital group in the north chose our service plan, because the first call was answered within an hour.",
    "Ask your customer what a day without the machine costs them, and write the answer down before you leave.",
    "The calibration course moves to the spring, so tell everybody who asked for a place that the dates have changed.",
)


def voice(folder: Path) -> list[dict[str, object]]:
    """Voice and encode the clips, each a few sentences long, all together ten minutes."""
    import numpy as np

    from roadcast import assembly
    from roadcast.engines.pico import Pico
    from roadcast.mixing.encode import encode
    from roadcast.mixing.signal import from_speech
    from roadcast.model import AudioFormat, Utterance

    kind, pico = AudioFormat(), Pico()
    said = [from_speech(pico.narrate(Utterance(text=text, voice="en-US")), kind.rate) for text in TEXT]
    pause = np.zeros(kind.rate // 3, np.float32)
    wanted = round(SECONDS / CLIPS * kind.rate)
    clips = []
    for number in range(CLIPS):
        sentences = [part for turn in range(3) for part in (said[(number + turn) % len(said)], pause)]
        data = encode(np.concatenate(sentences)[:wanted], kind)
        path = folder / f"{number:02}.mp3"
        path.write_bytes(data)
        found = assembly.frames(data)
        clips.append(
            {"path": str(path), "frames": found.count, "size": found.size, "digest": hashlib.sha256(data).hexdigest()}
        )
    return clips


def ours(clips: list[dict[str, object]], out: Path) -> dict[str, float]:
    """Join, once as a call on clips in memory and once from file to file."""
    from roadcast import assembly
    from roadcast.model import AudioFormat, Chapter, Clip, ClipKey, Levels

    known = [
        Clip(
            key=ClipKey(str(clip["path"])),
            format=AudioFormat(),
            frames=int(str(clip["frames"])),
            size=int(str(clip["size"])),
            digest=str(clip["digest"]),
            levels=Levels(energies=(), true_peak=-2.0),
        )
        for clip in clips
    ]
    chapters, start = [], 0.0
    for number, clip in enumerate(known):
        chapters.append(Chapter(title=f"Part {number}", start=start, end=start + clip.seconds))
        start += clip.seconds
    tag = assembly.Tag(title="Benchmark", album="Road Briefing", artist="Norrland", date=date(2026, 11, 23))
    calls = []
    for _ in range(5):
        begin = time.perf_counter()
        recording = assembly.join(known, chapters=chapters, tag=tag)
        calls.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    with out.open("wb") as file:
        for part in assembly.write(recording, lambda clip: Path(clip.key).read_bytes()):
            file.write(part)
    return {"call": sorted(calls)[2], "file": min(calls) + time.perf_counter() - begin, "memory": memory()}


def pydub(clips: list[dict[str, object]], out: Path) -> dict[str, float]:
    """Add segment to segment and export; reading the clips is not counted."""
    from pydub import AudioSegment

    parts = [AudioSegment.from_mp3(str(clip["path"])) for clip in clips]
    begin = time.perf_counter()
    whole = parts[0]
    for part in parts[1:]:
        whole += part
    whole.export(out, format="mp3", bitrate="64k")
    seconds = time.perf_counter() - begin
    return {"call": seconds, "file": seconds, "memory": memory()}


def ffmpeg(clips: list[dict[str, object]], out: Path) -> dict[str, float]:
    """Have ffmpeg read the list of files and encode the whole once more."""
    listing = out.with_suffix(".txt")
    listing.write_text("".join(f"file '{clip['path']}'\n" for clip in clips))
    command = ["ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", listing, "-b:a", "64k", out]
    begin = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True)
    seconds = time.perf_counter() - begin
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"call": seconds, "file": seconds, "memory": children}


def memory() -> float:
    """Tell the most memory this program ever held, in megabytes; getrusage would count the one that started it."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


WAYS = {"ours": ours, "pydub": pydub, "ffmpeg": ffmpeg}


def measure(way: str, clips: list[dict[str, object]], folder: Path) -> dict[str, float]:
    """Run one way in a process of its own."""
    out = folder / f"{way}-{len(clips)}.out.mp3"
    command = [sys.executable, __file__, "--way", way, "--out", str(out)]
    done = subprocess.run(command, input=json.dumps(clips), capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout)
    told = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(out)]
    figures["seconds"] = float(subprocess.run(told, capture_output=True, text=True, check=True).stdout)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.way:
        print(json.dumps(WAYS[given.way](json.load(sys.stdin), given.out)))
        return 0
    if not shutil.which("ffmpeg"):
        print("ffmpeg is needed to compare with")
        return 1
    with tempfile.TemporaryDirectory() as name:
        return report(Path(name))


def report(folder: Path) -> int:
    clips = voice(folder)
    figures = {way: measure(way, clips, folder) for way in WAYS}
    hour = measure("ours", clips * 6, folder)
    print(f"{len(clips)} clips, {figures['ours']['seconds'] / 60:.1f} minutes\n")
    print(f"{'':8}{'as a call':>14}{'file to file':>14}{'memory':>10}{'length told':>14}")
    for way, told in (*figures.items(), ("ours, 60", hour)):
        call, file = told["call"] * 1000, told["file"] * 1000
        print(f"{way:8}{call:>11.2f} ms{file:>11.2f} ms{told['memory']:>7.0f} MB{told['seconds']:>12.3f} s")
    print()
    passed = []
    for way, bar in BARS.items():
        call, file = (figures[way][what] / figures["ours"][what] for what in ("call", "file"))
        passed.append(call >= bar)
        print(f"against {way}: {call:,.0f} x as a call (bar {bar}), {file:,.0f} x file to file")
    for minutes, told in ((10, figures["ours"]), (60, hour)):
        passed.append(told["memory"] < MEGABYTES[minutes])
        print(f"{minutes} minutes in {told['memory']:.0f} MB (bar {MEGABYTES[minutes]})")
    print("all bars met" if all(passed) else "A BAR WAS MISSED")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
