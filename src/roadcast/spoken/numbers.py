"""Say numbers in words: cardinals, ordinals, decimals, years, and figures one by one."""

from __future__ import annotations

from functools import lru_cache

from roadcast.spoken.patterns import pattern

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion", "sextillion", "septillion")
_ORDINALS = {
    "zero": "zeroth",
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}

# Beyond trillions nobody follows; even a grouped number is said figure by figure then.
_LONGEST = 15
# Longer than this, a number without commas is a code and is said figure by figure.
_CODE = 9

# A number as people write it: grouped by commas or not, with decimals or not. Not a part of a longer one.
NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d\d?(?:,\d\d)+,\d{3}(?!\d)|\d+)(?:\.\d+)?|(?<![\w.])\.\d+)"


@lru_cache(maxsize=4096)
def cardinal(figures: str) -> str:
    """Say a whole number: "1,200" is one thousand two hundred, "007" is zero zero seven."""
    grouped, figures = "," in figures, figures.replace(",", "")
    if len(figures) > (_LONGEST if grouped else _CODE) or (figures[0] == "0" and len(figures) > 1):
        return spelled(figures)
    if figures == "0":
        return ONES[0]
    groups = [int(figures[max(0, end - 3) : end]) for end in range(len(figures), 0, -3)]
    return " ".join(
        f"{_group(group)} {SCALES[scale]}".rstrip() for scale, group in reversed(list(enumerate(groups))) if group
    )


def _group(value: int) -> str:
    """Say a number below one thousand."""
    hundreds, rest = divmod(value, 100)
    words = [f"{ONES[hundreds]} hundred"] if hundreds else []
    if rest or not hundreds:
        words.append(_pair(rest))
    return " ".join(words)


def _pair(value: int) -> str:
    """Say a number below one hundred."""
    if value < 20:
        return ONES[value]
    tens, one = divmod(value, 10)
    return f"{TENS[tens]} {ONES[one]}" if one else TENS[tens]


def spelled(figures: str, *, zero: str = "zero") -> str:
    """Say figures one by one."""
    return " ".join(zero if figure == "0" else ONES[int(figure)] for figure in figures)


def number(written: str) -> str:
    """Say a number with or without decimals: "1,234.50" is one thousand two hundred thirty four point five zero."""
    whole, point, decimals = written.partition(".")
    if not point:
        return cardinal(whole)
    return f"{cardinal(whole) if whole else ONES[0]} point {spelled(decimals)}"


def ordinal(figures: str) -> str:
    """Say a place in an order: "21" is twenty first."""
    rest, _, last = cardinal(figures).rpartition(" ")
    return f"{rest} {_ordinal_word(last)}".lstrip()


def _ordinal_word(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"


def pairs(figures: str, *, zero: str = "oh") -> str:
    """Say a year or a code in pairs: "1905" is nineteen oh five, "1900" nineteen hundred, "450" four fifty."""
    head, tail = figures[:-2], figures[-2:]
    if not head or head[0] == "0":
        return cardinal(figures)
    if tail == "00":
        return f"{cardinal(head)} hundred"
    return f"{cardinal(head)} {zero} {ONES[int(tail)]}" if tail[0] == "0" else f"{cardinal(head)} {_pair(int(tail))}"


def year(figures: str, *, zero: str = "oh") -> str:
    """Say a year of four figures: 2026 is twenty twenty six, 2005 two thousand five, 1066 ten sixty six."""
    if figures[1:3] == "00" or len(figures) != 4:
        return cardinal(figures)
    return pairs(figures, zero=zero)


def plural(words: str) -> str:
    """Say more than one of the last word: nineties, hundreds, zeros, sixes."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def fraction(above: str, below: str) -> str:
    """Say a fraction: one half, three quarters, two thirds, five twelfths; large ones "over"."""
    if len(below) > 2 and below not in {"100", "1000"}:
        return f"{cardinal(above)} over {cardinal(below)}"
    name = {"2": "half", "4": "quarter"}.get(below) or ordinal(below)
    if above == "1":
        return f"one {name}"
    return f"{cardinal(above)} {'halves' if below == '2' else name + 's'}"


_ROMAN = pattern(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman(letters: str) -> int | None:
    """Read a roman numeral; None if it is not a well-formed one."""
    if not letters or not _ROMAN.fullmatch(letters):
        return None
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
