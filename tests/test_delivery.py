"""Tokens, rights, invitations and keys."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast import delivery
from roadcast.delivery import Step, keys, qr
from roadcast.delivery.rights import TRANSITIONS, state_at, superseded
from roadcast.errors import DeliveryError, SettingsError, StorageError, SubscriptionEnded, UnknownToken
from roadcast.model import Purpose, ShowId, State, Subscriber, SubscriberId, Subscription

KEY = b"k3Y-of-the-tests_0123456789abcdefghij"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAILY, WEEKLY = ShowId("daily"), ShowId("weekly")
ADA = Subscriber(id=SubscriberId("a1"), name="Ada Example", email="ada@example.com")


def right(state: State = State.ACTIVE, **changes) -> Subscription:
    return Subscription(subscriber=ADA, show=DAILY, state=state, **changes)


def token_of(subscription: Subscription, purpose: Purpose = Purpose.FEED, version: int | None = None) -> str:
    version = subscription.version if version is None else version
    who = subscription.subscriber.id
    return delivery.derive(KEY, purpose, subscriber=who, show=subscription.show, version=version)


class Book:
    """Remembers tokens the way the catalogue does, and counts look-ups."""

    def __init__(self, *tokens) -> None:
        self.tokens = {token.digest: token for token in tokens}
        self.asked = 0

    def __call__(self, digest: str):
        self.asked += 1
        return self.tokens.get(digest)


def book(subscription: Subscription, *versions: int) -> Book:
    return Book(*(delivery.issue(KEY, subscription, version=v) for v in versions or (subscription.version,)))


# Tokens


def test_whoever_has_the_key_makes_the_same_token_again_and_nobody_else_does():
    token = delivery.derive(KEY, Purpose.FEED, subscriber=ADA.id, show=DAILY, version=1)
    assert token == delivery.derive(KEY, Purpose.FEED, subscriber=ADA.id, show=DAILY, version=1)
    assert len(token) * 6 >= 128
    others = {
        delivery.derive(KEY[::-1], Purpose.FEED, subscriber=ADA.id, show=DAILY, version=1),
        delivery.derive(KEY, Purpose.INVITE, subscriber=ADA.id, show=DAILY, version=1),
        delivery.derive(KEY, Purpose.FEED, subscriber=SubscriberId("a2"), show=DAILY, version=1),
        delivery.derive(KEY, Purpose.FEED, subscriber=ADA.id, show=WEEKLY, version=1),
        delivery.derive(KEY, Purpose.FEED, subscriber=ADA.id, show=DAILY, version=2),
    }
    assert len(others | {token}) == 6


def test_the_derivation_is_the_documented_one_for_ever():
    # $ printf feed:a1:daily:1 | openssl dgst -sha256 -hmac "$KEY" -binary | basenc --base64url | cut -c1-27
    assert delivery.derive(KEY, Purpose.FEED, subscriber=ADA.id, show=DAILY, version=1) == "erBJvWX4Ir31NqWGrTh2eQyeEpQ"


def test_only_the_digest_of_a_token_is_kept():
    record = delivery.issue(KEY, right())
    assert record.digest == hashlib.sha256(token_of(right()).encode()).hexdigest()
    assert token_of(right()) not in repr(record)


# Admission


@pytest.mark.parametrize("state", [State.INVITED, State.ACTIVE, State.SUSPENDED])
def test_a_living_right_is_admitted_in_its_state(state):
    held = right(state)
    assert delivery.admit(token_of(held), DAILY, NOW, book(held)) == held
    assert delivery.admit(token_of(held), None, NOW, book(held)).state is state


def test_a_revoked_right_is_over():
    held = right(State.REVOKED)
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(held), DAILY, NOW, book(held))


def test_a_right_ends_at_the_moment_it_expires():
    held = right(expires=NOW)
    delivery.admit(token_of(held), DAILY, NOW - timedelta(seconds=1), book(held))
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(held), DAILY, NOW, book(held))


def test_a_token_opens_no_other_show():
    with pytest.raises(UnknownToken):
        delivery.admit(token_of(right()), WEEKLY, NOW, book(right()))


def test_an_invitation_opens_no_feed_and_a_feed_no_invitation():
    invite = delivery.issue(KEY, right(), Purpose.INVITE, version=1)
    with pytest.raises(UnknownToken):
        delivery.admit(token_of(right(), Purpose.INVITE, 1), DAILY, NOW, Book(invite))
    with pytest.raises(UnknownToken):
        delivery.welcome(token_of(right()), NOW, book(right()))


@pytest.mark.parametrize("token", ["", "x", "x" * 26, "x" * 28, "ü" * 27, "x" * 26 + "\n", "../" * 9, "\ud800" * 27])
def test_what_cannot_be_a_token_is_unknown_and_not_even_looked_up(token):
    nobody = Book()
    with pytest.raises(UnknownToken):
        delivery.admit(token, DAILY, NOW, nobody)
    assert nobody.asked == 0


def test_nobody_holds_a_token_that_was_never_issued():
    with pytest.raises(UnknownToken):
        delivery.admit("x" * 27, DAILY, NOW, book(right()))


# Rotation


def test_the_next_moment_at_which_time_changes_a_right_is_known():
    invited = delivery.issue(KEY, right())
    assert delivery.holds_until(invited, NOW) is None
    graced = right(grace_until=NOW + HOUR, expires=NOW + 2 * HOUR)
    held = delivery.issue(KEY, graced)
    assert delivery.holds_until(held, NOW) == NOW + HOUR
    assert delivery.holds_until(held, NOW + HOUR) == NOW + 2 * HOUR
    assert delivery.holds_until(held, NOW + 2 * HOUR) is None
    assert delivery.holds_until(replace(held, expires=NOW + HOUR / 2), NOW) == NOW + HOUR / 2


def test_after_rotation_the_old_token_is_honoured_for_the_grace_time_only():
    rotated = delivery.rotate(right(), now=NOW)
    both = book(rotated, 1, 2)
    assert delivery.admit(token_of(rotated, version=2), DAILY, NOW, both).version == 2
    assert delivery.admit(token_of(rotated, version=1), DAILY, NOW + 24 * HOUR - timedelta(seconds=1), both)
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(rotated, version=1), DAILY, NOW + 24 * HOUR, both)


def test_after_a_leak_the_old_token_is_shut_at_once():
    rotated = delivery.rotate(right(), now=NOW, grace=timedelta(0))
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(rotated, version=1), DAILY, NOW, book(rotated, 1, 2))


def test_two_rotations_in_a_row_honour_the_last_two_tokens():
    twice = delivery.rotate(delivery.rotate(right(), now=NOW), now=NOW + HOUR)
    tokens = book(twice, 1, 2, 3)
    assert delivery.admit(token_of(twice, version=2), DAILY, NOW + 2 * HOUR, tokens)
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(twice, version=1), DAILY, NOW + 2 * HOUR, tokens)
    dead = [superseded(token, twice) for token in tokens.tokens.values()]
    assert dead == [True, False, False]


def test_a_leak_shuts_a_token_that_was_in_its_grace_time():
    leaked = delivery.rotate(delivery.rotate(right(), now=NOW), now=NOW + HOUR, grace=timedelta(0))
    tokens = book(leaked, 1, 2, 3)
    for version in (1, 2):
        with pytest.raises(SubscriptionEnded):
            delivery.admit(token_of(leaked, version=version), DAILY, NOW + HOUR, tokens)
    assert [superseded(token, leaked) for token in tokens.tokens.values()] == [True, True, False]


def test_a_version_of_the_future_opens_nothing():
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(right(), version=2), DAILY, NOW, book(right(), 1, 2))


# States


@given(st.sampled_from(State), st.sampled_from(Step))
def test_every_step_is_taken_by_the_table_or_refused_in_words(state, step):
    held = right(State.ACTIVE, expires=NOW) if state is State.EXPIRED else right(state)
    if (state, step) in TRANSITIONS:
        assert delivery.advance(held, step, now=NOW).state is TRANSITIONS[state, step]
    else:
        with pytest.raises(DeliveryError, match=f"cannot {step}, it is {state}; "):
            delivery.advance(held, step, now=NOW)


def test_a_revoked_right_can_only_begin_anew():
    ways = {step for state, step in TRANSITIONS if state is State.REVOKED}
    assert ways == {Step.INVITE, Step.REVOKE}


def test_beginning_anew_leaves_the_old_token_shut():
    again = delivery.advance(right(State.REVOKED, version=4, grace_until=NOW + HOUR), Step.INVITE, now=NOW)
    assert (again.state, again.version) == (State.INVITED, 5)
    with pytest.raises(SubscriptionEnded):
        delivery.admit(token_of(again, version=4), DAILY, NOW, book(again, 4, 5))
    assert delivery.admit(token_of(again), DAILY, NOW, book(again, 4, 5)) == again


def test_beginning_anew_has_no_end_from_before():
    again = delivery.advance(right(expires=NOW), Step.INVITE, now=NOW)
    assert state_at(again, NOW + 1000 * HOUR) is State.INVITED


def test_suspending_keeps_the_token_so_that_resuming_restores_the_feed():
    suspended = delivery.advance(right(version=3), Step.SUSPEND, now=NOW)
    assert delivery.advance(suspended, Step.RESUME, now=NOW) == right(version=3)


def test_revoked_stays_revoked_when_its_time_is_over():
    assert state_at(right(State.REVOKED, expires=NOW), NOW) is State.REVOKED


# Invitations


def test_looking_at_an_invitation_changes_nothing_and_it_ends():
    invited = right(State.INVITED)
    invite = delivery.issue(KEY, invited, Purpose.INVITE, version=1, expires=NOW + HOUR)
    token = token_of(invited, Purpose.INVITE, 1)
    assert [delivery.welcome(token, NOW, Book(invite)) for _ in range(3)] == [invited] * 3
    with pytest.raises(SubscriptionEnded):
        delivery.welcome(token, NOW + HOUR, Book(invite))


@pytest.mark.parametrize("held", [right(State.REVOKED), right(State.INVITED, expires=NOW)])
def test_an_invitation_to_an_ended_right_is_over(held):
    invite = delivery.issue(KEY, held, Purpose.INVITE, version=1)
    with pytest.raises(SubscriptionEnded):
        delivery.welcome(token_of(held, Purpose.INVITE, 1), NOW, Book(invite))


# Addresses


@pytest.mark.parametrize("base", ["https://feeds.example.com", "https://feeds.example.com/"])
def test_addresses_keep_the_secret_in_the_path_behind_one_prefix(base):
    assert delivery.feed_url(base, "T", DAILY) == "https://feeds.example.com/private/s/T/daily.xml"
    assert delivery.invite_url(base, "T") == "https://feeds.example.com/private/i/T"


@pytest.mark.parametrize(
    ("base", "safe"),
    [
        ("https://feeds.example.com/", True),
        ("http://localhost:8000/", True),
        ("http://127.0.0.1/", True),
        ("http://[::1]:8000/", True),
        ("http://feeds.example.com/", False),
        ("http://localhost.example.com/", False),
        ("http://192.168.1.5:8000/", False),
    ],
)
def test_secrets_travel_encrypted_or_stay_on_this_machine(base, safe):
    assert delivery.is_safe(base) is safe


def test_an_address_is_drawn_for_screens_and_for_paper():
    url = delivery.invite_url("https://feeds.example.com", "x" * 27)
    assert qr.png(url).startswith(b"\x89PNG\r\n")
    assert qr.svg(url).lstrip().startswith(b"<?xml")
    drawing = qr.terminal(url)
    assert len(drawing.splitlines()) > 15
    assert url not in drawing


# Keys


def test_a_new_key_is_long_and_readable_by_its_owner_only(tmp_path):
    path = tmp_path / ".roadcast" / "key"
    key = keys.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.read(path, {}) == key
    assert len(key) >= 48
    assert keys.create(tmp_path / "other") != key


def test_a_key_that_exists_is_never_replaced(tmp_path):
    path = tmp_path / "key"
    key = keys.create(path)
    with pytest.raises(SettingsError, match="exists already"):
        keys.create(path)
    assert keys.read(path, {}) == key


def test_the_environment_wins_over_the_file(tmp_path):
    path = tmp_path / "key"
    keys.create(path)
    assert keys.read(path, {"ROADCAST_KEY": f" {KEY.decode()}\n"}) == KEY


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "has 0 bytes, 32 are the least"),
        ("k3Y-of-the-tests_0123456789abcd", "has 31 bytes"),
        ("0" * 64, "placeholder"),
        ("abcabcabc" * 10, "placeholder"),
        ("please-ChangeMe-0123456789-abcdefghijkl", "placeholder"),
        ("my-super-secret-key-for-roadcast-0123456789", "placeholder"),
    ],
)
def test_a_key_that_could_be_guessed_is_refused_without_being_shown(tmp_path, key, words):
    path = tmp_path / "key"
    path.write_text(key + "\n")
    path.chmod(0o600)
    for environ, where in (({}, str(path)), ({"ROADCAST_KEY": key}, "ROADCAST_KEY")):
        with pytest.raises(SettingsError, match=words) as caught:
            keys.read(path, environ)
        assert str(caught.value).startswith(where)
        assert not key or key not in str(caught.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "key"
    keys.create(path)
    path.chmod(mode)
    with pytest.raises(SettingsError, match=f"mode {mode:04o}.*chmod 600"):
        keys.read(path, {})


def test_a_missing_key_and_a_link_are_refused(tmp_path):
    with pytest.raises(SettingsError, match="no key; put it back"):
        keys.read(tmp_path / "key", {})
    keys.create(tmp_path / "real")
    (tmp_path / "key").symlink_to("real")
    with pytest.raises(SettingsError, match="cannot be read"):
        keys.read(tmp_path / "key", {})
    with pytest.raises(SettingsError, match="exists already"):
        keys.create(tmp_path / "key")


def test_a_key_that_cannot_be_written_leaves_no_file(tmp_path, monkeypatch):
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        keys.create(tmp_path / "key")
    assert list(tmp_path.iterdir()) == []
