"""Reading across parts."""

from __future__ import annotations

import asyncio
import gc
import os
import random
from itertools import pairwise
from pathlib import Path

import pytest

from roadcast.errors import StorageError
from roadcast.web import parts
from roadcast.web.parts import CHUNK, Folder, Loan, Part, Whole, inline


def open_descriptors() -> int:
    gc.collect()  # what earlier tests let go without closing must not be closed in the middle of this one
    return len(list(Path("/proc/self/fd").iterdir()))


def cut(stored, data: bytes, pieces: int) -> Whole:
    """Cut bytes into an inline head and stored parts of very different sizes, an empty one among them."""
    rng = random.Random(pieces)
    cuts = sorted(rng.sample(range(1, len(data)), pieces - 1)) if pieces > 1 else []
    bounds = [0, *cuts, len(data)]
    first = inline(data[: bounds[1]])
    rest = [stored(data[a:b]) for a, b in pairwise(bounds[1:])]
    return Whole((first, *rest[:1], inline(b""), *rest[1:]))


def collect(folder: Folder, whole: Whole, start: int, end: int) -> list[bytes]:
    async def run() -> list[bytes]:
        return [bytes(chunk) async for chunk in parts.read(folder, whole, start, end)]

    return asyncio.run(run())


@pytest.fixture
def folder(tmp_path):
    opened = Folder(tmp_path)
    yield opened
    opened.close()


@pytest.mark.parametrize("pieces", [1, 2, 41, 401])
def test_every_stretch_is_equal_to_the_bytes_that_were_cut(stored, folder, pieces):
    data = random.Random(7).randbytes(1_200_000)
    whole = cut(stored, data, pieces)
    assert whole.size == len(data)
    rng = random.Random(pieces)
    edges = [0, *whole.ends[:50]]
    for _ in range(60):
        start, end = sorted((rng.choice([rng.randrange(len(data)), *edges]), rng.randrange(1, len(data) + 1)))
        chunks = collect(folder, whole, start, end)
        assert b"".join(chunks) == data[start:end]
        assert all(0 < len(chunk) <= CHUNK for chunk in chunks)


def test_a_cache_miss_is_read_in_a_thread(stored, folder, monkeypatch):
    data = b"x" * 300_000
    whole = Whole((inline(b"head"), stored(data)))
    true_preadv = os.preadv
    flags_seen = []

    def cold(descriptor, buffers, offset, flags=0):
        flags_seen.append(flags)
        if flags:
            raise BlockingIOError
        return true_preadv(descriptor, [buffers[0][:1000]], offset, 0)  # and the disk gives little at a time

    monkeypatch.setattr(os, "preadv", cold)
    monkeypatch.setattr(parts, "_NOWAIT", 8)
    assert b"".join(collect(folder, whole, 0, whole.size)) == b"head" + data
    assert {0, 8} <= set(flags_seen)


def test_a_block_that_was_in_memory_is_not_looked_at_again_for_a_second(stored, folder, monkeypatch):
    file = folder.open(stored(b"x" * (2 * parts.LENT + 9)))
    looks, now = [], [100.0]
    monkeypatch.setattr(parts.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(os, "preadv", lambda descriptor, buffers, offset, flags: looks.append(offset) or 1)
    assert parts.cached(file, 5)
    assert parts.cached(file, parts.LENT - 1)
    assert sorted(looks) == [0, parts.LENT - 1]  # both ends of the block, once
    assert parts.cached(file, 2 * parts.LENT + 3)
    assert sorted(looks)[2:] == [2 * parts.LENT, 2 * parts.LENT + 8]
    now[0] += parts.WARM
    assert parts.cached(file, 7)
    assert len(looks) == 6


def test_a_block_that_was_not_in_memory_is_looked_at_each_time(stored, folder, monkeypatch):
    file = folder.open(stored(b"x" * 9))

    def cold(*_):
        raise BlockingIOError

    monkeypatch.setattr(os, "preadv", cold)
    assert not parts.cached(file, 0)
    monkeypatch.setattr(os, "preadv", lambda *_: 0)  # shorter than it was
    assert not parts.cached(file, 0)
    monkeypatch.setattr(os, "preadv", lambda *_: 1)
    assert parts.cached(file, 0)


def test_what_is_known_to_be_in_memory_takes_none_itself(stored, folder, monkeypatch):
    monkeypatch.setattr(parts, "LENT", 10)
    file = folder.open(stored(b"x" * 5_000))
    for offset in range(0, 5_000, 10):
        assert parts.cached(file, offset)
    assert len(file.warm) <= 64


def test_stretches_keep_to_blocks(stored):
    whole = Whole((inline(b"head"), stored(b"a" * 300_000)))
    given = [tuple(stretch)[1:] for stretch in parts.stretches(whole, 5, whole.size)]
    assert given == [(1, 131_071), (131_072, 131_072), (262_144, 37_856)]


def lent(folder: Folder, whole: Whole, start: int) -> tuple[Loan, list[bytes | tuple[int, int]]]:
    coming = parts.stretches(whole, start, whole.size)
    loan = Loan(folder, next(coming), coming)
    return loan, [piece if isinstance(piece, bytes) else piece[1:] for piece in loan]


def test_files_are_lent_and_what_is_in_no_file_is_given(stored, folder):
    whole = Whole((stored(b"a" * 5), stored(b"b" * 300_000), inline(b"note"), stored(b"c")))
    loan, given = lent(folder, whole, 1)
    assert given == [(1, 4), (0, 131_072), (131_072, 131_072), (262_144, 37_856), b"note", (0, 1)]
    assert loan.left is None


def test_files_are_lent_up_to_what_waits_for_a_disk(stored, folder, monkeypatch):
    whole = Whole(tuple(stored(letter * 9) for letter in (b"a", b"b", b"c")))
    cold = folder.open(whole.parts[2]).descriptor
    monkeypatch.setattr(parts, "cached", lambda file, *_: file.descriptor != cold)
    loan, given = lent(folder, whole, 0)
    assert given == [(0, 9), (0, 9)]
    assert loan.left == (whole.parts[2], 0, 9)


def test_a_file_is_opened_when_its_turn_comes(stored, tmp_path, folder):
    whole = Whole((stored(b"here"), stored(b"gone")))
    (tmp_path / whole.parts[1].name).unlink()
    coming = parts.stretches(whole, 0, whole.size)
    files = iter(Loan(folder, next(coming), coming))
    assert os.pread(next(files)[0].fileno(), 9, 0) == b"here"
    with pytest.raises(StorageError, match="cannot be opened"):
        next(files)


def test_few_files_stay_open_and_none_after_closing(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "KEPT", 5)
    whole = Whole(tuple(stored(bytes([number]) * 1_000) for number in range(40)))
    before = open_descriptors()
    folder = Folder(tmp_path)
    for _ in range(2):
        assert len(b"".join(collect(folder, whole, 0, whole.size))) == whole.size
        assert open_descriptors() == before + 6  # the folder itself, too
    folder.close()
    assert open_descriptors() == before


def test_a_file_that_is_let_go_while_it_is_read_stays_open_for_its_reader(stored, tmp_path, monkeypatch):
    monkeypatch.setattr(parts, "KEPT", 1)
    folder = Folder(tmp_path)
    first, second = stored(b"first"), stored(b"second")
    reading = folder.open(first)
    folder.open(second)
    assert os.pread(reading.descriptor, 9, 0) == b"first"
    folder.close()
    assert os.pread(reading.descriptor, 9, 0) == b"first"


def test_a_part_that_is_deleted_is_served_to_its_end_by_who_has_it_open(stored, tmp_path, folder):
    part = stored(b"x" * 500_000)
    assert folder.open(part)
    (tmp_path / part.name).unlink()
    assert b"".join(collect(folder, Whole((part,)), 0, part.size)) == b"x" * 500_000


def test_a_link_is_not_followed(tmp_path, stored, folder):
    outside = tmp_path.parent / "outside.mp3"
    outside.write_bytes(b"secret")
    part = stored(b"secret", "ab/clip.mp3")
    (tmp_path / "ab" / "clip.mp3").unlink()
    (tmp_path / "ab" / "clip.mp3").symlink_to(outside)
    with pytest.raises(StorageError, match="cannot be opened"):
        folder.open(part)


def test_a_linked_folder_is_not_followed(tmp_path, folder):
    elsewhere = tmp_path.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    (elsewhere / "clip.mp3").write_bytes(b"secret")
    (tmp_path / "ab").symlink_to(elsewhere)
    with pytest.raises(StorageError, match="cannot be opened"):
        folder.open(Part(size=6, digest="", name="ab/clip.mp3"))


@pytest.mark.parametrize("name", ["../x", "a/../x", "/etc/passwd", "./x", "a//x", "a/", "..", "a/./x"])
def test_a_name_cannot_climb(folder, name):
    with pytest.raises(StorageError, match="not a name"):
        folder.open(Part(size=1, digest="", name=name))


def test_a_part_of_another_size_is_refused(tmp_path, stored, folder):
    part = stored(b"0123456789", "clip.mp3")
    (tmp_path / "clip.mp3").write_bytes(b"012345678")
    with pytest.raises(StorageError, match="not the 10 bytes"):
        folder.open(part)


def test_failed_opens_leak_no_descriptor(tmp_path, folder):
    (tmp_path / "ab").mkdir()
    before = open_descriptors()
    for _ in range(20):
        with pytest.raises(StorageError):
            folder.open(Part(size=1, digest="", name="ab/missing.mp3"))
    assert open_descriptors() == before


def test_the_tag_changes_with_any_part_and_with_their_order():
    a, b, c = (inline(text) for text in (b"a", b"b", b"c"))
    tags = {Whole(row).etag for row in ((a, b), (b, a), (a, c), (a,), (a, b, c), (inline(b"ab"),))}
    assert len(tags) == 6
    assert Whole((a, b)).etag == Whole((inline(b"a"), inline(b"b"))).etag


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(StorageError, match="nowhere"):
        Folder(tmp_path / "nowhere")
