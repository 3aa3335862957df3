"""Write what a screen is worked with as the rules know it: Settings → Billing, File > Export, Ctrl+K, ⌘K."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import either

# Nearly no text has any of it: one look tells.
_ANY = pattern(
    r"[>→⇒➔➜⟶›⌘⇧⌥⌃]|\b(?:[Cc]trl|Ctl|Strg|[Cc]md|Alt|Shift|Option|Opt|Win|Windows|Fn|Control|Command)\s?[+-]"
)

_ARROW = r"\s?(?:[-–=]{0,2}>|[→⇒➔➜⟶›])\s?"
_NAME = (
    r"(?:[A-Z][\w'&/]*(?:\s(?:[A-Z][\w'&/]*|and|of|for|&|\d+|"
    r"[a-z]+(?=\s?(?:[-–=]{0,2}>|[→⇒➔➜⟶›])))){0,4}|\"[^\"]{2,40}\")"
)
# What somebody does to a menu; "go to Lyon → Metz" is a way as well, and told by its stops.
_WORKED = (
    r"(?i:click(?:ing|\son)?|tap(?:ping|\son)?|go(?:ing)?\s(?:back\s)?(?:in)?to|open(?:ing|\sup)?|select(?:ing)?|"
    r"choos(?:e|ing)|navigat(?:e|ing)\sto|navigate|head\sto|press|visit)"
)
# What a path of menus begins with where nothing is done to it.
_FIRST = (
    r"(?:System\s|Admin\s|Account\s|User\s|App\s|My\s)?(?:Settings|Preferences|Tools|File|Edit|View|Insert|Format|Window|Help|"
    r"Admin|Administration|Account|Options|Setup|Profile|Menu|Control\sPanel|Dashboard|Console|Library|System)"
)
_PATH = pattern(
    rf"\b{_WORKED}\s(?:the\s)?{_NAME}(?:{_ARROW}{_NAME})+"
    rf"|(?:^|(?<=[.:;(]\s)|(?<=\()|\b(?i:under|in|via|from|see|use|at|on|through)\s){_FIRST}(?:{_ARROW}{_NAME})+"
)
_STEP = pattern(_ARROW)

_HELD = {
    "Ctrl": "Control", "ctrl": "Control", "Ctl": "Control", "Strg": "Control", "Control": "Control", "Cmd": "Command",
    "cmd": "Command", "Command": "Command", "Alt": "Alt", "Shift": "Shift", "Option": "Option", "Opt": "Option",
    "Win": "Windows", "Windows": "Windows", "Fn": "Function", "Meta": "Meta",
}  # fmt: skip
_STRUCK = {
    "Esc": "Escape", "Del": "Delete", "Ins": "Insert", "PgUp": "Page Up", "PgDn": "Page Down", "PgDown": "Page Down",
    "Enter": "Enter", "Return": "Return", "Tab": "Tab", "Delete": "Delete", "Space": "Space", "Spacebar": "Spacebar",
    "Home": "Home", "End": "End", "Backspace": "Backspace", "Escape": "Escape", "Insert": "Insert", "Up": "Up",
    "Down": "Down", "Left": "Left", "Right": "Right", "click": "click", "Click": "click", "drag": "drag",
    "scroll": "scroll", "+": "plus", "-": "minus",
}  # fmt: skip
# Option-B is a choice, Ctrl-B two keys; with spaces a figure is an amount: Night Shift + 2 nurses.
_KEY = rf"(?:(?:{either(_STRUCK)})(?!\w)|F1?\d(?!\w)|[A-Za-z](?![\w&'.]))"
_KEYS = pattern(
    rf"(?<![\w+-])(?:(?:[Cc]trl|Ctl|Strg|[Cc]md|Alt|Shift)-|(?:{either(_HELD)})\s?\+\s?)(?:(?:{either(_HELD)})\s?[+-]\s?){{0,2}}{_KEY}"
    rf"|(?<![\w+-])(?:{either(_HELD)})\+(?:(?:{either(_HELD)})\+){{0,2}}\d(?![\w.,])"
)
_PART = pattern(r"[A-Za-z]+\d*|\d|(?<=[+-])[+-]|(?<=[+-]\s)[+-]")
_SIGNS = {"⌘": "Command", "⇧": "Shift", "⌥": "Option", "⌃": "Control"}
_SIGNED = pattern(rf"(?P<signs>[{''.join(_SIGNS)}](?:\s?\+?\s?[{''.join(_SIGNS)}])*)\s?[+-]?\s?(?=\w)")


def worked(text: str) -> str:
    """Write menus with commas between them, and keys that are pressed together by their names."""
    if not _ANY.search(text):
        return text
    text = _PATH.sub(lambda match: _STEP.sub(", ", match[0]), text)
    text = _SIGNED.sub(lambda match: " ".join(_SIGNS[sign] for sign in match["signs"] if sign in _SIGNS) + " ", text)
    return _KEYS.sub(_together, text)


def _together(match: re.Match[str]) -> str:
    """Write Ctrl+Shift+k as Control Shift K."""
    return " ".join(_HELD.get(part) or _STRUCK.get(part) or part.upper() for part in _PART.findall(match[0]))
