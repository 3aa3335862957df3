import hashlib

import numpy as np
import pytest

from mixing.hearing import FORMAT, RATE, judge, narration, needs_ffmpeg, play, said, script
from roadcast import mixing
from roadcast.errors import ProductionError
from roadcast.model import Clip, ClipKey, Mark, Narration, Speech, Take

QUIET = mixing.Sounds(rate=RATE)


def mix(script_, narration_, **options) -> tuple[Clip, bytes]:
    return mixing.mix(script_, narration_, QUIET, format=FORMAT, key=ClipKey("k"), **options)


@needs_ffmpeg
@pytest.mark.parametrize("voices", [("en-US",), ("en-GB",), ("en-US", "en-GB")])
@pytest.mark.parametrize("target", [-16.0, -19.0])
def test_the_encoded_clip_has_the_loudness_asked_for(voices, target):
    clip, data = mix(script(presenters=range(len(voices))), narration(voices=voices), loudness=target)
    judged = judge(data)
    assert judged.loudness == pytest.approx(target, abs=0.2)
    assert judged.true_peak <= -1.0
    assert mixing.loudness(clip.levels.energies) == pytest.approx(judged.loudness, abs=0.15)


@needs_ffmpeg
def test_two_voices_come_out_equally_loud():
    clip, data = mix(script(presenters=(0, 1)), narration(voices=("en-US", "en-GB")))
    heard = play(data)
    parts = [heard[round(a * RATE) : round(b * RATE)] for a, b in clip.passages]
    one, other = judge(np.concatenate(parts[::2])).loudness, judge(np.concatenate(parts[1::2])).loudness
    assert one == pytest.approx(other, abs=3.0)  # the middle sentence of three against the outer two


@needs_ffmpeg
def test_passages_are_heard_when_the_clip_says():
    clip, data = mix(script(), narration(), lead_in=0.5)
    heard = np.abs(play(data))
    for start, end in clip.passages:
        before, inside = round(start * RATE), slice(round(start * RATE), round(end * RATE))
        assert heard[before - 400 : before - 50].max() < 0.003
        assert heard[inside][:2205].max() > 0.01
    assert clip.passages[0][0] == 0.5
    gaps = [b[0] - a[1] for a, b in zip(clip.passages, clip.passages[1:], strict=False)]
    assert gaps == pytest.approx([0.4] * 2)


def test_the_clip_tells_what_it_is():
    told = narration()
    clip, data = mix(script(), told)
    assert (clip.size, clip.digest) == (len(data), hashlib.sha256(data).hexdigest())
    assert clip.engines == told.engines
    assert clip.levels.true_peak <= -1.9
    assert 0.8 < clip.levels.speech_share < 1.0


def test_words_move_with_their_take():
    marked = Speech(pcm=said("Hello.").pcm, rate=16_000, marks=(Mark(word="hello", start=0.1, end=0.4),))
    takes = (Take(speech=said("First."), pause=0.3, starts=(0.0,)), Take(speech=marked, pause=0.3, starts=(0.0,)))
    clip, _ = mix(script(("First.", "Hello.")), Narration(takes=takes, engines=("pico/en-US",)))
    assert clip.words[0].start == pytest.approx(clip.passages[1][0] + 0.1)


def test_the_passages_of_a_recording_share_its_time_by_their_length():
    from dataclasses import replace

    recorded = replace(script(("One two three.", "Four.")), recording="note.m4a")
    take = Take(speech=said("One two three. Four."), pause=0.0, starts=(0.0,))
    clip, _ = mix(recorded, Narration(takes=(take,), engines=("recorded",)))
    (a, b), (c, d) = clip.passages
    assert b == c
    assert (b - a) / (d - c) == pytest.approx(14 / 5)


def test_takes_and_passages_belong_together():
    with pytest.raises(ProductionError, match="2 passages but 3 takes"):
        mix(script(("One.", "Two.")), narration())


def test_a_silent_voice_is_refused():
    nothing = Take(speech=Speech(pcm=bytes(32_000), rate=16_000), pause=0.3, starts=(0.0,))
    with pytest.raises(ProductionError, match="presenter 1 says nothing"):
        mix(script(("Hello.",)), Narration(takes=(nothing,), engines=("pico/en-US",)))


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_any_pcm_is_read(width, channels):
    from roadcast.mixing.signal import from_speech

    wave = np.sin(np.arange(1600) / 10) * 0.5
    whole = np.repeat(np.round(wave * 2 ** (8 * width - 1)).astype("<i8"), channels)
    if width == 1:
        whole += 128
    pcm = whole.astype("<i8").view(np.uint8).reshape(-1, 8)[:, :width].tobytes()
    read = from_speech(Speech(pcm=pcm, rate=16_000, width=width, channels=channels), 16_000)
    assert np.allclose(read, wave, atol=2 ** -(8 * width - 1) * 1.1 + 1e-6)


def test_a_width_that_no_pcm_has_is_refused():
    from roadcast.mixing.signal import from_speech

    with pytest.raises(ProductionError, match="7 bytes per sample"):
        from_speech(Speech(pcm=bytes(70), rate=16_000, width=7), 44_100)
