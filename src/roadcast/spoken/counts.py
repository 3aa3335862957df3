"""Say what is counted in thousands, millions and crores: 450K users, 1.2m subscribers, 212.4mm shares, 2000cr."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.money import ALONE, DASH, MAGNITUDES, PER, PLUS, RANGED, more, per, scaled
from roadcast.spoken.numbers import NUMBER, number
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, either, rule


def _said(written: str, scale: str | None) -> str:
    return number(written) + scaled(scale)


def _worded(match: re.Match[str], reading: Reading) -> str:
    """Say "136m euros": a magnitude before a word that can be counted."""
    del reading
    return f"{_said(match['amount'], match['magnitude'])} {match['unit']}"


def _behind(match: re.Match[str], reading: Reading) -> str:
    """Say "shares outstanding were 212.4mm" and "users grew from 1.2m to 1.5m"."""
    del reading
    until = f" {match['joint']} {_said(match['until'], match['magnitude2'])}" if match["until"] else ""
    return f"{match['before']}{_said(match['amount'], match['magnitude'])}{until}"


def _magnified(match: re.Match[str], reading: Reading) -> str:
    """Say "450K users" and "1.5bn"."""
    del reading
    return f"{_said(match['amount'], match['magnitude'])}{more(match)}{per(match['per'])}"


def _magnified_range(match: re.Match[str], reading: Reading) -> str:
    del reading
    first, second = match["first"], match["magnitude"]
    low = _said(match["low"], first if first != second else None)
    return f"{low} to {_said(match['high'], second)}{more(match)}{per(match['per'])}"


# "m" and "b" behind a bare number are a million and a billion only where something is counted.
_NOUNS = either(row[0] for row in tables.rows("counted"))
_KINDS = (
    r"(?:(?:new|active|monthly|daily|weekly|paid|paying|total|registered|unique|additional|more|diluted|ordinary|common|basic|"
    r"net|online|mobile|postpaid|prepaid|connected|loyalty|broadband|fiber|fibre|global|existing|retail|business|individual|"
    r"electric|contained|attributable|gross|treasury|own|outstanding|premium|digital|loyal|US|UK)\s){0,3}"
)
_UNIT = f"(?P<unit>{_KINDS}(?:{_NOUNS}))"
# Behind a sum in millions these lead to another one: $42m versus 39m.
_COMPARED = (
    r"(?:vs\.?|versus|against|(?:up|down)\sfrom|compared\s(?:with|to)|we're\s(?:now\s)?at|consensus(?:\sof)?|"
    r"guid\w+\s(?:of|to)|from(?=\s[\d.]+m\s(?:a|last|in\s(?:19|20)\d\d|the\syear|at\slaunch|users|when)\b))\s\d[\d.]*m\b"
)
# A text about these counts in millions, unless something in it is so long.
_ABOUT = (
    r"(?i:memberships?|subscri|\busers\b|\bcustomers\b|\bnet adds\b|net additions|\bshares\b|\bunits\b"
    r"|households|\bsubs\b|\bFTTH\b|homes passed|premises|"
    r"shoppers|visitors|viewers|downloads|passengers|\bpax\b|guests|\bfollowers\b|\brevenues?\b|\bturnover\b|"
    r"\bsales(?:\s(?:per annum|p\.a\.?|were|was|are|of|hit|reached|rose|fell|grew|totall?ed|came|target|budget)\b|:)|"
    r"\btpa\b|\dm\s\((?:plus\s|minus\s|up\s|down\s)?[-+–]?\d[\d.]*(?:%|\spercent)|"
    rf"(?:illion|\d\s?(?:bn|mn))\b.{{0,200}}\b{_COMPARED}|\b{_COMPARED}.{{0,200}}(?:illion|\d\s?(?:bn|mn))\b|"
    r"\b(?:drew|attracted|audience|population|census|circulation|citizens|inhabitants|residents)\b|"
    r"before tax|\bEBITDA?\b|operating profit|net (?:debt|profit|loss|income)|pre-tax|\bnet cash\b|free cash flow)"
)
_LONG = pattern(
    r"(?i:\b(?:wide|long|high|deep|tall|thick|length|height|width|depth|distance|drill\w*|holes?|intercepts?|met(?:re|er)s?|"
    r"sprint|race|track|pool|cable|rope|radius|sea|walk|away|freestyle|dash|feet|ft|km|cm|"
    r"tower|bridge|tunnel|yacht|vessel|mast|fence|trench|shaft|hurdles|swim\w*|wire|pipe|hose|tall\w*|elevation|altitude|underground)\b|\bg/t\b|²)"
)


def _about(match: re.Match[str], reading: Reading) -> str:
    """Say "2.2m net adds against a forecast of 2.5m"."""
    del reading
    return match.group() if _LONG.search(match.string) else _said(match["amount"], "m")


# What may stand between those that are counted and how many there are.
_BETWEEN = (
    r"(?:\s(?:outstanding|issued|in|issue|was|were|of|to|rose|grew|fell|reached|at|by|from|now|total(?:l?ed|ing|s)?|stood|diluted|"
    r"basic|count|base|numbers?|increased|up|down|about|over|nearly|almost|some|than|more|the|quarter|year|hit|past|around|"
    r"approximately|is|are|came|declined|decreased|climbed|jumped|surged|exceeded|topped|surpassed|average|averaged|roughly)){0,6}"
)
_SHORT = r"(?:(?P<magnitude>[KkMB]|MM|(?:\s?(?:bn|Bn|BN|mn|Mn|mln|bln|tn|trn|[Cc]rs?))))"

# Where sums are told in lakhs, L is one as well.
_INDIAN = r"₹|\bRs\b|\b(?i:lakhs?|crores?)\b|\d\s?[Cc]rs?\b"

RULES = (
    rule(
        rf"{ALONE}(?<!-)(?P<amount>{NUMBER})\s?L(?=\s(?:[a-z]+\s)?(?:units|users|customers|households|farmers|people|sq|seats|pieces|pcs|subscribers|tonnes|tons|orders)\b)",
        lambda m, _r: f"{number(m['amount'])} lakh",
        cues="L",
        needs=_INDIAN,
    ),
    rule(
        rf"(?P<what>\b(?:[Pp]op\.|[Pp]opulation)(?:\sof|\sis|:)?\s(?:about\s|some\s)?)(?P<amount>{NUMBER})\s?m(?![\w²³])",
        lambda m, _r: f"{m['what'].replace('op.', 'opulation')}{number(m['amount'])} million",
        cues="m",
    ),
    rule(
        rf"(?P<before>\b(?i:{_NOUNS}){_BETWEEN}(?::\s|\s))(?P<amount>{NUMBER})(?P<magnitude>mm?|b)(?![\w²³])"
        rf"(?:\s(?P<joint>to|from|and)\s(?P<until>{NUMBER})(?P<magnitude2>mm?|b)(?![\w²³]))?",
        _behind,
        cues=("m", "mm", "b"),
        needs=r"\d(?:mm?|b)\b",
    ),
    rule(
        rf"{ALONE}(?<!-)(?P<amount>{NUMBER})m(?=\s?@\s?(?:[$€£]|[a-z]+\s))",
        lambda m, _r: _said(m["amount"], "m"),
        cues="m",
        needs=r"\dm\s?@",
    ),
    rule(rf"{ALONE}(?<!-)(?P<amount>{NUMBER})m(?![\w²³/]|\s?[x×@])", _about, cues="m", needs=_ABOUT),
    rule(
        rf"{ALONE}(?<!-)(?P<low>{NUMBER})(?P<first>[KM]|bn|mn)?{DASH}(?P<high>{NUMBER}){_SHORT}(?![A-Za-z\d/]){PLUS}{PER}",
        _magnified_range,
        cues=MAGNITUDES,
        needs=RANGED,
    ),
    rule(
        rf"{ALONE}(?P<amount>{NUMBER})\s?(?P<magnitude>[kmb]|mm|mn|bn|mil)\s{_UNIT}\b",
        _worded,
        cues=MAGNITUDES,
        needs=r"\d\s?(?:[kmb]|mm|mn|bn|mil)\s",
    ),
    rule(
        rf"{ALONE}(?P<amount>{NUMBER})\s?(?P<magnitude>[kmb]|mn|bn|mln)\s(?=(?:sq\.?\s?(?:ft|m)|sqm|sqft|square|ha|oz|bbls?|boe|dwt|t)\b)",
        lambda m, _r: f"{m['amount']} {MAGNITUDES[m['magnitude']]} ",
        cues="kmb",
    ),
    rule(
        rf"{ALONE}(?<!\d:)(?<![A-Z\d]-)(?P<amount>{NUMBER}){_SHORT}(?![\w]|-\d){PLUS}{PER}",  # TX-200B is a name
        _magnified,
        cues=MAGNITUDES,
        needs=r"\d(?:[KkMB]|\s?(?:[bmt]n|[BM]n|BN|[bm]ln|trn|[Cc]r))",
    ),
)
