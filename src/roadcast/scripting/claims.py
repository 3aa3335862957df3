"""Read what a text claims: its words in order, with the numbers, names, negations and quotations among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from roadcast.numerals import Quantity, quantities
from roadcast.scripting import phrases
from roadcast.scripting.opposites import NEGATIONS, spell_out
from roadcast.scripting.phrases import Before
from roadcast.scripting.plain import plain

_WORD = re.compile(r"[^\W_](?:[\w.,:/@'’&+#-]*[^\W_])?")
_PAUSE = re.compile(r"[,;:.!?–—]")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_ADDRESS = re.compile(r"@|://|\w\.[a-z]{2,}|^www\.")
_OPENS = re.compile(r"(?:^|[.!?:…—–]['\"”’)]*\s+|[“\"(‘]\s*)$")
_MARKS = frozenset(".!?:…—–'\"”’)“(‘")
_BETWEEN = re.compile(r"(\b[Bb]etween (?:\S+ ){0,2}?\S+) and (?=[$€£\w])")
_CURRENCY = re.compile(r"\b(EUR|USD|GBP) (?=\d)")
_CURRENCIES = {"EUR": "€", "USD": "$", "GBP": "£"}


def listed(words: str) -> frozenset[str]:
    """Give the words of a line."""
    return frozenset(words.split())


# They carry no meaning of their own, so that two sentences are not alike for having them in common.
FUNCTION_WORDS = (
    listed(
        "a an the and or but nor so yet if then than that this these those there here it its he she him her his hers "
        "they them their we us our you your i me my mine one who whom whose which what when where why how as at by for "
        "from in into of off on onto out over to up with about after before between during through until while is are "
        "was were be been being am do does did done doing have has had having will would shall should can could may "
        "might must not no just also too very only even still already now once again ever such own same other another "
        "all any both each every few more most much many some because since both let lets please and/or"
    )
    | phrases.KEYS
)
# Words that may open a sentence without naming anybody.
OPENERS = FUNCTION_WORDS | listed(
    "above accept across act actually add admire against agree ahead aim allow almost alone along although always "
    "among answer anybody anyone anything anyway apparently apply around arrange arrive ask avoid back balance "
    "become begin behind believe below beside best better beyond book borrow breathe bring build buy buyers call "
    "carry catch certainly change check choose clean clear clearly close collect coming compare complete confirm "
    "congratulations consider continue copy count cover create customers cut day days decide defend deliver "
    "demand describe despite discover discuss divide don't double draw drive early earn easy eat eight eighty "
    "eleven else email empty enjoy enough enter especially everybody everything exactly except expect explain "
    "fast fetch fewer fifty fill finally find finish first fit five fix focus follow forget forgive fortunately "
    "forty four free fresh full gather generally get give glance go gone good goodbye grab great guess half hand "
    "hardly headline headlines hear hello help here's high hold honestly hopefully however hundred hurry ignore "
    "imagine important improve include indeed inform inside insist install instead interested invest invite it's "
    "join judge jump keep know largely last late later lead learn leave lend less let's lift like likely limit "
    "list listen little load lock long look lose love low luckily mainly maintain make match maybe meanwhile "
    "measure meet mention million mind month mostly move name naturally near nearly need neither never new news "
    "next nice nine ninety nobody none normally note nothing notice obey obviously offer often old open order "
    "orders otherwise outside pack park part pay people per perhaps phone pick plan plenty plug point possibly "
    "practice practise prepare press prevent prices probably promise propose protect prove pull push put quarter "
    "quick quickly quite quote raise rarely rather reach read ready really recommend reconsider record reduce "
    "refuse relax remain remember remind reminder remove rent repair repeat replace reply report request reread "
    "reserve respect rest return review ride right run sadly sales save say search second see seldom sell send "
    "separate serve set seven seventy several share short shorten show sign similarly simple simply sit six sixty "
    "skip sleep slow smile somebody something sometimes soon sort speak spend split spread stand start stay step "
    "stick stop story strange strangely study subtract suggest support surely swap switch take teach tell ten "
    "test thank thanks that's there's therefore think third thirty though thousand three time times today "
    "together tomorrow touch toward towards trade train training translate travel treat true trust try turn "
    "twelve twenty twice two type under understand unfortunately unless unlike unlock unpack update upgrade upon "
    "urge use usually verify via visit volunteer wait walk warm warn wash watch week weigh welcome well what's "
    "whether who's win wipe wish within without wonder work worry worth wrap write wrong year yes yesterday"
)
_GOING = listed("go goes going gone went move moves moved come comes came climb climbs climbed")
"""Behind these, "up to 40" is where it leads, and no limit."""
WEEKDAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
MOMENTS = listed("calendar time quarter half FY")
"""Units of numbers that tell when."""
BETWEEN = {
    False: listed("a an just only full whole some"),
    True: listed("the this next last coming early mid late end start beginning middle of about around"),
}
"""What may stand between a qualifier and an amount ("over a full 40 hours"), or a date ("by the end of November")."""


class Sort(Enum):
    """What a word is to the ledger."""

    WORD = "word"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, a whole number expression or one word of a name.

    Attributes:
        key: what makes it equal to another: lower case without possessive, or the quantity's value and unit.
        capital: whether it is written with a capital letter; opening: be it only for opening a sentence; doubtful:
            so that it counts as a name only as long as nobody knows it as a word.
    """

    key: str
    text: str
    sort: Sort
    capital: bool = False
    opening: bool = False
    doubtful: bool = False
    quantity: Quantity | None = None
    start: int = 0
    end: int = 0

    @property
    def day(self) -> bool:
        """Tell whether it is the name of a day."""
        return self.key in WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """A text, taken apart.

    Attributes:
        words: in order, with "don't" as "do" and "not".
        quotes: what stands in double quotation marks.
    """

    text: str
    words: tuple[Word, ...]
    quotes: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """List what makes the words equal to others."""
        return tuple(word.key for word in self.words)

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """List the quantities in order."""
        return tuple(word.quantity for word in self.words if word.quantity)

    @property
    def names(self) -> tuple[Word, ...]:
        """List the words of proper names in order."""
        return tuple(word for word in self.words if word.sort is Sort.NAME)

    @property
    def content(self) -> tuple[str, ...]:
        """List the stems of the words that carry meaning, numbers left out."""
        told = (word for word in self.words if word.sort is not Sort.NUMBER)
        return tuple(stem(word.key) for word in told if word.key not in FUNCTION_WORDS)

    @property
    def named(self) -> frozenset[str]:
        """List the stems of the names."""
        return frozenset(stem(word.key) for word in self.names)

    def negated(self) -> tuple[Counter[str], Counter[str]]:
        """Count the content words that a negation stands before, "" for one at the end of a clause; and the free."""
        negated: Counter[str] = Counter()
        free: Counter[str] = Counter()
        waiting, end = 0, 0
        for word, after in zip(self.words, (*self.keys[1:], ""), strict=True):
            if waiting and _PAUSE.search(self.text, end, word.start):
                negated[""] += waiting
                waiting = 0
            only = word.key == "not" and after == "only"  # "not only the manager" speaks of the manager as well
            if word.key in NEGATIONS and not only:
                waiting += 1
            elif word.key not in FUNCTION_WORDS:
                (negated if waiting else free)[stem(word.key)] += max(waiting, 1)
                waiting = 0
            end = word.end
        negated[""] += waiting
        return +negated, free


@lru_cache(maxsize=4096)
def read(text: str, *, common: frozenset[str] = frozenset(), names: frozenset[str] = frozenset()) -> Claims:
    """Take a text apart; what the programme may say is read again for every item.

    Args:
        text: as written.
        common: words known in lower case, which a capital at the start of a sentence does not make names.
        names: words known as names, which they are in lower case as well.
    """
    apart = _apart(text)
    words = tuple(_sorted(word, common, names) for word in apart.words)
    return apart if words == apart.words else replace(apart, words=words)


def _sorted(word: Word, common: frozenset[str], names: frozenset[str]) -> Word:
    """Tell a name from a word, where that takes more than the text."""
    if word.key in names:
        return word if word.sort is not Sort.WORD else replace(word, sort=Sort.NAME)
    return replace(word, sort=Sort.WORD) if word.doubtful and word.key in common else word


@lru_cache(maxsize=4096)
def _apart(text: str) -> Claims:
    """Take a text apart as if nothing else were known: a source is read again for each item that it is common for."""
    text = _written_out(text)
    waiting = list(_quantities(text))
    tokens = list(_WORD.finditer(text))
    words: list[Word] = []
    covered = 0
    for index, token in enumerate(tokens):
        while waiting and waiting[0].start < token.end():
            quantity = waiting.pop(0)
            if not _is_code(token[0], quantity):
                words.append(_number(text, quantity))
                covered = max(covered, quantity.end)
        if token.start() >= covered or _is_code(token[0], None):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            words.append(_word(text, token, following))
    quotes = tuple(one or other for one, other in _QUOTED.findall(text))
    return Claims(text=text, words=tuple(_merged(text, words)), quotes=quotes)


@lru_cache(maxsize=10_000)
def _written_out(text: str) -> str:
    return spell_out(plain(text))


def moment(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word is a date or a time, or a part of one."""
    word, quantity = words[at], words[at].quantity
    if quantity is None:
        return word.day
    if quantity.unit:
        return quantity.unit in MOMENTS
    after = at + 2 if at + 1 < len(words) and words[at + 1].key == "of" else at + 1  # "the fifth of May"
    beside = [words[near].quantity for near in (at - 1, after) if 0 <= near < len(words)]
    calendar = any(other and other.unit == "calendar" for other in beside)
    return calendar or (len(quantity.figures) == 4 and 1900 <= quantity.value < 2100)


def _merged(text: str, words: list[Word]) -> Iterator[Word]:
    """Put one word for a phrase that says the same."""
    keys, at = [word.key for word in words], 0
    while at < len(words):
        found = None
        if keys[at] in phrases.BY_FIRST:
            found = next((phrase for phrase in phrases.beginning(keys, at) if _applies(text, words, at, phrase)), None)
        if found is None:
            yield words[at]
            at += 1
            continue
        start, end = words[at].start, words[at + len(found.words) - 1].end
        yield Word(key=found.key, text=text[start:end], sort=Sort.WORD, start=start, end=end)
        at += len(found.words)


def _applies(text: str, words: Sequence[Word], at: int, phrase: phrases.Phrase) -> bool:
    """Tell whether a phrase stands in one piece, and before what it is read so."""
    after = at + len(phrase.words)
    if phrase.words == ("up", "to") and at and words[at - 1].key in _GOING:
        return False
    if phrase.before is Before.ANYTHING:
        return _PAUSE.search(text, words[at].end, words[after - 1].start) is None
    passed = BETWEEN[phrase.before is Before.MOMENT]
    while after < len(words) and words[after].key in passed:
        after += 1
    if after == len(words) or _PAUSE.search(text, words[at].end, words[after].start):
        return False
    when = moment(words, after)
    if phrase.before is Before.MOMENT:
        return when
    quantity = words[after].quantity
    return quantity is not None and (phrase.before is Before.FIGURE or not when or quantity.unit == "time")


@lru_cache(maxsize=10_000)
def _quantities(text: str) -> tuple[Quantity, ...]:
    """Find the quantities of a text; a source is read again for each item that it is common ground for.

    "Between 10 and 15 days" is read as "10 to 15 days", and "EUR 2 billion" as "€2 billion"; nothing changes its place.
    """
    if "etween" in text:
        text = _BETWEEN.sub(lambda found: f"{found[1]} to  ", text)
    return tuple(quantities(_CURRENCY.sub(lambda found: f"{_CURRENCIES[found[1]]}   ", text)))


def stem(word: str) -> str:
    """Cut off the commonest endings, so that "changes", "changed" and "change" count as the same word."""
    for ending in ("ing", "ies", "ied", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")
            doubled = ending in ("ing", "ed") and word[-1] == word[-2] and word[-1] not in "ls"
            return word[:-1] if doubled else word.removesuffix("e")
    return word.removesuffix("e") if len(word) > 3 else word


def _is_code(token: str, quantity: Quantity | None) -> bool:
    """Tell whether a token such as "XR-450" or "IP67" is a name with figures in it, and no quantity ("Q4", "v4.2")."""
    if token.isalpha() or not token[0].isalpha() or not any(character.isdigit() for character in token):
        return False
    if quantity is not None and quantity.unit in ("quarter", "half", "FY"):
        return False
    return not re.fullmatch(r"[vV]\d[\d.]*|[QqHh][1-4]|FY\d+|[A-Za-z]+-(?:one|two|three)", token)


def _number(text: str, quantity: Quantity) -> Word:
    return Word(
        key=f"{quantity.value} {quantity.unit}",
        text=text[quantity.start : quantity.end],
        sort=Sort.NUMBER,
        quantity=quantity,
        start=quantity.start,
        end=quantity.end,
    )


def _word(text: str, token: re.Match[str], following: re.Match[str] | None) -> Word:
    written = token[0]
    key = written.lower()
    key = key[:-2] if key.endswith(("'s", "’s")) else key
    if len(written) > 1 and written.isupper() and key in FUNCTION_WORDS and not text.isupper():
        key = written  # IT, US: not the words "it" and "us"
    capital = written != written.lower()
    opening = _opens(text, token.start())
    name = _is_code(written, None) or _ADDRESS.search(written) is not None
    doubtful = False
    if capital and not opening:
        name = name or key not in FUNCTION_WORDS
    elif capital and not name and key not in OPENERS:
        before_name = following is not None and following[0] != following[0].lower() and _near(text, token, following)
        name, doubtful = True, not before_name
    return Word(
        key=key,
        text=written,
        sort=Sort.NAME if name else Sort.WORD,
        capital=capital,
        opening=opening,
        doubtful=doubtful,
        start=token.start(),
        end=token.end(),
    )


def _opens(text: str, at: int) -> bool:
    """Tell whether a sentence, or something quoted or in brackets, begins here."""
    before = text[:at].rstrip()
    return not before or (before[-1] in _MARKS and _OPENS.search(text, 0, at) is not None)


def _near(text: str, token: re.Match[str], following: re.Match[str]) -> bool:
    return text[token.end() : following.start()] == " "
