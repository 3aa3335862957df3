"""Tell an amount that says of what kind something is, a five million dollar deal, from one that stands for itself."""

from __future__ import annotations

import re

from roadcast.spoken.patterns import pattern

_ANY = r"(?P<any>[Aa]n?|[Oo]ne|[Ee]ach|[Ee]very|[Aa]nother)"
ARTICLES = (
    rf"(?P<article>\b(?:{_ANY}|[Tt]he|[Tt]his|[Tt]hat|[Oo]ur|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[Mm]y|[Yy]our|[Nn]ew)\s)"
)
_ARTICLE_BEFORE = pattern(
    ARTICLES
    + r"(?:(?:nominal|flat|further|separate|single|planned|proposed|record|modest|mere|whopping|cool|recent|second|"
    r"third|initial|final|additional|annual|monthly|quarterly|extra|[a-z]+-[a-z]+)\s){0,2}(?:(?:more\sthan|less\sthan|about|roughly|nearly|over|almost)\s)?\Z"
)

# What is worth an amount and is no verb, so that no article is needed: they write $20M checks.
_WORTH = (
    r"deals?|contracts?|budgets?|rounds?|loans?|fac(?:ility|ilities)|valuations?|investments?|acquisitions?|settlements?|"
    r"(?:share\s)?buy-?backs?|fees?|checks|cheques|grants?|bonus(?:es)?|dividends?|payments?|purchases|tickets?|subscriptions?|range|"
    r"thresholds?|mark|impairments?|provision|write-?(?:downs?|offs?)|charge|loss(?:es)?|gains?|increase|decrease|decline|"
    r"shortfall|gap|boost|raise|(?:budget|tax|profit|earnings|cash|currency)\shit|windfall|surplus|deficit|backlog|pipeline|market|opportunit(?:y|ies)|project|plant|plan|"
    r"program(?:me)?s?|expansion|upgrade|stake|(?:Euro)?bonds?|repurchases?|fundraise|offerings?|placement|portfolio|fund|fine|penalty|"
    r"award|prize|cost\sper|forecasts?|projection|guidance|mortgages?|tag|discounts?|rebates?|coupons?|deposits?|target|estimates?|consensus|figure|"
    r"requirements?|quotas?|credits?|vouchers?|allowances?|stipends?|accounts?|customers|business(?:es)?|compan(?:y|ies)|bills?|notes|premium|package|initiatives?|"
    r"improvements?|reduction|renewals?|agreements?|engagements?|rollouts?|extensions?|bet|ceiling|firms?|start-?ups?|bracket|band|category|segment|cap|floor|minimum|maximum|headwind|tailwind|Series\s[A-H]\b|IPO\b"
)
_OF_KIND = (
    r"(?:(?:on-market|off-market|large|small|major|new|additional|monthly|annual(?:ized)?|quarterly|yearly|weekly|daily|median|mean|average|minimum|maximum|consensus|initial|"
    r"upfront|up-front|final|interim|one-time|one-off|senior|unsecured|secured|syndicated|term|revolving|revolver|credit|convertible|"
    r"cash|special|net|gross|pre-?tax|after-tax|non-?cash|share|stock|equity|debt|bridge|seed|growth|funding|venture|tax|"
    r"goodwill|restructuring|impairment|licen[cs]ing|development|supply|all-cash|all-stock|strategic|record|total|price|"
    r"sales|purchase|legal|antitrust|gift|profit|revenue|investment|capital|loyalty|service|sign-up|signing|recurring|"
    r"catch-up|cost|subscription|research|advertising|marketing|government|defen[cs]e|\w+-(?:year|month|day|stage)|"
    r"[A-Z]{2,5}|Series\s[A-H]|[A-Z][a-z]+)\s){0,2}"
)
# What follows an amount and is not what it is the amount of.
_NO_NOUN = (
    r"(?!in\b|to\b|or\b|and\b|per\b|for\b|of\b|a\b|on\b|at\b|by\b|from\b|with\b|as\b|is\b|was\b|you\b|they\b|"
    r"she\b|the\b|that\b|this\b|who\b|which\b|spent\b|earned\b|invested\b|raised\b|more\b|less\b|off\b|when\b|but\b|"
    r"after\b|before\b|over\b|under\b|down\b|each\b|via\b|through\b|during\b|than\b|using\b|since\b|because\b|"
    r"compared\b|versus\b|while\b|if\b|so\b|not\b|until\b|within\b|into\b)"
)
# Behind "the" and "our" what was done with it may follow: the $5M we spent, the $2M needed last year.
_NOT_DONE = (
    r"(?![a-z]+(?:ed|ing|en)\b|paid\b|made\b|due\b|lost\b|won\b|held\b|set\b|sold\b|bought\b|left\b|available\b|"
    r"worth\b|last\b|next\b|first\b|ago\b|plus\b|also\b|now\b|then\b|here\b|there\b|still\b|both\b|later\b|earlier\b|"
    r"soon\b|yesterday\b|today\b|tomorrow\b|again\b|are\b|were\b|has\b|have\b|had\b|will\b|would\b|could\b|can\b|may\b|"
    r"it\b|we\b|she\b|he\b|only\b|net\b|going\b|below\b|above\b|across\b|between\b|against\b|including\b|"
    r"(?!monthly|quarterly|weekly|yearly|daily|hourly|early)[a-z]+ly\b)"
)
_NOUN = pattern(
    r"(?:\s(?:per|an?)\s(?:month|year|week|day|quarter|user|seat|person|case|order|item|unit|hour|share|head)(?=\s))?-?\s?"
    rf"{_NO_NOUN}(?:[a-z]{{3,}}|\d{{1,3}}-(?:year|month|week|day|yr)|(?!(?:CASH|MORE|LESS|OFF|PER|AND|FOR|USD|CAD|AUD|NZD|EUR)\b)[A-Z]{{3,6}}s?(?![\w$€£-])|[A-Z]{{2,6}}\s[a-z]{{3,}}|(?!(?:In|For|From|With|And|The|Per|After|To|Or)\b)[A-Z][a-z]+)"
)
_SURE = pattern(rf"(?:,\s\w+-(?:year|month|week|day|yr|mo))?\s{_OF_KIND}(?:{_WORTH})(?![\w'])")
_TOLD = pattern(rf"-?\s?{_NO_NOUN}{_NOT_DONE}(?:[a-z]{{3,}}|[A-Z][a-z]{{2,}})")


def of_worth(text: str, start: int, end: int, *, article: re.Match[str] | None = None) -> bool:
    """Tell whether an amount of money says what something is worth: a $5M deal, the $40 million term loan."""
    if _SURE.match(text, end):
        return True
    if article is None or article["article"] is None:
        article = _ARTICLE_BEFORE.search(text, max(0, start - 40), start)
    if article is None:
        return False
    return (_NOUN if article["any"] else _TOLD).match(text, end) is not None


_THE = pattern(r"\b[Tt]he\s$")
_NAMED = pattern(r"\s[A-Z]\w+")
_STACKED = (
    r"\d[\d.,]*[\s-]?(?:[kM]?[WVA]h?|[km]Ah|V[AD]C|[KMGT]B|[MGk]?Hz|[cm]m|[mM]?L|ml|k?g|lb|oz|psi|bar|rpm|HP|hp|MP)\s"
)
_A = pattern(rf"\b(?:[Aa]n?|[Aa]ny)\s(?:{_STACKED}){{0,2}}$")
# More of the same kind before the thing: a 12V 100Ah battery.
_MORE = pattern(rf"\s(?:{_STACKED}){{1,2}}(?:[A-Z][\w-]*\s)?[a-z]{{3,}}|\s[A-Z][A-Za-z]+\d?\s[a-z]{{3,}}")
# Whose it is: Intel's 14nm manufacturing, but not "it's 5 km away".
_WHOSE = pattern(
    r"\b(?:[Ii]ts|[Tt]heir|[Oo]ur|[Yy]our|(?!(?:It|That|There|Here|He|She|What|Who|Let|Where|How)')[A-Z][\w&]*'s)\s$"
)
# So many of what is so large: three 500 GB drives.
_MANY = pattern(r"\b(?i:two|three|four|five|six|seven|eight|nine|ten|twelve)\s$")
_APART = pattern(
    r"\s(?:away|from|wide|tall|long|deep|high|thick|apart|later|ago|before|after|off|past|behind|ahead|north|south|east|west)\b"
)
_MEASURED = pattern(r"\s(?!of\b|or\b|to\b|and\b|in\b|per\b|each\b|more\b|less\b)[a-z]{3,}")
# What is of so many nanometers, gigabytes, minutes.
_THINGS = pattern(
    r"\s(?:(?:slots?|shifts?|blocks?|meetings?|uplinks?|links?|crushers?|mills?|pumps?|connections?|conveyors?|feeders?|boilers?|fans?|flow\srates?|throughput|bandwidth)\b|(?:femoral\s)?heads?|stems?|liners?|balloons?|stents?|catheters?|needles?|sheaths?|guidewires?|implants?|probes?|screws?|plates?|sheets?|rods?|bore|glass(?:es)?|foam|belts?|film|tape|tubes?|rails?|pallets?|lengths|rolls?|poles?|process(?:es)?|sizes|nodes?|chips?|wafers?|technolog(?:y|ies)|class|(?:SSD|HDD|HBM|LCD|LED|EV)s?|drives?|cards?|modules?|"
    r"models?|versions?|variants?|plans?|options?|read|batter(?:y|ies)|packs?|bags?|bottles?|cans?|cups?|jars?|kegs?|sacks?|box(?:es)?|containers?|trailers?|motors?|"
    r"engines?|chargers?|adapters?|cameras?|sensors?|lasers?|laptops?|tablets?|fabs?|projects?|farms?|plants?|walks?|drives?|"
    r"delays?|timeouts?|windows?|increases?|decreases?|declines?|improvements?|expansion|contraction|compression|drop|"
    r"rise|cuts?|hikes?|gain|reductions?|headwinds?|tailwinds?|benefit|impact|basis|panels?|turbines?|inverters?|"
    r"utili[sz]ation|capacity|sales|offices?|warehouses?|buildings?|stores?|facilit(?:y|ies)|cent(?:er|re)s?|schemes?|"
    r"developments?|sites?|campus|factory|headquarters|homes?|houses?|apartments?|hub|distribution|logistics|industrial|resource|grid|"
    r"cycles?|trials?|outages?|pilots?|payback|lead\stimes?|sprints?|webinars?|calls?|demos?|sessions?|wait|lock(?:-?ins?)?|terms?|commitments?|contracts?|deals?|renewals?|extensions?|breaks?|"
    r"warrant(?:y|ies)|cells?|tab(?:let)?s?|capsules?|vials?|syringes?|doses?|turbo|petrol|diesel|hybrid|wind|solar|offshore|onshore|"
    r"storage|hydro|(?:[A-Z]{2}\s)?containers?|[IV]-?\d|bleed|stands?|booths?|showrooms?|venues?|angles?|chamfers?|bends?|views?|turns?|rotation|panorama|tilt|incline|slope|relay|sprint|freestyle|hurdles|(?:power\s)?suppl(?:y|ies)|sockets?|outlets?|lamps?|bulbs?|(?:storage\s)?tanks?|lens(?:es)?|pipes?|hoses?|"
    r"plugs?|mains|pails?|jugs?|cans?|tins?|systems?|suppl(?:y|ies)|drums?|kegs?|sacks?|tubs?|buckets?|reels?|crates?|gensets?|generators?|compressors?|kettles?|trailers?|"
    r"loads?|cartons?|kits?|(?:[123]|one|two|three)[\s-]phase|valves?|bolts?|screws?|cranes?|forklifts?|ladders?|fittings?|F\s\d|gusts?|winds?|butterfly|breaststroke|backstroke|final|race)(?![\w'])"
)


# Gear by its letters: 12V PSU, 1.5V AAA cells; but 12V DC, 5V OR.
_RATED = pattern(r"\s(?!(?:AC|DC|AND|OR|AT|IN|RAM|RMS|MAX|MIN|DDR)\b)[A-Z]{2,4}s?\b")


# More of the same things before they are named: 14W and 18W sizes, 5 kg, 10 kg and 25 kg bags.
_AND_MORE = pattern(
    r"(?:,\s\d[\d.,]*[\s-]?[A-Za-z]{1,4}){0,4},?\s(?:and|or|&)\s\d[\d.,]*\d?[\s-]?"
    r"(?:[kM]?[WVA]h?|[km]Ah|[KMGT]B|[MGk]?Hz|[cmk]m|[mM]?L|ml|k?g|lb|oz|psi|hp|HP|in|ft|gal|yr|mo|hr|min|kVA|MP)(?=\s)"
)


def of_measure(text: str, start: int, end: int) -> bool:
    """Tell whether a measure says of what kind something is: a 17 min read, the 7nm process, a 12V PSU."""
    last = _AND_MORE.match(text, end)
    if _THINGS.match(text, last.end() if last else end) or (text[end - 1].isupper() and _RATED.match(text, end)):
        return True
    if _THE.search(text, max(0, start - 4), start) and _NAMED.match(text, end):
        return True
    if _MORE.match(text, end) is not None and _A.search(text, max(0, start - 16), start):
        return True
    if _MEASURED.match(text, end) is None:
        return False
    if _A.search(text, max(0, start - 16), start) or _MANY.search(text, max(0, start - 8), start):
        return True
    if _THE.search(text, max(0, start - 4), start):
        return _TOLD.match(text, end) is not None and _APART.match(text, end) is None
    return _WHOSE.search(text, max(0, start - 24), start) is not None and _APART.match(text, end) is None


def noun_behind(text: str, end: int) -> bool:
    """Tell whether a word follows that may be what was measured."""
    return _MEASURED.match(text, end) is not None and _APART.match(text, end) is None
