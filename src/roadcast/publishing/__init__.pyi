from .notes import disclosure, title
from .programme import Part, Programme, chapters
from .publication import File, Publication, publish, show_guid

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
