from .decoding import decode
from .foreign import read_foreign, seconds_of
from .framing import silence, silence_key
from .gating import loudness, range_, spread
from .library import MUSIC_VERSION, identify_sounds
from .mixer import mix
from .recognising import recognise
from .sounds import Sounds, load_sounds, play
from .splicing import sections, splice
from .timeline import music_seconds
from .waveform import draw

__all__ = [
    "MUSIC_VERSION",
    "Sounds",
    "decode",
    "draw",
    "identify_sounds",
    "load_sounds",
    "loudness",
    "mix",
    "music_seconds",
    "play",
    "range_",
    "read_foreign",
    "recognise",
    "seconds_of",
    "sections",
    "silence",
    "silence_key",
    "splice",
    "spread",
]
