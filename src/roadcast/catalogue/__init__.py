"""Remember editions, people, plays and voices' pace in one database: SQLite by default, PostgreSQL by URL."""

from roadcast.catalogue.catalogue import Catalogue
from roadcast.catalogue.fits import Fit, Observation
from roadcast.catalogue.people import Change

__all__ = ["Catalogue", "Change", "Fit", "Observation"]
