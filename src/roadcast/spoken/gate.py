"""The last gate: only letters that a voice knows, spaces and the punctuation of breath pass."""

from __future__ import annotations

import unicodedata

from roadcast.errors import PassageRejected
from roadcast.spoken.patterns import pattern

_PASSES = pattern(r"[A-Za-z ,.;:?!']*")


def _sayable(character: str) -> bool:
    if _PASSES.fullmatch(character):
        return True
    return unicodedata.category(character)[0] == "L" and unicodedata.name(character, "").startswith("LATIN")


def offending(text: str) -> tuple[str, ...]:
    """List the characters that no voice can say, each once, in order."""
    if _PASSES.fullmatch(text):
        return ()
    return tuple(dict.fromkeys(character for character in text if not _sayable(character)))


def admit(spoken: str, *, written: str) -> None:
    """Let a spoken text pass.

    Raises:
        PassageRejected: naming the characters that cannot be said.
    """
    marks = offending(spoken)
    if not marks:
        return
    shown = " ".join(_shown(mark) for mark in marks[:8])
    scripts = sorted({_script(mark) for mark in marks if mark.isalpha()})
    if scripts:
        raise PassageRejected(
            f"no voice here reads {', '.join(scripts)} letters ({shown}) in {excerpt(written)};"
            " write it in Latin letters or add it to the lexicon"
        )
    raise PassageRejected(f"cannot say {shown} in {excerpt(written)}; write it in words or add it to the lexicon")


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "?").split()[0].capitalize()
    return "Chinese or Japanese" if name == "Cjk" else name


def _shown(mark: str) -> str:
    return mark if mark.isprintable() else f"U+{ord(mark):04X}"


def excerpt(text: str) -> str:
    """Quote the beginning of a text."""
    return repr(text if len(text) <= 80 else text[:77] + "...")
