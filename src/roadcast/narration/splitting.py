"""Cut a text for the ear into what an engine can take: sentences, then clauses, then words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

SENTENCE_PAUSE = 0.30  # seconds: what people who read news aloud leave between sentences, and 0.6 s between paragraphs
CLAUSE_PAUSE = 0.15
WORD_PAUSE = 0.0

_SENTENCE = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+")
_CLAUSE = re.compile(r"(?<=[,;:–—])\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said in one call.

    Attributes:
        pause: seconds of silence after it, within the passage.
        opens: whether a sentence begins here.
    """

    text: str
    pause: float
    opens: bool


def pieces(text: str, limit: int) -> list[Piece]:
    """Cut into sentences, and what is longer than `limit` characters further; the last piece has no pause."""
    cut = [
        Piece(part, pause, first)
        for sentence in _SENTENCE.split(text.strip())
        if has_words(sentence)
        for part, pause, first in _within(sentence.strip(), limit)
    ]
    return [*cut[:-1], Piece(cut[-1].text, 0.0, cut[-1].opens)] if cut else []


def halves(piece: Piece) -> list[Piece]:
    """Cut a piece in about two for another attempt, after a clause if it has any; one word stays as it is."""
    limit = len(piece.text) // 2 + 1
    parts = list(_pack(_clauses(piece.text), limit, CLAUSE_PAUSE))
    if len(parts) == 1:
        parts = list(_pack(piece.text.split(), limit, WORD_PAUSE))
    cut = [Piece(text, pause, opens=False) for text, pause in parts]
    cut[0] = replace(cut[0], opens=piece.opens)
    cut[-1] = replace(cut[-1], pause=piece.pause)
    return cut


def has_words(text: str) -> bool:
    """Tell whether there is anything to say."""
    return any(character.isalpha() for character in text)


def _within(sentence: str, limit: int) -> Iterator[tuple[str, float, bool]]:
    if len(sentence) <= limit:
        yield sentence, SENTENCE_PAUSE, True
        return
    parts = [
        (part, pause)
        for clause, rest in _pack(_clauses(sentence), limit, CLAUSE_PAUSE)
        for part, pause in ([(clause, rest)] if len(clause) <= limit else _words(clause, limit, rest))
    ]
    for index, (part, pause) in enumerate(parts):
        yield part, SENTENCE_PAUSE if index == len(parts) - 1 else pause, index == 0


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if has_words(clause)]


def _words(clause: str, limit: int, rest: float) -> list[tuple[str, float]]:
    words = [word[start : start + limit] for word in clause.split() for start in range(0, len(word), limit)]
    parts = list(_pack(words, limit, WORD_PAUSE))
    return [*parts[:-1], (parts[-1][0], rest)]


def _pack(parts: list[str], limit: int, pause: float) -> Iterator[tuple[str, float]]:
    """Join neighbours for as long as they stay within the limit."""
    line = ""
    for part in parts:
        if line and len(line) + 1 + len(part) > limit:
            yield line, pause
            line = part
        else:
            line = f"{line} {part}" if line else part
    if line:
        yield line, pause
