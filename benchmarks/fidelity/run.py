"""Print how many changed sentences the claim ledger catches, and how many faithful ones it refuses.

Run it alone: `.venv/bin/python benchmarks/fidelity/run.py [--show]`. It takes the sentences of the sample
workspace, changes one thing in each (tests/mutations.py), and counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import mutations


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print every miss and every false alarm")
    show = parser.parse_args().show
    items = mutations.sample()
    sentences = sum(len(mutations.texts(item)) for item in items.values())
    print(f"{len(items)} items, {sentences} sentences")
    began = time.perf_counter()
    _table("changed, caught", items, mutations.HARMFUL, show=show, want_found=True)
    _table("faithful, refused", items, mutations.FAITHFUL, show=show, want_found=False)
    print(f"{time.perf_counter() - began:.1f} s")


def _table(
    title: str,
    items: Mapping[mutations.Slug, mutations.ContentItem],
    changes: Mapping[str, mutations.Change],
    *,
    show: bool,
    want_found: bool,
) -> None:
    print(f"\n{title:34} {'n':>6} {'found':>6} {'%':>7}")
    for name, change in changes.items():
        cases = mutations.cases(items, change)
        unseen = mutations.unseen(items, cases)
        found = len(cases) - len(unseen)
        print(f"{name:34} {len(cases):6} {found:6} {100 * found / max(len(cases), 1):7.2f}")
        wrong = unseen if want_found else [case for case in cases if case not in unseen]
        for case in wrong if show else ():
            print(f"    {case.item}: {case.text}\n        was: {case.source}")


if __name__ == "__main__":
    main()
