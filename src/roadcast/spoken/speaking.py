"""Turn written sentences into text for the ear: every rule in its turn, then the two checks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from roadcast.errors import PassageRejected
from roadcast.model import LexiconEntry, Spoken
from roadcast.spoken import (
    abbreviations,
    acronyms,
    beside,
    clinical,
    codes,
    counts,
    dates,
    dotted,
    durations,
    fields,
    fiscal,
    fractions,
    jotted,
    labels,
    leftovers,
    lengths,
    measures,
    models,
    money,
    names,
    phones,
    places,
    printed,
    ranges,
    relations,
    shillings,
    shorthand,
    sites,
    slashed,
    spans,
    standards,
    states,
    symbols,
    times,
    web,
    years,
)
from roadcast.spoken import roman as romans
from roadcast.spoken.cleaning import clean
from roadcast.spoken.gate import admit, excerpt
from roadcast.spoken.lexicon import Held
from roadcast.spoken.numbers import NUMBER, cardinal, number, ordinal
from roadcast.spoken.patterns import pattern
from roadcast.spoken.readback import unread
from roadcast.spoken.rules import Reading, Rules, rule

_LEFT = (
    rule(
        r"(?<![\w.,])(?P<figures>\d[\d,]*)(?:st|nd|rd|th|ST|ND|RD|TH)(?P<many>s)?(?!\w)",
        lambda m, _r: ordinal(m["figures"].replace(",", "")) + ("s" if m["many"] else ""),
    ),
    rule(rf"(?<![\w.,)\]])[-–](?={NUMBER})", lambda _m, _r: "minus "),
    rule(rf"(?<=[A-Za-z]\s){NUMBER}(?='s\b)", lambda m, _r: number(m.group()), marks="'"),
    rule(NUMBER, lambda m, _r: f" {number(m.group())} "),
    rule(r"\d+", lambda m, _r: f" {cardinal(m.group())} "),
)

# The order matters: what is more particular comes first, and what only drops signs comes last.
RULES = Rules(
    (
        *web.RULES,
        *names.RULES,
        *beside.RULES,
        *printed.RULES,
        *dotted.RULES,
        *shillings.RULES,
        *clinical.RULES,
        *sites.RULES,
        *jotted.RULES,
        *shorthand.RULES,
        *phones.RULES,
        *relations.RULES,
        *fields.RULES,
        *symbols.RULES,
        *places.RULES,
        *models.RULES,
        *standards.RULES,
        *labels.RULES,
        *fiscal.RULES,
        *durations.RULES,
        *spans.RULES,
        *dates.WEEKDAYS,
        *slashed.RULES,
        *dates.RULES,
        *times.EARLY,
        *money.RULES,
        *counts.RULES,
        *times.RULES,
        *codes.RULES,
        *states.RULES,
        *abbreviations.RULES,
        *lengths.RULES,
        *measures.RULES,
        *fractions.RULES,
        *romans.RULES,
        *ranges.RULES,
        *years.RULES,
        *_LEFT[:1],
        *codes.MIXTURES,
        *_LEFT[1:],
        *acronyms.RULES,
        *leftovers.RULES,
    )
)
LETTERS = Rules(acronyms.LETTERS)

# What one pass leaves ("A. A" out of "A:.A") the next may still change; more than three were never needed.
LONGEST = 4_000
"""Characters of one sentence: four minutes without a breath, which is no sentence but a file gone wrong."""

_END = pattern(r"[.?!…]\s")
_PASSES = 5
_KNOWN = 50_000  # lines: more than the items of any plan


def _settled(text: str, reading: Reading) -> str:
    """Apply all rules until nothing changes, so that what is for the ear already stays as it is."""
    for _ in range(_PASSES):
        said = RULES.apply(text, reading)
        said = leftovers.tidy(said if acronyms.shouted(text) else LETTERS.apply(said, reading))
        if said == text:
            break
        text = said
    return text


def speak(
    text: str,
    *,
    lexicon: Sequence[LexiconEntry] = (),
    reading: Reading = Reading(),  # noqa: B008  # frozen
    scopes: frozenset[str] = frozenset(),
) -> Spoken:
    """Say written sentences for the ear.

    Args:
        text: plain writing, without markup.
        lexicon: the team's pronunciations; an entry with a scope counts only if `scopes` holds it.
        reading: how the team reads what can be read in more than one way.
        scopes: the show and the kind that the text is told in.

    Raises:
        PassageRejected: if something is left that no voice can say, or a number would be told wrongly.
    """
    if (longest := max(map(len, _END.split(text)))) > LONGEST:
        raise PassageRejected(
            f"{longest:,} characters without the end of a sentence in {excerpt(text)}; write sentences with full stops"
        )
    held = Held(lexicon, scopes)
    written = held.take(clean(text))
    said = _settled(written, reading)
    wrong = unread(written, said)
    if wrong is not None:
        raise PassageRejected(f"the number {wrong!r} would be told wrongly in {excerpt(text)}; write it in words")
    said = leftovers.tidy(held.put_back(said))
    admit(said, written=text)
    return Spoken(text=said, entries=tuple(held.used))


@lru_cache(maxsize=8)
def sayer(lexicon: tuple[LexiconEntry, ...], reading: Reading) -> Sayer:
    """Give the one who says lines with a lexicon and a reading: the same one again, who remembers."""
    return Sayer(lexicon, reading)


class Sayer:
    """Says lines with one lexicon and one reading; a line that is asked for again is known.

    Attributes:
        known: what was said, by the line and the scopes that the lexicon tells apart; what was asked for last, last.
    """

    def __init__(self, lexicon: tuple[LexiconEntry, ...], reading: Reading) -> None:
        self.lexicon, self.reading = lexicon, reading
        self.known: dict[tuple[str, frozenset[str]], Spoken] = {}
        self._told_apart = frozenset(entry.scope for entry in lexicon)

    def __call__(self, text: str, scopes: frozenset[str]) -> Spoken:
        """Say a line, once for all scopes that the lexicon does not tell apart; see `speak`.

        Raises:
            PassageRejected: if something in it cannot be spoken.
        """
        scopes &= self._told_apart
        said = self.known.pop((text, scopes), None)
        if said is None:
            said = speak(text, lexicon=self.lexicon, reading=self.reading, scopes=scopes)
            if len(self.known) >= _KNOWN:
                del self.known[next(iter(self.known))]
        self.known[text, scopes] = said
        return said
