"""Name everything that can go wrong, for people: what, where, and what to do next."""

from __future__ import annotations


class RoadcastError(Exception):
    """A failure whose message a user can act on.

    Attributes:
        exit_code: what the command line returns to the shell.
        retryable: whether the same call may succeed if it is made again.
    """

    exit_code = 1
    retryable = False


class SettingsError(RoadcastError):
    """The settings, a key file or the command line ask for something impossible."""

    exit_code = 2


class PluginError(RoadcastError):
    """An installed extension does not keep its contract."""

    exit_code = 2


class IntakeError(RoadcastError):
    """An item in the briefings folder cannot be read."""

    exit_code = 3


class PlanError(RoadcastError):
    """No rundown satisfies the show: must-hear items alone break the cap, or there is nothing to say."""

    exit_code = 4


class ScriptError(RoadcastError):
    """A template or a written script cannot be used."""

    exit_code = 5


class FidelityError(ScriptError):
    """A script says something that its source did not say."""

    exit_code = 6


class NarrationError(RoadcastError):
    """Words could not be turned into speech.

    Attributes:
        retries: how often engines had been asked again by then.
    """

    exit_code = 7
    retries = 0


class EngineUnavailable(NarrationError):
    """The engine cannot be reached or is not installed; another engine may succeed, or another attempt.

    Attributes:
        retryable: whether another attempt with the same engine may succeed.
        retry_after: seconds that the engine asks to be left alone first, if it says so.
    """

    def __init__(self, message: str, *, retryable: bool = True, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retryable = retryable
        self.retry_after = retry_after


class PassageRejected(NarrationError):
    """The text itself is the problem; no attempt with the same text will succeed."""


class BadSpeech(NarrationError):
    """The engine answered with silence, half the words, clipping or nothing at all."""


class ProductionError(RoadcastError):
    """Speech, music or clips could not be mixed, encoded or joined."""

    exit_code = 8


class FormatMismatch(ProductionError):
    """Clips of different audio formats were to be joined."""


class StorageError(RoadcastError):
    """The disk refused: full, read-only, or not what was written."""

    exit_code = 9
    retryable = True


class PublishingError(RoadcastError):
    """A feed or episode is incomplete or against the rules of podcasting."""

    exit_code = 10


class DeliveryError(RoadcastError):
    """A subscription cannot be issued, changed or honoured."""

    exit_code = 11


class UnknownToken(DeliveryError):
    """Nobody holds this token."""


class SubscriptionEnded(DeliveryError):
    """The token was good once; the right behind it has ended."""


class VoicemailError(RoadcastError):
    """A voicemail export would be refused by its target or reach somebody it must not."""

    exit_code = 12
