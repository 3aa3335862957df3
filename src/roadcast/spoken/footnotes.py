"""Leave out the marks of footnotes and citations: growth¹, EBITDA(1), 12%2, sales.[3], 2025 [4, 5]."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern

# Behind a unit a small figure is a power.
_RAISED = pattern(r"(?<=[^\W\d]{3})[²³⁴-⁹⁰](?!\w)|(?<=[%)])[²³⁴-⁹⁰]+")
# The same mark as a plain figure, where the sheet lost its small print; other words with a figure may be names.
_NOTED = (
    r"growth|sales|revenues?|income|profits?|margins?|earnings|EBITDAX?|EBITA?|EPS|FCF|ARR|NRR|flows?|debt|expenses?|costs?|"
    r"loss(?:es)?|guidance|outlook|basis|currency|retention|customers|measures?|results|backlog|memberships?|bookings|billings|RPO|NAV|"
    r"capex|opex|leverage|ratios?|returns|dividends?|shareholders|shares?|assets|liabilities|equity|capital|orders|volumes|"
    r"months|million|billion|trillion|inflation|rates?|prices|premiums|production|deposits|loans|payments|operations|"
    r"businesses|investments|acquisitions|repurchases|amortization|depreciation|impairments?|interest|tax(?:es)?|"
    r"compensation|charges|reserves|utili[sz]ation|occupancy|spreads|yields?|coverage|collections|subsidiaries|segments|"
    r"periods|quarters|households|properties|tenants|rents|leases|liquidity|commitments|estimates|items|adjustments|"
    r"RASK|CASK|[PT]?RASM|CASM|AISC|NOI|A?FFO|P[BA]I?T|NPATA?|NTA|NII|LTV|ROA|ERV|G[PB]V|[AT]CV|MRR|CAC|LTM|ROT?E|ROTCE|ROIC|ROCE|NIM|ARP[UA]|RevPAR|ADR|EBITDA(?:re|R)|AUM|GMV|TPV|LFL"
)
_CITED = r"(?:\[\d{1,3}(?:(?:,\s?|[-–])\d{1,3})*\])+"
# What is chosen or looked up by its figure: press [1].
_CHOSEN = (
    *("press", "type", "option", "key", "menu", "item", "see", "select", "choose", "enter", "step", "ref", "version"),
    *("section", "index", "note", "of", "to", "is", "in", "at"),
)
_NOT_CHOSEN = "".join(rf"(?<!\b{word})" for word in _CHOSEN)
_MARK = pattern(
    rf"(?<![\w-])({_NOTED})(?:[1-9](?![\w-]|[.,]\d)|(?:\([1-9]\)|\[[1-9]\d?\])+(?!\w))"
    rf"|(?<=[^\W\d_][.,)]){_CITED}(?!\w)|(?<=\d%)[1-9](?!\w|[.,]\d)|(?<=[A-Za-z]{{2}}\))[1-9](?=[\s,.;:]|$)"
    rf"|(?<!\w)(?!arg[sv]|arr|list|data|rows?|items?)([a-z]{{3,}}){_CITED}(?=[.,;:]?$|[.,;:]\s|\s(?:and|or|but)\s[a-z]{{3}})"
    r"|([$€£]\d[\d.,]*(?:m|bn|[MB]))[1-9](?!\w|[.,]\d)|(?<=/lb|/oz)[1-9](?!\w|[.,]\d)|(?<=[%a-z])\((?:i{1,3}|iv|v)\)(?=[\s;,.]|$)"
    rf"|\b(years?|months?|annum|weeks?|days?){_CITED}(?!\w)|(?<=\d[a-z][a-z]){_CITED}(?=[\s.,;:]|$)"
    rf"|(?<=%){_CITED}(?!\w)|(?<=[\s\d]\d){_CITED}(?=[.,;:\s]|$)"
    rf"|(?<=[\w%).]){_NOT_CHOSEN}\s{_CITED}(?=[.,;]?(?:\s*$|\s-\s|(?<=\.)\s[A-Z]))",
    re.IGNORECASE,
)
# In a text about money, any word: capital employed(3). Elsewhere it may be a name, printf(3).
_COUNTED = pattern(r"(?<=[a-z]{4})(?:\([1-9]\)|\[[1-9]\d?\])(?=[\s,.;:]|$)")
_OF_MONEY = pattern(r"[%$€£₹]|\b(?:million|billion|crore|per ?cent|pence|cents)\b")
_MARKED = pattern(
    r"(?<=[A-Za-z]{3})[1-9](?!\d)|[(\[][1-9]\d{0,2}[)\],–-]|[%)][1-9]|/(?:lb|oz)[1-9]|\d(?:m|bn|[MB])[1-9]|\([iv]+\)"
)


def without_raised(text: str) -> str:
    """Drop the raised figures of footnotes, which would not be told from powers once all is plain."""
    return _RAISED.sub("", text)


def without_plain(text: str) -> str:
    """Drop the marks of footnotes that look like figures."""
    if not _MARKED.search(text):
        return text
    text = _MARK.sub(lambda match: match[1] or match[2] or match[3] or match[4] or "", text)
    return _COUNTED.sub("", text) if _OF_MONEY.search(text) else text
