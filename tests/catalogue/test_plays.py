"""Plays and polls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from roadcast.model import Edition, Play, Poll, ShowId, Subscriber, SubscriberId

NOW = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
DAILY, WEEKLY = ShowId("daily"), ShowId("weekly")


def play(who: str, *, show: ShowId = DAILY, at: datetime = NOW, **changes) -> Play:
    return Play(subscriber=SubscriberId(who), edition=Edition(show=show, date=date(2026, 3, 2)), at=at, **changes)


def poll(who: str, *, show: ShowId = DAILY, at: datetime = NOW, **changes) -> Poll:
    return Poll(subscriber=SubscriberId(who), show=show, at=at, **changes)


@pytest.fixture
def people(catalogue):
    names = ("ada", "bob")
    catalogue.people.save(subscribers=[Subscriber(id=SubscriberId(n), name=n, email=f"{n}@example.com") for n in names])
    return catalogue


def test_plays_come_back_as_they_were_kept(people):
    kept = play("ada", app="Overcast", network="n1", ranges=((0, 5), (9, 4_800_000)), heard=((0.0, 12.5),))
    assert people.plays.add([kept, play("bob")]) == 2
    assert people.plays.plays() == (kept, play("bob"))


def test_what_one_app_fetches_of_an_episode_in_a_batch_is_one_row_that_tells_every_range(people):
    probes = [play("ada", app="Castro", at=NOW + timedelta(seconds=n), ranges=((n, n + 1),)) for n in range(3)]
    others = [
        play("ada", app="Overcast", ranges=((0, 9),)),
        play("ada", app="Castro", network="n", ranges=((0, 9),)),
        play("ada", app="Castro", at=NOW + timedelta(hours=1), ranges=((0, 9),)),
        play("ada", app="Castro", show=WEEKLY, heard=((0.0, 2.0),)),
        play("bob", app="Castro", ranges=((0, 9),)),
    ]
    assert people.plays.add([*probes, *others]) == 8
    assert people.plays.plays() == (play("ada", app="Castro", ranges=((0, 1), (1, 2), (2, 3))), *others)


def test_plays_are_listed_by_show_and_since(people):
    old = play("ada", at=NOW - timedelta(days=8))
    people.plays.add([old, play("ada", show=WEEKLY), play("bob")])
    assert people.plays.plays(show=DAILY) == (old, play("bob"))
    assert people.plays.plays(show=DAILY, since=NOW) == (play("bob"),)


def test_what_a_removed_person_fetched_is_left_out_and_the_rest_kept(people):
    assert people.plays.add([play("gone"), play("ada")], [poll("gone"), poll("bob")]) == 2
    assert [kept.subscriber for kept in people.plays.plays()] == ["ada"]
    assert [kept.subscriber for kept in people.plays.polls()] == ["bob"]


def test_removing_a_person_removes_what_they_heard(people):
    people.plays.add([play("ada"), play("bob")], [poll("ada"), poll("bob")])
    people.people.remove(SubscriberId("ada"))
    assert [kept.subscriber for kept in people.plays.plays()] == ["bob"]
    assert [kept.subscriber for kept in people.plays.polls()] == ["bob"]


def test_polls_of_one_day_app_and_network_are_one_row_with_the_last_moment(people):
    hourly = [poll("ada", at=NOW - timedelta(hours=n), app="AntennaPod", network="n") for n in range(3)]
    people.plays.add(polls=hourly)
    people.plays.add(polls=[poll("ada", at=NOW + timedelta(minutes=5), app="AntennaPod", network="n")])
    assert people.plays.polls() == (poll("ada", at=NOW + timedelta(minutes=5), app="AntennaPod", network="n"),)
    with people._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT times FROM polls").scalars().all() == [4]


def test_another_day_app_network_or_show_is_another_row(people):
    polls = [
        poll("ada"),
        poll("ada", app="Overcast", at=NOW + timedelta(minutes=1)),
        poll("ada", network="n", at=NOW + timedelta(minutes=2)),
        poll("ada", show=WEEKLY, at=NOW + timedelta(minutes=3)),
        poll("ada", at=NOW + timedelta(hours=1)),
    ]
    people.plays.add(polls=polls)
    assert people.plays.polls() == tuple(polls)
    assert people.plays.polls(show=WEEKLY) == (polls[3],)
    assert people.plays.polls(since=NOW + timedelta(minutes=30)) == (polls[4],)


def test_no_column_could_hold_an_address_of_a_network(people):
    people.plays.add([play("ada", network="h" * 16)], [poll("ada", network="h" * 16)])
    with people._database.reading() as connection:
        for table in ("plays", "polls"):
            columns = connection.exec_driver_sql(f"SELECT * FROM {table}").keys()
            assert not {"ip", "address", "host", "agent"} & set(columns)
