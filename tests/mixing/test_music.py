import hashlib
import subprocess
import sys

import numpy as np
import pytest

from mixing.hearing import RATE
from roadcast.mixing import music
from roadcast.mixing.gating import loudness
from roadcast.mixing.meter import energies

KINDS = ("opening", "closing", "actions", "update", "training", "story", "numbers", "shout-out", "competitor")


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    length = min(len(a), len(b))
    a, b = a[:length], b[:length]
    return float(np.dot(a, b) / np.sqrt(np.dot(a, a) * np.dot(b, b)))


@pytest.mark.parametrize("name", KINDS)
def test_a_sting_is_short_and_begins_and_ends_in_silence(name):
    sting = music.sting(name, RATE)
    assert 1.2 <= len(sting) / RATE == music.sting_seconds(name) <= 2.5
    top = np.abs(sting).max()
    assert np.abs(sting[:20]).max() < 0.1 * top
    assert np.abs(sting[-200:]).max() < 0.001 * top


@pytest.mark.parametrize("name", KINDS)
def test_the_end_of_a_sting_is_soft_enough_to_speak_over(name):
    levels = 10 * np.log10(np.array(energies(music.sting(name, RATE), RATE)) + 1e-12)
    assert levels[-3:].max() < levels.max() - 15


def test_every_kind_has_a_sting_of_its_own():
    stings = {name: music.sting(name, RATE) for name in KINDS}
    pairs = [(a, b) for a in KINDS for b in KINDS if a < b]
    alike = {pair: likeness(stings[pair[0]], stings[pair[1]]) for pair in pairs}
    assert max(alike.values()) < 0.95, max(alike, key=alike.get)


def test_the_same_name_is_the_same_sound_in_every_process():
    """Python's own hash of a name differs from one process to the next."""
    program = (
        "import hashlib; from roadcast.mixing import music; "
        "print(hashlib.sha256(music.sting('numbers', 22050).tobytes()).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert elsewhere == hashlib.sha256(music.sting("numbers", 22_050).tobytes()).hexdigest()


@pytest.mark.parametrize("rate", [44_100, 22_050])
def test_the_bed_goes_round_without_a_seam(rate):
    bed = music.bed(rate)
    assert 20 <= len(bed) / rate <= 40
    inside = np.abs(np.diff(bed, 2))
    seam = np.abs(np.diff(np.concatenate([bed[-2:], bed[:2]]), 2))
    assert seam.max() < np.percentile(inside, 99.9)
    levels = 10 * np.log10(energies(np.tile(bed, 2), rate))
    around = levels[round(len(bed) / rate * 10) - 5 :][:10]
    assert around.min() > np.percentile(levels, 1) - 1


def test_the_bed_is_calm():
    """Nothing in it stands out: it stays within a few decibels of itself, and below the consonants of speech."""
    bed = music.bed(RATE)
    e = energies(np.tile(bed, 2), RATE)
    seconds = np.convolve(e, np.ones(10) / 10, "valid")
    assert 10 * np.log10(seconds.max() / seconds.min()) < 8
    spectrum = np.abs(np.fft.rfft(bed)) ** 2
    edge = round(4000 * len(bed) / RATE)
    assert spectrum[edge:].sum() < 0.001 * spectrum.sum()


def test_the_bed_is_heard_on_small_speakers():
    bed = music.bed(RATE)
    spectrum = np.abs(np.fft.rfft(bed)) ** 2
    edge = round(200 * len(bed) / RATE)
    assert spectrum[edge:].sum() > 0.1 * spectrum.sum()
    assert loudness(energies(bed, RATE)) > -30
