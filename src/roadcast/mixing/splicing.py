"""Cut a long segment between its paragraphs, and splice what was made of the sections.

Each section is voiced, levelled and encoded by itself and kept: who changes a sentence waits for its paragraph, not
for the whole item. A voice starts a paragraph afresh (see `phrasing`), so nothing sounds across the cut; and what was
encoded follows what was encoded bit-exactly (see `assembly.joining`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from roadcast.mixing.framing import silence
from roadcast.mixing.timeline import PARAGRAPH
from roadcast.model import Clip, ClipKey, Levels, Mark, Passage, Role, Script
from roadcast.model.rundown import CueKind

SHORTEST = 100  # characters of a section, some 7 s: in less, loudness is no more than that of a word or two

Made = tuple[Clip, bytes]


def sections(script: Script) -> tuple[Script, ...]:
    """Cut a script between paragraphs; one that is short, or that music or a recording holds together, stays whole.

    An edit moves no cut but those beside it, for behind every paragraph of a section's length there is one.
    """
    whole = script.recording or script.role is Role.CLOSING or any(cue.kind is CueKind.BED for cue in script.cues)
    groups = [script.passages] if whole or script.headings else list(_groups(script.passages))
    if len(groups) < 2:
        return (script,)
    first, *rest = (replace(script, passages=group) for group in groups)
    return (first, *(replace(section, cues=()) for section in rest))


def _groups(passages: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Part passages into groups that end with a paragraph; what is left at the end belongs to the last of them."""
    ends = [0]
    letters = 0
    for number, passage in enumerate(passages, 1):
        letters += len(passage.spoken.text)
        if letters >= SHORTEST and passage.pause.total_seconds() >= PARAGRAPH:
            ends.append(number)
            letters = 0
    if letters < SHORTEST and len(ends) > 1:
        ends.pop()
    for start, end in pairwise([*ends, len(passages)]):
        yield tuple(passages[start:end])


def splice(made: Sequence[Made], script: Script, *, key: ClipKey) -> Made:
    """Put the clips of a script's sections in a row, with the pauses between them.

    Args:
        made: the clip of each of `sections(script)`, and its frames.
        script: the whole.
        key: of the whole.
    """
    row = list(_paused(made, script))
    clips = [clip for clip, _ in row]
    data = b"".join(frames for _, frames in row)
    seconds = sum(clip.seconds for clip in clips)
    passages: list[tuple[float, float]] = []
    words: list[Mark] = []
    frames = 0
    for clip in clips:
        at = float(clip.format.seconds(frames))
        passages += [(start + at, end + at) for start, end in clip.passages]
        words += [replace(mark, start=mark.start + at, end=mark.end + at) for mark in clip.words]
        frames += clip.frames
    return Clip(
        key=key,
        format=clips[0].format,
        frames=frames,
        size=len(data),
        digest=hashlib.sha256(data).hexdigest(),
        levels=Levels(
            energies=tuple(energy for clip in clips for energy in clip.levels.energies),
            true_peak=max(clip.levels.true_peak for clip in clips),
            speech_share=sum(clip.levels.speech_share * clip.seconds for clip in clips) / seconds,
        ),
        passages=tuple(passages),
        words=tuple(words),
        engines=tuple(dict.fromkeys(engine for clip in clips for engine in clip.engines)),
        retries=sum(clip.retries for clip in clips),
        warnings=tuple(dict.fromkeys(warning for clip in clips for warning in clip.warnings)),
    ), data


def _paused(made: Sequence[Made], script: Script) -> Iterator[Made]:
    """Give the sections with silence between them, to the frame as long as the script pauses there."""
    said = 0
    yield made[0]
    for (before, _), (after, data) in pairwise(made):
        said += len(before.passages)
        wanted = script.passages[said - 1].pause.total_seconds()
        there = before.seconds - before.passages[-1][1] + after.passages[0][0]
        if (count := round((wanted - there) / float(before.format.seconds(1)))) > 0:
            yield silence(count, before.format)
        yield after, data
