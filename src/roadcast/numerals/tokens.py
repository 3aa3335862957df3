"""Cut text into words, figures and signs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?<![\w.,])\.\d+                              # .5
    | \d{1,3}(?:,\d{3})+(?!,?\d)(?:\.\d+)?        # 10,500.25
    | \d+(?:\.\d+)*                                 # 7, 1.2, 2.4.1
    | [^\W\d_]+                                     # a word, or the letters of a code
    | \S
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or a sign.

    Attributes:
        glued: whether it follows the one before it without a space.
    """

    text: str
    start: int
    end: int
    glued: bool

    @property
    def low(self) -> str:
        """Fold the case."""
        return self.text.lower()

    @property
    def figure(self) -> bool:
        """Tell whether it is written in digits."""
        return self.text[-1].isdigit() and self.text[-1].isascii()


class Tokens:
    """The tokens of a text; before and beyond it there is an empty one, so that rules may look about."""

    def __init__(self, text: str) -> None:
        self._list: list[Token] = []
        end = -1
        for match in _TOKEN.finditer(text):
            self._list.append(Token(match[0], match.start(), match.end(), match.start() == end))
            end = match.end()
        self._none = Token("\0", len(text), len(text), False)

    def __len__(self) -> int:
        return len(self._list)

    def __getitem__(self, index: int) -> Token:
        return self._list[index] if 0 <= index < len(self._list) else self._none

    def low(self, index: int) -> str:
        """Give a token's text in lower case."""
        return self[index].low

    def hyphen(self, index: int) -> int:
        """Step over a hyphen that joins what is before with what is behind."""
        return index + 1 if self[index].text in ("-", "‑") and self[index].glued and self[index + 1].glued else index
