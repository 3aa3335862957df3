"""Noticing changes."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from roadcast.catalogue import Catalogue
from roadcast.errors import StorageError
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token


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
