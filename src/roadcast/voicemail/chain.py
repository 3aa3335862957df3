"""Make speech fit for a telephone: band, level, pauses, and a length of whole packets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from roadcast.errors import VoicemailError
from roadcast.model import Speech
from roadcast.voicemail.level import Signal, active_level

WIDE, NARROW = 16_000, 8_000
PACKET = 320  # samples of 8 kHz: two 20 ms packets, one block of GSM in WAV
_WHOLE = 2 * PACKET  # an even number of 65-byte blocks needs no pad byte, which libsndfile would decode as sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the finished message is to be like; seconds and dB.

    The level is RFC 7874's (section 4, -19 dBm0 active, an RMS of 2600); the lead outlasts the tail of a beep; no
    mailbox takes the pauses for the end.

    Attributes:
        active: active speech level (P.56), dBov.
        ceiling: highest sample, dBFS.
        lead, tail: digital silence before and after.
        pause: longest pause inside.
        faintest: input below this active level is taken for silence and refused, dBov.
    """

    active: float = -22.0
    ceiling: float = -1.2
    lead: float = 0.5
    tail: float = 0.7
    pause: float = 1.2
    faintest: float = -55.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Master:
    """A message ready to be encoded, the same sound at two rates.

    Attributes:
        narrow: 8 kHz, shape (n,) with n a multiple of 320; wide: 16 kHz, shape (2n,).
    """

    narrow: NDArray[np.int16]
    wide: NDArray[np.int16]

    @property
    def seconds(self) -> float:
        """Tell how long it plays."""
        return len(self.narrow) / NARROW


def signal_of(speech: Speech) -> Signal:
    """Bring what an engine said to 16 kHz mono, full scale 1, without silence at either end; shape (n,)."""
    if speech.width != 2:
        raise VoicemailError(f"speech of {8 * speech.width} bits; the voicemail takes 16")
    samples = np.frombuffer(speech.pcm, "<i2").astype(np.float64).reshape(-1, speech.channels).mean(axis=1) / 32768
    return trim(_resample(samples, speech.rate, WIDE))


def trim(signal: Signal) -> Signal:
    """Cut both ends that are 34 dB below the loudest 10 ms, and leave 20 ms of air; shape (n,).

    Voices end in breath and hiss: a fixed threshold would keep a second of it.
    """
    frame = WIDE // 100
    frames = np.abs(np.pad(signal, (0, -len(signal) % frame))).reshape(-1, frame).mean(axis=1)
    loud = np.flatnonzero(frames > frames.max(initial=0.0) * 10 ** (-34 / 20))
    if len(loud) == 0:
        return signal[:0]
    return signal[max(0, loud[0] - 2) * frame : (loud[-1] + 3) * frame]


def process(passages: Sequence[tuple[Signal, float]], *, shape: Shape | None = None) -> Master:
    """Join passages of 16 kHz speech, each with the pause behind it in seconds, into a message.

    Raises:
        VoicemailError: if there is no speech in them.
    """
    shape = shape or Shape()
    signal = _join(passages, shape)
    level, activity = active_level(signal, rate=WIDE)
    if level < shape.faintest or activity == 0:
        raise VoicemailError(
            f"there is no speech to export (active level {level:.0f} dBov): noise is not amplified; check the engine"
        )
    signal = _close_gaps(signal * 10 ** ((shape.active - level) / 20), shape.pause)  # first the level: it tells silence
    signal = _compress(_band(signal))
    signal = _framed(_levelled(signal, shape), shape)
    narrow = _resample(signal, WIDE, NARROW)[: len(signal) // 2]
    spoken = slice(round(shape.lead * NARROW) - 80, -round(shape.tail * NARROW) + 80)
    return Master(narrow=_quantise(narrow, spoken), wide=_quantise(signal, slice(2 * spoken.start, 2 * spoken.stop)))


def _join(passages: Sequence[tuple[Signal, float]], shape: Shape) -> Signal:
    parts = []
    for signal, pause in passages:
        parts += [signal, np.zeros(round(min(pause, shape.pause) * WIDE))]
    return np.concatenate(parts[:-1]) if parts else np.zeros(0)


def _close_gaps(signal: Signal, longest: float) -> Signal:
    """Shorten every stretch of silence to the longest pause allowed."""
    quiet = quiet_stretches(signal, rate=WIDE)
    keep = np.ones(len(signal), bool)
    limit = round(longest * WIDE)
    for start, end in quiet:
        if end - start > limit:
            middle = (start + end - (end - start - limit)) // 2
            keep[middle : middle + end - start - limit] = False
    return signal[keep]


def quiet_stretches(signal: Signal, *, rate: int) -> list[tuple[int, int]]:
    """Find the stretches that a mailbox takes for silence, start and end in samples.

    Asterisk's default: 20 ms whose mean magnitude is below 128 of 32768 (`silencethreshold`).
    """
    frame = rate // 50
    count = len(signal) // frame
    quiet = np.abs(signal[: count * frame]).reshape(count, frame).mean(axis=1) < 128 / 32768
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    return [(int(a) * frame, int(b) * frame) for a, b in edges.reshape(-1, 2)]


def _resample(signal: Signal, rate: int, to: int) -> Signal:
    return signal if rate == to else np.asarray(soxr.resample(signal, rate, to, quality="VHQ"), np.float64)


def _band(signal: Signal, *, low: float = 200.0, high: float = 3400.0) -> Signal:
    """Keep the band of the telephone without turning phases: a symmetric filter, its delay taken out.

    A windowed sinc of 801 taps falls by 60 dB within 75 Hz; the corners lie half of that inside the band.
    """
    taps = np.arange(-400, 401)
    window = np.blackman(803)[1:-1]
    edges = [2 * (f / WIDE) * np.sinc(2 * (f / WIDE) * taps) for f in (low + 38, high - 38)]
    kernel = (edges[1] - edges[0]) * window
    size = 1 << (len(signal) + len(kernel)).bit_length()
    filtered = np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(kernel, size), size)
    return np.asarray(filtered[400 : 400 + len(signal)])


def _compress(signal: Signal, *, threshold: float = -24.0, ratio: float = 3.0) -> Signal:
    """Even out loud and soft words: 3:1 above -24 dBFS, attack 10 ms, release 120 ms, judged every millisecond."""
    step = WIDE // 1000
    blocks = np.pad(signal, (0, -len(signal) % step)).reshape(-1, step)
    peaks = np.abs(blocks).max(axis=1)
    attack, release = 1 - np.exp(-1 / 10), 1 - np.exp(-1 / 120)
    envelope, current = np.empty(len(peaks)), 0.0
    for i, peak in enumerate(peaks.tolist()):
        current += (attack if peak > current else release) * (peak - current)
        envelope[i] = current
    over = np.maximum(0.0, 20 * np.log10(np.maximum(envelope, 1e-6)) - threshold)
    gain = 10 ** (-over * (1 - 1 / ratio) / 20)
    return signal * np.interp(np.arange(len(signal)), np.arange(len(gain)) * step + step / 2, gain)


def _levelled(signal: Signal, shape: Shape) -> Signal:
    """Bring the active level to its target and hold the peaks; limiting costs level, so twice around."""
    for _ in range(2):
        level, _ = active_level(signal, rate=WIDE)
        signal = _limit(signal * 10 ** ((shape.active - level) / 20), shape.ceiling)
    return signal


def _limit(signal: Signal, ceiling: float) -> Signal:
    """Turn down 5 ms around each sample above the ceiling, smoothly."""
    top = 10 ** (ceiling / 20)
    wanted = np.minimum(1.0, top / np.maximum(np.abs(signal), 1e-9))
    if wanted.min(initial=1.0) >= 1.0:
        return signal
    reach = WIDE // 200
    held = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, reach, constant_values=1.0), 2 * reach + 1).min(
        axis=1
    )
    window = np.hanning(reach + 2)[1:-1]
    smooth = np.convolve(np.pad(held, reach // 2, mode="edge"), window / window.sum(), "same")
    return signal * np.minimum(smooth[reach // 2 : reach // 2 + len(signal)], 1.0)


def _framed(signal: Signal, shape: Shape) -> Signal:
    """Put silence before and after, up to whole packets."""
    lead, tail = round(shape.lead * WIDE), round(shape.tail * WIDE)
    tail += -(lead + len(signal) + tail) % (2 * _WHOLE)  # at 16 kHz
    return np.concatenate([np.zeros(lead), signal, np.zeros(tail)])


def _quantise(signal: Signal, spoken: slice) -> NDArray[np.int16]:
    """Round to 16 bits with triangular dither where somebody speaks, and with none in digital silence.

    The dither is the same for the same message: equal input gives equal bytes.
    """
    noise = np.zeros(len(signal))
    rng = np.random.default_rng(20_000)
    part = noise[spoken]
    part += rng.random(len(part)) - rng.random(len(part))
    return np.asarray(np.clip(np.round(signal * 32768 + noise), -32768, 32767), np.int16)
