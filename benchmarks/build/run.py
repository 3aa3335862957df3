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
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from roadcast.model import Script

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
    for place, item in enumerate(by_length(first)):
        edits(f"a sentence of {item['slug']}", item, [(done["sentences"][place], done["cold"]) for done in rounds])
    for which in PLACES:
        item, _ = rounds[0]["rewritten"][which]
        edits(f"every line, {which}", item, [(done["rewritten"][which][1], done["cold"]) for done in rounds])
    took, unchanged = [_wall(done["same"]) for done in rounds], all(done["unchanged"] for done in rounds)
    print(f"nothing changed {spread(took)} s wall (bar: 1 s), bytes equal: {unchanged}")
    print(f"plan of 10,000  {plan:.2f} s (bar: 2 s)")


def edits(what: str, item: dict, builds: list[tuple[dict, dict]]) -> None:
    """Print what builds after an edit took, each beside the cold build of its round."""
    took, share = [_cpu(after) for after, _ in builds], [_cpu(after) / _cpu(cold) for after, cold in builds]
    voiced = {after["report"]["clips_rendered"] for after, _ in builds}
    print(f"{what}, {item['seconds']:.0f} s as {item['variant']}, clips {voiced}:")
    print(f"  {spread(took)} s CPU, {spread(share, '.1%')} of the cold build (bar: 20 %)")


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
    sentences = [build_with(folder, *edit) for edit in sentences_in(folder, cold["report"])]
    rewritten = {which: rewrite(folder, cold["report"], place) for which, place in PLACES.items()}
    clips = said_in(folder)
    bare = {"on two cores": parts(clips, 2), "one by one": parts(clips, 1)}
    return {
        "cold": cold,
        "same": same,
        "unchanged": unchanged,
        "sentences": sentences,
        "rewritten": rewritten,
        "bare": bare,
    }


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


def by_length(report: dict) -> list[dict]:
    """List the items that an edition tells, the shortest first."""
    return sorted(report["items"], key=lambda item: item["seconds"])


def sentences_in(folder: Path, report: dict) -> list[tuple[Path, str]]:
    """Change one word of each item that is told, in the longest of its sections: what costs most for one sentence.

    Returns:
        The file of each item, the shortest told first, and what it says after the edit.
    """
    from roadcast import mixing
    from roadcast.model import Origin

    scripts = {script.name: script for script in scripts_of(folder)[0]}
    found = []
    for item in by_length(report):
        (path,) = (folder / "briefings").rglob(f"{item['slug']}.md")
        sections = sorted(mixing.sections(scripts[item["slug"]]), key=characters, reverse=True)
        told = [passage.text for section in sections for passage in section.passages if passage.origin is Origin.SOURCE]
        found.append((path, next(filter(None, (with_another_word(path.read_text("utf-8"), text) for text in told)))))
    return found


def with_another_word(source: str, sentence: str) -> str:
    """Give a briefing with one word of a sentence changed; nothing if its headline or its action says it, too."""
    words = sentence.split()
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        places = list(re.finditer(rf"\b{re.escape(before)}(\s+){re.escape(word)}(\s+){re.escape(after)}", source))
        line = source[: places[0].start()].rpartition("\n")[2] if places else ""
        if len(places) == 1 and word.isalpha() and word.islower() and not line.startswith(("headline:", "action:")):
            return source[: places[0].end(1)] + "certain" + source[places[0].start(2) :]
    return ""


def rewrite(folder: Path, report: dict, place: float) -> tuple[dict, dict]:
    """Change a word in most lines of an item, as its author would who begins again; give the item, and a build's cost.

    `place` chooses the item by its length, from 0, the shortest one told, to 1, the longest.
    """
    told = by_length(report)
    item = told[round(place * (len(told) - 1))]
    (path,) = (folder / "briefings").rglob(f"{item['slug']}.md")
    lines = path.read_text(encoding="utf-8").split("\n")
    again = [text if text.startswith(("headline:", "action:")) else text.replace(" the ", " our ") for text in lines]
    assert again != lines
    return item, build_with(folder, path, "\n".join(again))


def build_with(folder: Path, path: Path, text: str) -> dict:
    """Write a briefing, and build."""
    path.write_text(text, encoding="utf-8")
    return build(folder)


def scripts_of(folder: Path) -> tuple[list[Script], list[str]]:
    """Give the scripts of the edition's segments, and the voice of each presenter."""
    from roadcast.bootstrap import open_studio
    from roadcast.workflow import line, settling
    from roadcast.workflow.order import Order, Progress

    with open_studio(folder) as studio:
        order = Order(edition=studio.edition(studio.shows[0].id, dt.date.fromisoformat(DATE)))
        desk, brief = line.prepare(studio, order, Progress())
        scripts = [desk.script(segment) for segment in settling.plan(desk, brief).segments]
        return scripts, [desk.voicing.part(n).voice.name for n in range(len(studio.shows[0].presenters))]


def characters(script: Script) -> int:
    """Count what a script says."""
    return sum(len(passage.spoken.text) for passage in script.passages)


def said_in(folder: Path) -> list[list[tuple[int, str, str, float]]]:
    """Give what the edition's clips say, the longest first: presenter, voice, spoken text and seconds of pause.

    Long segments are made in sections here, too, which is no less work.
    """
    from roadcast import mixing

    scripts, voices = scripts_of(folder)
    clips = []
    for script in sorted(scripts, key=characters, reverse=True):
        clips += [
            [(p.presenter, voices[p.presenter], p.spoken.text, p.pause.total_seconds()) for p in section.passages]
            for section in mixing.sections(script)
        ]
        clips[-1][-1] = (*clips[-1][-1][:3], 0.0)  # what is between segments is no part of either
    return clips


def parts(clips: list[list[tuple[int, str, str, float]]], processes: int) -> tuple[float, float]:
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
    """Voice, resample, level and encode the clips on standard input; print the CPU seconds of it, and of all.

    Levelling is the build's: each presenter to its loudness, sinking within paragraphs, peaks under the ceiling.
    What is levelled and encoded has the pauses in it that the clips have; their music is no part of this.
    """
    import lameenc
    import numpy as np
    import soxr

    from roadcast import engines
    from roadcast.mixing import levelling, phrasing
    from roadcast.model import AudioFormat, Take, Utterance

    clips, rate = json.load(sys.stdin), AudioFormat().rate
    pico = engines.find("pico")
    pico.narrate(Utterance(text="Warm up.", voice="en-US"))
    started = time.process_time()
    for clip in clips:
        said: dict[int, list[tuple[Take, np.ndarray]]] = {}
        for presenter, voice, text, pause in clip:
            speech = pico.narrate(Utterance(text=text, voice=voice))
            samples = np.frombuffer(speech.pcm, "<i2").astype(np.float32) / 32768
            take = Take(speech=speech, pause=pause, starts=(0.0,))
            sound = soxr.resample(samples, speech.rate, rate).astype(np.float32)
            silence = np.zeros(round(pause * rate), np.float32)
            said.setdefault(presenter, []).append((take, np.concatenate([sound, silence])))
        levelled = []
        for own in said.values():
            takes, samples = [take for take, _ in own], np.concatenate([part for _, part in own])
            edges = [0.0, *np.cumsum([len(part) / rate for _, part in own]).tolist()]
            sinking = phrasing.contour(takes, list(pairwise(edges)), rate=rate)
            levelled.append(levelling.level(samples, rate, target=-16.0, phrasing=sinking)[0])
        encoder = lameenc.Encoder()
        encoder.silence()
        encoder.set_bit_rate(64)
        encoder.set_in_sample_rate(rate)
        encoder.set_channels(1)
        encoder.set_quality(5)
        encoder.encode((np.clip(np.concatenate(levelled), -1, 1) * 32767).astype("<i2").tobytes())
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
