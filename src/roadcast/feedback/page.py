"""Write who listened to what as one page for the editor: it needs no script, no network and no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from roadcast.feedback import plots
from roadcast.feedback.report import Attention, Rep, Report, state_of
from roadcast.feedback.summary import Attendance, SegmentShare
from roadcast.model import Edition, Listening, State, SubscriberId

STRIP = 12
"""Episodes in the strip of each rep: as many as stand side by side on a phone."""

FIRST = 12
"""Rows of a list that are seen at once; more are behind a line that opens."""

NARROW = 0.05
"""Share of an episode below which a segment's number does not fit into the picture."""

ENDED = frozenset({State.REVOKED, State.EXPIRED})

PATTERN = 2
"""Listeners who must stop in one segment before it is pointed at: one of them may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The segment in which the most listeners stopped: how many heard its start and its end."""

    segment: SegmentShare
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """One episode from its start to its end.

    Attributes:
        players: listeners who used the player on their page.
        stop: None where no segment lost `PATTERN` listeners.
    """

    attention: Attention
    attendance: Attendance
    segments: tuple[SegmentShare, ...]
    players: int
    stop: Stop | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One episode in the strip of a rep; the state is "absent" where it was not delivered."""

    edition: Edition
    state: str
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One show as the page tells it.

    Attributes:
        people: how many reps the whole width of a bar stands for.
        reps: in the order of their names; ended: those whose right is over.
        strips: of each rep, oldest episode first.
        names: of everybody.
    """

    report: Report
    along: tuple[Along, ...]
    people: int
    reps: tuple[Rep, ...]
    ended: tuple[Rep, ...]
    strips: Mapping[SubscriberId, tuple[Box, ...]]
    names: Mapping[SubscriberId, str]


def render(reports: Sequence[Report], *, written: datetime, since: date | None = None) -> str:
    """Write the page.

    Args:
        reports: of each show.
        written: the present moment, in the team's time zone.
        since: what the reports leave out what is older than.
    """
    environment = _environment()
    style, _, _ = PackageLoader("roadcast", "templates/listens").get_source(environment, "page.css")
    return environment.get_template("page.html").render(
        sheets=[sheet(report) for report in reports],
        written=written,
        since=since,
        style=style,
        style_digest=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        first=FIRST,
        narrow=NARROW,
    )


def sheet(report: Report) -> Sheet:
    """Arrange what is known of a show for reading."""
    listenings = {(one.subscriber, one.edition): one for one in report.listenings}
    editions = [line.episode.edition for line in report.episodes[:STRIP]][::-1]
    reps = sorted(report.reps, key=lambda rep: (rep.subscriber.name.casefold(), rep.subscriber.email))
    present = tuple(rep for rep in reps if rep.state not in ENDED)
    return Sheet(
        report=report,
        along=_along(report),
        people=max([len(present), *(line.offered for line in report.episodes)]),
        reps=present,
        ended=tuple(rep for rep in reps if rep.state in ENDED),
        strips={
            rep.subscriber.id: tuple(
                _box(edition, listenings.get((rep.subscriber.id, edition))) for edition in editions
            )
            for rep in report.reps
        },
        names={rep.subscriber.id: rep.subscriber.name for rep in report.reps},
    )


def stop(segments: Sequence[SegmentShare], heard: Sequence[int], seconds: float) -> Stop | None:
    """Find where the most listeners stop: the segment that ends with so many fewer than it began with.

    Args:
        segments: of one episode, in order.
        heard: listeners at evenly spread moments.
        seconds: how long the episode is.
    """
    found = [_stop(segment, heard, seconds) for segment in segments if heard]
    most = max(found, key=lambda one: one.before - one.after, default=None)
    return most if most is not None and most.before - most.after >= PATTERN else None


def _stop(segment: SegmentShare, heard: Sequence[int], seconds: float) -> Stop:
    per_moment = seconds / len(heard)
    inside = heard[min(int(segment.start / per_moment), len(heard) - 1) :][
        : max(1, round((segment.end - segment.start) / per_moment))
    ]
    return Stop(segment=segment, before=inside[0], after=inside[-1])


def _along(report: Report) -> tuple[Along, ...]:
    segments = {edition: tuple(shares) for edition, shares in groupby(report.segments, lambda share: share.edition)}
    return tuple(
        Along(
            attention=line,
            attendance=attendance,
            segments=(parts := segments.get(line.episode.edition, ())),
            players=line.heard,
            stop=stop(parts, attendance.heard, line.episode.seconds),
        )
        for line, attendance in zip(report.episodes, report.attendance, strict=True)
    )


def _box(edition: Edition, one: Listening | None) -> Box:
    if one is None:
        return Box(edition=edition, state="absent", heard=False)
    return Box(edition=edition, state=state_of(one), heard=one.heard_seconds > 0)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%b %Y}"


def _many(count: int, one: str, more: str = "") -> str:
    return f"{count:,} {one if count == 1 else more or one + 's'}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("roadcast", "templates/listens"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clock": _clock, "day": _day, "many": _many}
    environment.globals |= {"percent": plots.percent, "outline": plots.outline, "area": plots.area}
    return environment
