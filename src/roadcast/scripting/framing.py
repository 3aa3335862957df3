"""Tell what a line claims in words of its own: what no programme may say that quotes nobody for it.

A greeting or a heading is free; a direction ("prices are down"), a negation or a reversal ("it is false:") is a claim.
What people say without claiming anything ("you are up to date", "that is not all") is known by its wording.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from roadcast.scripting.claims import Claims, Sort, listed, read, stem
from roadcast.scripting.opposites import MOVEMENTS, NEGATIONS

_IDIOMS = re.compile(
    r"""\b(?:
      up\ to\ (?:date|speed|you)|(?:coming|follow(?:ing)?|catch(?:ing)?|sum(?:ming)?|wrap(?:ping)?|listen|warm(?:ing)?
      |pick(?:ing)?|look(?:ing)?|sign(?:ing)?|buckle|keep(?:ing)?|heads)[ -]up|up\ (?:next|first|now|ahead|soon)
    | (?:that|this|it)(?:['’]s|\ is|\ was)\ not\ (?:all|it|the\ end|over|long|much)(?!\ (?:of|true))
    | (?:do\ not|never)\ (?:miss|forget|worry|go\ away|hesitate|switch|touch|skip|be\ late)
    | not\ to\ (?:be\ missed|worry|forget)
    | (?:last\ )?but\ not\ least|not\ least|not\ only|not\ bad|not\ much\ time
    | no\ time\ (?:to\ (?:lose|waste)|like)
    | in\ no\ (?:time|particular\ order)|no\ (?:worries|problem|matter|doubt\ about\ it)
    | without\ (?:further\ ado|delay)|why\ not|nothing\ (?:else|more)\ (?:for\ (?:now|today)|to\ (?:add|say))
    | no\ more\ for\ (?:now|today)|if\ you\ have\ not\b|you\ can\ not\ miss|could\ not\ be\ (?:easier|simpler)
    | best\ (?:of|for\ last|wishes|foot)|all\ the\ best|(?:even\ )?better\ (?:still|yet|late|safe)|even\ better
    | win-win|drop\ (?:in|by|us|me)|(?:slow|wind|settle|write|note|count(?:ing)?|sit)\ down
    | down\ to\ (?:business|work|earth)
    | raise\ (?:a\ glass|your\ hand)|jump\ (?:in|right|straight)|cut\ to\ the\ chase
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_FINITE = listed(
    "is are was were am been be being has have had do does did will would can could shall should may might must"
)
_DETERMINERS = listed("a an the this that our your my another one some any each every today's week's")
_MOVED = frozenset(word for group in MOVEMENTS for alternative in group for word in alternative)
_THINGS = listed(
    "win wins loss losses gain gains launch launches release releases rise rises growth climb drop drops fall jump "
    "improvement best better cut cuts reduction increase decline recall"
)
"""Movements that may as well be named: "a big win", "Launch of the day"."""
_REVERSED = listed("wrong incorrect invalid")


def claimed(claims: Claims, *, numbers: bool = False) -> Iterator[str]:
    """List what no line may claim that comes from no sentence in particular."""
    for word in read(_IDIOMS.sub(" ", claims.text)).words:
        if word.key in _MOVED or word.key in NEGATIONS or (numbers and word.sort is Sort.NUMBER):
            yield _reason(word.text)


def added(claims: Claims, known: Collection[str]) -> Iterator[str]:
    """List what a template claims in one line with a sentence, which it might turn round.

    As above, but a word that it only names ("Wins of the week") is free.

    Args:
        claims: what it says besides its sources.
        known: words that may be said in any form, since the item or the programme itself says them.
    """
    left = read(_IDIOMS.sub(" ", claims.text))
    stated = any(word.key in _FINITE for word in left.words)
    for at, word in enumerate(left.words):
        before = left.keys[max(at - 2, 0) : at]
        after = left.words[at + 1].key if at + 1 < len(left.words) else ""
        thing = word.key in _THINGS and not stated
        named = thing and (at == 0 or not _DETERMINERS.isdisjoint(before) or after in ("of", "for", "from"))
        moved = word.key in _MOVED and not named and stem(word.key) not in {stem(other) for other in known}
        if moved or word.key in NEGATIONS or word.key in _REVERSED:
            yield _reason(word.text)


def _reason(word: str) -> str:
    return f"no sentence of the source says this of “{word}”"
