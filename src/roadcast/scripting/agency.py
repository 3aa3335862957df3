"""Tell who did it to whom: "Dataco was bought by Siemens" says what "Siemens bought Dataco" says, not the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadcast.scripting.claims import FUNCTION_WORDS, Claims, Sort, Word, stem

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got"})
_ADVERBS = frozenset({"also", "already", "now", "not", "since", "once", "just", "then", "later", "recently", "soon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Deed:
    """A verb in the passive voice with the names around it.

    Attributes:
        verb: its stem; before: whom it was done to; behind: who did it, nobody if that is no name.
    """

    verb: str
    before: frozenset[str]
    behind: frozenset[str]


def turned_voice(said: Claims, source: Claims) -> bool | None:
    """Compare a sentence in the passive voice with one in the active.

    Returns:
        True where both say the same, False where the parts are exchanged, None where nothing is to be compared.
    """
    here, there = tuple(_passives(said)), tuple(_passives(source))
    if bool(here) == bool(there):
        return None
    passives, active = (here, source) if here else (there, said)
    verdicts = [verdict for deed in passives if (verdict := _compared(deed, active)) is not None]
    return all(verdicts) if verdicts else None


def _compared(deed: _Deed, active: Claims) -> bool | None:
    at = next(
        (n for n, word in enumerate(active.words) if word.sort is Sort.WORD and stem(word.key) == deed.verb), None
    )
    if at is None:
        return None
    doer, other = _names(active.words[:at][::-1]), _names(active.words[at + 1 :])
    if deed.before & doer or deed.behind & other:
        return False
    if (deed.behind & doer) and (not other or not deed.before or deed.before & other):
        return True
    return None


def _passives(claims: Claims) -> Iterator[_Deed]:
    """Find "Dataco was bought by Siemens" in a text; "by Friday" and "by 40" are no doers."""
    words = claims.words
    for by in range(2, len(words) - 1):
        behind = words[by + 1]
        if words[by].key != "by" or behind.quantity or behind.day or words[by - 1].key in FUNCTION_WORDS:
            continue
        be = by - 2
        while be > 0 and words[be].key in _ADVERBS:
            be -= 1
        if words[be].key in _BE and words[by - 1].sort is Sort.WORD:
            yield _Deed(
                verb=stem(words[by - 1].key),
                before=_names(words[:be][::-1]),
                behind=_names(words[by + 1 : by + 5]),
            )


def _names(words: Sequence[Word]) -> frozenset[str]:
    """Give the nearest name: all its words, and the figure that may belong to it."""
    found: list[str] = []
    for word in words:
        if word.sort is Sort.NAME and not word.day:
            found.append(word.key)
        elif found and word.sort is not Sort.NUMBER:
            break
    return frozenset(found)
