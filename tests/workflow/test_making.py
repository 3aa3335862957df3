"""Packaged music is played once, however many workers and builds need it."""

import numpy as np
import pytest

from roadcast.errors import StorageError
from roadcast.mixing import play
from roadcast.workflow import making

RATE = 44_100


@pytest.fixture
def played(monkeypatch):
    """Note what is played; forget what this process has been given before."""
    names = []
    monkeypatch.setattr(making, "play", lambda name, rate: names.append(name) or play(name, rate))
    making._played.cache_clear()
    yield names
    making._played.cache_clear()


def given(folder, name="update"):
    making._played.cache_clear()  # as in another worker
    return making._played(folder, name, RATE)


def test_what_one_worker_played_another_one_is_given(tmp_path, played):
    assert np.array_equal(given(tmp_path), play("update", RATE))
    assert np.array_equal(given(tmp_path), play("update", RATE))
    assert np.array_equal(given(tmp_path, "story"), play("story", RATE))
    assert played == ["update", "story"]


def test_a_name_that_is_no_file_name_is_kept_all_the_same(tmp_path, played):
    for _ in range(2):
        given(tmp_path / "music", "../../etc/a name\n")
    assert len(played) == 1
    assert [path.parent for path in tmp_path.rglob("*.npy")] == [tmp_path / "music"]


@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY", b"not numbers at all"])
def test_a_damaged_sound_is_played_again(tmp_path, played, damage):
    given(tmp_path)
    (kept,) = tmp_path.glob("*.npy")
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert np.array_equal(given(tmp_path), play("update", RATE))
    assert kept.read_bytes() == whole
    assert len(played) == 2


def test_where_nothing_can_be_kept_the_music_still_plays(tmp_path, played, monkeypatch):
    def full(_path, _data):
        raise StorageError("the disk is full")

    monkeypatch.setattr(making, "write", full)
    assert np.array_equal(given(tmp_path), play("update", RATE))
    assert played == ["update"]
    assert not list(tmp_path.iterdir())
