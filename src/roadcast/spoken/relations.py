"""Say what stands to what: net debt/EBITDA, LTV:CAC, 14/16 GB used, 180°C/350°F, 31 city/39 highway, 1/250 s."""

from __future__ import annotations

from roadcast.spoken.numbers import cardinal, ordinal
from roadcast.spoken.rules import rule, word

# Ratios that are told with "to": above the line, and below it.
_ABOVE = r"(?:[Dd]ebt|EV|FFO|FCF|[Cc]ost|[Ll]oans?|[Pp]rice|LTV|CLV|CLTV|[Cc]apex|[Oo]pex|[Ll]everage|[Bb]ook|[Pp]ut)"
_BELOW = (
    r"(?:(?:adj\.?|adjusted|LTM|TTM)\s)?(?:EBITDA(?:[RX]|re)?|EBIT|CAC|FCF|[Dd]ebt|[Ee]quity|[Ii]ncome|[Dd]eposits?|"
    r"[Ss]ales|[Ee]arnings|[Bb]ook|[Bb]ill|[Cc]all)"
)
_FULL = r"\s?(?:[KMGTP]B|[kMG]Wh)\s(?:used|full|free|available|left|consumed)\b"

RULES = (
    rule(
        rf"\b(?P<above>{_ABOVE})[/:](?={_BELOW}(?![\w/]))",
        lambda m, _r: m["above"] + " to ",
        marks="/:",
        figures=False,
    ),
    rule(
        rf"(?<![\w.,/$-])(?P<used>\d+)/(?=(?P<all>\d+){_FULL})",
        lambda m, _r: m["used"] + (" of " if int(m["used"]) <= int(m["all"]) else " and "),
        marks="/",
    ),
    word(r"(?<=°[CF])\s?/\s?(?=[-–]?\d+(?:\.\d+)?\s?°[CF])", " or ", marks="/"),
    rule(
        r"(?<=\d\s)(?P<first>[a-z]+)/(?=\d[\d.,]*\s[a-z])",
        lambda m, _r: m["first"] + ", ",
        marks="/",
    ),
    rule(
        r"(?<![\w.,/$-])(?P<all>\d{1,3}(?:/\d{1,3}){2,5})(?=\s?(?:%|(?:mos?|mths?|months?|days?|yrs?|years?|mins?|hrs?|hours|wks?|weeks)\b))",
        lambda m, _r: m["all"].replace("/", ", "),
        marks="/",
        needs=r"\d/\d+/\d",
    ),
    rule(
        r"(?<![\w.,/$-])1/(?P<part>\d{2,5})(?:s|\ssec(?:ond)?)(?![\w/])",
        lambda m, _r: f"one {ordinal(m['part'])} of a second",
        marks="/",
    ),
    rule(
        r"(?<![\w.,/$-])1-in-(?P<of>\d[\d,]*)(?=\s)",
        lambda m, _r: f"one in {cardinal(m['of'])}",
        marks="-",
        cues=("in",),
    ),
)
