"""Say what builders write: 300 CY of fill, bolts of gr. 8.8, gyp. bd., 12" o.c. E.W."""

from __future__ import annotations

from roadcast.spoken.rules import rule, word

RULES = (
    rule(
        r"(?<![\w.,$€£/-])(?!(?:19|20)\d\d\s)(?P<much>\d[\d,]*(?:\.\d+)?\s)CY(?![\w'&]|\s?'?\d)",
        lambda m, _r: m["much"] + ("cubic yard" if m["much"] == "1 " else "cubic yards"),
        cues=("CY",),
    ),
    word(
        r"(?<!\d)(?<!\d\s)\bgr\.\s(?=\d)|\bgr\.\s(?=(?:4\.[68]|5\.[68]|8\.8|10\.9|12\.9)(?!\d))",
        "grade ",
        cues=("gr",),
        figures=True,
    ),
    word(r"\b[Gg]yp\.?\s?(?:bd|brd)\b\.?", "gypsum board", cues=("gyp", "Gyp"), figures=False),
    word(r"(?:(?<=o\.c\. )|(?<=on center )|(?<=o/c ))E\.?W\.?(?!\w)", "each way", cues=("W", "EW")),
    word(
        r"(?<=\d)\s?#(?=\s(?:RF|FF|RTJ|ANSI|class|flanges?|flanged|valves?|rated|rating)\b)",
        " pound",
        marks="#",
        figures=True,
    ),
    rule(
        r"(?<![\w.,$€£₹/-])(?P<much>\d[\d,]*(?:\.\d+)?)\s?psf\b",
        lambda m, _r: m["much"] + " pounds per square foot",
        cues=("psf",),
        needs=r"\b(?i:loads?|loading|winds?|snow|live|dead|roofs?|decks?|pressures?|capacity|rated|structur\w+|slabs?)\b",
    ),
    word(
        r"(?:(?<=\d\s[mc]m\s)|(?<=\d[mc]m\s)|(?<=\d\sin\s)|(?<=\din\.\s)|(?<=\d\"\s)|(?<=\dft\s))dia\b(?:\.(?=[,;:)]|\s[a-z@\d]))?",
        "diameter",
        cues=("dia",),
        figures=True,
    ),
    word(r"(?:(?<=\d)|(?<=mm)|(?<=cm))\s?c/c(?![\w/])", " center to center", marks="/", figures=True),
)
