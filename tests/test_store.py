"""The store: whole or not at all, whatever the disk does."""

import errno
import os
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date

import pytest

from making import make_tag
from roadcast import assembly, mixing, store
from roadcast.errors import StorageError
from roadcast.model import AudioFormat, Edition, ShowId
from roadcast.store import Store, write, write_private

EDITION = Edition(show=ShowId("s"), date=date(2026, 11, 20))


def make_clip(frames=5):
    return mixing.silence(frames, AudioFormat())


def left_over(folder):
    return [path for path in folder.rglob("*") if path.name.endswith(".part")]


def test_what_is_written_is_read_back(tmp_path):
    write(tmp_path / "a" / "b.bin", [b"one ", b"two"])
    assert (tmp_path / "a" / "b.bin").read_bytes() == b"one two"
    assert left_over(tmp_path) == []


def test_a_private_file_is_for_its_owner_only_even_where_the_same_lay_open(tmp_path):
    path = tmp_path / "names.html"
    write(path, b"Ada")
    assert stat.S_IMODE(path.stat().st_mode) & 0o044
    write_private(path, b"Ada")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"Ada"
    assert left_over(tmp_path) == []


def test_the_same_bytes_are_not_written_twice(tmp_path):
    path = tmp_path / "x"
    write(path, b"same")
    before = path.stat()
    write(path, b"same")
    assert path.stat().st_ino == before.st_ino
    write(path, b"other")
    assert path.stat().st_ino != before.st_ino


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE])
@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace"])
def test_a_refusing_disk_leaves_the_old_content_and_one_line(tmp_path, monkeypatch, call, code):
    path = tmp_path / "x"
    write(path, b"old")

    def refuse(*_arguments, **_named):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(store.os, call, refuse)
    with pytest.raises(StorageError, match="cannot be written") as caught:
        write(path, b"new and longer")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert left_over(tmp_path) == []
    assert "\n" not in str(caught.value)
    write(path, b"new and longer")
    assert path.read_bytes() == b"new and longer"


def test_a_source_that_fails_half_way_leaves_nothing(tmp_path):
    def chunks():
        yield b"half"
        raise StorageError("the clip is gone")

    with pytest.raises(StorageError, match="gone"):
        write(tmp_path / "x", chunks())
    assert list(tmp_path.iterdir()) == []


def test_a_clip_is_found_whole_or_not_at_all(tmp_path):
    clip, data = make_clip()
    kept = Store(tmp_path)
    assert kept.clip(clip.key) is None
    kept.keep(clip, data)
    assert kept.clip(clip.key) == clip
    assert kept.read(clip) == data
    path = kept.path_of(clip)
    for damage in (data[:-1], b"", data[:100] + b"\0" + data[101:]):
        path.write_bytes(damage)
        assert kept.clip(clip.key) is None
        with pytest.raises(StorageError, match="damaged"):
            kept.read(clip)
    path.unlink()
    assert kept.clip(clip.key) is None


def test_a_clip_whose_measurements_are_torn_is_made_again(tmp_path):
    clip, data = make_clip()
    kept = Store(tmp_path)
    kept.keep(clip, data)
    record = kept.path_of(clip).with_suffix(".json")
    record.write_bytes(record.read_bytes()[:-20])
    assert kept.clip(clip.key) is None


def test_a_recording_is_given_back_as_it_was(tmp_path):
    clip, _ = make_clip()
    recording = assembly.join([clip, clip], chapters=[], tag=make_tag())
    kept = Store(tmp_path)
    kept.keep_recording(EDITION, recording)
    assert kept.recording(EDITION) == recording


def test_a_missing_recording_says_what_to_do(tmp_path):
    with pytest.raises(StorageError, match="roadcast build"):
        Store(tmp_path).recording(EDITION)


def aged(*paths):
    for path in paths:
        os.utime(path, (0, 0))


def test_the_sweep_keeps_what_is_needed_and_what_is_young(tmp_path):
    kept = Store(tmp_path)
    clips = [make_clip(n + 3) for n in range(3)]
    for clip, data in clips:
        kept.keep(clip, data)
    kept.keep_recording(EDITION, assembly.join([clips[0][0]], chapters=[], tag=make_tag()))
    for clip, _ in clips[:2]:
        aged(kept.path_of(clip), kept.path_of(clip).with_suffix(".json"))
    assert kept.sweep() == 2
    assert [kept.clip(clip.key) is not None for clip, _ in clips] == [True, False, True]


def test_the_sweep_takes_old_heads_and_leftovers_and_nobodys_own_files(tmp_path):
    kept = Store(tmp_path)
    clip, data = make_clip()
    kept.keep(clip, data)
    recording = assembly.join([clip], chapters=[], tag=make_tag())
    kept.keep_recording(EDITION, replace(recording, head=b"before"))
    kept.keep_recording(EDITION, recording)
    folder = kept.episodes / EDITION.show
    leftover, own = folder / ".x.json.0123456789ab.part", folder / "notes.json"
    for path in (leftover, own):
        path.write_text("{")
    aged(*(path for path in tmp_path.rglob("*") if path.is_file()))
    assert kept.sweep() == 2
    assert own.exists()
    assert kept.recording(EDITION) == recording
    assert kept.editions() == (EDITION,)


def test_a_second_build_waits_for_the_first_and_a_dead_one_holds_nothing(tmp_path):
    code = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from roadcast.store import alone
        with alone(Path({str(tmp_path / "lock")!r})):
            print("in", flush=True)
            time.sleep(30)
    """)
    first = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert first.stdout.readline() == "in\n"
    second = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(0.5)
        first.kill()
        first.wait()
        assert second.stdout.readline() == "in\n"
    finally:
        for process in (first, second):
            process.kill()
            process.wait()
            process.stdout.close()
