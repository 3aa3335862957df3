"""What a build costs: against its bare parts, after an edit, with nothing to do, and with ten thousand items.

    .venv/bin/python benchmarks/build/run.py

Runs on copies of the sample workspace and prints the table of docs/performance.md, section "Building". CPU seconds
are user and system time of the command and its workers, as the kernel counts them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATE = "2026-11-20"
ROUNDS = 5  # machines are noisy: a ratio is of figures of one round
PLACES = {"shortest": 0.0, "median": 0.5, "longest": 1.0}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        rounds = [measured(Path(name) / f"round-{number}") for number in range(ROUNDS)]
        plan = ten_thousand(Path(name) / "huge")
    cold, first = [done["cold"] for done in rounds], rounds[0]["cold"]["report"]
    minutes, voices = first["duration_seconds"] / 60, ", ".join(first["voices"])
    print(
        f"{minutes:.1f} minutes, {first['clips_rendered']} clips, voices {voices}; medians of {ROUNDS} rounds (range)"
    )
    wall, cpu, cores = ([make(one) for one in cold] for make in (_wall, _cpu, lambda one: _cpu(one) / _wall(one)))
    print(f"cold build      {spread(cpu)} s CPU, {spread(wall)} s wall, {spread(cores)} cores in use")
    print(f"largest process {max(one['rss'] for one in cold):.0f} MB")
    for name in rounds[0]["bare"]:
        work, whole = ([_cpu(done["cold"]) / done["bare"][name][which] for done in rounds] for which in (0, 1))
        took = [done["bare"][name][0] for done in rounds]
        print(f"bare, {name:12} {spread(took)} s CPU: the build takes {spread(work)} times as much (bar: 1.5)")
        print(f"  from the start of their processes {spread(whole)} times")
    for which in PLACES:
        item, after = rounds[0]["edits"][which]
        told = f"{item['variant']} in {item['seconds']:.0f} s, {after['report']['clips_rendered']} clips"
        took = [_cpu(done["edits"][which][1]) for done in rounds]
        share = [_cpu(done["edits"][which][1]) / _cpu(done["cold"]) for done in rounds]
        print(f"an item edited  {spread(took)} s CPU: {spread(share, '.1%')} of the cold build (bar: 20 %)")
        print(f"  the {which}, told as {told}")
    took, unchanged = [_wall(done["same"]) for done in rounds], all(done["unchanged"] for done in rounds)
    print(f"nothing changed {spread(took)} s wall (bar: 1 s), bytes equal: {unchanged}")
    print(f"plan of 10,000  {plan:.2f} s (bar: 2 s)")


def _wall(build: dict) -> float:
    return build["wall"]


def _cpu(build: dict) -> float:
    return build["cpu"]


def measured(folder: Path) -> dict:
    """Build, build again, and edit, in a copy of the sample; then do the bare parts of the same clips."""
    folder.mkdir()
    shutil.copy(ROOT / "roadcast.toml", folder)
    for part in ("briefings", "scripts"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("20*"))
    cold = build(folder)
    before = outputs(folder)
    same = build(folder)
    unchanged = outputs(folder) == before
    edits = {which: edited(folder, cold["report"], place) for which, place in PLACES.items()}
    clips = said_in(folder)
    bare = {"on two cores": parts(clips, 2), "one by one": parts(clips, 1)}
    return {"cold": cold, "same": same, "unchanged": unchanged, "edits": edits, "bare": bare}


def spread(figures: list[float], form: str = ".2f") -> str:
    """Write the median of some figures, and their least and most."""
    return f"{statistics.median(figures):{form}} ({min(figures):{form}} to {max(figures):{form}})"


def build(folder: Path) -> dict:
    """Run the command; measure the whole tree of its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    command = [sys.executable, "-m", "roadcast", "build", "--date", DATE, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stderr)
    reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "report": json.loads(done.stdout)["episodes"][0],
        "wall": wall,
        "cpu": cpu,
        "rss": after.ru_maxrss / 1024,
    }


def adopt() -> None:
    """Have the workers' server handed to this process when its parent ends, so that its CPU time is counted here."""
    import ctypes

    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER, prctl(2)


def reap() -> None:
    """Wait for everything that was adopted."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def outputs(folder: Path) -> dict[str, str]:
    """Give the digests of everything that was made."""
    files = [p for top in ("feeds", "audio_out", "scripts") for p in (folder / top).rglob("*") if p.is_file()]
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def edited(folder: Path, report: dict, place: float) -> tuple[dict, dict]:
    """Change a word of an item, as an author would, where it is said; give the item, and what a build cost.

    `place` chooses the item by its length, from 0, the shortest one told, to 1, the longest.
    """
    told = sorted(report["items"], key=lambda item: item["seconds"])
    item = told[round(place * (len(told) - 1))]
    (path,) = (folder / "briefings").rglob(f"{item['slug']}.md")
    lines = path.read_text(encoding="utf-8").split("\n")
    again = [text if text.startswith(("headline:", "action:")) else text.replace(" the ", " our ") for text in lines]
    assert again != lines
    path.write_text("\n".join(again), encoding="utf-8")
    return item, build(folder)


def said_in(folder: Path) -> list[list[tuple[int, str, str]]]:
    """Give what the edition's clips say, the longest first: presenter, voice and spoken text of each passage."""
    from roadcast.bootstrap import open_studio
    from roadcast.workflow import line, settling
    from roadcast.workflow.order import Order, Progress

    with open_studio(folder) as studio:
        order = Order(edition=studio.edition(studio.shows[0].id, dt.date.fromisoformat(DATE)))
        desk, brief = line.prepare(studio, order, Progress())
        scripts = [desk.script(segment) for segment in settling.plan(desk, brief).segments]
        voices = [desk.voicing.part(n).voice.name for n in range(len(studio.shows[0].presenters))]
    told = [[(p.presenter, voices[p.presenter], p.spoken.text) for p in script.passages] for script in scripts]
    return sorted(told, key=lambda clip: sum(len(text) for _, _, text in clip), reverse=True)


def parts(clips: list[list[tuple[int, str, str]]], processes: int) -> tuple[float, float]:
    """Do the bare work of the same clips, with nothing around it.

    Two at once slow each other down, as the build's own workers do: cores share caches, and often more.

    Returns:
        CPU seconds of all processes together: of the work alone, and of the processes from their start, for the
        build's figure counts the starts of its processes and the libraries that they load, too.
    """
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from run import bare; bare()"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    for share, process in enumerate(running):
        assert process.stdin is not None
        json.dump(clips[share::processes], process.stdin)
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate()[0].split() for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("the bare parts cannot be done; see above")
    work, whole = (sum(map(float, figures)) for figures in zip(*answers, strict=True))
    return work, whole


def bare() -> None:
    """Voice, resample, level, limit and encode the clips on standard input; print the CPU seconds of it, and of all."""
    import lameenc
    import numpy as np
    import soxr

    from roadcast import engines
    from roadcast.mixing import levelling, limiter
    from roadcast.model import AudioFormat, Utterance

    clips, rate = json.load(sys.stdin), AudioFormat().rate
    pico = engines.find("pico")
    pico.narrate(Utterance(text="Warm up.", voice="en-US"))
    started = time.process_time()
    for clip in clips:
        said: dict[int, list[np.ndarray]] = {}
        for presenter, voice, text in clip:
            speech = pico.narrate(Utterance(text=text, voice=voice))
            samples = np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768
            said.setdefault(presenter, []).append(soxr.resample(samples, speech.rate, rate).astype(np.float32))
        levelled = [levelling.level(np.concatenate(takes), rate, target=-16.0)[0] for takes in said.values()]
        limited = limiter.limit(np.concatenate(levelled), rate, ceiling=levelling.CEILING)
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(64)
        encoder.set_in_sample_rate(rate)
        encoder.set_channels(1)
        encoder.set_quality(5)
        encoder.encode((np.clip(limited, -1, 1) * 32767).astype("<i2").tobytes())
        encoder.flush()
    now = time.process_time()
    print(now - started, now)


def ten_thousand(folder: Path) -> float:
    """Plan an edition of a pool of ten thousand items that are read already."""
    from roadcast.bootstrap import open_studio
    from roadcast.workflow import line
    from roadcast.workflow.order import Order, Progress

    folder.mkdir()
    shutil.copy(ROOT / "roadcast.toml", folder)
    shutil.copytree(ROOT / "briefings", folder / "briefings")
    with open_studio(folder) as studio:
        order = Order(edition=studio.edition(studio.shows[0].id, dt.date.fromisoformat(DATE)))
        desk, brief = line.prepare(studio, order, Progress())
        few = [candidate.item for candidate in brief.candidates]
        many = [replace(few[n % len(few)], slug=f"{few[n % len(few)].slug}-{n}") for n in range(10_000)]
        started = time.perf_counter()
        from roadcast import planning

        chosen, out = planning.candidates(brief.show, many, aired=(), ordinal=1, now=studio.moment(order.edition))
        planning.plan(replace(brief, candidates=chosen, left_out=out), measure=desk.measure)
        return time.perf_counter() - started


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        adopt()
        main()
