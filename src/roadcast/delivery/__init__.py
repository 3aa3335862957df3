"""Give people their private right to a show, and honour it: tokens, states, invitations."""

from roadcast.delivery.addresses import feed_url, invite_url, is_safe
from roadcast.delivery.rights import (
    TRANSITIONS,
    Step,
    admit,
    advance,
    holds_until,
    is_over,
    rotate,
    state_at,
    superseded,
    welcome,
)
from roadcast.delivery.tokens import derive, digest, issue

__all__ = [
    "TRANSITIONS",
    "Step",
    "admit",
    "advance",
    "derive",
    "digest",
    "feed_url",
    "holds_until",
    "invite_url",
    "is_over",
    "is_safe",
    "issue",
    "rotate",
    "state_at",
    "superseded",
    "welcome",
]
