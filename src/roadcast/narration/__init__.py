"""Turn a script into speech: split, say, check, ask again, and fall back; never silence."""

from roadcast.narration.cast import Cast, Part, cast
from roadcast.narration.pace import Pace, count, estimate
from roadcast.narration.voicing import Patience, narrate

__all__ = ["Cast", "Pace", "Part", "Patience", "cast", "count", "estimate", "narrate"]
