"""Write sentences down: the one place where running text, rows and their lines become `Sentence`s."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from roadcast.markup.splitting import spans
from roadcast.model import Place, Sentence

# Soft hyphens and places where a line may be broken: nobody sees them, and a full stop before one is the last letter.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))

# A run of text and the line it stands on.
Piece = tuple[str, int]


class Writer:
    """Collects sentences; knows in which paragraph it is."""

    def __init__(self, path: str) -> None:
        self.sentences: list[Sentence] = []
        self.paragraph = -1
        self._path = path

    def say(self, pieces: Sequence[Piece]) -> None:
        """Write a block of running text, sentence by sentence."""
        text = "".join(run for run, _ in pieces)
        starts = list(accumulate((len(run) for run, _ in pieces), initial=0))[:-1]
        found = list(spans(text))
        for start, end in found:
            line = pieces[bisect_right(starts, start) - 1][1]
            self._append(" ".join(text[start:end].translate(_UNSEEN).split()), line, last=end == found[-1][1])

    def say_row(self, heads: Sequence[str], cells: Sequence[str], line: int) -> None:
        """Write a row of a table: what the row is about, then each figure behind its column's name."""
        told = []
        for head, cell in zip([*heads, *[""] * len(cells)], cells, strict=False):
            if cell:
                told.append((_uncapitalised(head), cell.rstrip(".;,")))
        if not told:
            return
        subject, rest = (told[0][1], told[1:]) if cells[0] else ("", told)
        figures = ", ".join(f"{head} {cell}".strip() for head, cell in rest)
        self._append(f"{subject}: {figures}" if subject and figures else subject or figures, line, last=True)

    def _append(self, text: str, line: int, *, last: bool) -> None:
        if not any(character.isalnum() or _named(character) for character in text):
            return
        text = _closed(text) if last else text
        self.sentences.append(
            Sentence(text=text, place=Place(path=self._path, line=line), paragraph=max(self.paragraph, 0))
        )


def _named(character: str) -> bool:
    """Tell whether a sign may be all that a sentence says: a currency, an arrow; no bullet and no picture is."""
    return ord(character) > 0x2000 and unicodedata.category(character) in {"Sc", "Sm"}


def _closed(text: str) -> str:
    """End the last sentence of a block as a sentence ends."""
    bare = text.rstrip("\"'”’)]*»")
    if bare.endswith((".", "!", "?", "…", ":", "。", "！", "？")):
        return text
    return text.rstrip(" ,;-–—") + "."


def _uncapitalised(head: str) -> str:
    """Write a column's name as it stands inside a sentence; acronyms keep their capitals."""
    first = head.split(" ", 1)[0]
    return head[:1].lower() + head[1:] if first[1:].islower() else head


def joined(pieces: Iterable[Piece]) -> str:
    """Join runs into one line."""
    return " ".join("".join(text for text, _ in pieces).split())
