"""Roadcast: from a folder of briefings to an episode in each rep's own podcast feed."""

__version__ = "0.1.0"
