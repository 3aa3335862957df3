"""Say what clinics write: a 14 Fr catheter, a 22G needle, MRI at 3T, CFU/g, CPT 93458, a 12/14 taper."""

from __future__ import annotations

from roadcast.spoken.numbers import NUMBER, cardinal, spelled
from roadcast.spoken.patterns import pattern
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

_INTO = r"(?:guide|introducer|sheath|catheter|dilator|cannula)s?"

_PER = {
    "g": "gram",
    "ml": "milliliter",
    "mL": "milliliter",
    "L": "liter",
    "cm²": "square centimeter",
    "100 ml": "100 ml",
}
_CODE = pattern(r"\d{5}")

RULES = (
    rule(
        rf"(?<![\w.,$/-])(?P<one>\d\d?)F[/-](?P<other>\d\d?)F(?=\s{_INTO}\b)",
        lambda m, _r: f"{cardinal(m['one'])} French, {cardinal(m['other'])} French",
        marks="/-",
        cues="F",
    ),
    word(
        r"(?<=\d)[\s-]?F[rR]\b(?:\.(?=[,;)]|\s[a-z\d]))?|(?<=\d)F(?=\s" + _INTO + r"\b)",
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
    word(
        r"(?<=\d)\s?T(?![\w/]|\sof\b)",
        " tesla",
        cues="T",
        needs=r"\b(?:MRIs?|MR|fMRI|[Tt]esla|[Mm]agnets?|coils?|[Ii]maging)\b",
        figures=True,
    ),
    word(r"\bHbA1c\b", "H B A one C", cues=("HbA",), figures=True),
    rule(
        r"\b(?P<what>CFU|cfu|cells|copies|IU)/(?P<per>g|m[lL]|L|cm²|100\sml)(?!\w)",
        lambda m, _r: f"{m['what'].replace('cfu', 'CFU')} per {_PER[m['per']]}",
        marks="/",
        figures=False,
    ),
    rule(
        r"(?P<what>\b(?:CPT|HCPCS)\s(?:codes?\s)?)(?P<code>\d{5}(?:(?:,\s|\s(?:and|or)\s|/)\d{5})*)(?![\w-]|[.,]\d)",
        lambda m, _r: m["what"] + _CODE.sub(lambda one: spelled(one[0]), m["code"].replace("/", ", ")),
        cues=("CPT", "HCPCS"),
    ),
    rule(
        r"(?<![\w.,$/-])(?P<one>\d\d)/(?P<other>\d\d)(?=\s(?:[a-z]+\s)?tapers?\b)",
        lambda m, _r: f"{cardinal(m['one'])} {cardinal(m['other'])}",
        marks="/",
        cues=("taper", "tapers"),
    ),
    word(
        r"\bPt\.?(?=\s(?:is|was|has|had|c/o|s/p|presents|presented|reports|denies|seen|admitted|stable|discharged)(?!\w))",
        "Patient",
        cues=("Pt",),
    ),
    word(
        r"\bs/p(?=\s(?:[A-Z]{2,}|[a-z]+(?:tomy|plasty|ectomy|surgery|stent|bypass|fall|repair|transplant)))",
        "status post",
        marks="/",
    ),
)
