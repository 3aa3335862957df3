"""The lengths at which an item can be told: by whole sentences, never by cutting one."""

from __future__ import annotations

from roadcast.model import ContentItem, Variant

MOST_LEADS = 8
"""How many lengths between brief and full are offered; more change a plan by less than a second."""

_SHARES = {"headline": 0.05, "brief": 0.2, "full": 1.0}


def variants(item: ContentItem) -> tuple[Variant, ...]:
    """List the lengths of an item, shortest first.

    A real person's recording is played whole or not at all.
    """
    full = Variant(name="full", sentences=(item.headline, *item.sentences))
    if item.recording:
        return (full,)
    shorter = [Variant(name="headline", sentences=(item.headline,))]
    if item.brief:
        shorter.append(Variant(name="brief", sentences=(item.brief,)))
    shorter += [
        Variant(name=f"lead-{count}", sentences=(item.headline, *item.sentences[:count]))
        for count in _leads(len(item.sentences))
    ]
    return (*shorter, full)


def share(variant: Variant, item: ContentItem) -> float:
    """Tell how much of an item's worth a variant carries, 0 to 1.

    The first sentences carry most (the inverted pyramid of news writing), and the last still carries some.
    """
    if variant.name in _SHARES:
        return _SHARES[variant.name]
    told = (len(variant.sentences) - 1) / len(item.sentences)
    return float(0.25 + 0.7 * told**0.8)


def _leads(sentences: int) -> list[int]:
    """Choose how many sentences the variants between brief and full tell: all counts, or evenly spread ones."""
    counts = range(2, sentences)
    if len(counts) <= MOST_LEADS:
        return list(counts)
    step = (len(counts) - 1) / (MOST_LEADS - 1)
    return sorted({counts[round(index * step)] for index in range(MOST_LEADS)})
