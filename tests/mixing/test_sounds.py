import pickle
import shutil
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from mixing.hearing import RATE, needs_ffmpeg
from roadcast import mixing
from roadcast.errors import ProductionError
from roadcast.mixing import foreign, recognising
from roadcast.mixing.gating import loudness
from roadcast.mixing.meter import energies
from roadcast.mixing.signal import from_speech
from roadcast.mixing.sounds import REFERENCE
from roadcast.model.rundown import Cue, CueKind

STING, BED = CueKind.STING, CueKind.BED


def tone(seconds: float, rate: int = RATE) -> np.ndarray:
    return (np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate) * 0.3).astype(np.float32)


def write_wav(path: Path, samples: np.ndarray, rate: int = RATE, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes((np.repeat(samples, channels) * 32767).astype("<i2").tobytes())
    return path


def converted(source: Path, target: Path, *options: str) -> Path:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-i", source, *options, target], check=True)
    return target


def cue(name: str, kind: CueKind = STING) -> Cue:
    return Cue(kind=kind, sound=name)


def test_every_name_has_a_packaged_sound_at_one_level():
    sounds = mixing.load_sounds(None, ["update", "bed", "anything-at-all", ""])
    for name in ("update", "bed", "anything-at-all"):
        assert loudness(energies(sounds.by_name[name], RATE)) == pytest.approx(REFERENCE, abs=0.05)
    assert set(sounds.by_name) == {"update", "bed", "anything-at-all"}


def test_sounds_travel_to_another_process():
    sounds = mixing.load_sounds(None, ["update"])
    assert np.array_equal(pickle.loads(pickle.dumps(sounds)).by_name["update"], sounds.by_name["update"])


def test_a_file_of_the_team_comes_before_the_packaged_sound(tmp_path):
    write_wav(tmp_path / "update.wav", tone(2.0, 48_000), rate=48_000, channels=2)
    sounds = mixing.load_sounds(tmp_path, ["update", "story"])
    own = sounds.get(cue("update"))
    assert len(own) == 2 * RATE
    spectrum = np.abs(np.fft.rfft(own))
    assert np.argmax(spectrum) / 2 == pytest.approx(440, abs=1)
    assert loudness(energies(own, RATE)) == pytest.approx(REFERENCE, abs=0.1)
    assert abs(own[-1]) < 1e-3
    assert np.array_equal(sounds.get(cue("story")), mixing.load_sounds(None, ["story"]).get(cue("story")))


@needs_ffmpeg
@pytest.mark.parametrize("suffix", ["mp3", "flac", "ogg", "m4a", "aiff"])
def test_music_may_come_in_any_usual_format(tmp_path, suffix):
    source = write_wav(tmp_path / "in.source.wav", tone(2.0))
    folder = tmp_path / "sounds"
    folder.mkdir()
    converted(source, folder / f"update.{suffix}")
    own = mixing.load_sounds(folder, ["update"]).get(cue("update"))
    assert len(own) / RATE == pytest.approx(2.0, abs=0.1)
    assert np.argmax(np.abs(np.fft.rfft(own[: 2 * RATE]))) / (len(own[: 2 * RATE]) / RATE) == pytest.approx(440, abs=1)


@needs_ffmpeg
@pytest.mark.parametrize("codec", ["pcm_s24le", "pcm_f32le", "pcm_u8"])
def test_every_kind_of_wav_is_read(tmp_path, codec):
    converted(write_wav(tmp_path / "x.source", tone(1.0)), tmp_path / "story.wav", "-c:a", codec)
    own = mixing.load_sounds(tmp_path, ["story"]).get(cue("story"))
    assert len(own) == RATE


@needs_ffmpeg
@pytest.mark.parametrize("suffix", ["wav", "flac", "m4a"])
def test_surround_sound_is_read_whatever_the_library_knows_of_it(tmp_path, suffix):
    """ffmpeg writes more than two channels as a WAV that the wave module knows only from Python 3.12 on."""
    source = write_wav(tmp_path / "in.source.wav", tone(1.0))
    folder = tmp_path / "sounds"
    folder.mkdir()
    converted(source, folder / f"update.{suffix}", "-ac", "6")
    own = mixing.load_sounds(folder, ["update"]).get(cue("update"))
    assert len(own) / RATE == pytest.approx(1.0, abs=0.1)
    assert loudness(energies(own, RATE)) == pytest.approx(REFERENCE, abs=0.2)


def test_two_hundred_thousand_samples_a_second_are_brought_to_ours(tmp_path):
    write_wav(tmp_path / "update.wav", tone(1.0, 192_000), rate=192_000)
    assert len(mixing.load_sounds(tmp_path, ["update"]).get(cue("update"))) == RATE


def test_a_bed_of_the_team_goes_round_without_a_jump(tmp_path):
    ramp = np.linspace(0.05, 0.4, 10 * RATE, dtype=np.float32) * np.sign(tone(10.0))
    write_wav(tmp_path / "calm.wav", ramp)
    bed = mixing.load_sounds(tmp_path, ["calm"]).get(cue("calm", BED))
    assert len(bed) == 9 * RATE
    around = np.concatenate([bed[-RATE // 10 :], bed[: RATE // 10]])
    early, late = np.sqrt(np.mean(around[: RATE // 10] ** 2)), np.sqrt(np.mean(around[RATE // 10 :] ** 2))
    assert 20 * np.log10(late / early) == pytest.approx(0.0, abs=1.0)


def test_a_bed_that_does_not_exist_is_named():
    sounds = mixing.load_sounds(None, ["calm"])
    with pytest.raises(ProductionError, match=r"no bed called 'calm': put calm.wav, 8 s or longer, into sounds/"):
        sounds.get(cue("calm", BED))


def test_a_long_sting_is_refused(tmp_path):
    write_wav(tmp_path / "update.wav", tone(9.5))
    with pytest.raises(ProductionError, match=r"sounds/update: a sting of 8 s; cut it to less than 8 s"):
        mixing.load_sounds(tmp_path, ["update"]).get(cue("update"))


def test_a_sound_that_was_not_loaded_is_named():
    with pytest.raises(ProductionError, match="the sting 'update' was not loaded"):
        mixing.Sounds(rate=RATE).get(cue("update"))


def test_two_files_of_one_name_are_refused(tmp_path):
    for suffix in ("mp3", "wav"):
        (tmp_path / f"bed.{suffix}").write_bytes(b"x")
    with pytest.raises(ProductionError, match=r"bed.wav: bed.mp3 has the same name; keep one"):
        mixing.load_sounds(tmp_path, ["bed"])


def test_a_sounds_identity_changes_with_its_file_alone(tmp_path):
    before = mixing.identify_sounds(tmp_path, ["update", "story", ""])
    assert before == mixing.identify_sounds(None, ["story", "update"])
    write_wav(tmp_path / "update.wav", tone(1.0))
    after = mixing.identify_sounds(tmp_path, ["update", "story"])
    assert after["story"] == before["story"]
    assert after["update"] != before["update"]


PLAYLIST = b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
CONCAT = b"ffconcat version 1.0\nfile /etc/passwd\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "0 bytes"),
        (PLAYLIST, "no WAV, MP3"),
        (CONCAT, "no WAV, MP3"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no WAV, MP3"),
        (b"\x00" * 4000, "no WAV, MP3"),
    ],
)
def test_what_is_no_sound_is_refused_in_one_line(tmp_path, content, complaint):
    for name in ("update.mp3", "update.wav", "update.flac"):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(ProductionError, match=complaint) as caught:
            mixing.load_sounds(tmp_path, ["update"])
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)
        path.unlink()


@needs_ffmpeg
@pytest.mark.parametrize(
    "head",
    [b"ID3\x04\x00\x00\x00\x00\x00\x00", b"RIFF\x00\x00\x00\x00WAVE", b"fLaC", b"OggS", b"\x00\x00\x00\x18ftypM4A "],
)
def test_a_playlist_behind_the_first_bytes_of_a_sound_opens_nothing(tmp_path, head, monkeypatch):
    secret = write_wav(tmp_path / "secret.wav", tone(1.0))
    (tmp_path / "bed.mp3").write_bytes(head + PLAYLIST.replace(b"/etc/passwd", str(secret).encode()) * 50)
    with pytest.raises(ProductionError, match=r"bed\.mp3: .*; export it"):
        mixing.load_sounds(tmp_path, ["bed"])


@needs_ffmpeg
@pytest.mark.parametrize("suffix", ["mp3", "flac", "m4a", "wav"])
def test_a_damaged_file_is_refused(tmp_path, suffix):
    source = write_wav(
        tmp_path / "source", (np.random.default_rng(0).standard_normal(3 * RATE) * 0.1).astype(np.float32)
    )
    whole = converted(source, tmp_path / f"whole.{suffix}").read_bytes()
    noise = np.random.default_rng(1).bytes(len(whole) // 2)
    folder = tmp_path / "sounds"
    folder.mkdir()
    (folder / f"update.{suffix}").write_bytes(whole[: len(whole) // 3] + (b"" if suffix == "wav" else noise))
    with pytest.raises(ProductionError, match=rf"update\.{suffix}: damaged: "):
        mixing.load_sounds(folder, ["update"])


@needs_ffmpeg
def test_three_hours_are_refused_and_never_held_in_memory(tmp_path):
    minute = converted(
        write_wav(tmp_path / "m.source", np.zeros(60 * 8000, np.float32), rate=8000),
        tmp_path / "m.mp3",
        "-b:a",
        "8k",
        "-write_xing",
        "0",
        "-id3v2_version",
        "0",
    )
    (tmp_path / "sounds").mkdir()
    (tmp_path / "sounds" / "bed.mp3").write_bytes(minute.read_bytes() * 180)
    with pytest.raises(ProductionError, match="longer than 10 minutes"):
        mixing.load_sounds(tmp_path / "sounds", ["bed"])


LOSSY = {"m4a": ("-b:a", "8k"), "mp3": ("-q:a", "9", "-write_xing", "0"), "aac": ("-b:a", "8k"), "flac": (), "ogg": ()}


@needs_ffmpeg
@pytest.mark.parametrize("suffix", LOSSY)
def test_how_long_a_recording_lasts_is_known_before_it_is_decoded(tmp_path, suffix):
    source = write_wav(tmp_path / "talk.wav", tone(25, 8000), rate=8000)
    talk = converted(source, tmp_path / f"talk.{suffix}", *LOSSY[suffix])
    assert mixing.seconds_of(source) == 25
    assert mixing.seconds_of(talk) == pytest.approx(25, abs=0.4)


@needs_ffmpeg
@pytest.mark.parametrize("suffix", LOSSY)
def test_ten_minutes_are_taken_and_eleven_are_not_however_they_are_coded(tmp_path, suffix):
    for minutes in (10, 11):
        source = write_wav(tmp_path / "source.wav", np.zeros(minutes * 60 * 8000, np.float32), rate=8000)
        converted(source, tmp_path / f"{minutes}.{suffix}", *LOSSY[suffix])
    assert mixing.seconds_of(tmp_path / f"10.{suffix}") == pytest.approx(600, abs=0.4)
    assert sum(1 for _ in foreign._parts(tmp_path / f"10.{suffix}")) > 100
    with pytest.raises(ProductionError, match=rf"11\.{suffix}: longer than 10 minutes; cut it"):
        mixing.seconds_of(tmp_path / f"11.{suffix}")


@needs_ffmpeg
def test_what_is_damaged_lasts_no_time(tmp_path):
    (tmp_path / "talk.m4a").write_bytes(b"\0\0\0\x20ftypM4A " + bytes(20))
    with pytest.raises(ProductionError, match=r"talk\.m4a: damaged: "):
        mixing.seconds_of(tmp_path / "talk.m4a")


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "bed.wav").open("wb") as file:
        file.write(b"RIFF")
        file.truncate(recognising.LARGEST + 1)
    with pytest.raises(ProductionError, match="64 MB, at most 64 MB"):
        mixing.load_sounds(tmp_path, ["bed"])


def test_silence_is_no_music(tmp_path):
    write_wav(tmp_path / "update.wav", np.zeros(RATE, np.float32))
    with pytest.raises(ProductionError, match="nothing but silence"):
        mixing.load_sounds(tmp_path, ["update"])


@needs_ffmpeg
def test_a_decoder_that_hangs_is_ended(tmp_path, monkeypatch):
    program = tmp_path / "bin" / "ffmpeg"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    monkeypatch.setattr(foreign, "_TIMEOUT", 0.2)
    (tmp_path / "note.mp3").write_bytes(b"ID3" + bytes(100))
    with pytest.raises(ProductionError, match=r"not decoded within 0 s"):
        mixing.read_foreign(tmp_path / "note.mp3")


def test_without_ffmpeg_wav_is_read_and_mp3_asks_for_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("ffmpeg") is None
    write_wav(tmp_path / "update.wav", tone(1.0))
    assert len(mixing.load_sounds(tmp_path, ["update"]).get(cue("update"))) == RATE
    (tmp_path / "bed.mp3").write_bytes(b"ID3" + bytes(100))
    with pytest.raises(ProductionError, match=r"bed.mp3: reading this needs ffmpeg; install it, or export"):
        mixing.load_sounds(tmp_path, ["bed"])


def test_a_recording_loses_the_silence_at_its_ends_and_nothing_else(tmp_path):
    spoken = tone(2.0)
    hiss = np.random.default_rng(0).standard_normal(RATE) * 0.0005
    path = write_wav(
        tmp_path / "note.wav", np.concatenate([hiss, spoken, spoken[:RATE] * 0, spoken, hiss]).astype(np.float32)
    )
    speech = mixing.read_foreign(path)
    assert (speech.width, speech.channels, speech.rate) == (2, 1, RATE)
    assert speech.seconds == pytest.approx(5.0 + 0.1, abs=0.03)
    assert np.abs(from_speech(speech, RATE)).max() == pytest.approx(0.3, abs=0.01)


def test_a_missing_recording_is_named(tmp_path):
    with pytest.raises(ProductionError, match=r"gone.wav: cannot be read: No such file"):
        mixing.read_foreign(tmp_path / "gone.wav")
