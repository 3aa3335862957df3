"""Measure what a join under a sounding bed costs, way by way: docs/decisions/0005-bed-across-joins.md.

    .venv/bin/python benchmarks/sound/joins.py

Needs ffmpeg, as the judge. Every way cuts the packaged bed at the same frames; printed is the error against
the source within 50 ms of a join.
"""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Callable
from itertools import pairwise

import lameenc
import numpy as np

from roadcast import mixing
from roadcast.mixing.encode import DELAY, encode
from roadcast.mixing.framing import frames
from roadcast.mixing.signal import factor, to_pcm
from roadcast.model import AudioFormat

FORMAT = AudioFormat()
FRAME = FORMAT.samples_per_frame
CUTS = range(100, 860, 37)  # frames
PRE, POST = 4, 2  # frames of real music before and behind a piece
REACH = 2 * FRAME
SETTINGS = {"in_samplerate": 44_100, "out_samplerate": 44_100, "num_channels": 1, "mode": 3, "brate": 64, "quality": 5}


def decode(data: bytes) -> np.ndarray:
    command = ["ffmpeg", "-v", "quiet", "-nostdin", "-f", "mp3", "-i", "pipe:", "-f", "f32le", "pipe:"]
    return np.frombuffer(subprocess.run(command, input=data, capture_output=True, check=True).stdout, "<f4")


def alone(signal: np.ndarray) -> bytes:
    """Encode as Roadcast does."""
    return encode(signal, FORMAT)


def without_reservoir(signal: np.ndarray) -> bytes:
    """Encode with LAME's own functions, which lameenc's library exports: no frame borrows bits of another."""
    library = ctypes.CDLL(lameenc.__file__)
    library.lame_init.restype = ctypes.c_void_p
    lame = ctypes.c_void_p(library.lame_init())
    for name, value in {**SETTINGS, "bWriteVbrTag": 0, "disable_reservoir": 1}.items():
        getattr(library, f"lame_set_{name}")(lame, value)
    if library.lame_init_params(lame):
        raise RuntimeError("LAME takes no such settings")
    pcm = to_pcm(np.concatenate([signal * np.float32(factor(0.45)), np.zeros(FRAME, np.float32)]))
    room = ctypes.create_string_buffer(len(pcm) + 20_000)
    size = library.lame_encode_buffer(lame, pcm, pcm, len(pcm) // 2, room, len(room))
    encoded = room.raw[:size]
    size = library.lame_encode_flush(lame, room, len(room))
    library.lame_close(lame)
    return encoded + room.raw[:size]


def piece(signal: np.ndarray, first: int, last: int, encoder: Callable[[np.ndarray], bytes]) -> bytes:
    """Frames that decode to frames `first` to `last` of the timeline, encoded with real music around them."""
    start = first * FRAME - PRE * FRAME - (FRAME - (DELAY - FRAME) % FRAME) % FRAME
    lead = np.zeros(max(0, -start), np.float32)
    part = np.concatenate([lead, signal[max(0, start) : (last + POST) * FRAME]])
    dropped = (first * FRAME - start + DELAY) // FRAME
    return b"".join(list(frames(encoder(part), FORMAT))[dropped : dropped + last - first])


def report(name: str, data: bytes, signal: np.ndarray, shift: int) -> None:
    heard = decode(data)[shift:]
    length = min(len(heard), len(signal))
    error = heard[:length] - signal[:length]
    show(name, [error[c * FRAME - REACH : c * FRAME + REACH] for c in CUTS])


def show(name: str, parts: list[np.ndarray]) -> None:
    near = [20 * np.log10(np.sqrt(np.mean(part**2)) + 1e-9) for part in parts]
    print(f"{name:<56} {np.mean(near):7.1f} dBFS mean, {np.max(near):6.1f} worst of {len(near)}")


def faded(signal: np.ndarray, spans: list[tuple[int, int]]) -> None:
    """Let the bed rest at every join, whole clips one after the other."""
    quiet = signal.copy()
    slope = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, 30_000))
    for c in CUTS:
        quiet[c * FRAME - 30_000 : c * FRAME] *= slope[::-1]
        quiet[c * FRAME : c * FRAME + 26_000] *= slope[:26_000]
    clips = [alone(quiet[a * FRAME : b * FRAME]) for a, b in spans]
    heard, parts, start = decode(b"".join(clips))[DELAY:], [], 0
    for (a, b), clip in zip(spans, clips, strict=True):
        source = quiet[a * FRAME : b * FRAME]
        error = heard[start * FRAME :][: len(source)]
        error = error - source[: len(error)]
        parts += [error[:REACH], error[-REACH:]]
        start += sum(1 for _ in frames(clip, FORMAT))
    show("whole clips, the bed faded out before and in behind", parts)
    print(f"{'':<56} and {start - spans[-1][1]} frames more than the source: a hole at each join")


def main() -> None:
    bed = mixing.load_sounds(None, ["bed"]).by_name["bed"]
    signal = (bed[: bed.size // FRAME * FRAME] * 10 ** (1 / 20)).astype(np.float32)  # alone, at -22 LUFS
    spans = list(pairwise([0, *CUTS, len(signal) // FRAME - POST - 1]))
    report("one continuous encode (ours: a bed lies in one clip)", alone(signal), signal, DELAY)
    for name, encoder in (("reservoir on", alone), ("reservoir off", without_reservoir)):
        cut = b"".join(piece(signal, a, b, encoder) for a, b in spans)
        report(f"pieces with real music around them, {name}", cut, signal, 0)
    faded(signal, spans)


if __name__ == "__main__":
    main()
