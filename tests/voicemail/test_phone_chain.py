"""The phone chain: band, level, shape, and what it refuses to make louder."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import soxr

import drops
from roadcast.errors import VoicemailError
from roadcast.model import Speech
from roadcast.voicemail import chain, level

RATE = 8000


def _tone(hertz: float, seconds: float, *, rate: int = chain.WIDE, amplitude: float = 0.2) -> np.ndarray:
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def _power(samples: np.ndarray, low: float, high: float, rate: int = RATE) -> float:
    spectrum = np.abs(np.fft.rfft(samples.astype(float))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / rate)
    return 10 * np.log10(spectrum[(hertz >= low) & (hertz < high)].sum() + 1e-12)


def test_the_active_level_of_a_steady_tone_is_its_rms():
    tone = _tone(500, 10, rate=RATE, amplitude=0.1)
    active, activity = level.active_level(tone, rate=RATE)
    assert active == pytest.approx(20 * np.log10(0.1 / np.sqrt(2)), abs=0.05)
    assert activity == pytest.approx(1.0, abs=0.01)


def test_pauses_do_not_lower_the_active_level():
    tone = _tone(500, 40, rate=RATE, amplitude=0.1)
    tone[np.arange(len(tone)) // RATE % 10 >= 5] = 0
    active, activity = level.active_level(tone, rate=RATE)
    assert active == pytest.approx(20 * np.log10(0.1 / np.sqrt(2)), abs=0.3)
    assert activity == pytest.approx(0.52, abs=0.02)  # five of ten seconds, and the hangover of 0.2 s


def test_level_peak_and_dc_are_what_a_telephone_wants():
    heard = level.measure(drops.samples(), rate=RATE)
    assert heard.active == pytest.approx(-22, abs=2)
    assert heard.peak <= -1
    assert heard.loudest <= -15.2
    assert abs(heard.dc) < 0.001
    assert heard.clipped == 0


def test_the_loud_preset_is_two_decibels_louder():
    passages = drops.cut_of().passages
    loud = chain.process(passages, shape=chain.Shape(active=-20))
    assert level.measure(loud.narrow, rate=RATE).active == pytest.approx(-20, abs=0.5)
    assert level.measure(loud.narrow, rate=RATE).peak <= -1


@pytest.mark.parametrize("factor", [0.03, 0.2, 3.0])
def test_faint_and_hot_input_ends_at_the_same_level(factor):
    passages = [(signal * factor, pause) for signal, pause in drops.cut_of().passages]
    heard = level.measure(chain.process(passages).narrow, rate=RATE)
    assert heard.active == pytest.approx(-22, abs=0.5)
    assert heard.peak <= -1


def test_an_offset_of_the_input_is_gone():
    passages = [(signal + 0.05, pause) for signal, pause in drops.cut_of().passages]
    assert abs(level.measure(chain.process(passages).narrow, rate=RATE).dc) < 0.001


@pytest.mark.parametrize("noise", [0.0, 1e-4])
def test_silence_is_refused_and_noise_is_not_amplified(noise):
    silence = np.random.default_rng(1).normal(size=3 * chain.WIDE) * noise
    with pytest.raises(VoicemailError, match="no speech to export"):
        chain.process([(silence, 0.0)])


def test_the_band_of_the_telephone_is_all_that_is_left():
    samples = drops.samples()
    whole = _power(samples, 0, 4001)
    assert _power(samples, 0, 200) < whole - 20
    assert _power(samples, 3400, 4001) < whole - 20


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_tone_of_six_kilohertz_vanishes_and_leaves_no_image(rate):
    speech = soxr.resample(drops.say("The band of the telephone ends early."), chain.WIDE, rate)
    tone = _tone(6000, len(speech) / rate, rate=rate, amplitude=0.3)[: len(speech)]

    def master(signal: np.ndarray) -> np.ndarray:
        pcm = np.round(signal * 20_000).astype("<i2").tobytes()
        return chain.process([(chain.signal_of(Speech(pcm=pcm, rate=rate)), 0.0)]).narrow

    clean, loaded = master(speech), master(speech + tone)
    image = 8000 - 6000
    assert _power(loaded, image - 20, image + 20) < _power(clean, image - 20, image + 20) + 1


def test_lead_tail_pauses_and_length_are_in_their_bounds():
    samples = drops.samples()
    quiet = chain.quiet_stretches(samples / 32768, rate=RATE)
    assert 0.3 <= quiet[0][1] / RATE <= 0.8
    assert 0.5 <= (len(samples) - quiet[-1][0]) / RATE <= 1.0
    assert max(end - start for start, end in quiet[1:-1]) / RATE <= 1.5
    assert len(samples) % 320 == 0
    assert not samples[: round(0.4 * RATE)].any(), "the lead is no digital silence"


def test_a_pause_of_eleven_seconds_is_shortened():
    word = drops.say("One sentence.")
    long = np.concatenate([word, np.zeros(11 * chain.WIDE), word])
    master = chain.process([(long, 0.0)])
    quiet = chain.quiet_stretches(master.narrow / 32768, rate=RATE)
    assert max(end - start for start, end in quiet[1:-1]) / RATE <= 1.5
    assert master.seconds < 2 * len(word) / chain.WIDE + 3


def test_the_wide_and_the_narrow_master_are_the_same_sound():
    master = drops.message().master
    again = soxr.resample(master.wide.astype(float), 16_000, 8000)
    difference = again - master.narrow
    assert len(master.wide) == 2 * len(master.narrow)
    assert (difference**2).mean() < 4


def test_silence_at_the_ends_of_speech_is_cut_and_breath_is_left():
    word = drops.say("Word.")
    hiss = np.random.default_rng(2).normal(size=chain.WIDE) * 0.0005
    assert abs(len(chain.trim(np.concatenate([hiss, word, hiss]))) - len(word)) < 0.1 * chain.WIDE


def test_speech_of_another_width_is_refused():
    with pytest.raises(VoicemailError, match="16"):
        chain.signal_of(Speech(pcm=b"\0" * 30, rate=8000, width=3))


def test_the_limiter_is_smooth():
    burst = np.concatenate(
        [_tone(440, 1, amplitude=0.1), _tone(440, 0.05, amplitude=0.95), _tone(440, 1, amplitude=0.1)]
    )
    limited = chain._limit(burst, -6)
    assert np.abs(limited).max() <= 10 ** (-6 / 20)
    gain = limited[np.abs(burst) > 0.02] / burst[np.abs(burst) > 0.02]
    assert max(abs(b - a) for a, b in pairwise(gain)) < 0.05
