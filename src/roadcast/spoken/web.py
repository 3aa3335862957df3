"""Say e-mail addresses, web addresses, file names, hashtags and handles."""

from __future__ import annotations

import re

from roadcast.spoken import tables
from roadcast.spoken.numbers import spelled
from roadcast.spoken.patterns import pattern
from roadcast.spoken.rules import Reading, rule

_SIGNS = {
    ".": " dot ", "@": " at ", "-": " dash ", "_": " underscore ", "/": " slash ", "+": " plus ", "=": " equals ",
    "?": " question mark ", "&": " and ", "#": " hash ", "%": " percent ", ":": " colon ", "~": " tilde ",
    ",": " comma ", "*": " star ", "$": " dollar ", "!": " ", "'": " ", ";": " ", "(": " ", ")": " ",
}  # fmt: skip
# Lettered, not read: nobody says "yuk" for .uk.
_LETTERED = frozenset(row[0] for row in tables.rows("acronyms") if row[1] == "address")
_RUN = pattern(r"[0-9]+|[^\W\d_]+|[\U000F0000-\U000FFFFD]|.")
# Endings that are no words of ours, and those that hardly ever end a sentence without a gap behind it.
_TLD = (
    r"(?:com|org|net|edu|gov|mil|int|info|biz|io|ai|co|dev|app|uk|eu|de|fr|ca|au|jp|cn|ch|nl|tv|fm|cloud|tech|online|"
    r"store|shop|blog|local|internal|site|xyz|ly|gl|cc|museum|news|ie|nz|za|ke|ng|gh|pt|dk|fi|sg|hk|mx|cz|hu|gr|tr|th|vn|"
    r"lk|ae|qa|cl|lu|africa|asia|coop|gmbh|mobi|example|invalid|website|wiki)"
)
# Words of ours, in an address behind two names or before a path.
_WORDS = (
    r"(?:agency|art|bank|capital|care|center|city|clinic|coffee|consulting|digital|directory|education|email|energy|"
    r"engineering|events|expert|finance|fit|fund|global|group|guide|help|hosting|house|industries|institute|international|"
    r"jobs|legal|life|link|live|marketing|media|network|page|partners|photos|plus|pro|run|services|software|solutions|space|"
    r"studio|support|systems|team|technology|today|tools|top|training|travel|ventures|video|work|works|world|zone)"
)
# A country behind what is commercial, public or a school there: acme.co.za.
_WITHIN = r"(?:com?|org|net|gov|govt|ac|edu)\.[a-z]{2}"
# What files end in, when only that is told: a .csv file.
_KIND = (
    r"(?:pdf|docx?|xlsx?|pptx?|csv|txt|html?|json|ya?ml|toml|zip|png|jpe?g|svg|gif|mp[34]|wav|env|exe|dmg|ics|vcf|vtt|srt|"
    r"gitignore)"
)
# Words as well, so that only a path behind them tells an address.
_COUNTRIES = (
    r"(?:us|in|it|es|se|be|at|pl|me|so|to|gg|sh|id|gle|is|no|am|pm|my|ph|br|ar|pe|ro|kr|rs|md|ltd|"
    + _WORDS
    + r")(?=/\w)"
)
# Told by letters behind a name, though some of them are words.
_COUNTRY = pattern(
    r"(?<=\.)(?<!youtu\.)(ie|is|it|no|at|am|pm|us|de|es|be|nz|za|ke|ng|gh|pt|dk|fi|sg|hk|mx|cz|hu|gr|tr|th|vn|lk|ae|qa|cl|lu|"
    r"se|pl|my|ph|br|ar|pe|ro|kr|id)(?=$|[/:?#]|\.[a-z]{2}(?:$|[/:?#]))"
)
_LABEL = r"[\w\U000F0000-\U000FFFFD]"
_NAME = rf"{_LABEL}(?:{_LABEL}|-){{0,62}}"
_CAMEL = pattern(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[A-Za-z])|(?<=[A-Z])(?=\d)")


def address(written: str) -> str:
    """Say an address sign by sign: words as words, figures one by one."""
    host, slash, path = written.partition("/")
    host = _COUNTRY.sub(lambda match: " ".join(match[1].upper()), host)
    return " ".join("".join(_piece(run) for run in _RUN.findall(host + slash + path)).split())


def _piece(run: str) -> str:
    if run.isdecimal():
        return f" {spelled(run)} "
    if run in _SIGNS:
        return _SIGNS[run]
    if run in {"COM", "ORG", "NET"}:
        return run.lower()
    return f" {' '.join(run.upper())} " if run.lower() in _LETTERED else run


def _email(match: re.Match[str], reading: Reading) -> str:
    del reading
    return address(match["address"])


def _url(match: re.Match[str], reading: Reading) -> str:
    """Say a web address without its scheme and without the slash at its end."""
    del reading
    written = match["address"]
    kept = written.rstrip(".,;:!?'\")/")
    return f"{address(kept)} " + written[len(kept) :].replace("/", "").replace('"', "").replace(")", "")


def _hashtag(match: re.Match[str], reading: Reading) -> str:
    del reading
    return "hashtag " + " ".join(_CAMEL.sub(" ", part) for part in match["tag"].split("_") if part)


def _handle(match: re.Match[str], reading: Reading) -> str:
    del reading
    return "at " + address(match["name"].rstrip("."))


def _file(match: re.Match[str], reading: Reading) -> str:
    del reading
    return address(match.group())


_BODY = r"[^\s<>\"|\\^{}\[\]]*"

RULES = (
    rule(
        r"(?<!\w)(?P<drive>[A-Z]):\\(?P<folders>[\w.\\-]*\w)",
        lambda m, _r: f"{m['drive']} drive, {', '.join(filter(None, m['folders'].split(chr(92))))}",
        figures=False,
        marks="\\",
    ),
    rule(
        r"(?<![\w])(?:mailto:)?(?P<address>[\w\U000F0000-\U000FFFFD.+'-]{1,64}@(?:[\w\U000F0000-\U000FFFFD-]{1,63}\.)+[A-Za-z]{2,24})(?![\w@])",
        _email,
        figures=False,
        marks="@",
    ),
    rule(rf"\b(?:https?|ftps?|HTTPS?)://(?P<address>{_BODY})", _url, figures=False, marks=":", needs="://"),
    rule(
        rf"(?<![\w@.])(?P<address>localhost(?::\d{{2,5}}(?![\w:]|\.\d)(?:/{_BODY})?|/{_BODY}))",
        _url,
        figures=False,
        cues=("localhost",),
    ),
    rule(
        r"(?<!\S)/(?P<wire>[\w -]*(?:[Ww]ire|WIRE|CNW)[\w -]*)/(?!\S)",
        lambda m, _r: f", {m['wire']},",
        figures=False,
        marks="/",
        needs=r"wire|WIRE|CNW",
    ),
    rule(
        r"(?<![\w/.)])(?P<address>/(?:[\w.-]+/)+(?::(?=[a-z]))?[\w.-]*(?:\?[\w=&%.-]+)?)",
        _url,
        figures=False,
        marks="/",
        needs=r"(?:^|[^\w/.)])/\w",
    ),
    rule(rf"(?<![\w@.])(?P<address>www\.{_BODY})", _url, figures=False, cues=("www",)),
    rule(
        rf"(?<![\w@.-])(?P<address>(?:(?:{_NAME}\.){{2,}}{_WORDS}|(?:{_NAME}\.)+(?:{_WITHIN}|(?:{_TLD}|{_COUNTRIES})(?:\.(?:uk|au|jp|br|nz|in))?))(?::\d{{2,5}}(?!\d))?(?:/{_BODY})?)(?![\w-]|\.\w)",
        _url,
        figures=False,
        marks=".",
        needs=r"\.[a-z]{2}",
    ),
    rule(
        rf"(?<![\w.])\.(?P<kind>{_TLD}|{_KIND})(?![\w-]|\.\w)",
        lambda m, _r: f" dot {address(m['kind'])}",
        figures=False,
        needs=r"(?:^|\W)\.[a-z]{2}",
    ),
    rule(
        r"(?<![\w./-])(?:[\w.-]{1,64}/){0,8}[\w-]{1,64}\.(?:pdf|docx?|xlsx?|pptx?|csv|tsv|txt|html?|json|ya?ml|toml|zip|tar\.gz|gz|sh|sql|log|cfg|conf|ts|tsx|css|ics|vcf|eml|psd|png|jpe?g|svg|gif|mp[34]|wav|py|js|md|xml|ini|exe)(?!\w)",
        _file,
        figures=False,
        marks=".",
        needs=r"\.[a-z]{2}",
    ),
    rule(
        r"(?<![\w&])#(?!s\b|(?!Q[1-4]|H[12]|FY\d|[A-Z]{2,4}20[12]\d(?!\w)|[A-Z]{2,5}\d\d?(?!\w))[A-Z]{1,4}-?\d+(?!\w)|\d+-?[A-Z](?!\w))(?P<tag>[^\W\d]\w{0,99}|\d+[^\W\d]\w{0,99})",
        _hashtag,
        figures=False,
        marks="#",
    ),
    rule(r"(?<![\w.@])@(?P<name>[A-Za-z_][\w.]{0,60})", _handle, figures=False, marks="@"),
)
