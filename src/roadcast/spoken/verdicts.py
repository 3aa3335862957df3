"""Write pictures that say yes or no as words: 👍 from legal, SSO ✅ SCIM ❌; others are left out."""

from __future__ import annotations

from roadcast.spoken.patterns import pattern

_ANY = pattern("[👍👎❌✗✘❎]")
_TONE = "[\U0001f3fb-\U0001f3ff]?\ufe0f?"
_THUMB = pattern(
    rf"(?P<thumb>[👍👎]){_TONE}(?=\s(?:from|by|for|on|to|in|at)\b)"
    rf"|(?:(?<=:\s)|(?<=\bis\s)|(?<=\bwas\s)|(?<=\bgot\s)|(?<=\bgave\s)|(?<=\ba\s)|(?<=\bbig\s)|(?<=\bgets\s)|(?<=\bit\s))(?P<alone>[👍👎]){_TONE}"
)
_THUMBS = {"👍": " thumbs up ", "👎": " thumbs down "}
# A cross or a tick behind what it is about, or before it where the text begins with one.
_YES, _NO = "✅✔☑✓", "❌✗✘❎"
_BEHIND = pattern(rf"(?<=[\w)\"'])(?P<colon>:)?\s?(?P<mark>[{_YES}{_NO}])\ufe0f?(?=[\s,;.|)]|$)")
_BEFORE = pattern(rf"(?P<mark>[{_YES}{_NO}])\ufe0f?\s?(?=[\w(])")


def worded(text: str) -> str:
    """Write thumbs and, where something is crossed out as well as ticked off, yes and no."""
    if not _ANY.search(text):
        return text
    text = _THUMB.sub(lambda match: _THUMBS[match["thumb"] or match["alone"]], text)
    crossed = [mark for mark in text if mark in _NO]
    if text.lstrip()[:1] in _YES + _NO:
        ticked = any(mark in _YES for mark in text)
        return _BEFORE.sub(lambda match: f", {_said(match['mark'])}, ", text) if crossed and ticked else text
    return _BEHIND.sub(lambda match: f"{match['colon'] or ''} {_said(match['mark'])},", text) if crossed else text


def _said(mark: str) -> str:
    return "yes" if mark in _YES else "no"
