"""Say the names of models: tyres, aircraft, cars, chips, screens, wires, servers by size."""

from __future__ import annotations

import re

from roadcast.spoken.codes import code
from roadcast.spoken.numbers import cardinal, fraction, number, pairs, plural
from roadcast.spoken.rules import Reading, rule, word


def _tyre(match: re.Match[str], reading: Reading) -> str:
    """Say 225/45R17 91W, LT265/70R17 and 315/80R22.5."""
    del reading
    load = f" {cardinal(match['load'])} {match['speed']}" if match["load"] else ""
    use = "".join(f"{letter} " for letter in match["use"] or "")
    van = " C" if match["van"] else ""
    size = f"{pairs(match['wide'])} {cardinal(match['high'])} {' '.join(match['kind'])} {number(match['rim'])}"
    return use + size + van + load


def _aircraft(match: re.Match[str], reading: Reading) -> str:
    """Say 737-800, B777-300ERs, ATR 72-600."""
    del reading
    named, more = match["type"].removeprefix("B"), match["more"] or ""
    size = plural(cardinal(match["size"])) if more == "s" else " ".join((cardinal(match["size"]), *more))
    return f"{'B ' if named != match['type'] else ''}{pairs(named)} {size}"


def _airbus(match: re.Match[str], reading: Reading) -> str:
    """Say A320neo and A350-900s."""
    del reading
    size = f" {cardinal(match['size'])} {match['tail'] or ''}".rstrip() if match["size"] else ""
    kind = match["kind"] or ""
    return f"A {pairs(match['type'])}{' ' if kind else ''}{kind if kind.islower() else ' '.join(kind)}" + (
        plural(size) if match["many"] else size
    )


_SCREWED = r"\b(?i:screws?|bolts?|nuts?|thread\w*|taps?|tapped|UN[CF]|studs?|fasteners?|inserts?)\b"

RULES = (
    rule(
        r"(?<![\w.,$/-])(?P<above>\d\d?)/(?P<below>2|4|8|16|32)\"?-(?P<pitch>8|9|1[0-4]|16|18|20|24|28|32)(?![\w/-]|[.,]\d)",
        lambda m, _r: f"{fraction(m['above'], m['below'])} {cardinal(m['pitch'])}",
        marks="/",
        needs=_SCREWED,
    ),
    word(
        r"(?:(?<=\d-\d\d)|(?<=[a-z]s\s\d\d))\s?[x×]\s?(?=\d[\d/. -]*(?:\"|\sin\b))",
        " by ",
        marks="x×",
        needs=_SCREWED,
        figures=True,
    ),
    rule(
        r"(?<![\w.,$/-])(?P<thick>[1-8])\s?[x×]\s?(?P<wide>[2-9]|1[0-2])s(?!\w)",
        lambda m, _r: f"{cardinal(m['thick'])} by {plural(cardinal(m['wide']))}",
        marks="x×",
        needs=r"\d\s?[x×]\s?\d+s",
    ),
    word(r"(?:(?<=\b[Nn]umber \d)|(?<=\b[Nn]umber \d\d))\s?[x×]\s?(?=\d)", " by ", marks="x×", figures=True),
    rule(
        r"(?<![\w.,$/-])(?P<size>\d|1[0-4])-(?P<pitch>20|24|28|32|36|40|48)"
        r"(?=\s?(?:[x×]|by)\s?\d[\d/.\s-]*(?:\"|\sin\b)|\s(?:UN[CF]\s)?(?:(?:machine|wood|hex|cap|set|lag)\s)?(?:screws?|bolts?|threads?|taps?|nuts?|studs?)\b)",
        lambda m, _r: f"{cardinal(m['size'])} {cardinal(m['pitch'])}",
        marks="-",
        cues=("screw", "screws", "bolt", "bolts", "thread", "threads", "tap", "taps", "nut", "nuts", "stud", "studs"),
    ),
    rule(
        r"(?<![\w/-])C(?P<low>\d\d)/(?P<high>\d\d)(?![\w/]|[.,]\d)",
        lambda m, _r: f"C {cardinal(m['low'])} {cardinal(m['high'])}",
        marks="/",
        cues="C",
        needs=r"\b(?i:concrete|cement|mix|grade|pour|slab|strength|MPa|rebar|screed)\b",
    ),
    rule(
        r"(?<!\b[Oo]n\s)(?<!\b[Bb]y\s)(?<!\bdue\s)(?<!til\s)(?<!rom\s)(?<![\w.,$/-])(?P<wires>1[024]|[68])/(?P<count>[23])(?![\w/-]|[.,]\d|\s(?:of|inch|in\b|hour))",
        lambda m, _r: f"{cardinal(m['wires'])} {cardinal(m['count'])}",
        marks="/",
        needs=r"\b(?i:wir(?:e|es|ing)|gauge|AWG|romex|cables?|conductors?|NM-B)\b",
    ),
    rule(
        r"(?<![\w.,$-])(?P<wires>1[0248]|[68])[/-](?P<count>[2-4])(?=-gauge|\sw/\s?ground|\swith\sground|\s(?:gauge|AWG|NM|UF|MC|SJ[A-Z]*|[Rr]omex|[Ww]ire|[Cc]able|speaker|copper|electrical)\b)",
        lambda m, _r: f"{cardinal(m['wires'])} {cardinal(m['count'])}",
        marks="/-",
    ),
    rule(
        r"(?<![\w-])M(?P<wide>\d\d?)\s?[x×]\s?(?=\d)",
        lambda m, _r: f"M {cardinal(m['wide'])} by ",
        marks="M",
        needs="[x×]",
    ),
    rule(
        r"(?<![\w.,$-])802\.(?P<part>\d\d?)(?P<kind>[a-z]{0,2})(?:/(?P<more>[a-z]{1,2}(?:/[a-z]{1,2})*))?(?!\w)",
        lambda m, _r: (
            f"eight oh two point {cardinal(m['part'])} {' '.join((m['kind'] + (m['more'] or '')).replace('/', ''))}"
        ),
        needs=r"802\.",
    ),
    rule(r"\b(?P<slot>[MU])\.2(?!\w|\.\d)", lambda m, _r: f"{m['slot']} dot two", cues="MU"),
    rule(
        r"(?P<name>\b(?:Office|Outlook|Microsoft|Dynamics|MS|M)\s?)365(?!\w|[.,]\d)",
        lambda m, _r: f"{m['name'].rstrip()} three sixty five",
        cues=("Office", "Outlook", "Microsoft", "Dynamics", "MS", "M"),
        needs="365",
    ),
    rule(
        r"(?<![\w.,$/-])(?P<use>LT|ST|P|T)?(?P<wide>[1-4]\d5)/(?P<high>[2-9]\d)[\s-]?(?P<kind>Z?R)[\s-]?(?P<rim>[12]\d(?:\.5)?)(?P<van>C)?(?:\s(?P<load>\d{2,3})(?P<speed>[A-Z]))?(?!\w)",
        _tyre,
        marks="/",
        cues=("R", "ZR"),
    ),
    rule(
        r"(?<![\w.,$])(?P<type>B?7[0-8]7|(?<=ATR\s)[47]2)-(?P<size>[1-9]00|[89]|10)(?P<more>ER|LR|F|BCF|BDSF|SF|P2F|s)?(?![\w-]|[.,]\d)",
        _aircraft,
        needs=r"\d\d-[1-9]",
    ),
    rule(
        r"(?<![\w.,$-])A(?P<type>2[12]0|3[1-8]0|319|321)(?P<kind>neo|ceo|XLR|LR|F)?(?:-(?P<size>[1-9]0{2,3})(?P<tail>neo|F|XLR)?(?P<many>s)?)?(?![\w-]|[.,]\d)",
        _airbus,
        cues="A",
        needs=r"A[23]\d\d",
    ),
    rule(
        r"(?<![\w.])(?P<family>[a-z]{1,3}\d[a-z]{0,3})\.(?P<size>\d{0,2})(?P<kind>x?large|medium|small|micro|nano|metal)(?!\w)",
        lambda m, r: (
            f"{code(m['family'], r)} dot {cardinal(m['size']) if m['size'] else ''} {m['kind'].replace('xl', 'x l')}"
        ),
        marks=".",
        needs=r"\.\d*(?:x?l|m|s|n)",
    ),
    rule(
        r"(?P<name>\b(?:RTX|GTX|RX|EPYC|Xeon|Threadripper|Quadro)\s)(?P<figures>[2-9]\d{3})(?P<tail>[A-Z]*)(?![\w-])",
        lambda m, _r: f"{m['name']}{pairs(m['figures'])} {' '.join(m['tail'])}",
        cues=("RTX", "GTX", "RX", "EPYC", "Xeon", "Threadripper", "Quadro"),
    ),
    rule(
        r"(?:(?<=@\s)|(?<=\bin\s)|(?<=\bat\s)|(?<=,\s))(?P<figures>[48])K(?=[,.;)/]|$|\s(?:and|or|at)\b)",
        lambda m, _r: f"{cardinal(m['figures'])} K",
        cues="K",
        needs=r"(?i:\b(?:fps|hz|hdr|video|tv|screen|display|resolution|stream\w*|camera|monitor|gaming|webcam|footage)\b)",
    ),
    word(
        r"(?:(?<=[23]D,\s)|(?<=[23]D\s))4K\b|\b4K(?=,?\s(?:and\s|or\s)?(?:5G|8K|3D|VR|HDR)\b)",
        "four K",
        cues="K",
        figures=True,
    ),
    rule(
        r"(?<![\w.,$-])(?P<wheels>[24])(?:WD|x4)(?!\w|-\d|\s?[x×\d])",
        lambda m, _r: f"{cardinal(m['wheels'])} wheel drive" if m.group()[1:] == "WD" else "four by four",
        cues=("WD", "x"),
        needs=r"\b(?:[24]WD|4x4)\b",
    ),
    rule(r"\bID\.(?P<type>\d)(?!\w|\.\d)", lambda m, _r: f"I D {cardinal(m['type'])}", cues=("ID",)),
    rule(
        r"(?<![\w.,$-])(?P<figures>[4568]|1[0-2]|[1-6]\.\d)K(?=\s(?:[Ss]mart|LED|OLED|QLED|video|display|TV|monitor|resolution|screen|camera|HDR|UHD|stream|content|"
        r"footage|webcam|projector|OLED|gaming|playback|HDMI|panel|images?|\d+\s?Hz)|[,/]?\s?(?:U?HD|Ultra)\b|\s?@\s?\d|\sat\s\d+\s?(?:fps|FPS|frames)\b)",
        lambda m, _r: f"{number(m['figures'])} K",
        cues="K",
    ),
    rule(
        r"(?P<many>\b(?:[Tt]he|[Tt]hese|[Tt]hose|[Oo]ur|[Tt]heir|[Bb]oth|[Nn]ew|[Oo]ld|two|three|four|ten|\d\d?)\s)(?P<type>[1-9]\d\d)s"
        r"(?=[.,;:)]|$|\s(?:are|were|have|had|come|came|go|went|will|sold|sell|that|which|in|on|from|to|with|still|run|ran|need|use)\b)",
        lambda m, _r: m["many"] + plural(pairs(m["type"])),
        cues="s",
    ),
    rule(
        r"(?<![\w.,$])(?P<type>8\d\d|9[49]\d|2[01]\d)s(?!\w)",
        lambda m, _r: plural(pairs(m["type"])),
        cues="s",
        needs=r"\b(?:EDI|X12|ASNs?)\b",
    ),
    rule(
        r"(?<![\w.,$])(?P<type>7[0-8]7)s(?!\w)",
        lambda m, _r: plural(pairs(m["type"])),
        cues="s",
    ),
    rule(r"(?<![\w.,$])3M(?='s|\s(?:Co|Company|Corp)\b)", lambda _m, _r: "three M", cues="M"),
)
