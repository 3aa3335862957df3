"""Join encoded clips into a recording: whole MPEG frames, an Info frame and a tag, nothing decoded."""

from roadcast.assembly.joining import join, write
from roadcast.assembly.mpeg import Frames, frames
from roadcast.assembly.tag import Tag

__all__ = ["Frames", "Tag", "frames", "join", "write"]
