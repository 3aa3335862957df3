"""Say or drop what is left when every rule has had its turn: &, +, /, brackets, quotes, dashes."""

from __future__ import annotations

import re

from roadcast.spoken.rules import rule, word

EARLY = (
    word(r"\bAT&T\b", "A T and T", hint="&"),
    word(r"\bC\+\+", "C plus plus", hint="+"),
    rule(r"\b([CF])#", lambda m, _r: f"{m[1]} sharp", hint="#"),
    word(r"\.NET\b", "dot net", hint="."),
    rule(r"(?<=[A-Za-z])&(?=[A-Za-z])", lambda _m, _r: " and ", hint="&"),
    word(r"\s?->\s?|\s?=>\s?|\s?-->\s?", " to ", hint=">"),
    word(r"\s--+\s?|(?<=\w)--+(?=\w)", ", ", hint="-"),
    rule(r"(?<!\w)~\s?(?=[$€£\d])", lambda _m, _r: "about ", hint="~"),
    rule(
        r"(?<!\w)([<>])=?\s?(?=[$€£.]?\d)",
        lambda m, _r: ("less than " if m[1] == "<" else "more than ") + ("or equal to " if "=" in m[0] else ""),
        hint="<>",
    ),
    rule(
        r"#\s?(?=\d)",
        lambda m, _r: ("" if m.start() == 0 or not m.string[m.start() - 1].isalnum() else " ") + "number ",
        hint="#",
    ),
    word(r"(?<=\d)\s\*\s(?=\d)", " times ", hint="*"),
    word(r"(?<=[\w)])\s?=\s?(?=[\w$€£(-])", " equals ", hint="="),
    word(r"(?<=\d|%)\s\+\s(?=[\d$€£])", " plus ", hint="+"),
    word(r"(?<!\w)\+(?=[$€£]?\d)", "plus ", hint="+"),
    word(r"(?<=[\d%])\+(?!\w)", " plus", hint="+"),
    word(r"(?<=\d)\s?×\s?(?=\d)", " times ", hint="×"),
)

LATE = (
    word(r"²", " squared", hint="²"),
    word(r"³", " cubed", hint="³"),
    word(r"\s?%", " percent", hint="%"),
    word(r"\s?°", " degrees", hint="°"),
    word(r"\s?&\s?", " and ", hint="&"),
    word(r"(?<=[A-Z])/(?=[A-Z]\b)|(?<=\b[A-Z][A-Z])/(?=[A-Z])|(?<=\b[A-Z]{3})/(?=[A-Z])", " ", hint="/"),
    word(r"(?<=\w)\s?/\s?(?=\w)", " slash ", hint="/"),
    word(r"(?<=\w)\s?\+\s?(?=\w)", " plus ", hint="+"),
    word(r"\+", " plus ", hint="+"),
    word(r"\s?=+\s?", " equals ", hint="="),
    word(r"(?<=\w)\s?@\s?(?=\w)", " at ", hint="@"),
    word(r"×", " times ", hint="×"),
    word(r"µ", " micro ", hint="µ"),
    word(r"Ω", " ohms ", hint="Ω"),
    word(r"[$]", " dollars ", hint="$"),
    word(r"€", " euros ", hint="€"),
    word(r"£", " pounds ", hint="£"),
    word(r"¥", " yen ", hint="¥"),
    word(r"¢", " cents ", hint="¢"),
    word(r"₹", " rupees ", hint="₹"),
    word(r"₿", " bitcoin ", hint="₿"),
    word(r"\s[<>]\s|(?<=\w)>(?=\s)", ", ", hint="<>"),
    word(r"[()\[\]{}|—]+|\s[–-]+(?=\s|$)|^[–-]+\s", ", ", hint="()[]{}|—–-"),
    word(r"(?<=\w)'(?!\w)|(?<!\w)'", "", hint="'"),
    word(r"[-–_/\\~*^<>#@\"¦]+", " ", hint='-–_/\\~*^<>#@"¦'),
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
