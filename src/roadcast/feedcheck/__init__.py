"""Check any podcast feed, a file or a URL, as podcast apps would: one verdict per rule."""

from roadcast.feedcheck.checking import check
from roadcast.feedcheck.verdict import State, Verdict

__all__ = ["State", "Verdict", "check"]
