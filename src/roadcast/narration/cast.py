"""Say who speaks for each presenter, and who steps in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roadcast.errors import NarrationError, SettingsError
from roadcast.hint import choices
from roadcast.lazily import Lazily
from roadcast.model import Presenter, Voice
from roadcast.model.language import language_of
from roadcast.narration.pace import GUESSED, MEASURED, Expected, Pace, estimate
from roadcast.ports import Narrator


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An engine in one of its voices.

    Attributes:
        rate: relative to the voice's normal rate of 1.0.
        pace: of the voice at this rate, if it has been measured.
    """

    narrator: Narrator
    voice: Voice
    rate: float = 1.0
    pace: Pace | None = None

    def expects(self, text: str) -> Expected:
        """Tell how long this part should take to say a text, the more narrowly the better it is known."""
        if self.pace is None:
            return Expected(seconds=estimate(text) / self.rate, bounds=GUESSED)
        return Expected(seconds=self.pace.seconds(text), bounds=MEASURED)

    def __str__(self) -> str:
        return f"{self.narrator.name}/{self.voice.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """For each presenter of the show, in its order, the part that speaks and those that step in for it."""

    chains: tuple[Sequence[Part], ...]

    def chain(self, presenter: int) -> Sequence[Part]:
        """Give the parts of a presenter, best first.

        Raises:
            NarrationError: if nobody speaks for this presenter.
        """
        if not 0 <= presenter < len(self.chains) or not self.chains[presenter]:
            raise NarrationError(f"no voice for presenter {presenter + 1}; the show has {len(self.chains)}")
        return self.chains[presenter]


def cast(presenters: Sequence[Presenter], chains: Sequence[Sequence[Narrator]], *, language: str = "en") -> Cast:
    """Give each presenter a voice of every engine in its chain.

    The voice a presenter names is looked for in the engine it names, or with "auto" in the whole chain, which
    then begins with the engine that has it. Elsewhere the n-th presenter gets the n-th voice of the language, so
    that two presenters never share a voice where the engine has two.

    Raises:
        SettingsError: if no engine asked has the voice; names the nearest.
        EngineUnavailable: if an engine of a chain is not ready.
    """
    pairs = enumerate(zip(presenters, chains, strict=True))
    cast = Cast(chains=tuple(_parts(presenter, index, chain, language) for index, (presenter, chain) in pairs))
    for parts in cast.chains:
        bool(parts)  # who speaks is found now, who steps in when it is needed
    return cast


def _parts(presenter: Presenter, index: int, chain: Sequence[Narrator], language: str) -> Sequence[Part]:
    voices = _voices(presenter, index, chain, language)
    return Lazily(Part(narrator=narrator, voice=voice, rate=presenter.rate) for narrator, voice in voices)


def _voices(
    presenter: Presenter, index: int, chain: Sequence[Narrator], language: str
) -> Iterator[tuple[Narrator, Voice]]:
    first, voice = _asked(presenter, chain) if presenter.voice else (None, None)
    if first is not None and voice is not None:
        yield first, voice
    for narrator in chain:
        if narrator is not first:
            yield narrator, _default(narrator, index, language)


def _asked(presenter: Presenter, chain: Sequence[Narrator]) -> tuple[Narrator, Voice]:
    """Find the voice that a presenter names, and the engine that has it."""
    asked = chain if presenter.engine == "auto" else [chain[0]]
    for narrator in asked:
        for voice in narrator.voices():
            if voice.name == presenter.voice:
                return narrator, voice
    known = {voice.name for narrator in asked for voice in narrator.voices()}
    engines = ", ".join(narrator.name for narrator in asked)
    raise SettingsError(
        f"presenter {presenter.name}: no voice '{presenter.voice}' in {engines}; {choices(presenter.voice, known)}"
    )


def _default(narrator: Narrator, index: int, language: str) -> Voice:
    voices = list(narrator.voices())
    fitting = [voice for voice in voices if language_of(voice.language) == language_of(language)] or voices
    return fitting[index % len(fitting)]
