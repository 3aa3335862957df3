import numpy as np
import pytest

from mixing.hearing import RATE
from roadcast.mixing.limiter import limit, running_minimum
from roadcast.mixing.meter import true_peak


def noise(seconds: float, level: float) -> np.ndarray:
    return (np.random.default_rng(3).standard_normal(round(seconds * RATE)) * level).astype(np.float32)


def test_true_peaks_stay_under_the_ceiling():
    hot = noise(21, 0.4)  # longer than two of its chunks
    assert true_peak(hot, RATE) > 3
    assert true_peak(limit(hot, RATE, ceiling=-2.0), RATE) <= -1.95


def test_what_lies_under_the_ceiling_is_left_alone():
    quiet = noise(2, 0.02)
    assert np.array_equal(limit(quiet, RATE, ceiling=-2.0), quiet)


def test_only_the_neighbourhood_of_a_peak_is_turned_down():
    signal = noise(1, 0.02)
    signal[RATE // 2] = 1.0
    limited = limit(signal, RATE, ceiling=-6.0)
    touched = np.flatnonzero(limited != signal)
    assert 0.45 * RATE < touched[0] < RATE // 2 < touched[-1] < 0.55 * RATE


def test_the_gain_moves_without_steps():
    tone = np.full(RATE, 0.5, np.float32)
    tone[RATE // 2] = 2.0
    gain = limit(tone, RATE, ceiling=-2.0) / tone
    assert np.abs(np.diff(gain)).max() < 0.02


def test_within_spans_only_their_peaks_are_turned_down():
    signal = np.full(40 * RATE, 0.1, np.float32)
    loud = [round(RATE * at) for at in (1, 5, 20, 39)]
    for at in loud:
        signal[at : at + 200] = 0.99
    limited = limit(signal, RATE, ceiling=-6.0, within=[(RATE // 2, 2 * RATE), (15 * RATE, 50 * RATE)])
    heights = [float(np.abs(limited[at - 500 : at + 700]).max()) for at in loud]
    assert heights[1] == pytest.approx(0.99)
    assert max(heights[:1] + heights[2:]) < 0.51
    everywhere = limit(signal, RATE, ceiling=-6.0)
    for at in (loud[0], loud[2], loud[3]):
        assert np.allclose(limited[at - 2000 : at + 2000], everywhere[at - 2000 : at + 2000], atol=1e-6)
    assert np.array_equal(limit(signal, RATE, ceiling=-6.0, within=[]), signal)


def test_what_will_be_heard_is_what_is_limited():
    signal = noise(1, 0.1)
    heard = signal.copy()
    heard[RATE // 2] = 1.0
    gain = limit(signal, RATE, ceiling=-6.0, heard=heard) / signal
    assert gain[RATE // 2] == pytest.approx(0.5, abs=0.05)
    assert np.all(np.delete(gain, slice(round(0.45 * RATE), round(0.55 * RATE))) == 1.0)


@pytest.mark.parametrize("reach", [1, 2, 3, 7, 176])
def test_the_running_minimum_is_the_lowest_value_within_reach(reach):
    values = np.random.default_rng(reach).random(500).astype(np.float32)
    slow = [values[max(0, n - reach) : n + reach + 1].min() for n in range(500)]
    assert np.array_equal(running_minimum(values, reach), slow)
