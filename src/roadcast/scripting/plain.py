"""Write a text with the characters that the ledger reads, as a voice is going to say it.

What looks like another figure is spelled as the figure it is ("４１", "④①"), and a sign before a number as its word,
since `roadcast.spoken` says both so: what is heard has to be what was checked.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import unescape

_ENTITY = re.compile(r"&#?\w{2,8};")
_SIGNS = re.compile(r"[<>~+]|[!/]=")
_WORDED = (
    (re.compile(r"\+/-|±"), " plus or minus "),
    (re.compile(r"[!/]=|<>|≠"), " other than "),
    (re.compile(r"->|[→⇒➔➜⟶]"), " to "),
    (re.compile(r">=|=>|[≥≧⩾]"), " at least "),
    (re.compile(r"<=|=<|[≤≦⩽]"), " at most "),
    (re.compile(r"[≈∼≃≅]"), " about "),
    (re.compile(r"~\s*(?=[\w$€£.])"), " about "),
    (re.compile(r"<\s*(?=[\w$€£.-])"), " less than "),
    (re.compile(r">\s*(?=[\w$€£.-])"), " more than "),
    (re.compile(r"(?<=\d)(%|[kKMB]|bn)?\+(?!\w)"), r"\1 or more"),
    (re.compile(r"↑"), " up "),
    (re.compile(r"↓"), " down "),
    (re.compile(r"(?<=\d)²"), " squared"),
    (re.compile(r"(?<=\d)³"), " cubed"),
    (re.compile(r"√(?=\s*\w)"), " square root of "),
)
_GAP = re.compile(r" {2,}")
_KEPT = frozenset("²³½⅓⅔¼¾⅕⅖⅗⅘⅙⅛⅜⅝⅞")
"""Powers, and the fractions that `roadcast.numerals` reads."""


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Fold figures, letters and signs that only look special; put words for signs that say something of a number."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    if not text.isascii():
        text = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    elif not _SIGNS.search(text):
        return text
    for sign, words in _WORDED:
        text = sign.sub(words, text)
    return _GAP.sub(" ", text)


def _folded(character: str) -> str:
    """Give the plain form of one character; nothing for what only steers how text is drawn."""
    if character < "\x7f" or character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Nl":
        return f"{unicodedata.numeric(character):g}"
    if category in ("Cf", "Me", "Mn"):
        return ""
    if category == "Zs":
        return " "
    if category == "No" or category[0] == "L" or "\uff01" <= character <= "\uff5e":
        folded = unicodedata.normalize("NFKC", character)
        return f" {folded.replace('⁄', '/')}" if "⁄" in folded else folded
    return character
