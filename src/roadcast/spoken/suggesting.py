"""Suggest which terms of a team's texts its lexicon should settle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from roadcast.model import LexiconEntry
from roadcast.spoken.acronyms import shouted
from roadcast.spoken.lexicon import terms
from roadcast.spoken.patterns import pattern

_NAME = pattern(r"[A-Za-zÀ-ÖØ-öø-ž][\w'&.-]*[\w+#]|[A-Z]{2,}")
_INSIDE = pattern(r"[a-z][A-Z]|[^\x00-\x7f]|\d[A-Za-z]|[A-Za-z]\d")
_CLUSTER = pattern(
    r"[bcdfghjklmnpqrstvwxz]{5,}"
    r"|^(?!str|spr|scr|thr|shr|sch|chr|spl|phr)[bcdfghjklmnpqrstvwxz]{3}"
    r"|^(?:[bcdfgjkmpqtvxz][bcdfgjkmpqtvxz]|ng|ns|pn|ts|sz|xh|zs)"
    r"|[^u]?q(?!u)|aa|ii|uu|[jvq]$",
    re.IGNORECASE,
)

_EASY = frozenset(("Nov",))  # the only short name of a month that looks hard


def suggest(texts: Iterable[str], lexicon: Sequence[LexiconEntry]) -> tuple[str, ...]:
    """List names and tokens that the lexicon lacks and a voice will likely mangle, most frequent first."""
    counts: dict[str, int] = {}
    known = terms(tuple(entry.term for entry in lexicon))
    for text in texts:
        loud = shouted(text)
        for match in _NAME.finditer(known.sub(" ", text).replace("’", "'")):
            term = match.group().rstrip(".'-").removesuffix("'s")
            if _hard(term, loud=loud):
                counts[term] = counts.get(term, 0) + 1
    return tuple(sorted(counts, key=lambda term: (-counts[term], term)))


def _hard(term: str, *, loud: bool) -> bool:
    """Tell whether a voice is likely to get a token wrong."""
    if len(term) < 3 or "." in term or not term[0].isalpha() or term in _EASY:
        return False
    if term.isupper() and term.isalpha():
        return not loud and len(term) > 3 and any(vowel in term for vowel in "AEIOUY")
    return _INSIDE.search(term) is not None or (term[0].isupper() and _CLUSTER.search(term) is not None)
