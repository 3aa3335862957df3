"""Say telephone numbers, figure by figure in groups."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule

_GROUPS = pattern(r"\d+|[A-Z]{2,}")


def groups(written: str) -> str:
    """Say the groups of a number with a breath between them."""
    first, *others = _GROUPS.findall(written)
    first = f"zero {cardinal(first[1:])}" if _FREEPHONE.fullmatch(first) else _group(first)
    return ", ".join((first, *map(_group, others)))


_FREEPHONE = pattern(r"0[1-9]00")


def _group(group: str) -> str:
    return spelled(group) if group.isdecimal() else _word(group)


def _word(letters: str) -> str:
    return letters if len(letters) > 3 else " ".join(letters)


def _phone(match: re.Match[str], reading: Reading) -> str:
    del reading
    plus = "plus " if match["plus"] else ""
    said = plus + groups(match["number"])
    return f"{said}, extension {spelled(match['extension'])}" if match["extension"] else said


def _toll_free(match: re.Match[str], reading: Reading) -> str:
    del reading
    one = "one " if match["one"] else ""
    hundreds = cardinal(match["free"]) if match["free"].endswith("00") else spelled(match["free"])
    said = f"{one}{hundreds}, {groups(match['number'])}"
    return f"{said}, extension {spelled(match['extension'])}" if match["extension"] else said


def _extension(match: re.Match[str], reading: Reading) -> str:
    del reading
    return f"extension {spelled(match['extension'])}"


_EXT = r"(?:,?\s?(?:ext\.?|x|extension)\s?(?P<extension>\d{1,6}))?(?![\w-]|\.\d)"
_START = r"(?<![\w.,$€£/-])"
_GAP = r"[\s.-]"

_FREE = r"(?P<free>800|888|877|866|855|844|833|900)"
_HAS = r"\d{3}\)?[\s.-]|\+\d"

# Numbers of registers, which are told like those of telephones.
_REGISTERS = ("ABN", "ARBN", "ACN", "EIN", "NPI", "TIN")

# What a number behind it belongs to; six figures at least, for "Mobile 15 20" may be anything.
_LINES = tuple(
    form
    for line in ("fax", "tel", "phone", "mobile", "cell", "hotline", "helpline", "freephone")
    for form in (line, line.capitalize())
)


def _line(match: re.Match[str], reading: Reading) -> str:
    del reading
    enough = len(re.findall(r"\d", match["number"])) >= 6
    return match["what"] + groups(match["number"]) if enough else match.group()


# Who is called, and on what: call 6555 0123, ring Ana on 91 555 0199.
_CALL_WORDS = (
    *("call", "calling", "ring", "dial", "text", "reach", "contact", "tel", "telephone", "phone", "mob", "mobile"),
    *("cell", "hotline", "helpline", "landline", "switchboard", "whatsapp", "fax"),
)
_CALLS = (*_CALL_WORDS, *map(str.capitalize, _CALL_WORDS), "WhatsApp", "SMS")
_CALLED = f"(?:{either(_CALLS)})"


def _called(match: re.Match[str], reading: Reading) -> str:
    """Say a number that somebody is called on, unless it is too short for one."""
    del reading
    figures = re.sub(r"\D", "", match["number"])
    if not 6 <= len(figures) <= 12 or (len(figures) == 8 and _YEARS.fullmatch(match["number"])):
        return match.group()
    whole = figures if figures == match["number"] else None
    halves = f"{figures[:-4]} {figures[-4:]}" if whole and len(figures) < 9 else match["number"]
    return match["what"] + groups(halves)


_YEARS = pattern(r"(?:19|20)\d\d.(?:19|20)\d\d")
_AGAIN = pattern(rf"\b{_CALLED}\b")


# What Americans call a pound others call a hash: a text with their money or telephones.
ABROAD = pattern(r"[£€]|\bplus\s(?!one\b)|\+(?!1\b)\d\d|\b0\d{2,4}\s\d{3}|\bhash\b")


def _slashed(match: re.Match[str], reading: Reading) -> str:
    """Say 040 / 555 12-34, as Germans write it."""
    del reading
    if not 7 <= len(re.sub(r"\D", "", match["number"])) <= 14:
        return match.group()
    return ("plus " if match["plus"] else "") + groups(match["number"])


def _key(match: re.Match[str], reading: Reading) -> str:
    """Say the keys of a telephone."""
    del reading
    if match["key"] == "*":
        return "star"
    return "hash" if ABROAD.search(match.string) else "pound"


RULES = (
    rule(
        rf"{_START}(?:(?P<plus>\+)(?=\d))?(?P<number>(?:(?<=\+)\d{{1,3}}[\s.-]?\(?\d{{2,5}}\)?|0\d{{2,4}})\s?/\s?"
        r"\d{2,8}(?:[ -]\d{1,4}){0,4}|(?<!\+)0[2-9]\d{1,3}\s\d{3,8}-\d{1,4})"
        r"(?![\w%/-]|[.,:]\d)",
        _slashed,
        needs=r"/\s?\d\d|\d-\d",
    ),
    rule(
        r"(?<=\s)(?P<key>[*#])(?=\s(?!\d|of\b|key\b|sign\b|symbol\b|button\b)|[,.;)]|$)",
        _key,
        marks="*#",
        figures=False,
        needs=r"\b(?i:press\w*|hit|dial\w*|enter\w*|keypad|key|star)\b",
    ),
    rule(
        rf"\b(?P<what>(?:{either(_REGISTERS)})(?:\sno\.|\snumber|\sis)*):?\s"
        r"(?P<number>\d{2,3}(?: \d{3}){2,3})(?!\w)",
        lambda m, _r: f"{m['what'].replace('no.', 'number')} {groups(m['number'])}",
        cues=_REGISTERS,
    ),
    rule(
        r"(?P<what>\b(?:IBAN|VAT)(?:\s(?:no\.?|number|ID|reg\.?))*:?\s)(?P<land>[A-Z]{2})\s?(?P<number>\d{2,}(?:\s[\dA-Z]*\d[\dA-Z]*)*)(?!\w)",
        lambda m, _r: f"{m['what'].replace('no.', 'number')}{' '.join(m['land'])}, {groups(m['number'])}",
        cues=("IBAN", "VAT"),
    ),
    rule(
        rf"{_START}(?<!\b0\d{{3}}\s)(?<!\b0\d{{4}}\s)\+?(?:(?P<one>1)[\s.-])?\(?{_FREE}\)?[\s.-]"
        rf"(?P<number>\d{{3}}[\s.-]\d{{4}}|[A-Z0-9]{{3,}}(?:-[A-Z0-9]+)*|(?=[\d-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)+){_EXT}",
        _toll_free,
        needs=_HAS,
    ),
    rule(
        rf"{_START}(?P<plus>\+)?(?P<number>(?:1{_GAP}?)?\(\d{{3}}\)\s?\d{{3}}{_GAP}\d{{4}}){_EXT}",
        _phone,
        marks="(",
    ),
    rule(
        rf"{_START}(?P<plus>\+)?(?P<number>(?:1{_GAP}?)?\(?[2-9]\d\d\)?{_GAP}?[2-9]\d\d{_GAP}\d{{4}}){_EXT}",
        _phone,
        needs=_HAS,
    ),
    rule(
        rf"{_START}(?P<plus>\+)(?P<number>(?=(?:\D?\d){{7}})\d{{1,3}}(?:[\s.()-]{{1,2}}\d{{1,8}}){{1,6}}|\d{{7,15}}){_EXT}",
        _phone,
        marks="+",
    ),
    rule(
        rf"{_START}(?P<plus>)(?P<number>0\d{{2,4}}\s\d{{3,4}}\s?\d{{3,4}}|\(0\d{{1,4}}\)\s?\d{{3,4}}[\s-]?\d{{3,4}}|[2-9]\d\d-\d{{4}}){_EXT}",
        _phone,
        needs=_HAS,
    ),
    rule(
        rf"{_START}(?P<number>0[1-9]0?\s[2-9]\d{{3}}\s\d{{4}}|0\d{{1,4}}[-/]\d{{5,8}}(?:-\d{{1,4}})?|0[1-9]\d?\s[2-9]\d\d\s\d{{4}}"
        r"|0[1-9]\d{1,3}(?:\s\d{2,3}){3,4})(?![\w-]|[.,]\d)",
        lambda m, _r: groups(m["number"]),
        needs=r"\b0\d",
    ),
    rule(
        rf"(?P<what>\b{_CALLED}\b(?:[^\d.;!?]{{0,40}}[^\w\d$€£#*.,/+-])?)(?<![\w.,$€£/+-])"
        r"(?P<number>(?!13 \d\d \d\d\b)\d{2,5}(?:[ -]\d{2,5}){1,4}|\d{8,11})(?![\w%-]|[.,:/]\d|\s?(?:[$€£%]"
        r"|[a-z]{3,}s\b))",
        _called,
        cues=_CALLS,
        needs=r"\d[ -]\d\d|\d{8}",
    ),
    rule(
        rf"{_START}(?<!\d\s)(?P<number>[235689]\d{{3}} \d{{4}}|[1-9]\d \d{{3}} \d{{4}})(?=[.,;)]|$|\s(?:or|and"
        rf"|to|for|if)\b)",
        lambda m, _r: groups(m["number"]) if _AGAIN.search(m.string, 0, m.start()) else m.group(),
        cues=_CALLS,
        needs=r"\d \d{3}",
    ),
    rule(
        rf"(?P<what>\b(?:{either(_LINES)})[.:]?\s)(?P<number>\(?\d{{2,5}}\)?(?:[\s./-]{{1,2}}\d{{2,8}}){{1,4}})(?![\w%-]|[.,]\d)",
        _line,
        cues=_LINES,
    ),
    rule(
        rf"{_START}1-{_FREE}(?=\s(?:toll[- ]free\s)?(?:lines?|numbers?|hotlines?|calls?|services?)\b)",
        lambda m, _r: f"one {cardinal(m['free']) if m['free'].endswith('00') else spelled(m['free'])}",
        marks="-",
    ),
    rule(
        rf"{_START}(?P<number>0\d{{2,4}}-\d{{3,4}} \d{{3,4}}|1800-\d{{2,3}}-\d{{4}})(?![\w-]|[.,]\d)",
        lambda m, _r: groups(m["number"]),
        needs=r"\b0\d|1800-",
    ),
    rule(
        rf"{_START}(?P<number>1[38]00 \d{{3}} \d{{3}})(?![\w-]|[.,]\d)",
        lambda m, _r: groups(m["number"]),
        needs=r"1[38]00 ",
    ),
    rule(
        r"(?P<what>\b(?:[Dd]ial|[Pp]ress|[Ee]nter|or)\s)\*(?P<figures>\d{1,3})#?(?!\w)",
        lambda m, _r: f"{m['what']}star {spelled(m['figures'])}",
        marks="*",
    ),
    rule(
        r"(?P<what>\b(?:or|at|call|dial|ask|try|ring|on|desk|phone|office)\s)x(?P<extension>\d{3,5})(?![\w%]|[.,]\d)",
        lambda m, r: m["what"] + _extension(m, r),
        marks="x",
    ),
    rule(
        r"\b(?:[Ee]xt\.?|[Ee]xtension)\s(?P<extension>\d{1,6})(?!\w)",
        _extension,
        cues=("Ext", "ext", "Extension", "extension"),
    ),
)
