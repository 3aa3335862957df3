"""Who listened to what, from a real catalogue to the command line."""

from __future__ import annotations

import csv
import io
import json
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from roadcast.bootstrap import open_studio
from roadcast.cli.main import main
from roadcast.delivery import Step
from roadcast.delivery.roster import Entry
from roadcast.model import (
    Chapter,
    Edition,
    Enclosure,
    Episode,
    Play,
    Poll,
    Purpose,
    Rundown,
    ShowId,
    Slug,
    State,
    Subscriber,
    SubscriberId,
    Subscription,
)
from roadcast.web.opening import open_site
from roadcast.workflow import enrolment, listening, people
from roadcast.workflow.circulation import circulation_of

DAILY = ShowId("daily")
SETTINGS = """
[shows.daily]
title = "Daily [Brief]"
description = "For tests."
presenters = [{ name = "One" }]
"""
TODAY = datetime.now(UTC).replace(microsecond=0)
HEAD, RATE = 10_000, 8_000


def edition(days_ago: int) -> Edition:
    return Edition(show=DAILY, date=(TODAY - timedelta(days=days_ago)).date())


def episode(days_ago: int) -> Episode:
    file = Enclosure(path="x.json", type="application/json", size=1)
    chapters = (
        Chapter(title="Prices", start=0.0, end=300.0, item=Slug("price-change")),
        Chapter(title="Objections", start=300.0, end=600.0),
    )
    return Episode(
        edition=edition(days_ago),
        guid=f"g{days_ago}",
        title=f"{days_ago} days ago",
        published=TODAY - timedelta(days=days_ago),
        season=2026,
        number=1,
        seconds=600.0,
        notes="",
        summary="",
        audio=Enclosure(path="m/x.mp3", type="audio/mpeg", size=HEAD + 600 * RATE),
        chapters_file=file,
        transcripts=(),
        artwork=file,
        chapters=chapters,
    )


def play(who: str, seconds: int, days_ago: int, **changes) -> Play:
    values = {"ranges": ((0, HEAD + seconds * RATE),), "app": "AntennaPod", "network": "n"} | changes
    at = TODAY - timedelta(days=days_ago) + timedelta(minutes=5)
    return Play(subscriber=SubscriberId(who), edition=edition(days_ago), at=at, **values)


def poll(who: str, days_ago: int) -> Poll:
    at = TODAY - timedelta(days=days_ago) + timedelta(minutes=5)
    return Poll(subscriber=SubscriberId(who), show=DAILY, at=at, app="AntennaPod", network="n")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """Ada listens, Bob's address went round, Cleo has gone silent, and Dan never began."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roadcast.toml").write_text(SETTINGS)
    second = timedelta(seconds=1)
    with open_studio(tmp_path) as studio:
        circulation_of(studio, who="test")
        for days_ago in (1, 10):
            plan = Rundown(
                edition=edition(days_ago), entries=(), left_out=(), target=second, pause=second, lead_in=second
            )
            studio.catalogue.editions.remember(edition(days_ago), digest="d", rundown=plan, episode=episode(days_ago))
        names = {"ada": "Ada", "bob": "=Bob", "cleo": "Cleo [x]", "dan": "Dan"}
        reps = [Subscriber(id=SubscriberId(i), name=n, email=f"{i}@example.com") for i, n in names.items()]
        states = [State.ACTIVE] * 3 + [State.INVITED]
        rights = [
            Subscription(subscriber=person, show=DAILY, state=state) for person, state in zip(reps, states, strict=True)
        ]
        studio.catalogue.people.save(subscribers=reps, subscriptions=rights)
        studio.catalogue.plays.add(
            [
                play("ada", 600, 1),
                play("ada", 0, 1, ranges=(), heard=((0.0, 200.0),), app="Firefox"),
                play("ada", 120, 10),
                *(play("bob", 30, 1, network=f"n{n}") for n in range(7)),
                play("cleo", 600, 10, app="Overcast (crawler)"),
            ],
            [poll("ada", 1), poll("bob", 1), poll("cleo", 9)],
        )
    return tmp_path


def run(monkeypatch, capsys, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["roadcast", "listens", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code, *capsys.readouterr()


def say(monkeypatch, capsys, *words: str) -> str:
    code, out, err = run(monkeypatch, capsys, *words)
    assert code == 0, err
    return out


def test_the_report_adds_up_episodes_segments_reps_and_alarms(workspace):
    with open_studio(workspace) as studio:
        told = listening.report(studio.catalogue, studio.shows[0], now=TODAY + timedelta(hours=1))
    assert [(a.episode.title, a.offered, a.started, a.counted, a.downloaded, a.heard) for a in told.episodes] == [
        ("1 days ago", 2, 2, 1, 1, 1),
        ("10 days ago", 3, 1, 1, 0, 0),
    ]
    assert [(s.title, s.fetched, s.heard) for s in told.segments] == [
        ("Prices", 1, 1),
        ("Objections", 1, 0),
        ("Prices", 0, 0),
        ("Objections", 0, 0),
    ]
    ada = told.reps[0]
    assert (ada.offered, ada.counted, ada.downloaded, ada.heard_seconds) == (2, 2, 1, pytest.approx(200))
    assert ada.apps == ("AntennaPod", "Firefox")
    assert [one.subscription.subscriber.id for one in told.silent] == ["cleo"]
    assert [(use.subscriber, use.networks) for use in told.spread] == [("bob", 8)]


def test_what_is_older_can_be_left_out(workspace, monkeypatch, capsys):
    since = (TODAY - timedelta(days=3)).date().isoformat()
    (report,) = json.loads(say(monkeypatch, capsys, "daily", "--since", since, "--json"))
    assert [line["title"] for line in report["episodes"]] == ["1 days ago"]
    assert [rep["counted"] for rep in report["reps"]] == [1, 0, 0, 0]


def test_the_table_for_spreadsheets_cannot_run_anything(workspace, monkeypatch, capsys):
    rows = list(csv.DictReader(io.StringIO(say(monkeypatch, capsys, "--csv"))))
    assert {(row["subscriber"], row["state"]) for row in rows if row["edition"] == str(edition(1).date)} == {
        ("ada", "downloaded"),
        ("bob", "started"),
    }
    assert {row["name"] for row in rows} == {"Ada", "'=Bob", "Cleo [x]"}
    assert [row["heard_seconds"] for row in rows][:2] == ["200.0", "0.0"]


def test_people_read_who_is_silent_and_whose_address_went_round(workspace, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "200")
    said = say(monkeypatch, capsys)
    assert "Daily [Brief]" in said
    assert "Cleo [x]" in said
    assert "silent: Cleo [x] <cleo@example.com>: no app has asked for the feed since " in said
    assert "spread: =Bob: 8 networks and 1 apps on " in said
    assert "silent: Dan" not in said


def test_the_page_is_one_private_file_even_where_a_public_one_was(workspace, monkeypatch, capsys):
    file = workspace / "out" / "listens.html"
    file.parent.mkdir()
    file.write_text("old")
    file.chmod(0o644)
    said = say(monkeypatch, capsys, "--page", "out/listens.html")
    assert said == "page: out/listens.html (it names people: only you may read the file)\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    html = file.read_text(encoding="utf-8")
    assert "delivered 2, started 2, counted 1, downloaded 1, heard 1" in html
    assert "Cleo [x]" in html


def test_no_token_is_on_the_page(workspace, monkeypatch, capsys):
    with open_studio(workspace) as studio:
        circulation = circulation_of(studio, who="test")
        enrolment.enrol(circulation, [Entry(name="Eva", email="eva@example.com", shows=(DAILY,))])
        card = people.rotate(circulation, "eva@example.com")
        tokens = [token for purpose in Purpose for token in studio.catalogue.people.tokens(purpose)]
    secrets = [
        url.removesuffix("/daily.xml").rpartition("/")[2]
        for access in card.shows
        for url in (access.feed_url, access.invite_url)
    ]
    assert min(map(len, secrets)) >= 20
    assert len(tokens) >= 2
    say(monkeypatch, capsys, "--page", "listens.html")
    html = (workspace / "listens.html").read_text(encoding="utf-8")
    assert "eva@example.com" in html
    assert not [secret for secret in [*secrets, *(token.digest for token in tokens)] if secret in html]


def test_the_page_is_not_written_where_the_web_is_copied_from(workspace, monkeypatch, capsys):
    code, _, err = run(monkeypatch, capsys, "--page", "feeds/m/../listens.html")
    assert code != 0
    assert "feeds/ is for the web" in err
    assert not (workspace / "feeds").exists()


@pytest.mark.parametrize("words", [("--json", "--csv"), ("--page", "x.html", "--json"), ("--page", "x.html", "--csv")])
def test_one_form_at_a_time(workspace, monkeypatch, capsys, words):
    code, out, err = run(monkeypatch, capsys, *words)
    assert code != 0
    assert out == ""
    assert "choose one of --page, --csv and --json" in err
    assert not (workspace / "x.html").exists()


def test_an_activated_rep_whose_app_never_asked_has_seven_days(workspace):
    with open_studio(workspace) as studio:
        people.step(circulation_of(studio, who="test"), "dan", Step.ACTIVATE)
        silent = [
            {one.subscription.subscriber.id for one in told.silent}
            for days in (6, 8)
            for told in [listening.report(studio.catalogue, studio.shows[0], now=TODAY + timedelta(days=days))]
        ]
    assert ["dan" in ids for ids in silent] == [False, True]


def own_table(state: Path) -> None:
    own = state / "agents"
    own.mkdir()
    for kind in ("bots", "apps", "libraries", "browsers"):
        (own / f"{kind}.runtime.json").write_text('{"entries": [{"name": "Ours", "pattern": "^Ours/"}]}')


def test_a_table_of_apps_of_the_teams_own_is_used(tmp_path):
    assert listening.agents(tmp_path).app_of("AntennaPod/3") == "AntennaPod"
    own_table(tmp_path)
    assert listening.agents(tmp_path).app_of("AntennaPod/3") == ""
    assert listening.agents(tmp_path).app_of("Ours/1") == "Ours (crawler)"


def test_the_server_names_apps_by_the_teams_own_table(tmp_path):
    (tmp_path / "roadcast.toml").write_text(SETTINGS)
    (tmp_path / ".roadcast").mkdir()
    own_table(tmp_path / ".roadcast")
    with open_studio(tmp_path) as studio:
        circulation_of(studio, who="test")  # makes the key
    with open_site(tmp_path) as site:
        assert site.app_of("Ours/1") == "Ours (crawler)"
