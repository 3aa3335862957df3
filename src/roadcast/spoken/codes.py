"""Say versions, part numbers and other mixtures of letters and figures: v2.4.1, XR-450, B2B, COVID-19, 5G."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, number, pairs, plural, spelled, year
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule, word

# Whose numbers are versions, so that 3.11 is "three point eleven".
_VERSIONED = (
    r"(?:Python|Java|Node(?:\.js| dot J S)?|iOS|Android|macOS|Ubuntu|Debian|Windows|Kubernetes|PostgreSQL"
    r"|Postgres|MySQL|Django|"
    r"React|Angular|Ruby|Rails|PHP|Go|Rust|Swift|Kotlin|Linux|Firefox|Chrome|Safari|[Vv]ersions?|[Rr]eleases?|[Vv]er\.?)"
)


_BOUND = "at least|at most|less than|more than|less than or equal to|more than or equal to"
_POINTED = pattern(r"\d+(?:\.\d+)+")


def _points(figures: str) -> str:
    """Say the parts of a version."""
    return " point ".join(map(_version_part, filter(None, figures.split("."))))


def _version_part(part: str) -> str:
    if len(part) == 4 and part.startswith("20"):
        return year(part)
    return cardinal(part) if len(part) < 4 else spelled(part)


def _version(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"version {_points(match['figures'])}{_tail(match['tail'])}"


def _tail(written: str | None) -> str:
    """Say the "x" of v2.x, and the "-rc1" of v2.0-rc1."""
    if not written:
        return ""
    return " point x" if written == ".x" else f" {written[1:].replace('.', ' ')}"


def _named(match: re.Match[str], reading: Reading) -> str:
    del reading
    plus = " plus" if match["plus"] else ""
    until = f" to {_points(match['until'])}" if match["until"] else ""
    return f"{match['name']} {_points(match['figures'])}{_tail(match['tail'])}{until}{plus}"


def _dotted(match: re.Match[str], reading: Reading) -> str:
    """Say 2.4.1; an address of four parts has dots."""
    del reading
    figures = match["figures"]
    return _points(figures).replace(" point ", " dot ") if figures.count(".") == 3 else _points(figures)


_PARTS = pattern(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)*|[^\W\d_²³]+")


def code(written: str, reading: Reading) -> str:
    """Say letters and figures that belong together."""
    parts = _PARTS.findall(written)
    if len(parts) > 1 and parts[-1] == "s" and parts[-2].isdecimal():  # B-52s
        return f"{' '.join(_part(part, reading) for part in parts[:-2])} {plural(_part(parts[-2], reading))}".strip()
    return " ".join(_part(part, reading) for part in parts)


def _part(part: str, reading: Reading) -> str:
    if not part[0].isdecimal():
        return " ".join(part) if (part.isupper() and len(part) <= 3) or part == "xx" else part
    if "." in part:
        return number(part) if part.count(".") == 1 else _points(part)
    if "," in part:
        return cardinal(part)
    if part[0] == "0" or len(part) > 4 or reading.codes == "figures":
        return spelled(part, zero="zero")
    if reading.codes == "pairs" and len(part) > 2:
        return pairs(part)
    return cardinal(part) if len(part) < 4 or part.endswith("000") else pairs(part)


def _mixture(match: re.Match[str], reading: Reading) -> str:
    return code(match.group(), reading)


_WORD = r"[^\W\d_²³]"

RULES = (
    rule(
        r"(?<=\d)/(?P<kind>tcp|udp|TCP|UDP)(?!\w)",
        lambda m, _r: " " + " ".join(m["kind"].upper()),
        marks="/",
        cues=("tcp", "udp", "TCP", "UDP"),
    ),
    word(r"(?<=[\d%])\sv\.?\s(?=[$€£]?\d)", " versus ", cues="v", figures=True),
    rule(
        r"(?<![\w.])(?!V(?:6|8|10|12)\b)[vV](?:er(?:sion)?)?\.?\s?(?P<figures>\d+(?:\.\d+)*)(?P<tail>\.x|-[a-z]+(?:\.?\d+)?)?(?![\w]|[.]\d)",
        _version,
        cues=("v", "V", "ver", "Ver", "version", "Version"),
    ),
    rule(
        rf"\b(?P<name>{_VERSIONED})\s(?P<figures>\d+(?:\.\d+)+)(?P<tail>\.x)?(?:\s?[-–]\s?(?P<until>\d+(?:\.\d+)*))?(?P<plus>\+)?(?![\w]|\.\d)",
        _named,
        marks=".",
        needs=r"\d\.\d",
    ),
    rule(
        rf"\b(?P<name>{_VERSIONED})(?P<more>(?:,?\s+(?:and\s+|or\s+)?(?:{_BOUND})\s+\d+(?:\.\d+)+(?![\w]|\.\d))+)",
        lambda m, _r: m["name"] + _POINTED.sub(lambda one: _points(one.group()), m["more"]),
        marks=".",
        needs=r"\d\.\d",
    ),
    rule(
        r"(?<![\w.,$])(?P<figures>\d{1,2}\.\d{2})(?=\s(?:to|and|or)\s\d{1,2}(?:\.\d{1,3}){2}(?![\w]|\.\d))",
        _dotted,
        marks=".",
        needs=r"\d\.\d+\.\d",
    ),
    rule(
        r"(?<![\w.,$])(?P<figures>\d{1,3}(?:\.\d{1,3}){3}):(?P<port>\d{2,5})(?![\w:]|\.\d)",
        lambda m, r: f"{_dotted(m, r)} colon {spelled(m['port'])}",
        marks=":",
    ),
    rule(
        r"(?<![\w.,$])(?P<figures>\d{1,4}(?:\.\d{1,5}){1,5})(?P<tail>-(?:alpha|beta|rc|dev|pre|preview|snapshot|SNAPSHOT|RC|hotfix)(?:\.?\d+)?)(?![\w]|\.\d)",
        lambda m, r: f"{_dotted(m, r)} {' '.join(re.findall(r'[a-zA-Z]+|[0-9]+', m['tail']))}",
        marks=".",
        needs=r"\d-[a-zA-Z]",
    ),
    rule(r"(?<![\w.,$])(?P<figures>\d{1,4}(?:\.\d{1,5}){2,5})(?![\w]|\.\d)", _dotted, marks="."),
    rule(
        r"(?<![\w.,$])(?P<figures>\d{1,4}(?:\.\d{1,4}){2,4})(?P<letter>[a-z])(?!\w)",
        lambda m, _r: f"{_points(m['figures'])} {m['letter']}",
        marks=".",
    ),
    rule(
        r"(?<![\w.,$])(?P<figures>\d{1,4}(?:\.\d{1,4})*)\.x(?!\w)",
        lambda m, _r: f"{_points(m['figures'])} point x",
        marks="x",
    ),
)

MIXTURES = (
    rule(
        rf"(?<![\w])(?<!\d[.,])(?:{_WORD}+-?\d[\w-]*(?:\.\d+)*|(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?-?{_WORD}[\w-]*(?:(?<=\d)\.\d+)*)(?!\w)",
        _mixture,
    ),
)
