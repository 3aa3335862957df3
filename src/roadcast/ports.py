"""Contracts that have more than one real implementation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from roadcast.model import Confidentiality, Speech, Utterance, Voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an engine can take.

    Attributes:
        characters: longest text of one call.
        online: whether text leaves this machine.
        seconds: how long one call may take before it counts as hung; infinity for an engine that holds the
            interpreter's lock until it is done, for nothing in its process can time it.
    """

    characters: int = 2_000
    online: bool = False
    seconds: float = 60.0


def permitted(limits: Limits, confidentiality: Confidentiality, online: bool) -> bool:
    """Tell whether an engine may be given these words: what is not public never leaves the machine.

    `online` tells whether the team allows online engines at all (`[engines] online = true`).
    """
    return not limits.online or (online and confidentiality is Confidentiality.PUBLIC)


@runtime_checkable
class Narrator(Protocol):
    """An engine that speaks.

    Given an utterance whose text holds letters, spaces and the punctuation of breath, and is no longer
    than `limits.characters`, `narrate` promises speech of all its words in the voice asked for: 16-bit
    PCM, not empty. It may be called from several processes, and from one thread of each.

    Attributes:
        name: of the engine; version: of engine and voice data: part of every clip's key.
    """

    name: str
    version: str
    limits: Limits

    def voices(self) -> Sequence[Voice]:
        """List the voices that are ready to speak, best first.

        Raises:
            EngineUnavailable: if the engine is not installed; the message says how to get it.
        """
        ...

    def narrate(self, utterance: Utterance) -> Speech:
        """Say it.

        Raises:
            EngineUnavailable: if another attempt or engine may succeed.
            PassageRejected: if the text is the problem.
            BadSpeech: if the engine itself reports that it failed to say everything.
        """
        ...
