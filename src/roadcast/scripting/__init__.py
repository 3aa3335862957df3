"""Write the words of an edition from templates, keep them on paper, and prove that their sources said them."""

from roadcast.scripting.pages import Page, read_page, take_edits, write_page
from roadcast.scripting.templates import Templates
from roadcast.scripting.writing import Frame, segments, write

__all__ = ["Frame", "Page", "Templates", "read_page", "segments", "take_edits", "write", "write_page"]
