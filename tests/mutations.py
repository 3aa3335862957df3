"""Change what sentences say, one thing at a time, the way an editor or a machine gets it wrong; and shorten them faithfully.

The tables of words here are written independently of those in the ledger.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast import intake
from roadcast.model import ContentItem, Origin, Passage, Place, Slug, Spoken
from roadcast.scripting.ledger import audit

ROOT = Path(__file__).parents[1]
KINDS = ("update", "training", "story", "numbers", "shout-out")

FOREIGN = ("Zoltan", "Quimby", "Fennimore", "Oswestry", "Baxendale", "Tintagel", "Umbriel", "Yarrow")
NUMBER_WORDS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "fourteen",
    "nineteen",
    "thirty",
    "forty",
    "sixty",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
UNITS = (
    *(("$", "€"), ("€", "$"), ("%", " days"), ("million", "billion"), ("M", "K"), ("minutes", "hours")),
    *(("hours", "minutes"), ("days", "weeks"), ("weeks", "days"), ("months", "weeks"), ("years", "months")),
    *(("seconds", "minutes"), ("bar", "psi"), ("mA", "A"), ("litres", "millilitres"), ("metres", "millimetres")),
)
TURNS = (
    *(("rise", "fall"), ("rises", "falls"), ("rose", "fell"), ("falls", "rises"), ("fell", "rose"), ("up", "down")),
    *(("sinking", "rising"), ("dropped", "climbed"), ("cheaper", "dearer"), ("dearer", "cheaper"), ("lower", "higher")),
    *(("higher", "lower"), ("highest", "lowest"), ("lowest", "highest"), ("below", "above"), ("above", "below")),
    *(("more", "less"), ("fewer", "more"), ("less", "more"), ("most", "fewest"), ("won", "lost"), ("lost", "won")),
    *(("win", "lose"), ("wins", "loses"), ("before", "after"), ("after", "before"), ("first", "last")),
    *(("last", "first"), ("early", "late"), ("earlier", "later"), ("later", "earlier"), ("fast", "slow")),
    *(("slowly", "quickly"), ("longer", "shorter"), ("long", "short"), ("always", "never"), ("all", "none")),
    *(("everybody", "nobody"), ("nobody", "everybody"), ("with", "without"), ("without", "with"), ("open", "closed")),
    *(("approved", "rejected"), ("accepted", "refused"), ("leased", "bought"), ("buy", "sell"), ("bought", "sold")),
    *(("sold", "bought"), ("stop", "start"), ("stops", "starts"), ("stopped", "started"), ("started", "stopped")),
    *(("begin", "end"), ("begins", "ends"), ("small", "large"), ("large", "small"), ("new", "old"), ("old", "new")),
    *(("good", "bad"), ("better", "worse"), ("best", "worst"), ("best", "lowest"), ("free", "paid")),
    *(("wrong", "right"), ("right", "wrong"), ("healthy", "failing"), ("empty", "full"), ("full", "empty")),
    *(("today", "yesterday"), ("tomorrow", "yesterday"), ("morning", "evening"), ("evening", "morning")),
    *(("night", "day"), ("summer", "winter"), ("winter", "summer"), ("spring", "autumn"), ("grey", "black")),
    *(("black", "grey"), ("send", "receive"), ("keep", "drop"), ("must", "may"), ("can", "cannot")),
    *(("from", "to"), ("inside", "outside"), ("possible", "impossible"), ("affected", "unaffected")),
    *(("surprised", "bored"), ("heavy", "light"), ("cold", "hot"), ("half", "twice"), ("trust", "distrust")),
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|will|has|have|had|do|does|must|may)\b(?! not|n't)")
_VERBLIKE = re.compile(r"(?<=[a-z,] )\b(?!the\b|a\b|an\b|and\b|of\b|in\b|to\b|it\b|for\b)[a-z]{4,}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sentence of an item, changed or not, as an editor might have written it."""

    item: Slug
    text: str
    source: str


Change = Callable[[str, ContentItem, random.Random], Iterator[str]]


def sample() -> Mapping[Slug, ContentItem]:
    """Read the sample workspace."""
    read = intake.read(ROOT / "briefings", kinds=KINDS, zone=ZoneInfo("Europe/Stockholm"))
    assert not read.errors, read.errors
    return {item.slug: item for item in read.items}


def texts(item: ContentItem) -> tuple[str, ...]:
    told = (item.headline, item.brief, *item.sentences, item.action)
    return tuple(sentence.text for sentence in told if sentence)


def cases(items: Mapping[Slug, ContentItem], change: Change, *, seed: int = 7) -> tuple[Case, ...]:
    """Apply a change to every sentence of every item."""
    chance = random.Random(seed)
    return tuple(
        Case(item=item.slug, text=changed, source=text)
        for item in items.values()
        for text in texts(item)
        for changed in change(text, item, chance)
    )


def unseen(items: Mapping[Slug, ContentItem], changed: Sequence[Case], *, origin: Origin = Origin.EDITED) -> list[Case]:
    """List the cases in which the ledger finds nothing."""
    passages = [_passage(case, number, origin) for number, case in enumerate(changed)]
    found = {finding.passage.place.line for finding in audit(passages, sources=items)}
    return [case for number, case in enumerate(changed) if number not in found]


def _passage(case: Case, number: int, origin: Origin) -> Passage:
    return Passage(
        presenter=0,
        text=case.text,
        spoken=Spoken(text=""),
        pause=timedelta(),
        origin=origin,
        place=Place(path="scripts/edition.txt", line=number),
        item=case.item,
    )


def digit(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """One figure becomes another, at every number."""
    for number in re.finditer(r"\d[\d,.]*\d|\d", text):
        places = [n for n in range(number.start(), number.end()) if text[n].isdigit()]
        place = chance.choice(places)
        others = [figure for figure in "123456789" if figure != text[place]]
        yield text[:place] + chance.choice(others) + text[place + 1 :]


def number_word(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """A number in words becomes another."""
    for found in re.finditer(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", text):
        other = chance.choice([word for word in NUMBER_WORDS if word != found[0]])
        yield text[: found.start()] + other + text[found.end() :]


def unit(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """The unit behind or before a number becomes another."""
    number = rf"(?:\d[\d,.]*|{'|'.join(NUMBER_WORDS)})"
    for old, new in UNITS:
        pattern = rf"{re.escape(old)}(?=\d)" if old in "$€" else rf"(?<=\d){old}\b|(?<=\d ){old}\b|(?<=\d)%"
        pattern = r"(?<=\d)%" if old == "%" else pattern
        for found in re.finditer(pattern, text):
            yield text[: found.start()] + new + text[found.end() :]
        for found in re.finditer(rf"\b{number} ({old})\b", text) if old.islower() else ():
            changed = text[: found.start(1)] + new + text[found.end(1) :]
            yield changed


def month(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    yield from _exchange(text, MONTHS, chance)


def weekday(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    yield from _exchange(text, DAYS, chance)


def _exchange(text: str, words: Sequence[str], chance: random.Random) -> Iterator[str]:
    for found in re.finditer(rf"\b(?:{'|'.join(words)})\b", text):
        other = chance.choice([word for word in words if word != found[0]])
        yield text[: found.start()] + other + text[found.end() :]


def names(item: ContentItem) -> list[str]:
    """List the names of an item: capitalised words that are not the first of a sentence, neighbours joined."""
    found: dict[str, None] = {}
    for text in (*texts(item), item.credit):
        for name in re.finditer(r"(?<=[a-zé,] )(?:[A-ZÖÅÄ][\w-]+)(?: [A-ZÖÅÄ][\w-]+)*", text):
            if name[0].split()[0] not in (*MONTHS, *DAYS, "I"):
                found[name[0]] = None
    return list(found)


def foreign_name(text: str, item: ContentItem, chance: random.Random) -> Iterator[str]:
    """A name becomes one that the item never mentions."""
    for name in names(item):
        if found := re.search(rf"\b{re.escape(name)}\b", text):
            words = name.split()
            words[chance.randrange(len(words))] = chance.choice(FOREIGN)
            yield text[: found.start()] + " ".join(words) + text[found.end() :]


def own_name(text: str, item: ContentItem, chance: random.Random) -> Iterator[str]:
    """A name becomes another name of the same item."""
    known = names(item)
    for name in known:
        others = [other for other in known if not set(other.split()) & set(name.split())]
        if others and (found := re.search(rf"\b{re.escape(name)}\b", text)):
            yield text[: found.start()] + chance.choice(others) + text[found.end() :]


_FIGURE = re.compile(r"[$€]?\d[\d,.]*\d%?|[$€]?\d%?")


def foreign_number(text: str, item: ContentItem, chance: random.Random) -> Iterator[str]:
    """A number becomes one from another sentence of the item."""
    others = [found[0] for other in texts(item) if other != text for found in _FIGURE.finditer(other)]
    for found in _FIGURE.finditer(text):
        choice = [other for other in others if other not in text and text not in other]
        if choice:
            yield text[: found.start()] + chance.choice(choice) + text[found.end() :]


def places(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """Two numbers of one sentence change places."""
    found = list(_FIGURE.finditer(text))
    for one, two in itertools.pairwise(found):
        if one[0] != two[0]:
            yield text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


def direction(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """A word becomes its opposite."""
    for old, new in TURNS:
        for found in re.finditer(rf"\b{old}\b", text, re.IGNORECASE):
            other = new.capitalize() if found[0][0].isupper() else new
            yield text[: found.start()] + other + text[found.end() :]


def not_added(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """A "not" behind an auxiliary, or a "never" in front of some word."""
    if found := _AUXILIARY.search(text):
        yield f"{text[: found.end()]} not{text[found.end() :]}"
    words = list(_VERBLIKE.finditer(text))
    if words:
        place = chance.choice(words).start()
        yield f"{text[:place]}never {text[place:]}"


def not_dropped(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """A "not", "no" or "never" disappears; "nobody" becomes "somebody"."""
    for found in re.finditer(r"\b(?:not|no|never|cannot|do not|does not|did not|[a-z]+n't) ", text, re.IGNORECASE):
        rest = text[found.end() :]
        kept = "can " if found[0].lower() == "cannot " else ""
        changed = text[: found.start()] + kept + rest
        yield changed[0].upper() + changed[1:]
    for found in re.finditer(r"\b([Nn])o(body|thing)\b", text):
        some = "Some" if found[1] == "N" else "some"
        yield text[: found.start()] + some + found[2] + text[found.end() :]


def verbatim(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    yield text


def introduced(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """What templates write in front of a sentence."""
    yield from (f"{opening}: {text}" for opening in ("What to do", "Your part", "So", "Next", "An update"))


def rewritten(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """The same numbers, written otherwise."""
    for old, new in (
        (r"\$(\d[\d.]*)M\b", r"$\1 million"),
        (r"(\d)%", r"\1 percent"),
        (r",(\d{3})\b", r"\1"),
        (r"\$(\d[\d,]*)\b(?![.,]?\d|M)", r"\1 dollars"),
    ):
        changed = re.sub(old, new, text)
        if changed != text:
            yield changed


def without_opening(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """The words before the first comma left out."""
    opening, comma, rest = text.partition(", ")
    if comma and len(opening.split()) <= 3 and len(rest.split()) >= 4:
        yield rest[0].upper() + rest[1:]


def first_clause(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """Only what stands before ", and", ", but" or ", because"."""
    clause, comma, rest = re.sub(r", (and|but|because|so) ", ", \x00", text).partition(", \x00")
    if comma and rest and len(clause.split()) >= 4:
        yield clause + "."


def joined(text: str, item: ContentItem, _: random.Random) -> Iterator[str]:
    """Two neighbours as one sentence."""
    body = [sentence.text for sentence in item.sentences]
    if text in body[:-1]:
        after = body[body.index(text) + 1]
        if text.endswith(".") and len(text.split()) > 3 and len(after.split()) > 3 and '"' not in text + after:
            name = after.split()[0] in {word for name in names(item) for word in name.split()}
            yield f"{text[:-1]}, and {after if name else after[0].lower() + after[1:]}"


HARMFUL: Mapping[str, Change] = {
    "digit changed": digit,
    "number word changed": number_word,
    "unit changed": unit,
    "month changed": month,
    "weekday changed": weekday,
    "foreign name": foreign_name,
    "name of the same item": own_name,
    "number of another sentence": foreign_number,
    "two numbers exchanged": places,
    "direction turned": direction,
    "not added": not_added,
    "not dropped": not_dropped,
}
FAITHFUL: Mapping[str, Change] = {
    "verbatim": verbatim,
    "introduced by a template": introduced,
    "numbers written otherwise": rewritten,
    "opening left out": without_opening,
    "first clause only": first_clause,
    "two sentences joined": joined,
}
