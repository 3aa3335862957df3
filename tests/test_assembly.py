"""Clips in, recording out; ffmpeg, mutagen and mp3val are the judges."""

from __future__ import annotations

import io
import json
import subprocess

import mutagen.id3
import mutagen.mp3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import FORMAT, encode, make_clip, make_tag, program, run
from roadcast import artwork, assembly
from roadcast.errors import FormatMismatch, ProductionError
from roadcast.model import AudioFormat, Chapter, Clip, Recording

FORMATS = [
    FORMAT,
    AudioFormat(rate=48_000, kbps=96),
    AudioFormat(rate=32_000, kbps=48),
    AudioFormat(channels=2, kbps=128),
]
JPEG = artwork.small(artwork.cover("Road", subtitle="", colours=("#0b3954", "#ff6663")))


def make_recording(*lengths: float, format: AudioFormat = FORMAT, **tag: object) -> tuple[Recording, bytes]:  # noqa: A002
    """Join tones of these lengths, a chapter each."""
    sounds = [encode(seconds, hertz=200 + 70 * n, format=format) for n, seconds in enumerate(lengths)]
    clips = [make_clip(data) for data in sounds]
    recording = assembly.join(clips, chapters=chapters_of(clips), tag=make_tag(**tag))
    kept = {clip.key: data for clip, data in zip(clips, sounds, strict=True)}
    return recording, b"".join(assembly.write(recording, lambda clip: kept[clip.key]))


def chapters_of(clips: list[Clip]) -> list[Chapter]:
    chapters: list[Chapter] = []
    for number, clip in enumerate(clips):
        start = chapters[-1].end if chapters else 0.0
        chapters.append(Chapter(title=f"Part {number}", start=start, end=start + clip.seconds))
    return chapters


def decode(path: object, *, start: float = 0.0) -> np.ndarray:
    """Decode with a decoder that stops at the first error and must not even warn."""
    seek = ["-ss", start] if start else []
    done = run("ffmpeg", "-v", "warning", "-xerror", *seek, "-f", "mp3", "-i", path, "-map", "0:a", "-f", "s16le", "-")
    assert done.stderr == b""
    return np.frombuffer(done.stdout, dtype="<i2")


def decode_bare(data: bytes) -> np.ndarray:
    """Decode a clip's frames, which have no Info frame: ffmpeg warns that it guesses their length."""
    done = subprocess.run(
        [program("ffmpeg"), *["-v", "error", "-f", "mp3", "-i", "-", "-f", "s16le", "-"]],
        input=data,
        capture_output=True,
    )
    assert done.stderr == b""
    return np.frombuffer(done.stdout, dtype="<i2")


@pytest.fixture(scope="module")
def episode(tmp_path_factory: pytest.TempPathFactory):
    """An episode of twelve clips, and the file that it is."""
    chapters = [0.4 + 0.37 * n for n in range(12)]
    recording, data = make_recording(*chapters, title="Prices – naïve ☃", comment="A computer’s voice", cover=JPEG)
    path = tmp_path_factory.mktemp("episode") / "episode.mp3"
    path.write_bytes(data)
    return recording, path


@pytest.mark.parametrize("format", FORMATS, ids=str)
def test_every_reader_tells_the_same_length(format: AudioFormat, tmp_path) -> None:  # noqa: A002
    recording, data = make_recording(1.0, 0.3, 2.2, format=format)
    path = tmp_path / "recording.mp3"
    path.write_bytes(data)
    by_header = float(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path).stdout)
    by_decoding = len(decode(path)) / format.channels / format.rate
    by_mutagen = mutagen.mp3.MP3(path).info.length
    assert [by_header, by_decoding, by_mutagen] == pytest.approx([recording.seconds] * 3, abs=0.05)


def test_the_file_is_as_long_as_the_recording_says(episode) -> None:
    recording, path = episode
    assert path.stat().st_size == recording.size


def test_mp3val_finds_nothing_to_complain_about(episode) -> None:
    said = run("mp3val", episode[1]).stdout.decode()
    assert "WARNING" not in said
    assert f"{sum(c.frames for c in episode[0].clips) + 1} MPEG frames (MPEG 1 Layer III), +ID3v2, CBR" in said


def test_the_joined_sound_is_bit_for_bit_the_sound_of_the_clips(tmp_path) -> None:
    _, data = make_recording(0.7, 1.1, 0.5)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(data)
    alone = [decode_bare(encode(seconds, hertz=200 + 70 * n)) for n, seconds in enumerate((0.7, 1.1, 0.5))]
    delay = 576 + 529  # what a player drops at the start because the Info frame tells it to
    assert np.array_equal(decode(joined), np.concatenate(alone)[delay:])


def test_seeking_lands_where_the_chapters_say(episode) -> None:
    _, path = episode
    start = 6.0
    after_seeking = decode(path, start=start)
    whole = decode(path)[round(start * FORMAT.rate) :]
    primed = 5 * 1152  # the first frames after a jump lack the bits that they borrowed
    assert np.array_equal(after_seeking[primed:], whole[primed:])


def test_ffprobe_lists_the_chapters_in_order_of_time(episode) -> None:
    recording, path = episode
    told = json.loads(run("ffprobe", "-v", "error", "-show_chapters", "-of", "json", path).stdout)["chapters"]
    assert [(c["tags"]["title"], float(c["start_time"]), float(c["end_time"])) for c in told] == [
        (c.title, pytest.approx(c.start, abs=0.001), pytest.approx(c.end, abs=0.001)) for c in recording.chapters
    ]


def test_the_table_of_contents_is_before_the_chapters_and_lists_them_in_order(episode) -> None:
    data = episode[1].read_bytes()
    tag = mutagen.id3.ID3(episode[1])
    assert tag["CTOC:toc"].child_element_ids == [f"ch{n}" for n in range(12)]
    assert tag["CTOC:toc"].flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    names = [name for name, _ in frames_of_tag(data)]
    assert [name for name in names if name in (b"CTOC", b"CHAP")] == [b"CTOC"] + [b"CHAP"] * 12
    assert [body.split(b"\0")[0] for name, body in frames_of_tag(data) if name == b"CHAP"] == [
        b"ch%d" % n for n in range(12)
    ]


def frames_of_tag(data: bytes) -> list[tuple[bytes, bytes]]:
    """Read an ID3v2.3 tag's frames in the order of the file, which mutagen does not tell."""
    end = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    found, place = [], 10
    while place < end:
        size = int.from_bytes(data[place + 4 : place + 8], "big")
        found.append((data[place : place + 4], data[place + 10 : place + 10 + size]))
        place += 10 + size
    return found


def test_a_chapter_has_times_but_no_byte_offsets(episode) -> None:
    chapter = mutagen.id3.ID3(episode[1])["CHAP:ch1"]
    assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
    assert chapter.start_time == round(episode[0].chapters[1].start * 1000)


def test_the_tag_tells_what_a_player_without_the_feed_needs(episode) -> None:
    recording, path = episode
    tag = mutagen.id3.ID3(path)
    assert path.read_bytes()[:5] == b"ID3\x03\x00"
    assert str(tag["TIT2"]) == "Prices – naïve ☃"
    assert (str(tag["TALB"]), str(tag["TPE1"]), str(tag["TCON"])) == ("Road Briefing", "Norrland", "Podcast")
    assert str(tag["TDRC"]) == "2026-11-23"
    assert str(tag["COMM::eng"]) == "A computer’s voice"
    assert +tag["TLEN"] == round(recording.seconds * 1000)
    assert (tag["APIC:Cover"].mime, tag["APIC:Cover"].type, tag["APIC:Cover"].data) == ("image/jpeg", 3, JPEG)


def test_a_chapter_links_to_its_source() -> None:
    chapter = Chapter(title="Prices", start=0, end=0.1, link="https://intranet.example/prices")
    recording = assembly.join([make_clip(encode(0.3))], chapters=[chapter], tag=make_tag())
    tag = mutagen.id3.ID3(io.BytesIO(recording.head + encode(0.3)))
    assert tag["CHAP:ch0"].sub_frames["WXXX:"].url == "https://intranet.example/prices"


@given(title=st.text(max_size=80), comment=st.text(max_size=80), chapter=st.text(max_size=80))
def test_any_text_survives_in_a_tag_or_loses_only_what_nobody_can_see(title: str, comment: str, chapter: str) -> None:
    listed = [Chapter(title=chapter, start=0, end=0.2)]
    head = assembly.join([CLIP], chapters=listed, tag=make_tag(title=title, comment=comment)).head
    tag = mutagen.id3.ID3(io.BytesIO(head + encode(0.3)))
    assert str(tag.get("TIT2", "")) == visible(title)
    assert str(tag.get("COMM::eng", "")) == visible(comment)
    assert str(tag["CHAP:ch0"].sub_frames.get("TIT2", "")) == visible(chapter)


CLIP = make_clip(encode(0.3))


def visible(text: str) -> str:
    def shown(letter: str) -> bool:
        code = ord(letter)
        return letter in "\t\n" or (code >= 0x20 and not 0x7F <= code <= 0x9F and not 0xD800 <= code <= 0xDFFF)

    return "".join(letter for letter in text if shown(letter) and letter not in "\ufffe\uffff")


def test_the_info_frame_tells_frames_bytes_and_where_each_percent_is(episode) -> None:
    recording, path = episode
    data = path.read_bytes()
    info = data.index(b"Info")
    count, size = (int.from_bytes(data[info + place : info + place + 4], "big") for place in (8, 12))
    contents = data[info + 16 : info + 116]
    assert count == sum(clip.frames for clip in recording.clips)
    assert size == len(data) - (info - 21)
    assert list(contents) == sorted(contents)
    assert contents[50] == pytest.approx(128, abs=2)


def test_joining_is_deterministic() -> None:
    assert make_recording(0.3, 0.4)[1] == make_recording(0.3, 0.4)[1]


def test_the_digest_changes_with_any_clip_and_with_the_head() -> None:
    first, other = make_clip(encode(0.3)), make_clip(encode(0.3, hertz=500))
    digests = {
        assembly.join(clips, chapters=(), tag=make_tag(title=title)).digest
        for clips, title in (
            ([first], "A"),
            ([other], "A"),
            ([first, other], "A"),
            ([other, first], "A"),
            ([first], "B"),
        )
    }
    assert len(digests) == 5


def test_clips_of_another_format_are_refused_by_name() -> None:
    clips = [make_clip(encode(0.3)), make_clip(encode(0.3, format=FORMATS[1]))]
    with pytest.raises(FormatMismatch, match=r"clip 1 .* is mp3-48000-1-96, the first is mp3-44100-1-64"):
        assembly.join(clips, chapters=(), tag=make_tag())


def test_an_edition_without_clips_is_refused() -> None:
    with pytest.raises(ProductionError, match="nothing to join"):
        assembly.join([], chapters=(), tag=make_tag())


@pytest.mark.parametrize(
    "chapters",
    [
        [Chapter(title="Late", start=0.1, end=0.2)],
        [Chapter(title="Long", start=0.0, end=99.0)],
        [Chapter(title="Backwards", start=0.0, end=-1.0)],
        [
            Chapter(title="B", start=0.0, end=0.1),
            Chapter(title="C", start=0.2, end=0.3),
            Chapter(title="A", start=0.1, end=0.2),
        ],
    ],
    ids=lambda chapters: chapters[-1].title,
)
def test_chapters_that_no_player_can_show_are_refused(chapters: list[Chapter]) -> None:
    with pytest.raises(ProductionError, match="chapter"):
        assembly.join([CLIP], chapters=chapters, tag=make_tag())


def test_more_chapters_than_a_tag_can_list_are_refused() -> None:
    with pytest.raises(ProductionError, match="256 chapters"):
        assembly.join([CLIP], chapters=[Chapter(title="x", start=0, end=0)] * 256, tag=make_tag())


def test_a_cover_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ProductionError, match="neither JPEG nor PNG"):
        assembly.join([CLIP], chapters=(), tag=make_tag(cover=b"GIF89a"))


def test_a_damaged_clip_stops_the_writing_before_its_first_byte() -> None:
    data = encode(0.3)
    recording = assembly.join([make_clip(data)], chapters=(), tag=make_tag())
    parts = assembly.write(recording, lambda clip: data[:-1] + b"\0")
    assert next(parts) == recording.head
    with pytest.raises(ProductionError, match="damaged"):
        next(parts)


def test_writing_reads_one_clip_at_a_time() -> None:
    asked: list[str] = []
    sounds = {make_clip(data).key: data for data in (encode(0.3), encode(0.4))}
    recording = assembly.join([make_clip(data) for data in sounds.values()], chapters=(), tag=make_tag())

    def read(clip: Clip) -> bytes:
        asked.append(clip.key)
        return sounds[clip.key]

    parts = assembly.write(recording, read)
    next(parts)
    assert asked == []
    next(parts)
    assert asked == [recording.clips[0].key]


@pytest.mark.parametrize("format", FORMATS, ids=str)
def test_frames_are_counted_as_ffprobe_counts_them(format: AudioFormat, tmp_path) -> None:  # noqa: A002
    data = encode(1.3, format=format)
    path = tmp_path / "clip.mp3"
    path.write_bytes(data)
    packets = run(
        "ffprobe", "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", path
    )
    found = assembly.frames(data)
    assert (found.count, found.size, found.format) == (int(packets.stdout), len(data), format)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda data: b"", "no MPEG frame at byte 0 of 0"),
        (lambda data: b"ID3\x03\0\0\0\0\0\0" + data, "no MPEG frame at byte 0"),
        (lambda data: data[:-1], "the last frame, at byte .* lacks its end"),
        (lambda data: data + b"TAG" + bytes(125), "no MPEG frame at byte"),
        (lambda data: data[:208] + b"junk" + data[208:], "no MPEG frame at byte 208"),
        (lambda data: data + encode(0.3, format=FORMATS[1]), "mp3-44100-1-64 becomes mp3-48000-1-96 at byte"),
        (lambda data: data + encode(0.3, format=AudioFormat(kbps=96)), "mp3-44100-1-64 becomes mp3-44100-1-96 at byte"),
        (lambda data: assembly.join([make_clip(data)], chapters=(), tag=make_tag()).head[-208:] + data, "Info frame"),
        (lambda data: data[_borrowing(data) :], "borrows .* bytes"),
    ],
    ids=["empty", "tagged", "cut", "tagged at the end", "junk", "other rate", "other bit rate", "Info", "borrowing"],
)
def test_a_clip_that_cannot_be_joined_is_refused_with_the_place(spoil, message: str) -> None:
    with pytest.raises(ProductionError, match=message):
        assembly.frames(spoil(encode(0.5, noise=0.4)))


def _borrowing(data: bytes) -> int:
    """Find a frame that needs bits of the one before it."""
    offset = 0
    while data[offset + 4] == 0 and data[offset + 5] < 0x80:
        offset += 208 + (data[offset + 2] >> 1 & 1)
    assert offset
    return offset
