"""Say how long, and in kelvin how hot: 2h 30m, every 15m, RPO 15m, 3000K."""

from __future__ import annotations

import re

from roadcast.spoken.numbers import NUMBER, cardinal, number, plural
from roadcast.spoken.rules import Reading, rule

_DURATION = {"d": "day", "h": "hour", "m": "minute", "s": "second"}


def _duration(match: re.Match[str], reading: Reading) -> str:
    """Say 2h 30m, 1h05, 4m 30s and 1d 4h."""
    del reading
    parts = re.findall(r"(\d+)\s?([dhms]|$)", match.group())
    return " ".join(
        f"{number(str(int(count)))} {_DURATION[unit or 'm']}{'' if int(count) == 1 else 's'}" for count, unit in parts
    )


def _many(match: re.Match[str], reading: Reading) -> str:
    """Say 1000s of leads."""
    del reading
    return plural(cardinal(match["amount"]).removeprefix("one "))


def _low(written: str | None) -> str:
    """Say the lower end of a range, 2500- of 2500-3000K."""
    return f"{cardinal(written.rstrip(' -–'))} to " if written else ""


def _minutes(match: re.Match[str], reading: Reading) -> str:
    """Say "every 15m", which is no distance."""
    del reading
    return f"{match['when']} {cardinal(match['amount'])} {'minute' if match['amount'] == '1' else 'minutes'}"


# Where minutes are told with an "m": RPO 15m, retries after 1m, 5m, 2h.
_WAITED = (
    r"\b(?:RPO|RTO|MTTR|MTTD|TTL|[Rr]etr(?:y|ies|ied|ying)|[Bb]ackoff|[Tt]ime-?outs?|[Cc]ooldown)\b"
    r"|\b(?:[Cc]alls?|[Dd]emos?|[Ss]essions?|[Mm]eetings?|mtgs?|[Ss]tand-?ups?|[Ss]yncs?|[Ww]orkshops?|[Bb]reaks?|[Ww]ebinars?|Q&A|"
    r"[Dd]eep[- ]dives?|[Ss]lots?|[Tt]raining|[Ii]nterviews?|[Cc]heck-ins?|[Dd]urations?|[Tt]alks?)(?:\sis"
    r"|\swas|:|,)?\s\(?(?:\d+\s?[-–]\s?)?\d+m\b"
    r"|\b(?:[Cc]all|[Dd]emo|[Mm]tg|[Mm]eeting|[Ss]ession|[Ss]ync|[Ww]orkshop|[Ww]ebinar|[Tt]raining)\b[^.;]{0,40},\s(?:[1-6]5|[2-9]0|10)m(?=$|[,.;)])"
    r"|\d[hs],\s\d+m\b|\d+m,\s(?:\d+m,\s){0,8}\d+[hs]\b"
)

RULES = (
    rule(
        r"(?<![\w.,$€£-])(?P<days>\d+)\sd(?=\s(?:early|late|ago|left|past|over|overdue|before|after|prior)\b)",
        lambda m, _r: f"{cardinal(m['days'])} {'day' if m['days'] == '1' else 'days'}",
        cues="d",
    ),
    rule(
        r"(?<![\w.,$€£:/-])(?:(?P<low>\d\d?)\s?[-–]\s?)?(?P<amount>\d\d?|(?:12|18|24|36|48|72)0)m(?:(?P<to>\s?[-–]\s?(?=\d+[mh]\b))|(?=$|[,.;:)/]|\s(?:and|or|to|then|after|for|interval|window|delay|max|apart|each|RPO|RTO|SLA|MTTR)\b"
        r"|\s\())",
        lambda m, _r: (
            f"{cardinal(m['low']) + ' to ' if m['low'] else ''}{cardinal(m['amount'])}"
            f" {'minute' if m['amount'] == '1' else 'minutes'}{' to ' if m['to'] else ''}"
        ),
        cues="m",
        needs=_WAITED,
    ),
    rule(r"\b(?P<when>every|ETA|TTL|[Tt]imeout|[Ii]nterval)\s(?P<amount>\d+)m(?!\w)", _minutes, cues="m"),
    rule(
        r"(?<![\w.,$€£])(?P<low>[1-9]\d00\s?[-–]\s?)?(?P<amount>[1-9]\d[05]0)K(?!\w|\s[a-z]+s\b)",
        lambda m, _r: f"{_low(m['low'])}{cardinal(m['amount'])} kelvin",
        cues="K",
    ),
    rule(
        rf"(?<![\w.,$€£])(?P<amount>{NUMBER})\sK(?![\w/&])",
        lambda m, _r: f"{number(m['amount'])} kelvin",
        cues="K",
        needs=r"\b(?i:heat\w*|cool\w*|temperatures?|melt\w*|boil\w*|thermal|cryo\w*)\b",
    ),
    rule(r"(?<![\w.,$])(?P<amount>1(?:0{1,3}|0?0?,000))s(?=\sof\b)", _many, cues="s"),
    rule(
        r"(?<![\w.,/:])(?:\d+d\s?)?(?:\d+h\s?\d+m?(?:\s?\d+s)?|\d+m\s?\d+s|\d+d\s?\d+h)(?!\w)",
        _duration,
        cues="dhms",
    ),
)
