"""Noticing changes."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from roadcast.catalogue import Catalogue
from roadcast.errors import StorageError
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'catalogue.db'}"


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


def test_a_change_that_was_taken_back_needs_no_notice(url):
    with Catalogue.open(url) as catalogue:
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
            assert catalogue.pulse.holder(token.digest) == catalogue.people.holder(token.digest) == token
        catalogue.people.forget([tokens[0].digest])
        assert catalogue.pulse.holder(tokens[0].digest) is None
        assert catalogue.pulse.holder("x' OR '1'='1") is None


def test_any_thread_may_ask(url):
    with Catalogue.open(url) as catalogue:
        beats = [catalogue.pulse.beat()]
        thread = threading.Thread(target=lambda: beats.append(catalogue.pulse.beat()))
        thread.start()
        thread.join()
        assert beats[0] == beats[1]


def test_a_database_out_of_reach_is_told(tmp_path, url):
    catalogue = Catalogue.open(url)
    for path in tmp_path.iterdir():
        path.unlink()
    catalogue.close()
    tmp_path.joinpath("catalogue.db").mkdir()
    with pytest.raises(StorageError):
        catalogue.pulse.beat()
