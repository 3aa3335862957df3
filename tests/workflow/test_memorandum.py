"""A build says again what the last one would say, and never when a build would make or say anything else."""

import contextlib
import datetime as dt
import json
import os
import shutil
import sqlite3
import stat
import threading
import wave

import pytest

from roadcast import engines
from roadcast.cli import building
from roadcast.cli.build import Asked, answer
from roadcast.engines import registry
from roadcast.store import Store
from roadcast.workflow import line, memorandum, publication
from workflow.conftest import DAY, NOW, build, outputs, quicken
from workflow.conftest import _cover as cover
from workspaces import add_item, workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A workspace with two editions, the second of which appears tomorrow."""
    folder = workspace(tmp_path_factory.mktemp("published") / "w", items=3)
    (folder / "sounds").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        build(folder)
        build(folder, DAY + dt.timedelta(days=1))
    return folder


@pytest.fixture
def folder(published, tmp_path):
    return shutil.copytree(published, tmp_path / "w")


@pytest.fixture
def runs(monkeypatch):
    """Count the builds that were not answered by a memorandum."""
    seen = []
    full = building.build
    monkeypatch.setattr(building, "build", lambda *given, **named: seen.append(given) or full(*given, **named))
    return seen


@pytest.fixture
def ask(capsys):
    """Ask for a build as the command does; give what it prints, and its exit code."""

    def asked(folder, *, now=NOW, **options):
        capsys.readouterr()
        code = answer(folder, Asked(**{"as_json": True, "date": DAY, **options}), clock=lambda: now)
        return capsys.readouterr().out, code

    return asked


def memoranda(folder):
    return sorted((folder / ".roadcast" / "memoranda").glob("*"))


def twin(folder):
    """Copy a workspace without its memoranda."""
    copy = shutil.copytree(folder, folder.with_name("twin"), symlinks=True)
    shutil.rmtree(copy / ".roadcast" / "memoranda", ignore_errors=True)
    return copy


@pytest.mark.parametrize("as_json", [True, False])
def test_what_stands_is_said_again_word_for_word(folder, ask, runs, as_json):
    full = ask(folder, as_json=as_json)
    before = outputs(folder)
    again = ask(folder, as_json=as_json)
    assert len(runs) == 1
    assert again == full == ask(twin(folder), as_json=as_json)
    assert again[1] == 20  # the pool is short, and it is said each time
    assert outputs(folder) == before


def test_a_build_that_makes_something_leaves_word_of_what_the_next_would_say(tmp_path, ask, runs):
    folder = workspace(tmp_path, items=3)
    made, _ = ask(folder)
    again, _ = ask(folder)
    assert len(runs) == 1
    assert json.loads(made)["episodes"][0]["clips_rendered"] > 0
    assert json.loads(again)["episodes"][0]["clips_rendered"] == 0
    assert ask(twin(folder))[0] == again


def edit(path, old="", new="\nOne more line is here.\n"):
    text = path.read_text()
    path.write_text(text.replace(old, new, 1) if old else text + new)


def shorten(page):
    """Take one line out of a script, as an editor may."""
    line = next(line for line in page.read_text().splitlines(keepends=True) if "item-00.md:7}" in line)
    edit(page, line, "")


def damage(path):
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def one(folder, pattern):
    return sorted(folder.glob(pattern))[0]


def clip(folder, ending):
    """Find a clip of the edition; beside them lie the sections that long ones were made of."""
    recording = json.loads(one(folder, f"audio_out/episodes/*/{DAY}.json").read_text())
    return one(folder, f"audio_out/clips/*/{recording['clips'][1]['key']}.{ending}")


def play(folder):
    """Commit something to the catalogue that has nothing to do with editions."""
    from roadcast.bootstrap import open_studio
    from roadcast.catalogue import Observation

    with open_studio(folder) as studio:
        seen = [Observation(characters=100, commas=1, stops=2, seconds=7.0)]
        studio.catalogue.fits.observe("tone", "low", 1.0, seen)


CHANGES = {
    "a briefing is edited": lambda f: edit(one(f, "briefings/*.md")),
    "a briefing is added": lambda f: add_item(f, "late-news"),
    "a briefing is added in a folder": lambda f: [
        (f / "briefings" / "east").mkdir(), add_item(f, "east/late-news", headline="The east is late")],
    "a briefing is added in another spelling": lambda f: shutil.copy(
        add_item(f, "late-news"), f / "briefings" / "Later.Markdown"),
    "a briefing is removed": lambda f: one(f, "briefings/*.md").unlink(),
    "a briefing that cannot be read": lambda f: (f / "briefings" / "bad.md").write_text("no front matter"),
    "a link to nowhere": lambda f: (f / "briefings" / "away.md").symlink_to("nowhere.md"),
    "the lexicon": lambda f: (f / "scripts" / "lexicon.csv").write_text("term,say_as,scope\nbuyer,purchaser,\n"),
    "a template": lambda f: (f / "scripts" / "closing.j2").write_text("That was all. Drive safely.\n"),
    "the settings": lambda f: edit(f / "roadcast.toml", 'title = "', 'title = "The '),
    "the time zone": lambda f: edit(f / "roadcast.toml", "base_url", 'time_zone = "Asia/Tokyo"\nbase_url'),
    "a secret": lambda f: [(f / ".roadcast" / "secrets").mkdir(),
                           (f / ".roadcast" / "secrets" / "roadcast_base_url").write_text("https://example.com/")],
    "a sound": lambda f: (f / "sounds" / "note.txt").write_text("what is here"),
    "the script is edited by hand": lambda f: shorten(one(f, f"scripts/*/{DAY}/script.txt")),
    "the script is gone": lambda f: one(f, f"scripts/*/{DAY}/script.txt").unlink(),
    "one bit of a clip": lambda f: damage(clip(f, "mp3")),
    "a clip is gone": lambda f: clip(f, "mp3").unlink(),
    "a clip's measures are gone": lambda f: clip(f, "json").unlink(),
    "the recording is gone": lambda f: one(f, f"audio_out/episodes/*/{DAY}.json").unlink(),
    "the artwork is gone": lambda f: one(f, "audio_out/artwork/*").unlink(),
    "the feed is edited": lambda f: edit(f / "feeds" / "briefing.xml"),
    "the feed is gone": lambda f: (f / "feeds" / "briefing.xml").unlink(),
    "a transcript is gone": lambda f: one(f, f"feeds/t/*{DAY}*.vtt").unlink(),
    "a transcript is cut": lambda f: one(f, f"feeds/t/*{DAY}*.vtt").write_text("WEBVTT\n"),
    "the chapters are gone": lambda f: one(f, f"feeds/c/*{DAY}*").unlink(),
    "the audio is cut": lambda f: os.truncate(one(f, f"feeds/m/*{DAY}*.mp3"), 1000),
    "another episode's audio is gone": lambda f: one(f, f"feeds/m/*{DAY + dt.timedelta(days=1)}*.mp3").unlink(),
    "the guid": lambda f: one(f, ".roadcast/guids/*").write_text("b8a2e6f2-0000-5000-8000-000000000000\n"),
    "the catalogue": play,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_the_workspace_the_build_is_made_in_full(folder, ask, runs, change):
    ask(folder)
    ask(folder)
    assert len(runs) == 1
    CHANGES[change](folder)
    other = twin(folder)
    assert ask(folder) == ask(other)
    assert len(runs) == 3
    assert outputs(folder) == outputs(other)


def test_what_a_server_has_committed_and_not_yet_moved_out_of_its_log_is_noticed(folder, ask, runs):
    with contextlib.closing(sqlite3.connect(folder / ".roadcast" / "catalogue.db", isolation_level=None)) as server:
        server.execute("PRAGMA user_version")
        ask(folder)
        ask(folder)
        assert len(runs) == 1
        main = (folder / ".roadcast" / "catalogue.db").read_bytes()
        server.execute("PRAGMA user_version = 7")
        assert (folder / ".roadcast" / "catalogue.db").read_bytes() == main
        ask(folder)
        assert len(runs) == 2


def test_a_cover_and_a_recording_are_looked_at(tmp_path, ask, runs, monkeypatch):
    monkeypatch.setattr("roadcast.artwork.fit", lambda source: cover() + source)
    monkeypatch.setattr("roadcast.artwork.small", lambda fitted: fitted)
    folder = workspace(tmp_path / "w", show='cover = "cover.jpg"', items=2)
    add_item(folder, "in-her-own-words", front="audio: voices/her.wav")
    (folder / "voices").mkdir()
    (folder / "voices" / "her.wav").write_bytes(b"one")
    (folder / "cover.jpg").write_bytes(b"one")
    ask(folder)
    ask(folder)
    assert len(runs) == 1
    for path in ("cover.jpg", "voices/her.wav"):
        (folder / path).write_bytes(b"two")
        before = len(runs)
        ask(folder)
        assert len(runs) == before + 1, path


def test_a_pipe_among_the_briefings_is_noticed_and_not_waited_for(folder, ask, runs):
    ask(folder)
    os.mkfifo(folder / "briefings" / "pipe.md")
    text, _ = ask(folder)
    assert "pipe.md:1: no regular file" in json.loads(text)["episodes"][0]["warnings"][0]
    assert ask(folder)[0] == text
    assert len(runs) == 2


def test_a_recording_that_was_missing_or_elsewhere_is_looked_for_again(tmp_path, ask, runs):
    folder = workspace(tmp_path / "w", items=2)
    add_item(folder, "in-her-own-words", front="audio: her.wav")
    (tmp_path / "away.wav").write_bytes(b"RIFF")
    said = [ask(folder), ask(folder)]
    assert len(runs) == 1
    (folder / "her.wav").symlink_to(tmp_path / "away.wav")
    said += [ask(folder), ask(folder)]
    assert len(runs) == 2
    (folder / "her.wav").unlink()
    with wave.open(str(folder / "her.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(16_000))
    said += [ask(folder), ask(folder)]
    assert len(runs) == 3
    reasons = [json.loads(text)["episodes"][0]["warnings"][0] for text, _ in said[:4]]
    assert ["no such file" in reason for reason in reasons] == [True, True, False, False]
    assert all("is outside the workspace" in reason for reason in reasons[2:])
    assert "her.wav" not in said[5][0]


def test_a_recording_is_looked_at_again_when_ffmpeg_is_there(tmp_path, ask, runs, monkeypatch):
    folder = workspace(tmp_path / "w", items=2)
    add_item(folder, "in-her-own-words", front="audio: her.mp3")
    (folder / "her.mp3").write_bytes(b"ID3" + bytes(100))
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    said = [ask(folder), ask(folder)]
    assert len(runs) == 1
    (tmp_path / "bin" / "ffmpeg").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "ffmpeg").chmod(0o755)
    said.append(ask(folder))
    assert len(runs) == 2
    assert ["reading this needs ffmpeg" in text for text, _ in said] == [True, True, False]


@pytest.mark.parametrize("options", [
    {"date": DAY + dt.timedelta(days=1)}, {"minutes": 5.0}, {"as_json": False}, {"strict": True}, {"engine": "tone"},
    {"shows": ("briefing",)},
])  # fmt: skip
def test_another_order_is_another_matter(folder, ask, runs, options):
    ask(folder)
    told = ask(folder, **options)
    assert len(runs) == 2
    assert told == ask(twin(folder), **options)


def test_another_environment_is_another_matter(folder, ask, runs, monkeypatch):
    ask(folder)
    monkeypatch.setenv("OLDPWD", "/somewhere")
    ask(folder)
    assert len(runs) == 1
    monkeypatch.setenv("ROADCAST_AUDIO__LUFS", "-17")
    other = twin(folder)
    assert ask(folder) == ask(other)
    assert len(runs) == 3


def test_another_program_is_another_matter(folder, ask, runs, monkeypatch, tmp_path):
    own, beside = tmp_path / "own", tmp_path / "site-packages"
    own.mkdir()
    beside.mkdir()
    (own / "line.py").write_text("")
    monkeypatch.setattr(memorandum, "_PACKAGE", str(own))
    monkeypatch.syspath_prepend(beside)
    ask(folder)
    ask(folder)
    assert len(runs) == 1
    os.utime(own / "line.py", (0, 0))
    ask(folder)
    assert len(runs) == 2
    (beside / "new_engine-1.dist-info").mkdir()
    ask(folder)
    assert len(runs) == 3


def test_a_library_of_voices_that_appears_is_noticed(folder, ask, runs, monkeypatch, tmp_path):
    libraries = tmp_path / "lib"
    libraries.mkdir()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(libraries))
    ask(folder)
    ask(folder)
    assert len(runs) == 1
    (libraries / "libRHVoice.so.5").write_bytes(b"")
    ask(folder)
    assert len(runs) == 2


def test_a_voice_that_is_added_is_noticed(folder, ask, runs, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    edit(folder / "roadcast.toml", "base_url", "engines.order = ['piper', 'tone']\nbase_url")
    ask(folder)
    ask(folder)
    assert len(runs) == 1
    (tmp_path / "roadcast" / "voices").mkdir(parents=True)
    (tmp_path / "roadcast" / "voices" / "en_US-x.onnx.json").write_text("{}")
    ask(folder)
    assert len(runs) == 2


def test_it_ends_as_an_episode_becomes_due(folder, ask, runs):
    tomorrow = DAY + dt.timedelta(days=1)
    due = dt.datetime(2026, 11, 21, 6, tzinfo=dt.UTC)
    scheduled, _ = ask(folder, date=tomorrow, as_json=False)
    ask(folder, date=tomorrow, as_json=False, now=due - dt.timedelta(microseconds=1))
    assert len(runs) == 1
    assert "scheduled" in scheduled
    told, _ = ask(folder, date=tomorrow, as_json=False, now=due)
    assert len(runs) == 2
    assert "scheduled" not in told
    assert (folder / "feeds" / "briefing.xml").read_text().count("<item>") == 2


def test_today_ends_at_midnight_where_the_workspace_is(folder, ask, runs):
    edit(folder / "roadcast.toml", "base_url", 'time_zone = "America/New_York"\nbase_url')
    midnight = dt.datetime(2026, 11, 21, 5, tzinfo=dt.UTC)
    ask(folder, date=None)
    ask(folder, date=None, now=midnight - dt.timedelta(seconds=1))
    assert len(runs) == 1
    told, _ = ask(folder, date=None, now=midnight)
    assert len(runs) == 2
    assert json.loads(told)["episodes"][0]["edition"] == "2026-11-21"


def test_it_holds_for_a_day_and_not_before_it_was_made(folder, ask, runs):
    late = NOW + dt.timedelta(days=5)
    ask(folder, now=late)
    ask(folder, now=late + dt.timedelta(hours=23))
    assert len(runs) == 1
    ask(folder, now=late - dt.timedelta(seconds=1))
    ask(folder, now=late + dt.timedelta(days=1))
    assert len(runs) == 3


def test_a_feed_with_nothing_in_it_bears_the_time_and_is_written_each_time(tmp_path, ask, runs):
    folder = workspace(tmp_path, items=3)
    early = dt.datetime(2026, 11, 20, 5, tzinfo=dt.UTC)
    for _ in range(2):
        ask(folder, now=early)
    assert len(runs) == 2
    assert not memoranda(folder)


def test_a_script_in_an_editors_words_is_held_against_its_sources_each_time(folder, ask, runs):
    shorten(one(folder, f"scripts/*/{DAY}/script.txt"))
    for _ in range(2):
        ask(folder)
    assert len(runs) == 2
    assert not memoranda(folder)


def test_a_warning_is_repeated(folder, ask, runs):
    one(folder, f"feeds/m/*{DAY}*.mp3").unlink()
    for path in folder.glob(f"audio_out/episodes/*/{DAY}.json"):
        path.unlink()
    for _ in range(2):
        ask(folder, date=DAY + dt.timedelta(days=1), now=NOW + dt.timedelta(days=3))
    assert len(runs) == 2


@pytest.mark.parametrize("doubt", ["verify", "database", "engine"])
def test_without_sure_grounds_nothing_is_kept(folder, ask, monkeypatch, doubt):
    options = {}
    if doubt == "verify":
        options = {"verify": True}
        monkeypatch.setattr(line, "_able", lambda *_given: False)
    elif doubt == "database":
        database = (folder / ".roadcast" / "catalogue.db").as_posix()
        monkeypatch.setenv("ROADCAST_DATABASE", f"sqlite:///{database}")
    else:
        point = registry.EntryPoint("tone", "roadcast.engines.tone:Tone", registry.GROUP)
        others = registry.EntryPoint("others", "elsewhere:Engine", registry.GROUP)
        monkeypatch.setattr(registry, "_points", lambda: {"tone": point, "others": others})
        monkeypatch.setattr(engines, "choose", lambda *_given, **_options: (registry.find("tone"),))
        monkeypatch.setenv("ROADCAST_ENGINES", '{"order": ["tone", "others"]}')
    ask(folder, **options)
    assert not memoranda(folder)


@pytest.mark.parametrize("when", ["as it is opened", "as it is read", "as it is told"])
def test_what_changes_during_a_build_is_not_taken_for_what_was_built(folder, ask, runs, monkeypatch, when):
    def meanwhile(module, name, path):
        function = getattr(module, name)

        def changed(*given, **named):
            told = function(*given, **named)
            edit(folder / path, new=f"\n# {len(runs)} {os.urandom(4).hex()}\n")
            return told

        monkeypatch.setattr(module, name, changed)

    if when == "as it is opened":
        meanwhile(building, "open_studio", "roadcast.toml")
    elif when == "as it is read":
        meanwhile(line, "prepare", "briefings/item-00.md")
    else:
        meanwhile(publication, "reported", "feeds/briefing.xml")
    ask(folder)
    assert not memoranda(folder)
    monkeypatch.undo()


def test_a_library_that_is_exchanged_during_a_build_is_not_taken_for_the_one_that_spoke(
    tmp_path, ask, runs, monkeypatch
):
    libraries = tmp_path / "lib"
    libraries.mkdir()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(libraries))
    keep = Store.keep_recording
    monkeypatch.setattr(Store, "keep_recording", lambda *given: (libraries / "libflite.so.1").touch() or keep(*given))
    folder = workspace(tmp_path / "w", items=3)
    ask(folder)
    assert not memoranda(folder)


@pytest.mark.parametrize("harm", [b"", b"nonsense", b"{}\n{}", "half", "bit", "gone", "folder"])
def test_a_memorandum_that_is_gone_or_damaged_does_no_harm(folder, ask, runs, harm):
    full = ask(folder)
    (file,) = memoranda(folder)
    data = file.read_bytes()
    file.unlink()
    if harm == "half":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "bit":
        file.write_bytes(data.replace(b"briefing", b"brieging", 1))
    elif harm == "folder":
        file.mkdir()
    elif harm != "gone":
        file.write_bytes(harm)
    assert ask(folder) == full
    assert len(runs) == 2


def test_a_disk_that_refuses_the_memorandum_does_not_fail_the_build(folder, ask):
    (folder / ".roadcast" / "memoranda").write_text("in the way")
    assert ask(folder)[1] == 20


def test_what_goes_wrong_behind_a_build_does_not_fail_it(tmp_path, ask, monkeypatch):
    def broken(*_given):
        raise RuntimeError

    monkeypatch.setattr(line, "again", broken)
    folder = workspace(tmp_path, items=3)
    assert ask(folder)[1] == 20
    assert not memoranda(folder)


def test_few_are_kept_for_their_owner_alone_and_none_tells_the_environment(folder, ask, monkeypatch):
    monkeypatch.setenv("SOME_TOKEN", "hush-hush")
    for count in range(memorandum.KEPT + 3):
        ask(folder, minutes=5 + count / 10)
    kept = memoranda(folder)
    assert len(kept) == memorandum.KEPT
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert not any(b"hush-hush" in path.read_bytes() for path in kept)


class Killed(BaseException):
    """Ends a build as a signal does: nothing is tidied up."""


@pytest.mark.parametrize("where", [(Store, "keep"), (Store, "keep_recording"), (publication, "write_feed")])
def test_a_build_that_is_killed_leaves_no_wrong_word(folder, ask, runs, monkeypatch, where):
    def killed(*_given, **_named):
        raise Killed

    ask(folder)
    edit(one(folder, "briefings/*.md"))
    with monkeypatch.context() as patch:
        patch.setattr(*where, killed)
        with pytest.raises(Killed):
            ask(folder)
    other = twin(folder)
    assert ask(folder) == ask(other)
    assert outputs(folder) == outputs(other)
    assert len(runs) == 4


def test_a_build_that_is_killed_as_it_keeps_word_keeps_none(folder, ask, runs, monkeypatch):
    def killed(*_given):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("roadcast.store._sync_folder", killed)
        patch.setattr("roadcast.store.os.replace", killed)
        ask(folder)
    assert not list(folder.glob(".roadcast/memoranda/*.json"))
    ask(folder)
    ask(folder)
    assert len(runs) == 2


def test_two_builds_at_once_leave_the_truth(tmp_path, ask, runs):
    folder = workspace(tmp_path / "w", items=3)
    orders = [Asked(date=DAY, as_json=True), Asked(date=DAY, as_json=True, minutes=5.0)] * 2
    threads = [threading.Thread(target=answer, args=(folder, order), kwargs={"clock": lambda: NOW}) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told, again = ask(folder), ask(folder)
    assert told == again == ask(twin(folder))
