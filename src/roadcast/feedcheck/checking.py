"""Fetch a feed, and put every rule to it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from roadcast.errors import PublishingError
from roadcast.feedcheck import apps, beside, document, privacy, serving, standards
from roadcast.feedcheck.site import Folder, Site, Web
from roadcast.feedcheck.subject import read
from roadcast.feedcheck.verdict import Rule, State, Verdict

RULES: tuple[Rule, ...] = (
    *document.RULES,
    *standards.RULES,
    *serving.RULES,
    *beside.RULES,
    *privacy.RULES,
    *apps.RULES,
)


def check(source: str, *, now: datetime | None = None) -> tuple[Verdict, ...]:
    """Check a feed at a URL, or in a file with what lies beside it.

    Requests go to the host of the URL and to no other; what the feed names elsewhere is not fetched.
    Rules about HTTP are left out for a file.

    Args:
        source: an http(s) URL, with name and password if the feed asks for them, or a path.
        now: the moment against which dates are held; by default this one.

    Returns:
        A verdict per rule; a single one if there is no feed to check.
    """
    web = source.startswith(("https://", "http://"))
    site: Site = Web(source) if web else Folder(Path(source))
    answer = site.whole(site.address)
    if answer.status != 200 or not answer.whole:
        reason = answer.body[:200].decode(errors="replace") if not answer.status else f"status {answer.status}"
        reason = reason if answer.whole else "it has more than 5 MB"
        return (_failed("can be fetched", reason, "look at the address and at the server"),)
    try:
        subject = read(site, answer.body, now=now or datetime.now(UTC))
    except PublishingError as error:
        return (_failed("is RSS", str(error), "write it with an XML library"),)
    if isinstance(site, Folder):
        site.settle(subject.address)
    return tuple(rule.judge(subject) for rule in RULES if web or not rule.web)


def _failed(rule: str, reason: str, advice: str) -> Verdict:
    return Verdict(area="feed", rule=rule, state=State.FAIL, reason=reason, advice=advice)
