"""Say or drop what is left when every rule has had its turn: &, +, /, brackets, quotes, dashes."""

from __future__ import annotations

import re

from roadcast.spoken.rules import rule, word

EARLY = (
    word(r"\bAT&T\b", "A T and T", needs=r"\&"),
    word(r"\bC\+\+", "C plus plus", needs=r"\+"),
    rule(r"\b([CF])#", lambda m, _r: f"{m[1]} sharp", needs=r"\#"),
    word(r"\.NET\b", "dot net", needs=r"\."),
    rule(r"(?<=[A-Za-z])&(?=[A-Za-z])", lambda _m, _r: " and ", needs=r"\&"),
    word(r"\s?->\s?|\s?=>\s?|\s?-->\s?", " to ", needs=r">"),
    word(r"\s--+\s?|(?<=\w)--+(?=\w)", ", ", needs=r"\-"),
    rule(r"(?<!\w)~\s?(?=[$€£\d])", lambda _m, _r: "about ", needs=r"\~"),
    rule(
        r"(?<!\w)([<>])=?\s?(?=[$€£.]?\d)",
        lambda m, _r: ("less than " if m[1] == "<" else "more than ") + ("or equal to " if "=" in m[0] else ""),
        needs=r"[<>]",
    ),
    rule(
        r"#\s?(?=\d)",
        lambda m, _r: ("" if m.start() == 0 or not m.string[m.start() - 1].isalnum() else " ") + "number ",
        needs=r"\#",
    ),
    word(r"(?<=\d)(?:\*\*|\^)(?=-?\d)", " to the power of ", needs=r"[*^]"),
    word(r"(?<=\d)\s?\*\s?(?=\d)", " times ", needs=r"\*"),
    rule(r"(?<![\w-])([A-D])-(?=[\s.,;:)]|$)", lambda m, _r: f"{m[1]} minus", needs="[A-D]-"),
    word(r"(?<=[\w)])\s?=\s?(?=[\w$€£(-])", " equals ", needs=r"="),
    word(r"(?<=\d|%)\s\+\s(?=[\d$€£])", " plus ", needs=r"\+"),
    word(r"(?<!\w)\+(?=[$€£]?\d)", "plus ", needs=r"\+"),
    word(r"(?<=[\d%])\+(?!\w)", " plus", needs=r"\+"),
)

_LEFT = {
    "²": " squared", "³": " cubed", "%": " percent", "°": " degrees", "&": " and ", "+": " plus ", "=": " equals ",
    "×": " times ", "µ": " micro ", "Ω": " ohms ", "$": " dollars ", "€": " euros ", "£": " pounds ", "¥": " yen ",
    "¢": " cents ", "₹": " rupees ", "₿": " bitcoin ", "₩": " won ", "₽": " rubles ", "₪": " shekels ", "₺": " lira ",
    "₫": " dong ", "₱": " pesos ", "₦": " naira ", "₴": " hryvnias ", "฿": " baht ",
}  # fmt: skip

LATE = (
    word(r"(?<=[a-z])[²³](?!\w)", "", needs="[²³]"),
    word(r"(?<=[A-Z])/(?=[A-Z]\b)|(?<=\b[A-Z][A-Z])/(?=[A-Z])|(?<=\b[A-Z]{3})/(?=[A-Z])", " ", needs="/"),
    word(r"(?<=\w)\s?/\s?(?=\w)", " slash ", needs="/"),
    word(r"(?<=\w)\s?@\s?(?=\w)", " at ", needs="@"),
    rule(f"[{''.join(_LEFT)}]", lambda m, _r: _LEFT[m.group()], needs=""),
    word(r"[()\[\]{}|—<>]+|\s[–-]+(?=\s|$)|^[–-]+\s", ", ", needs=r"[()\[\]{}|—–<>-]"),
    word(r"(?<=\w)'(?!\w)|(?<!\w)'", "", needs="'"),
    word(r"[-–_/\\~*^#@\"¦]+", " ", needs=r"[-–_/\\~*^#@\"¦]"),
)

_TIDY = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\s+([,.;:?!])"), r"\1"),
    (re.compile(r"(?:[,;:]\s*)+(?=[.?!;:,])"), ""),
    (re.compile(r"([.?!])[.,;:]+"), r"\1"),
    (re.compile(r"([?!])[.?!]+"), r"\1"),
    (re.compile(r"^[\s,.;:?!]+"), ""),
    (re.compile(r"([,.;:?!])(?=[^\s,.;:?!'])"), r"\1 "),
    (re.compile(r"(?<![^\W\d_])'|'(?![^\W\d_])"), ""),
    (re.compile(r"\s+"), " "),
)


def tidy(text: str) -> str:
    """Leave single spaces, one mark of punctuation at a time, and none at the beginning."""
    for pattern, replacement in _TIDY:
        text = pattern.sub(replacement, text)
    return text.strip(" ,;:")
