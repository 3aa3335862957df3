"""G.711, GSM 06.10 and G.722: bit-exact where a standard fixes the bits, readable for others everywhere."""

from __future__ import annotations

import hashlib
import io
import subprocess

import numpy as np
import pytest
import soundfile

import drops
from making import program
from roadcast.voicemail import g711, g722, gsm, riff

EVERY = np.arange(-32768, 32768).astype(np.int16)
# SHA-256 of the codes of all samples from -32768 to 32767 as the ITU-T software library (G.191) encodes them
MULAW = "90c29de505fb68e766118303bd552a16005dcf810873698bee1d8f3b247ce28c"
ALAW = "38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b"


def test_mulaw_and_alaw_equal_the_itu_software_bit_for_bit():
    assert hashlib.sha256(g711.encode_mulaw(EVERY)).hexdigest() == MULAW
    assert hashlib.sha256(g711.encode_alaw(EVERY)).hexdigest() == ALAW


def test_extremes_and_silence_have_their_well_known_codes():
    ends = np.array([-32768, 0, 32767], np.int16)
    assert g711.encode_mulaw(ends) == bytes([0x00, 0xFF, 0x80])
    assert g711.encode_alaw(ends) == bytes([0x2A, 0xD5, 0xAA])


@pytest.mark.parametrize(("subtype", "decode"), [("ULAW", g711.decode_mulaw), ("ALAW", g711.decode_alaw)])
def test_decoding_agrees_with_libsndfile_on_every_code(subtype, decode):
    codes = bytes(range(256))
    theirs, _ = soundfile.read(
        io.BytesIO(codes), samplerate=8000, channels=1, format="RAW", subtype=subtype, dtype="int16"
    )
    assert (decode(codes) == theirs).all()


@pytest.mark.parametrize(
    ("encode", "decode", "worst"),
    [(g711.encode_mulaw, g711.decode_mulaw, 644), (g711.encode_alaw, g711.decode_alaw, 512)],
)
def test_no_sample_is_further_off_than_half_the_widest_step(encode, decode, worst):
    assert np.abs(decode(encode(EVERY)).astype(int) - EVERY).max() == worst


def _snr(sent: np.ndarray, got: np.ndarray) -> float:
    """Compare short-term spectra: GSM and G.722 do not keep the waveform, but the energy in every band."""

    def spectra(x: np.ndarray) -> np.ndarray:
        frames = np.lib.stride_tricks.sliding_window_view(x.astype(float), 400)[::200] * np.hanning(400)
        return np.abs(np.fft.rfft(frames, axis=1))

    a, b = spectra(sent), spectra(got)
    return 10 * np.log10((a**2).sum() / ((a - b) ** 2).sum())


def test_gsm_frames_and_blocks_hold_the_same_speech():
    sent = drops.samples()
    frames, blocks = gsm.encode_frames(sent), gsm.encode_blocks(sent)
    assert len(frames) == len(sent) // 160 * 33
    assert len(blocks) == len(sent) // 320 * 65
    assert {frames[at] >> 4 for at in range(0, len(frames), 33)} == {0xD}
    assert (gsm.decode_frames(frames) == gsm.decode_blocks(blocks)).all()
    assert _snr(sent, gsm.decode_frames(frames)) > 10


def test_an_odd_number_of_gsm_blocks_decodes_to_no_more_than_was_encoded():
    assert len(gsm.decode_blocks(gsm.encode_blocks(drops.samples()[:1600]))) == 1600


def test_g722_carries_the_wide_signal():
    sent = drops.message().master.wide
    codes = g722.encode(sent)
    assert len(codes) == len(sent) // 2
    assert _snr(sent, g722.decode(codes)) > 15


@pytest.mark.parametrize(
    ("kind", "encode", "rate"),
    [
        ("gsm", lambda: gsm.encode_frames(drops.samples()), 8000),
        ("g722", lambda: g722.encode(drops.message().master.wide), 16_000),
        ("mulaw", lambda: g711.encode_mulaw(drops.samples()), 8000),
        ("alaw", lambda: g711.encode_alaw(drops.samples()), 8000),
    ],
)
def test_ffmpeg_hears_the_same_as_we_do(kind, encode, rate):
    form = ["-f", kind] if kind in ("gsm", "g722") else ["-f", kind, "-ar", "8000", "-ac", "1"]
    done = subprocess.run(
        [program("ffmpeg"), "-v", "error", *form, "-i", "pipe:0", "-f", "s16le", "pipe:1"],
        input=encode(),
        capture_output=True,
    )
    heard = np.frombuffer(done.stdout, "<i2")
    sent = drops.samples() if rate == 8000 else drops.message().master.wide
    assert len(heard) == len(sent)
    assert _snr(sent, heard) > 10


def test_a_header_of_mulaw_has_the_58_bytes_that_other_programs_write():
    samples = drops.samples()
    ours = riff.write(riff.Wave(tag=riff.MULAW, rate=8000, samples=len(samples), data=g711.encode_mulaw(samples)))
    theirs = drops.wave(samples, subtype="ULAW")
    assert ours[:58] == theirs[:58]


def test_a_chunk_of_odd_size_is_padded_and_says_its_true_size():
    walk = riff.walk(riff.write(riff.Wave(tag=riff.MULAW, rate=8000, samples=3, data=b"abc")))
    assert walk.faults == ()
    assert walk.data == b"abc"
    assert walk.fact == 3


def test_a_walk_over_any_bytes_ends_without_an_error():
    rng = np.random.default_rng(5)
    whole = riff.write(riff.Wave(tag=riff.GSM, rate=8000, samples=320, data=bytes(65)))
    for _ in range(500):
        spoiled = bytearray(whole)
        for at in rng.integers(0, len(spoiled), 4):
            spoiled[at] = rng.integers(256)
        riff.walk(bytes(spoiled[: rng.integers(0, len(spoiled) + 1)]))
