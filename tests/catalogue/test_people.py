"""People, their rights, tokens and the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from roadcast.catalogue import Change
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription, Token

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAILY, WEEKLY = ShowId("daily"), ShowId("weekly")


def person(name: str, groups: frozenset[str] = frozenset()) -> Subscriber:
    return Subscriber(id=SubscriberId(name), name=name.title(), email=f"{name.title()}@Example.com", groups=groups)


def right(name: str, show: ShowId = DAILY, **changes) -> Subscription:
    return Subscription(subscriber=person(name), show=show, state=State.ACTIVE, **changes)


def token(of: Subscription, digest: str, purpose: Purpose = Purpose.FEED, **changes) -> Token:
    return Token(digest=digest, purpose=purpose, subscription=of, version=changes.pop("version", of.version), **changes)


def keep(catalogue, *rights: Subscription, tokens=()) -> None:
    people = {each.subscriber.id: each.subscriber for each in rights}
    catalogue.people.save(subscribers=list(people.values()), subscriptions=rights, tokens=tokens)


def test_people_come_back_as_they_were_kept_in_order_of_address(catalogue):
    people = [person("cleo", frozenset({"nörth", "e,ast"})), person("ada"), person("bob")]
    catalogue.people.save(subscribers=people)
    assert catalogue.people.everyone() == (people[1], people[2], people[0])


@pytest.mark.parametrize("key", ["ada", "Ada@Example.com", "ada@example.COM", " ada@example.com "])
def test_a_person_is_found_by_id_and_by_address_in_any_case(catalogue, key):
    catalogue.people.save(subscribers=[person("ada"), person("bob")])
    assert catalogue.people.find(key) == person("ada")


def test_nobody_is_found_by_half_an_address_or_nothing(catalogue):
    catalogue.people.save(subscribers=[person("ada")])
    assert [catalogue.people.find(key) for key in ("ada@", "%", "", "bob")] == [None] * 4


def test_rights_are_listed_by_person_and_by_show(catalogue):
    rights = [right("ada"), right("ada", WEEKLY), right("bob", grace_until=NOW, expires=NOW + timedelta(days=1))]
    keep(catalogue, *rights)
    assert catalogue.people.subscriptions() == tuple(rights)
    assert catalogue.people.subscriptions(show=DAILY) == (rights[0], rights[2])
    assert catalogue.people.subscriptions(subscriber=SubscriberId("ada"), show=WEEKLY) == (rights[1],)


def test_moments_come_back_in_utc_whatever_zone_they_were_kept_in(catalogue):
    east = NOW.astimezone(timezone(timedelta(hours=9)))
    keep(catalogue, right("ada", expires=east))
    (kept,) = catalogue.people.subscriptions()
    assert kept.expires == NOW
    assert kept.expires.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_never_kept(catalogue):
    with pytest.raises(Exception, match="without time zone"):
        keep(catalogue, right("ada", expires=NOW.replace(tzinfo=None)))
    assert catalogue.people.everyone() == ()


def test_a_token_is_found_by_its_digest_with_what_it_opens(catalogue):
    ada = right("ada", version=3, grace_until=NOW)
    graced = token(ada, "d2", version=2)
    invite = token(ada, "i1", Purpose.INVITE, version=7, expires=NOW)
    keep(catalogue, ada, right("bob"), tokens=[token(ada, "d3"), graced, invite])
    assert catalogue.people.holder("d3") == token(ada, "d3")
    assert catalogue.people.holder("d2") == graced
    assert catalogue.people.holder("i1") == invite
    assert catalogue.people.holder("d") is None
    assert catalogue.people.tokens(Purpose.FEED, subscriber=SubscriberId("ada")) == (graced, token(ada, "d3"))
    assert catalogue.people.tokens(Purpose.INVITE, show=WEEKLY) == ()


def test_a_change_of_the_right_shows_at_the_next_look_up(catalogue):
    ada = right("ada")
    keep(catalogue, ada, right("bob"), tokens=[token(ada, "a"), token(right("bob"), "b")])
    catalogue.people.save(subscriptions=[replace(ada, state=State.REVOKED)])
    assert catalogue.people.holder("a").subscription.state is State.REVOKED
    assert catalogue.people.holder("b").subscription.state is State.ACTIVE


def test_a_forgotten_token_opens_nothing(catalogue):
    ada = right("ada")
    keep(catalogue, ada, tokens=[token(ada, f"d{n}", version=n) for n in range(1_200)])
    catalogue.people.forget(f"d{n}" for n in range(1_199))
    assert [kept.digest for kept in catalogue.people.tokens(Purpose.FEED)] == ["d1199"]


def test_removing_a_person_takes_rights_and_tokens_along_and_leaves_the_audit(catalogue):
    ada = right("ada")
    keep(catalogue, ada, right("bob"), tokens=[token(ada, "a"), token(right("bob"), "b")])
    change = Change(at=NOW, who="editor", subscriber=SubscriberId("ada"), what="invited", show=DAILY)
    catalogue.people.save(changes=[change])
    catalogue.people.remove(SubscriberId("ada"))
    assert catalogue.people.find("ada") is None
    assert catalogue.people.holder("a") is None
    assert [kept.subscriber.id for kept in catalogue.people.subscriptions()] == ["bob"]
    assert catalogue.people.changes(SubscriberId("ada")) == (change,)


def test_the_audit_is_in_order_and_by_person(catalogue):
    changes = [
        Change(at=NOW + timedelta(minutes=n), who="editor", subscriber=SubscriberId(who), what=f"step {n}")
        for n, who in enumerate(["ada", "bob", "ada"])
    ]
    catalogue.people.save(changes=changes[:2])
    catalogue.people.save(changes=changes[2:])
    assert catalogue.people.changes() == tuple(changes)
    assert catalogue.people.changes(SubscriberId("ada")) == (changes[0], changes[2])
