"""Noticing changes."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from roadcast.catalogue import Catalogue
from roadcast.errors import StorageError
from roadcast.model import Poll, Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token


def add(catalogue: Catalogue, name: str) -> None:
    someone = Subscriber(id=SubscriberId(name), name=name, email=f"{name}@example.com")
    catalogue.people.save(subscribers=[someone])


def test_a_change_by_this_or_another_catalogue_is_noticed_and_reading_is_not(url):
    with Catalogue.open(url) as one, Catalogue.open(url) as other:
        seen = [one.pulse.beat()]
        one.people.everyone()
        assert one.pulse.beat() == seen[-1]
        for catalogue in (one, other, one):
            add(catalogue, f"person{len(seen)}")
            beat = one.pulse.beat()
            assert beat not in seen
            seen.append(beat)


def test_a_change_is_noticed_when_it_is_kept_not_when_it_is_made(url):
    with Catalogue.open(url) as server, Catalogue.open(url) as command:
        before = server.pulse.beat()
        with command.alone():
            add(command, "somebody")
            during = server.pulse.beat()
            assert server.people.everyone() == ()
        assert server.pulse.beat() not in (before, during)
        assert len(server.people.everyone()) == 1


def test_a_change_that_was_taken_back_needs_no_notice_on_sqlite(tmp_path):
    with Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}") as catalogue:
        before = catalogue.pulse.beat()
        with pytest.raises(ZeroDivisionError), catalogue.alone():
            add(catalogue, "nobody")
            raise ZeroDivisionError
        assert catalogue.people.everyone() == ()
        assert catalogue.pulse.beat() == before


LISTENER = Subscriber(id=SubscriberId("p"), name="P", email="p@example.com")
RIGHT = Subscription(subscriber=LISTENER, show=ShowId("morning"), state=State.ACTIVE, version=1)
TOKEN = Token(digest="d" * 64, purpose=Purpose.FEED, subscription=RIGHT, version=1)
POLL = Poll(subscriber=LISTENER.id, show=RIGHT.show, at=datetime(2026, 11, 20, 12, tzinfo=UTC), app="A", network="n")


@pytest.fixture
def serving(tmp_path):
    """A catalogue on SQLite with one listener."""
    with Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}?timeout=0.1") as catalogue:
        catalogue.people.save(subscribers=[LISTENER], subscriptions=[RIGHT], tokens=[TOKEN])
        yield catalogue


@pytest.fixture
def command(serving, tmp_path):
    """The same catalogue, opened by another program."""
    with Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}") as catalogue:
        yield catalogue


def test_what_is_overheard_is_kept_and_makes_no_beat(serving):
    beats = [serving.pulse.beat()]
    for count in (1, 2):
        assert serving.overhear([], [POLL] * count) == count
        beats.append(serving.pulse.beat())
    assert len(serving.plays.polls()) == 1
    assert len(set(beats)) == 1


def test_overhearing_works_on_every_database_and_from_the_first_moment(url):
    with Catalogue.open(url) as catalogue:
        catalogue.people.save(subscribers=[LISTENER])
        assert catalogue.overhear([], [POLL]) == 1
        assert len(catalogue.plays.polls()) == 1


@pytest.mark.parametrize("when", ["before", "while it waits", "after"])
def test_what_others_write_beside_it_makes_a_beat(serving, command, when):
    before = serving.pulse.beat()
    revoked = replace(RIGHT, state=State.REVOKED)
    if when == "before":
        command.people.save(subscriptions=[revoked])
        serving.overhear([], [POLL])
    elif when == "after":
        serving.overhear([], [POLL])
        command.people.save(subscriptions=[revoked])
    else:
        with command.alone():
            command.people.save(subscriptions=[revoked])
            with pytest.raises(StorageError, match="locked"):
                serving.overhear([], [POLL])
            assert serving.pulse.beat() == before
    assert serving.pulse.beat() != before
    assert serving.pulse.holder(TOKEN.digest).token.subscription.state is State.REVOKED


def test_a_commit_by_others_is_noticed_while_the_writer_waits_for_its_turn(serving, command):
    before = serving.pulse.beat()
    with serving.pulse._turn:  # as it is held from before a transaction begins
        command.people.save(subscriptions=[replace(RIGHT, state=State.REVOKED)])
        during = serving.pulse.beat()
        assert during == serving.pulse.beat() != before
    assert serving.pulse.holder(TOKEN.digest).token.subscription.state is State.REVOKED


def test_between_a_commit_and_the_word_of_it_nothing_that_was_remembered_is_believed(serving, monkeypatch):
    before = serving.pulse.holder(TOKEN.digest).beat
    settled, seen = serving.pulse._settled, []

    def slowly(counted):
        if serving.pulse._writing:  # committed, and not told yet
            asked = [threading.Thread(target=lambda: seen.append(serving.pulse.beat())) for _ in range(2)]
            for thread in asked:
                thread.start()
                thread.join()
        return settled(counted)

    monkeypatch.setattr(serving.pulse, "_settled", slowly)
    serving.overhear([], [POLL])
    assert len({before, *seen}) == 3
    assert serving.pulse.beat() == before


def test_while_something_is_written_unheard_the_beat_is_steady(serving, command):
    before = serving.pulse.beat()
    command.people.save(subscriptions=[replace(RIGHT, state=State.REVOKED)])
    with serving.pulse.unheard():
        during = serving.pulse.beat()
        assert during == serving.pulse.beat() != before
        serving.plays.add(polls=[POLL])
    assert serving.pulse.beat() == during


def test_what_fails_to_be_overheard_is_undone_and_the_next_is_kept(serving):
    before = serving.pulse.beat()
    with pytest.raises(ZeroDivisionError), serving.pulse.unheard():
        serving.plays.add(polls=[POLL])
        raise ZeroDivisionError
    assert serving.plays.polls() == ()
    assert serving.overhear([], [POLL]) == 1
    assert serving.pulse.beat() == before


def test_no_commit_is_missed_beside_a_writer_who_never_rests(serving, command):
    """A right that is revoked and given back at random moments is what it is at the very next question."""
    over = threading.Event()

    def overhearing():
        while not over.is_set():
            with contextlib.suppress(StorageError):  # not its turn for a tenth of a second
                serving.overhear([], [POLL])

    thread = threading.Thread(target=overhearing)
    thread.start()
    try:
        for number in range(60):
            state = State.REVOKED if number % 2 else State.ACTIVE
            serving.pulse.holder(TOKEN.digest)
            command.people.save(subscriptions=[replace(RIGHT, state=state)])
            assert serving.pulse.holder(TOKEN.digest).token.subscription.state is state
    finally:
        over.set()
        thread.join()


def test_it_finds_the_same_holder_as_the_catalogue_of_people(url):
    moment = datetime(2026, 11, 20, 12, 30, 1, 5, tzinfo=UTC)
    with Catalogue.open(url) as catalogue:
        tokens = []
        for number, state in enumerate(State):
            someone = Subscriber(
                id=SubscriberId(f"p{number}"), name="Ä", email=f"p{number}@example.com", groups=frozenset({"b", "a"})
            )
            right = Subscription(
                subscriber=someone,
                show=ShowId("morning"),
                state=state,
                version=number + 1,
                grace_until=moment if number % 2 else None,
                expires=None if number % 2 else moment,
            )
            token = Token(digest=f"{number}" * 64, purpose=Purpose.FEED, subscription=right, version=number + 1)
            catalogue.people.save(subscribers=[someone], subscriptions=[right], tokens=[token])
            tokens.append(token)
        for token in tokens:
            assert catalogue.people.holder(token.digest) == token
            assert catalogue.pulse.holder(token.digest) == (token, catalogue.pulse.beat())
        catalogue.people.forget([tokens[0].digest])
        assert catalogue.pulse.holder(tokens[0].digest) is None
        assert catalogue.pulse.holder("x' OR '1'='1") is None


def test_a_right_that_ends_is_seen_by_the_next_question_and_so_is_a_new_beat(url):
    someone = Subscriber(id=SubscriberId("p"), name="P", email="p@example.com")
    right = Subscription(subscriber=someone, show=ShowId("morning"), state=State.ACTIVE, version=1)
    token = Token(digest="d" * 64, purpose=Purpose.FEED, subscription=right, version=1)
    with Catalogue.open(url) as server, Catalogue.open(url) as command:
        command.people.save(subscribers=[someone], subscriptions=[right], tokens=[token])
        before = server.pulse.holder(token.digest)
        assert before == server.pulse.holder(token.digest)
        command.people.save(subscriptions=[replace(right, state=State.REVOKED)])
        after = server.pulse.holder(token.digest)
        assert (before.token.subscription.state, after.token.subscription.state) == (State.ACTIVE, State.REVOKED)
        assert before.beat != after.beat


def test_what_was_found_on_one_connection_is_not_believed_on_the_next(url):
    someone = Subscriber(id=SubscriberId("p"), name="P", email="p@example.com")
    right = Subscription(subscriber=someone, show=ShowId("morning"), state=State.ACTIVE, version=1)
    token = Token(digest="d" * 64, purpose=Purpose.FEED, subscription=right, version=1)
    with Catalogue.open(url) as catalogue:
        catalogue.people.save(subscribers=[someone], subscriptions=[right], tokens=[token])
        assert catalogue.pulse.holder(token.digest) is not None
        catalogue.pulse.close()
        catalogue.people.forget([token.digest])  # perhaps over the connection that the pulse will be given
        assert catalogue.pulse.holder(token.digest) is None


def test_any_thread_may_ask(url):
    with Catalogue.open(url) as catalogue:
        beats = [catalogue.pulse.beat()]
        thread = threading.Thread(target=lambda: beats.append(catalogue.pulse.beat()))
        thread.start()
        thread.join()
        assert beats[0] == beats[1]


def test_a_database_out_of_reach_is_told(tmp_path):
    catalogue = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}")
    for path in tmp_path.iterdir():
        path.unlink()
    catalogue.close()
    tmp_path.joinpath("catalogue.db").mkdir()
    with pytest.raises(StorageError):
        catalogue.pulse.beat()
