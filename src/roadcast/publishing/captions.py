"""Time the words of a programme: who says what from when to when."""

from __future__ import annotations

import re
import textwrap
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from roadcast.errors import PublishingError
from roadcast.model import Caption, Clip, Mark, Passage, Script
from roadcast.publishing.programme import Programme
from roadcast.publishing.text import name, plain

# four characters before the stop: "Dr. Ng" and "Nov. 30" stay together, at worst two short sentences do as well
_SENTENCE_END = re.compile(r"(?<=[^\s.]{4}[.!?…])\s+(?=[^a-z\d])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How captions are to look.

    Attributes:
        width: most characters of a line; height: most lines of a caption.
        names: whether a caption that starts with another speaker says the name, with a colon.
    """

    width: int
    height: int = 2
    names: bool = False


def captions(programme: Programme, layout: Layout) -> tuple[Caption, ...]:
    """Cut the words into captions, in order of time.

    A caption never crosses the end of a sentence, let alone a change of speaker. A line feed parts its lines.

    Raises:
        PublishingError: if a clip does not say as many passages as its script has.
    """
    found: list[Caption] = []
    for offset, clip, script in programme.scripts():
        _check(programme, clip, script)
        for passage, (start, end) in zip(script.passages, clip.passages, strict=True):
            speaker = _speaker(programme, script, passage)
            changed = layout.names and not (found and found[-1].speaker == speaker)
            texts = _cut(f"{speaker}: {passage.text}" if changed else passage.text, layout)
            times = _times(texts, start, end, clip.words)
            found += [
                Caption(speaker=speaker, start=offset + begin, end=offset + stop, text=text)
                for text, (begin, stop) in zip(texts, pairwise(times), strict=True)
            ]
    return tuple(found)


def _check(programme: Programme, clip: Clip, script: Script) -> None:
    if len(clip.passages) != len(script.passages):
        raise PublishingError(
            f"{programme.rundown.edition}: clip {clip.key} says {len(clip.passages)} passages, its script "
            f"{script.name!r} has {len(script.passages)}; build the edition again"
        )


def _speaker(programme: Programme, script: Script, passage: Passage) -> str:
    """Name the presenter, or in a recording of a real person the one who is credited for the item."""
    item = programme.item(script)
    if script.recording and item and name(item.credit):
        return name(item.credit)
    return plain(programme.show.presenters[passage.presenter].name)


def _cut(text: str, layout: Layout) -> list[str]:
    """Cut a passage into texts of a caption each."""
    texts = []
    for sentence in _SENTENCE_END.split(plain(text)):
        lines = _lines(sentence, layout.width)
        texts += ["\n".join(lines[first : first + layout.height]) for first in range(0, len(lines), layout.height)]
    return texts


@lru_cache(maxsize=1024)  # two kinds of transcripts have lines of one width
def _lines(sentence: str, width: int) -> tuple[str, ...]:
    """Break a sentence into as few lines as it needs, all about as long, so that no word is left alone."""
    if len(sentence) <= width:
        return (sentence,) if sentence else ()
    lines = textwrap.wrap(sentence, width, break_on_hyphens=False)
    fewest = len(lines)
    if fewest < 2:
        return tuple(lines)

    def fits(narrower: int) -> bool:
        return len(textwrap.wrap(sentence, narrower, break_on_hyphens=False)) <= fewest

    shared_out = max((len(sentence) - fewest + 1) // fewest, 1)  # no narrower: a line end takes one space away
    narrowest = bisect_left(range(shared_out, width), True, key=fits) + shared_out
    return tuple(textwrap.wrap(sentence, narrowest, break_on_hyphens=False))


def _times(texts: Sequence[str], start: float, end: float, words: Sequence[Mark]) -> list[float]:
    """Tell when each text starts, and when the last one ends.

    Within a passage the moment is in proportion to the characters said so far; where the engine told its
    words, it is the start of the word nearest to that share of the letters.
    """
    lengths = list(accumulate(len(text) for text in texts))
    shares = [length / lengths[-1] for length in lengths[:-1]]
    said = [word for word in words if start <= word.start < end]
    return [start, *(_moment(share, start, end, said) for share in shares), end] if texts else [start]


def _moment(share: float, start: float, end: float, words: Sequence[Mark]) -> float:
    if len(words) < 2:
        return start + share * (end - start)
    letters = [0, *accumulate(len(word.word) for word in words)]
    wanted = share * letters[-1]
    return min(zip(letters, words, strict=False), key=lambda pair: abs(pair[0] - wanted))[1].start


def spread(captions: Sequence[Caption]) -> Iterator[tuple[int, int, Caption]]:
    """Put captions on whole milliseconds, each at least one long and none before the one above it has ended."""
    free = 0
    for caption in captions:
        start = max(free, round(caption.start * 1000))
        free = max(start + 1, round(caption.end * 1000))
        yield start, free, caption
