"""Score written-to-spoken on folders of cases, class by class, beside whatever other normaliser is installed."""

from __future__ import annotations

import argparse
import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roadcast import markup
from roadcast.errors import PassageRejected
from roadcast.spoken import Reading, speak

ROUNDS = 5
SAMPLE = Path(__file__).parents[2] / "briefings"
OWN_TABLE = Path(__file__).parents[2] / "tests" / "spoken" / "cases.tsv"

Normaliser = Callable[[str], str]


@dataclass(frozen=True)
class Case:
    """One written text and the forms that count as right."""

    kind: str
    written: str
    accepted: tuple[str, ...]


@dataclass
class Tally:
    """What one normaliser did on one class."""

    cases: int = 0
    exact: int = 0
    spoken: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)


def read(paths: Iterable[Path]) -> list[Case]:
    """Read every case of files and folders."""
    cases = []
    for path in paths:
        files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix in {"", ".txt", ".tsv", ".csv"}:
                cases += [case for line in file.read_text(encoding="utf-8").splitlines() if (case := parse(line, file))]
    return cases


def parse(line: str, file: Path) -> Case | None:
    """Read one line; None if it is no case."""
    if line.startswith("#"):
        return None
    if file == OWN_TABLE and line.count("\t") == 2:
        kind, written, spoken = line.split("\t")
        return Case(kind, written, tuple(spoken.split("|")))
    written, mark, spoken = line.partition("\t" if "\t" in line else "~")
    if not written and line.startswith("~"):  # a written form that begins with the separator itself
        written, mark, spoken = line[1:].partition("~")
        written = "~" + written
    if not mark or not written.strip() or not spoken.strip():
        return None
    forms = (form for form in spoken.split("~") if form.strip())
    return Case(file.stem, written, tuple(one for form in forms for one in alternatives(form)))


_CHOICE = re.compile(r"\{([^{}]*)\}")


def alternatives(form: str) -> Iterator[str]:
    """Write out a form with choices in it: "two {times|x}" is "two times" and "two x"."""
    choice = _CHOICE.search(form)
    if choice is None:
        yield form
        return
    for one in choice[1].split("|"):
        yield from alternatives(form[: choice.start()] + one + form[choice.end() :])


_AND = re.compile(
    r"\b(hundred|thousand|million|billion|trillion|dollars?|pounds?|euros?|hours?|minutes?)\s+and\s+(?=\w)"
)


def key(text: str) -> str:
    """Leave what the spoken score compares: letters and figures."""
    words = " ".join(re.sub(r"[^\w\s']|_", " ", text.lower()).split())
    return re.sub(r"\W", "", _AND.sub(r"\1 ", words))


def leftover(text: str) -> bool:
    """Tell whether something is left that no voice can say."""
    return re.search(r"[\d$€£¥%@#/_*|~=+&<>\\^\[\]{}]", text) is not None


def score(cases: Iterable[Case], normalise: Normaliser) -> dict[str, Tally]:
    """Score a normaliser on cases, class by class."""
    tallies: dict[str, Tally] = {}
    for case in cases:
        tally = tallies.setdefault(case.kind, Tally())
        tally.cases += 1
        said = attempt(normalise, case.written)
        tally.exact += any(said.split() == form.split() for form in case.accepted)
        right = not leftover(said) and key(said) in {key(form) for form in case.accepted}
        tally.spoken += right
        if not right:
            tally.failures.append((case.written, said, case.accepted[0]))
    return tallies


def attempt(normalise: Normaliser, written: str) -> str:
    """Say a text; whatever goes wrong counts as nothing said."""
    try:
        return normalise(written)
    except PassageRejected as error:
        return f"(refused: {error})"
    except Exception as error:  # other people's normalisers raise anything
        return f"(failed: {error!r})"


def speed(texts: Sequence[str], normalise: Normaliser) -> float:
    """Measure milliseconds of CPU for 1000 written words, the best of several rounds."""
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for text in texts:
            attempt(normalise, text)
        best = min(best, time.process_time() - started)
    return best / words * 1e6


def briefings() -> list[str]:
    """Give what the sample workspace's briefings say, without their front matter: text as a team writes it."""
    return [path.read_text(encoding="utf-8").split("---\n", 2)[-1] for path in sorted(SAMPLE.rglob("*.md"))]


def ours(reading: Reading, *, through_markup: bool) -> Normaliser:
    """Give our own way, as a build goes it."""

    def with_markup(text: str) -> str:
        return " ".join(speak(one.text, reading=reading).text for one in markup.sentences(text, path=""))

    return with_markup if through_markup else lambda text: speak(text, reading=reading).text


def others() -> dict[str, Normaliser]:
    """Find other normalisers that happen to be installed."""
    found: dict[str, Normaliser] = {}
    if num2words := _installed("num2words"):
        number = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
        found["num2words"] = lambda text: number.sub(lambda m: num2words.num2words(m[0].replace(",", "")), text)
    if wetext := _installed("wetext"):
        found["wetext"] = wetext.Normalizer(lang="en", operator="tn").normalize
    if nemo := _installed("nemo_text_processing.text_normalization.normalize"):
        found["nemo"] = nemo.Normalizer(input_case="cased", lang="en").normalize
    return found


def _installed(name: str):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def table(results: dict[str, tuple[dict[str, Tally], float]]) -> str:
    """Write the scores as a table: a line a class, a column a normaliser."""
    kinds = list(next(iter(results.values()))[0])
    names = list(results)
    lines = [f"{'class':24}{'cases':>7}" + "".join(f"{name + ' spoken':>20}{'exact':>8}" for name in names)]
    for kind in [*kinds, "all"]:
        row, cases = "", 0
        for tallies, _ in results.values():
            chosen = list(tallies.values()) if kind == "all" else [tallies[kind]]
            cases = sum(tally.cases for tally in chosen)
            row += f"{100 * sum(t.spoken for t in chosen) / cases:>19.1f}%"
            row += f"{100 * sum(t.exact for t in chosen) / cases:>7.1f}%"
        lines.append(f"{kind:24}{cases:>7}{row}")
    own = results["roadcast"][1]
    for name, (_, milliseconds) in results.items():
        ratio = "" if name == "roadcast" else f"  ({milliseconds / own:.1f} x ours)"
        lines.append(f"{name}: {milliseconds:.1f} ms of CPU for 1000 words{ratio}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Score, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[OWN_TABLE], help="folders or files of cases")
    parser.add_argument("--failures", type=int, default=0, help="show this many of our failures per class")
    parser.add_argument("--zero", default="oh", help="how a nought in a year or time is said")
    parser.add_argument("--day-first", action="store_true", help="read 5/6 as the fifth of June")
    parser.add_argument("--no-markup", action="store_true", help="take the text as plain writing")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    cases = read(options.folders)
    if not cases:
        print("no cases found; a case is a line 'written~spoken'", file=sys.stderr)
        return 2
    reading = Reading(day_first=options.day_first, zero=options.zero)
    ways = {"roadcast": ours(reading, through_markup=not options.no_markup), **others()}
    texts = [case.written for case in cases]
    results = {name: (score(cases, way), speed(texts, way)) for name, way in ways.items()}
    if options.json:
        print(json.dumps({name: _plain(tallies, speed) for name, (tallies, speed) in results.items()}, indent=2))
        return 0
    print(table(results))
    print(f"roadcast: {speed(briefings(), ways['roadcast']):.1f} ms of CPU for 1000 words of the sample's briefings")
    for kind, tally in results["roadcast"][0].items():
        for written, said, wanted in tally.failures[: options.failures]:
            print(f"\n{kind}: {written}\n  said   {said}\n  wanted {wanted}")
    return 0


def _plain(tallies: dict[str, Tally], milliseconds: float) -> dict[str, object]:
    classes = {kind: {"cases": t.cases, "exact": t.exact, "spoken": t.spoken} for kind, t in tallies.items()}
    return {"ms_per_1000_words": round(milliseconds, 2), "classes": classes}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
