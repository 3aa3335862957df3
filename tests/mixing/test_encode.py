import numpy as np
import pytest

from mixing.hearing import FORMAT, RATE, decode, needs_ffmpeg, said
from roadcast.errors import ProductionError
from roadcast.mixing import silence
from roadcast.mixing.encode import DELAY, encode
from roadcast.mixing.framing import frames
from roadcast.mixing.signal import from_speech
from roadcast.model import AudioFormat


def speech(rate: int = RATE) -> np.ndarray:
    return from_speech(said("The quick brown fox jumps over the lazy dog."), rate) * np.float32(0.7)


def main_data_begin(frame: bytes) -> int:
    return frame[4] << 1 | frame[5] >> 7


def test_the_result_is_frames_and_nothing_else():
    data = encode(speech(), FORMAT)
    parts = list(frames(data, FORMAT))
    assert b"".join(parts) == data
    assert {len(part) for part in parts} == {208, 209}
    assert not any(word in parts[0] for word in (b"Info", b"Xing", b"LAME"))


def test_the_first_frame_borrows_no_bits():
    data = encode(speech(), FORMAT)
    assert main_data_begin(next(frames(data, FORMAT))) == 0
    assert max(map(main_data_begin, frames(data, FORMAT))) > 0  # so the check above can fail


def test_the_same_signal_gives_the_same_bytes():
    assert encode(speech(), FORMAT) == encode(speech(), FORMAT)


@needs_ffmpeg
@pytest.mark.parametrize(
    "format_", [FORMAT, AudioFormat(rate=22_050, kbps=48), AudioFormat(rate=24_000, kbps=48)], ids=str
)
def test_every_sample_is_heard_after_the_delay_at_its_own_level(format_):
    signal = speech(format_.rate)
    data = encode(signal, format_)
    decoded = decode(data)
    assert len(decoded) == len(list(frames(data, format_))) * format_.samples_per_frame >= len(signal) + DELAY
    lags = np.correlate(decoded[: len(signal) + 2 * DELAY], signal, "valid")
    assert int(np.argmax(lags)) == DELAY
    heard = decoded[DELAY : DELAY + len(signal)]
    assert 10 * np.log10(np.mean(heard**2) / np.mean(signal**2)) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("count", [1, 2, 19, 500])
def test_silence_lasts_exactly_as_many_frames_as_asked(count):
    clip, data = silence(count, FORMAT)
    assert clip.frames == count == len(list(frames(data, FORMAT)))
    assert clip.size == len(data)
    assert clip.levels.speech_share == 0.0
    assert len(clip.levels.energies) == pytest.approx(clip.seconds * 10, abs=1)
    assert silence(count, FORMAT) == (clip, data)


def test_no_silence_is_not_a_clip():
    with pytest.raises(ValueError, match="0 frames"):
        silence(0, FORMAT)


@needs_ffmpeg
def test_joined_clips_decode_to_exactly_what_each_decodes_to():
    parts = [encode(speech(), FORMAT), silence(20, FORMAT)[1], encode(speech()[::-1].copy(), FORMAT)]
    joined = decode(b"".join(parts))
    assert np.array_equal(joined, np.concatenate([decode(part) for part in parts]))


def test_foreign_bytes_are_no_frames():
    data = encode(speech(), FORMAT)
    for broken in (b"ID3" + data, data[:-1], data[:400] + b"x" + data[400:]):
        with pytest.raises(ProductionError, match="no whole mp3-44100-1-64 frame"):
            list(frames(broken, FORMAT))
