"""How near episodes come to the length asked for: 20 pools x 5, 7 and 10 minutes, voiced by the embedded engine.

    .venv/bin/python benchmarks/lengths/run.py [MINUTES ...]

Voices every segment with pico and lays its true length; leaves out the mix, which adds known silence only. Prints the
table of docs/performance.md, section "Lengths": what was asked, what came out, and predicted against true seconds of
each segment of one edition.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from doubles import Inline, quick_make  # noqa: E402
from roadcast import rendering  # noqa: E402
from roadcast.bootstrap import open_studio  # noqa: E402
from roadcast.model import Segment  # noqa: E402
from roadcast.workflow import line, making, settling  # noqa: E402
from roadcast.workflow.order import Order, Progress  # noqa: E402
from workflow.test_line import KINDS_OF_POOL, pool  # noqa: E402
from workspaces import workspace  # noqa: E402

DAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def main() -> None:
    asked = [int(word) for word in sys.argv[1:]] or [5, 7, 10]
    errors: dict[str, list[float]] = {kind: [] for kind in KINDS_OF_POOL}
    segments: list[float] = []
    short = over = 0
    for number in range(20):
        kind = KINDS_OF_POOL[number % 6]
        for minutes in asked:
            with tempfile.TemporaryDirectory() as name:
                folder = voiced_by_pico(Path(name), kind, number)
                predicted, report = edition(folder, minutes)
            over += report.episode.seconds > 1200
            if report.rundown.short:
                short += 1
                continue
            errors[kind].append(report.episode.seconds / (minutes * 60) - 1)
            true = {told(e.segment): e.length.total_seconds() for e in report.rundown.entries}
            segments += [predicted[n] / true[n] - 1 for n in predicted if n in true]
    off = [abs(error) for found in errors.values() for error in found]
    print(f"{len(off)} editions: worst {max(off):.2%}, mean {statistics.mean(off):.2%} off")
    print(f"{short} more were short because their pool was too small, and said so; {over} were over the cap")
    for kind, found in errors.items():
        if found:
            print(f"  {kind:9} worst {max(map(abs, found)):.2%}")
    off = [abs(error) for error in segments]
    mean = statistics.mean(off)
    print(f"{len(segments)} segments, predicted against true: mean {mean:.1%}, worst {max(off):.1%}")
    print(f"  all together {sum(segments) / len(segments):+.1%}")


def voiced_by_pico(folder: Path, kind: str, number: int) -> Path:
    """Make a workspace of one kind of pool whose presenters are pico's."""
    made = workspace(folder)
    text = (made / "roadcast.toml").read_text().replace('engine = "tone"', 'engine = "pico"')
    (made / "roadcast.toml").write_text(text)
    pool(made, kind, number)
    return made


def told(segment: Segment) -> tuple[str, str]:
    """Name a segment and the length in which it is told, which a repaired plan may have changed."""
    return segment.name, segment.variant.name if segment.variant else ""


def edition(folder: Path, minutes: int) -> tuple[dict[tuple[str, str], float], line.Report]:
    """Plan without clips, then build; give the predicted seconds of each segment, and the report."""
    with open_studio(folder, clock=lambda: NOW) as studio:
        order = Order(edition=studio.edition(studio.shows[0].id, DAY), target=dt.timedelta(minutes=minutes))
        desk, brief = line.prepare(studio, order, Progress())
        plan = settling.plan(desk, brief)
        predicted = {told(s): desk.predict(desk.script(s)) for s in plan.segments}
        return predicted, line.produce(studio, order)


if __name__ == "__main__":
    making.make = quick_make
    rendering._processes = lambda workers, preload: Inline(workers)  # noqa: ARG005
    main()
