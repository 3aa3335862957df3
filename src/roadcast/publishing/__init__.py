"""Make an episode out of a recording: its identity, notes, chapters and transcripts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
