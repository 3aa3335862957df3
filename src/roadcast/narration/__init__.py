"""Turn a script into speech: split, say, check, ask again, and fall back; never silence."""

from roadcast.narration.cast import Cast, Part, cast
from roadcast.narration.splitting import estimate
from roadcast.narration.voicing import Patience, narrate

__all__ = ["Cast", "Part", "Patience", "cast", "estimate", "narrate"]
