"""Say roman numerals: after a word that counts, after a ruler's name, and where they can be nothing else."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import cardinal, ordinal, roman
from roadcast.spoken.rules import Reading, rule

_COUNTED = (
    r"(?:[Cc]hapter|[Pp]art|[Aa]ct|[Vv]olume|[Pp]hase|[Ss]ection|[Tt]itle|[Tt]ype|[Cc]lass|[Tt]ier|[Ss]tage|[Ll]evel|"
    r"[Bb]ook|[Aa]ppendix|[Aa]rticle|[Ww]ar|[Bb]owl|[Mm]ark|[Ss]cene|[Ff]igure|[Tt]able|[Ss]chedule|[Gg]rade|[Ss]tep|"
    r"[Ee]pisode|[Uu]nit|[Gg]roup|[Dd]ivision|[Cc]ategory|[Gg]eneration|[Gg]en|[Rr]ound|[Ss]eries|[Aa]nnex|[Cc]anto|[Pp]salm|[Ff]actor|[Rr]ealm|[Vv]ersion|[Mm]odule|[Ll]esson|[Ss]erie|[Dd]ynasty)"
)
_RULERS = (
    r"(?:Henry|Louis|George|Edward|Richard|Charles|James|William|Elizabeth|Mary|Philip|Ferdinand|Frederick|Nicholas|Alexander|"
    r"Napoleon|Catherine|Peter|Paul|John Paul|Pius|Benedict|Gregory|Innocent|Leo|Clement|Urban|Ramesses|Ptolemy|Otto|Leopold|"
    r"Albert|Francis|Wilhelm|Gustav|Christian|Haakon|Alfonso|Pope [A-Z][a-z]+|King [A-Z][a-z]+|Queen [A-Z][a-z]+|Emperor [A-Z][a-z]+|Kaiser [A-Z][a-z]+)"
)


def _counted(match: re.Match[str], reading: Reading) -> str:
    del reading
    value = roman(match["roman"])
    return f"{match['word']} {cardinal(str(value))}" if value else match.group()


def _ruler(match: re.Match[str], reading: Reading) -> str:
    del reading
    value = roman(match["roman"])
    return f"{match['word']} the {ordinal(str(value))}" if value and value < 40 else match.group()


def _sure(match: re.Match[str], reading: Reading) -> str:
    del reading
    value = roman(match["roman"])
    return cardinal(str(value)) if value else match.group()


RULES = (
    rule(rf"\b(?P<word>{_COUNTED})\s(?P<roman>[IVXLC]+)(?![\w'.]\w|\w)", _counted, hint="IVXLC"),
    rule(rf"\b(?P<word>{_RULERS})\s(?P<roman>[IVX]+)(?!\w|'\w|\.\s?[A-Z][a-z])", _ruler, hint="IVX"),
    rule(
        r"(?<=[A-Za-z]\s)(?P<roman>I{2,3}|VI{1,3}|IX|XI{1,3}|XI?V|XVI{0,3}|XI?X|XXI{0,3}|XXIV|XXV)(?![\w'])",
        _sure,
        hint="IVX",
    ),
)
