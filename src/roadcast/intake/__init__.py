"""Read the briefings folder: one Markdown file per item, one line per mistake."""

from roadcast.intake.reading import Intake, current, read

__all__ = ["Intake", "current", "read"]
