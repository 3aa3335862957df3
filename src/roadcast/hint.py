"""Say which known name was probably meant by one that nobody knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches


def hint(name: str, known: Collection[str], *, label: str = "known") -> str:
    """Ask for the nearest of the known names, in quotes; where none is near, list them all behind a label."""
    return ask([f"'{near}'" for near in nearest(name, known)], otherwise=_listed(known, label))


def choices(name: str, known: Iterable[str]) -> str:
    """Ask for the three nearest of the known names, of which half may differ; where none is near, list them all."""
    known = sorted(known)
    return ask(nearest(name, known, most=3, cutoff=0.5), otherwise=_listed(known, "known"))


def nearest(name: str, known: Collection[str], *, most: int = 1, cutoff: float = 0.6) -> list[str]:
    """Find the known names that resemble a name by `cutoff`, from 0 to 1, as difflib has it; the nearest first."""
    return get_close_matches(name, known, n=most, cutoff=cutoff)


def ask(names: Sequence[str], *, otherwise: str = "") -> str:
    """Ask whether one of these was meant; where there is none, say something else."""
    return f"did you mean {' or '.join(names)}?" if names else otherwise


def _listed(known: Collection[str], label: str) -> str:
    return f"{label}: {', '.join(known) or 'none'}"
