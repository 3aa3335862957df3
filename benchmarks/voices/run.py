"""How well each installed voice is understood, and how fast it speaks.

    .venv/bin/python benchmarks/voices/run.py                     every English voice on this machine
    .venv/bin/python benchmarks/voices/run.py pico rhvoice/bdl    engines or voices
    .venv/bin/python benchmarks/voices/run.py --options '{"rhvoice": {"library": "/opt/lib/libRHVoice.so.5"}}'

Needs the extra [verify]. A sentence is spoken, heard by pocketsphinx with its packaged US English model, and
compared with the same sentence as it should be said; the word error rate is over all sentences. "normalised" speaks
spoken.txt, "as written" speaks written.txt. Speed is seconds of speech per second of CPU on one core.
"""

import argparse
import json
import time
from pathlib import Path

from roadcast import engines
from roadcast.engines.recogniser import hear, known, words
from roadcast.model import Utterance

HERE = Path(__file__).parent
SKIPPED = {"tone", "gtts", "openai", "command"}  # no words, or not on this machine


def distance(asked: list[str], heard: list[str]) -> int:
    """Count substitutions, deletions and insertions (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(asked, 1):
        before, row[0] = row[0], at
        for column, other in enumerate(heard, 1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (word != other)),
            )
    return row[-1]


def measure(narrator, voice, lines, references):
    """Give word errors, seconds of speech and CPU seconds of speaking."""
    errors = seconds = cpu = 0.0
    for line, reference in zip(lines, references, strict=True):
        begun = time.process_time()
        speech = narrator.narrate(Utterance(text=line, voice=voice.name))
        cpu += time.process_time() - begun
        seconds += speech.seconds
        errors += distance(words(reference), words(hear(speech.pcm, speech.rate)))
    return errors, seconds, cpu


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("voices", nargs="*")
    parser.add_argument("--options", type=json.loads, default={})
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    written = (HERE / "written.txt").read_text().splitlines()
    spoken = (HERE / "spoken.txt").read_text().splitlines()
    total = sum(len(words(line)) for line in spoken)
    unknown = sorted({word for line in spoken for word in words(line) if not known(word)})
    rows = []
    for state in engines.available(options=asked.options):
        if not state.ready or (state.name in SKIPPED and state.name not in asked.voices):
            continue
        narrator = engines.find(state.name, options=asked.options)
        for voice in state.voices:
            name = f"{state.name}/{voice.name}"
            if asked.voices and not {name, state.name} & set(asked.voices):
                continue
            if not voice.language.startswith("en"):
                continue
            normalised, seconds, cpu = measure(narrator, voice, spoken, spoken)
            raw, _, _ = measure(narrator, voice, written, spoken)
            rows.append(
                {
                    "voice": name,
                    "version": state.version,
                    "wer_normalised": round(100 * normalised / total, 1),
                    "wer_as_written": round(100 * raw / total, 1),
                    "times_real_time": round(seconds / max(cpu, 1e-6)),
                    "words_per_minute": round(60 * total / seconds),
                }
            )
            if not asked.json:
                row = rows[-1]
                print(
                    f"{name:22} normalised {row['wer_normalised']:5.1f} %  as written {row['wer_as_written']:5.1f} %"
                    f"  {row['times_real_time']:5d} x real time  {row['words_per_minute']:4d} words a minute",
                    flush=True,
                )
    if asked.json:
        print(json.dumps({"words": total, "unknown": unknown, "voices": rows}, indent=2))
    else:
        print(f"{total} words, {len(unknown)} of them unknown to the recogniser: {' '.join(unknown)}")


if __name__ == "__main__":
    main()
