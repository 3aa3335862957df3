"""Make an episode out of a recording: its identity, notes, chapters and transcripts."""

from roadcast.publishing.notes import disclosure, title
from roadcast.publishing.programme import Part, Programme, chapters
from roadcast.publishing.publication import File, Publication, publish, show_guid

__all__ = [
    "File",
    "Part",
    "Programme",
    "Publication",
    "chapters",
    "disclosure",
    "publish",
    "show_guid",
    "title",
]
