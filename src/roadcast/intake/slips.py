"""Say in plain words what keeps front matter from being read: its authors write letters, not YAML."""

from __future__ import annotations

import re
from datetime import date, datetime

_PAIR = re.compile(r"([A-Za-z_]+)[ \t]*:[ \t]+(\S.*)")
_LINE = re.compile(r"[A-Za-z_]+[ \t]*:(?:\s|$)|\s|-|#|$")  # a key, or what may stand below one
_QUOTES = "\"'“”„‘’‚«»"
_DAYS = (
    *("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y"),
    *("%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y"),
)


def plainly(problem: str, lines: list[str], *, at: int, begins: int) -> tuple[int, str]:
    """Find the line that keeps YAML from being read, and say what to write there.

    Args:
        problem: in the parser's words.
        lines: of the text that was parsed, counted from 0.
        at: the line on which it stopped.
        begins: the line on which what it was reading begins.
    """
    if "'-' indicator" in problem:
        return begins, "begins with '-'; take it away"
    if "end of stream" in problem:
        at = begins  # where the quotation begins that never ends
    stray = next((n for n, line in enumerate(lines[: at + 1]) if not _LINE.match(line)), None)
    if stray is not None:
        return stray, f"{lines[stray]!r} is no 'key: value' line; write one, or close the front matter with '---' above"
    return at, _advice(lines[at] if at < len(lines) else "") or problem


def _advice(line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "a tab at the beginning of the line; write spaces"
    pair = _PAIR.match(line.strip())
    if pair is None:
        return ""
    if line[:1].isspace():
        return f"'{pair[1]}' begins with a space; take it away"
    return f"{pair[1]}: put quotes around the whole text: {pair[1]}: {_quoted(pair[2].strip())}"


def _quoted(text: str) -> str:
    """Write a text as YAML reads it, whatever it holds."""
    for quote in "\"'":
        if text[0] == quote and (text.endswith(quote) or quote not in text[1:]):
            text = text[1:].removesuffix(quote)
    return f'"{text}"' if not set(text) & set('"\\') else "'" + text.replace("'", "''") + "'"


def meant(text: str) -> date | None:
    """Guess which day somebody means who writes it in another way; None where it could be two, or none."""
    bare = re.sub(r"(?<=\.)\s+(?=\d)", "", text.strip().strip(_QUOTES).strip())
    found = {day for form in _DAYS if (day := _day(bare, form))}
    return found.pop() if len(found) == 1 else None


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None
