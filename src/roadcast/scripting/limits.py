"""Find what limits a claim and may neither get lost nor be added: except, unless, only, used to; almost every."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from roadcast.scripting.claims import FUNCTION_WORDS, Claims, Sort, stem
from roadcast.scripting.opposites import NEGATIONS

KEPT = 0.66
"""A clause is still told when this part of its content words is."""
_LIMITS = {
    **dict.fromkeys(("except", "without"), "except"),
    **dict.fromkeys(("unless",), "unless"),
    **dict.fromkeys(("only", "solely", "exclusively"), "only"),
    **dict.fromkeys(("used",), "used to"),
}
_SAYING_SO = {
    "except": NEGATIONS | {"but"},
    "unless": NEGATIONS,
    "only": frozenset({"just", "nobody", "nothing", "none", "no", "except", "sole", "alone"}),
    "used to": frozenset({"once", "formerly", "previously", "until", "before", "no"}),
}
"""What may stand in place of a limit; whether it does so rightly, other checks say."""
_WHOLE = frozenset(
    {"every", "all", "each", "always", "everybody", "everyone", "everything", "no", "none", "nobody", "never"}
)
_HEDGES = frozenset({"almost", "nearly", "practically", "virtually", "mostly"})
_OTHER = frozenset({"other", "second", "third", "fourth"})
_BREAK = re.compile(r"[,;:.!?()–—]")
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "gets", "got", "getting", "am"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Limit:
    """A limit, and the content of the clause that it limits."""

    name: str
    shown: str
    host: frozenset[str]


def unlimited(said: Claims, source: Claims) -> Iterator[str]:
    """List limits that one of two sentences has and the other has not, though the clause itself is in both."""
    here, there = tuple(_limits(said)), tuple(_limits(source))
    for limits, claims, reason in (
        (there, said, "“{}” in the source is left out"),
        (here, source, "“{}” is not what the source says"),
    ):
        content = frozenset(claims.content)
        more = Counter(claims.keys) - Counter((source if claims is said else said).keys)
        others = {limit.name for limit in (here if claims is said else there)}
        for limit in limits:
            kept = limit.host & content
            if limit.name in others or not kept or len(kept) < KEPT * len(limit.host):
                continue
            if not more.keys() & _SAYING_SO[limit.name]:
                yield reason.format(limit.shown)
    yield from _hedged(said, source)


def _limits(claims: Claims) -> Iterator[_Limit]:
    words = claims.words
    clauses = _clauses(claims)
    for number, (start, end) in enumerate(clauses):
        for at in range(start, end):
            name = _named(claims, at)
            if not name:
                continue
            first = at == start or (at == start + 1 and words[start].key in ("but", "and", "or"))
            scope = range(start, end)
            if first and number:  # "…, except in Norway": it limits what stands before
                scope = range(clauses[number - 1][0], at)
            elif first and number + 1 < len(clauses):  # "Unless it is sealed, …"
                scope = range(*clauses[number + 1])
            elif name in ("except", "unless") and at - start >= 2:
                scope = range(start, at)
            yield _Limit(name=name, shown=words[at].text, host=_content(claims, scope) - {stem(words[at].key)})


def _named(claims: Claims, at: int) -> str:
    """Tell what limit a word is, if it is one."""
    words = claims.words
    key = words[at].key
    before = words[at - 1].key if at else ""
    after = words[at + 1 : at + 3]
    if key == "not" and before == "but":
        return "except"
    name = _LIMITS.get(key, "")
    if name == "used to" and (not after or after[0].key != "to" or before in _BE):
        return ""
    if name == "only" and (before in ("not", "if", "the", "an") or any(word.sort is Sort.NUMBER for word in after)):
        return ""  # "only 40 pumps" weighs a number, it does not change it
    return name


def _clauses(claims: Claims) -> list[tuple[int, int]]:
    """Part the words of a text at its commas, stops and brackets."""
    edges = [0]
    for at, (one, two) in enumerate(pairwise(claims.words), 1):
        if _BREAK.search(claims.text, one.end, two.start):
            edges.append(at)
    return list(pairwise([*edges, len(claims.words)]))


def _content(claims: Claims, scope: range) -> frozenset[str]:
    told = (claims.words[at] for at in scope)
    return frozenset(stem(w.key) for w in told if w.sort is not Sort.NUMBER and w.key not in FUNCTION_WORDS)


def _hedged(said: Claims, source: Claims) -> Iterator[str]:
    """Find "almost every" or "every other" for "every", or the other way round."""
    here, there = _manners(said), _manners(source)
    if here and there and not here.keys() <= there.keys():
        manner = next(manner for manner in here if manner not in there)
        yield f"“{here[manner]}” is not what the source says"


def _manners(claims: Claims) -> dict[str, str]:
    """Give how a text speaks of all there is: "almost", "other", or "" without reserve; each with its words."""
    words = claims.words
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        if word.key not in _WHOLE:
            continue
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        if before and before.key in _HEDGES | {"about", "not"}:
            found["not" if before.key == "not" else "almost"] = f"{before.text} {word.text}"
        elif after and word.key in ("every", "each") and after.text.lower() in _OTHER:
            found[after.text.lower()] = f"{word.text} {after.text}"
        else:
            found[""] = word.text
    return found
