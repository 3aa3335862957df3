"""Refuse what is no rule of recurrence (the only module that knows dateutil)."""

from __future__ import annotations

from roadcast.hint import hint

_EXAMPLE = "'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR'"

# RFC 5545, 3.3.10
_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_KEYS = (
    *("FREQ", "UNTIL", "COUNT", "INTERVAL", "BYSECOND", "BYMINUTE", "BYHOUR"),
    *("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST"),
)


def refuse_no_rule(text: str) -> None:
    """Refuse what podcast:updateFrequency cannot carry as its rrule: a rule of RFC 5545, FREQ first.

    Raises:
        ValueError: what is wrong, and how such a rule is written.
    """
    if text != "".join(text.split()):
        raise ValueError(f"'{text}' has a space; write a rule without, such as {_EXAMPLE}")
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    for key, _ in pairs:
        if key not in _KEYS:
            raise ValueError(f"no rule has '{key}'; {hint(key, _KEYS)}")
    if pairs[0][0] != "FREQ":
        raise ValueError(f"'{text}' does not begin with FREQ; write a rule such as {_EXAMPLE}")
    if pairs[0][1] not in _FREQUENCIES:
        raise ValueError(f"nothing comes '{pairs[0][1]}'; {hint(pairs[0][1], _FREQUENCIES)}")
    _parse(text)


def _parse(text: str) -> None:
    from dateutil.rrule import rrulestr  # only who sets a rule waits for it

    try:
        rrulestr(text, ignoretz=True)  # UNTIL may be in UTC
    except (ValueError, OverflowError) as error:
        raise ValueError(f"'{text}' is no rule: {error}; write one such as {_EXAMPLE}") from error
