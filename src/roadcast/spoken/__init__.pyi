from .lexicon import read_lexicon
from .rules import Reading
from .speaking import speak
from .suggesting import suggest

__all__ = ["Reading", "read_lexicon", "speak", "suggest"]
