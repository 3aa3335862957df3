"""The straight line: from a folder to a feed, and again, and after a change."""

import datetime as dt

import pytest
from lxml import etree

from roadcast import codec
from roadcast.bootstrap import open_studio
from roadcast.errors import FidelityError, IntakeError, PlanError, ScriptError
from roadcast.workflow import line, settling
from roadcast.workflow.order import Order, Progress
from workflow.conftest import DAY, NOW, build, outputs
from workspaces import add_item, prose, workspace

pytestmark = pytest.mark.usefixtures("quick")


def told(report):
    return {e.segment.item.slug: e.segment for e in report.rundown.entries if e.segment.item}


def test_a_folder_becomes_an_episode_of_the_length_asked_for(folder):
    report = build(folder)
    assert abs(report.episode.seconds / 420 - 1) < 0.02
    assert (folder / report.file).stat().st_size == report.episode.audio.size
    feed = etree.parse(folder / report.feed)
    assert feed.findtext(".//item/guid") == report.episode.guid


def test_what_is_published_is_there_before_the_feed_names_it(folder):
    report = build(folder)
    base = "http://127.0.0.1:8000/"
    text = (folder / report.feed).read_text()
    named = {part.split('"')[0] for part in text.split(f'"{base}')[1:]} - {"briefing.xml"}
    assert len(named) >= 6
    assert all((folder / "feeds" / name).is_file() for name in named)


@pytest.mark.usefixtures("first")
def test_building_again_makes_nothing_and_changes_no_byte(folder):
    before = outputs(folder)
    report = build(folder)
    assert report.rendered == 0
    assert outputs(folder) == before


def test_two_fresh_workspaces_give_the_same_bytes(tmp_path):
    one, other = (workspace(tmp_path / name, items=24) for name in ("one", "other"))
    build(one)
    build(other)
    assert outputs(one) == outputs(other)


def test_one_edited_item_is_voiced_again_and_nothing_else(folder, first):
    slug = next(iter(told(first)))
    path = folder / "briefings" / f"{slug}.md"
    path.write_text(path.read_text().replace("The customer", "The client").replace("A buyer", "One buyer"))
    second = build(folder)
    assert second.rendered == 1
    assert second.reused == len(first.rundown.entries) - 1


def test_the_next_edition_does_not_repeat_an_unchanged_item(folder, first):
    second = build(folder, DAY + dt.timedelta(days=3), now=NOW + dt.timedelta(days=3))
    again = set(told(first)) & set(told(second))
    assert all(told(second)[slug].item.kind == "training" for slug in again)
    assert any("told on 2026-11-20" in out.why for out in second.rundown.left_out)


def test_a_changed_item_comes_back_as_an_update(folder, first):
    slug = next(s for s, segment in told(first).items() if segment.item.kind == "update")
    path = folder / "briefings" / f"{slug}.md"
    path.write_text(path.read_text().replace("kind: update", "kind: update\npriority: 5") + "\nThis line is new.\n")
    second = build(folder, DAY + dt.timedelta(days=3), now=NOW + dt.timedelta(days=3))
    assert told(second)[slug].announcement == "update"


def test_rebuilding_an_old_edition_does_not_see_what_came_after_it(folder, first):
    build(folder, DAY + dt.timedelta(days=3), now=NOW + dt.timedelta(days=3))
    assert set(told(build(folder))) == set(told(first))


def test_a_small_pool_is_published_short_and_says_so(tmp_path):
    report = build(workspace(tmp_path, items=3))
    assert report.rundown.short
    assert report.exit_code == 20
    assert report.episode.seconds < 400


def test_an_empty_pool_publishes_nothing(tmp_path):
    folder = workspace(tmp_path)
    with pytest.raises(PlanError, match="nothing to tell"):
        build(folder)
    assert not (folder / "feeds").exists()


def test_a_broken_item_is_left_out_with_a_warning_unless_strict(folder):
    (folder / "briefings" / "broken.md").write_text("no front matter")
    report = build(folder)
    assert any("broken.md:1" in warning for warning in report.warnings)
    with pytest.raises(IntakeError, match=r"broken\.md:1"):
        build(folder, strict=True)


def test_a_plan_tells_dates_as_they_were_written_east_of_greenwich(tmp_path):
    folder = workspace(tmp_path, items=3)
    settings = folder / "roadcast.toml"
    settings.write_text(f'time_zone = "Europe/Stockholm"\n{settings.read_text()}')
    add_item(folder, "late", front="expires: 2026-11-19")
    add_item(folder, "early", published="2026-11-25")
    add_item(folder, "due", front="effective: 2026-11-22")
    report = build(folder).as_json()
    assert {out["slug"]: out["why"] for out in report["left_out"]} == {
        "late": "expired on 2026-11-19",
        "early": "not published before 2026-11-25",
    }
    (why,) = [item["why"] for item in report["items"] if item["slug"] == "due"]
    assert "effective 2026-11-22" in why


def test_an_edition_of_tomorrow_appears_in_the_feed_when_it_is_due(folder):
    tomorrow = DAY + dt.timedelta(days=1)
    report = build(folder, tomorrow)
    assert b"<item>" not in (folder / report.feed).read_bytes()
    report = build(folder, tomorrow, now=NOW + dt.timedelta(days=1))
    assert (folder / report.feed).read_bytes().count(b"<item>") == 1


def test_an_episode_whose_file_was_deleted_is_restored_from_its_clips(folder):
    report = build(folder)
    before = (folder / report.file).read_bytes()
    (folder / report.file).unlink()
    build(folder, DAY + dt.timedelta(days=3), now=NOW + dt.timedelta(days=3))
    assert (folder / report.file).read_bytes() == before


def test_minutes_may_be_asked_for(folder):
    assert abs(build(folder, target=dt.timedelta(minutes=5)).episode.seconds / 300 - 1) < 0.02


def test_the_guid_stays_when_the_edition_is_made_again(folder, first):
    add_item(folder, "breaking", front="priority: 5\nmust_hear: true")
    second = build(folder)
    assert second.episode.guid == first.episode.guid
    assert second.episode.audio.path != first.episode.audio.path


def test_the_guid_of_the_show_outlives_a_move_to_another_host(folder, first, monkeypatch):
    monkeypatch.setenv("ROADCAST_BASE_URL", "https://elsewhere.example.com/")
    assert build(folder).episode.guid == first.episode.guid


def test_the_report_has_the_promised_keys(folder):
    made = build(folder).as_json()
    promised = {
        *("show", "edition", "guid", "title", "file", "bytes", "duration_seconds", "target_seconds"),
        *("loudness_lufs", "true_peak_dbtp", "clips_rendered", "clips_reused", "items", "left_out"),
    }
    assert promised <= set(made)
    assert set(made["items"][0]) >= {"slug", "kind", "variant", "start_seconds", "seconds"}
    assert set(made["left_out"][0]) == {"slug", "why"}


def test_progress_hears_of_every_clip(folder):
    planned, done = [], []
    progress = Progress(planned=planned.append, done=done.append)
    report = build(folder, progress=progress)
    assert sum(planned) == len(done) == report.rendered


# The script on paper


def page(folder):
    return folder / "scripts" / "briefing" / DAY.isoformat() / "script.txt"


def edit(page):
    lines = page.read_text().split("\n")
    number = next(n for n, text in enumerate(lines) if "briefings/" in text and text.count(" ") > 6)
    lines[number] = lines[number].replace("1: ", "1: So, ").replace("2: ", "2: So, ")
    page.write_text("\n".join(lines))


@pytest.mark.usefixtures("first")
def test_an_edited_script_is_what_gets_voiced(folder):
    edit(page(folder))
    text = page(folder).read_text()
    report = build(folder)
    assert len(report.edited) == 1
    assert 1 <= report.rendered <= 2
    assert page(folder).read_text() == text
    vtt = next((folder / "feeds" / "t").glob(f"*{report.episode.transcripts[0].path[-12:]}"))
    assert "So, " in vtt.read_text()


@pytest.mark.usefixtures("first")
def test_a_presenter_whom_the_show_lacks_is_named_with_the_line(folder):
    edit(page(folder))
    lines = page(folder).read_text().split("\n")
    number = next(n for n, text in enumerate(lines) if ": So, " in text)
    page(folder).write_text("\n".join([*lines[:number], f"9{lines[number][1:]}", *lines[number + 1 :]]))
    with pytest.raises(ScriptError, match=rf"script\.txt:{number + 1}: there is no presenter 9; the show's are 1 to 2"):
        build(folder)


def published(folder):
    return {name: digest for name, digest in outputs(folder).items() if name.startswith("feeds/")}


def test_an_edited_script_that_breaks_the_cap_is_refused(tmp_path):
    folder = workspace(tmp_path, items=24, show="minutes = 7")
    build(folder)
    edit(page(folder))
    before = published(folder)
    workspace(tmp_path, items=0, show="minutes = 5\ncap_minutes = 5")
    with pytest.raises(PlanError, match=r"7\.\d minutes, and the cap is 5; take something out"):
        build(folder)
    assert published(folder) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda line: line.replace("costs 120", "costs 130"), "130"),
        (lambda line: line.replace("rose", "fell"), "fell"),
        (lambda line: line.replace("Northgate", "Southgate"), "Southgate"),
        (lambda line: line.replace("rose", "never rose"), "never"),
        (lambda line: line.replace("120 dollars", "120 euros"), "120"),
    ],
)
def test_an_edit_that_changes_the_message_is_refused_and_both_are_shown(tmp_path, change, says):
    folder = workspace(tmp_path)
    add_item(folder, "price", body="The Northgate plan costs 120 dollars a month. Orders rose in May.")
    build(folder)
    before = outputs(folder)
    page(folder).write_text("\n".join(change(text) for text in page(folder).read_text().split("\n")))
    with pytest.raises(FidelityError) as caught:
        build(folder)
    assert "script.txt:" in str(caught.value)
    assert says in str(caught.value)
    assert {k: v for k, v in outputs(folder).items() if "script" not in k} == {
        k: v for k, v in before.items() if "script" not in k
    }


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("item-000", r"there is no item 'item-000' to tell; did you mean 'item-00'\?"),
        ("zebra", "there is no item 'zebra' to tell; take its segment out"),
        ("christmas", r"'christmas' may not be told today \(not published before 2026-12-24\); take its segment out"),
    ],
)
@pytest.mark.usefixtures("first")
def test_an_item_that_is_not_there_is_told_from_one_whose_day_has_not_come(folder, name, says):
    add_item(folder, "christmas", published="2026-12-24")
    text = page(folder).read_text()
    number = next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith("== item-00 "))
    page(folder).write_text(text.replace("== item-00 ", f"== {name} "))
    with pytest.raises(ScriptError, match=rf"script\.txt:{number}: {says}$"):
        build(folder)


def test_a_segment_taken_out_of_the_script_is_not_told(folder, first):
    slug = list(told(first))[-1]
    head, rest = page(folder).read_text().split(f"== {slug} ")
    page(folder).write_text(head + "==" + rest.split("\n==", 1)[1])
    assert slug not in told(build(folder))


def test_the_menu_may_be_taken_out_of_the_script_and_the_greeting_stays(folder):
    assert [chapter.title for chapter in build(folder).episode.chapters[:2]] == ["Welcome", "In this briefing"]
    head, rest = page(folder).read_text().split("== menu")
    page(folder).write_text(head + "==" + rest.split("\n==", 1)[1])
    report = build(folder)
    assert "In this briefing" not in [chapter.title for chapter in report.episode.chapters]
    assert report.episode.chapters[0].title == "Welcome"


@pytest.mark.usefixtures("first")
def test_a_heading_of_the_frame_that_there_is_not_is_named(folder):
    page(folder).write_text(page(folder).read_text().replace("== opening:", "== intro:"))
    with pytest.raises(ScriptError, match=r"script\.txt: 'intro' is no part of the frame"):
        build(folder)


def test_a_script_can_be_written_without_voicing_anything(folder):
    with open_studio(folder, clock=lambda: NOW) as studio:
        written = line.write_script(studio, Order(edition=studio.edition(studio.shows[0].id, DAY)))
    assert written.path == "scripts/briefing/2026-11-20/script.txt"
    assert page(folder).is_file()
    assert not (folder / "audio_out").exists()


def test_the_same_plan_is_made_twice(folder):
    def plan():
        with open_studio(folder, clock=lambda: NOW) as studio:
            order = Order(edition=studio.edition(studio.shows[0].id, DAY))
            return codec.dump(settling.plan(*line.prepare(studio, order, Progress())))

    assert plan() == plan()


# Lengths


KINDS_OF_POOL = ["prose", "numbers", "acronyms", "names", "tiny", "huge"]


def pool(folder, kind, seed):
    count = {"tiny": 4, "huge": 120}.get(kind, 30)
    for number in range(count):
        sort = ("update", "training", "story")[number % 3]
        add_item(
            folder,
            f"{kind}-{number:03d}",
            kind=sort,
            body=text(kind, seed * 1000 + number),
            front=f"priority: {1 + number % 5}",
        )


def text(kind, seed):
    if kind == "numbers":
        return " ".join(
            f"Order {seed + n} came to ${1000 + 37 * (seed + n)}, up {n + 2}% since May {n + 1}." for n in range(7)
        )
    if kind == "acronyms":
        return " ".join(
            f"Ask the CRM for the ROI of every SLA, and tell IT about the API in step {n + 2}." for n in range(8)
        )
    if kind == "names":
        return " ".join(
            f"Priya Venkatesan called Ngozi Okafor at Harrow Paper before Lindqvist wrote to team {n + 2}."
            for n in range(7)
        )
    return prose(seed, 5 + seed % 12)


@pytest.mark.parametrize("minutes", [5, 7, 10])
@pytest.mark.parametrize("number", range(20))
def test_the_episode_is_as_long_as_asked_for_whatever_the_pool(tmp_path, number, minutes):
    folder = workspace(tmp_path)
    pool(folder, KINDS_OF_POOL[number % 6], number)
    report = build(folder, target=dt.timedelta(minutes=minutes))
    assert report.episode.seconds <= 20 * 60
    if report.rundown.short:
        assert report.episode.seconds < minutes * 60
        told_full = [s.variant.name for s in told(report).values()]
        assert set(told_full) == {"full"}
    else:
        assert abs(report.episode.seconds / (minutes * 60) - 1) <= 0.02
