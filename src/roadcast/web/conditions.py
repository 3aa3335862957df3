"""Judge the conditions of a request against an entity tag (RFC 9110, section 13)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r'(W/)?("[^"]*")')


def unchanged(headers: Mapping[str, str], etag: str) -> bool:
    """Tell whether the client already holds this state, so that the answer is 304."""
    wanted = headers.get("if-none-match")
    if wanted is None:
        return False
    return wanted.strip() == "*" or any(tag == etag for _, tag in _TAG.findall(wanted))


def failed(headers: Mapping[str, str], etag: str) -> bool:
    """Tell whether the client insists on another state, so that the answer is 412."""
    wanted = headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return False
    return not any(tag == etag and not weak for weak, tag in _TAG.findall(wanted))


def continues(headers: Mapping[str, str], etag: str) -> bool:
    """Tell whether a range may be cut from this state.

    Only the very same strong tag will do: a phone that resumes a download after a rebuild must get the
    whole new file, not a splice of two. A date never matches, because nothing here is told by a date.
    """
    condition = headers.get("if-range")
    return condition is None or condition.strip() == etag
