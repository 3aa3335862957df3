"""What is remembered of a right is remembered no longer than it is true; see also the ends of rights in test_feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from roadcast import delivery
from roadcast.web import rights
from roadcast.web.app import build


@pytest.fixture
def anna(stage):
    return stage.enrol("anna", "morning")


@pytest.fixture
def app(stage):
    return build(stage.site())


@pytest.fixture
def looked_up(monkeypatch):
    """Every decision about a feed token."""
    asked, admit = [], delivery.admit

    def counting(token, *rest):
        asked.append(token)
        return admit(token, *rest)

    monkeypatch.setattr(delivery, "admit", counting)
    return asked


def audio(stage) -> str:
    return stage.catalogue.editions.episodes("morning")[0].audio.path


def test_a_right_is_decided_once_for_each_beat(stage, anna, app, ask, looked_up):
    path = f"/private/s/{anna}/{audio(stage)}"
    assert [ask(app, path=path, Range="bytes=0-9").status for _ in range(3)] == [206] * 3
    assert looked_up == [anna]
    stage.enrol("ben", "morning")
    assert ask(app, path=path).status == 200
    assert looked_up == [anna, anna]


def test_what_is_remembered_of_one_is_given_to_no_other(stage, anna, app, ask):
    ben = stage.enrol("ben", "evening")
    assert ask(app, path=f"/private/s/{anna}/{audio(stage)}").status == 200
    assert ask(app, path=f"/private/s/{ben}/{audio(stage)}").status == 404
    assert ask(app, path=f"/private/s/{anna[:-1]}/{audio(stage)}").status == 404


def test_a_right_ends_by_the_clock_alone(stage, anna, app, ask):
    (right,) = stage.catalogue.people.subscriptions(show="morning")
    stage.catalogue.people.save(subscriptions=[replace(right, expires=stage.now + timedelta(hours=1))])
    path = f"/private/s/{anna}/{audio(stage)}"
    assert ask(app, path=path).status == 200
    stage.now += timedelta(hours=1) - timedelta(microseconds=1)
    assert ask(app, path=path).status == 200
    stage.now += timedelta(microseconds=1)
    assert ask(app, path=path).status == 404


def test_an_episode_falls_due_for_whoever_was_let_in_before(stage, anna, app, ask):
    due = datetime(2026, 11, 21, 6, tzinfo=UTC)
    later = stage.publish("morning", date(2026, 11, 21), at=due)
    path = f"/private/s/{anna}/{later.audio.path}"
    assert ask(app, path=path).status == 404
    stage.now = due
    assert ask(app, path=path).status == 200


def test_a_token_of_one_show_is_none_of_another(stage, anna, app, ask, looked_up):
    for show in ("morning", "evening", "morning", "evening"):
        assert ask(app, path=f"/private/s/{anna}/{show}.xml").status == (200 if show == "morning" else 404)
    assert len(looked_up) == 3  # a refusal is not remembered


def test_what_is_remembered_is_bounded(stage, anna, app, ask, looked_up, monkeypatch):
    monkeypatch.setattr(rights, "REMEMBERED", 2)
    tokens = [anna, stage.enrol("ben", "morning"), stage.enrol("cleo", "morning")]
    for token in (*tokens, tokens[2], tokens[0]):
        assert ask(app, path=f"/private/s/{token}/{audio(stage)}", Range="bytes=0-9").status == 206
    assert looked_up == [*tokens, anna]  # the third was still known, the first was not
