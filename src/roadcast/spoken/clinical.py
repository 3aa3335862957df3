"""Say how wide what goes into a patient is: a 14 Fr catheter, sheaths of 5-7 Fr, a 22G needle."""

from __future__ import annotations

from roadcast.spoken.numbers import NUMBER
from roadcast.spoken.rules import rule, word

# Only in such company is it a size.
_INSERTED = (
    r"\b(?i:catheters?|sheaths?|introducers?|cannulas?|cannulae|stents?|dilators?|drains?|guide(?:wires?|\scatheters?)?|lumens?|"
    r"tubes?|tubing|microcatheters?|scopes?|endoscopes?|ureteroscopes?|Foley|balloons?|needles?|urology)\b"
)
_PIERCES = (
    r"(?i:needles?|syringes?|cannulas?|cannulae|catheters?|IVs?|lancets?|butterfly|biops(?:y|ies)|angiocath\w*|"
    r"punctures?)"
)

RULES = (
    word(
        r"(?<=\d)[\s-]?F[rR]\b(?:\.(?=[,;)]|\s[a-z\d]))?|(?<=\d)F(?=\s(?:guide|introducer|sheath|catheter|dilator|cannula)s?\b)",
        " French",
        cues=("Fr", "FR", "F"),
        needs=_INSERTED,
        figures=True,
    ),
    rule(
        rf"(?<![\w.,$/-])(?P<wide>{NUMBER})\s?[Gg]a?\b\.?(?=(?:,?\s(?:and|or|to)?\s?\d\d\s?[Gg]a?\b)*\s(?:[a-z]+\s){{0,2}}{_PIERCES}\b)",
        lambda m, _r: f"{m['wide']} gauge",
        cues=("G", "g", "Ga", "ga"),
    ),
)
