"""Make workspaces in a temporary folder, naming only what matters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = """\
base_url = "http://127.0.0.1:8000/"

[shows.briefing]
title = "Test Briefing"
description = "A briefing for tests."
company = "Example Works"
groups = ["field"]
{show}

[[shows.briefing.presenters]]
name = "One"
engine = "tone"

[[shows.briefing.presenters]]
name = "Two"
engine = "tone"
{more}
"""

ITEM = """\
---
headline: {headline}
kind: {kind}
published: {published}
{front}
---

{body}
"""


def workspace(folder: Path, *, show: str = "", more: str = "", items: int = 0) -> Path:
    """Make a workspace whose presenters hum, with a number of plain items."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "roadcast.toml").write_text(SETTINGS.format(show=show, more=more), encoding="utf-8")
    (folder / "briefings").mkdir(exist_ok=True)
    for number in range(items):
        kind = ("update", "training", "story")[number % 3]
        add_item(folder, f"item-{number:02d}", kind=kind, body=prose(number))
    return folder


def add_item(
    folder: Path,
    slug: str,
    *,
    headline: str = "",
    kind: str = "update",
    published: str = "2026-11-02",
    front: str = "",
    body: str = "The north office opens on Monday. Bring your badge.",
) -> Path:
    """Put one item into a workspace."""
    path = folder / "briefings" / f"{slug}.md"
    headline = headline or f"The {slug.replace('-', ' ')} is told here"
    text = ITEM.format(headline=headline, kind=kind, published=published, front=front, body=body)
    path.write_text(text.replace("\n\n---", "\n---"), encoding="utf-8")
    return path


def prose(seed: int, sentences: int = 9) -> str:
    """Write plain sentences of different lengths, the same for the same seed."""
    subjects = ["The customer", "Our warehouse", "The service desk", "A buyer", "The plant manager", "Your colleague"]
    verbs = ["asks about", "waits for", "looks at", "writes down", "points to", "depends on"]
    objects = ["the new delivery plan", "a quiet pump", "every open order", "the long contract", "our answer by Friday"]
    tails = [
        "",
        " before lunch",
        " and keeps the note",
        " while the line is running",
        " because the old way took too long",
    ]
    lines = []
    for index in range(sentences):
        step = seed * 7 + index * 3
        lines.append(
            f"{subjects[step % 6]} {verbs[(step + seed) % 6]} {objects[(step + index) % 5]}{tails[(index + seed) % 5]}."
        )
    return " ".join(lines)


def roadcast(*arguments: str, cwd: Path, timeout: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user would, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "roadcast", *arguments],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
