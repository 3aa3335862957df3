"""Noticing changes."""

from __future__ import annotations

import threading

import pytest

from roadcast.catalogue import Catalogue
from roadcast.errors import StorageError
from roadcast.model import Subscriber, SubscriberId


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
