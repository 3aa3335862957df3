"""Written text to text for the ear: letters, spaces and the punctuation of breath, and no number changed."""

from roadcast.spoken.lexicon import read_lexicon, suggest
from roadcast.spoken.rules import Reading
from roadcast.spoken.speaking import speak

__all__ = ["Reading", "read_lexicon", "speak", "suggest"]
