"""Cast a show, and name each of its clips by what it says and how."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from roadcast import engines, mixing, narration
from roadcast.errors import ProductionError
from roadcast.lazily import Lazily
from roadcast.model import (
    AudioFormat,
    ClipKey,
    Confidentiality,
    LexiconEntry,
    Script,
    Show,
)
from roadcast.narration import Cast, Pace, Part
from roadcast.ports import permitted
from roadcast.settings import EnginesSettings
from roadcast.workflow.jobs import PRODUCTION, SOUNDS
from roadcast.workflow.lengths import digest_of
from roadcast.workflow.studio import Studio


@dataclass(frozen=True, slots=True, kw_only=True)
class Voicing:
    """Who speaks in an edition: for each presenter a chain of parts, and how far down it we are.

    Attributes:
        level: the place in the chain of the part that speaks now, by presenter, from 0.
    """

    cast: Cast
    level: tuple[int, ...]

    def part(self, presenter: int) -> Part:
        """Give the part that speaks for a presenter now."""
        return self.cast.chain(presenter)[self.level[presenter]]

    def next(self, presenters: Collection[int]) -> Voicing | None:
        """Let the next in line step in for those of these presenters who have one; None if none of them has."""
        level = tuple(
            number + (presenter in presenters and number + 1 < len(self.cast.chain(presenter)))
            for presenter, number in enumerate(self.level)
        )
        return None if level == self.level else replace(self, level=level)

    def confined(self, secrets: Mapping[int, Confidentiality], *, online: bool) -> Voicing:
        """Pass over the parts that may not be given what their presenter says.

        One secret line decides for all of a presenter's: nobody changes voice in the middle of an edition, and
        no public line goes out only to be said again at home. Where nobody is permitted, nothing changes, and
        `narrate` refuses.

        Args:
            secrets: the strictest class among the lines of each presenter.
            online: whether the team allows engines that send text out.
        """
        level: list[int] = []
        for presenter, now in enumerate(self.level):
            chain, secret = self.cast.chain(presenter), secrets.get(presenter, Confidentiality.PUBLIC)
            allowed = (at for at in range(now, len(chain)) if permitted(chain[at].narrator.limits, secret, online))
            level.append(next(allowed, now))
        return replace(self, level=tuple(level))


def voicing(settings: EnginesSettings, show: Show, *, engine: str = "") -> Voicing:
    """Cast a show.

    Raises:
        SettingsError: if an engine or voice is unknown.
        EngineUnavailable: if no engine is ready.
    """
    options, order = settings.options, settings.order
    asked = [replace(p, engine=engine, voice="") if engine else p for p in show.presenters]
    chains = [engines.choose(presenter.engine, order, options=options) for presenter in asked]
    found = narration.cast(asked, chains, language=show.language)
    return Voicing(cast=found, level=(0,) * len(chains))


def paced(studio: Studio, voicing: Voicing) -> Voicing:
    """Let each part know its pace, so that what it says is judged by what is usual for it."""

    def known(chain: Sequence[Part]) -> Sequence[Part]:
        return Lazily(replace(part, pace=pace_of(studio, part)) for part in chain)

    return replace(voicing, cast=Cast(chains=tuple(map(known, voicing.cast.chains))))


def pace_of(studio: Studio, part: Part) -> Pace | None:
    """Give the pace of a part as earlier editions showed it; None while there are too few."""
    fit = studio.catalogue.fits.fit(part.narrator.name, part.voice.name, part.rate)
    return Pace(character=fit.character, comma=fit.comma, stop=fit.stop) if fit else None


def key_of(
    script: Script, voicing: Voicing, *, encoding: AudioFormat, loudness: float, sounds: Mapping[str, str]
) -> ClipKey:
    """Name a clip by what it says and how: same words, voices, cues and format, same clip, whoever hears it."""
    voices = {presenter: _voice(voicing.part(presenter)) for presenter in {p.presenter for p in script.passages}}
    said = {
        "production": PRODUCTION,
        "format": str(encoding),
        "loudness": loudness,
        "cues": [(cue.kind, cue.sound, sounds.get(cue.sound, "")) for cue in script.cues],
        "recording": sounds.get(script.recording, "") if script.recording else "",
        "passages": [
            (voices[p.presenter], p.spoken.text, _entries(p.spoken.entries), p.pause.total_seconds())
            for p in script.passages
        ],
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return ClipKey(hashlib.sha256(text.encode()).hexdigest())


def _voice(part: Part) -> tuple[str, str, str, float]:
    return part.narrator.name, part.narrator.version, part.voice.name, part.rate


def _entries(entries: Sequence[LexiconEntry]) -> list[tuple[str, str]]:
    return [(entry.term, entry.say_as) for entry in entries]


def sounds_of(studio: Studio, show: Show, recordings: Iterable[str]) -> dict[str, str]:
    """Identify what may be heard besides voices: stings, beds and recordings, each by a digest of its file.

    Raises:
        ProductionError: if a sound or a recording cannot be read.
    """
    names = [show.bed, "opening", "closing", "actions", *(kind.sting for kind in show.kinds)]
    found = mixing.identify_sounds(studio.root / SOUNDS, names)
    for name in recordings:
        try:
            found[name] = digest_of(studio.root / name)
        except OSError as error:
            raise ProductionError(f"{name}: {error.strerror}; name a recording of the workspace") from error
    return found
