"""Read the briefings folder: one Markdown file per item, one line per mistake."""

from roadcast.intake.files import ENDINGS
from roadcast.intake.reading import Intake, current, place_of, read

__all__ = ["ENDINGS", "Intake", "current", "place_of", "read"]
