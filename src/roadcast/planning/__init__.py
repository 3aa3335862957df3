"""Choose what an edition tells, at which length and in which order, so that it fits its time slot."""

from roadcast.planning.choosing import Candidate, candidates
from roadcast.planning.fitting import Length, fit
from roadcast.planning.rundowns import TOLERANCE, Brief, framed, lay_out, plan, repair
from roadcast.planning.variants import variants

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
