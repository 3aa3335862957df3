"""Tell acronyms letter by letter, unless people say them as words."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import cardinal, roman
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule, word


def _how(way: str) -> frozenset[str]:
    return frozenset(acronym for acronym, how in tables.rows("acronyms") if how == way)


_SAID = _how("word")
# Told by letters although they could be said.
_SPELLED = _how("letters")
# Words that somebody wrote in capitals.
_WORDS = _how("ordinary")
# How a word of English may begin; FMLA and NDIS are none.
_ONSET = pattern(
    r"[BCDFGHJKLMNPQRSTVWXZ]?[AEIOUY]|[BCFGKP][LR]|[CPSTW]H|D[RW]|T[RSW]|S[CKLMNPQTVW]|[GK]H|GN|KN|SV|PS|RH|WR|VL|SCH|Q[AEIO]"
)
_THRICE = pattern(r"([A-Z])\1\1")
_VOWEL = pattern(r"[AEIOUY]")


def _spelled(letters: str, reading: Reading) -> bool:
    """Decide whether capitals are told one by one."""
    if letters in reading.said or letters in _WORDS:
        return False
    if letters in reading.spelled or letters in _SPELLED:
        return True
    if letters in _SAID:
        return False
    if len(letters) < 4 or (len(letters) < 7 and not _VOWEL.search(letters)):
        return True
    return _THRICE.search(letters) is not None or (len(letters) == 4 and _ONSET.match(letters) is None)


def _acronym(match: re.Match[str], reading: Reading) -> str:
    letters, more = match["letters"], match["more"] or ""
    if letters == "IV" and _DRIP.search(match.string):
        return "I V"
    if not letters.strip("IVX") and (value := roman(letters)) and value < 40:
        return cardinal(str(value)) + more
    if not _spelled(letters, reading):
        return match.group()
    return " ".join(letters) + ("'s" if more else "")


# Where IV goes into a vein, and is no four.
_DRIP = pattern(
    r"\b(?i:IV\s(?:drip|fluids?|bags?|lines?|therap\w+|antibiotics?|infusions?|push|access|bolus|pumps?|sets?|catheters?|poles?|"
    r"iron|vitamins?|formulation|sedation|dos\w+)|(?:milligrams?|micrograms?|milliliters?|mg|mcg|mL|units)(?:\sper(?:\s(?:square|cubic))?\s\w+){0,2}\sIV"
    r"|(?:give|given|administered|via|by|oral(?:ly)?|or|an|start(?:ed)?|dose|infused|hours|daily|a\sday|as\sneeded|stat)\sIV)\b"
)


def _initials(match: re.Match[str], reading: Reading) -> str:
    """Say U.S. and Ph.D.; keep the full stop where the sentence ends."""
    del reading
    text, end = match.string, match.end()
    behind = text[end : end + 20].lstrip("\"')] ")
    stop = (
        "." if not behind or re.match(r"(?:The|A|It|We|In|This|That|They|But|He|She|And|Our|You|If)\b", behind) else ""
    )
    return " ".join(re.findall(r"[A-Za-z]+", match.group())) + (stop if match.group().endswith(".") else "")


_LOUD = pattern(r"[A-Z]{2,}\b")
_WORD = pattern(r"[A-Za-z]{2,}")

# Where shares are traded: their names are told by letters, NYSE: ACME.
_EXCHANGES = ("NYSE", "NASDAQ", "Nasdaq", "LSE", "AIM", "TSX", "TSXV", "ASX", "NSE", "BSE", "HKEX", "SGX", "JSE", "SIX")

RULES = (
    rule(
        r"(?<![\w.@/-])(?P<share>[A-Z]{3,5}|[A-Z]{2,5}[a-z])\.(?P<exchange>[A-Z]{1,2})(?![\w.-])",
        lambda m, _r: " ".join(m["share"].upper() + m["exchange"]),
        marks=".",
        figures=False,
        needs=r"[A-Z][a-z]?\.[A-Z]",
    ),
    rule(
        rf"(?P<exchange>\b(?:{either(_EXCHANGES)}):\s?)(?P<share>[A-Z]{{2,5}})(?!\w)",
        lambda m, _r: m["exchange"] + " ".join(m["share"]),
        marks=":",
        figures=False,
        cues=_EXCHANGES,
    ),
    rule(r"\bPh\.\s?D\.?", lambda m, r: "P H D" + _initials(m, r).removeprefix("Ph D"), cues=("Ph",), figures=False),
    rule(
        r"\b(?:[A-Z]\.\s?){2,7}(?<=\.)(?!\w)|\b(?:[A-Za-z]\.){2,6}(?:[A-Za-z]\b)?\.?",
        lambda m, r: _initials(m, r) + (" " if m.group()[-1] == " " else ""),
        marks=".",
        needs=r"\.\s?[A-Za-z]",
        figures=False,
    ),
    word(r"(?<=\b[A-Z])\.(?=\s?[A-Z])", " ", marks=".", needs=r"\.\s?[A-Z]"),
)

LETTERS = (rule(r"(?<![\w'])(?P<letters>[A-Z]{2,6})(?P<more>'?s\b)?(?!\w)", _acronym, figures=False, needs="[A-Z]{2}"),)


def shouted(text: str) -> bool:
    """Tell whether a text is written in capitals throughout, so that capitals mean nothing."""
    loud = len(_LOUD.findall(text))
    return loud >= 4 and loud * 10 >= len(_WORD.findall(text)) * 7
