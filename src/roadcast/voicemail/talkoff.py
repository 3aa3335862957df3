"""Find keys of a telephone in speech: a mailbox that hears one stops recording ("talk-off").

Two detectors of different make; a digit counts only where both hear it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]

# ITU-T Q.23: two tones at once, one of the low and one of the high group.
_LOW = np.array([697.0, 770.0, 852.0, 941.0])
_HIGH = np.array([1209.0, 1336.0, 1477.0, 1633.0])
_KEYS = ("123A", "456B", "789C", "*0#D")

_RATE = 8000
_FAINTEST = 10 ** (-36 / 20)  # Q.24: receivers need not answer below about this level per tone (full scale 1)
_FORWARD_TWIST, _REVERSE_TWIST = 8.0, 4.0  # dB: Q.24, low group louder by at most 4 (most countries), high by 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Digit:
    """A key and when it was heard, in seconds."""

    key: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the two detectors heard.

    Attributes:
        agreed: heard by both, so the file must not leave.
        doubtful: heard by one of them only.
    """

    agreed: tuple[Digit, ...]
    doubtful: tuple[Digit, ...]

    def __str__(self) -> str:
        return " ".join(digit.key for digit in self.agreed) or "none"


def scan(samples: Samples) -> Verdict:
    """Look for keys in 16-bit samples at 8 kHz."""
    signal = samples.astype(np.float64) / 32768
    first, second = _by_goertzel(signal), _by_spectrum(signal)
    agreed = tuple(a for a in first if any(_same(a, b) for b in second))
    others = [d for d in first if d not in agreed] + [d for d in second if not any(_same(d, a) for a in agreed)]
    return Verdict(agreed=agreed, doubtful=tuple(sorted(others, key=lambda digit: digit.start)))


def _same(a: Digit, b: Digit) -> bool:
    return a.key == b.key and a.start < b.end and b.start < a.end


def _frames(signal: NDArray[np.float64], length: int, step: int) -> NDArray[np.float64]:
    if len(signal) < length:
        signal = np.pad(signal, (0, length - len(signal)))
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(signal, length)[::step])


def _twist_ok(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Compare the powers of the two tones."""
    ratio = 10 * np.log10((high + 1e-12) / (low + 1e-12))
    return (ratio <= _REVERSE_TWIST) & (ratio >= -_FORWARD_TWIST)


def _by_goertzel(signal: NDArray[np.float64]) -> list[Digit]:
    """Correlate blocks of 205 samples with the eight tones and their second harmonics, as exchanges do.

    205 samples put the tones near bin centres (the classic choice at 8 kHz). Speech has harmonics where tones have
    none, and energy elsewhere.
    """
    length, step = 205, 102
    frames = _frames(signal, length, step)
    total = (frames**2).mean(axis=1)
    tones = np.concatenate([_LOW, _HIGH])
    power, harmonics = np.split(_tone_power(frames, np.concatenate([tones, 2 * tones])), 2, axis=1)
    low, high = power[:, :4].argmax(axis=1), power[:, 4:].argmax(axis=1)
    rows = np.arange(len(frames))
    at_low, at_high = power[rows, low], power[rows, high + 4]
    others = np.partition(power[:, :4], 2, axis=1)[:, 2], np.partition(power[:, 4:], 2, axis=1)[:, 2]
    heard = (
        (np.minimum(at_low, at_high) > _FAINTEST**2 / 2)
        & (at_low + at_high > 0.65 * total)
        & (at_low > 4 * others[0])
        & (at_high > 4 * others[1])
        & (harmonics[rows, low] < 0.1 * at_low)
        & (harmonics[rows, high + 4] < 0.1 * at_high)
        & _twist_ok(at_low, at_high)
    )
    keys = [_KEYS[i][j] if ok else "" for ok, i, j in zip(heard, low, high, strict=True)]
    return _runs(keys, step=step, length=length, least=2)


def _tone_power(frames: NDArray[np.float64], tones: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the mean power of each tone in each frame, shape (frames, tones)."""
    length = frames.shape[1]
    angle = 2 * np.pi * np.outer(np.arange(length), tones) / _RATE
    real, imaginary = np.split(frames @ np.concatenate([np.cos(angle), np.sin(angle)], axis=1), 2, axis=1)
    return np.asarray(2 * (real**2 + imaginary**2) / length**2)


def _by_spectrum(signal: NDArray[np.float64]) -> list[Digit]:
    """Find the two strongest spectral lines of 32 ms windows and ask whether they are two tones of Q.23.

    Q.24: a tone up to 1.8 % off its frequency is still that tone.
    """
    length, step = 256, 96
    window = np.hanning(length)
    frames = _frames(signal, length, step)
    transform = np.fft.rfft(frames * window, 1024, axis=1)
    spectrum = transform.real**2 + transform.imag**2
    resolution = _RATE / 1024
    split = round(1075 / resolution)  # between the groups
    low_line, low_ok = _line(spectrum[:, :split], 0, _LOW, resolution)
    high_line, high_ok = _line(spectrum[:, split:], split, _HIGH, resolution)
    rows = np.arange(len(frames))
    near = spectrum.sum(axis=1) + 1e-20
    tonal = (_around(spectrum, low_line) + _around(spectrum, high_line)) / near
    scale = 2 / window.sum()
    low, high = spectrum[rows, low_line] * scale**2 / 2, spectrum[rows, high_line] * scale**2 / 2
    strong = np.minimum(low, high) > _FAINTEST**2 / 2
    heard = low_ok & high_ok & strong & (tonal > 0.8) & _twist_ok(low, high)
    keys = [
        _KEYS[np.abs(_LOW - i * resolution).argmin()][np.abs(_HIGH - j * resolution).argmin()] if ok else ""
        for ok, i, j in zip(heard, low_line, high_line, strict=True)
    ]
    return _runs(keys, step=step, length=length, least=2)


def _line(
    part: NDArray[np.float64], offset: int, tones: NDArray[np.float64], resolution: float
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Find the strongest line of each frame within a part of the spectrum, and whether a tone lies there."""
    line = part.argmax(axis=1) + offset
    distance = np.abs(line[:, None] * resolution - tones[None, :])
    return line, np.asarray((distance <= 0.018 * tones + resolution / 2).any(axis=1))


def _around(spectrum: NDArray[np.float64], line: NDArray[np.intp]) -> NDArray[np.float64]:
    """Add up the main lobe of a line: a Hann window of 256 in 1024 points is 8 points wide to each side."""
    lobe = np.clip(line[:, None] + np.arange(-8, 9), 0, spectrum.shape[1] - 1)
    return np.asarray(np.take_along_axis(spectrum, lobe, axis=1).sum(axis=1))


def _runs(keys: list[str], *, step: int, length: int, least: int) -> list[Digit]:
    """Join equal neighbouring frames into digits and drop those of fewer than `least` frames."""
    digits = []
    start = 0
    for i in range(1, len(keys) + 1):
        if i < len(keys) and keys[i] == keys[start]:
            continue
        if keys[start] and i - start >= least:
            digits.append(Digit(key=keys[start], start=start * step / _RATE, end=((i - 1) * step + length) / _RATE))
        start = i
    return digits
