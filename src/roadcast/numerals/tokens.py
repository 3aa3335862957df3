"""Cut text into words, figures and signs, each with its place."""

from __future__ import annotations

import re
from typing import NamedTuple

# Longer rows of figures are cut: no number that anybody says has more, and Python reads at most 4300 at once.
_TOKEN = re.compile(
    r"""
      (?<![\w.,])\.\d{1,60}                         # .5
    | \d{1,3}(?:,\d{3}){1,20}(?!,?\d)(?:\.\d{1,60})?  # 10,500.25
    | \d{1,60}(?:\.\d{1,60}){0,9}                   # 7, 1.2, 2.4.1
    | [^\W\d_]+                                     # a word, or the letters of a code
    | \S
    """,
    re.VERBOSE,
)

_ABOUT = 4  # tokens before the first that rules look at, at most


class Token(NamedTuple):
    """A word, a figure or a sign.

    Attributes:
        low: the text in lower case.
        glued: whether it follows the one before it without a space.
        figure: whether it is written in digits.
    """

    text: str
    low: str
    start: int
    end: int
    glued: bool
    figure: bool


class Tokens:
    """The tokens of a text; before and beyond it there is an empty one, so that rules may look about."""

    def __init__(self, text: str) -> None:
        self._list: list[Token] = []
        end = -1
        for match in _TOKEN.finditer(text):
            word, start = match[0], match.start()
            figure = word[-1].isdigit() and word.isascii()
            self._list.append(Token(word, word.lower(), start, match.end(), start == end, figure))
            end = match.end()
        self._count = len(self._list)
        self._none = Token("\0", "\0", len(text), len(text), glued=False, figure=False)
        self._list += [self._none] * _ABOUT

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Token:
        try:
            return self._list[index]  # just before the first is what is behind the last
        except IndexError:
            return self._none

    def low(self, index: int) -> str:
        """Give a token's text in lower case."""
        return self[index].low

    def hyphen(self, index: int) -> int:
        """Step over a hyphen that joins what is before with what is behind."""
        return index + 1 if self[index].text in ("-", "‑") and self[index].glued and self[index + 1].glued else index
