from .lexicon import read_lexicon
from .rules import Reading
from .speaking import Sayer, sayer, speak
from .suggesting import suggest

__all__ = ["Reading", "Sayer", "read_lexicon", "sayer", "speak", "suggest"]
