"""Voice and mix seven minutes: CPU per stage, memory, the same mix in pydub, and what a second core brings.

    .venv/bin/python benchmarks/sound/mix.py

Every measurement runs in a process of its own, pico speaks. On a machine that does other work the CPU seconds
hold, the wall-clock ratio of the parallel run does not. There, the CPU of an only worker divided by half of that of
two estimates the speed-up of two idle cores, once the processes have started and if the clips are shared out evenly.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from roadcast import mixing, rendering
from roadcast.engines.pico import Pico
from roadcast.mixing.signal import to_pcm
from roadcast.model import (
    AudioFormat,
    ClipKey,
    Confidentiality,
    Narration,
    Origin,
    Passage,
    Place,
    Presenter,
    Role,
    Script,
    Speech,
    Spoken,
    Take,
    Utterance,
)
from roadcast.model.rundown import Cue, CueKind
from roadcast.workflow import making

FORMAT = AudioFormat()
PAUSE = 0.35
SENTENCES = (
    "The new price list takes effect tomorrow, and every open quote keeps its old price.",
    "The increase is three percent on instruments, and nothing at all on service.",
    "Tell every customer with an open quote today, before they hear it from somebody else.",
    "A hospital group in the north chose our service plan over two cheaper offers.",
    "The reason they gave is simple: every first call was answered within the hour.",
    "Ask your customer what a day without the machine costs them, and write the answer down.",
    "Then stop talking, because most of us fill that silence too early.",
    "Our answer is the spare part in the trunk of every engineer, which no warehouse can beat.",
)
KINDS = ("opening", "update", "update", "story", "training", "update", "numbers", "story", "training", "closing")


def scripts() -> list[Script]:
    """Ten segments of eight sentences, the first and last with a bed: seven minutes of pico."""
    bed = Cue(kind=CueKind.BED, sound="bed")
    made = []
    for number, kind in enumerate(KINDS):
        texts = SENTENCES[number % 8 :] + SENTENCES[: number % 8]
        passages = tuple(
            Passage(
                presenter=0,
                text=text,
                spoken=Spoken(text=text),
                pause=timedelta(seconds=PAUSE),
                origin=Origin.SOURCE,
                place=Place(path="benchmark", line=1),
            )
            for text in texts
        )
        role = {"opening": Role.OPENING, "closing": Role.CLOSING}.get(kind, Role.ITEM)
        cues = (Cue(kind=CueKind.STING, sound=kind), *([bed] if role is not Role.ITEM else []))
        made.append(Script(name=f"{number}", role=role, title=kind, passages=passages, cues=cues))
    return made


def voice(script: Script) -> Narration:
    pico = Pico()
    said = [pico.narrate(Utterance(text=p.spoken.text, voice="en-US")) for p in script.passages]
    return Narration(takes=tuple(Take(speech=s, pause=PAUSE, starts=(0.0,)) for s in said), engines=("pico/en-US",))


def mix(script: Script, said: Narration, sounds: mixing.Sounds) -> bytes:
    return mixing.mix(script, said, sounds, format=FORMAT, key=ClipKey(script.name))[1]


def ours() -> dict[str, float]:
    took: dict[str, float] = {}
    mixing.silence(1, FORMAT)  # imports are not what is measured
    sounds = timed(took, "music", lambda: mixing.load_sounds(None, [c.sound for s in scripts() for c in s.cues]))
    size = 0
    for script in scripts():
        said = timed(took, "voices", lambda s=script: voice(s))
        size += len(timed(took, "mix and encode", lambda s=script, n=said: mix(s, n, sounds)))
    return {**took, "seconds": size * 8 / 64_000, "memory": memory()}


def recorded() -> dict[str, float]:
    """Mix a recording of ten minutes, the longest there may be: pico, who talks without an end."""
    first, sounds = scripts()[3], mixing.Sounds(rate=FORMAT.rate)
    said = voice(first).takes
    breath = bytes(2 * round(PAUSE * said[0].speech.rate))
    once = b"".join(take.speech.pcm + breath for take in said)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(said[0].speech.rate)
            while file.getnframes() + len(once) // 2 < 600 * said[0].speech.rate:
                file.writeframes(once)
        speech = mixing.read_foreign(path)
        take = Take(speech=speech, pause=0.0, starts=(0.0,))
        script = replace(first, recording="talk.wav", cues=())
        mix(script, Narration(takes=(take,), engines=("recorded",)), sounds)
    return {"seconds": speech.seconds, "memory": memory()}


def in_pydub(*levelling: str) -> dict[str, float]:
    """The same takes, stings, beds and pauses with pydub's tools; ffmpeg encodes, and levels if it is told to."""
    from pydub import AudioSegment
    from pydub.effects import normalize

    took: dict[str, float] = {}
    sounds = mixing.load_sounds(None, [cue.sound for script in scripts() for cue in script.cues])

    def segment(samples: object) -> AudioSegment:
        return AudioSegment(to_pcm(samples), sample_width=2, frame_rate=44_100, channels=1)

    music = {name: segment(samples) for name, samples in sounds.by_name.items()}

    def mixed(script: Script, said: Narration) -> int:
        speech = AudioSegment.silent(0, frame_rate=44_100)
        for take in said.takes:
            part: Speech = take.speech
            spoken = AudioSegment(part.pcm, sample_width=2, frame_rate=part.rate, channels=1).set_frame_rate(44_100)
            speech += spoken.fade_in(4).fade_out(4) + AudioSegment.silent(round(take.pause * 1000), frame_rate=44_100)
        speech = normalize(speech, headroom=2.0)
        for cue in script.cues:
            if cue.kind is CueKind.BED:
                speech = speech.overlay(music["bed"] - 14, loop=True)
            else:
                speech = (music[cue.sound] + 2).append(speech, crossfade=300)
        out = io.BytesIO()
        speech.export(out, format="mp3", bitrate="64k", parameters=list(levelling))
        return len(out.getvalue())

    for script in scripts():
        said = voice(script)
        timed(took, "mix and encode", lambda s=script, n=said: mixed(s, n))
    return {**took, "memory": memory()}


@dataclass(frozen=True)
class Timed:
    """A worker's account after a clip: who it is, and the CPU it has had since it was forked."""

    worker: int
    cpu: float


def make(job: making.Job) -> Timed:
    """Do what a worker of a build does for a clip, and say what this worker has cost so far."""
    making.make(job)
    return Timed(os.getpid(), time.process_time())


def workers(count: int) -> dict[str, float]:
    """Make all clips the way a build does, with so many processes, from nothing.

    The CPU of two workers is more than that of one: each loads the voice and makes the music it needs, and one
    slows the other down.
    """
    with tempfile.TemporaryDirectory() as root:
        jobs = [
            making.Job(
                key=ClipKey(f"{number:064x}"),
                script=script,
                presenters=(Presenter(name="pico/en-US", engine="pico", voice="en-US"),),
                paces=(None,),
                confidentiality=Confidentiality.PUBLIC,
                options="{}",
                online=False,
                format=FORMAT,
                loudness=-16.0,
                root=root,
                store=root,
            )
            for number, script in enumerate(scripts())
        ]
        start = time.perf_counter()
        spent: dict[int, float] = {}
        for outcome in rendering.render(jobs, make, workers=count):
            if outcome.made is None:
                raise outcome.error or RuntimeError("no clip")
            spent[outcome.made.worker] = max(spent.get(outcome.made.worker, 0.0), outcome.made.cpu)
        return {"wall": time.perf_counter() - start, "cpu": sum(spent.values())}


def timed(took: dict[str, float], stage: str, work: Callable[[], object]) -> object:
    before = cpu()
    result = work()
    took[stage] = took.get(stage, 0.0) + cpu() - before
    return result


def cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(part: str) -> dict[str, float]:
    """Run one part of this file in a new process."""
    run = subprocess.run([sys.executable, __file__, part], capture_output=True, text=True, check=True)
    answer: dict[str, float] = json.loads(run.stdout)
    return answer


PARTS = {
    "ours": ours,
    "recorded": recorded,
    "pydub": in_pydub,
    "loudnorm": lambda: in_pydub("-af", "loudnorm=I=-16:TP=-2", "-ar", "44100"),
    "1": lambda: workers(1),
    "2": lambda: workers(2),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part alone, as JSON")
    part = parser.parse_args().part
    if part:
        print(json.dumps(PARTS[part]()))
        return
    us, them, level = alone("ours"), alone("pydub"), alone("loudnorm")
    runs = [(alone("1"), alone("2")) for _ in range(3)]
    one, two = (min((run[count] for run in runs), key=lambda run: run["wall"]) for count in (0, 1))
    shares = sorted(2 * first["cpu"] / second["cpu"] for first, second in runs)
    total = us["music"] + us["voices"] + us["mix and encode"]
    print(f"programme                 {us['seconds']:7.0f} s")
    for stage in ("music", "voices", "mix and encode"):
        print(f"CPU, {stage:<20} {us[stage]:7.2f} s")
    print(f"CPU, all                  {total:7.2f} s  ({us['seconds'] / total:.0f} x real time on one core)")
    print(f"memory                    {us['memory']:7.0f} MB (pydub {them['memory']:.0f} MB)")
    long = alone("recorded")
    print(f"memory, one of {long['seconds']:3.0f} s      {long['memory']:7.0f} MB")
    mixed = us["mix and encode"]
    for name, other in (("pydub, not levelled", them), ("pydub and loudnorm", level)):
        took = other["mix and encode"]
        print(f"{name:<25} {took:7.2f} s  ({took / mixed:.2f} x ours)")
    print(f"one worker, two workers   {one['cpu']:7.2f} s, {two['cpu']:.2f} s of CPU in all")
    print(f"CPU of one / half of two's {shares[1]:6.2f} x  ({shares[0]:.2f} to {shares[-1]:.2f} in three runs)")
    walls = one["wall"], two["wall"]
    print(f"wall clock, two workers   {walls[0] / walls[1]:7.2f} x as fast ({walls[0]:.1f} s -> {walls[1]:.1f} s)")


if __name__ == "__main__":
    main()
