"""Enrolling people and changing their rights, on a real catalogue."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from databases import server, url
from roadcast import delivery
from roadcast.catalogue import Catalogue
from roadcast.delivery import Step
from roadcast.delivery.roster import Entry, Outcome
from roadcast.errors import DeliveryError, SettingsError, SubscriptionEnded, UnknownToken
from roadcast.model import Purpose, ShowId, State
from roadcast.workflow import enrolment, people
from roadcast.workflow.circulation import Circulation, open_key

__all__ = ["server", "url"]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAILY, WEEKLY = ShowId("daily"), ShowId("weekly")
KEY = b"k3Y-of-the-tests_0123456789abcdefghij"


class Office:
    """A circulation with a clock that tests turn, and the door that the server keeps."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.now = NOW
        numbers = itertools.count(1)
        self.circulation = Circulation(
            catalogue=catalogue,
            key=KEY,
            base_url="https://feeds.example.com/",
            shows={DAILY: "Daily Brief", WEEKLY: "Weekly Brief"},
            who="editor",
            clock=lambda: self.now,
            draw=lambda: f"id{next(numbers)}",
        )

    def enrol(self, *names: str, shows=(DAILY,), **changes):
        entries = [
            Entry(name=name.title(), email=f"{name}@example.com", shows=shows, line=n) for n, name in enumerate(names)
        ]
        return enrolment.enrol(self.circulation, entries, **changes)

    def feed(self, name: str, show: ShowId = DAILY) -> str:
        return self._access(name, show).feed_url.split("/")[5]

    def invitation(self, name: str, show: ShowId = DAILY) -> str:
        return self._access(name, show).invite_url.split("/")[5]

    def _access(self, name: str, show: ShowId):
        return next(a for a in people.card(self.circulation, f"{name}@example.com").shows if a.show == show)

    def lets_in(self, token: str, show: ShowId = DAILY) -> State | None:
        """What a request with this feed token meets: a state, or None for the door shut."""
        try:
            return delivery.admit(token, show, self.now, self.circulation.catalogue.people.holder).state
        except (UnknownToken, SubscriptionEnded):
            return None

    def invites(self, token: str) -> bool:
        try:
            delivery.welcome(token, self.now, self.circulation.catalogue.people.holder)
        except (UnknownToken, SubscriptionEnded):
            return False
        return True


@pytest.fixture
def office(url):
    with Catalogue.open(url) as catalogue:
        yield Office(catalogue)


def test_an_enrolled_person_is_let_in_to_the_show_and_to_no_other(office):
    office.enrol("ada")
    assert office.lets_in(office.feed("ada")) is State.INVITED
    assert office.lets_in(office.feed("ada"), WEEKLY) is None


def test_all_are_enrolled_or_none(office):
    verdicts = enrolment.enrol(
        office.circulation,
        [
            Entry(name="Ada", email="ada@example.com", shows=(DAILY,), line=2),
            Entry(name="Bob", email="bob", shows=(DAILY,), line=3),
        ],
    )
    assert [verdict.outcome for verdict in verdicts] == [Outcome.ADDED, Outcome.REFUSED]
    assert people.everyone(office.circulation) == ()
    assert office.circulation.catalogue.people.changes() == ()


def test_enrolling_again_keeps_every_token(office):
    office.enrol("ada")
    before = people.card(office.circulation, "ada@example.com")
    office.now += DAY
    (verdict,) = office.enrol("ada")
    assert verdict.outcome is Outcome.UNCHANGED
    assert people.card(office.circulation, "ada@example.com") == before


def test_a_subscription_ends_when_it_was_to_end(office):
    office.enrol("ada", until=NOW + DAY)
    token = office.feed("ada")
    office.now = NOW + DAY - timedelta(seconds=1)
    assert office.lets_in(token) is State.INVITED
    office.now = NOW + DAY
    assert office.lets_in(token) is None
    assert people.card(office.circulation, "ada@example.com").state is State.EXPIRED


def test_pressing_the_button_activates_and_looking_does_not(office):
    office.enrol("ada")
    token = office.invitation("ada")
    assert office.invites(token)
    assert office.lets_in(office.feed("ada")) is State.INVITED
    assert people.activate(office.circulation, token).state is State.ACTIVE
    assert office.lets_in(office.feed("ada")) is State.ACTIVE
    people.activate(office.circulation, token)  # pressed twice
    audit = people.history(office.circulation, "ada@example.com")
    assert [(change.who, change.what) for change in audit] == [
        ("editor", "added"),
        ("editor", "invited"),
        ("listener", "activated: invited to active"),
    ]


def test_an_invitation_that_is_over_activates_nothing(office):
    office.enrol("ada")
    token = office.invitation("ada")
    office.now += 30 * DAY
    with pytest.raises(SubscriptionEnded):
        people.activate(office.circulation, token)
    assert people.card(office.circulation, "ada@example.com").shows[0].invite_url is None
    people.invite(office.circulation, "ada@example.com")
    assert office.invites(office.invitation("ada"))
    assert not office.invites(token)


def test_a_suspended_listener_is_let_through_as_suspended_and_nobody_else(office):
    office.enrol("ada", "bob")
    ada, bob = office.feed("ada"), office.feed("bob")
    people.step(office.circulation, "ada@example.com", Step.SUSPEND)
    assert (office.lets_in(ada), office.lets_in(bob)) == (State.SUSPENDED, State.INVITED)
    with pytest.raises(DeliveryError, match="suspended; resume it first"):
        people.invite(office.circulation, "ada@example.com")
    people.step(office.circulation, "ada@example.com", Step.RESUME)
    assert office.lets_in(ada) is State.ACTIVE


def test_a_revoked_listener_is_shut_out_at_the_next_request_and_nobody_else(office):
    office.enrol("ada", "bob")
    ada, bob, invitation = office.feed("ada"), office.feed("bob"), office.invitation("ada")
    people.step(office.circulation, "ada@example.com", Step.REVOKE)
    assert (office.lets_in(ada), office.lets_in(bob)) == (None, State.INVITED)
    assert not office.invites(invitation)


def test_revoking_one_show_leaves_the_other(office):
    office.enrol("ada", shows=(DAILY, WEEKLY))
    daily, weekly = office.feed("ada"), office.feed("ada", WEEKLY)
    people.step(office.circulation, "ada@example.com", Step.REVOKE, show=DAILY)
    assert (office.lets_in(daily), office.lets_in(weekly, WEEKLY)) == (None, State.INVITED)


def test_a_step_for_all_shows_leaves_those_alone_that_cannot_take_it(office):
    office.enrol("ada", shows=(DAILY, WEEKLY))
    people.step(office.circulation, "ada@example.com", Step.REVOKE, show=DAILY)
    changed = people.step(office.circulation, "ada@example.com", Step.SUSPEND)
    assert [(right.show, right.state) for right in changed] == [(WEEKLY, State.SUSPENDED)]


def test_after_beginning_anew_only_new_tokens_work(office):
    office.enrol("ada")
    feed, invitation = office.feed("ada"), office.invitation("ada")
    people.step(office.circulation, "ada@example.com", Step.REVOKE)
    people.invite(office.circulation, "ada@example.com")
    assert office.lets_in(office.feed("ada")) is State.INVITED
    assert office.lets_in(feed) is None
    assert office.invites(office.invitation("ada"))
    assert not office.invites(invitation)


def test_inviting_to_what_is_alive_does_not_bring_back_what_was_revoked(office):
    office.enrol("ada", shows=(DAILY, WEEKLY))
    people.step(office.circulation, "ada@example.com", Step.REVOKE, show=DAILY)
    card = people.invite(office.circulation, "ada@example.com", renew=True)
    assert [access.state for access in card.shows] == [State.REVOKED, State.INVITED]
    card = people.invite(office.circulation, "ada@example.com", show=DAILY)
    assert [access.state for access in card.shows] == [State.INVITED, State.INVITED]


def test_rotation_honours_the_old_token_for_a_day(office):
    office.enrol("ada", "bob")
    old, bob = office.feed("ada"), office.feed("bob")
    people.rotate(office.circulation, "ada@example.com")
    assert office.feed("ada") != old
    assert [office.lets_in(token) for token in (old, office.feed("ada"), bob)] == [State.INVITED] * 3
    office.now += DAY
    assert [office.lets_in(token) for token in (old, office.feed("ada"), bob)] == [None, State.INVITED, State.INVITED]


def test_rotation_after_a_leak_shuts_feed_and_invitation_at_once(office):
    office.enrol("ada")
    feed, invitation = office.feed("ada"), office.invitation("ada")
    people.rotate(office.circulation, "ada@example.com", grace=timedelta(0))
    assert office.lets_in(feed) is None
    assert not office.invites(invitation)  # its page would have shown the new feed
    assert office.lets_in(office.feed("ada")) is State.INVITED


def test_what_no_token_can_open_any_more_is_forgotten(office):
    office.enrol("ada")
    for _ in range(5):
        people.rotate(office.circulation, "ada@example.com")
    kept = office.circulation.catalogue.people.tokens(Purpose.FEED)
    assert [token.version for token in kept] == [5, 6]
    assert len(office.circulation.catalogue.people.tokens(Purpose.INVITE)) == 1


def test_a_removed_person_is_shut_out_and_may_come_back_as_somebody_new(office):
    office.enrol("ada")
    token = office.feed("ada")
    people.remove(office.circulation, "ada@example.com")
    assert office.lets_in(token) is None
    office.enrol("ada")
    assert office.lets_in(token) is None
    assert office.lets_in(office.feed("ada")) is State.INVITED


def test_no_change_goes_without_an_audit_row_and_no_row_holds_a_token(office):
    office.enrol("ada")
    secrets = {office.feed("ada"), office.invitation("ada")}
    for act in (
        lambda: people.step(office.circulation, "ada@example.com", Step.SUSPEND),
        lambda: people.step(office.circulation, "ada@example.com", Step.RESUME),
        lambda: people.rotate(office.circulation, "ada@example.com"),
        lambda: people.invite(office.circulation, "ada@example.com", renew=True),
        lambda: people.step(office.circulation, "ada@example.com", Step.REVOKE),
        lambda: people.invite(office.circulation, "ada@example.com"),
    ):
        before = len(office.circulation.catalogue.people.changes())
        act()
        assert len(office.circulation.catalogue.people.changes()) == before + 1
        if people.card(office.circulation, "ada@example.com").state is not State.REVOKED:
            secrets |= {office.feed("ada"), office.invitation("ada")}
    told = " ".join(f"{change.who} {change.what}" for change in office.circulation.catalogue.people.changes())
    assert len(secrets) == 7
    assert not [secret for secret in secrets if secret in told]


def test_a_failure_half_way_changes_nothing(office, monkeypatch):
    office.enrol("ada")
    before = people.card(office.circulation, "ada@example.com"), office.circulation.catalogue.people.changes()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(office.circulation.catalogue.people, "save", fail)
    for act in (people.rotate, lambda d, w: people.invite(d, w, renew=True), people.remove):
        with pytest.raises(ZeroDivisionError):
            act(office.circulation, "ada@example.com")
    monkeypatch.undo()
    assert (people.card(office.circulation, "ada@example.com"), office.circulation.catalogue.people.changes()) == before


def test_a_key_is_made_for_a_new_workspace_and_never_where_listeners_depend_on_one(office, tmp_path):
    path = tmp_path / ".roadcast" / "key"
    key = open_key(office.circulation.catalogue, path, {})
    assert open_key(office.circulation.catalogue, path, {}) == key
    office.enrol("ada")
    path.unlink()
    with pytest.raises(SettingsError, match="no key; put it back"):
        open_key(office.circulation.catalogue, path, {})
    assert not path.exists()
    assert open_key(office.circulation.catalogue, path, {"ROADCAST_KEY": KEY.decode()}) == KEY


def test_the_wrong_key_is_told_instead_of_wrong_addresses(office):
    office.enrol("ada")
    other = replace(office.circulation, key=KEY[::-1])
    with pytest.raises(SettingsError, match="put the right one back"):
        people.card(other, "ada@example.com")
    with pytest.raises(SettingsError, match="put the right one back"):
        people.invite(other, "ada@example.com", renew=True)
    assert office.invites(office.invitation("ada"))
