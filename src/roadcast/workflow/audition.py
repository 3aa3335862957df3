"""Make a reel: the same words in many voices, one chapter each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from roadcast import assembly, engines, mixing, narration
from roadcast.errors import NarrationError, PassageRejected, SettingsError
from roadcast.hint import ask, nearest
from roadcast.model import (
    Chapter,
    Clip,
    ClipKey,
    Confidentiality,
    Origin,
    Passage,
    Place,
    Role,
    Script,
)
from roadcast.model.language import language_of
from roadcast.narration import Cast, Part
from roadcast.store import write
from roadcast.workflow.studio import Studio

TEXT = (
    "Good morning. The Meridian plan now costs $48,500 a year, down 12%, for orders before January 15. "
    "Ask every customer in the north region about it today."
)
PAUSE = timedelta(seconds=0.8)
HUM = "tone"  # is no voice


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """A file with one chapter for each voice, and the voices that could not be heard, with the reason."""

    path: Path
    chapters: tuple[Chapter, ...]
    refused: tuple[str, ...]


def audition(studio: Studio, *, voices: Sequence[str] = (), text: str = TEXT) -> Reel:
    """Have voices say a text, and write `audio_out/audition.mp3`.

    Args:
        studio: the workspace, whose lexicon and settings are used.
        voices: "engine/voice", a voice, or an engine with its voices in the shows' language; none means every
            engine on this machine.
        text: as written; it counts as public, for it is the user's own.

    Raises:
        SettingsError: if nobody is meant.
        PassageRejected: if there is nothing to say in the text.
        NarrationError: if nobody could say it.
    """
    parts = list(_parts(studio, voices))
    if not parts:
        raise SettingsError(f"no voice is called {' or '.join(voices)}; {_near(studio, voices)}")
    made: list[tuple[Clip, bytes]] = []
    chapters: list[Chapter] = []
    refused: list[str] = []
    for part in parts:
        try:
            clip, data = _clip(studio, part, text)
        except PassageRejected:
            raise
        except NarrationError as error:
            refused.append(str(error))
            continue
        start = chapters[-1].end if chapters else 0.0
        chapters.append(Chapter(title=str(part), start=start, end=start + clip.seconds))
        made.append((clip, data))
    if not made:
        raise NarrationError("; ".join(refused))
    path = studio.root / "audio_out" / "audition.mp3"
    _write(path, made, chapters, studio.today())
    return Reel(path=path, chapters=tuple(chapters), refused=tuple(refused))


def _write(path: Path, made: Sequence[tuple[Clip, bytes]], chapters: Sequence[Chapter], today: date) -> None:
    tag = assembly.Tag(
        title="Audition",
        album="Roadcast",
        artist="Roadcast",
        date=today,
        comment="Synthetic voices.",
        track=1,
        cover=b"",
    )
    data = {clip.key: frames for clip, frames in made}
    recording = assembly.join([clip for clip, _ in made], chapters=chapters, tag=tag)
    write(path, assembly.write(recording, lambda clip: data[clip.key]))


def _parts(studio: Studio, voices: Sequence[str]) -> Iterator[Part]:
    options = studio.settings.engines.options
    languages = {language_of(show.language) for show in studio.shows} or {"en"}
    for state in engines.available(options=options):
        if not state.ready or (not voices and (state.limits.online or state.name == HUM)):
            continue
        narrator = engines.find(state.name, options=options)
        for voice in state.voices:
            named = {f"{state.name}/{voice.name}", voice.name} & set(voices)
            meant = not voices or state.name in voices
            if named or (meant and language_of(voice.language) in languages):
                yield Part(narrator=narrator, voice=voice)


def _near(studio: Studio, voices: Sequence[str]) -> str:
    """Say which voices may have been meant."""
    states = [state for state in engines.available(options=studio.settings.engines.options) if state.ready]
    known = {state.name for state in states}
    known |= {name for s in states for voice in s.voices for name in (voice.name, f"{s.name}/{voice.name}")}
    near = [name for asked in voices for name in nearest(asked, known, most=2)]
    return ask(near, otherwise="'roadcast voices' lists them")


def _clip(studio: Studio, part: Part, text: str) -> tuple[Clip, bytes]:
    place = Place(path="audition", line=1)
    script = Script(
        name=str(part),
        role=Role.ITEM,
        title=str(part),
        passages=(
            Passage(
                presenter=0,
                text=text,
                spoken=studio.say(text, frozenset()),
                pause=PAUSE,
                origin=Origin.TEMPLATE,
                place=place,
            ),
        ),
    )
    said = narration.narrate(
        script,
        Cast(chains=((part,),)),
        confidentiality=Confidentiality.PUBLIC,
        online=studio.settings.engines.online,
    )
    key = ClipKey(hashlib.sha256(f"{part} {text}".encode()).hexdigest())
    sounds = mixing.Sounds(rate=studio.format.rate)
    return mixing.mix(script, said, sounds, format=studio.format, loudness=studio.settings.audio.lufs, key=key)
