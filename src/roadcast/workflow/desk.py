"""Prepare an edition on the desk: its words for the ear, how long they last, and proof of what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from roadcast import mixing, narration, scripting
from roadcast.catalogue import Observation
from roadcast.errors import FidelityError, ProductionError
from roadcast.model import (
    Clip,
    ClipKey,
    Confidentiality,
    Edition,
    Origin,
    Passage,
    Rundown,
    Script,
    Segment,
    Show,
    Spoken,
)
from roadcast.planning import Length
from roadcast.scripting import Frame
from roadcast.workflow import lengths
from roadcast.workflow.clips import Voicing, key_of, pace_of
from roadcast.workflow.studio import Studio

_STRICTEST = (Confidentiality.CONFIDENTIAL, Confidentiality.INTERNAL)


@dataclass(slots=True, kw_only=True)
class Desk:
    """What is known of one edition while it is made.

    Attributes:
        sounds: digest of each sound in use, by name; recordings: files that briefings name as such, there or not.
        voicing: who speaks; replaced when another engine steps in.
    """

    studio: Studio
    show: Show
    edition: Edition
    target: timedelta
    voicing: Voicing
    sounds: dict[str, str] = field(default_factory=dict)
    recordings: tuple[str, ...] = ()
    _scripts: dict[tuple[object, ...], Script] = field(default_factory=dict)
    _clips: dict[ClipKey, Clip] = field(default_factory=dict)
    _predictions: dict[tuple[int, int], Callable[[str], float]] = field(default_factory=dict)
    _lengths: dict[str, float | None] = field(default_factory=dict)
    _proven: set[Script] = field(default_factory=set)

    def cleared(self) -> Desk:
        """Give a desk for the same edition without any script; what is known of clips and voices is shared."""
        return replace(self, _scripts={})

    @property
    def voices(self) -> tuple[str, ...]:
        """Say who speaks, engine and voice, by presenter."""
        return tuple(str(self.voicing.part(index)) for index in range(len(self.show.presenters)))

    def script(self, segment: Segment) -> Script:
        """Write the script of a segment, or give the one written or edited before."""
        name = _identity(segment)
        if name not in self._scripts:
            frame = Frame(show=self.show, edition=self.edition, minutes=round(self.target.total_seconds() / 60))
            self._scripts[name] = scripting.write(segment, frame, self.studio.templates, self.say)
        return self._scripts[name]

    def take(self, segment: Segment, script: Script) -> None:
        """Take an edited script in place of the one the templates write."""
        self._scripts[_identity(segment)] = script

    def say(self, text: str, scopes: frozenset[str]) -> Spoken:
        """Say a line for the ear.

        Raises:
            PassageRejected: if something in it cannot be spoken.
        """
        return self.studio.say(text, scopes)

    def key(self, script: Script) -> ClipKey:
        """Name the clip of a script."""
        return key_of(
            script, self.voicing, encoding=self.studio.format, loudness=self.show.loudness, sounds=self.sounds
        )

    def clip(self, script: Script) -> Clip | None:
        """Find the clip of a script, if it has been made and is whole."""
        key = self.key(script)
        if key not in self._clips:
            clip = self.studio.store.clip(key)
            if clip is None:
                return None
            self._clips[key] = clip
        return self._clips[key]

    def measure(self, segment: Segment) -> Length:
        """Tell how long a segment lasts: the truth where its clip exists, a prediction elsewhere."""
        script = self.script(segment)
        clip = self.clip(script)
        return Length(seconds=clip.seconds, known=True) if clip else Length(seconds=self.predict(script))

    def predict(self, script: Script) -> float:
        """Predict the seconds of a script from the length of its recording, or else the pace of its voices."""
        words = self._recorded(script.recording) if script.recording else None
        if words is None:
            words = sum(self._seconds(passage) + passage.pause.total_seconds() for passage in script.passages)
        return words + mixing.music_seconds(script)

    def _recorded(self, name: str) -> float | None:
        """Tell how long a recording lasts; None if nobody knows, for it cannot be played."""
        if name not in self._lengths:
            try:
                self._lengths[name] = lengths.seconds_of(self.studio.root, name, self.sounds[name])
            except ProductionError:  # of an item too far behind to be looked at
                self._lengths[name] = None
        return self._lengths[name]

    def _seconds(self, passage: Passage) -> float:
        who = passage.presenter, self.voicing.level[passage.presenter]
        if who not in self._predictions:
            part = self.voicing.part(passage.presenter)
            part = replace(part, pace=pace_of(self.studio, part))
            self._predictions[who] = cache(lambda text: part.expects(text).seconds)
        return self._predictions[who](passage.spoken.text)  # which is in many variants of its item

    def learn(self, scripts: Sequence[Script]) -> None:
        """Keep how long the passages of new clips really took."""
        for presenter in range(len(self.show.presenters)):
            part = self.voicing.part(presenter)
            seen = [
                observe(passage, seconds=end - start)
                for script in scripts
                if (clip := self.clip(script)) is not None and not script.recording
                for passage, (start, end) in zip(script.passages, clip.passages, strict=True)
                if passage.presenter == presenter
            ]
            if seen:
                self.studio.catalogue.fits.observe(part.narrator.name, part.voice.name, part.rate, seen)
        self._predictions.clear()

    def prove(self, rundown: Rundown) -> tuple[str, ...]:
        """Hold every line against its source, once; give the lines that editors wrote, for the report.

        Raises:
            FidelityError: naming each line that its source does not bear out, with both.
        """
        items = {e.segment.item.slug: e.segment.item for e in rundown.entries if e.segment.item}
        scripts = [self.script(entry.segment) for entry in rundown.entries]
        fresh = [script for script in scripts if script not in self._proven]
        passages = [passage for script in fresh for passage in script.passages]
        findings = scripting.audit(passages, sources=items, extra=self._own_words())
        if findings:
            raise FidelityError("\n".join(str(finding) for finding in findings))
        self._proven.update(fresh)
        return tuple(f"{p.place}: {p.text}" for s in scripts for p in s.passages if p.origin is Origin.EDITED)

    def _own_words(self) -> tuple[str, ...]:
        show, day = self.show, self.edition.date
        return (
            *(show.title, show.description, show.company, show.author),
            *(presenter.name for presenter in show.presenters),
            *(kind.label for kind in show.kinds),
            f"{day:%A}, {day.day} {day:%B} {day.year}",
            f"{round(self.target.total_seconds() / 60)} minutes",
        )


def observe(passage: Passage, *, seconds: float) -> Observation:
    """Count what the length of a passage depends on."""
    counted = narration.count(passage.spoken.text)
    return Observation(characters=counted.characters, commas=counted.commas, stops=counted.stops, seconds=seconds)


def confidentiality(segment: Segment) -> Confidentiality:
    """Give the strictest class among the items that a segment tells or names."""
    return strictest(item.confidentiality for item in segment.told)


def strictest(classes: Iterable[Confidentiality]) -> Confidentiality:
    """Give the strictest of some classes; nothing at all is public."""
    found = set(classes)
    return next((strict for strict in _STRICTEST if strict in found), Confidentiality.PUBLIC)


def _identity(segment: Segment) -> tuple[object, ...]:
    return (
        segment.role,
        segment.item.slug if segment.item else None,
        segment.variant.name if segment.variant else None,
        segment.announcement,
        tuple(item.slug for item in segment.items),
    )
