"""Find the next moment at which every clock a phone might stand under is inside its window."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from roadcast import codec
from roadcast.errors import VoicemailError

PACKAGED = Path(__file__).with_name("rules.toml")
_ROUNDS = 60  # more than the days of a month: a window that has not opened by then never will


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Hours of the local clock at which a phone may be rung; `closes` is the first moment at which it may not.

    Attributes:
        state: the state within the region to which it is restricted, or empty.
        days: ISO days of the week, Monday is 1.
    """

    regions: tuple[str, ...]
    opens: time
    closes: time
    state: str = ""
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)

    def __post_init__(self) -> None:
        if not self.opens < self.closes:
            raise ValueError(f"a window from {self.opens} to {self.closes} never opens")
        if not self.days or not set(self.days) <= set(range(1, 8)):
            raise ValueError(f"days {self.days}; ISO days are 1 to 7")

    def admits(self, local: datetime) -> bool:
        """Tell whether a moment of the local clock lies inside."""
        return local.isoweekday() in self.days and self.opens <= local.time() < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a phone may be rung.

    Attributes:
        split: by prefix in E.164, time zones that the number may lie in besides those of the library.
    """

    checked_on: date
    source: str
    window: tuple[Window, ...]
    split: Mapping[str, tuple[str, ...]]

    def window_for(self, region: str, state: str) -> Window | None:
        """Find the window of a state, or else of its region; None if there is none."""
        windows = [window for window in self.window if region in window.regions]
        own = [window for window in windows if state and window.state.casefold() == state.strip().casefold()]
        return next(iter([*own, *(window for window in windows if not window.state)]), None)

    def zones_of(self, e164: str, known: Iterable[str]) -> tuple[str, ...]:
        """Add the zones of a split prefix to those already known; the longest prefix counts."""
        extra = next((self.split[e164[:n]] for n in range(len(e164), 1, -1) if e164[:n] in self.split), ())
        return tuple(sorted({*known, *extra}))


def load(path: Path = PACKAGED) -> Rules:
    """Read the rules.

    Raises:
        VoicemailError: naming the file and what is wrong.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        rules = codec.load(Rules, json.dumps(table, default=str))
    except (OSError, ValueError) as error:
        lines = [line.strip() for line in str(error).splitlines()]
        raise VoicemailError(f"{path}: {': '.join(lines[1:3]) or lines[0]}") from error
    for zone in {zone for zones in rules.split.values() for zone in zones}:
        if clock(zone) is None:
            raise VoicemailError(f"{path}: unknown time zone {zone!r}")
    return rules


@cache
def clock(name: str) -> ZoneInfo | None:
    """Find a time zone by its IANA name; None if there is none, whatever the text."""
    try:
        return ZoneInfo(name.strip()) if name.strip() else None
    except (KeyError, ValueError, OSError):
        return None


def next_opening(
    asked: datetime, zones: Iterable[str], window: Window, *, written_in: Iterable[str] = ()
) -> datetime | None:
    """Find the first moment from `asked` on that is inside the window by the clocks of all zones.

    Args:
        asked: aware; the answer is in UTC.
        zones: known IANA names, at least one.
        window: that every one of the clocks must show.
        written_in: zones in which a list writes the moment down without an offset: there the hour that is
            lived twice in autumn is left out, since nobody could tell which one is meant.

    Returns:
        None if there is no such moment within two months.
    """
    clocks = [zone for zone in map(clock, zones) if zone is not None]
    written = [zone for zone in map(clock, written_in) if zone is not None]
    moment = asked.astimezone(UTC)
    for _ in range(_ROUNDS * max(1, len(clocks))):
        later = max(
            [*(_opening(moment, zone, window) for zone in clocks), *(_single(moment, zone) for zone in written)]
        )
        if later == moment:
            return moment
        moment = later
    return None


def _opening(moment: datetime, zone: ZoneInfo, window: Window) -> datetime:
    """Give the moment itself if the window is open on this clock, or else the next opening of any day."""
    local = moment.astimezone(zone)
    if window.admits(local):
        return moment
    day = local.date() if local.time() < window.opens else local.date() + timedelta(days=1)
    while day.isoweekday() not in window.days:
        day += timedelta(days=1)
    # an opening inside the hour that does not exist in spring moves behind it: the way through UTC sees to that
    opening = datetime.combine(day, window.opens, tzinfo=zone).astimezone(UTC)
    return max(opening, moment)


def _single(moment: datetime, zone: ZoneInfo) -> datetime:
    """Step out of an hour that this clock shows twice."""
    local = moment.astimezone(zone)
    while local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():  # it exists, so it is lived twice
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        local = moment.astimezone(zone)
    return moment
