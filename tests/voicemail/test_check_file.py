"""The checker: what we make passes for every target, and everything wrong is named with its reason and place."""

from __future__ import annotations

import json
import struct
import subprocess

import numpy as np
import pytest
import soxr

import drops
from making import program
from roadcast.errors import VoicemailError
from roadcast.voicemail import chain, check, encoding, export, g711, mp3, riff

FORMS = [(profile.target, rule.extension) for profile in drops.PROFILES.values() for rule in profile.file]


def rule_of(target: str, extension: str):
    return next(rule for rule in drops.PROFILES[target].file if rule.extension == extension)


def made(target: str, extension: str) -> bytes:
    return encoding.encode(drops.message().master, rule_of(target, extension), mp3=drops.mp3)


def findings(name: str, content: bytes, target: str) -> list[check.Finding]:
    return [one for one in check.check_file(name, content, drops.PROFILES[target]).findings if one.serious]


@pytest.mark.parametrize(("target", "extension"), FORMS)
def test_what_is_made_for_a_target_passes(target, extension):
    assert findings(f"{target}.{extension}", made(target, extension), target) == []


@pytest.mark.parametrize(("target", "extension"), [form for form in FORMS if form[1] in ("wav", "wav49", "mp3")])
def test_ffprobe_agrees_on_the_form(target, extension, tmp_path):
    rule = rule_of(target, extension)
    path = tmp_path / f"{target}.{'wav' if extension == 'wav49' else extension}"
    path.write_bytes(made(target, extension))
    done = subprocess.run(
        [program("ffprobe"), "-v", "error", "-show_streams", "-of", "json", path], capture_output=True, check=True
    )
    stream = json.loads(done.stdout)["streams"][0]
    names = {"pcm16": "pcm_s16le", "mulaw": "pcm_mulaw", "alaw": "pcm_alaw", "gsm": "gsm_ms", "mp3": "mp3"}
    assert stream["codec_name"] == names[rule.codec]
    assert (int(stream["sample_rate"]), stream["channels"]) == (rule.rate, 1)
    assert float(stream["duration"]) == pytest.approx(drops.message().master.seconds, abs=0.15 if rule.kbps else 0.001)
    if rule.tag:
        assert int(stream["codec_tag"], 16) == rule.tag


PCM = drops.samples
SPOILED = {
    "riff size of zero": ("riff size", 4, lambda: patched(4, 0)),
    "riff size of a pipe": ("riff size", 4, lambda: patched(4, 0xFFFFFFFF)),
    "data size of zero": ("data size", 40, lambda: patched(40, 0)),
    "data size of a pipe": ("data size", 40, lambda: patched(40, 0xFFFFFFFF)),
    "a LIST chunk": ("chunks", 36, lambda: with_list()),
    "extensible": ("format tag", 20, lambda: drops.wave(PCM(), container="WAVEX")),
    "stereo": ("channels", 22, lambda: drops.wave(np.stack([PCM(), PCM()], axis=1))),
    "16 kHz": ("rate", 24, lambda: drops.wave(drops.message().master.wide, rate=16_000)),
    "mu-law": ("format tag", 20, lambda: drops.wave(PCM(), subtype="ULAW")),
    "24 bits": ("bits", 34, lambda: drops.wave(PCM(), subtype="PCM_24")),
    "MP3 renamed": ("container", 0, lambda: made("aircall", "mp3")),
    "empty": ("empty", 0, lambda: b""),
    "truncated": ("data size", 40, lambda: made("asterisk", "wav")[:-2001]),
    "a pause of 11 s": ("pause", None, lambda: wav(paused(11))),
    "a planted key": ("talk-off", None, lambda: wav(drops.planted("#"))),
    "too quiet": ("level", 44, lambda: wav(np.round(PCM() * 10 ** (-26 / 20)).astype(np.int16))),
    "clipped": ("clipped", None, lambda: wav(np.clip(PCM().astype(float) * 12, -32768, 32767).astype(np.int16))),
    "an offset": ("dc", 44, lambda: wav((PCM() + 400).astype(np.int16))),
    "silence": ("silence", 44, lambda: wav(np.zeros(8000 * 30, np.int16))),
    "no lead": ("lead", 44, lambda: wav(PCM()[4800:])),
    "a long tail": ("tail", None, lambda: wav(np.concatenate([PCM(), np.zeros(8000, np.int16)]))),
    "half a packet": ("packets", None, lambda: wav(PCM()[:-100])),
}


def wav(samples: np.ndarray) -> bytes:
    return riff.write(riff.Wave(tag=riff.PCM, rate=8000, samples=len(samples), data=samples.tobytes()))


def patched(at: int, value: int) -> bytes:
    file = bytearray(made("asterisk", "wav"))
    struct.pack_into("<I", file, at, value)
    return bytes(file)


def with_list() -> bytes:
    file = made("asterisk", "wav")
    chunk = b"LIST" + struct.pack("<I", 26) + b"INFOISFT" + struct.pack("<I", 14) + b"Lavf59.27.100\0"
    return b"RIFF" + struct.pack("<I", len(file) - 8 + len(chunk)) + file[8:36] + chunk + file[36:]


def paused(seconds: int) -> np.ndarray:
    samples = PCM()
    return np.concatenate([samples[:40_000], np.zeros(8000 * seconds, np.int16), samples[40_000:]])


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_file_is_refused_with_rule_and_offset(what):
    rule, offset, content = SPOILED[what]
    found = findings("asterisk.wav", content(), "asterisk")
    assert rule in {one.rule for one in found}
    if offset is not None:
        assert next(one for one in found if one.rule == rule).offset == offset
    assert all(one.reason and one.file == "asterisk.wav" for one in found)


def test_the_place_of_a_pause_is_where_it_begins():
    found = next(one for one in findings("asterisk.wav", wav(paused(11)), "asterisk") if one.rule == "pause")
    assert found.offset == pytest.approx(44 + 2 * 40_000, abs=2 * 8000)
    assert "11." in found.reason


def test_a_header_in_a_headerless_file_is_named():
    found = findings("asterisk.ulaw", drops.wave(PCM(), subtype="ULAW"), "asterisk")
    assert (found[0].rule, found[0].offset) == ("header", 0)
    assert "click" in found[0].reason


@pytest.mark.parametrize("extension", ["ulaw", "gsm", "sln", "g722"])
def test_mp3_in_a_headerless_file_is_named(extension):
    assert findings(f"asterisk.{extension}", made("aircall", "mp3"), "asterisk")[0].rule == "container"


def test_a_cut_gsm_file_and_a_foreign_one_are_named():
    whole = made("asterisk", "gsm")
    assert findings("asterisk.gsm", whole[:-5], "asterisk")[0].rule == "data size"
    assert findings("asterisk.gsm", b"\x11" * 330, "asterisk")[0].rule == "frame"


def test_a_wrong_fact_is_named():
    file = bytearray(made("twilio", "wav"))
    struct.pack_into("<I", file, 46, 99)
    found = findings("twilio.wav", bytes(file), "twilio")
    assert (found[0].rule, found[0].offset) == ("fact", 46)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda file: b"ID3\x04\0\0\0\0\0\x05extra" + file, "ID3 tag before"),
        (lambda file: file + b"TAG" + bytes(125), "ID3v1"),
        (lambda file: file[:-30], "cut off"),
        (lambda file: drops.mp3(drops.message().master.wide, 16_000, 32), "32 kbit/s"),
        (lambda file: drops.mp3(drops.samples(), 8000, 16), "8000 Hz"),
        (lambda file: made("asterisk", "wav"), "RIFF"),
    ],
)
def test_mp3_with_tags_cut_off_or_of_another_rate_is_refused(spoil, words):
    found = findings("aircall.mp3", spoil(made("aircall", "mp3")), "aircall")
    assert words in " ".join(one.reason for one in found)


FAULTS = {
    "silence": ("silence", lambda clean: clean * 0),
    "too quiet": ("level", lambda clean: clean * 10 ** (-26 / 20)),
    "a pause of 11 s": ("pause", lambda clean: np.insert(clean, len(clean) // 2, np.zeros(11 * 16_000))),
    "a planted key": ("talk-off", lambda clean: planted(clean)),
    "clipped": ("clipped", lambda clean: clean * 40),
    "no lead": ("lead", lambda clean: clean[8000:]),
    "a long tail": ("tail", lambda clean: np.concatenate([clean, np.zeros(16_000)])),
}
# One of each form there is; the level of a clipped one is checked where coding rounds full scale off.
EVERY_FORM = sorted(
    {
        (rule.container, rule.codec, rule.rate, rule.kbps): (target, extension)
        for target, extension in FORMS
        for rule in [rule_of(target, extension)]
    }.values()
)


def planted(clean: np.ndarray) -> np.ndarray:
    spoiled = clean.copy()
    spoiled[32_000:35_200] = drops.press("#", seconds=0.2, rate=16_000)
    return spoiled


def coded(wide: np.ndarray, target: str, extension: str) -> bytes:
    wide = np.clip(np.round(wide), -32768, 32767)[: len(wide) // 640 * 640]
    narrow = np.clip(soxr.resample(wide, 16_000, 8000), -32768, 32767)
    master = chain.Master(narrow=narrow.astype(np.int16), wide=wide.astype(np.int16))
    return encoding.encode(master, rule_of(target, extension), mp3=drops.mp3)


@pytest.fixture(scope="module")
def short() -> np.ndarray:
    """A clean message of some seconds at 16 kHz, to be spoiled."""
    said = drops.say(
        "This is a message that is long enough to be longer than the shortest that anybody takes. Goodbye."
    )
    return chain.process([(said, 0.0)]).wide.astype(float)


@pytest.mark.parametrize(("target", "extension"), EVERY_FORM)
def test_wrong_sound_is_refused_in_every_form_with_the_right_reason(short, target, extension):
    """The same seven faults in linear PCM, mu-law, A-law, GSM, G.722 and MP3: what is coded is what is judged."""
    assert findings(f"{target}.{extension}", coded(short, target, extension), target) == []
    for what, (rule, spoil) in FAULTS.items():
        found = findings(f"{target}.{extension}", coded(spoil(short), target, extension), target)
        assert (
            {rule, "peak"} & {one.rule for one in found} if rule == "clipped" else rule in {one.rule for one in found}
        ), what
        assert all(one.file == f"{target}.{extension}" and one.reason for one in found)


def test_an_mp3_whose_frames_hold_noise_is_refused_where_it_begins(capfd):
    file = bytearray(made("aircall", "mp3"))
    noise = np.random.default_rng(5).integers(0, 256, len(file)).astype(np.uint8).tobytes()
    for at in range(0, len(file) - 72, 72):  # 16 kbit/s at 16 kHz: every frame is 72 bytes, 4 of them header
        file[at + 4 : at + 72] = noise[at + 4 : at + 72]
    found = findings("aircall.mp3", bytes(file), "aircall")
    assert [(one.rule, one.offset) for one in found] == [("container", 0)]
    assert "damaged" in found[0].reason
    assert capfd.readouterr().err == "", "the decoder was let loose on it"


def test_an_mp3_with_one_frame_of_another_length_is_refused_where_it_is():
    file = made("aircall", "mp3")
    found = findings("aircall.mp3", file[: 72 * 50] + file[72 * 51 - 30 :], "aircall")
    assert found[0].rule == "container"
    assert 72 * 50 <= found[0].offset <= 72 * 51


def test_a_walk_over_mp3_counts_its_frames():
    stream = mp3.walk(made("aircall", "mp3"))
    assert (stream.rate, stream.channels, stream.kbps, stream.faults) == (16_000, 1, 16, ())
    assert stream.samples / 16_000 == pytest.approx(drops.message().master.seconds, abs=0.15)


def test_an_extension_that_the_target_does_not_take_is_named():
    found = findings("twilio.snd", b"x", "twilio")
    assert found[0].rule == "extension"
    assert ".wav" in found[0].reason


def test_sixty_seconds_pass_and_a_packet_more_does_not():
    def of(seconds: float) -> list[str]:
        samples = np.resize(PCM(), round(seconds * 8000))
        return [one.rule for one in findings("drop-co.wav", wav(samples), "drop-co")]

    assert "too long" not in of(60.0)
    assert "too long" in of(60.02)


def test_five_seconds_are_too_short_for_slybroadcast_and_a_packet_more_is_not():
    def of(seconds: float) -> list[str]:
        return [one.rule for one in findings("slybroadcast.wav", wav(PCM()[: round(seconds * 8000)]), "slybroadcast")]

    assert "too short" in of(5.0)
    assert "too short" not in of(5.04)


@pytest.mark.parametrize(
    ("target", "limit"),
    [("generic", 1_000_000), ("infin8linx", 1_000_000), ("teams", 5_000_000), ("aircall", 9_570_000)],
)
def test_a_file_over_the_targets_bytes_is_refused(target, limit):
    extension = drops.PROFILES[target].file[0].extension
    assert "bytes" not in [one.rule for one in findings(f"{target}.{extension}", bytes(limit), target)]
    assert "bytes" in [one.rule for one in findings(f"{target}.{extension}", bytes(limit + 1), target)]


def test_a_target_that_takes_less_than_asked_is_named_before_anything_is_voiced():
    with pytest.raises(VoicemailError, match="'drop-co' takes at most 60 s, not 70"):
        export.limit([drops.PROFILES["drop-co"]], 70)


def test_a_name_that_the_target_does_not_take_is_refused():
    assert [one.rule for one in findings("briefing of monday, north.wav", wav(PCM()), "generic")] == ["name", "name"]


def test_a_files_name_tells_its_target():
    assert check.target_of("asterisk-02.ulaw", drops.PROFILES).target == "asterisk"
    assert check.target_of("cisco-unity.wav", drops.PROFILES).target == "cisco-unity"
    with pytest.raises(VoicemailError, match="--target"):
        check.target_of("monday.wav", drops.PROFILES)


def test_mulaw_at_full_scale_is_over_the_peak():
    loud = np.clip(PCM().astype(float) * 8, -32768, 32767).astype(np.int16)
    content = riff.write(riff.Wave(tag=riff.MULAW, rate=8000, samples=len(loud), data=g711.encode_mulaw(loud)))
    assert {"peak", "level"} <= {one.rule for one in findings("twilio.wav", content, "twilio")}


def test_an_mp3_of_a_single_frame_is_no_message():
    assert {"too short", "frame"} == {
        one.rule for one in findings("aircall.mp3", made("aircall", "mp3")[:72], "aircall")
    }


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_data_size_that_was_never_corrected_is_one_short_finding(size):
    (found,) = findings("asterisk.wav", patched(40, size), "asterisk")
    assert (found.rule, found.offset) == ("data size", 40)
    assert "written to a pipe and never corrected" in found.reason
    assert len(str(found)) < 140


def test_an_empty_data_chunk_at_the_end_says_nothing_of_bytes_behind_it():
    (found,) = findings("asterisk.wav", wav(PCM()[:0]), "asterisk")
    assert found.reason == "the data chunk says it is empty"


def test_of_thousands_of_chunks_a_few_are_named():
    file = made("asterisk", "wav")
    many = b"".join(b"x%03d" % number + bytes(4) for number in range(900))
    content = b"RIFF" + struct.pack("<I", len(file) - 8 + len(many)) + file[8:] + many
    (found,) = findings("asterisk.wav", content, "asterisk")
    assert found.rule == "chunks"
    assert found.reason == "chunks 'fmt ', 'data', 'x000', 'x001', 'x002', 'x003' and 896 more, not 'fmt ', 'data'"
