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
    return tuple(line.text for line in item.lines)


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


_SCRIPTS = ("０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "₀₁₂₃₄₅₆₇₈₉")
_ROUND = "⓪①②③④⑤⑥⑦⑧⑨"


def _written_in(text: str, figures: str) -> str:
    return text.translate(str.maketrans("0123456789", figures))


def other_figures(text: str, item: ContentItem, chance: random.Random) -> Iterator[str]:
    """One figure becomes another, and all are written in another script."""
    for changed in digit(text, item, chance):
        yield _written_in(changed, chance.choice((*_SCRIPTS, _ROUND)))


_COUNT = re.compile(r"(?<=[a-z] )[$€]?\d[\d,]*(?:\.\d+)?(?: million|%)?(?= (?!of\b)[a-z])")
_QUALIFIERS = (
    "more than ",
    "at least ",
    "up to ",
    "less than ",
    "about ",
    "almost ",
    "no more than ",
    ">",
    "<",
    "≥",
    "≠",
    "~",
)
_QUALIFIED = re.compile(r"(?:than|to|least|most|over|under|below|above|about|almost|nearly|from|or|and|between) $")


def qualified(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """A bound comes before an amount."""
    for found in _COUNT.finditer(text):
        if not _QUALIFIED.search(text[: found.start()]):
            yield text[: found.start()] + chance.choice(_QUALIFIERS) + text[found.start() :]


_WHEN = re.compile(rf"\b(on|by|until|from|before|after|within) (?=(?:{'|'.join((*MONTHS, *DAYS))})\b)", re.IGNORECASE)
_MODALS = ("can", "must", "should", "may", "will", "could", "would", "might")


def preposition(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """Before a date stands another preposition."""
    for found in _WHEN.finditer(text):
        other = chance.choice([w for w in ("by", "until", "from", "before", "after") if w != found[1].lower()])
        yield text[: found.start()] + other + text[found.end(1) :]


def modal(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """What can be has to be, what will be may be."""
    for found in re.finditer(rf"\b(?:{'|'.join(_MODALS)})\b(?!,)", text):
        pairs = ({"may", "might"},)
        others = [word for word in _MODALS if word != found[0] and {word, found[0]} not in pairs]
        yield text[: found.start()] + chance.choice(others) + text[found.end() :]


def unlimited(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """An "except …", "unless …" or "without …" disappears, and "only" before what is no number."""
    for found in re.finditer(r",? \b(?:except|unless|without)\b[^,;:.!?]*", text):
        if len(text[: found.start()].split()) >= 3:
            yield text[: found.start()] + text[found.end() :]
    for found in re.finditer(r"\bonly (?=(?:to|in|when|if|for|the|on)\b)", text):
        yield text[: found.start()] + text[found.end() :]


def without_preposition(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """The preposition of a date left out."""
    for found in _WHEN.finditer(text):
        if found.start() and '"' not in text:  # a quotation stays as it was said
            yield text[: found.start()] + text[found.end() :]


_EQUALS = (
    *(("must", "has to"), ("must", "needs to"), ("have to", "must"), ("need to", "must"), ("has to", "must")),
    *(("can", "is able to"), ("cannot", "is not able to"), ("more than", "over"), ("over", "more than")),
    *(("at least", "no less than"), ("up to", "at most"), ("up to", "no more than"), ("less than", "under")),
    *(("until", "till"), ("until", "through"), ("by", "no later than"), ("before", "prior to"), ("on", "this")),
    *(("every", "each"), ("about", "around"), ("almost", "nearly"), ("except", "apart from"), ("with no", "without")),
    *(("from", "starting"), ("from", "as of"), ("since", "from")),
)
_BEFORE_FIGURE = frozenset({"more than", "over", "at least", "up to", "less than", "about", "almost"})
_BEFORE_DAY = frozenset({"until", "by", "before", "on", "from", "since"})


def equal_words(text: str, _: ContentItem, __: random.Random) -> Iterator[str]:
    """A word becomes a phrase that says the same."""
    day = rf"(?:{'|'.join(DAYS)})\b"
    for old, new in _EQUALS:
        behind = r" (?=[$€]?\d)" if old in _BEFORE_FIGURE else rf" (?={day})" if old in _BEFORE_DAY else r" (?=[a-z])"
        for found in re.finditer(rf"(?<!not) {old}{behind}", text):
            yield f"{text[: found.start()]} {new} {text[found.end() :]}"
    if "from" not in text:
        for found in re.finditer(r"(?<=\d) to (?=\d)", text):
            yield f"{text[: found.start()]}–{text[found.end() :]}"


def same_figures(text: str, _: ContentItem, chance: random.Random) -> Iterator[str]:
    """The figures written in another script."""
    if re.search(r"\d", text):
        yield _written_in(text, chance.choice(_SCRIPTS))


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
    "changed figures of another script": other_figures,
    "bound put before an amount": qualified,
    "preposition of a date exchanged": preposition,
    "modal verb exchanged": modal,
    "exception dropped": unlimited,
}
FAITHFUL: Mapping[str, Change] = {
    "verbatim": verbatim,
    "introduced by a template": introduced,
    "numbers written otherwise": rewritten,
    "opening left out": without_opening,
    "first clause only": first_clause,
    "two sentences joined": joined,
    "preposition of a date left out": without_preposition,
    "equal words": equal_words,
    "figures of another script": same_figures,
}
