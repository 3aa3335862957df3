"""A long item is voiced in sections, and each is voiced once: an edit, an error or a kill costs no other."""

import pytest

from doubles import Inline
from roadcast import artwork, mixing, narration, rendering, store
from roadcast.errors import EngineUnavailable, NarrationError, StorageError
from roadcast.store import Store
from roadcast.workflow import jobs, making, session
from workflow.conftest import _cover as cover
from workflow.conftest import build, outputs
from workspaces import add_item, workspace

PARAGRAPHS = (
    "The new pump is quiet and small. It fits beside the old one, and it needs no cable of its own and no room.",
    "Customers ask for it because the noise goes away. Two of them have placed a large order for the spring.",
    "The price stays the same until the summer. After that it depends on the size of each order and on the time of the year.",
)


@pytest.fixture
def said(monkeypatch):
    """Build in this process, mix for real, and note what is asked of the engine."""
    monkeypatch.setattr(rendering, "_processes", lambda workers, preload: Inline(workers))
    monkeypatch.setattr(artwork, "cover", lambda *_words, **_colours: cover())
    told = []

    def noted(script, *about, **more):
        told.append(" ".join(passage.text for passage in script.passages))
        return narration.narrate(script, *about, **more)

    monkeypatch.setattr(making, "narrate", noted)
    return told


@pytest.fixture
def folder(tmp_path):
    folder = workspace(tmp_path)
    write(folder)
    return folder


def write(folder, paragraphs=PARAGRAPHS):
    add_item(folder, "pump", headline="A pump that nobody hears", body="\n\n".join(paragraphs))


def test_who_changes_a_sentence_has_its_paragraph_voiced_and_no_other(folder, said):
    build(folder)
    assert [paragraph in " ".join(said) for paragraph in PARAGRAPHS] == [True] * 3
    said.clear()
    write(folder, (PARAGRAPHS[0], PARAGRAPHS[1].replace("spring", "autumn"), PARAGRAPHS[2]))
    report = build(folder)
    assert said == [PARAGRAPHS[1].replace("spring", "autumn")]
    assert report.rendered == 1


def test_an_edit_taken_back_voices_nothing_and_gives_the_same_bytes(folder, said):
    build(folder)
    audio = audio_of(folder)
    write(folder, (*PARAGRAPHS[:2], PARAGRAPHS[2].replace("summer", "last day of the year")))
    build(folder)
    assert audio_of(folder) != audio
    said.clear()
    write(folder)
    build(folder)
    assert not said
    assert audio_of(folder) == audio


def audio_of(folder):
    """Give the digest of the audio that the feed names."""
    feed = (folder / "feeds" / "briefing.xml").read_text()
    return {name: digest for name, digest in outputs(folder).items() if name.endswith(".mp3") and name[6:] in feed}


def test_what_was_voiced_before_an_engine_failed_is_not_voiced_again(folder, said, monkeypatch):
    narrate = making.narrate

    def failing(script, *about, **more):
        if PARAGRAPHS[2] in " ".join(passage.text for passage in script.passages):
            raise EngineUnavailable("the voice is gone", retryable=False)
        return narrate(script, *about, **more)

    monkeypatch.setattr(making, "narrate", failing)
    with pytest.raises(NarrationError, match="the voice is gone"):
        build(folder)
    assert any(PARAGRAPHS[1] in told for told in said)
    said.clear()
    monkeypatch.setattr(making, "narrate", narrate)
    build(folder)
    assert len(said) == 1
    assert said[0].startswith(PARAGRAPHS[2])


def test_where_the_disk_is_full_what_was_kept_stays_and_a_second_build_voices_the_rest(folder, said, monkeypatch):
    write_file, full = store.write, []

    def refused(path, data):
        if full and path.suffix == ".mp3":
            raise StorageError(f"{path}: cannot be written: the disk is full")
        if PARAGRAPHS[1] in said[-1:]:
            full.append(path)
            raise StorageError(f"{path}: cannot be written: the disk is full")
        write_file(path, data)

    monkeypatch.setattr(store, "write", refused)
    with pytest.raises(StorageError, match="the disk is full"):
        build(folder)
    assert full
    assert not (folder / "feeds" / "briefing.xml").exists()
    monkeypatch.setattr(store, "write", write_file)
    first = next(told for told in said if PARAGRAPHS[0] in told)
    said.clear()
    build(folder)
    assert PARAGRAPHS[1] in said
    assert first not in said


def test_a_section_that_is_damaged_is_made_again(folder, said, monkeypatch):
    ordered = []
    monkeypatch.setattr(jobs, "make", lambda job: ordered.append(job) or making.make(job))
    build(folder)
    (job,) = [job for job in ordered if job.sections]
    assert [section.script for section in job.sections] == list(mixing.sections(job.script))
    clips = Store(folder / "audio_out")
    damaged, whole = job.sections[1].key, clips.clip(job.key)
    clips.path_of(clips.clip(damaged)).write_bytes(b"half a file")
    clips.path_of(whole).unlink()
    said.clear()
    build(folder)
    assert said == [PARAGRAPHS[1]]
    assert clips.clip(job.key) == whole


def test_a_short_item_has_no_sections(folder, said, monkeypatch):
    ordered = []
    monkeypatch.setattr(jobs, "make", lambda job: ordered.append(job) or making.make(job))
    write(folder, ["The office opens on Monday."])
    build(folder)
    assert ordered
    assert not any(job.sections for job in ordered)
    assert session.jobs is jobs  # or nothing above was seen
