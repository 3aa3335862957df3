"""Speech over music, levelled, encoded once: what leaves here is heard as it is."""

from roadcast.mixing.decoding import decode
from roadcast.mixing.encode import silence
from roadcast.mixing.foreign import read_foreign
from roadcast.mixing.meter import loudness, range_, spread
from roadcast.mixing.mixer import mix, music_seconds
from roadcast.mixing.sounds import Sounds, identify_sounds, load_sounds
from roadcast.mixing.waveform import draw

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
