"""Measure what a join under a sounding bed costs, way by way: docs/decisions/0005-bed-across-joins.md.

    python benchmarks/sound/joins.py

Needs ffmpeg, as the judge. Every way cuts the packaged bed at the same frames; printed is the error against
the source within 50 ms of a join.
"""

from __future__ import annotations

import subprocess
from itertools import pairwise

import numpy as np

from roadcast import mixing
from roadcast.mixing.encode import DELAY, encode, frames
from roadcast.model import AudioFormat

FORMAT = AudioFormat()
FRAME = FORMAT.samples_per_frame
CUTS = range(100, 860, 37)  # frames
PRE, POST = 4, 2  # frames of real music before and behind a piece
REACH = 2 * FRAME


def decode(data: bytes) -> np.ndarray:
    command = ["ffmpeg", "-v", "quiet", "-nostdin", "-f", "mp3", "-i", "pipe:", "-f", "f32le", "pipe:"]
    return np.frombuffer(subprocess.run(command, input=data, capture_output=True, check=True).stdout, "<f4")


def borrowed(frame: bytes) -> int:
    """How many bytes of the frames before it a frame needs."""
    return frame[4] << 1 | frame[5] >> 7


def piece(signal: np.ndarray, first: int, last: int, drain: np.ndarray | None = None) -> list[bytes]:
    """Frames that decode to frames `first` to `last` of the timeline, encoded with real music around them."""
    start = first * FRAME - PRE * FRAME - (FRAME - (DELAY - FRAME) % FRAME) % FRAME
    lead = np.zeros(max(0, -start), np.float32)
    part = np.concatenate([lead, signal[max(0, start) : (last + POST) * FRAME]])
    if drain is not None:
        part[: len(drain)] = drain
    dropped = (first * FRAME - start + DELAY) // FRAME
    return list(frames(encode(part, FORMAT), FORMAT))[dropped : dropped + last - first]


def drained(signal: np.ndarray, first: int, last: int, tries: int = 60) -> tuple[list[bytes], bool]:
    """Search for a noise before the piece that leaves the reservoir empty where it begins."""
    random = np.random.default_rng(first)
    found = piece(signal, first, last)
    for _ in range(tries):
        noise = random.standard_normal(random.integers(FRAME, 2 * FRAME)).astype(np.float32) * random.uniform(0.01, 0.5)
        head = piece(signal, first, first + 1, noise)
        if borrowed(head[0]) == 0:
            return piece(signal, first, last, noise), True
    return found, False


def report(name: str, data: bytes, signal: np.ndarray, shift: int) -> None:
    heard = decode(data)[shift:]
    length = min(len(heard), len(signal))
    error = heard[:length] - signal[:length]
    near = [20 * np.log10(np.sqrt(np.mean(error[c * FRAME - REACH : c * FRAME + REACH] ** 2)) + 1e-9) for c in CUTS]
    print(f"{name:<52} {np.mean(near):7.1f} dBFS mean, {np.max(near):6.1f} worst of {len(near)} joins")


def main() -> None:
    bed = mixing.load_sounds(None, ["bed"]).by_name["bed"]
    signal = (bed[: bed.size // FRAME * FRAME] * 10 ** (1 / 20)).astype(np.float32)  # alone, at -22 LUFS
    edges = [0, *CUTS, len(signal) // FRAME - POST - 1]
    spans = list(pairwise(edges))
    report("one continuous encode (the bar)", encode(signal, FORMAT), signal, DELAY)
    cut = b"".join(b"".join(piece(signal, a, b)) for a, b in spans)
    report("pieces with real music around them, reservoir on", cut, signal, 0)
    emptied = [drained(signal, a, b) if a else (piece(signal, a, b), True) for a, b in spans]
    share = sum(found for _, found in emptied) / len(emptied)
    data = b"".join(b"".join(part) for part, _ in emptied)
    report(f"the same behind a noise that empties it ({share:.0%} found)", data, signal, 0)
    whole = b"".join(encode(signal[a * FRAME : b * FRAME], FORMAT) for a, b in spans)
    longer = sum(1 for _ in frames(whole, FORMAT)) - edges[-1]
    print(f"whole clips, each with the codec's silence around it: {longer} frames longer")
    faded = signal.copy()
    for c in CUTS:
        slope = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, 30_000))
        faded[c * FRAME - 30_000 : c * FRAME] *= slope[::-1]
        faded[c * FRAME : c * FRAME + 26_000] *= slope[:26_000]
    clips, at = [], []
    for a, b in spans:
        at.append(sum(map(len, clips)))
        clips.append(list(frames(encode(faded[a * FRAME : b * FRAME], FORMAT), FORMAT)))
    heard = decode(b"".join(b"".join(clip) for clip in clips))[DELAY:]
    near = []
    for (a, b), start in zip(spans, at, strict=True):
        length = (b - a) * FRAME
        error = heard[start * FRAME :][:length] - faded[a * FRAME : b * FRAME][: len(heard[start * FRAME :][:length])]
        near += [20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-9) for part in (error[:REACH], error[-REACH:])]
    name = "faded out before and in behind each join (ours)"
    print(f"{name:<52} {np.mean(near):7.1f} dBFS mean, {np.max(near):6.1f} worst")


if __name__ == "__main__":
    main()
