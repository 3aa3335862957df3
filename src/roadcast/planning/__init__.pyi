from .briefs import TOLERANCE, Brief, Length
from .choosing import Candidate, candidates
from .fitting import fit
from .rundowns import framed, lay_out, plan, repair
from .variants import variants

__all__ = [
    "TOLERANCE",
    "Brief",
    "Candidate",
    "Length",
    "candidates",
    "fit",
    "framed",
    "lay_out",
    "plan",
    "repair",
    "variants",
]
