import numpy as np
import pytest

from roadcast.errors import BadSpeech
from roadcast.model import Mark, Speech, Voice
from roadcast.narration.pace import GUESSED, MEASURED, Expected
from roadcast.narration.sound import HEAD, TAIL, judge

RATE = 16_000
VOICE = Voice(engine="tone", name="low", language="en", rate=RATE)


def hum(seconds, level=6_000):
    time = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 200 * time)).astype("<i2")


def silence(seconds, level=0):
    return np.random.default_rng(1).integers(-level, level + 1, round(seconds * RATE)).astype("<i2")


def speech(*parts, **changes):
    return Speech(**({"pcm": np.concatenate(parts).tobytes(), "rate": RATE} | changes))


def lasting(seconds, bounds=GUESSED):
    return Expected(seconds=seconds, bounds=bounds)


def babble(seconds, seed=1, level=6_000):
    """Sound that is nowhere like itself."""
    noise = np.random.default_rng(seed).normal(0, level, round(seconds * RATE))
    return noise.clip(-30_000, 30_000).astype("<i2")


def seconds(sound):
    return len(sound.samples) / RATE


def test_silence_at_both_ends_is_taken_away():
    sound = judge(speech(silence(0.4), hum(1.0), silence(0.7)), VOICE, lasting(1.0))
    assert seconds(sound) == pytest.approx(1.0 + HEAD + TAIL, abs=0.011)


def test_faint_noise_counts_as_silence_and_a_weak_consonant_does_not():
    noisy = judge(speech(silence(0.4, level=15), hum(1.0), silence(0.4, level=15)), VOICE, lasting(1.0))
    assert seconds(noisy) == pytest.approx(1.05, abs=0.011)
    weak = judge(speech(silence(0.2), hum(0.1, level=150), hum(1.0), silence(0.2)), VOICE, lasting(1.0))
    assert seconds(weak) == pytest.approx(1.15, abs=0.011)


def test_a_long_pause_inside_is_shortened_and_marks_move_with_it():
    marks = (Mark(word="one", start=0.5, end=1.0), Mark(word="two", start=2.5, end=3.0))
    sound = judge(
        speech(silence(0.5), hum(0.5), silence(1.5), hum(0.5), silence(0.1), marks=marks), VOICE, lasting(1.6)
    )
    assert seconds(sound) == pytest.approx(0.5 + 0.6 + 0.5 + HEAD + TAIL, abs=0.021)
    assert sound.marks[0].start == pytest.approx(HEAD, abs=0.011)
    assert sound.marks[1].start == pytest.approx(HEAD + 0.5 + 0.6, abs=0.021)


def test_a_short_pause_inside_stays():
    sound = judge(speech(hum(0.5), silence(0.5), hum(0.5), silence(0.1)), VOICE, lasting(1.5))
    assert seconds(sound) == pytest.approx(1.5 + TAIL, abs=0.011)


def test_trimmed_edges_start_and_end_at_zero():
    samples = judge(speech(hum(1.0), silence(0.2)), VOICE, lasting(1.0)).samples
    assert abs(int(samples[0])) < 10
    assert abs(int(samples[-1])) < 10


def test_two_channels_become_one():
    left, right = hum(1.0), np.zeros(RATE, "<i2")
    stereo = np.column_stack([np.append(left, silence(0.1)), np.append(right, silence(0.1))])
    sound = judge(speech(stereo.reshape(-1), channels=2), VOICE, lasting(1.0))
    assert seconds(sound) == pytest.approx(1.0, abs=0.05)
    assert np.abs(sound.samples).max() == pytest.approx(3_000, rel=0.01)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (speech(hum(0)), "empty"),
        (speech(silence(1.0)), "silent"),
        (speech(silence(1.0, level=20)), "silent"),
        (speech(np.clip(hum(1.0).astype(int) * 9, -32_768, 32_767).astype("<i2"), silence(0.1)), "clipped"),
        (speech(hum(1.0)), "breaks off"),
        (speech(hum(0.5), silence(3.2), hum(0.4), silence(0.1)), "hole of 3.2 s"),
        (speech(hum(1.0, level=150), silence(0.1)), "too soft: -4[5-9] dBFS|too soft: -5"),
        (speech(*[hum(0.1), silence(0.25)] * 4), "6[0-9]% of it is silence"),
        (speech(babble(0.5), babble(0.5, 2), babble(0.5, 2), silence(0.1)), "its end is there twice"),
        (speech(hum(0.3), silence(0.1)), "lasts 0.3 s where about 1.0 s"),
        (speech(hum(2.2), silence(0.1)), "lasts 2.2 s where about 1.0 s"),
        (speech(hum(1.0), silence(0.1), rate=8_000), "8000 Hz where 16000 Hz"),
        (speech(hum(1.0), silence(0.1), width=1), "not 16-bit"),
        (speech(hum(1.0), pcm=hum(1.0).tobytes() + b"x"), "not 16-bit"),
        (speech(hum(0), pcm=b"RIFF" + hum(1.0).tobytes()), "WAV data"),
        (speech(hum(0), pcm=b"ID3\x03" + hum(1.0).tobytes()), "MP3 data"),
    ],
)
def test_what_cannot_be_the_whole_is_refused(bad, why):
    with pytest.raises(BadSpeech, match=why):
        judge(bad, VOICE, lasting(1.0))


def test_a_sentence_that_ends_as_it_began_is_no_repetition():
    whole = speech(babble(0.5, 2), babble(0.6), babble(0.3, 2)[::-1], silence(0.1))
    assert seconds(judge(whole, VOICE, lasting(1.0))) == pytest.approx(1.4 + TAIL, abs=0.02)


def test_a_voice_whose_pace_is_known_may_stray_less():
    short = speech(babble(0.6), silence(0.1))
    judge(short, VOICE, lasting(1.0))
    with pytest.raises(BadSpeech, match=r"lasts 0\.6 s where about 1\.1 s"):
        judge(short, VOICE, lasting(1.1, MEASURED))
