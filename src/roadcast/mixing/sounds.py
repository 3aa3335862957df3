"""Find the music that cues name: the team's own over the packaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np

from roadcast.errors import ProductionError
from roadcast.mixing import foreign, music
from roadcast.mixing.gating import SILENT, loudness
from roadcast.mixing.library import files
from roadcast.mixing.meter import energies
from roadcast.mixing.signal import Samples, factor, from_speech
from roadcast.model import Cue
from roadcast.model.rundown import CueKind

REFERENCE = -23.0  # LUFS that every sound is brought to (EBU R 128); the mix then sets its level
BED_FROM = 8.0  # seconds: a longer sound is a bed and goes round, a shorter one a sting

_CROSSFADE = 1.0  # seconds of a bed's end laid over its beginning, so that it can go round


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """Stings and beds by name: mono, `rate` samples per second, at `REFERENCE` LUFS."""

    rate: int
    by_name: Mapping[str, Samples] = field(default_factory=dict)

    def get(self, cue: Cue) -> Samples:
        """Find the sound of a cue.

        Raises:
            ProductionError: if it was not loaded, or is no sound for such a cue.
        """
        if cue.sound not in self.by_name:
            raise ProductionError(f"the {cue.kind} '{cue.sound}' was not loaded; load the sound of every cue")
        sound = self.by_name[cue.sound]
        seconds = len(sound) / self.rate
        if cue.kind is CueKind.STING and seconds >= BED_FROM:
            raise ProductionError(
                f"sounds/{cue.sound}: a sting of {seconds:.0f} s; cut it to less than {BED_FROM:.0f} s"
            )
        if cue.kind is CueKind.BED and seconds < BED_FROM - _CROSSFADE:
            raise ProductionError(
                f"no bed called '{cue.sound}': put {cue.sound}.wav, {BED_FROM:.0f} s or longer, into sounds/, "
                'or write bed = "bed"'
            )
        return sound


def load_sounds(
    folder: Path | None,
    names: Iterable[str],
    *,
    rate: int = 44_100,
    packaged: Callable[[str, int], Samples] | None = None,
) -> Sounds:
    """Load the sound of every name, a file of that name in `folder` before the packaged one.

    Every name without a file has a packaged sting of its own; "bed" is the packaged bed. An empty name
    asks for no music, and is left out. `packaged` gives a packaged sound of a name and rate, if it is not to be
    played anew.

    Raises:
        ProductionError: if a file is no usable sound, or two have the same name.
    """
    found = files(folder)
    wanted = sorted({name for name in names if name})
    given = packaged or play
    return Sounds(rate=rate, by_name={n: _own(found[n], rate) if n in found else given(n, rate) for n in wanted})


@cache
def play(name: str, rate: int) -> Samples:
    """Play a packaged sound: mono, `rate` samples per second, at `REFERENCE` LUFS."""
    sound = _levelled(music.bed(rate) if name == "bed" else music.sting(name, rate), rate)
    sound.flags.writeable = False
    return sound


def _own(path: Path, rate: int) -> Samples:
    samples = from_speech(foreign.read(path), rate)
    if loudness(energies(samples, rate)) <= SILENT:
        raise ProductionError(f"{path}: nothing but silence; leave its name out of the settings instead")
    return _levelled(_looped(samples, rate) if len(samples) >= BED_FROM * rate else music.finished(samples, rate), rate)


def _looped(samples: Samples, rate: int) -> Samples:
    """Lay the end over the beginning, at equal power, so that the sound can go round."""
    length = round(_CROSSFADE * rate)
    slope = np.sin(np.linspace(0, np.pi / 2, length)).astype(np.float32)
    loop: Samples = samples[:-length].copy()
    loop[:length] = loop[:length] * slope + samples[-length:] * slope[::-1]
    return loop


def _levelled(samples: Samples, rate: int) -> Samples:
    return samples * np.float32(factor(REFERENCE - loudness(energies(samples, rate))))
