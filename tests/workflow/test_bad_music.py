"""Music that is none stops a build in one line; what was published before stays as it was."""

import wave

import pytest

from roadcast.errors import ProductionError
from workflow.conftest import build
from workspaces import workspace

PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"


def long(path):
    """Write three hours of next to nothing."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        for _ in range(180):
            file.writeframes(bytes(60 * 8000))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("music"), items=2)
    build(folder)
    (folder / "sounds").mkdir()
    return folder


@pytest.fixture
def bed(folder):
    yield folder / "sounds" / "bed.wav"
    (folder / "sounds" / "bed.wav").unlink()


def published(folder):
    return {path: path.read_bytes() for path in (folder / "feeds").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("write", "says"),
    [
        (lambda path: path.write_bytes(PLAYLIST), "no WAV"),
        (lambda path: path.write_bytes(b""), "0 bytes"),
        (lambda path: path.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(200))), "damaged"),
        (long, "at most 64 MB|longer than"),
    ],
    ids=["a playlist", "nothing", "a broken file", "three hours"],
)
def test_a_bad_bed_is_one_line_and_nothing_is_half_done(folder, bed, write, says):
    before = published(folder)
    write(bed)
    with pytest.raises(ProductionError, match=says) as caught:
        build(folder)
    assert str(caught.value).startswith(str(bed))
    assert "\n" not in str(caught.value)
    assert published(folder) == before
    assert not list(folder.rglob("*.part"))


def test_with_the_file_taken_away_the_edition_is_the_one_before(folder):
    before = published(folder)
    assert build(folder).rendered == 0
    assert published(folder) == before
