"""Show a feed to podcast apps: RSS 2.0 with the iTunes and Podcasting 2.0 namespaces, complete by PSP-1."""

from roadcast.rss.personal import PLACEHOLDER, personalise
from roadcast.rss.rendering import render

__all__ = ["PLACEHOLDER", "personalise", "render"]
