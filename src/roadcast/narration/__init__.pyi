from .cast import Cast, Part, cast
from .pace import Pace, count, estimate
from .voicing import Patience, narrate

__all__ = ["Cast", "Pace", "Part", "Patience", "cast", "count", "estimate", "narrate"]
