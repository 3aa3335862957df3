from .decoding import decode
from .encode import silence
from .foreign import read_foreign
from .gating import loudness, range_, spread
from .library import identify_sounds
from .mixer import mix, music_seconds
from .sounds import Sounds, load_sounds
from .waveform import draw

__all__ = [
    "Sounds",
    "decode",
    "draw",
    "identify_sounds",
    "load_sounds",
    "loudness",
    "mix",
    "music_seconds",
    "range_",
    "read_foreign",
    "silence",
    "spread",
]
