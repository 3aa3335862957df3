"""Filter long signals by their response in frequency, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.fft  # numpy loads it when it is first used, which in a worker is once for each
from numpy.typing import NDArray

from roadcast.mixing.signal import Samples
from roadcast.mixing.tape import Signal, kept

FFT = 1 << 15
RINGING = 1 << 12  # samples until the slowest filter here, a 38 Hz high-pass, has fallen by 120 dB
BINS = FFT // 2 + 1

Response = NDArray[np.complex64]
"""Of a filter, `(BINS,)`: its factor at frequency `k / FFT` of the sample rate, for k from 0 to half of `FFT`."""


def stretches(samples: Signal, response: Response, multiple: int = 1) -> Iterator[Samples]:
    """Give the filtered signal in stretches, each but the last a multiple of `multiple` samples long.

    Overlap-save: a stretch is filtered together with the `RINGING` samples before it. All stretches together are
    as long as the signal, at its scale; whatever rate the response was worked out for is the signal's.
    """
    step = (FFT - RINGING) // multiple * multiple
    for start in range(0, len(samples), step):
        first = start - RINGING
        window = samples[max(0, first) : first + FFT]
        if first < 0:
            window = np.concatenate([np.zeros(-first, np.float32), window])
        filtered = np.fft.irfft(np.fft.rfft(window, FFT) * response, FFT)
        yield filtered[RINGING:][: min(step, len(samples) - start)].astype(np.float32, copy=False)


def filtered(samples: Signal, response: Response) -> Signal:
    """Filter the whole signal, at the rate the response was worked out for; what rings beyond its end is cut."""
    return kept(stretches(samples, response))


def unit_delays() -> NDArray[np.complex128]:
    """Give z to the power of -1 for each bin, `(BINS,)` from 0 to half the rate, to write a response as books do."""
    delays: NDArray[np.complex128] = np.exp(-2j * np.pi * np.arange(BINS) / FFT)
    return delays
