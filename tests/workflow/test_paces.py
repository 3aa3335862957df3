"""What a voice showed of its pace in one edition is what its answers are held against in the next."""

import datetime as dt

import pytest

from doubles import quick_make
from roadcast.model import AudioFormat, ClipKey, Confidentiality, Presenter, Role, Script
from roadcast.narration import Pace
from roadcast.workflow import making
from roadcast.workflow.order import Progress
from workflow.conftest import DAY, build
from workspaces import workspace


@pytest.mark.usefixtures("quick")
def test_the_next_edition_judges_a_voice_by_its_own_pace(tmp_path, monkeypatch):
    jobs = []

    def noted(job):
        jobs.append(job)
        return quick_make(job)

    monkeypatch.setattr(making, "make", noted)
    folder = workspace(tmp_path, items=18)
    build(folder, DAY - dt.timedelta(days=1))
    assert {job.paces for job in jobs} == {(None, None)}
    jobs.clear()
    build(folder)
    first, second = jobs[0].paces
    for pace in (first, second):
        assert isinstance(pace, Pace)
        assert pace.character == pytest.approx(0.054, rel=0.15)  # what the tone engine hums


@pytest.mark.usefixtures("quick")
def test_the_longest_clips_are_made_first_so_that_no_worker_waits_for_one(tmp_path, monkeypatch):
    lengths = []

    def noted(job):
        lengths.append(sum(len(passage.spoken.text) for passage in job.script.passages))
        return quick_make(job)

    monkeypatch.setattr(making, "make", noted)
    rounds = []
    build(
        workspace(tmp_path, items=18),
        progress=Progress(planned=lambda count: rounds.append((len(lengths), count))),
    )
    start, count = rounds[0]
    first = lengths[start : start + count]
    assert len(set(first)) > 3
    assert first == sorted(first, reverse=True)


def test_a_clip_is_said_by_parts_that_know_their_pace(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(making, "narrate", lambda _script, cast, **_rest: seen.append(cast) or 1 / 0)
    pace = Pace(character=0.05, comma=0.3, stop=0.2)
    job = make_job(tmp_path, pace)
    with pytest.raises(ZeroDivisionError):
        making.make(job)
    assert seen[0].chains[0][0].pace == pace


def make_job(folder, pace):
    return making.Job(
        key=ClipKey("0" * 64),
        script=Script(name="x", role=Role.ITEM, title="x", passages=()),
        presenters=(Presenter(name="tone/low", engine="tone", voice="low", rate=1.0),),
        paces=(pace,),
        confidentiality=Confidentiality.PUBLIC,
        options="{}",
        online=False,
        format=AudioFormat(),
        loudness=-16.0,
        root=str(folder),
        store=str(folder / "store"),
    )
