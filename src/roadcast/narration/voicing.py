"""Have the passages of a script said by the cast."""

from __future__ import annotations

import logging
import random
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from roadcast.errors import BadSpeech, EngineUnavailable, NarrationError, PassageRejected
from roadcast.model import Confidentiality, Mark, Narration, Passage, Script, Speech, Take, Utterance
from roadcast.narration.cast import Cast, Part
from roadcast.narration.deadline import Caller
from roadcast.narration.sound import HEAD, TAIL, Sound, judge
from roadcast.narration.splitting import Piece, halves, has_words, pieces
from roadcast.ports import permitted

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often an engine is asked again, and how long to wait.

    Attributes:
        attempts: calls for one piece of text with one engine.
        first, longest: seconds; the wait doubles from the first, with jitter, up to the longest. An engine that
            asks for a longer wait than that is given up.
    """

    attempts: int = 4
    first: float = 0.5
    longest: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random

    def wait(self, attempt: int, asked: float | None) -> bool:
        """Wait before the attempt after this one; False means that waiting would take too long."""
        seconds = min(self.longest, self.first * 2**attempt) * (0.5 + 0.5 * self.jitter())
        if asked is not None:
            seconds = max(asked, 0.0)
        if seconds > self.longest or attempt + 1 >= self.attempts:
            return False
        self.sleep(seconds)
        return True


@dataclass(slots=True)
class _Tally:
    """What happened on the way."""

    retries: int = 0
    warnings: list[str] = field(default_factory=list)


def narrate(
    script: Script,
    cast: Cast,
    *,
    confidentiality: Confidentiality = Confidentiality.INTERNAL,
    online: bool = False,
    patience: Patience | None = None,
) -> Narration:
    """Have a script said, every presenter by one voice from beginning to end.

    If a presenter's engine fails for good in any passage, all of that presenter's passages are said again by the
    next one in the chain.

    Args:
        script: whose passages are said.
        cast: who says them.
        confidentiality: the strictest among what the script tells; decides which engines may be asked.
        online: whether the team allows engines that send text out.
        patience: with engines that fail.

    Raises:
        PassageRejected: if a passage holds nothing to say, or what nobody can say.
        NarrationError: if no engine of a presenter's chain could say everything.
    """
    for passage in script.passages:
        _check(passage)
    tally = _Tally()
    takes: dict[int, Take] = {}
    engines: dict[int, str] = {}
    with Caller() as caller:
        session = _Session(patience=patience or Patience(), tally=tally, caller=caller)
        for presenter in dict.fromkeys(passage.presenter for passage in script.passages):
            own = [index for index, passage in enumerate(script.passages) if passage.presenter == presenter]
            chain = _allowed(cast.chain(presenter), confidentiality, online, tally)
            try:
                part, said = session.first_to_say([script.passages[index] for index in own], chain)
            except NarrationError as error:
                error.retries = tally.retries
                raise
            takes.update(zip(own, said, strict=True))
            engines[presenter] = str(part)
    return Narration(
        takes=tuple(takes[index] for index in range(len(script.passages))),
        engines=tuple(engines.values()),
        retries=tally.retries,
        warnings=tuple(tally.warnings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    """Presenters at the microphone, one after another."""

    patience: Patience
    tally: _Tally
    caller: Caller

    def first_to_say(self, passages: Sequence[Passage], chain: Sequence[Part]) -> tuple[Part, list[Take]]:
        """Try the parts in turn until one has said all passages."""
        failures: list[NarrationError] = []
        for part in chain:
            try:
                return part, [self.say(passage, part) for passage in passages]
            except NarrationError as error:
                failures.append(error)
                self.tally.warnings.append(str(error))
                logger.info("%s is given up", part)
        if len(failures) == 1:
            raise failures[0]
        raise NarrationError("; then ".join(str(failure) for failure in failures)) from failures[-1]

    def say(self, passage: Passage, part: Part) -> Take:
        """Say a passage, piece by piece.

        Raises:
            NarrationError: naming the passage, once all attempts have failed.
        """
        try:
            said = [
                (small, sound)
                for piece in pieces(passage.spoken.text, part.narrator.limits.characters)
                for small, sound in self.piece(piece, part)
            ]
        except NarrationError as error:
            message = f"{passage.place}: {part} cannot say '{_short(passage.text)}': {error}"
            if isinstance(error, PassageRejected):
                raise NarrationError(message) from error  # another engine may take what this one refuses
            error.args = (message,)
            raise
        return _take(said, part.voice.rate, passage.pause.total_seconds())

    def piece(self, piece: Piece, part: Part, cuts: int = 2) -> list[tuple[Piece, Sound]]:
        """Say one piece, asking again as the error demands; what stays bad is cut in two, at most `cuts` times."""
        for attempt in range(self.patience.attempts):
            last = attempt + 1 >= self.patience.attempts
            try:
                return [(piece, self.once(piece.text, part, attempt))]
            except EngineUnavailable as error:
                if not error.retryable or not self.patience.wait(attempt, error.retry_after):
                    raise
            except (BadSpeech, PassageRejected) as error:
                if last or isinstance(error, PassageRejected):
                    smaller = halves(piece)
                    if len(smaller) == 1 or not cuts:
                        raise
                    self.tally.retries += 1
                    return [said for half in smaller for said in self.piece(half, part, cuts - 1)]
            self.tally.retries += 1
        raise AssertionError("the last attempt returns or raises")

    def once(self, text: str, part: Part, attempt: int) -> Sound:
        """Say one piece of text, this time."""
        utterance = Utterance(text=text, voice=part.voice.name, rate=part.rate, attempt=attempt)
        narrator = part.narrator
        speech = self.caller.within(narrator.limits.seconds, lambda: narrator.narrate(utterance), narrator.name)
        return judge(speech, part.voice, part.expects(text))


def _allowed(chain: Sequence[Part], confidentiality: Confidentiality, online: bool, tally: _Tally) -> list[Part]:
    allowed = [part for part in chain if permitted(part.narrator.limits, confidentiality, online)]
    refused = [str(part) for part in chain if part not in allowed]
    if not allowed:
        raise NarrationError(
            f"{', '.join(refused)} would send {confidentiality} words out of this machine; add an offline engine, "
            "or mark the items public and set [engines] online = true"
        )
    if refused:
        tally.warnings.append(f"{', '.join(refused)} may not be given {confidentiality} words; {allowed[0]} speaks")
    return allowed


def _check(passage: Passage) -> None:
    """See to it that nothing reaches an engine that it would spell out, swallow or choke on."""
    text = passage.spoken.text
    if not has_words(text):
        raise PassageRejected(f"{passage.place}: nothing to say in '{_short(passage.text)}'")
    for character in text:
        if character.isspace():
            continue
        if unicodedata.category(character)[0] in "NSC" or character in "@#%&*/\\_{}[]":
            name = unicodedata.name(character, f"U+{ord(character):04X}").lower()
            raise PassageRejected(f"{passage.place}: {name} in the spoken form of '{_short(passage.text)}'")


def _take(said: Sequence[tuple[Piece, Sound]], rate: int, pause: float) -> Take:
    """Join the pieces of a passage with the pauses between them."""
    parts: list[np.ndarray] = []
    starts: list[float] = []
    marks: list[Mark] = []
    at = 0
    for piece, sound in said:
        if piece.opens:
            starts.append(at / rate)
        marks.extend(
            Mark(word=mark.word, start=mark.start + at / rate, end=mark.end + at / rate) for mark in sound.marks
        )
        silence = np.zeros(max(0, round((piece.pause - HEAD - TAIL) * rate)), dtype=np.int16)
        parts += [sound.samples, silence]
        at += len(sound.samples) + len(silence)
    pcm = np.concatenate(parts).astype("<i2").tobytes()
    return Take(speech=Speech(pcm=pcm, rate=rate, marks=tuple(marks)), pause=pause, starts=tuple(starts))


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
