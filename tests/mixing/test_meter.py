import numpy as np
import pytest

from mixing.hearing import RATE, SENTENCES, judge, needs_ffmpeg, said
from roadcast.mixing import loudness, range_, spread
from roadcast.mixing.meter import energies, true_peak
from roadcast.mixing.signal import from_speech


def speech(rate: int = RATE) -> np.ndarray:
    gap = np.zeros(rate // 2, np.float32)
    return np.concatenate([part for text in SENTENCES for part in (from_speech(said(text), rate), gap)])


def music(rate: int = RATE) -> np.ndarray:
    """Chords under a slow swell, over a little noise: loud and quiet, low and high."""
    t = np.arange(20 * rate) / rate
    chord = sum(np.sin(2 * np.pi * f * t) for f in (55.0, 220.0, 277.2, 3520.0, 9000.0))
    noise = np.random.default_rng(7).standard_normal(len(t))
    return ((0.1 * chord + 0.02 * noise) * (0.15 + np.sin(np.pi * t / 10) ** 2)).astype(np.float32)


@needs_ffmpeg
@pytest.mark.parametrize("rate", [44_100, 48_000, 24_000])
@pytest.mark.parametrize("make", [speech, music])
def test_the_meter_agrees_with_ffmpeg_to_a_tenth(make, rate):
    signal = make(rate)
    judged = judge(signal, rate)
    assert loudness(energies(signal, rate)) == pytest.approx(judged.loudness, abs=0.1)
    assert true_peak(signal, rate) == pytest.approx(judged.true_peak, abs=0.1)


@needs_ffmpeg
@pytest.mark.parametrize("make", [speech, music])
def test_the_loudness_range_agrees_with_ffmpeg(make):
    signal = np.tile(make(), 4)
    silence_before = (0.0,) * 29  # ffmpeg's first windows of 3 s reach back before the beginning
    assert range_(silence_before + energies(signal, RATE)) == pytest.approx(judge(signal).range, abs=0.2)


@needs_ffmpeg
def test_silence_measures_as_ffmpeg_has_it():
    nothing = np.zeros(5 * RATE, np.float32)
    assert loudness(energies(nothing, RATE)) == judge(nothing).loudness == -70.0
    assert range_(energies(nothing, RATE)) == judge(nothing).range == 0.0


def test_a_full_scale_tone_measures_minus_three():
    """The calibration of BS.1770-4: 0 dBFS at 997 Hz in one channel is -3.01 LKFS."""
    tone = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE).astype(np.float32)
    assert loudness(energies(tone, RATE)) == pytest.approx(-3.01, abs=0.01)


def test_the_energies_of_parts_add_up_to_the_whole():
    signal = speech()
    cut = len(signal) // 3 // 4410 * 4410
    parts = energies(signal[:cut], RATE) + energies(signal[cut:], RATE)
    whole = energies(signal, RATE)
    assert len(parts) == len(whole)
    assert loudness(parts) == pytest.approx(loudness(whole), abs=0.01)
    assert sum(parts) == pytest.approx(sum(whole), rel=0.001)


def test_a_long_signal_measures_the_same_across_stretches_of_filtering():
    second = music()[: 4410 * 40]
    once, often = energies(second, RATE), energies(np.tile(second, 10), RATE)
    assert np.allclose(often[40:80], often[320:360], rtol=1e-3, atol=1e-9)
    assert len(often) == 10 * len(once)


def test_nothing_measures_as_nothing():
    assert loudness(()) == -70.0
    assert range_(()) == 0.0
    assert energies(np.zeros(0, np.float32), RATE) == ()


def test_spread_leaves_silent_clips_out():
    tone = np.sin(np.arange(RATE)).astype(np.float32)
    clips = [energies(tone * level, RATE) for level in (0.1, 0.05, 0.0)]
    assert spread(clips) == pytest.approx(6.02, abs=0.01)
    assert spread([]) == 0.0


def test_a_peak_between_samples_is_found():
    """A tone at a quarter of the rate, sampled 45 degrees beside its crests: 3 dB higher than any sample."""
    tone = np.sin(2 * np.pi * np.arange(RATE) / 4 + np.pi / 4).astype(np.float32)
    tone *= np.hanning(RATE).astype(np.float32)
    assert 20 * np.log10(np.abs(tone).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak(tone, RATE) == pytest.approx(0.0, abs=0.05)
