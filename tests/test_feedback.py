"""Adding up what listeners fetched and heard."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadcast.feedback import Agents, attendance, export, segments, silent, spread, summarise
from roadcast.feedback.spans import covered, union
from roadcast.feedback.summary import shape
from roadcast.model import (
    Chapter,
    Edition,
    Enclosure,
    Episode,
    Play,
    Poll,
    ShowId,
    Slug,
    State,
    Subscriber,
    SubscriberId,
    Subscription,
)

DAILY = ShowId("daily")
NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
HEAD = 30_000
RATE = 8_000  # bytes per second at 64 kbps
SECONDS = 600


def edition(day: int = 2) -> Edition:
    return Edition(show=DAILY, date=date(2026, 3, day))


def episode(day: int = 2, *, head: int = HEAD, seconds: float = SECONDS, chapters=()) -> Episode:
    file = Enclosure(path="x.json", type="application/json", size=1)
    return Episode(
        edition=edition(day),
        guid=f"g{day}",
        title=f"Day {day}",
        published=datetime(2026, 3, day, 6, tzinfo=UTC),
        season=2026,
        number=day,
        seconds=seconds,
        notes="",
        summary="",
        audio=Enclosure(path="m/x.mp3", type="audio/mpeg", size=head + round(RATE * seconds)),
        chapters_file=file,
        transcripts=(),
        artwork=file,
        chapters=tuple(chapters),
    )


def play(*ranges: tuple[int, int], who: str = "ada", day: int = 2, **changes) -> Play:
    values = {"at": NOW, "ranges": ranges} | changes
    return Play(subscriber=SubscriberId(who), edition=edition(day), **values)


def poll(who: str = "ada", at: datetime = NOW, **changes) -> Poll:
    return Poll(subscriber=SubscriberId(who), show=DAILY, at=at, **changes)


def audio(start: float, end: float) -> tuple[int, int]:
    """The bytes of a stretch of seconds."""
    return HEAD + round(RATE * start), HEAD + round(RATE * end)


def listening(*plays: Play):
    (only,) = summarise([episode()], plays)
    return only


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


@given(spans, st.integers(0, 60), st.integers(0, 60))
def test_covering_equals_counting_every_byte(ranges, start, end):
    every = {byte for first, last in ranges for byte in range(first, last)}
    assert covered(ranges, start, end) == len(every & set(range(start, end)))


@given(spans)
def test_a_union_is_in_order_apart_and_holds_the_same_bytes(ranges):
    joined = union(ranges)
    every = {byte for first, last in ranges for byte in range(first, last)}
    assert {byte for first, last in joined for byte in range(first, last)} == every
    assert all(first < last for first, last in joined)
    assert all(one[1] < next_one[0] for one, next_one in itertools.pairwise(joined))


def test_the_sound_is_found_behind_the_tag():
    file = shape(episode())
    assert (file.head, file.rate) == (pytest.approx(HEAD), RATE)
    assert file.bytes_of(10, 20) == pytest.approx(audio(10, 20))


@pytest.mark.parametrize("head", [400, 30_000, 250_000, 900_000])
def test_a_picture_in_the_tag_is_not_taken_for_sound(head):
    assert shape(episode(head=head)).head == pytest.approx(head)


def test_what_was_offered_and_never_fetched_is_delivered_and_no_more():
    (one,) = summarise([episode()], [], [poll()])
    assert (one.started, one.counted, one.downloaded) == (False, False, False)


def test_an_episode_that_came_out_after_the_last_poll_is_not_delivered():
    polls = [poll(at=datetime(2026, 3, 3, 5, tzinfo=UTC)), poll(at=datetime(2026, 3, 2, 7, tzinfo=UTC))]
    assert [one.edition.date.day for one in summarise([episode(2), episode(3)], [], polls)] == [2]


def test_an_episode_for_other_groups_is_not_delivered_by_a_poll():
    north = replace(episode(2), groups=frozenset({"north"}))
    groups = {SubscriberId("ada"): frozenset({"south"}), SubscriberId("bob"): frozenset({"north", "east"})}
    told = summarise([north], [], [poll("ada"), poll("bob"), poll("cleo")], groups=groups)
    assert [one.subscriber for one in told] == ["bob"]


def test_a_probe_of_two_bytes_starts_nothing():
    assert listening(play((0, 2)), play((0, 1))).started is False
    assert listening(play((0, 3))).started is True


def test_a_minute_of_sound_counts_and_the_tag_is_not_sound():
    assert listening(play((0, HEAD + 60 * RATE - 1))).counted is False
    assert listening(play((0, HEAD + 60 * RATE))).counted is True


def test_two_halves_of_a_minute_count_and_the_same_half_twice_does_not():
    assert listening(play(audio(0, 30)), play(audio(30, 60))).counted is True
    assert listening(play(audio(0, 30)), play(audio(0, 30))).counted is False


def test_an_episode_shorter_than_a_minute_counts_when_it_is_whole():
    short = episode(seconds=40)
    (most,) = summarise([short], [play((0, HEAD + 39 * RATE))])
    (whole,) = summarise([short], [play((0, HEAD + 40 * RATE))])
    assert (most.counted, whole.counted) == (False, True)


def test_nine_tenths_of_the_sound_are_a_download():
    assert listening(play((0, HEAD + 540 * RATE - 1))).downloaded is False
    one = listening(play((0, HEAD + 540 * RATE)))
    assert (one.downloaded, one.fetched_seconds, one.heard_seconds) == (True, pytest.approx(540), 0.0)


def test_fetching_is_not_hearing_and_hearing_twice_is_hearing_once():
    one = listening(play((0, HEAD + 600 * RATE)), play(heard=((0.0, 30.0),)), play(heard=((20.0, 50.0),)))
    assert one.heard_seconds == pytest.approx(50)
    alone = listening(play(heard=((0.0, 30.0),)))
    assert (alone.started, alone.fetched_seconds, alone.heard_seconds) == (False, 0.0, 30.0)


def test_what_lies_beyond_the_end_of_the_file_adds_nothing():
    assert listening(play((0, 99_000_000)), play(heard=((0.0, 9_999.0),))).fetched_seconds == pytest.approx(600)
    assert listening(play(heard=((0.0, 9_999.0),))).heard_seconds == pytest.approx(600)


def test_crawlers_do_not_listen():
    crawled = play((0, HEAD + 600 * RATE), app=Agents().app_of("Overcast/1.0 Podcast Sync (2 subscribers; feed-id=1)"))
    assert summarise([episode()], [crawled]) == ()
    assert listening(crawled, play(audio(0, 10))).fetched_seconds == pytest.approx(10)


def test_listeners_are_kept_apart_and_ordered_by_edition_newest_first():
    plays = [play(audio(0, 70), who="bob"), play(audio(0, 10), day=3), play(audio(0, 70), day=3, who="bob")]
    told = summarise([episode(2), episode(3)], plays)
    assert [(one.edition.date.day, one.subscriber, one.counted) for one in told] == [
        (3, "ada", False),
        (3, "bob", True),
        (2, "bob", True),
    ]


def test_a_play_of_an_episode_that_is_not_asked_about_is_left_out():
    assert summarise([episode(2)], [play(audio(0, 70), day=7)]) == ()


def test_a_segment_was_got_through_when_more_than_half_of_it_was_fetched_or_heard():
    chapters = [
        Chapter(title="Prices", start=0.0, end=100.0, item=Slug("price-change")),
        Chapter(title="Objections", start=100.0, end=200.0),
        Chapter(title="Close", start=200.0, end=600.0),
    ]
    plays = [
        play(audio(0, 149)),
        play(audio(100, 151), who="bob"),
        play(who="cleo", heard=((0.0, 51.0), (110.0, 120.0))),
    ]
    told = segments(episode(chapters=chapters), plays)
    assert [(one.title, one.item, one.fetched, one.heard) for one in told] == [
        ("Prices", "price-change", 1, 1),
        ("Objections", None, 1, 0),
        ("Close", None, 0, 0),
    ]


def test_attendance_counts_each_listener_once_at_each_moment():
    plays = [
        play(audio(0, 300), audio(200, 300)),
        play(audio(0, 300)),
        play(audio(150, 600), who="bob"),
        play(who="cleo", heard=((0.0, 60.0), (540.0, 600.0))),
        play(who="dan", heard=((0.0, 2.0),)),
        play(audio(0, 600), who="eve", app="Overcast (crawler)"),
        play(audio(0, 600), who="fay", day=3),
    ]
    told = attendance(episode(), plays)
    assert told.fetched == (1,) * 30 + (2,) * 30 + (1,) * 60
    assert told.heard == (1,) * 12 + (0,) * 96 + (1,) * 12


def test_nobody_attends_an_episode_without_length():
    told = attendance(episode(seconds=0), [play((0, 9))])
    assert (told.fetched, told.heard) == ((), ())


def right(who: str, state: State = State.ACTIVE, **changes) -> Subscription:
    person = Subscriber(id=SubscriberId(who), name=who, email=f"{who}@example.com")
    return Subscription(subscriber=person, show=DAILY, state=state, **changes)


def test_who_has_not_asked_for_a_week_is_silent_the_never_heard_of_first():
    rights = [right("ada"), right("bob"), right("cleo"), right("dan")]
    polls = [
        poll("ada", NOW - timedelta(days=6, hours=23)),
        poll("bob", NOW - timedelta(days=7)),
        poll("cleo", NOW - timedelta(days=30)),
        poll("bob", NOW - timedelta(days=9)),
    ]
    told = silent(rights, polls, now=NOW)
    assert [one.subscription.subscriber.id for one in told] == ["dan", "cleo", "bob"]
    assert told[2].last == NOW - timedelta(days=7)


def test_a_new_right_has_seven_days_to_be_used_and_a_poll_says_more_than_a_change():
    rights = [right("ada"), right("bob"), right("cleo")]
    changed = {
        SubscriberId("ada"): NOW - timedelta(days=6, hours=23),
        SubscriberId("bob"): NOW - timedelta(days=7),
        SubscriberId("cleo"): NOW,
    }
    told = silent(rights, [poll("cleo", NOW - timedelta(days=8))], now=NOW, changed=changed)
    assert [(one.subscription.subscriber.id, one.changed) for one in told] == [
        ("bob", NOW - timedelta(days=7)),
        ("cleo", NOW),
    ]


def test_only_active_subscriptions_can_be_silent():
    ended = [right("ada", state) for state in State if state is not State.ACTIVE]
    assert silent([*ended, right("bob", expires=NOW)], [], now=NOW) == ()


def test_a_token_on_many_networks_or_apps_in_a_day_is_told():
    travelling = [play(audio(0, 9), network=f"n{n}") for n in range(5)]
    passed_on = [play(audio(0, 9), who="bob", network=f"n{n}") for n in range(4)]
    passed_on += [poll("bob", network=f"m{n}") for n in range(2)]
    shared = [poll("cleo", app=f"app {n}", network="n") for n in range(4)]
    told = spread([*travelling, *[p for p in passed_on if isinstance(p, Play)]], [*passed_on[4:], *shared])
    assert [(one.subscriber, one.networks, one.apps) for one in told] == [("bob", 6, 0), ("cleo", 1, 4)]


def test_a_library_that_several_apps_play_through_is_no_app_of_its_own():
    named = ("Apple Podcasts", "AppleCoreMedia", "Safari", "Chrome")
    assert spread([play(audio(0, 9), app=app, network="n") for app in named]) == ()


def test_networks_of_different_days_and_of_crawlers_are_not_added_up():
    days = [play(audio(0, 9), network=f"n{n}", at=NOW + timedelta(days=n)) for n in range(9)]
    crawled = [poll("bob", app="Overcast (crawler)", network=f"n{n}") for n in range(20)]
    assert spread(days, crawled) == ()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        '=HYPERLINK("http://x")',
        " =1",
        '"=1',
        "＝1+1",
        "\ufeff-1",
    ],
)
def test_t11_no_cell_begins_like_a_formula(text):
    rows = list(csv.reader(io.StringIO(export.table(["name"], [[text]]), newline="")))
    assert rows[1] == [f"'{text}"]


def test_numbers_and_ordinary_texts_are_left_alone():
    rows = list(csv.reader(io.StringIO(export.table(["a", "b", "c", "d"], [[-1.5, "Ada", "a=b", None]]))))
    assert rows[1] == ["-1.5", "Ada", "a=b", ""]
