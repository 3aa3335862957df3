"""Speech over music, levelled, encoded once: what leaves here is heard as it is."""

from roadcast.mixing.encode import silence
from roadcast.mixing.meter import loudness, range_, spread
from roadcast.mixing.mixer import mix
from roadcast.mixing.sounds import Sounds

__all__ = ["Sounds", "loudness", "mix", "range_", "silence", "spread"]
