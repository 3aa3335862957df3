"""Judge how a message sounds on a telephone: level, silence, pauses, keys; whatever file it came in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from roadcast.voicemail import level, talkoff
from roadcast.voicemail.chain import NARROW, PACKET, quiet_stretches

# dBov: RFC 7874 4 for the active level; -9 dBm0 over 3 s is the network limit on recorded speech (TIA-968-B 5.1).
_ACTIVE, _EITHER_WAY, _LOUDEST, _PEAK = -22.0, 2.0, -15.2, -1.0
_DC = 0.001
_SILENT = -55.0  # dBov: below this there is nothing to amplify

# Seconds: a beep rings on, WaitForSilence waits, RTP begins; mailboxes stop on silence (46elks after 3 s).
_LEAD, _TAIL, _PAUSE = (0.3, 0.8), (0.5, 1.0), 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a message sounds like.

    Attributes:
        loudness: levels; verdict: keys heard.
        lead, tail, gap: silence before, after, and the longest inside, in seconds.
        gap_at: sample at which that gap begins.
    """

    loudness: level.Loudness
    verdict: talkoff.Verdict
    samples: int
    rate: int
    lead: float
    tail: float
    gap: float
    gap_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong with the sound at a sample; `serious` unless it is only worth knowing."""

    sample: int
    rule: str
    reason: str
    serious: bool = True


def listen(samples: NDArray[np.int16], *, rate: int) -> Heard:
    """Measure a message of 16-bit samples, shape (n,)."""
    lead, tail, gap, where = _silences(samples, rate)
    return Heard(
        loudness=level.measure(samples, rate=rate),
        verdict=talkoff.scan(_narrow(samples, rate)),
        samples=len(samples),
        rate=rate,
        lead=lead,
        tail=tail,
        gap=gap,
        gap_at=where,
    )


def judge(samples: NDArray[np.int16], heard: Heard) -> list[Fault]:
    """Say everything a mailbox or a listener would suffer from."""
    if heard.loudness.active < _SILENT:
        reason = f"nothing but silence (active level {heard.loudness.active:.0f} dBov)"
        return [Fault(sample=0, rule="silence", reason=reason)]
    return [*_levels(samples, heard.loudness), *_shape(heard), *_keys(heard.verdict, heard.rate)]


def _levels(samples: NDArray[np.int16], loudness: level.Loudness) -> list[Fault]:
    top = int(np.argmax(np.abs(samples.astype(np.int32))))
    faults = []
    if abs(loudness.active - _ACTIVE) > _EITHER_WAY:
        faults.append(
            Fault(
                sample=0,
                rule="level",
                reason=f"active level {loudness.active:.1f} dBov (P.56), not {_ACTIVE:.0f} +-{_EITHER_WAY:.0f}",
            )
        )
    if loudness.clipped:
        faults.append(Fault(sample=top, rule="clipped", reason=f"{loudness.clipped} samples at full scale"))
    elif loudness.peak > _PEAK:
        faults.append(Fault(sample=top, rule="peak", reason=f"peak {loudness.peak:.1f} dBFS, over {_PEAK:.0f}"))
    if loudness.loudest > _LOUDEST:
        reason = f"loudest 3 s at {loudness.loudest:.1f} dBov, over {_LOUDEST} (-9 dBm0)"
        faults.append(Fault(sample=0, rule="loudest", reason=reason))
    if abs(loudness.dc) >= _DC:
        faults.append(Fault(sample=0, rule="dc", reason=f"DC offset of {loudness.dc:+.4f} of full scale"))
    return faults


def _shape(heard: Heard) -> list[Fault]:
    faults = []
    if not _LEAD[0] <= heard.lead <= _LEAD[1]:
        reason = f"{heard.lead:.2f} s of silence before the first word, not {_LEAD[0]} to {_LEAD[1]}"
        faults.append(Fault(sample=0, rule="lead", reason=reason))
    if not _TAIL[0] <= heard.tail <= _TAIL[1]:
        reason = f"{heard.tail:.2f} s of silence after the last word, not {_TAIL[0]} to {_TAIL[1]}"
        faults.append(Fault(sample=heard.samples - round(heard.tail * heard.rate), rule="tail", reason=reason))
    if heard.gap > _PAUSE:
        reason = f"{heard.gap:.1f} s of silence at {heard.gap_at / heard.rate:.1f} s: mailboxes take that for the end"
        faults.append(Fault(sample=heard.gap_at, rule="pause", reason=reason))
    packet = PACKET * heard.rate // NARROW
    if heard.samples % packet:
        reason = f"{heard.samples} samples are no multiple of {packet}: the last packet would be padded"
        faults.append(Fault(sample=heard.samples, rule="packets", reason=reason))
    return faults


def _keys(verdict: talkoff.Verdict, rate: int) -> list[Fault]:
    return [
        Fault(
            sample=round(digit.start * rate),
            rule="talk-off",
            reason=f"key {digit.key!r} heard at {digit.start:.2f} s by {by}",
            serious=serious,
        )
        for digits, by, serious in (
            (verdict.agreed, "both detectors: a mailbox would stop recording", True),
            (verdict.doubtful, "one of two detectors", False),
        )
        for digit in digits
    ]


def _silences(samples: NDArray[np.int16], rate: int) -> tuple[float, float, float, int]:
    """Measure lead, tail and longest inner gap in seconds, and the sample at which that gap begins."""
    quiet = quiet_stretches(samples.astype(np.float64) / 32768, rate=rate)
    frame = rate // 50
    whole = len(samples) // frame * frame
    lead = next((end for start, end in quiet if start == 0), 0)
    tail = next((len(samples) - start for start, end in quiet if end == whole and start > 0), 0)
    inner = [(end - start, start) for start, end in quiet if start > 0 and end < whole]
    gap, where = max(inner, default=(0, 0))
    return lead / rate, tail / rate, gap / rate, where


def _narrow(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    if rate == NARROW:
        return samples
    return np.asarray(soxr.resample(samples, rate, NARROW, quality="HQ"), np.int16)
