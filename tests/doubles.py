"""Stand-ins for what is slow: an executor without processes, and a production without an encoder."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path

import numpy as np

from roadcast import mixing, narration
from roadcast.model import AudioFormat, Clip, Levels
from roadcast.store import Store
from roadcast.workflow import making


class Inline(Executor):
    """Does every job at once, in this process, where tests can see and disturb it."""

    def __init__(self, _workers: int = 1) -> None:
        pass

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  a future carries whatever was raised
            future.set_exception(error)
        return future


@cache
def _quiet(frames: int) -> bytes:
    return mixing.silence(frames, AudioFormat())[1]


def quiet(frames: int) -> bytes:
    """Give so many frames of silence: whole encodings in a row, which decode as one."""
    blocks, rest = divmod(frames, 100)
    return _quiet(100) * blocks + (_quiet(rest) if rest else b"")


def _sinking(loudness, *, hops):
    """Give energies of this loudness in all, that fall by 5 dB from the first to the last, as a presenter's do."""
    falls = 10 ** (np.linspace(2.5, -2.5, hops) / 10)
    return tuple((falls / falls.mean() * 10 ** ((loudness + 0.691) / 10)).tolist())


def quick_make(job: making.Job) -> Clip:
    """Narrate for real, and lay silence of the same length where production would mix and encode."""
    store = Store(Path(job.store))
    said = narration.narrate(job.script, making._cast(job.presenters, job.options))
    starts, at = [], 0.0
    for take in said.takes:
        starts.append((at, at + take.speech.seconds))
        at += take.speech.seconds + take.pause
    frames = round((at + mixing.music_seconds(job.script) + 0.05) / float(job.format.seconds(1)))
    data = quiet(frames)
    energies = _sinking(job.loudness, hops=max(4, round(at * 10)))
    clip = Clip(
        key=job.key,
        format=job.format,
        frames=frames,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        levels=Levels(energies=energies, true_peak=-2.0),
        passages=tuple(starts),
        engines=said.engines,
    )
    store.keep(clip, data)
    return clip
